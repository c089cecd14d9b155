"""A record as text that can be cut: where every part stands, which lines belong to which field, where the comments are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.diagnostics import Place, Trail
from hazardctl.model.raw import Tree
from hazardctl.store.build import KEY, Builder
from hazardctl.store.insert import index_of, readable
from hazardctl.store.stream import events

_BOM: Final = "\ufeff"

Edit = tuple[int, int, str]
"""Cut out the characters from the first index to the second and put the text there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record as text with all of its places.

    Attributes:
        text: without byte order mark.
        tree: what it says.
        places: of every part and key.
        comments: (number of the line, index in the line) of every comment.
    """

    text: str
    tree: Tree
    places: Mapping[Trail, Place]
    comments: tuple[tuple[int, int], ...]

    def index(self, line: int, column: int) -> int:
        """Give the index of a place in the text; a block of text without a last line end ends on a line that is not there."""
        return index_of(self.text, line, column)

    def span(self, trail: Trail) -> tuple[int, int]:
        """Give the indexes of a value; a block of text ends before its last line end."""
        place = self.places[trail]
        start, end = self.index(place.line, place.column), self.index(place.end_line, place.end_column)
        if place.end_column == 1 and end > start and self.text[end - 1] == "\n":
            end -= 2 if self.text[end - 2] == "\r" else 1
        return start, end

    def is_flow(self, trail: Trail) -> bool:
        """Say whether a list or mapping is written in brackets."""
        return self.text[self.index(self.places[trail].line, self.places[trail].column)] in "[{"


def opened(data: bytes) -> Sheet:
    """Read a record for editing.

    Raises:
        UnreadableError: it cannot be read; no verb writes to it.
    """
    tree = readable(data)
    text = data.decode("utf-8").removeprefix(_BOM)
    builder = Builder(text, events(text), places=True)
    builder.record()
    return Sheet(text, tree, builder.places or {}, tuple((number, at) for number, at, _ in builder.comments()))


def cut(text: str, edits: Iterable[Edit]) -> str:
    """Make edits in a text; they do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one field, and the comments above it; the last block of a file is nameless and holds its tail."""

    name: str
    above: list[str]
    lines: list[str]
    first: int = 0


def joined(blocks: Iterable[Block]) -> str:
    """Give the text of blocks."""
    return "\n".join(line for block in blocks for line in (*block.above, *block.lines))


def blocks_of(sheet: Sheet) -> list[Block]:
    """Cut a record in block style into its fields; joined by line ends they are the text again."""
    lines = sheet.text.split("\n")
    top = sheet.places[()].column
    done = 0
    blocks: list[Block] = []
    for name in sheet.tree:
        first = sheet.places[name, KEY].line
        start, end = sheet.span((name,))
        last = max(first, sheet.text.count("\n", 0, max(start, end)) + 1)
        while last < len(lines) and _hangs_on(lines[last], top):
            last += 1
        blocks.append(Block(name, lines[done : first - 1], lines[first - 1 : last], first))
        done = last
    return [*blocks, Block("", lines[done:], [])]


def _hangs_on(line: str, top: int) -> bool:
    """Say whether a comment line belongs to the field above it: it is indented deeper than the fields are."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) >= top
