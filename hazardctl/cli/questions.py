"""The questions: list, show, overdue, report, explain (EXPERIENCE §2.3, looking)."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.completing import words_of
from hazardctl.cli.giving import give, hinted, reading, with_fields
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Text

READING: Final = both("查询", "reading")
OUTPUT: Final = both("输出", "output")

Filters = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILTER...]", help=both("筛选，如 sector:消防 is:逾期", "filters, such as sector:fire is:overdue")),
]
Period = Annotated[
    str,
    typer.Option(
        "-p",
        "--period",
        metavar="PERIOD",
        rich_help_panel=READING,
        help=both("统计期：2026H1、上半年、6月、本月、A..B", "2026H1, Q3, 2026-06, this-month, A..B"),
    ),
]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", rich_help_panel=READING, help=both("截至哪一天", "as of which day"))]
Basis = Annotated[
    str,
    typer.Option(
        "--basis",
        metavar="BASIS",
        rich_help_panel=READING,
        autocompletion=words_of("presets"),
        help=both("口径：verified、rectified、closed、official", "basis: verified, rectified, closed, official"),
    ),
]
Cutoff = Annotated[
    str,
    typer.Option(
        "--cutoff",
        metavar="period|asof",
        rich_help_panel=READING,
        help=both("按期末还是截至日的状态", "judged at the period's end or on the as-of day"),
    ),
]
Counting = Annotated[
    str,
    typer.Option("--counting", metavar="records|places", rich_help_panel=READING, help=both("按条还是按处数", "count records or places")),
]
Cumulative = Annotated[bool, typer.Option("--cumulative", rich_help_panel=READING, help=both("从 1 月 1 日起累计", "from 1 January on"))]
NoOnSpot = Annotated[
    bool, typer.Option("--exclude-on-spot", rich_help_panel=READING, help=both("不含当场整改", "without those rectified on the spot"))
]
OriginalDue = Annotated[
    bool, typer.Option("--original-due", rich_help_panel=READING, help=both("按最初的期限判定", "judge by first deadlines"))
]
WorkingDays = Annotated[
    bool, typer.Option("--working-days", rich_help_panel=READING, help=both("逾期天数按工作日", "days overdue as working days"))
]
GroupBy = Annotated[
    list[str] | None,
    typer.Option(
        "-g",
        "--group-by",
        metavar="DIM",
        rich_help_panel=READING,
        help=both("分组：sector unit region grade…，可写两次；none 不分", "sector unit region grade …; twice for a cross table; none"),
    ),
]
Format = Annotated[str, typer.Option("--format", metavar="text|md|csv|json", rich_help_panel=OUTPUT, help=both("输出格式", "format"))]
Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        help=both("写入文件，扩展名决定格式", "write a file; its suffix picks the format"),
    ),
]
Fields = Annotated[
    str | None,
    typer.Option("--json", metavar="FIELDS", rich_help_panel=OUTPUT, help=both("只要这些字段的 JSON", "JSON with these fields only")),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort", metavar="KEY", rich_help_panel=OUTPUT, help=both("排序；前面加 - 反过来", "order; a - before it turns it round")
    ),
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", rich_help_panel=OUTPUT, help=both("列出编号", "list the ids"))]


@shown("hazardctl report --period H1", "hazardctl report --period 2026Q3 --group-by region -o 三季度.csv")
def report(
    context: typer.Context,
    *,
    filters: Filters = None,
    period: Period = "",
    group_by: GroupBy = None,
    as_of: AsOf = "",
    basis: Basis = "",
    cutoff: Cutoff = "",
    counting: Counting = "",
    cumulative: Cumulative = False,
    exclude_on_spot: NoOnSpot = False,
    original_due: OriginalDue = False,
    working_days: WorkingDays = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            rich_help_panel=OUTPUT,
            help=both("数字有缺漏或推算即退出 1", "exit 1 when a figure leaves something out or guesses"),
        ),
    ] = False,
    sort: Sort = "",
    format_: Format = "",
    output: Output = "",
    fields: Fields = None,
) -> int:
    """Print the summary of a period; 1 when a file could not be read."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.report import report as summarise

    door = doors.of(context)
    words = tuple(word for number, word in enumerate(filters or ()) if number or word not in {"summary", "汇总"})
    asked = Words(period, words, as_of, basis, cutoff, counting, exclude_on_spot, cumulative, original_due)
    here = door.context()
    with reading(door) as told:
        made = summarise(here, asked, group_by or (), sort, working=working_days, progress=told)
    give(door, [with_fields(made.sheet, fields)], _format(format_, fields), output, here.root)
    hinted(door, made.sheet, _format(format_, fields), output)
    return FINDINGS if made.incomplete or (strict and made.flawed) else FINE


