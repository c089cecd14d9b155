"""The cells of an exported row that were edited, each judged three ways: what was exported, what stands there, what the ledger says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.exchange.dates import Doubt, Manner, cell_day
from hazardctl.exchange.rows import FAILED, UNCALCULATED
from hazardctl.exchange.words import stage
from hazardctl.exchange.work import cleaned
from hazardctl.language import Text
from hazardctl.ops.export_rows import FIELDS

SEE: Final = Text("见命令", "see the command")
ALREADY: Final = Text("台账已如此", "so in the ledger already")
CONFLICT: Final = Text("台账后来改为“{now}”", "the ledger says “{now}” by now")
EMPTIED: Final = Text("台账后来清空了", "the ledger has nothing there by now")
CLEARED: Final = Text("不能清空：记错了写上对的值，不算了用 withdraw", "cannot be emptied: write what is right, or use withdraw")
WITH: Final = Text("还要填“{column}”", "fill in “{column}” too")
DERIVED: Final = Text("由程序推算，改了不算", "calculated by the program: an edit means nothing")
DATED: Final = Text("状态由日期推算：请改“{column}”", "calculated from the days: edit “{column}”")
BY_THE_UNIT: Final = Text("随受检单位，改单位的登记", "that of the unit: change the unit's record")
BY_HAND: Final = Text("一格写不下：用 hazardctl correct", "more than a cell holds: use hazardctl correct")

STEPS: Final[Mapping[str, str]] = {"closed": "closed_on", "verified": "verified_on", "rectified": "rectified_on"}
"""Stage → the column whose day shows it, the last stage first."""
NEEDED: Final[Mapping[str, str]] = {
    "measure": "rectified_on", "verified_by": "verified_on", "extended_on": "extended", "extension": "extended",
}  # fmt: skip
"""Column → the one beside it without which there is no act: a measure that was written down is not yet taken."""
NOT_EDITED: Final[Mapping[str, Text]] = {"region": BY_THE_UNIT, "basis": BY_HAND, "days": DERIVED}
MAY_BE_EMPTY: Final = frozenset({"site", "remark", "funds", "person"})
DAYS: Final = frozenset(field.key for field in FIELDS if field.looks == "day")
LABELS: Final[Mapping[str, Text]] = {field.key: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that was edited: what was exported, what stands there, what the ledger says now, and what comes of it.

    `of` is the number of the workbook, of several that come back together.
    """

    line: int
    id: str
    key: str
    base: str
    edited: str
    now: str
    outcome: Text
    kind: str
    of: int = 0


def plain(key: str, cell: str) -> str:
    """Give a cell as the export wrote it: an id in capitals, a day in ISO form, a text without outer blanks."""
    text = cleaned(cell)
    if key == "id":
        return text.upper()
    read = cell_day(text, Manner()) if key in DAYS and text else None
    return read.isoformat() if isinstance(read, dt.date) else text


def compared(
    line: int, edited: Mapping[str, str], base: Mapping[str, str], now: Mapping[str, str], failed: Container[str] = ()
) -> Iterator[Edit]:
    """Give what comes of every cell of a row that is not as it was exported.

    Args:
        line: of the table.
        edited: key of a column → cell, of the columns that are still there.
        base: what was exported.
        now: what the ledger says.
        failed: keys of the cells whose formula has no value.
    """
    for key, cell in edited.items():
        was, told = cleaned(base[key]), cleaned(now[key])
        if cell != was:
            outcome, kind = _state(edited, cell, told) if key == "state" else _judged(key, cell, was, told)
            if key in failed:
                outcome, kind = UNCALCULATED if cell.startswith("=") else FAILED, "fixed"
            need = NEEDED.get(key, "")
            if kind == "proposed" and need and not edited.get(need, now[need]):
                outcome, kind = WITH.of(column=LABELS[need]), "fixed"
            yield Edit(line, base["id"], key, was, cell, told, outcome, kind)


def _state(row: Mapping[str, str], cell: str, told: str) -> tuple[Text, str]:
    """Judge a word for how far the work is by the days of its row: they are what is recorded, the word follows."""
    meant = stage(cell)
    if cell == told or (meant and meant == stage(told)):
        return ALREADY, "same"
    shown = next((step for step, column in STEPS.items() if row.get(column)), "")
    if meant and meant == shown:
        return SEE, "proposed"
    return (DATED.of(column=LABELS[STEPS[meant]]), "fixed") if meant in STEPS and not row.get(STEPS[meant]) else (DERIVED, "fixed")


def _judged(key: str, cell: str, was: str, told: str) -> tuple[Text, str]:
    if cell == told:
        return ALREADY, "same"
    if key in NOT_EDITED:
        return NOT_EDITED[key], "fixed"
    if told != was:
        return CONFLICT.of(now=told) if told else EMPTIED, "conflict"
    if not cell and key not in MAY_BE_EMPTY:
        return CLEARED, "fixed"
    if key in DAYS and cell and isinstance(read := cell_day(cell, Manner()), Doubt):
        return read.reason, "fixed"
    return SEE, "proposed"
