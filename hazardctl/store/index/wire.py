"""Diagnostics as plain data and back: what the index keeps of a finding, to the last character."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from hazardctl.diagnostics import Diagnostic, Place, Severity
from hazardctl.language import Text, spoken

Plain: TypeAlias = Any
"""What JSON knows."""


def written(found: Iterable[Diagnostic], *, paths: bool = False) -> str:
    """Write findings as JSON; empty where there are none.

    Args:
        found: the findings.
        paths: with the file and record of each; without them they are known from elsewhere.
    """
    rows = [[*_row(one), *([one.path, one.record] if paths else [])] for one in found]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def read(said: str, path: str = "", record: str = "") -> Iterator[Diagnostic]:
    """Give back what was written."""
    for row in cast("list[list[Plain]]", json.loads(said)) if said else ():
        place, code, severity, message, trail, because, repair, excerpt, title, notes, *about = row
        yield Diagnostic(
            about[0] if about else path,
            Place(*place),
            code,
            Severity(severity),
            _text(message),
            about[1] if about else record,
            tuple(trail),
            _text(because) if because else None,
            _text(repair) if repair else None,
            tuple((number, line) for number, line in excerpt),
            _text(title) if title else None,
            tuple(map(_text, notes)),
        )


def _row(one: Diagnostic) -> list[Plain]:
    place = one.place
    return [
        [place.line, place.column, place.end_line, place.end_column],
        one.code,
        one.severity.value,
        _plain(one.message),
        one.trail,
        one.because and _plain(one.because),
        one.repair and _plain(one.repair),
        one.excerpt,
        one.title and _plain(one.title),
        [_plain(note) for note in one.notes],
    ]


def _plain(text: Text) -> list[Plain]:
    """Give the two sentences and what fills them; a day or a number in its words, which are the same in both languages."""
    return [text.zh, text.en, {name: _value(value) for name, value in text.values.items()}]


def _value(value: object) -> Plain:
    match value:
        case Text():
            return {"text": _plain(value)}
        case str() | int() | None:
            return value
        case list() | tuple() | set() | frozenset() | Mapping():
            return [_value(part) for part in cast("Iterable[object]", value)]
        case _:
            return spoken(value, "zh")


def _text(plain: list[Plain]) -> Text:
    zh, en, values = plain
    return Text(zh, en, {name: _back(value) for name, value in values.items()})


def _back(value: Plain) -> object:
    if isinstance(value, dict):
        return _text(cast("dict[str, list[Plain]]", value)["text"])
    return [_back(part) for part in cast("Iterable[object]", value)] if isinstance(value, list) else value