@shown("hazardctl list is:逾期 region:柳林镇", "hazardctl list found:H1 sector:消防 --columns id,hazard,due -o 消防.csv")
def list_(
    context: typer.Context,
    *,
    filters: Filters = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="NAMES",
            rich_help_panel=OUTPUT,
            help=both("列，用逗号分开；all 为全部", "columns, with commas; all for every one"),
        ),
    ] = "",
    ids: Annotated[bool, typer.Option("--ids", rich_help_panel=OUTPUT, help=both("只列编号，一行一个", "ids only, one a line"))] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", rich_help_panel=OUTPUT, help=both("最多列几条", "show at most so many"))
    ] = None,
    sort: Sort = "",
    as_of: AsOf = "",
    basis: Basis = "",
    format_: Format = "",
    output: Output = "",
    fields: Fields = None,
) -> int:
    """List hazards: majors first, then overdue ones, then those due soonest."""
    from hazardctl.ops.listing import Wanted, listed
    from hazardctl.ops.question import Words

    door = doors.of(context)
    here = door.context()
    with reading(door) as told:
        asked = Words(filters=tuple(filters or ()), as_of=as_of, basis=basis)
        made = listed(here, asked, Wanted(columns, fields, sort, limit), progress=told)
    if ids:
        door.say(*(Text("{id}", "{id}").of(id=one) for one in made.ids))
    else:
        give(door, [made.sheet], _format(format_, fields), output, here.root)
    return FINDINGS if made.incomplete else FINE


@shown("hazardctl overdue --within 7d", "hazardctl overdue --fail-on major")
def overdue(
    context: typer.Context,
    *,
    filters: Filters = None,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="DAYS",
            rich_help_panel=READING,
            help=both("同时列出几天内到期的，如 7d", "also what falls due within, e.g. 7d"),
        ),
    ] = "",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="any|major|30d",
            rich_help_panel=OUTPUT,
            help=both("有此类逾期时退出 1", "exit 1 when such a one is overdue"),
        ),
    ] = "",
    working_days: WorkingDays = False,
    as_of: AsOf = "",
    format_: Format = "",
    output: Output = "",
    fields: Fields = None,
) -> int:
    """List what is overdue, majors first, then the longest."""
    from hazardctl.ops.overdue import Wanted, listed
    from hazardctl.ops.question import Words

    door = doors.of(context)
    here = door.context()
    with reading(door) as told:
        asked = Words(filters=tuple(filters or ()), as_of=as_of)
        made = listed(here, asked, Wanted(within, fail_on, working_days), progress=told)
    give(door, [with_fields(made.sheet, fields)], _format(format_, fields), output, here.root)
    hinted(door, made.sheet, _format(format_, fields), output)
    return FINDINGS if made.incomplete or made.failing else FINE


@shown("hazardctl show 7K2QF", "hazardctl show 7K2QF --as-of 2026-06-01 --format md")
def show(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    period: Period = "",
    as_of: AsOf = "",
    basis: Basis = "",
    format_: Format = "",
    output: Output = "",
) -> int:
    """Show hazards whole: state, facts, history, and the figures they are in."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.show import shown as pages

    door = doors.of(context)
    here = door.context()
    made = pages(here, opt.ids_of(ids), Words(period=period, as_of=as_of, basis=basis))
    give(door, made.sheets, format_, output, here.root)
    for sheet in made.sheets[-1:]:
        hinted(door, sheet, format_, output)
    return FINE


@shown("hazardctl explain rate --period H1 -v", "hazardctl explain HZ302")
def explain(
    context: typer.Context,
    *,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help=both("指标、规则代码、状态或动作", "a measure, a rule code, a state or a verb"))
    ],
    filters: Filters = None,
    period: Period = "",
    as_of: AsOf = "",
    basis: Basis = "",
    cutoff: Cutoff = "",
    counting: Counting = "",
    exclude_on_spot: NoOnSpot = False,
    original_due: OriginalDue = False,
    verbose: Verbose = False,
    format_: Format = "",
    output: Output = "",
    fields: Fields = None,
) -> int:
    """Explain a measure: definition, arithmetic, the ids behind it; or a rule, a state, a verb."""
    from hazardctl.ops.explain import explained, is_measure
    from hazardctl.ops.question import Words

    door = doors.of(context)
    if not is_measure(what):
        return _page(door, what)
    here = door.context()
    words = Words(period, tuple(filters or ()), as_of, basis, cutoff, counting, exclude_on_spot, original_due=original_due)
    with reading(door) as told:
        made = explained(here, what, words, verbose=verbose, progress=told)
    give(door, [with_fields(made.sheet, fields)], _format(format_, fields), output, here.root)
    return FINDINGS if made.incomplete else FINE


def _page(door: doors.Door, what: str) -> int:
    from hazardctl.ops.explain_code import page

    doors.print_page(page(what, door.language))
    return FINE


def _format(format_: str, fields: str | None) -> str:
    return format_ or ("json" if fields is not None else "")
