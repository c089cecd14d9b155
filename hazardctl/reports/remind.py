"""What to chase, by the person who answers for it: the overdue first, then what falls due soonest; for a chat and for a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.answers import Late
from hazardctl.reports.frame import Frame, column, word
from hazardctl.reports.overdue import data as listed
from hazardctl.sheet import Block, Cell, Column, Day, Heading, Line, Sheet, Table, Value

TITLE: Final = Text(
    "整改提醒（截至 {day}）：逾期 {late} 项，{within} 天内到期 {soon} 项",
    "To chase on {day}: overdue {late}, due within {within} days {soon}",
)
NOBODY: Final = Text("未定责任人", "nobody named")
PERSON: Final = Text("{person}（{unit}）", "{person} ({unit})")
CALLED: Final = Text("{person}（{unit}，{phone}）", "{person} ({unit}, {phone})")
PHONE: Final = Text("电话", "phone")
ONE: Final = Text("{place}. {major}{hazard}：{when}（{id}）", "{place}. {major}{hazard}: {when} ({id})")
MAJOR: Final = Text("【{grade}】", "[{grade}] ")
LATE: Final = Text("期限 {due}，已逾期 {n} 天", "due {due}, {n} days late")
TODAY: Final = Text("今天（{due}）到期", "due today ({due})")
SOON: Final = Text("{due} 到期，还有 {n} 天", "due {due}, {n} days left")
ASK: Final = Text(
    "改完请报整改情况和照片；确有困难的，到期前提出延期。",
    "Please report what was done, with photographs; ask for an extension before the day if you must.",
)
LEFT: Final = Text("还剩天数", "days left")
EVENT: Final = Text("整改到期：{unit} {hazard}", "due: {unit}, {hazard}")
EVENT_LATE: Final = Text("逾期 {n} 天：{unit} {hazard}", "{n} days late: {unit}, {hazard}")
CALENDAR: Final = Text("写成日历", "as a calendar")
CHAT: Final = Text("发到群里的短文", "for a chat")


@dataclass(frozen=True, slots=True)
class Chased:
    """What to chase: overdue, and due within so many days, the soonest first."""

    late: Sequence[Late]
    soon: Sequence[Late]
    within: int

    @property
    def by_person(self) -> Mapping[tuple[str, str], list[Late]]:
        """Give the hazards of each person at each unit, whoever is pressed most first."""
        found: dict[tuple[str, str], list[Late]] = {}
        for one in (*self.late, *self.soon):
            found.setdefault((one.person, one.unit), []).append(one)
        return found


def remind(frame: Frame, chased: Chased) -> Sheet:
    """Lay it out."""
    title = TITLE.of(day=frame.as_of, late=len(chased.late), soon=len(chased.soon), within=chased.within)
    blocks = tuple(_blocks(frame, chased))
    lines = [block.text for block in blocks if isinstance(block, Heading | Line)]
    unread = frames.limits(frame)
    return Sheet(
        name="remind",
        title=title,
        blocks=blocks,
        foot=frames.foot(frame),
        data=_data(frame, chased),
        main="remind",
        hints=(("hazardctl remind -o due.ics", CALENDAR), ("hazardctl remind --format wechat", CHAT)),
        stamp=frames.stamp(frame),
        brief=(title, *lines, *unread),
        days=tuple(_days(frame, chased)),
    )


def _blocks(frame: Frame, chased: Chased) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for (person, unit), found in chased.by_person.items():
        number = next((one.phone for one in found if one.phone), "")
        yield Heading((CALLED if number else PERSON).of(person=person or NOBODY, unit=unit, phone=number))
        for place, one in enumerate(found, 1):
            yield Line(_one(frame, one, place))
            rows.append((person, unit, one.id, one.hazard, word("grades", one.grade), one.due, _left(frame, one), one.phone))
    if rows:
        yield Line(ASK)
    columns: tuple[Column, ...] = (
        column("person", data=True), column("responsible", data=True), column("id", data=True), column("hazard", data=True),
        column("grade", data=True), column("due", data=True), Column("days_left", LEFT, "right", data=True),
    )  # fmt: skip
    if any(one.phone for one in (*chased.late, *chased.soon)):
        columns = (*columns, Column("phone", PHONE, data=True))
    yield Table("remind", columns, tuple(row[: len(columns)] for row in rows))


def _left(frame: Frame, one: Late) -> int:
    """Give the days left; below 0 they are days late."""
    return (one.due - frame.as_of).days if one.due else 0


def _one(frame: Frame, one: Late, place: int) -> Text:
    left = _left(frame, one)
    when = (LATE if left < 0 else SOON if left else TODAY).of(due=one.due, n=abs(left))
    major = MAJOR.of(grade=word("grades", one.grade)) if one.grade == "major" else plain("")
    return ONE.of(place=place, major=major, hazard=one.hazard, when=when, id=one.id)


def _days(frame: Frame, chased: Chased) -> Iterator[Day]:
    """Give each hazard its due day; one that is overdue stands on the as-of day, since nobody looks back in a calendar."""
    for one in (*chased.late, *chased.soon):
        left = _left(frame, one)
        form = EVENT_LATE if left < 0 else EVENT
        said = Text("{id}\n{unit} {person}\n{hazard}", "{id}\n{unit} {person}\n{hazard}")
        text = said.of(id=one.id, unit=one.unit, person=one.person or NOBODY, hazard=one.hazard)
        yield Day(one.id, max(one.due or frame.as_of, frame.as_of), form.of(n=abs(left), unit=one.unit, hazard=one.hazard), text)


def _data(frame: Frame, chased: Chased) -> dict[str, Value]:
    people = [
        {
            "person": person or None,
            "unit": unit,
            "hazards": [{"id": one.id, "due": one.due, "days_left": _left(frame, one)} for one in found],
        }
        for (person, unit), found in chased.by_person.items()
    ]
    lists: dict[str, Value] = {"overdue": listed(chased.late), "due_soon": listed(chased.soon), "days": chased.within}
    return {**frames.stated(frame), **lists, "people": people, **frames.unread(frame)}
