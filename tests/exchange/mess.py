"""Messy workbooks made from a known ledger by a seed: every defect that real tables have, alone and together.

What a seed made can be made again. A workbook is drawn as pages of cells first and then written: as xlsx with everything a person
can do to a table, or plainly as xls, ods or csv.
"""

from __future__ import annotations

import datetime as dt
import io
import random  # noqa: TID251 (seeded, so that a mess can be made again)
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import xlsxwriter

from tests.exchange.test_workbook import Cells, ods, texts, xls

UNITS: Final = ("甲化工厂", "乙加油站", "丙纸业公司")
SITES: Final = ("一车间", "罐区", "配电室", "仓库")
FAULTS: Final = ("灭火器过期", "静电接地失效", "安全出口堵塞", "电缆桥架未封堵", "报警器未通电")
PEOPLE: Final = ("王小芳", "赵铁柱")
CONFIG: Final = f"""\
schema: config/1
organisation: {{name: 某镇人民政府, level: township}}
regions: [{{key: east, name: 东村}}, {{key: west, name: 西村}}]
people: [{{name: {PEOPLE[0]}, aliases: [小芳]}}, {{name: {PEOPLE[1]}}}]
vocabularies:
  local_grades: {{甲级: major, 乙级: general}}
  local_status: {{弄好了: rectified, 没动: assigned, 了结: closed}}
"""
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "found_on": ("检查日期", "检查\n时间", "★排查时间"),
    "unit": ("受检单位", "被检查单位", "企业名称"),
    "site": ("隐患部位", "检查部位", "部位"),
    "description": ("隐患描述", "存在问题", "3、隐患内容"),
    "grade": ("隐患等级", "隐患\n等级", "级别"),
    "region": ("所属乡镇", "属地"),
    "person": ("整改责任人", "责任人"),
    "due": ("整改期限", "整改时限", "限期"),
    "rectified_on": ("整改完成日期", "完成时间"),
    "verified_on": ("复查日期", "复查时间"),
    "verified_by": ("复查人", "复查人员"),
    "closed_on": ("销号日期", "销号时间"),
    "state": ("状态", "整改状态"),
}
SPANNING: Final = ("基本情况", "隐患信息", "处理过程")
STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "assigned": ("待整改", "未整改", "已交办", "没动"), "rectified": ("已整改", "己整改", "整改完成", "弄好了"),
    "closed": ("已销号", "已闭环", "已整改销号", "了结"),
}  # fmt: skip
GRADES: Final[Mapping[str, tuple[str, ...]]] = {"一般": ("一般", "一般隐患", "乙级"), "重大": ("重大", "重大隐患", "甲级")}
ALWAYS: Final[Mapping[str, str]] = {"行业领域": "工贸", "隐患来源": "执法检查", "检查单位": "某镇安监办"}
DATES: Final[Sequence[Callable[[dt.date], object]]] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.isoformat()} 14:30",
    lambda day: day.isoformat().translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda day: dt.datetime.combine(day, dt.time(9, 30)),
)
EPOCH: Final = dt.date(1899, 12, 30)
DEEPEST: Final = 5

Row = dict[str, object]
At = tuple[str, int]


class Formula(NamedTuple):
    """A formula and the result that is stored with it; None where none is."""

    result: str | None


@dataclass
class Page:
    """A sheet: its cells by line and column from 1, what is merged, which lines are hidden."""

    title: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict[tuple[int, int], object])
    merges: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    hidden: set[int] = field(default_factory=set[int])

    def rows(self) -> Cells:
        """Give the cells line by line."""
        lines, width = (max(place[axis] for place in self.cells) for axis in (0, 1))
        return [[self.cells.get((line, column)) for column in range(1, width + 1)] for line in range(1, lines + 1)]


@dataclass
class Mess:
    """A workbook: its bytes, what its rows truly say, and the rows spoilt beyond reading.

    Attributes:
        name: of the file; its ending is its format.
        data: its bytes.
        truth: (sheet, line) → what the row says, by field, days as days; several where it lists several hazards.
        spoilt: (sheet, line) → names of columns and what stands in them.
        twice: lines that repeat a row of another sheet.
        differing: of those the lines that say another grade.
        others: lines that hold no data.
        hidden: lines that nobody sees.
    """

    name: str = "台账.xlsx"
    data: bytes = b""
    truth: dict[At, list[Row]] = field(default_factory=dict[At, list[Row]])
    spoilt: dict[At, set[tuple[str, str]]] = field(default_factory=dict[At, set[tuple[str, str]]])
    twice: set[At] = field(default_factory=set[At])
    differing: set[At] = field(default_factory=set[At])
    others: set[At] = field(default_factory=set[At])
    hidden: set[At] = field(default_factory=set[At])


