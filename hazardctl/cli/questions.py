"""The questions: list, show, overdue, report (EXPERIENCE §2.3, looking)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import chosen, data_of, give, hinted, named, reading, with_fields
from hazardctl.cli.kinds import kinds_listed
from hazardctl.cli.lazy import both, listing, shown
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Language, Text

if TYPE_CHECKING:
    from hazardctl.model.kinds import Kind
    from hazardctl.ops.context import Context
    from hazardctl.ops.listing import Listed, Wanted
    from hazardctl.ops.question import Words
    from hazardctl.sheet import Sheet
    from hazardctl.store.load import Progress

PAGES: Final = frozenset({"text", "md", "csv", "docx"})
"""Formats that show what a page shows; the others hold every list whole."""
REPORTS_HEADING: Final = Text("报表", "reports")


@shown(
    "hazardctl report --period H1",
    "hazardctl report --period 2026Q3 --group-by region -o 三季度.csv",
    "hazardctl report narrative --period 2026H1 -o 半年总结.docx",
    "hazardctl report --period 6月 --format wechat",
    "hazardctl report ledgers --period H1 --ledger towns/liulin --ledger towns/shiqiao.git@main",
)
def report(
    context: typer.Context,
    *,
    filters: ask.Report = None,
    period: ask.Period = "",
    group_by: ask.GroupBy = None,
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    ledger: ask.Ledgers = None,
    basis: ask.Basis = "",
    cutoff: ask.Cutoff = "",
    counting: ask.Counting = "",
    cumulative: ask.Cumulative = False,
    exclude_on_spot: ask.NoOnSpot = False,
    original_due: ask.OriginalDue = False,
    working_days: ask.WorkingDays = False,
    table: ask.Table = "",
    every: ask.Every = "",
    min_found: ask.MinFound = None,
    between: ask.Between = "",
    as_published: ask.AsPublished = False,
    incognito: ask.Incognito = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            rich_help_panel=ask.OUTPUT,
            help=both("数字有缺漏或推算即退出 1", "exit 1 when a figure leaves something out or guesses"),
        ),
    ] = False,
    sort: ask.Sort = "",
    data: ask.Data = None,
    engine: ask.Engine = "",
    ledger_key: ask.LedgerKey = None,
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """Print a report of a period; 1 when a file could not be read."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.reporting.call import Call, Options
    from hazardctl.ops.reporting.call import report as made_of
    from hazardctl.ops.reporting.names import parted

    door = doors.of(context)
    here, ledgers = door.pooling(ledger, data_of(data, engine, ledger_key))
    name, words = parted(filters or ())
    asked = Words(period, words, as_of, basis, cutoff, counting, exclude_on_spot, cumulative, original_due, known_at, ledgers)
    form = chosen(ask.format_of(format_, fields), output)
    options = Options(tuple(group_by or ()), sort, working_days, table, every, min_found, between, as_published, form == "wechat")
    with reading(door) as told:
        made = made_of(name, Call(here, asked, options, told, page=form in PAGES))
        (sheet,) = named(here, asked, [made.sheet], incognito=incognito)
    give(door, [with_fields(sheet, fields)], ask.format_of(format_, fields), output, here.root)
    hinted(door, sheet, ask.format_of(format_, fields), output)
    return FINDINGS if made.incomplete or (strict and made.flawed) else FINE


def _reports(_: Sequence[str], language: Language) -> list[str]:
    """List the reports below the help of `report`."""
    from hazardctl.ops.reporting.names import REPORTS

    rows = [(f"{one.key} {one.label.zh}" if language == "zh" else one.key, one.about.say(language)) for one in REPORTS.values()]
    return ["", REPORTS_HEADING.say(language), *listing(rows)]


report.more = _reports  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]


