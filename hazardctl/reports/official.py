"""The three tables that authorities file (DOMAIN §6.1, §6.2): hazards by sector, inspections and penalties, the work of each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.lines import Figured, Line, body, cells, gaps, not_adding
from hazardctl.reports.told import missing_note
from hazardctl.sheet import Block, Column, Sheet, Table, Value
from hazardctl.sheet import Line as Sentence
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}官方统计表", "{name}: official tables, {period}")
TOTAL: Final = NOUNS["total"].heading
ONE_PLACE: Final = 1


@dataclass(frozen=True, slots=True)
class Form:
    """One of the tables.

    Attributes:
        key: as typed after `--table`.
        name: its name; the Chinese one is accepted as well.
        what: heading of its lines.
        columns: its figures, in the order of the form.
    """

    key: str
    name: Text
    what: Text
    columns: tuple[Figured, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the measures of its columns."""
        return tuple(one.measure for one in self.columns)


def _figured(key: str, zh: str, en: str, measure: str, places: int | None = None) -> Figured:
    return Figured(key, Text(zh, en), measure, places)


def _under(zh: str, en: str, *columns: Figured) -> tuple[Figured, ...]:
    over = Text(zh, en)
    return tuple(replace(one, over=over) for one in columns)


SECTORS: Final = Form(
    "a",
    Text("隐患排查治理情况统计表", "hazards found and rectified"),
    Text("行业领域", "Sector"),
    (
        _figured("units", "排查单位(家)", "Units", "inspections.units"),
        *_under(
            "一般隐患",
            "General",
            _figured("general_found", "一般隐患(项)", "General found", "hazards.general.found"),
            _figured("general_rectified", "一般已整改(项)", "General rectified", "hazards.general.rectified"),
            _figured("general_rate", "一般整改率", "General rate", "hazards.general.rate", ONE_PLACE),
        ),
        *_under(
            "重大隐患",
            "Major",
            _figured("major_found", "重大隐患(项)", "Major found", "hazards.major.found"),
            _figured("major_rectified", "重大已整改销号(项)", "Major closed", "hazards.major.rectified"),
            _figured("major_rate", "重大整改率", "Major rate", "hazards.major.rate", ONE_PLACE),
        ),
        *_under(
            "列入治理计划的重大隐患",
            "Majors under a plan",
            _figured("planned", "列入治理计划(项)", "Under a plan", "plan.planned"),
            _figured("plan_target", "目标任务落实(项)", "Target set", "plan.target"),
            _figured("plan_funds", "经费物资落实(项)", "Funds set", "plan.funds"),
            _figured("plan_staff", "机构人员落实(项)", "Staff set", "plan.staff"),
            _figured("plan_schedule", "时间要求落实(项)", "Schedule set", "plan.schedule"),
            _figured("plan_emergency", "措施预案落实(项)", "Emergency plan set", "plan.emergency"),
        ),
        _figured("funds", "治理资金(万元)", "Funds planned, 10k yuan", "plan.funds_planned"),
    ),
)
PENALTIES: Final = Form(
    "b",
    Text("组织督查检查和处罚情况", "inspections and penalties"),
    Text("统计期", "Period"),
    (
        *_under(
            "组织督查检查",
            "Inspections",
            _figured("teams", "检查组(个)", "Teams", "inspections.teams"),
            _figured("person_times", "检查人员(人次)", "Person-times", "inspections.person_times"),
            _figured("units", "受检查企业(个)", "Units inspected", "inspections.units"),
        ),
        *_under(
            "处罚",
            "Penalties",
            _figured("warnings", "警告(次)", "Warnings", "enforcement.warning.times"),
            _figured("corrections", "责令改正、限期整改(起)", "Orders to correct", "enforcement.order_correct.times"),
            _figured("confiscations", "没收(起)", "Confiscations", "enforcement.confiscation.times"),
            _figured("stopped", "责令停产停业(家)", "Stopped", "enforcement.stop_production.units"),
            _figured("licences", "暂扣吊销许可证(个)", "Licences taken", "enforcement.licence.times"),
            _figured("closed", "关闭(家)", "Shut down", "enforcement.closed.units"),
            _figured("detained", "行政拘留(人)", "Detained", "enforcement.detention.persons"),
            _figured("referred", "移送追究刑责(人)", "Referred for prosecution", "enforcement.criminal_referral.persons"),
            _figured("fines", "罚款(万元)", "Fines, 10k yuan", "enforcement.fine.amount"),
        ),
    ),
)
PLACES: Final = Form(
    "c",
    Text("工作量表", "work of each place"),
    Text("属地", "Region"),
    (
        _figured("outings", "出动次数(次)", "Outings", "inspections.count"),
        _figured("units", "检查企业(家)", "Units inspected", "inspections.units"),
        _figured("found", "查出隐患(项)", "Found", "hazards.found"),
        _figured("major_found", "重大隐患(项)", "Major found", "hazards.major.found"),
        _figured("rectified", "完成隐患(项)", "Rectified", "hazards.rectified"),
        _figured("major_rectified", "完成重大隐患(项)", "Major closed", "hazards.major.rectified"),
        _figured("rate", "整改率", "Rate", "hazards.rate"),
        _figured("major_rate", "重大整改率", "Major rate", "hazards.major.rate"),
        _figured("funds", "整改资金(万元)", "Funds spent, 10k yuan", "hazards.funds_spent"),
        *_under(
            "执法文书",
            "Papers",
            _figured("records", "现场检查记录(份)", "Inspection records", "documents.count[kind=inspection_record]"),
            _figured("orders", "责令限期整改指令书(份)", "Orders", "documents.count[kind=order]"),
            _figured("coercive", "强制措施决定书(份)", "Coercive orders", "documents.count[kind=coercive_order]"),
            _figured("opinions", "整改复查意见书(份)", "Review opinions", "documents.count[kind=review_opinion]"),
        ),
    ),
)
FORMS: Final[Mapping[str, Form]] = {one.key: one for one in (SECTORS, PENALTIES, PLACES)}
SIGNED: Final = Text(
    "单位负责人：________   填表人：________   联系电话：________   填表日期：________",
    "head of the unit: ________   filled in by: ________   phone: ________   date: ________",
)
FILED: Final = Text(
    "列入治理计划按填报数，与重大隐患减已整改销号不同：{parts}", "under a plan: as filed, which is not majors found less closed: {parts}"
)
FILED_ONE: Final = Text("{name} {filed}（相减 {left}）", "{name} {filed} (the difference is {left})")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled in: its lines, and the total that was asked apart where it has one."""

    form: Form
    lines: Sequence[Line]
    total: Line | None = None

    @property
    def all(self) -> tuple[Line, ...]:
        """Give the lines with the total."""
        return (*self.lines, *([self.total] if self.total else []))

    @property
    def flawed(self) -> bool:
        """Say whether a figure is missing or counted twice."""
        return any(told.flawed for line in self.all for told in line.figures.values())


def official(frame: Frame, filled: Sequence[Filled]) -> Sheet:
    """Lay out the forms."""
    period = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="official",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame),),
        blocks=tuple(block for one in filled for block in blocks(one)),
        foot=frames.foot(frame, headed=True),
        data={
            **frames.stated(frame),
            "organisation": frame.organisation,
            "tables": [_data(one) for one in filled],
            **frames.unread(frame),
        },
        main=filled[0].form.key,
        stamp=frames.stamp(frame),
    )


def blocks(filled: Filled) -> Iterator[Block]:
    """Give a form as a table, and the notes below it."""
    form = filled.form
    columns = (Column("name", form.what), Column("key", Text("键", "Key"), data=True), *(one.column() for one in form.columns))
    rows = tuple((line.label, line.key, *cells(line, form.columns)) for line in filled.all)
    title = Text("（{key}）{name}", "({key}) {name}").of(key=form.key, name=form.name) if form.key in FORMS else form.name
    yield Table(form.key, columns, rows, title, total=filled.total is not None, dots=True, tall=True)
    yield from map(Sentence, _notes(filled))


def _notes(filled: Filled) -> Iterator[Text]:
    if filled.total and (found := list(gaps(filled.lines, filled.total, filled.form.columns))):
        yield not_adding(found)
    if parts := [FILED_ONE.of(name=line.label, filed=filed, left=left) for line, filed, left in planned(filled)]:
        yield FILED.of(parts=parts)
    if note := missing_note([told for line in filled.all for told in line.figures.values()]):
        yield note
    if filled.form is SECTORS:
        yield SIGNED


def planned(filled: Filled) -> Iterator[tuple[Line, Decimal, Decimal]]:
    """Give the lines whose filed number of majors under a plan is not the subtraction (DOMAIN §6.1: told, never refused)."""
    if "plan.planned" not in filled.form.ids:
        return
    for line in filled.all:
        filed, found, done = (line.figures[name].certain for name in ("plan.planned", "hazards.major.found", "hazards.major.rectified"))
        if filed is not None and found is not None and done is not None and filed != found - done:
            yield line, Decimal(filed), Decimal(found - done)


def _data(filled: Filled) -> dict[str, Value]:
    form = filled.form
    return {
        "key": form.key,
        "name": form.name,
        "columns": [{"key": one.key, "name": one.label, "measure": one.measure} for one in form.columns],
        "lines": [body(line, form.columns) for line in filled.lines],
        "total": body(filled.total, form.columns) if filled.total else None,
        "not_adding_up": [
            {"column": one.column.key, "lines": one.lines, "total": one.total}
            for one in (gaps(filled.lines, filled.total, form.columns) if filled.total else ())
        ],
        "filed_plans": [{"key": line.key, "filed": filed, "difference": left} for line, filed, left in planned(filled)],
    }
