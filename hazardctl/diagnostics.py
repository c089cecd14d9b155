"""Findings and where they stand.

A `Finding` is what a reader or a rule says of one record: a code, words, and the *trail* to the part it means, such as
`("history", 3, "date")`. It becomes a `Diagnostic` when the file is looked at once more to give the trail a line and a
column: only records with findings pay for their positions. All findings are reported at once, sorted, the same twice.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hazardctl.language import Text

Trail = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a finding weighs; a ledger may change it for each rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    SILENT = "silent"


RANK: Final[Mapping[Severity, int]] = {
    Severity.ERROR: 0,
    Severity.WARNING: 1,
    Severity.INFO: 2,
    Severity.SILENT: 3,
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Lines and columns from 1, as editors count; the end lies after the last character meant."""

    line: int
    column: int
    end_line: int = 0
    end_column: int = 0


START: Final = Place(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one record, before it has a line.

    Attributes:
        code: the rule, e.g. `HZ302`.
        message: what is wrong, short enough for one line.
        trail: keys and indexes to the part meant; empty for the whole record. Where the last parts do not exist in the
            file (a missing field) the nearest existing parent is shown.
        place: set by the reader when it knows the position but no tree could be built; otherwise None.
        because: why it is wrong.
        repair: what to do, with a command where there is one.
        severity: None for the rule's own severity; a rule that grades its findings (error for majors) sets it.
        title: the headline over the excerpt, where the message is better said under the carets.
        notes: further lines, such as the two texts that are compared.
    """

    code: str
    message: Text
    trail: Trail = ()
    place: Place | None = None
    because: Text | None = None
    repair: Text | None = None
    severity: Severity | None = None
    title: Text | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place in a file, ready for any renderer.

    Attributes:
        path: relative to the ledger root, with `/`.
        place: the part meant; `START` when only the file is known.
        code: the rule.
        severity: after the configuration of the ledger.
        message: what is wrong.
        record: the id of the record, or the empty string.
        trail: as in the finding; with code and id it makes a fingerprint that survives moved lines.
        because: why it is wrong, if the rule says it.
        repair: what to do, if there is something.
        excerpt: (line number, text) of the lines around the place, the last one holding it.
        title: the headline over the excerpt, where the message is said under the carets.
        notes: further lines.
    """

    path: str
    place: Place
    code: str
    severity: Severity
    message: Text
    record: str = ""
    trail: Trail = ()
    because: Text | None = None
    repair: Text | None = None
    excerpt: tuple[tuple[int, str], ...] = ()
    title: Text | None = None
    notes: tuple[Text, ...] = ()

    def key(self) -> tuple[str, int, int, str, str]:
        """Give the order of reports: by file, place, code, words."""
        return (self.path, self.place.line, self.place.column, self.code, self.message.en)


def field(one: Diagnostic) -> str:
    """Give the trail as one word; a mark that means a key and not its value is left out."""
    return ".".join(str(part) for part in one.trail if not str(part).startswith("@"))


def fingerprints(found: Iterable[Diagnostic]) -> list[str]:
    """Give each finding a name of its own that survives moved lines, other days and the other language.

    It is made of the code, the record (or the name of the file), the field and the sentence without its values; where all four
    are the same, of the how-manieth it is.
    """
    seen = Counter[tuple[str, ...]]()
    names: list[str] = []
    for one in found:
        parts = (one.code, one.record or one.path.rpartition("/")[2], field(one), one.message.en)
        seen[parts] += 1
        said = "\0".join((*parts, str(seen[parts])) if seen[parts] > 1 else parts)
        names.append(hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return names


@dataclass(frozen=True, slots=True)
class About:
    """What a program that shows findings wants to know of a rule: its name, its fault in a few words, why, what to do, its weight."""

    name: str
    title: Text
    why: Text
    repair: Text | None = None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Review:
    """What a check of a ledger found, ready for any renderer.

    Attributes:
        diagnostics: the findings shown, in the order of reports; paths are relative to the repository.
        files: kind → files looked at, those included that could not be read.
        unread: paths of the files that could not be read.
        as_of: the day it was judged on, in ISO form.
        commit: of the ledger, or empty.
        known: how many more were found that the baseline of the ledger names.
        paths: every file looked at, relative to the repository, sorted.
        about: code → the rule, for the codes found.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, int]
    unread: tuple[str, ...] = ()
    as_of: str = ""
    commit: str = ""
    known: int = 0
    paths: Sequence[str] = dataclasses.field(default=(), compare=False)
    about: Mapping[str, About] = dataclasses.field(default_factory=dict[str, About])

    def count(self, severity: Severity) -> int:
        """Give how many findings weigh so much."""
        return sum(one.severity is severity for one in self.diagnostics)
