"""Plain data to YAML: plain for people, quoted where any reader would take it otherwise (RELIABILITY 5.7).

Days, numbers and true/false are written plain in the fields of those types, whether they come as values or as the text the
reader gave; every other text goes through `scalar`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias, Union, cast, get_args, get_origin

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.store.characters import SURROGATE

Value: TypeAlias = Union[str, int, bool, Decimal, dt.date, Sequence["Value"], Mapping[str, "Value"], None]  # noqa: UP007 (`|` knows no names in quotes)
"""What can be written; `Raw` of the reader is part of it."""

WIDE: Final = 120
"""A list or mapping that makes a line longer than this is written one part a line."""
ALWAYS_BLOCK: Final = frozenset({"history", "evidence"})

_PLAIN: Final = re.compile(r"[A-Za-z0-9\-._/()+=~$^; \u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")
_START: Final = re.compile(r"[A-Za-z0-9/(_\u00a1-\u2fff\u3001-\U0010ffff]")
_NUMBER_LIKE: Final = re.compile(r"[0-9][0-9A-Fa-fxobE_.+\-TtZz ]*")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"})
_ESCAPED: Final = re.compile('[\\\\"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
TYPED: Final = re.compile(r"\d{4}-\d\d-\d\d|(?:0|[1-9]\d*)(?:\.\d+)?|true|false", re.ASCII)
_HALF: Final = Text("文字里有半个字符（无法存成 UTF-8）：{it}", "the text holds half a character that UTF-8 cannot store: {it}")


def scalar(text: str, *, exact: bool = False) -> str:
    r"""Write one text so that every YAML reader gives the same text back.

    The text is stored in NFC, or exactly as it is for a file that is only put in order. Control characters are escaped here
    and refused by the writer.

    Raises:
        UsageError: the text holds half a character (a lone surrogate, from bytes that were no UTF-8).

    Examples:
        >>> print(scalar("柳安改〔2024〕17号"), scalar("11.2"), scalar("no"), scalar("a: b"))
        柳安改〔2024〕17号 "11.2" "no" "a: b"
    """
    if SURROGATE.search(text):
        raise UsageError(_HALF.of(it=text.encode("utf-8", "backslashreplace").decode()))
    text = text if exact else unicodedata.normalize("NFC", text)
    return text if is_plain(text) else f'"{_ESCAPED.sub(_escape, text)}"'


def is_plain(text: str) -> bool:
    """Say whether a text needs no quotes in any place and for any reader."""
    if not _PLAIN.fullmatch(text) or not _START.match(text) or text[-1] in " \u3000-" or "  " in text:
        return False
    if text.lower() in _WORDS:
        return False
    return not _NUMBER_LIKE.fullmatch(text) or (_DIGEST.fullmatch(text) is not None and any(letter in text for letter in "acdf"))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or (f"\\x{ord(character):02X}" if ord(character) < 0x100 else f"\\u{ord(character):04X}")


def flow(value: Value, field: str = "", *, exact: bool = False) -> str:
    """Write a value on one line, mappings and lists in brackets; `field` is its key, which may mean a day or a number.

    Examples:
        >>> flow({"date": dt.date(2024, 3, 12), "do": "assign", "by": ["李四", "王五"], "note": "限期: 三日"})
        '{date: 2024-03-12, do: assign, by: [李四, 王五], note: "限期: 三日"}'
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case dt.date():
            return value.isoformat()
        case str():
            return value if TYPED.fullmatch(value) and field in typed_fields() else scalar(value, exact=exact)
        case Mapping():
            return (
                "{"
                + ", ".join(f"{scalar(key, exact=exact)}: {flow(part, _inner(field, key), exact=exact)}" for key, part in value.items())
                + "}"
            )
        case _:
            return "[" + ", ".join(flow(part, field, exact=exact) for part in value) + "]"


def _inner(field: str, key: str) -> str:
    """Name a value in a mapping: by its key, or by the map where its keys are free."""
    return f"{field}.*" if f"{field}.*" in typed_fields() else key


event_line = flow
"""Write one event of a history: a flow mapping in the order given."""


def record_text(record: Mapping[str, Value], order: Iterable[str], *, exact: bool = False) -> str:
    """Write a whole record: one field a line in the order given, unknown fields after them, `history` last.

    Short lists and mappings stand on the line of their field; `evidence`, `history` and what would be wider than `WIDE`
    stand one part a line. Fields that are None are left out.
    """
    known = [name for name in order if name in record and name != "history"]
    others = [name for name in record if name not in known and name != "history"]
    last = ["history"] if "history" in record else []
    return "".join(f"{line}\n" for name in (*known, *others, *last) for line in field_lines(name, record[name], exact=exact))


def field_lines(name: str, value: Value, *, exact: bool = False) -> Iterator[str]:
    """Write one field of a record as lines without their ends."""
    if value is None:
        return
    line = f"{scalar(name, exact=exact)}: {flow(value, name, exact=exact)}"
    parts = list(_parts(name, value, too_wide=len(line) > WIDE, exact=exact))
    yield f"{scalar(name, exact=exact)}:" if parts else line
    yield from parts


def _parts(name: str, value: Value, *, too_wide: bool, exact: bool) -> Iterator[str]:
    if isinstance(value, Mapping):
        if too_wide or any(isinstance(part, Mapping) for part in value.values()):
            for key, part in value.items():
                yield f"  {scalar(key, exact=exact)}: {flow(part, _inner(name, key), exact=exact)}"
    elif isinstance(value, Sequence) and not isinstance(value, str) and (too_wide or name in ALWAYS_BLOCK):
        for part in value:
            yield f"  - {flow(part, name, exact=exact)}"


@functools.cache
def typed_fields() -> frozenset[str]:
    """Name the fields that hold days, numbers or true/false, from the models of all kinds."""
    from hazardctl.model.kinds import KINDS

    seen: set[int] = set()
    return frozenset(name for kind in KINDS for name in _typed_names(kind.model, seen))


def _typed_names(annotation: object, seen: set[int], name: str = "") -> Iterator[str]:
    """Walk through a type: a model's fields, the parts of a list or a choice, down to the plain types.

    The values of a map with free keys go by the name of the map and `.*`.
    """
    if _is_typed(annotation):
        yield name
    fields = cast("Mapping[str, object] | None", getattr(annotation, "model_fields", None))
    if fields is None:
        below = f"{name}.*" if get_origin(annotation) in {Mapping, dict} else name
        for part in get_args(annotation):
            yield from _typed_names(part, seen, below)
    elif id(annotation) not in seen:
        seen.add(id(annotation))
        for field, described in fields.items():
            alias = cast("str | None", getattr(described, "alias", None))
            yield from _typed_names(getattr(described, "annotation", None), seen, alias or field)


def _is_typed(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, dt.date | int | Decimal)
