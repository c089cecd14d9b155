"""`export`: the ledger as others want it: a workbook, csv, json, a calendar, a data base, a page of evidence (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ops import export_formats as formats
from hazardctl.ops.context import Context
from hazardctl.ops.export_book import book
from hazardctl.ops.export_subject import Subject, gathered
from hazardctl.ops.export_template import filled
from hazardctl.ops.pack import packed
from hazardctl.ops.question import Words
from hazardctl.store.load import Progress

PACK: Final = "html"
NO_FORMAT: Final = Text("导出没有“{it}”这种格式", 'there is no export format "{it}"')
KNOWN: Final = Text("可用：{all}", "there are: {all}")
NO_PLACE: Final = Text("{it} 要写入文件：-o 文件", "{it} goes into a file: -o FILE")
BINARY: Final = frozenset({"xlsx", "sqlite", "html"})
SUFFIXES: Final[Mapping[str, str]] = {
    ".xlsx": "xlsx", ".csv": "csv", ".json": "json", ".ics": "ics", ".sqlite": "sqlite", ".db": "sqlite",
    ".html": "html", ".htm": "html",
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
    """The bytes, how many hazards they hold, whether a file was left out, and how many files of evidence are not what was recorded."""

    data: bytes
    count: int
    incomplete: bool
    wrong: int = 0


def export(context: Context, words: Words, wanted: Wanted, progress: Progress | None = None) -> Exported:
    """Export the hazards that fit.

    Args:
        context: which ledger, which day.
        words: filters, period and as-of day.
        wanted: format and manner.
        progress: told (files read, files in all) now and then, and again (rows written, rows in all) of a workbook.

    Raises:
        UsageError: a word that means nothing, or a format that cannot be shown on a terminal.
        MissingExtraError: the format needs an extra that is not installed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    name = format_named(wanted)
    told = None if name == "xlsx" else progress  # a workbook tells how far its rows are itself
    subject = gathered(context, words, progress, incognito=wanted.incognito, told=told)
    wrong = 0
    if wanted.template is not None:
        data = filled(subject, wanted.template)
    elif name == PACK:
        data, wrong = packed(subject)
    else:
        data = _FORMATS[name](subject, progress)
    return Exported(data, len(subject.lines), bool(subject.asked.frame.unread), wrong)


def format_named(wanted: Wanted) -> str:
    """Give the name of the format that is asked for.

    Raises:
        UsageError: there is none such, or it needs a file.
    """
    suffix = Path(wanted.file).suffix.lower()
    name = wanted.format.strip().lower() or SUFFIXES.get(suffix, "" if wanted.file else "csv")
    if wanted.template is not None:
        name = "xlsx"
    if name not in {*_FORMATS, PACK}:
        raise UsageError(NO_FORMAT.of(it=wanted.format or suffix or wanted.file), KNOWN.of(all=[*_FORMATS, PACK, "parquet"]))
    if name in BINARY and not wanted.file:
        raise UsageError(NO_PLACE.of(it=name))
    return name


_FORMATS: Final[Mapping[str, Callable[[Subject, Progress | None], bytes]]] = {
    "xlsx": book,
    "csv": lambda it, _: formats.csv(it.lines, it.language),
    "json": lambda it, _: formats.json(it.lines, it.as_of, it.asked.frame.commit),
    "ics": lambda it, _: formats.ics(it.lines, it.language),
    "sqlite": lambda it, _: formats.sqlite(it.lines, it.as_of),
}
