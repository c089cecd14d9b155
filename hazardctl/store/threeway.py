"""Three versions of one record made one, by what its parts mean: facts one by one, events as a set (RELIABILITY §4.3, G10).

Nothing is dropped. A fact that one side changed takes that value; lists that both sides only added to hold what both added;
the events of both sides stand in the order of their days. What cannot be decided is a `Dispute`: it is left between conflict
markers, and nobody reads past those; or a person says whose side counts, and what loses stays as a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

from hazardctl.diagnostics import Trail
from hazardctl.model.raw import Raw
from hazardctl.store.blocks import Block, Sheet, blocks_of, opened
from hazardctl.store.emit import field_lines, flow

Side = Literal["ours", "theirs"]
OURS: Final = "<<<<<<< ours"
MIDDLE: Final = "======="
THEIRS: Final = ">>>>>>> theirs"
LOST: Final = "# hazardctl resolve: "
HISTORY: Final = "history"


@dataclass(frozen=True, slots=True)
class Line:
    """An event of the history.

    Attributes:
        event: what it says.
        text: its line, or lines, as they were written, comments above it included.
        side: who added it; empty for what both sides have.
    """

    event: Raw
    text: tuple[str, ...]
    side: str = ""

    @property
    def day(self) -> str:
        """Give its day as written; days in ISO form sort as text."""
        return str(self.event.get("date", "")) if isinstance(self.event, dict) else ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A part that both sides changed in ways that do not go together.

    Attributes:
        trail: the part: a fact, or `history`.
        base: its value at the common ancestor.
        ours: on this side; `theirs` on the other; None for what was taken away.
    """

    trail: Trail
    base: Raw
    ours: Raw
    theirs: Raw


@dataclass(frozen=True, slots=True)
class Joined:
    """A record of two.

    Attributes:
        facts: name → lines of the field as they will stand, in the order of the file.
        history: the events in their order.
        head: the line that opens the history.
        tail: what follows the last field.
        disputes: the facts that could not be decided.
        rivals: name of a disputed fact → the lines of the other side.
        took: (name, side) of each fact that only one side changed.
        contested: positions in `history` of old lines that one side took away or that both rewrote.
    """

    facts: Mapping[str, tuple[str, ...]]
    history: tuple[Line, ...]
    head: tuple[str, ...]
    tail: tuple[str, ...]
    disputes: tuple[Dispute, ...] = ()
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    took: tuple[tuple[str, str], ...] = ()
    contested: frozenset[int] = frozenset()


def joined(base: bytes, ours: bytes, theirs: bytes) -> Joined:
    """Put three versions of a record together; of two that were added apart, `base` is empty.

    Raises:
        UnreadableError: one of them cannot be read.
    """
    sheets = [opened(data) if data else None for data in (base, ours, theirs)]
    old = sheets[0].tree if sheets[0] else {}
    mine, other = cast("Sheet", sheets[1]), cast("Sheet", sheets[2])
    own, foreign = ({block.name: block for block in blocks_of(one)} for one in (mine, other))
    names = _order(list(mine.tree), list(other.tree))
    facts: dict[str, tuple[str, ...]] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    disputes: list[Dispute] = []
    took: list[tuple[str, str]] = []
    for name in names:
        if name == HISTORY:
            continue
        was, here, there = old.get(name), mine.tree.get(name), other.tree.get(name)
        value, settled = _three(was, here, there)
        if value == here and name in own:
            facts[name] = _lines(own[name])
        elif value == there and name in foreign:
            facts[name] = _lines(foreign[name])
        elif value is not None:
            facts[name] = tuple(field_lines(name, cast("dict[str, Raw]", value)))
        if not settled:
            disputes.append(Dispute((name,), was, here, there))
            facts.setdefault(name, ())
            rivals[name] = _lines(foreign[name]) if name in foreign else ()
        elif here != there:
            took.append((name, "ours" if value == here else "theirs" if value == there else ""))
    events, more, contested = _events(sheets[0], mine, other)
    head = own.get(HISTORY) or foreign.get(HISTORY)
    opening = (*head.above, f"{HISTORY}:") if head else ()
    return Joined(facts, tuple(events), opening, tuple(own[""].above), (*disputes, *more), rivals, tuple(took), contested)


def _order(mine: list[str], other: list[str]) -> list[str]:
    """Give the names of both in the order of ours; a name of theirs alone stands behind the one before it there."""
    names = list(mine)
    for place, name in enumerate(other):
        if name not in names:
            before = next((one for one in reversed(other[:place]) if one in names), None)
            names.insert(names.index(before) + 1 if before else 0, name)
    return names


def _lines(block: Block) -> tuple[str, ...]:
    return (*block.above, *block.lines)


def _three(was: Raw, here: Raw, there: Raw) -> tuple[Raw, bool]:
    """Give the value of three, and whether it could be decided; ours where it could not."""
    if there in (here, was):
        return here, True
    if here == was:
        return there, True
    if isinstance(here, list) and isinstance(there, list):
        kept = was if isinstance(was, list) else []
        if all(one in here and one in there for one in kept):
            return [*here, *(one for one in there if one not in here)], True
    if isinstance(here, dict) and isinstance(there, dict):
        old = was if isinstance(was, dict) else {}
        parts = {name: _three(old.get(name), here.get(name), there.get(name)) for name in _order(list(here), list(there))}
        if all(settled for _, settled in parts.values()):
            return {name: value for name, (value, _) in parts.items() if value is not None}, True
    return here, False


