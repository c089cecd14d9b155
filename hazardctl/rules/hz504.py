"""HZ504: fewer people than teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.inspection import Inspection
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups
from hazardctl.rules.registry import Fault, rule

PAIRS: Final = (
    ("inspections.person_times", "inspections.teams"),
    ("teams.members", "teams.count"),
    ("drills.attendees", "drills.teams"),
)
FEWER: Final = Text("{people} 人次，{teams} 个组", "{people} people, {teams} teams")


def _outing(entry: Entry[Record], _: Setting) -> Iterable[tuple[str, list[Any]]]:
    """Give the campaigns of an outing, with the team, how many went, and whether that is certain."""
    outing = entry.record
    if isinstance(outing, Inspection):
        sure = bool(outing.inspectors or outing.people is not None) and "people" not in outing.approx
        yield from ((campaign, [outing.team, outing.person_times, sure]) for campaign in outing.campaign)


@rule(
    "HZ504",
    scope="ledger",
    brief=_outing,
    since="0.1",
    title=Text("人次少于组数", "fewer people than teams"),
    why=Text("一个组至少有一个人", "a team is one person at least"),
    repair=Text("对照原文改正；人次要逐次相加", "correct it from the source; person-times add up over the outings"),
)
def persons_under_teams(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """There are as many people as teams at least: inspectors, members of teams, those who took part in drills (DOMAIN §4.7 E30).

    The outings of each campaign are added up too, where every one of them says how many went.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: inspections.teams, value: 11}
          - {measure: inspections.person_times, value: 8}  # HZ504
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: inspections.teams, value: 11}
          - {measure: inspections.person_times, value: 18}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for said in groups(setting.figures.stated).values():
        for people, teams in PAIRS:
            one, other = said.get(people), said.get(teams)
            if one is not None and other is not None and one.most is not None and one.most < other.least:
                yield one.entry, Fault(FEWER.of(people=one.number, teams=other.number), one.trail)
    yield from _outings(setting)


def _outings(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Add up the outings of each campaign; the finding stands at the campaign."""
    for campaign, group in setting.briefs.groups("HZ504"):
        found: list[tuple[str, int, bool]] = [one.said for one in group if one.id not in setting.ended]
        teams = {team for team, _, _ in found if team}
        people = sum(n for _, n, _ in found)
        if all(sure for *_, sure in found) and people < len(teams) and campaign in setting.ledger.by_id:
            yield setting.ledger.by_id[campaign], Fault(FEWER.of(people=people, teams=len(teams)), ("id",))