def known(dice: random.Random, count: int) -> list[Row]:
    """Make hazards, no two of one place, text and day."""
    rows: list[Row] = []
    for number in range(count):
        found = dt.date(2025, 1, 6) + dt.timedelta(days=dice.randrange(300))
        stage = dice.choice(("assigned", "rectified", "closed"))
        row: Row = {
            "found_on": found, "unit": dice.choice(UNITS), "region": dice.choice(("东村", "西村")),
            "site": dice.choice(SITES), "description": f"{dice.choice(FAULTS)}，第{number + 1}处",
            "grade": dice.choice(("一般", "一般", "重大")), "due": found + dt.timedelta(days=15), "state": stage,
            "person": dice.choice((*PEOPLE, "孙八")),
        }  # fmt: skip
        if stage != "assigned":
            row["rectified_on"] = found + dt.timedelta(days=dice.randrange(1, 12))
        if stage == "closed":
            row["verified_on"] = row["closed_on"] = found + dt.timedelta(days=13)
            row["verified_by"] = dice.choice((PEOPLE[0], "张三"))
        rows.append(row)
    return sorted(rows, key=lambda row: str(row["unit"]))


def mess(seed: int) -> Mess:
    """Make a workbook of one or two sheets."""
    dice = random.Random(seed)
    ending = dice.choice(("xlsx",) * 7 + ("xls", "ods", "csv"))
    made = Mess(f"台账.{ending}")
    rows = known(dice, dice.randrange(1, 9))
    if ending != "xlsx":
        page = Page({"xls": "台账", "ods": "台账", "csv": ""}[ending])
        _sheet(dice, made, page, rows, plain=True)
        made.data = {"xls": xls, "ods": ods, "csv": texts}[ending](_flat(page.rows()))
        return made
    again = dice.sample(rows, dice.randrange(len(rows) + 1)) if dice.random() < 0.5 else []
    pages: list[Page] = []
    for name, part in (("一月", rows), ("总表", again)):
        if part:
            pages.append(Page(name))
            _sheet(dice, made, pages[-1], part, twice=part is again)
    made.data = _written(pages)
    return made


def _flat(rows: Cells) -> Cells:
    """Give the cells without times of day and line breaks: the plain writers write neither, or count lines by them."""
    return [[str(it) if isinstance(it, dt.datetime) else it.replace("\n", "") if isinstance(it, str) else it for it in row] for row in rows]


def _written(pages: Sequence[Page]) -> bytes:
    kept = io.BytesIO()
    book: Any = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    for page in pages:
        sheet = book.add_worksheet(page.title)
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for (line, column), value in page.cells.items():
            match value:
                case Formula():
                    sheet.write_formula(line - 1, column - 1, '="a"&"b"', None, value.result or "")
                case dt.datetime():
                    sheet.write_datetime(line - 1, column - 1, value, moment)
                case dt.date():
                    sheet.write_datetime(line - 1, column - 1, dt.datetime.combine(value, dt.time()), day)
                case _:
                    sheet.write(line - 1, column - 1, value)
        for line in page.hidden:
            sheet.set_row(line - 1, None, None, {"hidden": True})
    book.close()
    return kept.getvalue()


def _sheet(dice: random.Random, made: Mess, page: Page, rows: Sequence[Row], *, twice: bool = False, plain: bool = False) -> None:
    fields = list(NAMES)
    dice.shuffle(fields)
    names = ["序号", *(dice.choice(NAMES[name]) for name in fields), *ALWAYS]
    line, shown = _head(dice, page, names, plain=plain)
    for number, row in enumerate(rows, 1):
        line = _between(dice, made, page, line + 1, names)
        at = (page.title, line)
        made.truth[at] = [row]
        cells = {"序号": number, **{name: _cell(dice, key, row.get(key)) for key, name in zip(fields, names[1:], strict=False)}, **ALWAYS}
        if twice:
            made.twice.add(at)
            if dice.random() < 0.2:
                made.differing.add(at)
                cells[names[1 + fields.index("grade")]] = "重大" if row["grade"] == "一般" else "一般"
        elif dice.random() < 0.25:
            places = {key: names[1 + fields.index(key)] for key in fields}
            changed = _spoilt(dice, row, plain=plain)
            cells |= {places[key]: value for key, value in changed.items()}
            made.spoilt[at] = {(shown[places[key]], _seen(value)) for key, value in changed.items()}
        elif dice.random() < 0.15:
            made.truth[at] = _several(row)
            cells[names[1 + fields.index("description")]] = "；".join(
                f"{n}.{one['description']}" for n, one in enumerate(made.truth[at], 1)
            )
        elif dice.random() < 0.2 and not plain:
            cells[names[1 + fields.index("site")]] = Formula(str(row["site"]))
        for column, name in enumerate(names, 1):
            page.cells[line, column] = cells[name]
        if dice.random() < 0.1 and not plain:
            page.hidden.add(line)
            made.hidden.add(at)
    if not plain:
        _merge_units(page, 2 + fields.index("unit"))
    _foot(dice, made, page, (line, len(rows), len(names)), plain=plain)


