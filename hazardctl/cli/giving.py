"""A sheet handed over: to the terminal, to a pipe, or into a file (EXPERIENCE 4.1, 4.3)."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hazardctl.cli import door as doors
from hazardctl.cli.door import Door
from hazardctl.errors import UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.context import Context, DataSet
    from hazardctl.ops.question import Words
    from hazardctl.render.progress import Report
    from hazardctl.sheet import Sheet

FILE_WIDTH: Final = 100
WRITTEN: Final = Text("已写入 {file}", "written to {file}")
TO_FILE: Final = Text("{name} 要写成文件", "{name} is written as a file")
NAME_IT: Final = Text("加上  -o FILE{suffix}", "add  -o FILE{suffix}")
NO_FIELD: Final = Text("没有字段“{name}”", 'there is no field "{name}"')
READING: Final = Text("读取台账", "reading the ledger")
FIELDS: Final = Text("可以用：{all}", "there are: {all}")


@contextmanager
def reading(door: Door) -> Generator[Report | None]:
    """Show on a terminal how far the reading of a large ledger is."""
    from hazardctl.render.progress import progress

    with progress(sys.stderr, READING.say(door.language), shown=sys.stderr.isatty()) as told:
        yield told


def data_of(folder: Path | None, engine: str, keys: Sequence[str] | None) -> DataSet | None:
    """Give the data set that a call asks in the place of a ledger of files, if it does.

    Raises:
        UsageError: there is no such engine, or no data set for it.
    """
    if folder is None and not engine and not keys:
        return None
    from hazardctl.ops.dataset import asked

    return asked(folder, engine, keys)


def give(door: Door, sheets: Sequence[Sheet], format_: str, output: str = "", root: Path | None = None) -> None:
    """Render sheets and hand them over.

    Args:
        door: language, width, colour.
        sheets: one, or one a record.
        format_: its name; empty for the one the file's suffix picks, else text.
        output: a file, or empty for stdout.
        root: the ledger root, whose record folders take no output.

    Raises:
        UsageError: an unknown format, one that only a file takes, or a place where nothing may be written.
        MissingExtraError: an optional part of the format is not installed.
        SystemFailedError: the disk failed.
    """
    from hazardctl.render.formats import document, known, rendered
    from hazardctl.render.page import Page

    name = chosen(format_, output)
    made, people = known(name), known(name).people
    if made.filed and not output:
        raise UsageError(TO_FILE.of(name=name), NAME_IT.of(suffix=made.suffixes[0]))
    page = (
        Page(door.language, FILE_WIDTH) if output else Page(door.language, door.width, people and door.coloured(sys.stdout), door.instead)
    )
    if output:
        from hazardctl.store.writer import output as write

        write(Path(output), document(sheets, name, page), root=root)
        door.tell(WRITTEN.of(file=output))
    elif people:
        doors.print_page("\n".join(rendered(sheet, name, page) for sheet in sheets))
    elif made.whole:
        printed(document(sheets, name, page))
    else:
        printed("".join(rendered(sheet, name, page) for sheet in sheets).encode())


def named(here: Context, words: Words, sheets: Sequence[Sheet], *, incognito: bool) -> tuple[Sheet, ...]:
    """Give sheets as they are, or with pseudonyms.

    Raises:
        UsageError, UnreadableError, SystemFailedError: as the reading of the ledger says.
    """
    if not incognito:
        return tuple(sheets)
    from hazardctl.ops.incognito import disguised

    return disguised(here, words, sheets)


def chosen(format_: str, output: str) -> str:
    """Name the format: the one asked for, else the one the file's suffix picks, else text.

    Raises:
        UsageError: the suffix picks none.
    """
    from hazardctl.render.formats import by_suffix

    return format_ or (by_suffix(output) if output else "text")


def printed(data: bytes) -> None:
    """Print what programs read as UTF-8, whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def hinted(door: Door, sheet: Sheet, format_: str, output: str) -> None:
    """Print the likely next commands, where a person reads a text."""
    if format_ in {"", "text"} and not output:
        wide = max((len(command) for command, _ in sheet.hints), default=0)
        door.hint(*(Text("{a}  {b}", "{a}  {b}").of(a=command.ljust(wide), b=what) for command, what in sheet.hints))


def with_fields(sheet: Sheet, fields: str | None) -> Sheet:
    """Keep the fields of a sheet's data that were asked for.

    Raises:
        UsageError: none was named, or one that is not there.
    """
    if fields is None:
        return sheet
    names = [name.strip() for name in fields.replace("，", ",").split(",") if name.strip()]
    for name in names or [""]:
        if name not in sheet.data:
            raise UsageError(NO_FIELD.of(name=name), FIELDS.of(all=list(sheet.data)))
    return replace(sheet, data={name: sheet.data[name] for name in names})
