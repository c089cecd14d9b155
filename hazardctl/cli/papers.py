"""Papers and reminders: `notice` and `remind` (EXPERIENCE §2.3, exchanging)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import give, hinted, named, reading, with_fields
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Language, Text

if TYPE_CHECKING:
    from hazardctl.ops.notices.notice import Drawn

SUFFIXES: Final = (".docx", ".pdf")
NO_WORD: Final = Text("文书是 .docx 或 .pdf 文件", "a paper is a .docx or a .pdf file")
PRINTED: Final = Text("{title} {number} -> {file}", "{title} {number} -> {file}")
RECORDED: Final = Text("已登记文书 {id}", "recorded as {id}")
WOULD: Final = Text("将登记文书 {id}（试运行，未写入）", "would record it as {id} (dry run, nothing written)")
NOT_RECORDED: Final = Text("未登记；要登记文号，加上 --number 和 --record", "not recorded; to record it add --number and --record")
WARNING: Final = Text("注意  {it}", "note  {it}")
STANDS: Final = Text("{file} 已经有了", "{file} is there already")
OTHER: Final = Text("换个名字  -o FILE.docx", "name another  -o FILE.docx")
FAULT: Final = Text("{file}：{what}", "{file}: {what}")
NUMBERS_TELL: Final = Text(
    "电话认得出人：--incognito 与 --with-contacts 不同用", "a telephone number names a person: no --with-contacts with --incognito"
)
UNUSED: Final = Text("没有用到：{names}", "not used: {names}")
GOOD: Final = Text("{file} 可以用", "{file} can be used")


@shown(
    "hazardctl notice 7K2QF M3V8K -o 通知书.docx",
    "hazardctl notice 7K2QF --kind reinspect --number 柳安复〔2026〕9号 --record -o 复查.pdf",
    "hazardctl notice --check-template 我的模板.docx",
)
def notice(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=both(
                "文书：notice 通知书（默认）、order 指令书、reinspect 复查、extension 延期、listing 挂牌、acceptance 验收",
                "notice (if not given), order, reinspect, extension, listing, acceptance",
            ),
        ),
    ] = "",
    number: opt.Number = "",
    date: Annotated[
        str, typer.Option("--date", metavar="DATE", help=both("文书日期，默认今天", "day on the paper; today if not given"))
    ] = "",
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="NAME", help=both("签发人员，多人用逗号分开", "who signs; several with commas"))
    ] = None,
    template: Annotated[str, typer.Option("--template", metavar="FILE", help=both("用这个模板", "fill this template"))] = "",
    check_template: Annotated[
        str, typer.Option("--check-template", metavar="FILE", help=both("只检查模板", "only look at a template"))
    ] = "",
    incognito: ask.Incognito = False,
    photos: Annotated[bool, typer.Option("--photos", help=both("文后附照片", "their pictures behind the text"))] = False,
    record: Annotated[bool, typer.Option("--record", help=both("把文书和文号登记入台账", "record the paper and its number"))] = False,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help=both("写入文件", "write this file"))] = "",
    dry_run: opt.DryRun = False,
    commit: opt.Commit = None,
) -> int:
    """Print a paper for a unit from the records of its hazards (文书)."""
    from hazardctl.ops.notices.notice import Wish, draw

    door = doors.of(context)
    if check_template:
        return _checked(door, check_template)
    known = door.context(acting=record and not by)
    kept = _Kept(output, known.root, door.language)
    wish = Wish(kind, number, date, tuple(by or ()), template, record, dry_run, commit, photos, incognito)
    drawn = draw(known, opt.ids_of(ids), wish, kept)
    _told(door, drawn, kept.file or output or drawn.file, dry_run=dry_run)
    return FINE


class _Kept:
    """Writes a paper where it was asked for; under its own name it stands in for no other file."""

    def __init__(self, output: str, root: Path, language: Language) -> None:
        """Take the file named, if one is, and the language.

        Raises:
            UsageError: it is neither a Word file nor a PDF.
        """
        if output and not output.lower().endswith(SUFFIXES):
            raise UsageError(NO_WORD, OTHER)
        self._output, self._root, self.file = output, root, ""
        self._language: Language = language

    def __call__(self, data: bytes, name: str) -> None:
        """Write the paper.

        Raises:
            UsageError: nothing may be written there.
            MissingExtraError: it is to be a PDF, and what sets one is not installed.
            SystemFailedError: the disk failed.
        """
        from hazardctl.render.typeset import typeset
        from hazardctl.store.writer import output as write

        if not self._output and Path(name).exists():
            raise UsageError(STANDS.of(file=name), OTHER)
        self.file = self._output or name
        write(Path(self.file), typeset(data, self._language) if self.file.lower().endswith(".pdf") else data, root=self._root)


def _told(door: doors.Door, drawn: Drawn, file: str, *, dry_run: bool) -> None:
    from hazardctl.cli.outcome import committed, lined

    door.tell(*(WARNING.of(it=one) for one in drawn.warnings))
    door.say(PRINTED.of(title=drawn.paper.title, number=drawn.number or "/", file=file))
    if drawn.record:
        door.say((WOULD if dry_run else RECORDED).of(id=drawn.record))
        lined(drawn.diff)
    else:
        door.tell(NOT_RECORDED)
    committed(door, drawn.commit)


@shown("hazardctl remind", "hazardctl remind unit:顺发 --within 14d --format wechat", "hazardctl remind -o 到期.ics")
def remind(
    context: typer.Context,
    *,
    filters: ask.Filters = None,
    within: Annotated[
        str, typer.Option("--within", metavar="7d", help=both("几天内到期的（配置 due_soon_days）", "due within so many days"))
    ] = "",
    contacts: ask.Contacts = None,
    as_of: ask.AsOf = "",
    incognito: ask.Incognito = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|wechat|csv|json|ics|html|docx|xlsx|pdf", rich_help_panel=ask.OUTPUT, help=both("输出格式", "format")
        ),
    ] = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """Say by responsible person what is overdue and what falls due soon; nothing is sent."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.remind import reminded

    door = doors.of(context)
    here = door.context()
    if incognito and contacts:
        raise UsageError(NUMBERS_TELL)
    asked = Words(filters=tuple(filters or ()), as_of=as_of)
    with reading(door) as told:
        made = reminded(here, asked, within, told, contacts)
        (sheet,) = named(here, asked, [made.sheet], incognito=incognito)
    give(door, [with_fields(sheet, fields)], ask.format_of(format_, fields), output, here.root)
    hinted(door, sheet, ask.format_of(format_, fields), output)
    return FINDINGS if made.incomplete else FINE


def _checked(door: doors.Door, file: str) -> int:
    """Say what is wrong with a template, and which names it leaves out."""
    from hazardctl.ops.notices.checking import looked

    found = looked(Path(file))
    door.say(*(FAULT.of(file=file, what=one) for one in found.faults))
    if not found.faults:
        door.say(GOOD.of(file=file))
    if found.unused:
        door.say(UNUSED.of(names=list(found.unused)))
    return FINDINGS if found.faults else FINE
