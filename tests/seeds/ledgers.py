"""The small ledgers that keep the figures of the seeds: one record a thing where there are things to count, and totals alone.

Hazards of which a source has hundreds and no items stand in the second only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from hazardctl.measures import Answer, Book, scoped
from hazardctl.store.load import load
from tests.measures.made import Maker
from tests.seeds.common import CONFIG, campaigns
from tests.seeds.table import MARKS, MEASURED, PERIODS, QUESTIONS, Row

SEEDS: Final[Mapping[str, str]] = {
    "S0": "township",
    "S1": "district",
    "S2": "county",
    "S3": "great_inspection",
    "S4": "bureau",
}
"""Seed → the module of this package that has its records."""

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
ONLY_TOLD: Final = ("S3-06", "S3-12", "S3-14a")
"""Hazards of which there are hundreds: the source has totals only, and so have we."""

PLANNED: Final = ("trainings.team_coverage", "trainings.planned", "trainings.delivery")
NOT_TOLD: Final = ("obligations.", "coverage", "campaign.", *PLANNED)
"""Made of records of teams, targets, units and campaigns, whatever a tally says."""

BLANK_THERE: Final = ("S0-02", "S0-03")
"""Blank in the source for the town as a whole: the sample ledger knows its hazards and visits one by one."""


def itemised(row: Row) -> bool:
    """Say whether a row has records behind it, one a thing."""
    return not row.id.startswith(ONLY_TOLD)


def tallied(row: Row) -> bool:
    """Say whether a total can tell a row."""
    return not row.measure.startswith(NOT_TOLD)


def sampled(row: Row) -> bool:
    """Say whether the sample ledger tells a row."""
    return row.seed == "S0" and not row.id.startswith(BLANK_THERE)


@cache
def items(seed: str) -> Maker:
    """Give the ledger of a seed, one record a thing wherever the source has things to count."""
    make = Maker(CONFIG)
    import_module(f"tests.seeds.{SEEDS[seed]}").records(make)
    return make


@cache
def tallies(seed: str) -> Maker:
    """Give the ledger that holds the totals of a seed and nothing else."""
    make = Maker(CONFIG)
    campaigns(make)
    for row in MEASURED.values():
        if row.seed == seed and tallied(row):
            _tell(make, row)
    return make


@cache
def book(make: Maker) -> Book:
    """Open the book of a ledger once."""
    return make.book()


@cache
def sample() -> Book:
    """Open the book of the sample ledger."""
    return Book(load(SAMPLE))


def answer(opened: Book, row: Row, measure: str = "") -> Answer:
    """Ask a row of a book, or another measure in its place."""
    asked = measure or row.measure
    return opened.known(row.question, [asked])[asked]


def answers(row: Row) -> Iterator[tuple[str, Answer]]:
    """Ask a row of every ledger that tells it: `items`, `tallies`, `sample`."""
    if itemised(row):
        yield "items", answer(book(items(row.seed)), row)
    if tallied(row):
        yield "tallies", answer(book(tallies(row.seed)), row)
    if sampled(row):
        yield "sample", answer(sample(), row, row.measure.replace("qiangan-2023", "enforcement-2023"))


def _tell(make: Maker, row: Row) -> None:
    """Enter a figure as a clerk would: the scope in the tally, the number as it was printed."""
    name, clauses = scoped(row.measure)
    value = row.value
    scope = {clause.key: "+".join(clause.values) for clause in clauses if clause.key != "period"}
    period = "2023-09" if "period=" in row.measure else PERIODS[row.seed]
    figure: dict[str, Any] = {"measure": name}
    if value.startswith("∅"):
        figure["missing"] = True
    elif value.startswith("stated"):
        figure |= {"value": value.removeprefix("stated ").rstrip("%"), "stated": True, "unit": "%"}
    elif value.endswith("%") or name == "hazards.overdue":
        return  # it follows from its parts
    else:
        number = value.rstrip("余近")
        figure |= {"value": int(number) // 10_000, "unit": "万元"} if "amount" in name or "cost" in name else {"value": number}
    if value[-1] in MARKS:
        figure["approx"] = MARKS[value[-1]]
    make.tally(QUESTIONS[row.seed].end.isoformat(), period, scope, figure, preset="unknown")
