"""Beginning: `init`, `config`, and `new` for every kind of record but hazards."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.kinds import kinds_listed
from hazardctl.cli.lazy import both, listing, shown
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Language, Text, plain

if TYPE_CHECKING:
    from hazardctl.cli.door import Door
    from hazardctl.model.kinds import Kind

MADE: Final = Text("已建立 {folder}（{n} 个文件{git}）", "made {folder} ({n} files{git})")
WITH_GIT: Final = Text("，并已初始化 git 仓库", ", and a git repository")
DEMO: Final = Text("示例台账：人员、单位均为虚构，可随意改动", "the sample ledger: people and units are invented, change what you like")
DRAWN: Final = Text("{id}   {path}", "{id}   {path}")
WOULD: Final = Text("将写入 {path}（试运行，未写入）", "would write {path} (dry run, nothing written)")
WRITTEN: Final = Text("已写入 {path}", "written: {path}")
AS_IT_IS: Final = Text("都已写好，无需改动", "all of it stands already")
STANDS: Final = Text("{path} 已有，内容不同，没有动", "{path} stands there with another content and was left alone")
KINDS: Final = Text("可新建的记录：{it}", "kinds that can be made: {it}")
NOTHING: Final = Text("没有说明要新建的 {kind}；可用的选项：", "nothing is said of the new {kind}; its options:")
OPTION: Final = Text("{name}  {it}", "{name}  {it}")
OF_KIND: Final = Text("{kind}的选项", "options of {kind}")
ONE_TOO_MANY: Final = Text("多余的词“{it}”：含空格的值请加引号", "one word too many: “{it}”; quote values with blanks")
SET: Final = Text("{key}: {was} -> {now}", "{key}: {was} -> {now}")


@shown("hazardctl init", "hazardctl init --demo 演示", "hazardctl init --ci github --editor vscode")
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=both("文件夹，默认当前", "the folder, here by default"))] = Path(),
    *,
    org: Annotated[str, typer.Option("--org", metavar="NAME", help=both("单位名称", "name of the organisation"))] = "",
    demo: Annotated[bool, typer.Option("--demo", help=both("放入示例台账", "fill it with the sample ledger"))] = False,
    ci: Annotated[
        str, typer.Option("--ci", metavar="github|gitlab|gitee|gitcode", help=both("写下该平台的 CI 文件", "write the CI file of a host"))
    ] = "",
    editor: Annotated[
        str, typer.Option("--editor", metavar="vscode", help=both("写下编辑器设置和 JSON Schema", "write editor settings and JSON Schemas"))
    ] = "",
    codeowners: Annotated[
        bool, typer.Option("--codeowners", help=both("按人员和角色写 CODEOWNERS", "write CODEOWNERS from people and roles"))
    ] = False,
    no_git: Annotated[bool, typer.Option("--no-git", help=both("不建 git 仓库", "make no git repository"))] = False,
    dry_run: opt.DryRun = False,
) -> int:
    """Make a ledger, or what stands beside the one that is there."""
    from hazardctl.ops.init import Beside
    from hazardctl.ops.init import init as run

    door = doors.of(context)
    beside = Beside(ci, editor, codeowners)
    made = run(folder, org=org, language=door.language, with_git=not no_git, demo=demo, beside=beside, dry_run=dry_run)
    if made.new and not dry_run:
        door.say(MADE.of(folder=str(folder.resolve().name), n=len(made.files), git=WITH_GIT if made.repository else ""))
    else:
        door.say(*((WOULD if dry_run else WRITTEN).of(path=path) for path in made.files))
    if not (made.files or made.kept):
        door.say(AS_IT_IS)
    door.tell(*(STANDS.of(path=path) for path in made.kept))
    if demo and not dry_run:
        door.tell(DEMO)
        door.hint(plain(f"cd {folder}"), plain("hazardctl report --period 2023H1"))
    elif made.new:
        door.hint(Text("hazardctl new unit 单位名称", "hazardctl new unit NAME"), plain("hazardctl add"))
    return FINE


@shown("hazardctl config", "hazardctl config policy", "hazardctl config measures.preset official")
def config(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="[KEY]", help=both("设置项或其上级", "a setting, or the part above it"))] = "",
    value: Annotated[str, typer.Argument(metavar="[VALUE]", help=both("改为此值", "set it to this"))] = "",
    commit: opt.Commit = None,
    output: Annotated[str, typer.Option("--format", metavar="text|md|csv|json", help=both("格式", "format"))] = "text",
) -> int:
    """Show each setting and where it came from, or change one."""
    from hazardctl.ops import settings

    door = doors.of(context)
    if value:
        from hazardctl.cli.outcome import committed

        was, now, made = settings.change(door.context(), key, value, commit=commit)
        door.say(SET.of(key=key, was=was, now=now))
        committed(door, made)
        return FINE
    from hazardctl.render.formats import rendered
    from hazardctl.render.page import Page

    page = Page(language=door.language, width=door.width, colour=door.coloured(sys.stdout))
    doors.print_page(rendered(settings.settings(door.context(), key), output, page))
    return FINE


def _kinds(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the kinds that can be made, with their names beside them."""
    from hazardctl.ops.new import kinds
    from hazardctl.vocabulary import KIND_NAMES

    language = doors.of(ctx).language
    return [(name, KIND_NAMES[name].label.say(language)) for name in kinds() if name.startswith(incomplete)]


