"""HZ503: a part greater than the whole."""

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
from hazardctl.rules.stated import Group, Scope, Stated, number, scope_words
from hazardctl.rules.wider import wider, within

OPEN: Final = ("hazards.found", "hazards.rectified")
MORE: Final = Text("{part} 有 {n}，包含它的 {whole} 只有 {most}", "{part} has {n}, and {whole}, which holds it, only {most}")
STILL_OPEN: Final = Text(
    "{part} 未整改 {n}，包含它的 {whole} 未整改只有 {most}",
    "{n} of {part} are not rectified, and only {most} of {whole}, which holds it",
)


@rule(
    "HZ503",
    scope="ledger",
    since="0.1",
    title=Text("部分大于全部", "a part is greater than the whole"),
    why=Text("两处口径不同，写在一份材料里就自相矛盾", "the two were counted differently; side by side they contradict each other"),
    repair=Text("核实两处的范围和截至日，改正或写明不同", "find out what each was counted over and as of which day, and say so"),
)
def part_over_whole(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """What is told of a part of a scope is no more than what is told of the scope, for the same period and as-of day (DOMAIN §4.7 E29).

    A scope is part of another when it has more conditions, or a sector or region below. Besides every count, what is not yet
    rectified (found less rectified) is compared. Where no source tells the total of everything, that of the records does.

    Bad:
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
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {sector: fire}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 584}
          - {measure: hazards.rectified, value: 538}  # HZ503
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
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {sector: fire}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 584}
          - {measure: hazards.rectified, value: 568}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    whole = _Wholes(setting)
    for group, said in groups(setting.figures.stated).items():
        for other, above in whole.of(group, said):
            yield from _compared(group, said, other, above)


class _Wholes:
    """What there is to compare a part with."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._at: dict[tuple[object, ...], dict[Scope, list[Mapping[str, Stated]]]] = {}
        for group, said in groups(setting.figures.stated).items():
            self._at.setdefault(group[1:3], {}).setdefault(group.scope, []).append(said)

    def of(self, group: Group, said: Mapping[str, Stated]) -> Iterator[tuple[Scope, Mapping[str, tuple[Decimal | None, Text]]]]:
        """Give each wider scope with the most its figures may be; nearest first, everything last."""
        if not group.scope:
            return
        stated = self._at[group[1:3]]
        joint = [scope for scope in stated if any(len(values) > 1 for _, values in scope) and within(group.scope, scope, self._setting)]
        for scope in dict.fromkeys([*wider(group.scope, self._setting), *joint]):
            for figures in stated.get(scope, ()):
                yield scope, {name: (one.most, one.number) for name, one in figures.items() if one.value is not None}
        if () not in stated:
            asked = {name for name in said if self._setting.figures.counts(name)} | set(OPEN)
            items = self._setting.figures.items(Group((), *group[1:]), sorted(asked))
            yield (), {name: (value, Text("{it}", "{it}").of(it=number(value))) for name, value in items.items()}


def _compared(
    group: Group, said: Mapping[str, Stated], other: Scope, above: Mapping[str, tuple[Decimal | None, Text]]
) -> Iterator[tuple[Entry[Record], Fault]]:
    values = {"part": scope_words(group.scope), "whole": scope_words(other)}
    for name, one in said.items():
        most = above[name][0] if name in above else None
        if not one.rate and most is not None and one.least > most:
            yield one.entry, Fault(MORE.of(n=one.number, most=above[name][1], **values), one.trail)
    found, done = (said.get(name) for name in OPEN)
    if found is not None and done is not None and found.exact is not None and done.exact is not None:
        tops = [above[name][0] if name in above else None for name in OPEN]
        if tops[0] is not None and tops[1] is not None and found.exact - done.exact > tops[0] - tops[1]:
            counts = {"n": number(found.exact - done.exact), "most": number(tops[0] - tops[1])}
            yield done.entry, Fault(STILL_OPEN.of(**counts, **values), done.trail)
