"""Exchanging: `import` (EXPERIENCE §2.3)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.kinds import kind_names, kinds_listed
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.import_asked import Asked

READING: Final = both("读表", "reading the table")
ANSWERS: Final = both("事先回答", "answers given beforehand")
SAME_DAY: Final = "same-day"
BAD_IMMEDIATE: Final = Text("--immediate 只能是 same-day", "--immediate is same-day or left out")
MAPS: Final = Text(
    "{files} 个文件给了 {maps} 个 --map：给一个，或每个文件一个", "{files} files and {maps} --map: give one for all, or one for each file"
)
IN_A_BOOK: Final = Text(
    "几个文件未导入的行存到工作簿：--rejects 待改.xlsx", "of several files the rejects go into a workbook: --rejects rest.xlsx"
)
LABEL: Final = Text("导入", "importing")
NOT_BACK: Final = Text(
    "{all} 说的是怎样读别人的表，与 --update 同用没有意义", "{all}: how a table made by others is read; that means nothing with --update"
)
NONE_BACK: Final = Text("{all} 只与 --update 同用", "{all}: only together with --update")


@shown(
    "hazardctl import 台账2025.xlsx --dry-run",
    "hazardctl import 台账2025.xlsx --map 台账2025.map.yaml --rejects 待改.xlsx",
    "hazardctl import 企业名单.csv --kind unit -n",
    "hazardctl import 东镇.xlsx 西镇.xlsx 南镇.xlsx --rejects 待改.xlsx",
)
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=both("工作簿（xlsx、xls、xlsb、ods）或 CSV，可多个", "workbooks (xlsx, xls, xlsb, ods) or csv files, one or several"),
        ),
    ],
    *,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            autocompletion=kind_names,
            help=both("表里是哪种记录，默认隐患", "what the table holds; hazards without it"),
        ),
    ] = "",
    map_: Annotated[
        list[Path] | None,
        typer.Option(
            "--map",
            metavar="FILE",
            help=both(
                "映射文件；几个文件可各给一个，依次对应", "the mapping file; for several files one for all or one each, in their order"
            ),
        ),
    ] = None,
    sheet_: Annotated[
        str,
        typer.Option(
            "--sheet",
            metavar="NAME|N",
            rich_help_panel=READING,
            help=both("只读这张工作表；默认读所有认得出表头的", "read this sheet only; without it every one with column names we know"),
        ),
    ] = "",
    header: Annotated[
        int | None,
        typer.Option(
            "--header",
            metavar="LINE",
            min=1,
            rich_help_panel=READING,
            help=both("列名从第几行起", "the line on which the column names begin"),
        ),
    ] = None,
    prefer: Annotated[
        str,
        typer.Option(
            "--prefer",
            metavar="SHEET",
            rich_help_panel=ANSWERS,
            help=both("同一隐患两张表不一致时，以这张为准", "where two sheets disagree about a hazard, this one holds"),
        ),
    ] = "",
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            rich_help_panel=ANSWERS,
            help=both("表里没有的字段填这个值，可多次", "what no column gives; may be repeated"),
        ),
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", rich_help_panel=READING, help=both("编码，如 gb18030", "encoding, such as gb18030"))
    ] = "",
    delimiter: Annotated[
        str,
        typer.Option("--delimiter", metavar="comma|tab|semicolon", rich_help_panel=READING, help=both("分隔符", "what separates columns")),
    ] = "",
    assume_year: Annotated[
        int | None,
        typer.Option(
            "--assume-year",
            metavar="YEAR",
            min=1990,
            max=2100,
            rich_help_panel=ANSWERS,
            help=both("缺年份的日期用这一年", "the year of days without one"),
        ),
    ] = None,
    immediate: Annotated[
        str,
        typer.Option(
            "--immediate",
            metavar=SAME_DAY,
            rich_help_panel=ANSWERS,
            help=both("“立即”作期限即发现当天", "立即 as a deadline is the day found"),
        ),
    ] = "",
    split_numbered: Annotated[
        bool,
        typer.Option(
            "--split-numbered",
            rich_help_panel=ANSWERS,
            help=both("一格多条的拆成多条记录", "several numbered hazards in a cell become several records"),
        ),
    ] = False,
    assume_due: Annotated[
        bool,
        typer.Option(
            "--assume-due",
            rich_help_panel=ANSWERS,
            help=both("有状态无日期的，以期限为日期", "a status without its day takes the deadline"),
        ),
    ] = False,
    new_units: Annotated[
        bool,
        typer.Option(
            "--new-units", rich_help_panel=ANSWERS, help=both("不在册的单位一并新建", "units that are not in the register are made too")
        ),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help=both("逐行报告存到此文件（csv、xlsx）", "write the row report to this file (csv, xlsx)")
        ),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects",
            metavar="FILE",
            help=both(
                "未导入的行连同原因存到此文件（csv、xlsx）", "write the rows not imported, with the reason, to this file (csv, xlsx)"
            ),
        ),
    ] = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help=both(
                "读回改过的导出表（可多个），提议相应的命令，不写入；加 -n 照流转规则预演 --apply",
                "read edited exports back and propose what would record the edits; -n rehearses --apply by the life cycle",
            ),
        ),
    ] = False,
    apply: Annotated[
        bool,
        typer.Option(
            "--apply",
            help=both(
                "与 --update 同用：按提议写入，逐条照流转规则判断", "with --update: record the proposals, each judged by the life cycle"
            ),
        ),
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=both("更正、延期的理由（--apply）", "of corrections and extensions (--apply)"))
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", rich_help_panel=opt.WRITING, help=both("登记人、交办人", "who registers and assigns"))
    ] = "",
    yes: Annotated[
        bool,
        typer.Option(
            "-y",
            "--yes",
            help=both("像另一条隐患的行也算更正（--update）", "a row that reads as another hazard is a correction all the same (--update)"),
        ),
    ] = False,
    dry_run: opt.DryRun = False,
    commit: opt.Commit = None,
    output: Annotated[str, typer.Option("--format", metavar="text|md|csv|json", help=both("格式", "format"))] = "text",
) -> int:
    """Take records from a table made by others, hazards or any other kind; what needs a decision is asked, nothing is guessed."""
    reads = {
        "--kind": kind, "--map": map_, "--sheet": sheet_, "--header": header, "--prefer": prefer, "--set": set_, "--encoding": encoding,
        "--delimiter": delimiter, "--assume-year": assume_year, "--immediate": immediate, "--split-numbered": split_numbered,
        "--assume-due": assume_due, "--new-units": new_units, "--report": report,
    }  # fmt: skip
    _fitting(reads if update else {"--apply": apply, "--reason": reason, "-y": yes}, NOT_BACK if update else NONE_BACK)
    if update:
        from hazardctl.cli.returning import Recording, returned

        record = Recording(by, reason, commit, dry_run) if apply or dry_run else None
        return returned(doors.of(context), files, output, record, rejects, insist=yes)
    from hazardctl.ops.import_asked import Asked

    _held(files, immediate, output, rejects)
    asked = Asked(
        files[0], None, dry_run, assume_year, immediate, split_numbered, assume_due, encoding, delimiter, by, new_units, commit, kind,
        sheet_, header or 0, prefer, tuple(set_ or ()),
    )  # fmt: skip
    each = [replace(asked, file=file, map=one) for file, one in zip(files, _maps(files, map_ or []), strict=True)]
    return _imported(context, each, output, report, rejects)


def _maps(files: Sequence[Path], maps: Sequence[Path]) -> Sequence[Path | None]:
    """Give the mapping file of each file: none, the one for all, or one each."""
    if len(maps) <= 1:
        return [maps[0] if maps else None] * len(files)
    if len(maps) != len(files):
        raise UsageError(MAPS.of(files=len(files), maps=len(maps)))
    return maps


def _imported(context: typer.Context, asked: Sequence[Asked], output: str, report: Path | None, rejects: Path | None) -> int:
    from hazardctl.ops.import_ import run_all
    from hazardctl.ops.import_kept import keep
    from hazardctl.ops.import_several import sheet as several
    from hazardctl.ops.import_sheet import sheet
    from hazardctl.render.progress import progress

    door = doors.of(context)
    with progress(sys.stderr, LABEL.say(door.language), shown=sys.stderr.isatty()) as told:
        results = run_all(door.context(), asked, told)
    keep(door.root(), results, report, rejects, door.language)
    door.render(sheet(results[0]) if len(results) == 1 else several(results), name=output)
    return max(result.exit_code for result in results)


import_.more = kinds_listed  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]


def _fitting(said: Mapping[str, object], why: Text) -> None:
    """Refuse options that mean nothing beside the others."""
    if odd := [name for name, value in said.items() if value]:
        raise UsageError(why.of(all=odd))


def _held(files: Sequence[Path], immediate: str, output: str, rejects: Path | None) -> None:
    """Refuse words that mean nothing before a file is opened."""
    from hazardctl.render.formats import known

    if immediate not in {"", SAME_DAY}:
        raise UsageError(BAD_IMMEDIATE)
    if len(files) > 1 and rejects is not None and rejects.suffix.lower() != ".xlsx":
        raise UsageError(IN_A_BOOK)
    known(output)
