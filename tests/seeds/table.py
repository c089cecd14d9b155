"""The contract as tables: the figures of five public summaries, and the mechanisms they speak of (DOMAIN §12).

Both tables are text files beside this module, a row a line with `|` between the cells. Numbers and measures are facts of the
sources; every word is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from hazardctl.measures import Answer, Known, Question, Range
from hazardctl.sheet import Rate
from tests.measures.made import question

HERE: Final = Path(__file__).parent
NO_MEASURE: Final = "-"
MARKS: Final = {"余": "over", "近": "nearly"}
SPELLED: Final = {mark: sign for sign, mark in MARKS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: what it is, which kinds of record keep it, the measure that asks for it, and what must come out.

    A value: `∅` is blank in the source and must come out missing; `余` and `近` stand behind a number that is more or nearly so
    much; `%` a rate; `stated` a rate without its parts; a/b duties met of those due; a-b a planned range. Money is in yuan.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    measure: str
    value: str

    @property
    def seed(self) -> str:
        """Give the summary it is from: `S0` to `S4`."""
        return self.id[:2]

    @property
    def question(self) -> Question:
        """Give the days it is asked for: those of its summary; a plan is asked of the year after."""
        return NEXT_YEAR if self.id == "S2-03" else QUESTIONS[self.seed]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A way of working that the summaries speak of, the seeds that do, and the tests that show it works here."""

    id: str
    zh: str
    en: str
    seeds: tuple[str, ...]
    tests: tuple[str, ...]


def cells(name: str) -> Iterator[list[str]]:
    """Give the cells of each row of a table; lines that begin with `#` are talk."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def _rows() -> Iterator[Row]:
    for key, title, kinds, measure, value in cells("figures.txt"):
        yield Row(key, title, tuple(kinds.split()), measure, value)


QUESTIONS: Final[Mapping[str, Question]] = {
    "S0": question("2023-01-01", "2023-06-30"),
    "S1": question("2024-01-01", "2024-10-16"),
    "S2": question("2023-01-01", "2023-12-31"),
    "S3": question("2016-01-01", "2016-12-31"),
    "S4": question("2022-01-01", "2022-12-31"),
}
PERIODS: Final[Mapping[str, str]] = {"S0": "2023H1", "S1": "2024-01-01..2024-10-16", "S2": "2023", "S3": "2016", "S4": "2022"}
NEXT_YEAR: Final = question("2024-01-01", "2024-12-31", "2023-12-31")

ROWS: Final[Mapping[str, Row]] = {row.id: row for row in _rows()}
MEASURED: Final[Mapping[str, Row]] = {row.id: row for row in ROWS.values() if row.measure != NO_MEASURE}
"""All rows but the one that is a cited text and no figure."""


def mechanisms() -> Mapping[str, Mechanism]:
    """Read the table of mechanisms."""
    read = (Mechanism(key, zh, en, tuple(seeds.split()), tuple(tests.split())) for key, zh, en, seeds, tests in cells("mechanisms.txt"))
    return {one.id: one for one in read}


def shown(answer: Answer, like: str = "") -> str:
    """Write an answer as the table does; a rate as a share when the value it is compared with is one."""
    match answer:
        case None:
            return "/"
        case Range():
            return f"{answer.least}-{answer.most}"
        case Rate() if "/" in like:
            return f"{answer.numerator}/{answer.denominator}"
        case Rate():
            return str(answer)
        case Known(twice=True):
            return "twice"
        case Known(missing=True):
            return f"stated {answer.stated}%" if answer.stated is not None else "∅" + SPELLED.get(answer.mark, "")
        case Known():
            return _plain(answer.value) + SPELLED.get(answer.mark, "")
        case _:
            return repr(answer)


def _plain(number: int | Decimal | None) -> str:
    """Write a number without an exponent and without the fen that nobody printed."""
    return f"{number:f}".removesuffix(".00") if isinstance(number, Decimal) else str(number)


def printed(figure: Any, like: str) -> str:  # noqa: ANN401 (a figure of a document)
    """Write a figure of a JSON document as the table does."""
    match figure:
        case None:
            return "/"
        case {"numerator": above, "denominator": below, "value": value}:
            return f"{above}/{below}" if "/" in like else f"{value}%"
        case {"state": "missing", "stated": stated, "mark": mark}:
            return f"stated {stated}%" if stated is not None else "∅" + SPELLED.get(mark, "")
        case {"items": records, "told": total, "mark": mark}:
            return f"{Decimal(str(total if records is None else records)).normalize():f}" + SPELLED.get(mark, "")
        case {"least": least, "most": most}:
            return f"{least}-{most}"
        case _:
            return str(figure)
