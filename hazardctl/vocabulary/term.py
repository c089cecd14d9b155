"""A term of the field: the key that stands in files, and its name in both languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hazardctl.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CUTOFF: Final = 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary.

    Attributes:
        key: what stands in files and code; lower snake case, never translated.
        zh: the Chinese name.
        en: the English name, in lower case as inside a sentence.
        parent: key of the term above, or the empty string.
        also: further spellings that people type for it.
    """

    key: str
    zh: str
    en: str
    parent: str = ""
    also: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        """Give the name, as it stands inside a sentence."""
        return Text(self.zh, self.en)

    @property
    def heading(self) -> Text:
        """Give the name as the head of a column or the start of a line: English begins with a capital."""
        return Text(self.zh, self.en[:1].upper() + self.en[1:])

    def spellings(self) -> tuple[str, ...]:
        """Give everything that names this term: key, Chinese, English, further spellings."""
        return (self.key, self.zh, self.en, *self.also)


def terms(table: str) -> Mapping[str, Term]:
    """Read a table of terms, one a line: `key | zh | en | parent | also, also`; the order is kept.

    Parts of a Chinese name that lists several things (`商贸、成品油`) are further spellings of their own.
    """
    rows = (row for row in table.splitlines() if row.strip())
    return MappingProxyType({term.key: term for term in map(_term, rows)})


def _term(row: str) -> Term:
    cells = [cell.strip() for cell in row.split("|")]
    key, zh, en, parent, also = cells + [""] * (5 - len(cells))
    parts = zh.split("、") if "、" in zh else []
    return Term(key, zh, en, parent, (*parts, *(word.strip() for word in also.split(",") if word.strip())))


def folded(text: str) -> str:
    """Give the form words are compared in: full-width forms folded, trimmed, without case, `-` and spaces as `_`."""
    return unicodedata.normalize("NFKC", text).strip().casefold().replace("-", "_").replace(" ", "_")


def find(vocabulary: Mapping[str, Term], text: str) -> str | None:
    """Give the key that a word means, typed as key, Chinese or English name; None when nothing or more than one fits."""
    wanted = folded(text)
    keys = [key for key, term in vocabulary.items() if folded(key) == wanted or folded(term.zh) == wanted]
    if not keys:
        keys = [key for key, term in vocabulary.items() if any(folded(word) == wanted for word in term.spellings())]
    return keys[0] if len(set(keys)) == 1 else None


def nearest(words: Iterable[str], text: str, most: int = 3) -> list[str]:
    """Give the words most like a mistyped one, best first; empty when none is near."""
    import difflib  # only a mistake needs it, start-up does not

    known = {folded(word): word for word in words}
    return [known[word] for word in difflib.get_close_matches(folded(text), known, most, CUTOFF)]
