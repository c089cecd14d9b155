"""What a new record still lacks, for those who can be asked: the fields that are needed, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.fields import Fact
from hazardctl.model.kinds import Kind
from hazardctl.model.shape import shapes
from hazardctl.model.typed import typed
from hazardctl.ops.context import Context
from hazardctl.ops.new import UNNAMED, options, usual
from hazardctl.ops.saying import Saying, example


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field to ask for: its option, its label, what may be chosen (none: anything)."""

    option: str
    label: Text
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Knows what a new record of a kind needs.

    Attributes:
        context: the door's: the day, and who acts.
        ledger: for words, units, and whose ledger it is.
        kind: of the record.
    """

    context: Context
    ledger: Ledger
    kind: Kind

    def wanted(self, said: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> Iterator[Wanted]:
        """Give what is needed and neither said nor usual, as far as the answers show; what was answered stays in the list."""
        known = {name.replace("-", "_"): [*values] for name, values in said.items()}
        answered = {name.replace("-", "_"): [value] for name, value in answers.items() if value}
        for option, fact in options(self.kind).items():
            name = option.replace("-", "_")
            if fact.need == "always" and name not in known and name not in self._usual and self._asked(fact, {**known, **answered}):
                yield self._question(option, name, fact)

    @property
    def _usual(self) -> Mapping[str, object]:
        return {name: value for name, value in usual(self.context, self.ledger, self.kind).items() if value is not None}

    def _asked(self, fact: Fact, said: Mapping[str, list[str]]) -> bool:
        if any(other in said for other in fact.instead):
            return False
        field, words = fact.condition
        if not field:
            return True
        meant = (
            Saying(self.ledger, self.context.today).value(self.kind.model, field, said[field]) if field in said else self._usual.get(field)
        )
        return meant in words

    def _question(self, option: str, name: str, fact: Fact) -> Wanted:
        shape, label = shapes(self.kind.model)[name], fact.label
        if shape.part:
            label = Text("{label} {example}", "{label} {example}").of(label=label, example=example(shape))
        elif fact.ref == "unit":
            return Wanted(option, label, tuple(Text("{it}", "{it}").of(it=unit.name or key) for key, unit in self.ledger.units.items()))
        return Wanted(option, label, tuple(term.label for term in self.ledger.words.get(fact.words, {}).values()))

    def faults(self, option: str, answer: str) -> list[Text]:
        """Say what is wrong with an answer."""
        name = option.replace("-", "_")
        saying = Saying(self.ledger, self.context.today)
        value = saying.value(self.kind.model, name, [answer])
        made = typed(self.kind, {"id": UNNAMED, "schema": self.kind.schema, name: value})
        wrong = [one.message for one in made.findings if one.code != "HZ006" and one.trail[:1] == (name,)]
        return [*saying.faults, *wrong]
