"""Telephone numbers for a list that chases people: from a file outside the ledger, never from it (docs/adr/0021, HZ608)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError, UsageError, reason
from hazardctl.exchange.table import Row, table
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.reports.answers import Late

NAMES: Final = frozenset({"姓名", "责任人", "联系人", "name", "person"})
UNITS: Final = frozenset({"单位", "责任单位", "unit"})
NUMBERS: Final = frozenset({"电话", "手机", "手机号", "联系电话", "联系方式", "phone", "mobile", "telephone"})
NO_FILE: Final = Text("没有文件 {path}", "there is no file {path}")
UNREADABLE: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
INSIDE: Final = Text("通讯录 {path} 在台账文件夹里：电话不进台账（HZ608）", "{path} lies in the ledger: numbers do not go there (HZ608)")
MOVE: Final = Text("放到台账文件夹外面", "keep it outside the folder of the ledger")
NO_COLUMNS: Final = Text("{path} 里没有姓名和电话两列", "{path} has no columns for a name and a number")
COLUMNS: Final = Text("第一行写：姓名,单位,电话（单位可不写）", "its first line: name,unit,phone (unit may be left out)")
Phones = Mapping[tuple[str, str], str]
"""(name, name of the unit) → number; the unit is empty where the file names none."""


def phones(path: Path, root: Path, ledger: Ledger) -> Phones:
    """Read a csv file of people and their numbers.

    Args:
        path: of the file; outside the ledger.
        root: the ledger root.
        ledger: whose people and units may be spelled in several ways.

    Raises:
        UsageError: it is not there, lies in the ledger, or has no columns of names and numbers.
        SystemFailedError: it cannot be read.
    """
    if path.resolve().is_relative_to(root.resolve()):
        raise UsageError(INSIDE.of(path=str(path)), MOVE)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise UsageError(NO_FILE.of(path=str(path))) from None
    except OSError as failure:
        raise SystemFailedError(UNREADABLE.of(path=str(path), why=reason(failure))) from failure
    rows = [row for row in table(data).rows if not row.blank]
    heads = [cell.strip().casefold() for cell in rows[0].cells] if rows else []
    name, unit, number = (next((place for place, head in enumerate(heads) if head in known), None) for known in (NAMES, UNITS, NUMBERS))
    if name is None or number is None:
        raise UsageError(NO_COLUMNS.of(path=str(path)), COLUMNS)
    found: dict[tuple[str, str], str] = {}
    for row in rows[1:]:
        who, what = _cell(row, name), _cell(row, number)
        if who and what:
            found.setdefault((ledger.config.named(who), ledger.unit_name(_cell(row, unit)) if unit is not None else ""), what)
    return found


def called(late: Sequence[Late], known: Phones) -> tuple[Late, ...]:
    """Give hazards with the number of the person who answers for each."""
    return tuple(one._replace(phone=phone(known, one.person, one.unit)) for one in late) if known else tuple(late)


def phone(known: Phones, person: str, unit: str) -> str:
    """Give the number of a person at a unit, else of the person wherever; empty where none is known."""
    return known.get((person, unit)) or known.get((person, ""), "")


def _cell(row: Row, place: int) -> str:
    cells: Sequence[str] = row.cells
    return cells[place].strip().removeprefix("'") if place < len(cells) else ""