def _several(row: Row) -> list[Row]:
    return [{**row, "description": f"{row['description']}{part}"} for part in ("甲面", "乙面")]


def _between(dice: random.Random, made: Mess, page: Page, line: int, names: Sequence[str]) -> int:
    """Leave a line empty, or put a sum or the column names once more on it; give the line that is free then."""
    chance = dice.random()
    if chance < 0.15:
        return line + 1
    if chance < 0.2:
        page.cells[line, 1], page.cells[line, 3] = "小计", "3条"
    elif chance < 0.25:
        page.cells |= {(line, column): name for column, name in enumerate(names, 1)}
    else:
        return line
    made.others.add((page.title, line))
    return line + 1


def _head(dice: random.Random, page: Page, names: Sequence[str], *, plain: bool) -> tuple[int, dict[str, str]]:
    """Write titles and column names, on one row to five; give the last line of them, and each name as the whole of it reads."""
    line = 0
    for _ in range(dice.randrange(3)):
        line += 1
        page.cells[line, 1] = dice.choice(("某镇隐患排查治理台账", "填报单位：某镇安监办"))
        if not plain:
            page.merges.append((line, 1, line, len(names)))
    depth = 1 if plain else dice.choice((1, 1, 2, 3, DEEPEST))
    line += 1
    column, whole = 1, dict[str, str]()
    while column <= len(names):
        width = min(dice.choice((1, 1, 2, 3)), len(names) - column + 1) if depth > 1 and column > 1 else 1
        part = names[column - 1 : column - 1 + width]
        above = dice.choice(SPANNING) if width > 1 else ""
        if above:
            page.cells[line, column] = above
            page.merges.append((line, column, line, column + width - 1))
        for offset, name in enumerate(part):
            top = line + bool(above)
            page.cells[top, column + offset] = name
            if top < line + depth - 1:
                page.merges.append((top, column + offset, line + depth - 1, column + offset))
            whole[name] = f"{above}/{name}".lstrip("/").replace("\n", "")
        column += width
    return line + depth - 1, whole


def _foot(dice: random.Random, made: Mess, page: Page, size: tuple[int, int, int], *, plain: bool) -> None:
    line, rows, width = size
    if dice.random() < 0.5:
        line += 1
        page.cells[line, 1], page.cells[line, 2] = "合计", f"{rows}条"
        made.others.add((page.title, line))
    if dice.random() < 0.5:
        line += 1
        page.cells[line, 1] = "注：重大隐患另行上报，本表不涂改。"
        if not plain:
            page.merges.append((line, 1, line, width))
        made.others.add((page.title, line))


def _merge_units(page: Page, column: int) -> None:
    """Merge the cells of a unit that stands in rows below one another."""
    runs: list[list[int]] = []
    for line in sorted(line for line, place in page.cells if place == column):
        value = page.cells[line, column]
        if value in UNITS and runs and runs[-1][-1] == line - 1 and page.cells.get((line - 1, column)) == value:
            runs[-1].append(line)
        elif value in UNITS:
            runs.append([line])
    for run in runs:
        if len(run) > 1:
            page.merges.append((run[0], column, run[-1], column))
            for line in run[1:]:
                del page.cells[line, column]


def _cell(dice: random.Random, key: str, value: object) -> object:
    if value is None:
        return dice.choice((None, "/", " "))
    if isinstance(value, dt.date):
        return dice.choice(DATES)(value)
    if key == "state":
        return dice.choice(STATES[str(value)])
    if key == "grade":
        return dice.choice(GRADES[str(value)])
    if value == PEOPLE[0]:
        return dice.choice((value, "小芳", "王 小芳"))
    return dice.choice((value, f" {value} ", f"{value}\n"))


def _spoilt(dice: random.Random, row: Row, *, plain: bool) -> Row:
    """Give the cells that nobody could take as they stand, by field."""
    choices: list[Row] = [
        {"unit": "无此单位"},
        {"unit": f"{row['unit']}有限公司"},
        {"unit": PEOPLE[1]},
        {"unit": row["person"], "person": row["unit"]},
        {"site": "2025-03-05"},
        {"description": "已整改"},
        {"person": "2025年3月5日"},
        {"person": "王晓芳"},
        {"region": "东"},
        {"region": "某地"},
        {"grade": "很高"},
        {"state": "再说吧"},
        *({key: _no_day(dice, row[key])} for key in ("found_on", "due")),
        *_broken(plain=plain),
    ]
    return dict(dice.choice(choices))


def _broken(*, plain: bool) -> list[Row]:
    return [] if plain else [{"description": Formula(None)}, {"due": Formula("#REF!")}]


def _no_day(dice: random.Random, value: object) -> object:
    assert isinstance(value, dt.date)
    return dice.choice(((value - EPOCH).days, f"{value.month}月{value.day}日", "13月40日", "已整改", "05/06/2025", PEOPLE[1]))


def _seen(value: object) -> str:
    if isinstance(value, Formula):
        return value.result or '="a"&"b"'
    return str(value)
