"""What the summary is made of: figures by measure id, the lines of its groups, the overdue hazards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hazardctl.errors import BugError
from hazardctl.language import Text
from hazardctl.reports.figures import Figures, count, rate
from hazardctl.sheet import Rate

if TYPE_CHECKING:
    from hazardctl.reports.told import Told
    from hazardctl.reports.work import Block

COHORT = ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other")
STOCK_IN = ("opening", "found", "reopened")
STOCK_OUT = ("resolved", "resolved_other", "withdrawn", "transferred")
DUE = ("met", "late", "unconfirmed")
AGES = ("to_7", "to_15", "to_30", "to_90", "over_90")


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a report is grouped by.

    Attributes:
        key: as typed after `-g`.
        label: its name.
        several: a hazard may stand in more than one line (campaigns), so lines may add up to more than the total.
        running: its lines are stretches of time, which has no gaps.
    """

    key: str
    label: Text
    several: bool = False
    running: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One line: the keys of its place in each dimension, their names, and its figures."""

    keys: tuple[str, ...]
    labels: tuple[Text, ...]
    figures: Figures


class Late(NamedTuple):
    """An overdue hazard, or one that falls due soon; `days` is how late, or how long it still has; `phone` where it was asked for."""

    id: str
    unit: str
    hazard: str
    grade: str
    due: dt.date | None
    days: int | None
    person: str
    found: dt.date
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything the summary prints.

    Attributes:
        total: figures under the basis asked, by measure id.
        official: those of the two grades under the official basis.
        verified: the rate under the project's own basis.
        dimensions: what the groups are by; one or two.
        groups: the lines, in the order of the page.
        rows: of a cross table: the lines of the first dimension alone, in the order of the page.
        columns: of a cross table: those of the second.
        months: (name, key, found) of each stretch of the period.
        by_year: the stretches are years.
        overdue: overdue on the as-of day, whenever found, majors first.
        more: how many more of them there are.
        work: what is known of the other families; of hazards what tallies tell.
        kept: hazards of the scope and period are recorded one by one; else only tallies tell of them, if anything does.
        parts: what the page shows: `groups`, `families`, or everything when it is empty.
    """

    total: Figures
    official: Figures
    verified: Rate
    dimensions: Sequence[Dimension] = ()
    groups: Sequence[Group] = ()
    rows: Sequence[Group] = ()
    columns: Sequence[Group] = ()
    months: Sequence[tuple[Text, str, int]] = ()
    by_year: bool = False
    overdue: Sequence[Late] = ()
    more: int = 0
    work: Sequence[Block] = ()
    kept: bool = True
    parts: str = ""

    @property
    def told(self) -> Mapping[str, Told]:
        """Give the figures of hazards that tallies tell, by measure, where no record tells any; else nothing."""
        return {} if self.kept else {row.id: row for block in self.work if block.key == "hazards" for row in block.rows}

    @property
    def several(self) -> bool:
        """Say whether lines may add up to more than their total."""
        return any(one.several for one in self.dimensions)


def checked(answers: Answers) -> Answers:
    """Give the answers back if their sums agree (DOMAIN §4.3: a report that fails an identity is not printed).

    Raises:
        BugError: an identity does not hold.
    """
    for figures in (answers.total, answers.official, *(group.figures for group in (*answers.groups, *answers.rows, *answers.columns))):
        _identities(figures)
    if answers.groups and not answers.several:
        for name in (f"hazards.{part}" for part in ("found", *COHORT)):
            _equal(f"groups of {name}", sum(count(group.figures, name) for group in answers.groups), count(answers.total, name))
    if answers.months:
        _equal("months", sum(found for _, _, found in answers.months), count(answers.total, "hazards.found"))
    return answers


def _identities(figures: Figures) -> None:
    """Hold the identities whose parts were all asked."""
    _adds("I0", figures, "hazards", ("found", "withdrawn", "transferred"), "hazards.recorded")
    _adds("I1", figures, "hazards", COHORT, "hazards.found")
    _adds("I3", figures, "due", DUE, "due.total")
    _adds("I2", figures, "stock", (*STOCK_IN, *(f"-{part}" for part in STOCK_OUT)), "stock.closing")
    for name in figures:
        if name.endswith(".rate"):
            done = rate(figures, name)
            _equal(f"part of {name}", min(done.numerator, done.denominator), done.numerator)
    if "hazards.rate" in figures:
        _equal("rate", rate(figures, "hazards.rate").denominator, count(figures, "hazards.found"))


def _adds(what: str, figures: Figures, family: str, parts: Sequence[str], whole: str) -> None:
    names = [f"{family}.{part.lstrip('-')}" for part in parts]
    if whole in figures and all(name in figures for name in names):
        signs = [-1 if part.startswith("-") else 1 for part in parts]
        _equal(what, sum(sign * count(figures, name) for sign, name in zip(signs, names, strict=True)), count(figures, whole))


def _equal(what: str, one: int, other: int) -> None:
    if one != other:
        text = Text(
            "报表自检不通过（{what}：{one} ≠ {other}），未打印",
            "the report does not add up ({what}: {one} is not {other}); nothing was printed",
        )
        raise BugError(text.of(what=what, one=one, other=other))
