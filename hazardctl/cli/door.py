"""The door: what the program may know of the world outside, asked once (DESIGN §8, EXPERIENCE §4).

Language, today, actor, root, width and colour are read here and nowhere else; below, they travel as one
`ops.context.Context`. Nothing heavy is imported until a command needs the ledger: `--help` answers with the standard
library and Typer alone.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from hazardctl.cli.surroundings import CONFIG, Options, language_of, separated, settings, stated_day, zone
from hazardctl.errors import FINE, UsageError
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.render.terminal import clean, lacking
from hazardctl.store import noting

if TYPE_CHECKING:
    import typer

    from hazardctl.ops.context import Context, DataSet
    from hazardctl.sheet import Sheet

PROGRAM: Final = "hazardctl"
PIPED_WIDTH: Final = 100
NARROWEST: Final = 20
"""A full-width character needs two columns, an id seventeen: below this a page cannot be laid out."""
ROLLUP: Final = "rollup.yaml"
COLOURS: Final = ("auto", "always", "never")


@dataclass(frozen=True)
class Door:
    """What was said at the door: the common options, and the language of every sentence.

    Attributes:
        options: those that every command takes.
        environ: the environment.
        language: chosen by `--lang`, then the ledger, then the environment, then Chinese (EXPERIENCE 4.8).
        chosen: where each choice came from, for `config`.
    """

    options: Options = field(default_factory=Options)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    language: Language = "zh"
    chosen: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def interactive(self) -> bool:
        """Say whether a question may be asked (EXPERIENCE 4.5)."""
        asked_not_to = self.options.no_input or bool(self.environ.get("CI"))
        return not asked_not_to and _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    @property
    def width(self) -> int:
        """Give the columns of the page: those of the terminal, 100 when piped, `COLUMNS` before both; never less than an id takes."""
        stated = self.environ.get("COLUMNS", "")
        if stated.isascii() and stated.isdigit() and 0 < int(stated[:6]) <= 1000:
            return max(NARROWEST, int(stated))
        terminal = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns if _is_terminal(sys.stdout) else PIPED_WIDTH
        return max(NARROWEST, terminal)

    @property
    def instead(self) -> dict[str, str]:
        """Give the signs that stdout cannot write, with what a person reads instead."""
        return lacking(sys.stdout.encoding or "utf-8", self.language)

    def coloured(self, stream: TextIO) -> bool:
        """Say whether a stream takes colour: `--color`, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM, in this order."""
        if self.options.color != "auto":
            return self.options.color == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if any(self.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
            return True
        return self.environ.get("TERM") != "dumb" and _is_terminal(stream)

    def say(self, *texts: Text) -> None:
        """Print the result, a line a text, on stdout."""
        for text in texts:
            echo(text.say(self.language))

    def tell(self, *texts: Text) -> None:
        """Print talk (warnings, what happened meanwhile), a line a text, on stderr."""
        for text in texts:
            echo(text.say(self.language), to=sys.stderr)

    def hint(self, *texts: Text) -> None:
        """Print likely next commands on stderr, only where a person is looking."""
        if not _is_terminal(sys.stderr):
            return
        for position, text in enumerate(texts):
            head = NEXT.say(self.language) if position == 0 else " " * (6 if self.language == "zh" else 4)
            echo(f"{head}  {text.say(self.language)}", to=sys.stderr)

    def render(self, sheet: Sheet, *, name: str = "", output: str = "") -> None:
        """Print a sheet, or write it to a file whose suffix picks the format when none is named.

        Raises:
            UsageError: no such format.
            SystemFailedError: the file could not be written.
        """
        from hazardctl.render.formats import by_suffix, known, rendered
        from hazardctl.render.page import Page

        chosen = name or (by_suffix(output) if output else "text")
        known(chosen)
        colour = not output and self.coloured(sys.stdout)
        text = rendered(sheet, chosen, Page(self.language, self.width, colour, {} if output else self.instead))
        if output:
            _kept(Path(output), text)
            self.tell(WRITTEN.of(path=output))
        else:
            print_page(text)
            self.hint(*(Text("{it}", "{it}", {"it": command}) for command, _ in sheet.hints))

    def root(self) -> Path:
        """Find the ledger root.

        Raises:
            UnreadableError: there is no ledger here.
        """
        from hazardctl.store.root import find_root

        return find_root(_here() or Path(), self.given)

    @property
    def given(self) -> str:
        """Give the folder named by `-C` or `HAZARDCTL_LEDGER`, or nothing."""
        return self.options.directory or self.environ.get("HAZARDCTL_LEDGER", "")

    def today(self, root: Path | None) -> dt.date:
        """Give the day: `HAZARDCTL_TODAY`, else the clock in the ledger's zone (RELIABILITY §5.10)."""
        stated = self.environ.get("HAZARDCTL_TODAY", "")
        if stated:
            return stated_day(stated)
        name = settings(root / CONFIG).get("timezone", "") if root else ""
        now = dt.datetime.now(zone(name))  # noqa: TID251 (the one place that reads the clock)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        noting.holds(midnight.timestamp(), (midnight + dt.timedelta(days=1)).timestamp())
        return now.date()

    def pooling(self, typed: Sequence[str] | None, data: DataSet | None = None) -> tuple[Context, tuple[str, ...]]:
        """Build what a question gets to know, and name the ledgers it is asked of: none for the one ledger that is here.

        Args:
            typed: folders, `REPO@REF`, or a roll-up; without any the `rollup.yaml` of this folder, or of the one named by `-C`.
            data: what is asked in the place of ledgers of files, which need not be there then.

        Raises:
            UnreadableError: there is neither.
            UsageError: both ledgers and a data set are named.
        """
        if data is not None:
            if typed:
                raise UsageError(EITHER)
            return self._context(data.folder, data=data), ()
        here = _here() or Path()
        folders = [Path(self.given) / folder for folder in ("", "ledger")]
        rollups = [] if any((folder / CONFIG).is_file() for folder in folders) else [folder / ROLLUP for folder in folders]
        ledgers = tuple(typed or [str(path) for path in rollups if path.is_file()][:1])
        return (self._context(here) if ledgers else self.context()), ledgers

    def context(self, *, acting: bool = False) -> Context:
        """Build what a use case gets to know.

        Args:
            acting: an event will be written: find out who acts, which may ask git for the e-mail of this user.

        Raises:
            UnreadableError: there is no ledger here.
        """
        return self._context(self.root(), acting=acting)

    def _context(self, root: Path, *, acting: bool = False, data: DataSet | None = None) -> Context:
        from hazardctl.ops.context import Context

        return Context(
            root=root,
            today=self.today(root),
            actor=self._actor(root) if acting else self.environ.get("HAZARDCTL_ACTOR", "").strip(),
            language=self.language,
            interactive=self.interactive,
            width=self.width,
            index=not self.options.no_index,
            data=data,
            why=dict(self.chosen),
        )

    def _actor(self, root: Path) -> str:
        stated = self.environ.get("HAZARDCTL_ACTOR", "").strip()
        if stated:
            return stated
        from hazardctl.ops.people import of_this_machine

        return of_this_machine(root)


