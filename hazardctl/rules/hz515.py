"""HZ515: a sealed figure that moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import Moved
from hazardctl.rules.registry import Fault, rule

MOST: Final = 8
MOVED: Final = Text("{measure}：封存时 {was}，现在 {now}", "{measure}: {was} as sealed, {now} now")
BEHIND: Final = Text("此后进出的记录 {n} 条：{ids}", "records that came or went since, {n}: {ids}")
REDEFINED: Final = Text(
    "本版程序对这项指标的算法与封存时不同", "this version of the program counts the measure otherwise than the one that sealed it"
)


@rule(
    "HZ515",
    scope="ledger",
    since="0.1",
    title=Text("封存的数字变了", "a sealed figure moved"),
    why=Text("公布过的数字悄悄变了，两份材料就对不上", "what was published changed without a word, and two papers no longer agree"),
    repair=Text("查明后追加更正说明", "find out why and restate it"),
)
def sealed_changed(setting: Setting) -> Iterator[tuple[str, Fault]]:
    """A figure of a sealed period is what it was when it was sealed, or a restatement says what it is now (DOMAIN §2.1, E7).

    The finding names the records that entered or left the figure since, where git can tell. Seals are made by `hazardctl seal`.

    Bad:
        ```yaml
        # today: 2024-07-31
        # file: seals/2024H1.yaml
        schema: seal/1
        period: 2024H1
        as_of: 2024-06-30
        preset: default
        scope: {}
        sealed_on: 2024-07-02
        by: 孙八
        figures:
          hazards.found: 2  # HZ515
        restatements: []
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # today: 2024-07-31
        # file: seals/2024H1.yaml
        schema: seal/1
        period: 2024H1
        as_of: 2024-06-30
        preset: default
        scope: {}
        sealed_on: 2024-07-02
        by: 孙八
        figures:
          hazards.found: 2
        restatements:
          - {date: 2024-07-20, by: 孙八, measure: hazards.found, was: 2, now: 1, reason: 一条重复登记，已作废}
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for one in setting.figures.moved():
        values = {"measure": setting.figures.label(one.measure), "was": one.was, "now": one.now}
        yield one.path, Fault(MOVED.of(**values), one.trail, _repair(one.path), notes=tuple(_notes(one)))


def _notes(one: Moved) -> Iterator[Text]:
    if one.behind:
        yield BEHIND.of(ids=list(one.behind[:MOST]), n=len(one.behind))
    if one.redefined:
        yield REDEFINED


def _repair(path: str) -> Text:
    command = f"hazardctl seal {path.rpartition('/')[2].removesuffix('.yaml')} --restate"
    return Text("查明后追加更正  {it} --reason 理由", "find out why and restate it  {it} --reason WHY").of(it=command)
