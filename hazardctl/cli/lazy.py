"""Commands that are imported when they are called, and help that is plain text (DESIGN §8, docs/adr/0003).

Typer has no lazy groups; this one imports a command's module when its name was typed. Help is laid out here: examples
first, then options by group, in one language, without boxes (EXPERIENCE 4.9).
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from hazardctl.cli import door
from hazardctl.cli.door import PROGRAM
from hazardctl.errors import UsageError
from hazardctl.language import Language, Text

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter  # pyright: ignore[reportPrivateUsage]

WORDS: Final = "hazardctl.words"
SEPARATOR: Final = "\x1f"
SETTINGS: Final[Mapping[str, Any]] = {"help_option_names": ["-h", "--help"]}


class Row(NamedTuple):
    """One command: the module below `hazardctl.cli`, the function in it, and what it does in one line."""

    module: str
    function: str
    help: Text


class Family(NamedTuple):
    """Commands that stand together in the help."""

    heading: Text
    rows: Mapping[str, tuple[str, str, Text]]


EXAMPLES: Final = Text("例", "examples")
OPTIONS: Final = Text("选项", "options")
HELP: Final = Text("显示本页", "show this page")
REQUIRED: Final = Text("必填", "required")


def both(zh: str, en: str) -> str:
    """Put a help text in both languages into the one string that Typer carries."""
    return f"{zh}{SEPARATOR}{en}"


def chosen(text: str | None, language: Language) -> str:
    """Take one language out of what `both` put together."""
    zh, _, en = (text or "").partition(SEPARATOR)
    return zh if language == "zh" or not en else en


def shown(*examples: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the examples its help opens with."""

    def with_examples(function: Callable[..., Any]) -> Callable[..., Any]:
        function.examples = examples  # type: ignore[attr-defined]
        return function

    return with_examples


def padded(text: str, width: int) -> str:
    """Fill a text with blanks to a display width; a Chinese character takes two columns."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - taken)


def listing(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lay out two columns; a long first cell gets a line of its own."""
    for left, right in rows:
        if len(left) > 24 and right:
            yield f"  {left}"
            left = ""  # noqa: PLW2901 (the rest of the row goes below it)
        yield f"  {padded(left, 24)}  {right}".rstrip()


class Verb(TyperCommand):
    """A command with plain help in the language of the call."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Keep the words as typed: the help of some commands depends on them."""
        ctx.meta[WORDS] = [*args]
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Context) -> str:
        """Lay out the page: usage, what it does, examples, options by group."""
        language = door.of(ctx).language  # type: ignore[arg-type]
        examples: Sequence[str] = getattr(self.callback, "examples", ()) or getattr(
            getattr(self.callback, "__wrapped__", None), "examples", ()
        )
        lines = [f"{PROGRAM} {self.name}{_positional(self.params)} [{OPTIONS.say(language)}]", "", f"  {chosen(self.help, language)}"]
        if examples:
            lines += ["", EXAMPLES.say(language), *(f"  {example}" for example in examples)]
        for heading, options in _groups(self.params, language).items():
            lines += ["", heading, *listing(options)]
        lines += ["", *listing([("-h, --help", HELP.say(language))])]
        more: Callable[[Sequence[str], Language], list[str]] | None = getattr(self.callback, "more", None)
        return "\n".join([*lines, *(more(ctx.meta[WORDS], language) if more else [])])


def _positional(params: Sequence[Parameter]) -> str:
    found = [param for param in params if param.param_type_name == "argument" and not getattr(param, "hidden", False)]
    return "".join(f" {one.metavar or (one.name or '').upper()}" for one in found)


def _groups(params: Sequence[Parameter], language: Language) -> Mapping[str, list[tuple[str, str]]]:
    """Sort the options by the group named in their declaration; those of the command itself come first."""
    groups: dict[str, list[tuple[str, str]]] = {OPTIONS.say(language): []}
    for param in params:
        if isinstance(param, TyperOption) and not param.hidden:
            heading = chosen(param.rich_help_panel, language) or OPTIONS.say(language)
            groups.setdefault(heading, []).append((_names(param), _meaning(param, language)))
    own = groups.pop(OPTIONS.say(language))
    return {**groups, OPTIONS.say(language): own} if not own else {OPTIONS.say(language): own, **groups}


