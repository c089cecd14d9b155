"""Facts changed without touching what nobody asked about: for `correct` and for evidence.

A change is cut into the text at the smallest part that differs; what cannot be cut in is written anew as one field, its
comments above it. Whatever was done is read back: the record must be exactly what was meant, or nothing comes out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from hazardctl.diagnostics import Trail
from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.model.raw import Raw, Tree
from hazardctl.store.blocks import Block, Edit, Sheet, blocks_of, cut, joined, opened
from hazardctl.store.build import KEY
from hazardctl.store.emit import Value, field_lines, flow
from hazardctl.store.reader import parse
from hazardctl.store.tidy import canonical

__all__ = ["canonical", "edit_facts", "renamed"]

_BOM: Final = "\ufeff"
_ODD: Final = Text("字段 {name} 的写法特殊，无法只改它一处", "the field {name} is laid out in a way that cannot be changed alone")
_BY_HAND: Final = Text("用编辑器改，再运行 hazardctl validate", "change it in an editor, then run hazardctl validate")


class UncutError(Exception):
    """A difference that cannot be cut into the text."""


def edit_facts(data: bytes, changes: Mapping[str, Raw]) -> bytes:
    """Give the bytes of a record with some of its fields changed; every other line stays as it was.

    Args:
        data: the record as read.
        changes: field -> its new value; None takes the field out. A field that was not there is put where its kind has it.

    Raises:
        UnreadableError: the record cannot be read, or a field cannot be changed alone.
    """
    for name, value in changes.items():
        sheet = opened(data)
        if sheet.tree.get(name) == value and (name in sheet.tree) == (value is not None):
            continue
        wanted = _nfc({key: part for key, part in {**sheet.tree, name: value}.items() if key != name or value is not None})
        data = next((new for new in _attempts(data, sheet, name, value) if _nfc(parse(new, places=False).tree) == wanted), b"")
        if not data:
            raise UnreadableError(_ODD.of(name=name), _BY_HAND)
    return data


def renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    """Give the bytes of a record with some of its fields under other names, in the places they had.

    Raises:
        UnreadableError: the record cannot be read.
    """
    if not names:
        return data
    sheet = opened(data)
    keys = ((sheet.places[name, KEY], new) for name, new in names.items())
    edits = [(sheet.index(one.line, one.column), sheet.index(one.end_line, one.end_column), new) for one, new in keys]
    bom = _BOM if data.startswith(_BOM.encode()) else ""
    return f"{bom}{cut(sheet.text, edits)}".encode()


def _nfc(value: Raw | Tree) -> Raw:
    """Give a value as writers store it."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [_nfc(part) for part in value]
        case dict():
            return {unicodedata.normalize("NFC", key): _nfc(part) for key, part in value.items()}
        case _:
            return None


def _attempts(data: bytes, sheet: Sheet, name: str, value: Raw) -> Iterator[bytes]:
    """Give the ways to write a change, the smallest first."""
    bom = _BOM if data.startswith(_BOM.encode()) else ""
    if name in sheet.tree and value is not None:
        try:
            edits = list(_cuts(sheet, sheet.tree[name], value, (name,)))
        except UncutError:
            edits = []
        yield f"{bom}{cut(sheet.text, edits)}".encode()
    if not sheet.is_flow(()):
        yield f"{bom}{_anew(sheet, name, value)}".encode()


def _cuts(sheet: Sheet, old: Raw, new: Raw, trail: Trail) -> Iterator[Edit]:
    """Give the edits that turn one value into another."""
    field = next((part for part in reversed(trail) if isinstance(part, str)), "")
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _cuts_of_mapping(sheet, old, new, trail)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _cuts_of_list(sheet, old, new, trail)
    elif isinstance(old, dict | list) or (isinstance(new, dict | list) and old is None):
        raise UncutError
    else:
        start, end = sheet.span(trail)
        blank = " " if start == end and sheet.text[start - 1] not in " \t" else ""
        yield start, end, blank + flow(cast("Value", new), field)


