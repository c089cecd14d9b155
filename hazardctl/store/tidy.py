"""A record in canonical order and spelling: for `fmt` alone. Comments stay, facts are untouched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, cast

from hazardctl.diagnostics import Trail
from hazardctl.model.raw import Raw
from hazardctl.store.blocks import Block, Sheet, blocks_of, cut, joined, opened
from hazardctl.store.build import KEY
from hazardctl.store.emit import TYPED, Value, flow, record_text, typed_fields
from hazardctl.store.reader import parse

_BOM: Final = "\ufeff"
_MARK: Final = re.compile(r"(?:---|\.\.\.)(?=\s|$)[ \t]*")


def canonical(data: bytes, order: Iterable[str]) -> bytes:
    """Give a record as `fmt` writes it; the same record, the same comments.

    UTF-8 without byte order mark, LF; the fields in the order of their kind, others behind them, `history` last and one event
    a line; days and numbers without quotes in their fields; no document marks, no blanks at the ends of lines.

    Args:
        data: the record as read.
        order: the fields of its kind.

    A step that would change a fact or lose a comment is left out: some blocks of text end in blank lines that count.

    Raises:
        UnreadableError: the record cannot be read.
    """
    text = data.decode("utf-8", "replace").removeprefix(_BOM).replace("\r\n", "\n")
    sheet = opened(text.encode() if parse(data, places=False).tree is not None else data)
    for step in (_block_style, _ordered, _one_event_a_line, _respelled, _trimmed):
        sheet = _again(sheet, step(sheet, list(order)))
    return sheet.text.encode()


def _again(sheet: Sheet, text: str) -> Sheet:
    """Read the text a step made; if it is not the same record with the same comments, stay with the one before."""
    if parse(text.encode(), places=False).tree != sheet.tree:
        return sheet
    after = opened(text.encode())
    return after if len(after.comments) == len(sheet.comments) else sheet


def _trimmed(sheet: Sheet, _: Sequence[str]) -> str:
    return sheet.text.strip("\n") + "\n"


def _block_style(sheet: Sheet, order: Sequence[str]) -> str:
    """Write a record in brackets as one field a line, its comments above it."""
    if not sheet.is_flow(()) or not sheet.tree:
        return sheet.text
    lines = sheet.text.split("\n")
    comments = [lines[number - 1][at:] for number, at in sheet.comments]
    return "".join(f"{line}\n" for line in comments) + record_text(cast("dict[str, Value]", sheet.tree), order, exact=True)


def _ordered(sheet: Sheet, order: Sequence[str]) -> str:
    """Put the fields in order, each with the comments above it; what stands above the first one is the head of the file."""
    *blocks, tail = blocks_of(sheet)
    if not blocks:
        return sheet.text
    head, first = blocks[0].above, blocks[0]
    blocks[0] = Block(first.name, [], first.lines, first.first)
    rank = {name: number for number, name in enumerate(order)}
    ordered = sorted(blocks, key=lambda block: (block.name == "history", rank.get(block.name, len(rank))))
    top = sheet.places[()].column - 1
    moved = [Block(one.name, list(_stripped(one.above)), _outdented(one.lines, top)) for one in ordered]
    return joined([Block("", list(_stripped(head)), []), *moved, Block("", list(_stripped(tail.above)), [])])


def _stripped(lines: Iterable[str]) -> Iterator[str]:
    """Give lines between fields without document marks and blanks around them: an indented comment would be taken for text of a field."""
    for line in lines:
        mark = _MARK.match(line)
        rest = line[mark.end() :].strip() if mark else line.strip()
        if rest or not mark:
            yield rest


def _outdented(lines: Sequence[str], top: int) -> list[str]:
    out = [line[top:] if not line[:top].strip() else line for line in lines]
    return [out[0].rstrip()] if len(out) == 1 else out


def _one_event_a_line(sheet: Sheet, _: Sequence[str]) -> str:
    """Write the history as one flow mapping a line; lines that are so already keep their text."""
    history = sheet.tree.get("history")
    if not isinstance(history, list) or not history or not all(isinstance(event, dict) for event in history):
        return sheet.text
    blocks = blocks_of(sheet)
    at = next(number for number, block in enumerate(blocks) if block.name == "history")
    blocks[at] = Block("history", blocks[at].above, list(_history_lines(sheet, history, blocks[at])))
    return joined(blocks)


def _history_lines(sheet: Sheet, history: Sequence[Raw], block: Block) -> Iterator[str]:
    lines, comments = sheet.text.split("\n"), dict(sheet.comments)
    key = sheet.places["history", KEY].line
    first = sheet.places["history", 0].line
    yield "history:" + (f"  {lines[key - 1][comments.pop(key) :]}" if key in comments and key < first else "")
    done = min(key, first - 1)
    for number, event in enumerate(history):
        place = sheet.places["history", number]
        last = sheet.text.count("\n", 0, sheet.span(("history", number))[1]) + 1
        sound = place.line == last > done and sheet.is_flow(("history", number)) and not sheet.is_flow(("history",))
        shown = range(done + 1, place.line if sound else last + 1)
        yield from (f"  {lines[line - 1][comments.pop(line) :]}" for line in shown if line in comments)
        if sound:
            comments.pop(last, None)  # it stays on its line
        yield "  - " + (lines[last - 1][place.column - 1 :].rstrip() if sound else flow(cast("Value", event), exact=True))
        done = last
    after = range(done, block.first + len(block.lines))
    yield from (f"  {lines[line - 1][comments[line] :]}" for line in after if line in comments)


def _respelled(sheet: Sheet, _: Sequence[str]) -> str:
    """Take the quotes off days, numbers and true/false in the fields of those types."""
    edits = [(*sheet.span(trail), value) for trail, value in typed_texts(sheet.tree, ())]
    return cut(sheet.text, (edit for edit in edits if sheet.text[edit[0]] in "\"'"))


def typed_texts(value: Raw, trail: Trail, field: str = "") -> Iterator[tuple[Trail, str]]:
    """Give the place and the text of each day, number and true/false in a field of that type: quotes around it are not needed."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from typed_texts(part, (*trail, key), key)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from typed_texts(part, (*trail, number), field)
    elif value is not None and field in typed_fields() and TYPED.fullmatch(value):
        yield trail, value