@shown(
    "hazardctl new unit 顺发加油站 --sector 危险化学品 --region 柳林镇 --key shunfa",
    "hazardctl new campaign 冬季消防整治 --start 2026-11-01",
)
def new(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=both("记录种类", "kind of record"), autocompletion=_kinds)] = "",
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=both("名称", "its name"))] = "",
    *,
    key: Annotated[str, typer.Option("--key", metavar="KEY", help=both("作标识的键（仅单位）", "a key as its id (units only)"))] = "",
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help=both("只看不写", "show, write nothing"))] = False,
    commit: opt.Commit = None,
) -> int:
    """Make a record of any other kind; its options are the fields of the kind."""
    from hazardctl.ops import new as run

    door = doors.of(context)
    if not kind:
        door.say(KINDS.of(it=list(run.kinds())))
        return FINE
    chosen = run.kind_named(kind)
    said = _said(door, chosen, [name, *context.args])
    drawn = run.new(door.context(), chosen, said, key=key, dry_run=dry_run, commit=commit)
    if dry_run:
        door.say(WOULD.of(path=drawn.path))
        for line in drawn.text.splitlines():
            doors.echo(line)
    else:
        from hazardctl.cli.outcome import committed

        door.say(DRAWN.of(id=drawn.id, path=drawn.path))
        committed(door, drawn.commit)
    return FINE


def _options_of(words: Sequence[str], language: Language) -> list[str]:
    """Give the options of the kind that is named, for the help page; the kinds where none is."""
    from hazardctl.ops import new as run
    from hazardctl.vocabulary import KIND_NAMES

    named = [run.kind_named(word) for word in words if not word.startswith("-")][:1]
    rows = [(one, text.say(language)) for kind in named for one, text in run.described(kind)]
    if not named:
        return kinds_listed(words, language, hazards=False)
    return ["", *(OF_KIND.of(kind=KIND_NAMES[kind.name].label).say(language) for kind in named), *listing(rows)]


new.more = _options_of  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]
new.settings = {"ignore_unknown_options": True, "allow_extra_args": True}  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]


def _said(door: Door, kind: Kind, words: list[str]) -> dict[str, list[str]]:
    """Read what stands behind the kind: a bare word that fills its first field, then options; ask for the rest where a person sits."""
    from hazardctl.ops import new as run

    bare = words[0] if not words[0].startswith("--") else ""
    said = options(words[1:] if bare or not words[0] else words, run.flags(kind))
    if bare:
        said.setdefault(run.first_field(kind).replace("_", "-"), []).append(bare)
    if door.interactive:
        from hazardctl.cli.completion_of_new import completed

        return completed(door, door.context(), kind, said)
    if not said:
        raise UsageError(NOTHING.of(kind=kind.name), *(OPTION.of(name=one, it=text) for one, text in run.described(kind)))
    return said


def options(words: Sequence[str], flags: Collection[str] = ()) -> dict[str, list[str]]:
    """Read `--name value` and `--name=value` pairs of options that only the kind knows.

    Args:
        words: what the command line holds beyond the command's own options.
        flags: names of options that may stand without a value.

    Raises:
        UsageError: a word that belongs to no option, or an option without a value.
    """
    found: dict[str, list[str]] = {}
    for option, value in _pairs(list(words), flags):
        found.setdefault(option, []).append(value)
    return found


def _pairs(words: list[str], flags: Collection[str]) -> Iterator[tuple[str, str]]:
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            raise UsageError(ONE_TOO_MANY.of(it=word))
        option, equals, value = word[2:].partition("=")
        if equals:
            yield option, value
        elif option in flags and (not words or words[0].startswith("--")):
            yield option, "true"
        elif words:
            yield option, words.pop(0)
        else:
            raise UsageError(Text("选项 --{it} 后面缺少值", "option --{it} needs a value", {"it": option}))
