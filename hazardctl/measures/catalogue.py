"""Every figure by its id: the measures of hazards, and those of all other families; and scoped ids, `id[key=value]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause, bracket
from hazardctl.language import Text
from hazardctl.measures.definition import AnyMeasure
from hazardctl.measures.families import accidents, activities, duties, enforcement, inspections, papers, registers, resources
from hazardctl.measures.registry import REGISTRY, resolve
from hazardctl.vocabulary import nearest

FAMILIES: Final = (inspections, enforcement, accidents, activities, resources, papers, registers, duties)
OTHERS: Final[Mapping[str, AnyMeasure]] = MappingProxyType({one.id: one for family in FAMILIES for one in family.MEASURES})
CATALOGUE: Final[Mapping[str, AnyMeasure]] = MappingProxyType({**REGISTRY, **OTHERS})
_SCOPED: Final = re.compile(r"(?P<id>[a-z_0-9.]+)\s*(?:\[(?P<scope>.*)\])?", re.ASCII | re.DOTALL)


def scoped(text: str) -> tuple[str, tuple[Clause, ...]]:
    """Read an id with the scope in its brackets.

    Raises:
        UsageError: there is no such measure, or its scope is not one.

    Examples:
        >>> scoped("hazards.found[sector=chem+fireworks]")[1][0].values
        ('chem', 'fireworks')
    """
    found = _SCOPED.fullmatch(text.strip().replace("【", "[").replace("】", "]"))
    name = found["id"] if found else text.strip()
    if found is None or name not in CATALOGUE:
        near = nearest(CATALOGUE, name)
        hints = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
        raise UsageError(Text("没有名为“{it}”的指标", 'there is no measure "{it}"').of(it=text), *hints)
    return name, bracket(found["scope"] or "")


def named(text: str) -> str:
    """Give the scoped id a person means: the id itself, a name, or an end of one only; the scope stays as it was written.

    Raises:
        UsageError: no measure fits, or several do.

    Examples:
        >>> named("rate"), named("演练次数[hosted=true]")
        ('hazards.rate', 'drills.count[hosted=true]')
    """
    head, bracketed, rest = text.strip().replace("【", "[").replace("】", "]").partition("[")
    word = head.strip()
    if word in CATALOGUE:
        return word + bracketed + rest
    key = word.casefold()
    exact = [one.id for one in OTHERS.values() if key in {one.zh, one.en.casefold()}]
    ends = exact or [name for name in OTHERS if key and name.endswith("." + key)]
    try:
        return resolve(word) + bracketed + rest
    except UsageError:
        if len(ends) == 1:
            return ends[0] + bracketed + rest
        if ends:
            raise UsageError(
                Text("“{it}”可以指多个指标", '"{it}" may mean several measures').of(it=word),
                Text("请写明其中一个：{found}", "write one of: {found}").of(found=ends),
            ) from None
        raise
