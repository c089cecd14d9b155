"""What the rows of a file share: the mapping, the ledger, what is known of names; and what passes between them: cells, questions."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hazardctl.exchange import words
from hazardctl.exchange.dates import Manner
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.near import Register
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger, folded
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.vocabulary import find

WorkingDays = Callable[[dt.date, int], dt.date]
Saying = Callable[[type[Part], str, str], tuple[Raw, Sequence[Text]]]


def unsaid(_: type[Part], __: str, text: str) -> tuple[Raw, Sequence[Text]]:
    """Take a value as it was said."""
    return text, ()


class Cell(NamedTuple):
    """A value on its way: the column (empty for a constant), what was written, what it means by the table of values."""

    column: str
    raw: str
    text: str


class Question(NamedTuple):
    """What needs a decision: where, what was written, why, what would settle it.

    Attributes:
        final: no option or mapping settles it, only the cell itself can be put right: the row is refused.
        key: what the question is about, for grouping: `unit`, `grade`, a vocabulary…
    """

    column: str
    raw: str
    reason: Text
    remedy: Text | None = None
    final: bool = False
    key: str = ""


@dataclass(frozen=True)
class Desk:
    """What every row of a file shares.

    Attributes:
        plan: the mapping.
        ledger: whose registry of units, campaigns, regions and words is asked.
        by: who registers and assigns; empty for `import`.
        made: gives the key of a unit that is made on the way for a name; None where no units are made.
        language: of the few notes the importer writes into histories.
        working: adds working days to a day.
        kind: of the records.
        said: reads a field of a class as people say it: the value, and what is wrong with it.
        usual: what holds of a record unless its row says otherwise.
    """

    plan: Plan
    ledger: Ledger
    by: str = ""
    made: Callable[[str], str] | None = None
    language: Language = "zh"
    working: WorkingDays | None = None
    kind: Kind = BY_NAME["hazard"]
    said: Saying = unsaid
    usual: Tree = field(default_factory=dict[str, Raw])
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict[tuple[str, str], str | None])
    _near: dict[str, Sequence[tuple[str, float]]] = field(default_factory=dict[str, Sequence[tuple[str, float]]])

    @functools.cached_property
    def manner(self) -> Manner:
        """Give how days are read."""
        return self.plan.manner()._replace(zone=self.ledger.config.zone)

    def word(self, vocabulary: str, text: str) -> str | None:
        """Give the key a word means in a vocabulary of the ledger, or None; a table says the same words again and again."""
        if (vocabulary, text) not in self._found:
            self._found[vocabulary, text] = find(self.ledger.words[vocabulary], text)
        return self._found[vocabulary, text]

    @functools.cached_property
    def register(self) -> Register:
        """Give the register of units to compare unknown names with."""
        return Register((name, keys[0]) for name, keys in self.ledger.unit_spellings.items())

    def near_units(self, text: str) -> Sequence[tuple[str, float]]:
        """Give the keys of the units a text nearly names; a table says the same names again and again."""
        if text not in self._near:
            self._near[text] = self.register.near(text)
        return self._near[text]

    @functools.cached_property
    def people(self) -> Mapping[str, str]:
        """Give every folded spelling of a person of the configuration → the one name of that person."""
        return {folded(spelling): one.name for one in self.ledger.config.people for spelling in (one.name, *one.aliases)}

    def stage(self, text: str) -> str:
        """Give a word for how far the work is as the ledger's own words mean it, or the word itself."""
        return self._own_words.get(words.said(text), text)

    @functools.cached_property
    def _own_words(self) -> Mapping[str, str]:
        return {words.said(word): stage for word, stage in self.ledger.config.vocabularies.local_status.items()}

    def answer(self, name: str) -> str:
        """Give the answer to a question that the mapping or an option has settled, or the empty string."""
        return self.plan.answers.get(name, "")
