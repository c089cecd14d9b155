"""Findings for a person: code and message, where, the lines with carets, why, how to mend it (EXPERIENCE §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from hazardctl.diagnostics import Diagnostic, Place, Review, Severity
from hazardctl.language import Language, Text
from hazardctl.render.findings.summary import summary
from hazardctl.render.page import Page
from hazardctl.render.paint import Paint, painter
from hazardctl.render.terminal import clean
from hazardctl.render.width import width

BECAUSE: Final = Text("依据: {it}", "because: {it}")
REPAIR: Final = Text("修改: {it}", "repair: {it}")
MORE: Final = Text("详情: hazardctl explain {it}", "more: hazardctl explain {it}")
TONE: Final = {Severity.ERROR: "alarm", Severity.WARNING: "warn", Severity.INFO: "dim"}
CUT: Final = "..."
GUTTER: Final = 2
"""Fewest columns of the line numbers."""
LEAST: Final = 20
"""Columns of an excerpt on the narrowest page."""


def rendered(review: Review, page: Page) -> str:
    """Give a block a finding, with an empty line between them, and the summary."""
    paint = painter(colour=page.colour)
    blocks = ["\n".join(_block(one, page, paint)) for one in review.diagnostics]
    return "\n\n".join([*blocks, summary(review, kinds=True).say(page.language)]) + "\n"


def _block(one: Diagnostic, page: Page, paint: Paint) -> Iterator[str]:
    say = page.language
    gutter = max(GUTTER, len(str(one.excerpt[-1][0]))) if one.excerpt else GUTTER
    head = clean((one.title or one.message).say(say))
    yield f"{paint(f'{one.severity}[{one.code}]', TONE[one.severity])}: {paint(head, 'title')}"
    yield f"{' ' * gutter}--> {clean(one.path)}:{one.place.line}:{one.place.column}"
    if one.excerpt:
        yield f"{' ' * gutter} |"
        yield from _excerpt(one, page, paint, gutter)
    yield from (f"{' ' * gutter} = {line}" for line in _lines(one, say))


def _excerpt(one: Diagnostic, page: Page, paint: Paint, gutter: int) -> Iterator[str]:
    room = max(page.width - gutter - 3, LEAST)
    for number, text in one.excerpt:
        if number != one.place.line:
            yield f"{number:>{gutter}} | {_cut(clean(text[: room + 1]), room)}".rstrip()
            continue
        shown, before, marked = _marked(text, one.place, room)
        label = f" {clean(one.message.say(page.language))}" if one.title else ""
        yield f"{number:>{gutter}} | {shown}".rstrip()
        yield f"{' ' * gutter} | {' ' * before}{paint('^' * marked + label, TONE[one.severity])}"


def _marked(text: str, place: Place, room: int) -> tuple[str, int, int]:
    """Give the line as it fits the page, the columns before the part meant, and the columns of that part."""
    start = place.column - 1
    stop = place.end_column - 1 if place.end_line == place.line and place.end_column > place.column else len(text)
    stop = stop if place.end_line else start + 1
    # A line may be a megabyte long: what cannot reach the page is not looked at.
    left = max(start - 2 * room, 0)
    before, part, after = (clean(piece) for piece in (text[left:start], text[start:stop][: room + 1], text[stop : stop + room + 1]))
    if left or width(before) + width(part) > room:
        before = _tail(before, max(room - width(part), room // 2))
    part = _cut(part, room - width(before))
    return _cut(before + part + after, room), width(before), max(width(part.rstrip()), 1)


def _cut(text: str, room: int) -> str:
    """Give the beginning of a text that is wider than there is room for."""
    return text if width(text) <= room else text[: _fitting(text, room)] + CUT


def _tail(text: str, room: int) -> str:
    """Give the end of a text that is wider than there is room for."""
    return text if width(text) <= room else CUT + text[len(text) - _fitting(reversed(text), room) :]


def _fitting(characters: Iterable[str], room: int) -> int:
    """Count the characters that fit beside the mark of a cut."""
    return sum(taken <= room - len(CUT) for taken in accumulate(map(width, characters)))


def _lines(one: Diagnostic, say: Language) -> Iterator[str]:
    texts = [*one.notes]
    texts += [BECAUSE.of(it=one.because)] if one.because else []
    texts += [REPAIR.of(it=one.repair)] if one.repair else []
    texts += [MORE.of(it=one.code)] if one.code.startswith("HZ") else []  # the rules of a house have no page
    yield from (clean(text.say(say)) for text in texts)