# --------------------------------------------------------------------------------------------------------------- history


def _events(base: Sheet | None, mine: Sheet, other: Sheet) -> tuple[list[Line], list[Dispute], frozenset[int]]:
    """Unite the events: those both had, each as the side that changed it says, then what each side added, by day."""
    old, own, foreign = (_history(one) if one else [] for one in (base, mine, other))
    known = [line.event for line in old]
    disputes: list[Dispute] = []
    lines: list[Line] = []
    contested: set[int] = set()
    for place, line in enumerate(old):
        here, there = _kept(line, place, own, known), _kept(line, place, foreign, known)
        value, settled = _three(line.event, here.event if here else None, there.event if there else None)
        if settled and value is not None:
            lines.append(next((one for one in (here, there) if one and one.event == value), line))
            continue
        # an old line is gone, or both sides rewrote it: nobody but a person decides that
        disputes.append(Dispute((HISTORY, place), line.event, here.event if here else None, there.event if there else None))
        sides = [replace(one, side=side) for one, side in ((here, "ours"), (there, "theirs")) if one]
        contested |= set(range(len(lines), len(lines) + max(len(sides), 1)))
        lines += sides or [line]
    taken = [*known, *(line.event for line in lines)]
    here_new, there_new = ([line for line in side if line.event not in taken] for side in (own, foreign))
    both = [line.event for line in here_new if line.event in [one.event for one in there_new]]
    new = [replace(line, side="" if line.event in both else "ours") for line in here_new]
    new += [replace(line, side="theirs") for line in there_new if line.event not in both]
    return [*lines, *sorted(new, key=lambda line: line.day)], disputes, frozenset(contested)


def _kept(line: Line, place: int, side: Sequence[Line], known: Sequence[Raw]) -> Line | None:
    """Find an old line on one side: as it was, or edited in its place."""
    found = next((one for one in side if one.event == line.event), None)
    if found is None and place < len(side) and side[place].event not in known:
        return side[place]
    return found


def _history(sheet: Sheet) -> list[Line]:
    """Give the events of a record with the lines they stand on."""
    history = sheet.tree.get(HISTORY)
    if not isinstance(history, list):
        return []
    if sheet.is_flow((HISTORY,)):
        return [Line(event, (f"  - {flow(cast('dict[str, Raw]', event))}",)) for event in history]
    text = sheet.text.split("\n")
    found: list[Line] = []
    done = sheet.places[(HISTORY, 0)].line - 1
    for place, event in enumerate(history):
        start, end = sheet.span((HISTORY, place))
        last = sheet.text.count("\n", 0, max(start, end)) + 1
        lines = tuple(line.rstrip("\r") for line in text[done:last])
        indent = len(lines[-1]) - len(lines[-1].lstrip(" "))
        found.append(Line(event, tuple(_placed(line, indent) for line in lines)))
        done = last
    return found


def _placed(line: str, indent: int) -> str:
    """Give a line the two spaces that the history of a record has."""
    return "  " + line[indent:] if line[:indent].strip() == "" and len(line) > indent else line


# ------------------------------------------------------------------------------------------------------------------ text


def text_of(one: Joined, contested: Iterable[int] = (), prefer: Side | None = None) -> bytes:
    """Write the record.

    Args:
        one: what was put together.
        contested: positions in `history` that do not go together, beside those the text itself shows.
        prefer: whose side counts where something is in dispute; what loses stays as a comment. Without it what is in dispute
            stands between conflict markers, and the record cannot be read until a person has decided.
    """
    lines: list[str] = []
    for name, mine in one.facts.items():
        if name not in one.rivals:
            lines += mine
        else:
            lines += _chosen(mine, one.rivals[name], prefer, lambda line: f"{LOST}{line}")
    lines += one.head
    lines += _history_lines(one, one.contested.union(contested), prefer)
    lines += one.tail
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _chosen(mine: Sequence[str], other: Sequence[str], prefer: Side | None, comment: Callable[[str], str]) -> Iterator[str]:
    if prefer is None:
        yield from (OURS, *mine, MIDDLE, *other, THEIRS)
        return
    yield from mine if prefer == "ours" else other
    yield from (comment(line) for line in (other if prefer == "ours" else mine))


def _history_lines(one: Joined, contested: Collection[int], prefer: Side | None) -> Iterator[str]:
    """Write the events; those of one side that do not go together with the other's are marked, or one side is a comment."""
    fighting = [place for place in range(len(one.history)) if place in contested]
    rows = [list(line.text) for line in one.history]
    if not fighting:
        yield from (line for row in rows for line in row)
        return
    if prefer is not None:
        for place, row in enumerate(rows):
            loses = place in contested and one.history[place].side not in {"", prefer}
            yield from (f"  {LOST}{line.strip()}" for line in row) if loses else row
        return
    first, last = fighting[0], fighting[-1]
    yield from (line for row in rows[:first] for line in row)
    within = range(first, last + 1)
    yield OURS
    yield from (line for place in within if one.history[place].side != "theirs" for line in rows[place])
    yield MIDDLE
    yield from (line for place in within if one.history[place].side != "ours" for line in rows[place])
    yield THEIRS
    yield from (line for row in rows[last + 1 :] for line in row)


MARKERS: Final = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def has_markers(data: bytes) -> bool:
    """Say whether a file holds the markers of a conflict."""
    return MARKERS.search(data) is not None
