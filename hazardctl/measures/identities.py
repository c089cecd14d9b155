"""What must add up before a figure is printed (DOMAIN §4.3). A broken one is a bug of ours, and nothing is shown."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import terms
from hazardctl.measures.figure import Figure, Spread


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums of counts that are equal, or the first no greater than the second.

    Attributes:
        name: what a report of a failure calls it.
        left: a sum of ids.
        right: another.
        equal: they are equal; else the first is no greater.
        by_time: it holds on the line of one month too. A roll-forward does not, for the opening stands in the first month only;
            nor what puts a hazard in the month it was found on one side, and an act in the month it was done on the other.
    """

    name: str
    left: str
    right: str
    equal: bool = True
    by_time: bool = True

    def broken(self, figures: Mapping[str, Figure]) -> bool:
        """Say whether it fails; with a part missing it says nothing."""
        left, right = _sum(self.left, figures), _sum(self.right, figures)
        if left is None or right is None:
            return False
        return left != right if self.equal else left > right


def _line(head: str) -> str:
    return " + ".join(head + part for part in ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other"))


IDENTITIES: Final = (
    Identity("I0", "hazards.recorded", "hazards.found + hazards.withdrawn + hazards.transferred"),
    Identity("I1", "hazards.found", _line("hazards.")),
    Identity("I1 general", "hazards.general.found", _line("hazards.general.")),
    Identity("I1 major", "hazards.major.found", _line("hazards.major.")),
    Identity("I1 grades", "hazards.found", "hazards.general.found + hazards.major.found"),
    Identity(
        "I2",
        "stock.opening + stock.found + stock.reopened - stock.resolved - stock.resolved_other - stock.withdrawn - stock.transferred",
        "stock.closing",
        by_time=False,
    ),
    Identity("I3", "due.total", "due.met + due.late + due.unconfirmed"),
    Identity("Order: closed, verified", "steps.closed", "steps.verified", equal=False),
    Identity("Order: verified, claimed", "steps.verified", "steps.claimed", equal=False),
    Identity("Order: claimed, found", "steps.claimed", "hazards.found", equal=False),
    Identity("ageing", "age.to_7 + age.to_15 + age.to_30 + age.to_90 + age.over_90", "age.pending"),
    Identity("extensions", "extension.granted", "extension.days", by_time=False),
    Identity("stock of the day", "stock.overdue", "stock.open", equal=False),
)
"""A spread counts by its n."""

GUARDS: Final[Mapping[str, tuple[str, ...]]] = {
    view: tuple(
        dict.fromkeys(name for one in IDENTITIES for side in (one.left, one.right) for _, name in terms(side) if name.startswith(heads))
    )
    for view, heads in {"cohort": ("hazards.", "steps."), "stock": ("stock.",), "due": ("due.",)}.items()
}
"""Counts that are always asked along with a view, so that every report is checked."""


def check(figures: Mapping[str, Figure], *, by_time: bool = False) -> list[str]:
    """Name the identities that do not hold among the figures given; those with a part missing are passed over.

    Args:
        figures: by id.
        by_time: they stand on the line of a month, a quarter or a year.
    """
    return [one.name for one in IDENTITIES if one.broken(figures) and (one.by_time or not by_time)]


def joints(periods: Sequence[Mapping[str, Figure]]) -> list[str]:
    """Name the joints that do not hold between adjoining periods asked as of one day: each closing is the next opening."""
    pairs = itertools.pairwise(periods)
    return [f"Joint {number}" for number, (one, two) in enumerate(pairs, 1) if one["stock.closing"] != two["stock.opening"]]


def order(closed: Mapping[str, Figure], verified: Mapping[str, Figure], rectified: Mapping[str, Figure]) -> list[str]:
    """Name the breaks in the order of three presets asked on one day: rectified under closed ≤ under verified ≤ under rectified."""
    numbers = [_number(one["hazards.rectified"]) or 0 for one in (closed, verified, rectified)]
    return [] if numbers == sorted(numbers) else ["Order"]


def sentence(names: Sequence[str]) -> Text:
    """Say which identities fail."""
    return Text("数字对不上：{names}", "the figures do not add up: {names}").of(names=list(names))


def _sum(expression: str, figures: Mapping[str, Figure]) -> int | None:
    numbers = [(sign, _number(figures.get(name))) for sign, name in terms(expression)]
    known = [sign * number for sign, number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _number(figure: Figure | None) -> int | None:
    if isinstance(figure, Spread):
        return figure.n
    return figure if isinstance(figure, int) else None
