"""Every measure by its id, and how a person may name one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.measures import deadlines, depth, rectification, recurrence, stock, timing
from hazardctl.measures.definition import Measure
from hazardctl.vocabulary import nearest

FAMILIES: Final = (rectification, stock, deadlines, timing, recurrence, depth)
REGISTRY: Final[Mapping[str, Measure]] = MappingProxyType({one.id: one for family in FAMILIES for one in family.MEASURES})
SOONEST: Final = "hazards."
"""Of several measures with one end, the one a person means first: `rate` is `hazards.rate`."""


def resolve(text: str) -> str:
    """Give the id a person means: the id itself, its name, or any end of it that only one measure has.

    Raises:
        UsageError: no measure fits, or several do; the candidates are in the hint.

    Examples:
        >>> resolve("rate"), resolve("on_time"), resolve("整改率")
        ('hazards.rate', 'due.on_time', 'hazards.rate')
    """
    word = text.strip()
    for found in (_exact(word), _ends(word)):
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(word, found)
    near = nearest(_spellings(), word)
    hints = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    raise UsageError(Text("没有名为“{it}”的指标", 'there is no measure "{it}"').of(it=word), *hints)


def _exact(word: str) -> list[str]:
    key = word.casefold()
    first = [name for name in (key, SOONEST + key) if name in REGISTRY]
    return first[:1] or [one.id for one in REGISTRY.values() if key in {one.zh, one.en.casefold()}]


def _ends(word: str) -> list[str]:
    key = word.casefold()
    whole = [name for name in REGISTRY if name.endswith("." + key)]
    return whole or [name for name in REGISTRY if key and name.endswith(key)]


def _spellings() -> list[str]:
    ends = [name.rpartition(".")[2] for name in REGISTRY]
    return [*REGISTRY, *dict.fromkeys(ends), *(one.zh for one in REGISTRY.values())]


def _ambiguous(word: str, found: list[str]) -> UsageError:
    return UsageError(
        Text("“{it}”可以指多个指标", '"{it}" may mean several measures').of(it=word),
        Text("请写明其中一个：{found}", "write one of: {found}").of(found=found),
    )