EITHER: Final = Text("--data 和 --ledger 只能用一个", "there is --data or --ledger, not both")
NEXT: Final = Text("下一步", "next")
WRITTEN: Final = Text("已写入 {path}", "written: {path}")


def opened(options: Options, environ: Mapping[str, str], start: Path | None = None) -> Door:
    """Open the door: choose the language, check the common options.

    Raises:
        UsageError: `--lang` or `--color` names something unknown; it is said in the language the rest of the call chooses.
    """
    language, source = language_of(options, environ, start or _here())
    door = Door(options, environ, language, {"language": source})
    if options.wrong:
        raise UsageErrorIn(door, Text("选项 {it} 后面缺少值", "option {it} needs a value", {"it": options.wrong}))
    if options.lang and options.lang.partition("-")[0].lower() not in LANGUAGES:
        raise UsageErrorIn(door, Text("--lang 只能是 zh 或 en，这里是“{it}”", "--lang is zh or en, not “{it}”", {"it": options.lang}))
    if options.color not in COLOURS:
        message = Text(
            "--color 只能是 auto、always 或 never，这里是“{it}”", "--color is auto, always or never, not “{it}”", {"it": options.color}
        )
        raise UsageErrorIn(door, message)
    return door


class UsageErrorIn(UsageError):
    """A usage error found before the door stood open: it brings the door, and with it the language."""

    def __init__(self, door: Door, what: Text) -> None:
        """Take the door as far as it was built."""
        super().__init__(what)
        self.door = door


def of(context: typer.Context) -> Door:
    """Give the door a command was called through."""
    door = context.find_root().obj
    return door if isinstance(door, Door) else Door()


def echo(text: str, *, to: TextIO | None = None) -> None:
    """Print one line of ours, data in it made harmless; talk comes after the results that were printed before it."""
    if to is sys.stderr:
        sys.stdout.flush()
    (to or sys.stdout).write(clean(text) + "\n")


def version() -> int:
    """Print the version, and give the exit code."""
    from hazardctl import __version__

    echo(f"{PROGRAM} {__version__}")
    return FINE


def print_page(text: str) -> None:
    """Print what a renderer made: lines are kept as they are, the renderer has cleaned the data in them."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


def _kept(path: Path, text: str) -> None:
    """Write a result to a file by the road of every other file: temporary, then renamed."""
    from hazardctl.store import writer

    writer.output(path, text.encode("utf-8", "backslashreplace"))


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _here() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # the folder was removed under us; the command will say so if it needs one
        return None


__all__ = ["Door", "Options", "clean", "echo", "of", "opened", "print_page", "separated"]
