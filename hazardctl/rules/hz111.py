"""HZ111: links that run in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.events import Withdrawn
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

Trail = tuple[str | int, ...]


def _named(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, tuple[list[str | int], str]]]:
    """Give the links of a record by their relation: where it stands, and what it names."""
    record = entry.record
    if isinstance(record, Hazard):
        if record.split_from:
            yield "split_from", (["split_from"], record.split_from)
        if record.recurrence_of:
            yield "recurrence_of", (["recurrence_of"], record.recurrence_of)
        for position, act in enumerate(record.history):
            if isinstance(act, Withdrawn) and act.of:
                yield "of", (["history", position, "of"], act.of)
    elif isinstance(record, Unit) and record.parent:
        yield "parent", (["parent"], setting.ledger.unit_key(record.parent))


@rule(
    "HZ111",
    scope="ledger",
    brief=_named,
    kind="",
    since="0.1",
    title=Text("关联成环", "links run in a circle"),
    why=Text("绕一圈回到自己，就没有一条是保留下来的", "where the links lead back to their start, no record is the one that stays"),
    repair=Text("确定保留哪一条，改正其余的指向", "decide which record stays and point the others to it"),
)
def link_circle(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """Duplicates, splits, recurrences and units above units form trees: following the links comes to an end.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        recurrence_of: YH-20240312-M3V8K  # HZ111
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        recurrence_of: YH-20240312-7K2QF
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240512-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-05-12
        grade: general
        recurrence_of: YH-20240312-M3V8K
        history:
          - {date: 2024-05-12, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for _, group in setting.briefs.groups("HZ111"):
        links: Links = {one.id: (one, tuple(one.said[0]), one.said[1]) for one in group}
        for start in _entrances(links):
            brief, trail, _ = links[start]
            message = Text("{it} 的关联绕一圈回到它自己：{ring}", "the links of {it} lead back to itself: {ring}")
            yield brief, Fault(message.of(it=start, ring=Text(" → ".join(_ring(start, links)), " → ".join(_ring(start, links)))), trail)


Links = Mapping[str, tuple[Brief, Trail, str]]
"""Id → where it stands and what it names."""


def _entrances(links: Links) -> Iterator[str]:
    """Give the smallest id of each circle; each record has one link, so every walk is looked at once."""
    done: set[str] = set()
    for start in links:
        walk: dict[str, int] = {}
        here = start
        while here in links and here not in done and here not in walk:
            walk[here] = len(walk)
            here = links[here][2]
        if here in walk:
            yield min(one for one, position in walk.items() if position >= walk[here])
        done.update(walk)


def _ring(start: str, links: Links) -> list[str]:
    ring = [start]
    while (following := links[ring[-1]][2]) != start:
        ring.append(following)
    return [*ring, start]