def _names(param: TyperOption) -> str:
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    return names if param.is_flag else f"{names} {param.metavar or 'TEXT'}"


def _meaning(param: TyperOption, language: Language) -> str:
    text = chosen(param.help, language)
    if not param.required:
        return text
    return f"{text}（{REQUIRED.say(language)}）" if language == "zh" else f"{text} ({REQUIRED.say(language)})"


class Lazy(TyperGroup):
    """The program: a table of commands, each imported when it is named."""

    families: Sequence[Family] = ()
    aliases: Mapping[str, str] = MappingProxyType({})
    common: Sequence[tuple[str, Text]] = ()
    about: Text = Text("", "")

    def table(self) -> Mapping[str, Row]:
        """Give every command by its name."""
        return {name: Row(*row) for family in self.families for name, row in family.rows.items()}

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 (Typer's signature)
        """Name the commands in the order of the help."""
        return list(self.table())

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 (Typer's signature)
        """Import the command of that name, or of that Chinese name; None for another."""
        name = self.aliases.get(cmd_name, cmd_name)
        row = self.table().get(name)
        if row is None:
            return None
        function = getattr(importlib.import_module(f"hazardctl.cli.{row.module}"), row.function)
        info = CommandInfo(
            name=name,
            cls=Verb,
            callback=function,
            help=both(row.help.zh, row.help.en),
            context_settings={**SETTINGS, **getattr(function, "settings", {})},
        )
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command, or say in our own words that there is none and which was meant.

        Raises:
            UsageError: no command of that name.
        """
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            hand_over(args)
            raise self.unknown(args[0])
        return (command.name if command else None), command, args[1:]

    def unknown(self, word: str) -> UsageError:
        """Give the error for a word that is no command."""
        from hazardctl.vocabulary.term import nearest

        if word.startswith("-"):
            return UsageError(NO_OPTION.of(it=word), SEE_HELP.of(command=PROGRAM))
        meant = nearest([*self.table(), *self.aliases], word)
        hints = [MEANT.of(words=[f"{PROGRAM} {one}" for one in meant])] if meant else []
        return UsageError(NO_COMMAND.of(it=word), *hints, SEE_HELP.of(command=PROGRAM))

    def get_help(self, ctx: Context) -> str:
        """Lay out the front page from the table alone: no command is imported."""
        language = door.of(ctx).language  # type: ignore[arg-type]
        lines = [f"{PROGRAM} {COMMAND.say(language)} [{OPTIONS.say(language)}]", "", f"  {self.about.say(language)}"]
        for family in self.families:
            if family.rows:
                rows = [(name, Row(*row).help.say(language)) for name, row in family.rows.items()]
                lines += ["", family.heading.say(language), *listing(rows)]
        lines += ["", EVERYWHERE.say(language), *listing((name, text.say(language)) for name, text in self.common)]
        return "\n".join([*lines, "", MORE.say(language)])


_FOREIGN: Final = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)


def hand_over(words: Sequence[str]) -> None:
    """Become the program `hazardctl-NAME` where one is installed; come back where there is none.

    Folders of PATH that are relative do not count: what lies in a cloned ledger never runs (DESIGN §2).
    """
    if not _FOREIGN.fullmatch(words[0]):
        return
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if Path(folder).is_absolute()]
    program = shutil.which(f"{PROGRAM}-{words[0]}", path=os.pathsep.join(folders))
    if program:
        sys.stdout.flush()
        os.execv(program, [program, *words[1:]])  # noqa: S606 (a program the person installed)


NO_COMMAND: Final = Text("没有命令“{it}”", "no such command: {it}")
NO_OPTION: Final = Text("没有选项 {it}", "no such option: {it}")
MEANT: Final = Text("是否想写：{words}", "did you mean: {words}")
SEE_HELP: Final = Text("用法见 {command} --help", "see {command} --help")
COMMAND: Final = Text("命令", "COMMAND")
EVERYWHERE: Final = Text("各命令通用", "every command takes")
MORE: Final = Text("一个命令的用法：hazardctl 命令 --help", "how to use a command: hazardctl COMMAND --help")
