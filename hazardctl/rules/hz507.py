"""HZ507: a rate that is not the quotient of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups, rates, sides
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Group, Stated, number
from hazardctl.rules.wider import within

WRONG: Final = Text("所列 {n}%，{of}/{over} 是 {exact}%", "stated {n} %, and {of}/{over} is {exact} %")
OUTSIDE: Final = Text("它也不在各部分的比率之间：{parts}", "nor does it lie between the rates of its parts: {parts}")
BEYOND: Final = Text("所列 {n}%，不在各部分的比率之间：{parts}", "stated {n} %, outside the rates of its parts: {parts}")


@rule(
    "HZ507",
    scope="ledger",
    since="0.1",
    title=Text("比率算错", "a rate that is not right"),
    why=Text("公布的比率要能从分子分母算出来", "a published rate is the quotient of the two numbers beside it"),
    repair=Text("按算出的比率更正，或改正分子分母", "state the rate as computed, or correct its parts"),
)
def wrong_rate(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A stated rate is numerator over denominator at its own places, and lies between the rates of its parts (DOMAIN §4.7 E30).

    The parts of a rate are the two grades, or the sectors, regions or other scopes one step below whose figures of one kind add
    up to those of the whole. The last digit is rounded half up; a rate cut short of 100 or 0 is accepted as well.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 141911}
          - {measure: hazards.rectified, value: 137354}
          - {measure: hazards.rate, value: 97.28, unit: "%", stated: true}  # HZ507
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
          - {measure: hazards.found, value: 141911}
          - {measure: hazards.rectified, value: 137354}
          - {measure: hazards.rate, value: 96.79, unit: "%", stated: true}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    found = groups(setting.figures.stated)
    for stated, known in rates(setting.figures):
        if stated.exact is not None:
            parts = _parts(setting, found, stated.group, stated.measure)
            outside = bool(parts) and not min(parts) <= stated.exact <= max(parts)
            notes = (OUTSIDE.of(parts=[f"{one:f}%" for one in parts]),) if outside else ()
            if known.of is not None and known.over:
                exact = known.of * 100 / known.over
                if not printed_as(stated.exact, exact):
                    values = {"n": stated.number, "of": number(known.of), "over": number(known.over), "exact": rounded(exact, stated.exact)}
                    yield stated.entry, Fault(WRONG.of(**values), stated.trail, notes=notes)
            elif outside:
                yield stated.entry, Fault(BEYOND.of(n=stated.number, parts=[f"{one:f}%" for one in parts]), stated.trail)


def rounded(exact: Decimal, like: Decimal) -> Decimal:
    """Give a rate at the places of another, two at least for a rate that is not whole."""
    places = max(0, -int(like.as_tuple().exponent))
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def printed_as(stated: Decimal, exact: Decimal) -> bool:
    """Say whether a rate may be printed so: rounded half up, or kept from 100 and 0 where it is neither."""
    plain = rounded(exact, stated)
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    guarded = plain - step if plain == 100 and exact < 100 else plain + step if plain == 0 and exact > 0 else plain
    return stated in {plain, guarded}


def _parts(setting: Setting, found: Mapping[Group, Mapping[str, Stated]], group: Group, rate: str) -> list[Decimal]:
    """Give the rates of the parts of a whole where they are known to be all of it; empty otherwise."""
    if rate == "hazards.rate":
        grades = [_rate(setting, group, found[group], f"hazards.{grade}.rate") for grade in ("general", "major")]
        if known := [one for one in grades if one is not None][: 2 if None not in grades else 0]:
            return known
    below: dict[str, list[Group]] = {}
    for other in found:
        if other[1:3] == group[1:3] and len(other.scope) <= len(group.scope) + 1 and within(other.scope, group.scope, setting):
            new = [key for key, values in other.scope if (key, values) not in group.scope]
            if len(new) == 1:
                below.setdefault(new[0], []).append(other)
    for parts in below.values():
        rates = [_rate(setting, one, found[one], rate) for one in parts]
        known = [one for one in rates if one is not None]
        if len(known) == len(parts) > 1 and _whole([found[one] for one in parts], found[group], setting):
            return known
    return []


def _rate(setting: Setting, group: Group, said: Mapping[str, Stated], rate: str) -> Decimal | None:
    stated = said.get(rate)
    if stated is not None and stated.exact is not None:
        return stated.exact
    known = sides(setting.figures, group, said, rate)
    if known is None or known.of is None or not known.over:
        return None
    return (known.of * 100 / known.over).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _whole(parts: list[Mapping[str, Stated]], whole: Mapping[str, Stated], setting: Setting) -> bool:
    """Say whether parts are all of a whole: their figures of one measure add up to its own."""
    for name, total in whole.items():
        if setting.figures.counts(name) and total.exact:
            values = [said[name].exact for said in parts if name in said]
            if len(values) == len(parts) and None not in values and sum(one for one in values if one is not None) == total.exact:
                return True
    return False
