"""The figures of a sheet as JSON, for programs (EXPERIENCE 4.3); the shapes are in `schemas/`."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import methodcaller
from typing import Any, Final, cast

from hazardctl.language import Language, Text
from hazardctl.render.page import Page
from hazardctl.sheet import Mark, Rate, Sheet, Value

# What a terminal could obey or hide; JSON escapes C0 by itself, and a line break outside a text is its own layout.
_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)


_SINGLE: Final = frozenset({str, int, bool, float, type(None)})
"""What stands in JSON as it is."""
_WRITTEN: Final[Mapping[type, Callable[[Any], str]]] = {dt.date: methodcaller("isoformat"), Decimal: str}
"""What stands there as a text."""
_VALUES: Final = _SINGLE.union(_WRITTEN)


def rendered(sheet: Sheet, page: Page) -> str:
    """Write the data of a sheet; texts are exact, characters that cannot be seen stand as their numbers."""
    body = {"schema": f"hazardctl/{sheet.name}/1", **sheet.data}
    return written(plain(body, page.language))


def written(value: object) -> str:
    """Write what JSON knows, indented; characters that cannot be seen stand as their numbers."""
    return _UNSEEN.sub(_escaped, _laid_out(value, "")) + "\n"


def _laid_out(value: object, margin: str) -> str:
    """Write a value as `json.dumps(…, indent=2)` does, what holds no other value in one stroke: that alone is not done in Python there."""
    if not isinstance(value, dict | list | tuple) or not value:
        return _encoder("").encode(value)
    inner = f"{margin}  "
    parts = cast("Iterable[object]", value.values() if isinstance(value, dict) else value)
    if _VALUES.issuperset(map(type, parts)):
        body = _encoder(inner).encode(value)[1:-1]
    elif not isinstance(value, dict) and all(map(_flat, parts)):
        body = _records(cast("Sequence[object]", value), inner)
    elif isinstance(value, dict):
        named = cast("Mapping[str, object]", value).items()
        body = f",\n{inner}".join(f"{_encoder('').encode(str(name))}: {_laid_out(part, inner)}" for name, part in named)
    else:
        body = f",\n{inner}".join(_laid_out(part, inner) for part in cast("Sequence[object]", value))
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}{body}\n{margin}{closing}"


def _flat(value: object) -> bool:
    if type(value) is not dict:
        return False
    held = cast("Mapping[str, object]", value)
    return bool(held) and _VALUES.issuperset(map(type, held.values()))


def _records(value: Sequence[object], margin: str) -> str:
    """Write flat records one below the other, all in one stroke; a line break before the margin of a field is no part of a text."""
    deeper = f"{margin}  "
    fields = _encoder(deeper).encode(value)[2:-2].replace(f"}},\n{deeper}{{", f"\n{margin}}},\n{margin}{{\n{deeper}")
    return f"{{\n{deeper}{fields}\n{margin}}}"


@functools.cache
def _encoder(margin: str) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(f",\n{margin}", ": "), default=_text)


def _text(value: object) -> str:
    """Give what stands in JSON as a text."""
    return _WRITTEN[type(value)](value)


def plain(value: Value, language: Language) -> object:
    """Give what `written` takes: a rate as its parts and its value as text or null, words in one language."""
    if type(value) in _WRITTEN or _flat(value):
        return value
    match value:
        case None | bool() | int() | str():
            return value
        case Rate():
            share = value.value
            return {"numerator": value.numerator, "denominator": value.denominator, "value": None if share is None else str(share)}
        case Mark():
            return plain(value.value, language)
        case Text():
            return value.say(language)
        case Mapping():
            held = cast("Mapping[str, Value]", value).items()
            return {key: part if type(part) in _VALUES else plain(part, language) for key, part in held}
        case Iterable():
            return [plain(part, language) for part in cast("Iterable[Value]", value)]
        case _:
            raise TypeError(type(value))


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2))