def _cuts_of_mapping(sheet: Sheet, old: Tree, new: Tree, trail: Trail) -> Iterator[Edit]:
    if old.keys() - new.keys() or not old:
        yield _rewritten(sheet, new, trail)
        return
    for key in old:
        yield from _cuts(sheet, old[key], new[key], (*trail, key))
    added = [flow({key: cast("Value", new[key])})[1:-1] for key in new if key not in old]
    last = (*trail, list(old)[-1])
    if added and sheet.is_flow(trail):
        at = sheet.span(last)[1]
        yield at, at, "".join(f", {one}" for one in added)
    elif added:
        indentation = " " * (sheet.places[*last, KEY].column - 1)
        yield _after_line(sheet, last, [indentation + one for one in added])


def _rewritten(sheet: Sheet, new: Tree, trail: Trail) -> Edit:
    """Write one mapping in brackets anew where it stands on one line, such as an event: the others keep their bytes."""
    place = sheet.places[trail]
    if len(trail) < 2 or place.line != place.end_line or not sheet.is_flow(trail):
        raise UncutError
    return (*sheet.span(trail), flow(cast("Value", new)))


def _cuts_of_list(sheet: Sheet, old: Sequence[Raw], new: Sequence[Raw], trail: Trail) -> Iterator[Edit]:
    if not old or len(new) < len(old):
        raise UncutError
    for number, part in enumerate(old):
        yield from _cuts(sheet, part, new[number], (*trail, number))
    field = next((part for part in reversed(trail) if isinstance(part, str)), "")
    added = [flow(cast("Value", part), field) for part in new[len(old) :]]
    last = (*trail, len(old) - 1)
    if added and sheet.is_flow(trail):
        at = sheet.span(last)[1]
        yield at, at, "".join(f", {one}" for one in added)
    elif added:
        indentation = " " * (sheet.places[trail].column - 1)
        yield _after_line(sheet, last, [f"{indentation}- {one}" for one in added])


def _after_line(sheet: Sheet, trail: Trail, lines: Sequence[str]) -> Edit:
    """Put lines after the one on which a part ends."""
    end = sheet.span(trail)[1]
    at = sheet.text.find("\n", end)
    crlf = "\r" if "\r\n" in sheet.text else ""
    if at < 0:
        return len(sheet.text), len(sheet.text), "".join(f"{crlf}\n{line}" for line in lines)
    return at + 1, at + 1, "".join(f"{line}{crlf}\n" for line in lines)


def _anew(sheet: Sheet, name: str, value: Raw) -> str:
    """Write one field anew, in its place or where its kind has it; its comments stand above it."""
    blocks, crlf = blocks_of(sheet), "\r" if "\r\n" in sheet.text else ""
    indentation = " " * (sheet.places[()].column - 1)
    lines = [f"{indentation}{line}{crlf}" for line in field_lines(name, cast("Value", value))]
    names = [block.name for block in blocks]
    if name not in names:
        blocks.insert(_position(sheet, names, name), Block(name, [], lines))
        return joined(blocks)
    old = blocks[names.index(name)]
    if len(lines) == len(old.lines) == 1:
        comments, lines = [], [lines[0].rstrip("\r") + _trailing(sheet, old) + crlf]
    else:
        comments = [f"{indentation}{one}{crlf}" for one in _inner_comments(sheet, old)]
    blocks[names.index(name)] = Block(name, [*old.above, *comments], lines)
    return joined(blocks)


def _position(sheet: Sheet, names: Sequence[str], name: str) -> int:
    """Give where a new field goes: behind the nearest field that comes before it in the order of its kind."""
    from hazardctl.model.kinds import BY_NAME

    kind = BY_NAME.get(str(sheet.tree.get("schema") or "").partition("/")[0])
    order = list(kind.model.order()) if kind else []
    last = names.index("history") if "history" in names else len(names) - 1
    before = order[: order.index(name)] if name in order else []
    return next((names.index(one) + 1 for one in reversed(before) if one in names and one != "history"), 0 if before else last)


def _trailing(sheet: Sheet, block: Block) -> str:
    """Give the comment behind a field of one line, with the blanks before it."""
    for number, at in sheet.comments:
        if number == block.first:
            line = block.lines[0].rstrip("\r")
            return line[len(line[:at].rstrip()) :]
    return ""


def _inner_comments(sheet: Sheet, block: Block) -> list[str]:
    within = range(block.first, block.first + len(block.lines))
    return [block.lines[number - block.first].rstrip("\r")[at:] for number, at in sheet.comments if number in within]