@shown(
    "hazardctl list is:逾期 region:柳林镇",
    "hazardctl list found:H1 sector:消防 --columns id,hazard,due -o 消防.csv",
    "hazardctl list inspection date:H1 unit:顺发",
)
def list_(
    context: typer.Context,
    *,
    filters: ask.Listed = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="NAMES",
            rich_help_panel=ask.OUTPUT,
            help=both("列，用逗号分开；all 为全部", "columns, with commas; all for every one"),
        ),
    ] = "",
    ids: Annotated[
        bool, typer.Option("--ids", rich_help_panel=ask.OUTPUT, help=both("只列编号，一行一个", "ids only, one a line"))
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", rich_help_panel=ask.OUTPUT, help=both("最多列几条", "show at most so many"))
    ] = None,
    sort: ask.Sort = "",
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    ledger: ask.Ledgers = None,
    basis: ask.Basis = "",
    incognito: ask.Incognito = False,
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """List hazards (majors first, then overdue ones, then those due soonest) or, after the name of a kind, its records."""
    from hazardctl.ops.kind import parted
    from hazardctl.ops.listing import Wanted, listed
    from hazardctl.ops.question import Words

    door = doors.of(context)
    here, ledgers = door.pooling(ledger)
    kind, words = parted(filters or ())
    asked = Words(filters=words, as_of=as_of, basis=basis, known_at=known_at, ledgers=ledgers)
    wanted = Wanted(columns, fields, sort, limit, ids=ids, page=chosen(ask.format_of(format_, fields), output) != "json")
    with reading(door) as told:
        made = listed(here, asked, wanted, told) if kind.name == "hazard" else _of_kind(here, kind, asked, wanted, told)
    if ids:
        door.say(*(Text("{id}", "{id}").of(id=one) for one in made.ids))
    else:
        give(door, named(here, asked, [made.sheet], incognito=incognito), ask.format_of(format_, fields), output, here.root)
    return FINDINGS if made.incomplete else FINE


def _of_kind(here: Context, kind: Kind, asked: Words, wanted: Wanted, told: Progress | None) -> Listed:
    from hazardctl.ops import records  # the columns of a kind are read off its model

    return records.listed(here, kind, asked, wanted, told)


list_.more = kinds_listed  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]


@shown("hazardctl overdue --within 7d", "hazardctl overdue --fail-on major")
def overdue(
    context: typer.Context,
    *,
    filters: ask.Filters = None,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="DAYS",
            rich_help_panel=ask.READING,
            help=both("同时列出几天内到期的，如 7d", "also what falls due within, e.g. 7d"),
        ),
    ] = "",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="any|major|30d",
            rich_help_panel=ask.OUTPUT,
            help=both("有此类逾期时退出 1", "exit 1 when such a one is overdue"),
        ),
    ] = "",
    working_days: ask.WorkingDays = False,
    contacts: ask.Contacts = None,
    incognito: ask.Incognito = False,
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    ledger: ask.Ledgers = None,
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """List what is overdue, majors first, then the longest."""
    from hazardctl.ops.overdue import Wanted, listed
    from hazardctl.ops.question import Words

    door = doors.of(context)
    here, ledgers = door.pooling(ledger)
    with reading(door) as told:
        asked = Words(filters=tuple(filters or ()), as_of=as_of, known_at=known_at, ledgers=ledgers)
        made = listed(here, asked, Wanted(within, fail_on, working_days, contacts), progress=told)
        (sheet,) = named(here, asked, [made.sheet], incognito=incognito)
    give(door, [with_fields(sheet, fields)], ask.format_of(format_, fields), output, here.root)
    hinted(door, sheet, ask.format_of(format_, fields), output)
    return FINDINGS if made.incomplete or made.failing else FINE


@shown("hazardctl show 7K2QF", "hazardctl show 顺发加油站 JC-20260312-T5QP2 --as-of 2026-06-01 --format md")
def show(
    context: typer.Context,
    *,
    ids: opt.AnyIds = None,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    basis: ask.Basis = "",
    history: Annotated[
        bool, typer.Option("--log", rich_help_panel=ask.OUTPUT, help=both("附上它的提交历史", "its commits in words as well"))
    ] = False,
    photos: Annotated[
        bool,
        typer.Option(
            "--photos", rich_help_panel=ask.OUTPUT, help=both("附上照片（docx、pdf、html）", "its pictures as well (docx, pdf, html)")
        ),
    ] = False,
    incognito: ask.Incognito = False,
    format_: ask.Format = "",
    output: ask.Output = "",
) -> int:
    """Show records whole: state, facts, history, what names them; of hazards also the figures they are in."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.show import shown as pages

    door = doors.of(context)
    here, asked = door.context(), Words(period, as_of=as_of, basis=basis, known_at=known_at)
    with reading(door) as told:
        made = pages(here, opt.ids_of(ids), asked, told, photos=photos and not incognito)
    more: list[Sheet] = []
    if history:
        from hazardctl.ops.log import Wanted, logged

        more = [logged(here, [one], Wanted()) for one in opt.ids_of(ids)]
    give(door, named(here, asked, [*made.sheets, *more], incognito=incognito), format_, output, here.root)
    for sheet in made.sheets[-1:]:
        hinted(door, sheet, format_, output)
    return FINDINGS if made.incomplete else FINE
