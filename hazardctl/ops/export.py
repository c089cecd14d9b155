"""`export`: the ledger as others want it: a workbook, csv, json, a calendar of deadlines, a data base (EXPERIENCE §2.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.ops import export_formats as formats
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import Line, hidden, line
from hazardctl.ops.question import Asked, Words, about_day, opened
from hazardctl.store.load import Progress

NO_FORMAT: Final = Text("导出没有“{it}”这种格式", 'there is no export format "{it}"')
KNOWN: Final = Text("可用：{all}", "there are: {all}")
NO_PLACE: Final = Text("{it} 要写入文件：-o 文件", "{it} goes into a file: -o FILE")
BINARY: Final = frozenset({"xlsx", "sqlite"})
SUFFIXES: Final[Mapping[str, str]] = {
    ".xlsx": "xlsx", ".csv": "csv", ".json": "json", ".ics": "ics", ".sqlite": "sqlite", ".db": "sqlite",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """How it is to be handed over: format (or by the suffix of the file), pseudonyms, a workbook of others to fill in."""

    file: str = ""
    format: str = ""
    incognito: bool = False
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes, how many hazards they hold, and whether a file was left out."""

    data: bytes
    count: int
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What is exported.

    Attributes:
        context, words: the call.
        ledger: as read.
        asked: the question of the as-of day.
        lines: the hazards that fit, in order of their ids.
        language: of names and headings.
        incognito: names are pseudonyms.
    """

    context: Context
    words: Words
    ledger: Ledger
    asked: Asked
    lines: Sequence[Line]
    language: Language
    incognito: bool

    @property
    def as_of(self) -> dt.date:
        """Give the day it stands for."""
        return self.asked.question.as_of


def export(context: Context, words: Words, wanted: Wanted, progress: Progress | None = None) -> Exported:
    """Export the hazards that fit.

    Args:
        context: which ledger, which day.
        words: filters, period and as-of day.
        wanted: format and manner.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: a word that means nothing, or a format that cannot be shown on a terminal.
        MissingExtraError: the format needs an extra that is not installed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    name = format_named(wanted)
    subject = gathered(context, words, progress, incognito=wanted.incognito)
    if wanted.template is not None:
        from hazardctl.ops.export_template import filled

        data = filled(subject, wanted.template)
    else:
        data = _FORMATS[name](subject)
    return Exported(data, len(subject.lines), bool(subject.asked.frame.unread))


def format_named(wanted: Wanted) -> str:
    """Give the name of the format that is asked for.

    Raises:
        UsageError: there is none such, or it needs a file.
    """
    suffix = Path(wanted.file).suffix.lower()
    name = wanted.format.strip().lower() or SUFFIXES.get(suffix, "" if wanted.file else "csv")
    if wanted.template is not None:
        name = "xlsx"
    if name not in _FORMATS:
        raise UsageError(NO_FORMAT.of(it=wanted.format or suffix or wanted.file), KNOWN.of(all=list(_FORMATS)))
    if name in BINARY and not wanted.file:
        raise UsageError(NO_PLACE.of(it=name))
    return name


def gathered(context: Context, words: Words, progress: Progress | None = None, *, incognito: bool = False) -> Subject:
    """Read the ledger and give the hazards that fit, as rows.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    ledger = opened(context, words, progress)
    asked = about_day(context, ledger, replace(words, period=""))
    rows = Book(ledger).listing(asked.question.as_of, asked.question.clauses, asked.question.preset)
    entries = {entry.path: entry for entry in ledger.hazards}
    lines = [line(ledger, row, entries[str(row["path"])], asked.question.as_of, context.language) for row in rows]
    if incognito:
        lines = [hidden(one, ledger.config.organisation.name) for one in lines]
    return Subject(context, words, ledger, asked, lines, context.language, incognito)


def _workbook(subject: Subject) -> bytes:
    from hazardctl.ops.export_book import book

    return book(subject)


_FORMATS: Final[Mapping[str, Callable[[Subject], bytes]]] = {
    "xlsx": _workbook,
    "csv": lambda it: formats.csv(it.lines, it.language),
    "json": lambda it: formats.json(it.lines, it.as_of, it.asked.frame.commit),
    "ics": lambda it: formats.ics(it.lines, it.language),
    "sqlite": lambda it: formats.sqlite(it.lines, it.as_of),
}
