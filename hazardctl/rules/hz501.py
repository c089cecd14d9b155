"""HZ501: figures that do not add up to what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Stated, number

HEADS: Final = ("hazards", "hazards.general", "hazards.major")
BUCKETS: Final = ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other")


@rule(
    "HZ501",
    scope="ledger",
    since="0.1",
    title=Text("各项之和不等于排查数", "the parts do not add up to what was found"),
    why=Text("查出的每一处要么已整改，要么还在某一项里", "every hazard found is rectified or stands in one of the other boxes"),
    repair=Text("对照原文改正，或补上缺的那一项", "correct it from the source, or enter the part that is missing"),
)
def buckets(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """The boxes of a tally or a filing add up to the hazards found in the same scope and period (DOMAIN §4.3 I1).

    A source that names what is within its deadline names everything that is open: only then, or when all boxes are there, must
    the sum be exact. Otherwise it may not be more than was found. The grades add up likewise.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 1317}  # HZ501
          - {measure: hazards.rectified, value: 1299}
          - {measure: hazards.within_due, value: 17}
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
          - {measure: hazards.found, value: 1317}
          - {measure: hazards.rectified, value: 1299}
          - {measure: hazards.within_due, value: 18}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for said in groups(setting.figures.stated).values():
        for head in HEADS:
            yield from _divided(said, head)
        yield from _graded(said)


def _divided(said: Mapping[str, Stated], head: str) -> Iterator[tuple[Entry[Record], Fault]]:
    found = said.get(f"{head}.found")
    parts = [said[name] for part in BUCKETS if (name := f"{head}.{part}") in said]
    if found is None or found.exact is None or [one.measure for one in parts] in ([], [f"{head}.rectified"]):
        return
    least = sum((one.least for one in parts), Decimal(0))
    whole = all(one.exact is not None for one in parts) and (len(parts) == len(BUCKETS) or _named(parts, head))
    if least > found.exact or (whole and least != found.exact):
        yield _fault(found, parts, least)


def _named(parts: list[Stated], head: str) -> bool:
    """Say whether the source names what is rectified and what is within its deadline: it then names all."""
    return {f"{head}.rectified", f"{head}.within_due"} <= {one.measure for one in parts}


def _graded(said: Mapping[str, Stated]) -> Iterator[tuple[Entry[Record], Fault]]:
    for part in ("found", "rectified"):
        total = said.get(f"hazards.{part}")
        grades = [said[name] for grade in ("general", "major") if (name := f"hazards.{grade}.{part}") in said]
        if total is None or total.exact is None or len(grades) < 2:
            continue
        least = sum((one.least for one in grades), Decimal(0))
        if least > total.exact or (all(one.exact is not None for one in grades) and least != total.exact):
            yield _fault(total, grades, least)


def _fault(whole: Stated, parts: list[Stated], least: Decimal) -> tuple[Entry[Record], Fault]:
    message = Text("{whole} ≠ {parts}，各项之和为 {sum}", "{whole} is not {parts}, which is {sum}")
    said = " + ".join(f"{{p{number}}}" for number in range(len(parts)))
    added = Text(said, said, {f"p{n}": one.number for n, one in enumerate(parts)})
    return whole.entry, Fault(message.of(whole=whole.number, parts=added, sum=number(least)), whole.trail)
