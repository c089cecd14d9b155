"""An act is inserted text: one event after the last one, every other byte as it was (RELIABILITY 5.1, STYLE 4.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from hazardctl.diagnostics import Place, Trail
from hazardctl.errors import BugError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.model.raw import Raw, Tree
from hazardctl.store.reader import KEY, Parsed, parse

_BOM: Final = "\ufeff"
_HISTORY: Final = ("history",)
_END: Final = re.compile(r"\.\.\.\s*(?:#.*)?")
_NOTHING: Final = re.compile(r"[ \t]*(?:\[[ \t]*\]|~|null)(?=[ \t\r]*(?:$|[ \t]#))")

_UNREADABLE: Final = Text(
    "记录读不出来，没有写入：第 {line} 行，{what}", "the record cannot be read, nothing was written: line {line}, {what}"
)
_NO_LIST: Final = Text("history 不是列表，没有写入", "`history` is not a list, nothing was written")
_MEND: Final = Text("先改好文件，再运行 hazardctl validate", "mend the file first, then run hazardctl validate")
_ODD_LAYOUT: Final = Text("流转记录的写法特殊，无法原样追加一行", "the history is laid out in a way that takes no added line")
_FMT: Final = Text("先运行 hazardctl fmt，把它改成一行一条", "run hazardctl fmt first: it gives every event a line of its own")
_NO_EVENT: Final = Text("不是一条流转记录：{line}", "not one event: {line}")
_HIDDEN: Final = Text(
    "文字里有不可见或控制字符，没有写入：{what}", "the text holds invisible or control characters, nothing was written: {what}"
)


def with_event(data: bytes, line: str) -> bytes:
    """Give the bytes of a record with one event more, everything else as it was.

    Args:
        data: the record as read.
        line: the event as a flow mapping on one line, `{date: …, do: …, by: …}`.

    Raises:
        UnreadableError: the record cannot be read, or its history takes no added line.
        UsageError: the event holds invisible or control characters.
        BugError: what came out is not the record with one event more; nothing may be written then.
    """
    before, event = readable(data), _event(line)
    text = data.decode("utf-8")
    bom = _BOM if text.startswith(_BOM) else ""
    new = f"{bom}{_inserted(text.removeprefix(_BOM), before, line)}".encode()
    history = before.get("history")
    after = parse(new, places=False).tree
    if after is None or after != {**before, "history": [*(history if isinstance(history, list) else []), event]}:
        raise UnreadableError(_ODD_LAYOUT, _FMT)
    return new


def readable(data: bytes) -> Tree:
    """Give what a record says.

    Raises:
        UnreadableError: it cannot be read; no verb writes to it.
    """
    parsed = parse(data, places=False)
    if parsed.tree is None:
        first = parsed.findings[0]
        raise UnreadableError(_UNREADABLE.of(line=first.place.line if first.place else 1, what=first.message), _MEND)
    return parsed.tree


def unhidden(parsed: Parsed) -> None:
    """Refuse to write what nobody can see (RELIABILITY 3.3, U4 and U5).

    Raises:
        UsageError: a text holds control or invisible characters.
    """
    for found in parsed.findings:
        if found.code == "HZ019":
            raise UsageError(_HIDDEN.of(what=found.message), *([found.repair] if found.repair else []))


def _event(line: str) -> Raw:
    parsed = parse(f"event: {line}\n".encode("utf-8", "surrogatepass"), places=False)
    unhidden(parsed)
    event = parsed.tree.get("event") if parsed.tree else None
    if not isinstance(event, dict) or len(parsed.tree or ()) != 1 or "\n" in line or "\r" in line:
        raise BugError(_NO_EVENT.of(line=line))
    return event


def _inserted(text: str, tree: Tree, line: str) -> str:
    places = parse(text.encode()).places
    history = tree.get("history")
    if "history" not in tree:
        return _with_history(text, places, tree, line)
    if not isinstance(history, list | None):
        raise UnreadableError(_NO_LIST, _MEND)
    if not history:
        return _begun(text, places, line)
    last = places[*_HISTORY, len(history) - 1]
    if places[_HISTORY].line == places[*_HISTORY, KEY].line or text.split("\n")[places[_HISTORY].line - 1].lstrip().startswith("["):
        at = index_of(text, last.end_line, last.end_column)
        return f"{text[:at]}, {line}{text[at:]}"
    end = last.end_line - (1 if last.end_column == 1 else 0)  # a block of text ends at the start of the next line
    return _line_after(text, end, f"{' ' * (places[_HISTORY].column - 1)}- {line}")


def _with_history(text: str, places: Mapping[Trail, Place], tree: Tree, line: str) -> str:
    """Add the key and one line at the end of a record without a history."""
    top = places[()]
    at = index_of(text, top.line, top.column)
    if text[at] == "{":
        last = max((place.end_line, place.end_column) for trail, place in places.items() if len(trail) == 1) if tree else None
        inside = index_of(text, *last) if last else at + 1
        return f"{text[:inside]}{', ' if tree else ''}history: [{line}]{text[inside:]}"
    indentation = " " * (top.column - 1)
    lines = text.split("\n")
    end = next((number for number, one in enumerate(lines) if number >= top.line and _END.fullmatch(one.strip("\r"))), None)
    if end is None:
        end = len(lines) - (1 if lines[-1] == "" else 0)
    both = f"{indentation}history:{_end_of_line(text, end)}{indentation}  - {line}"
    return _line_after(text, end, both)


def _begun(text: str, places: Mapping[Trail, Place], line: str) -> str:
    """Turn an empty `history: []`, `history: ~` or `history:` into the key and one line."""
    key = places[*_HISTORY, KEY]
    top = places[()]
    if text[index_of(text, top.line, top.column)] == "{":
        value = places[_HISTORY]
        start, end = index_of(text, value.line, value.column), index_of(text, value.end_line, value.end_column)
        blank = "" if text[start - 1] in " \t" else " "
        return f"{text[:start]}{blank}[{line}]{text[end:]}"
    lines = text.split("\n")
    one = lines[key.line - 1]
    colon = one.index(":", key.end_column - 1) + 1
    nothing = _NOTHING.match(one, colon)
    lines[key.line - 1] = one[:colon] + one[nothing.end() if nothing else colon :]
    return _line_after("\n".join(lines), key.line, f"{' ' * (key.column - 1)}  - {line}")


def index_of(text: str, line: int, column: int) -> int:
    """Give the index of a place in a text; of a line behind the last one, the end of the text."""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at + column - 1


def _end_of_line(text: str, number: int) -> str:
    """Give the line end in use above a line."""
    lines = text.split("\n")
    above = lines[: min(number, len(lines) - 1)]
    return "\r\n" if above and above[-1].endswith("\r") else "\n"


def _line_after(text: str, number: int, line: str) -> str:
    """Put a line after line `number`, with the line end above it; a missing final newline is supplied first."""
    end = _end_of_line(text, number) if text.count("\n") else "\n"
    lines = text.split("\n")
    before, after = "\n".join(lines[:number]), "\n".join(lines[number:])
    if number >= len(lines):
        last = len(lines) > 1 and lines[-2].endswith("\r")
        end = "\r\n" if last else "\n"
        return f"{before}{end}{line}{end}"
    return f"{before}\n{line}{end}{after}"
