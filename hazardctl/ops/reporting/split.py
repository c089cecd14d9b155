"""How a table is divided into lines that do not overlap: sectors by their top word, regions by the level below the organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Dimension, dimension
from hazardctl.measures.relations import above
from hazardctl.ops.reporting.labels import label

OWN: Final = Text("{name}（本级）", "{name} (itself)")


@dataclass(frozen=True)
class Split:
    """A way of dividing records, each of which belongs to one line.

    Attributes:
        dimension: what the lines are by.
        ledger: whose words, regions and units name them.
        tops: for regions the keys of the lines, each with everything below it.
    """

    dimension: Dimension
    ledger: Ledger
    tops: tuple[str, ...] = ()

    def line(self, key: str) -> str:
        """Give the line a key belongs to."""
        match self.dimension.name:
            case "sector":
                return (above(self.ledger.words["sectors"], key) or (key,))[-1]
            case "region":
                return next((one for one in self.ledger.config.above(key) if one in self.tops), key)
            case _:
                return key

    def label(self, key: str, others: Collection[str] = ()) -> Text:
        """Give the name of a line; a region with other lines below it is named as what it is without them."""
        name = label(self.ledger, self.dimension, key)
        return OWN.of(name=name) if self._below(key, others) else name

    def clauses(self, key: str, others: Collection[str]) -> tuple[Clause, ...]:
        """Give the conditions that make a line: its key, less the other lines below it; for what is not stated, none of the others."""
        name = self.dimension.name
        if not key:
            rest = tuple(sorted(one for one in others if one))
            return (Clause(name, rest, negated=True),) if rest else ()
        below = self._below(key, others)
        return (Clause(name, (key,)), *((Clause(name, below, negated=True),) if below else ()))

    def _below(self, key: str, others: Collection[str]) -> tuple[str, ...]:
        if self.dimension.name != "region" or not key:
            return ()
        return tuple(sorted(one for one in others if one and one != key and key in self.ledger.config.above(one)))

    def order(self, key: str) -> tuple[bool, int, str]:
        """Give the place of a line: as its vocabulary has the words; what is not stated comes last."""
        words = list(self.ledger.words.get(self.dimension.words, {}))
        return (not key, words.index(key) if key in words else len(words), key)


def split(ledger: Ledger, name: str) -> Split:
    """Divide by a dimension.

    Raises:
        UsageError: there is no such dimension.
    """
    one = dimension(name)
    return Split(one, ledger, reporting(ledger) if one.name == "region" else ())


def reporting(ledger: Ledger) -> tuple[str, ...]:
    """Give the regions that report: those right below the organisation's own, or those with none below them; in the order of the tree."""
    regions, home = ledger.config.regions, ledger.config.organisation.region
    parents = {one.parent for one in regions}
    children = tuple(one.key for one in regions if home and one.parent == home)
    return children or tuple(one.key for one in regions if one.key not in parents and one.key != home)


def words(clauses: Collection[Clause]) -> list[str]:
    """Write clauses as the filter words of a command.

    Examples:
        >>> words([Clause("region", ("a",)), Clause("region", ("b", "c"), negated=True)])
        ['region:a', 'not:region:b,c']
    """
    return [f"{'not:' if one.negated else ''}{one.key}:{','.join(one.values)}" for one in clauses]


def bracketed(measure: str, clauses: Collection[Clause]) -> str:
    """Write a measure with the scope of a line; one that brackets cannot say is left to the filters beside it.

    Examples:
        >>> bracketed("documents.count[kind=order]", [Clause("region", ("qingshan",))])
        'documents.count[kind=order,region=qingshan]'
    """
    if not clauses or any(one.negated for one in clauses):
        return measure
    said = ",".join(f"{one.key}={'+'.join(one.values)}" for one in clauses)
    return f"{measure.removesuffix(']')},{said}]" if measure.endswith("]") else f"{measure}[{said}]"
