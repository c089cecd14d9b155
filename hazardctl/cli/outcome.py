"""What a writing command says: a line a record on stdout, warnings and the next step on stderr (EXPERIENCE §2.3)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hazardctl.cli import door as doors
from hazardctl.cli.door import Door
from hazardctl.history import Span
from hazardctl.language import Text
from hazardctl.model import events as ev
from hazardctl.ops.acting import Done, Result
from hazardctl.ops.drafting import Asked
from hazardctl.ops.lookup import quoted, short
from hazardctl.ops.without_cycle import told as told_of
from hazardctl.vocabulary import GRADES, STATES

LINE: Final = Text("{id}  {state}{parts}", "{id}  {state}{parts}")
MOVED: Final = Text("{was} -> {now}", "{was} -> {now}")
DUE: Final = Text("期限 {due}", "due {due}")
PUT_OFF: Final = Text("期限 {was} -> {now}（第 {n} 次延期）", "due {was} -> {now} (extension {n})")
ASKED: Final = Text("申请延至 {now}（期限仍为 {was}）", "asks for {now} (due {was} as before)")
REFUSED: Final = Text("不批准延至 {now}（期限仍为 {was}）", "{now} refused (due {was} as before)")
GRADED: Final = Text("{was} -> {now}", "{was} -> {now}")
WOULD: Final = Text("将写入 {path}（试运行，未写入）", "would write {path} (dry run, nothing written)")
COMMITTED: Final = Text("已提交 {commit}", "committed {commit}")
WARNING: Final = Text("注意  {it}", "note  {it}")


def told(door: Door, asked: Asked, result: Result, root: Path) -> None:
    """Print what an act did, or would do."""
    for one in result.done:
        door.tell(*(WARNING.of(it=warning) for warning in one.warnings))
    for one in result.done:
        door.say(line(one))
        if asked.dry_run:
            door.say(WOULD.of(path=place(root, one.path)))
            lined(one.diff)
    committed(door, result.commit)
    if result.done and not asked.dry_run:
        door.hint(*following(result.done[0]))


def committed(door: Door, commit: str) -> None:
    """Say which commit was made, if one was."""
    if commit:
        door.tell(COMMITTED.of(commit=commit[:9]))


def place(root: Path, path: str) -> str:
    """Give the path of a record as it is seen from here: below this folder, else from the root of the file system."""
    full = root / path
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(full)


def lined(text: str) -> None:
    """Print a diff: its lines stay lines, the data in them is made harmless."""
    for part in text.splitlines():
        doors.echo(part.expandtabs(4), to=sys.stdout)


def line(one: Done) -> Text:
    """Give the line of a record: id, state before and after, who, deadline."""
    state = _moved(*one.spans) if one.spans else told_of(one)
    parts = list(_parts(one))
    slots = "".join(f"   {{p{number}}}" for number in range(len(parts)))
    tail = Text(slots, slots).of(**{f"p{number}": part for number, part in enumerate(parts)})
    return LINE.of(id=short(one.id), state=state, parts=tail)


def _moved(before: Span, after: Span) -> Text:
    was, now = (STATES[span.state].label for span in (before, after))
    return MOVED.of(was=was, now=now) if before.state != after.state else now


def _parts(one: Done) -> Iterator[Text]:
    yield one.who
    if one.spans is None:
        return
    event, (before, after) = one.event, one.spans
    match event:
        case ev.Extended(decision="granted"):
            yield PUT_OFF.of(was=before.due, now=after.due, n=after.extensions)
        case ev.Extended():
            yield (ASKED if event.decision == "requested" else REFUSED).of(was=before.due, now=event.due)
        case ev.Regraded():
            yield GRADED.of(was=GRADES[before.grade].label, now=GRADES[after.grade].label)
        case _ if after.open and after.due:
            yield DUE.of(due=after.due)
        case _:
            return


def following(one: Done) -> list[Text]:
    """Name the likely next command after an act."""
    record = short(one.id)
    command = _next(one.after, record) if one.spans else ""
    return [Text(command, command)] if command else []


def _next(after: Span, record: str) -> str:
    match after.state:
        case "registered":
            return f"hazardctl assign {record} --to {quoted(after.owner) or 'UNIT'}"
        case "assigned" | "rectifying":
            return f"hazardctl rectify {record} -m … --photo …"
        case "rectified":
            return f"hazardctl verify {record} --pass --by …"
        case "verified":
            return f"hazardctl close {record} --by …"
        case _:
            return f"hazardctl release {record} --number …" if after.listed else ""
