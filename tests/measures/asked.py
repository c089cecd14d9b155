"""Questions about the worked example, and short ways to ask them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any, Final

from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.figure import Part
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.typed import typed
from tests import worked

H1: Final = (dt.date(2024, 1, 1), dt.date(2024, 6, 30))
H2: Final = (dt.date(2024, 7, 1), dt.date(2024, 12, 31))


@functools.cache
def book() -> Book:
    """Give the book of the worked example."""
    return Book(worked.ledger())


def half_year(as_of: str = "2024-06-30", period: tuple[dt.date, dt.date] = H1, **more: Any) -> Question:  # noqa: ANN401 (any field of a question)
    """Ask for the first half-year of 2024."""
    return Question(*period, dt.date.fromisoformat(as_of), **more)


def behind(measure: str, question: Question, part: Part = "members", opened: Book | None = None) -> str:
    """Give the letters behind a figure, one for each time it counts."""
    members = (opened or book()).members(question, measure)
    return " ".join(sorted(worked.LETTER[one.id] for one in members[part]))


def hazard(found: str, *cells: str, letter: str = "A", **facts: Raw) -> Hazard:
    """Make a hazard of a day found and cells as `worked.TABLE` has them (`01-20 rectify`), with facts changed or added."""
    lines: list[Raw] = [worked.event(cell) for cell in cells]
    register: dict[str, Raw] = {"date": found, "do": "register", "by": worked.CLERK}
    tree = {
        **worked.tree("A"),
        "found_on": found,
        "id": f"YH-{found.replace('-', '')}-CASE{letter}",
        **facts,
        "history": [register, *lines],
    }
    made = typed(BY_NAME["hazard"], tree)
    assert isinstance(made.record, Hazard), made.findings
    return made.record


def ledger_of(*hazards: Hazard, config: Config | None = None) -> Ledger:
    """Give a ledger of hazards."""
    return worked.of({one.id: one for one in hazards}, config)


def book_of(*hazards: Hazard, config: Config | None = None) -> Book:
    """Give the book of a few hazards."""
    return Book(ledger_of(*hazards, config=config))


def ids(opened: Book, measure: str, question: Question) -> list[str]:
    """Give the last letter of each id behind a count."""
    return [one.id[-1] for one in opened.members(question, measure)["members"]]
