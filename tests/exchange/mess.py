"""Messy workbooks made from a known ledger by a seed: every defect that real tables have, alone and together."""

from __future__ import annotations

import datetime as dt
import io
import random  # noqa: TID251 (seeded, so that a mess can be made again)
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import openpyxl

UNITS: Final = ("甲化工厂", "乙加油站", "丙纸业公司")
SITES: Final = ("一车间", "罐区", "配电室", "仓库")
FAULTS: Final = ("灭火器过期", "静电接地失效", "安全出口堵塞", "电缆桥架未封堵", "报警器未通电")
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "found_on": ("检查日期", "检查\n时间", "★排查时间"),
    "unit": ("受检单位", "被检查单位", "企业名称"),
    "site": ("隐患部位", "检查部位", "部位"),
    "description": ("隐患描述", "存在问题", "3、隐患内容"),
    "grade": ("隐患等级", "隐患\n等级", "级别"),
    "due": ("整改期限", "整改时限", "限期"),
    "rectified_on": ("整改完成日期", "完成时间"),
    "verified_on": ("复查日期", "复查时间"),
    "verified_by": ("复查人", "复查人员"),
    "closed_on": ("销号日期", "销号时间"),
    "state": ("状态", "整改状态"),
}
STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "assigned": ("待整改", "未整改", "已交办"), "rectified": ("已整改", "己整改", "整改完成"), "closed": ("已销号", "已闭环", "已整改销号"),
}  # fmt: skip
ALWAYS: Final[Mapping[str, str]] = {"行业领域": "工贸", "隐患来源": "执法检查", "检查单位": "某镇安监办"}
DATES: Final[Sequence[Callable[[dt.date], object]]] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: dt.datetime.combine(day, dt.time(9, 30)),
)
EPOCH: Final = dt.date(1899, 12, 30)

Row = dict[str, object]


@dataclass
class Mess:
    """A workbook: its bytes, what its rows truly say, and the rows spoilt beyond reading.

    Attributes:
        data: of the workbook.
        truth: (sheet, line) → what the row says, by field; days as days.
        spoilt: (sheet, line) → name of the column and what stands in it.
        twice: lines that repeat a row of another sheet.
        others: lines that hold no data.
    """

    data: bytes = b""
    truth: dict[tuple[str, int], Row] = field(default_factory=dict)
    spoilt: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    twice: set[tuple[str, int]] = field(default_factory=set)
    others: set[tuple[str, int]] = field(default_factory=set)


def known(dice: random.Random, count: int) -> list[Row]:
    """Make hazards, no two of one place, text and day."""
    rows: list[Row] = []
    for number in range(count):
        found = dt.date(2025, 1, 6) + dt.timedelta(days=dice.randrange(300))
        stage = dice.choice(("assigned", "rectified", "closed"))
        row: Row = {
            "found_on": found, "unit": dice.choice(UNITS),
            "site": dice.choice(SITES), "description": f"{dice.choice(FAULTS)}，第{number + 1}处",
            "grade": dice.choice(("一般", "一般", "重大")), "due": found + dt.timedelta(days=15), "state": stage,
        }  # fmt: skip
        if stage != "assigned":
            row["rectified_on"] = found + dt.timedelta(days=dice.randrange(1, 12))
        if stage == "closed":
            row["verified_on"] = row["closed_on"] = found + dt.timedelta(days=13)
            row["verified_by"] = "张三"
        rows.append(row)
    return sorted(rows, key=lambda row: str(row["unit"]))


def mess(seed: int) -> Mess:
    """Make a workbook of one or two sheets."""
    dice = random.Random(seed)
    made, book = Mess(), openpyxl.Workbook()
    rows = known(dice, dice.randrange(1, 9))
    again = dice.sample(rows, dice.randrange(len(rows) + 1)) if dice.random() < 0.5 else []
    for name, part in (("一月", rows), ("总表", again)):
        if part:
            _sheet(dice, made, book.create_sheet(name), part, twice=part is again)
    book.remove(book.worksheets[0])
    kept = io.BytesIO()
    book.save(kept)
    made.data = kept.getvalue()
    return made


def _sheet(dice: random.Random, made: Mess, page, rows: Sequence[Row], *, twice: bool) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    fields = list(NAMES)
    dice.shuffle(fields)
    names = ["序号", *(dice.choice(NAMES[name]) for name in fields), *ALWAYS]
    line = _head(dice, page, names)
    for number, row in enumerate(rows, 1):
        line += 1
        if dice.random() < 0.15:
            line += 1
        at = (page.title, line)
        made.truth[at] = row
        if twice:
            made.twice.add(at)
        cells = {"序号": number, **{name: _cell(dice, key, row.get(key)) for key, name in zip(fields, names[1:], strict=False)}, **ALWAYS}
        if not twice and dice.random() < 0.2:
            key = dice.choice(("found_on", "due", "unit"))
            name = names[1 + fields.index(key)]
            cells[name] = _spoilt(dice, key, row[key])
            made.spoilt[at] = (name.replace("\n", ""), str(cells[name]))
        for column, name in enumerate(names, 1):
            page.cell(line, column).value = cells[name]
    _merge_units(page, 2 + fields.index("unit"))
    _foot(dice, made, page, (line, len(rows), len(names)))


def _head(dice: random.Random, page, names: Sequence[str]) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Write titles and column names, on one row or two, and give the last line of them."""
    line = 0
    for _ in range(dice.randrange(3)):
        line += 1
        page.cell(line, 1).value = dice.choice(("某镇隐患排查治理台账", "填报单位：某镇安监办"))
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(names))
    deep = dice.random() < 0.5
    line += 1
    for column, name in enumerate(names, 1):
        page.cell(line, column).value = name
        if deep:
            page.merge_cells(start_row=line, start_column=column, end_row=line + 1, end_column=column)
    return line + deep


def _foot(dice: random.Random, made: Mess, page, size: tuple[int, int, int]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    line, rows, width = size
    if dice.random() < 0.5:
        line += 1
        page.cell(line, 1).value = "合计"
        page.cell(line, 2).value = f"{rows}条"
        made.others.add((page.title, line))
    if dice.random() < 0.5:
        line += 1
        page.cell(line, 1).value = "注：重大隐患另行上报，本表不涂改。"
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)
        made.others.add((page.title, line))


def _merge_units(page, column: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Merge the cells of a unit that stands in rows below one another."""
    runs: list[list[int]] = []
    for line in range(1, page.max_row + 1):
        value = page.cell(line, column).value
        if value in UNITS and runs and runs[-1][-1] == line - 1 and page.cell(line - 1, column).value == value:
            runs[-1].append(line)
        elif value in UNITS:
            runs.append([line])
    for run in runs:
        if len(run) > 1:
            page.merge_cells(start_row=run[0], start_column=column, end_row=run[-1], end_column=column)


def _cell(dice: random.Random, key: str, value: object) -> object:
    if value is None:
        return dice.choice((None, "/", " "))
    if isinstance(value, dt.date):
        return dice.choice(DATES)(value)
    if key == "state":
        return dice.choice(STATES[str(value)])
    return dice.choice((value, f" {value} ", f"{value}\n"))


def _spoilt(dice: random.Random, key: str, value: object) -> object:
    if isinstance(value, dt.date):
        return dice.choice(((value - EPOCH).days, f"{value.month}月{value.day}日", "13月40日", "已整改", "05/06/2025"))
    return "无此单位" if key == "unit" else None
