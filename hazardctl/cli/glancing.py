"""`hazardctl` alone: how the ledger stands, and three next commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.glance import Glance

STANDS: Final = Text(
    "{name}   截至 {day}   未整改 {open}（逾期 {overdue}，其中重大 {majors}）   待复查 {waiting}   待销号 {verified}   "
    "{soon_days} 天内到期 {soon}",
    "{name}   as of {day}   open {open} (overdue {overdue}, of these major {majors})   to verify {waiting}   to close {verified}   "
    "due within {soon_days} days {soon}",
)
UNREAD: Final = Text(
    "有 {n} 个文件读不出来，未计入以上各数：hazardctl validate",
    "{n} files could not be read and are in none of these figures: hazardctl validate",
)
NEXT: Final = (
    Text("hazardctl overdue            看逾期", "hazardctl overdue            what is overdue"),
    Text("hazardctl list is:to-verify  看待复查", "hazardctl list is:to-verify  what waits to be verified"),
    Text("hazardctl add                登记隐患", "hazardctl add                register a hazard"),
)


def glance(context: typer.Context) -> int:
    """Print one line on the ledger; 1 when files could not be read."""
    from hazardctl.ops.glance import glance as look

    door = doors.of(context)
    seen = look(door.context())
    door.say(STANDS.of(**_values(seen)))
    if seen.unread:
        door.tell(UNREAD.of(n=seen.unread))
    head = doors.NEXT.say(door.language)
    for position, text in enumerate(NEXT):
        doors.echo(f"{head if position == 0 else ' ' * (6 if door.language == 'zh' else 4)}  {text.say(door.language)}")
    return FINDINGS if seen.unread else FINE


def _values(seen: Glance) -> dict[str, object]:
    return {name: getattr(seen, name) for name in seen.__dataclass_fields__}
