"""The fields that a column may fill, read off the model so that a new field needs no second list."""

from __future__ import annotations

import functools
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.exchange import columns
from hazardctl.exchange.aliases import KEPT, TOLD
from hazardctl.language import Text
from hazardctl.model.events import EVENTS
from hazardctl.model.fields import facts
from hazardctl.model.hazard import PLAN_ITEMS, Hazard
from hazardctl.model.unit import Unit
from hazardctl.vocabulary import BUILT_IN, nearest

MONEY: Final = ("funds_planned", "funds_spent")
_NOT_FROM_A_CELL: Final = frozenset({"id", "schema", "history", "evidence", "waivers", "approx", "plan", "parties", "reports", "notices"})
_UNIT_FACTS: Final = ("name", "kind", "types", "credit_code", "sector", "address", "region")
PREFIX: Final = "history."


@functools.cache
def targets() -> frozenset[str]:
    """Give every target a mapping may name, but `external_ids.KEY`, which is free."""
    plain = {name for name in facts(Hazard) if name not in _NOT_FROM_A_CELL and name != "external_ids"}
    money = {f"{name}.{unit}" for name in MONEY for unit in ("yuan", "wan")}
    plan = {f"plan.{item}" for item in PLAN_ITEMS}
    parties = {f"parties.{role}" for role in BUILT_IN["roles"]}
    units = {f"unit.{name}" for name in _UNIT_FACTS if name in facts(Unit)}
    acts = {f"{PREFIX}{verb}.{name}" for verb in EVENTS if verb != "register" for name in event_fields(verb)}
    return frozenset({*plain, *money, *plan, *parties, *units, *acts, *KEPT, *TOLD})


def event_fields(verb: str) -> tuple[str, ...]:
    """Give the fields a line of that verb may have, `do` left out."""
    return tuple(name for name in facts(EVENTS[verb]) if name != "do")


def checked(target: str, where: Text, kind: str = "hazard") -> str:
    """Give a target that may be named.

    Raises:
        UsageError: there is no such field; the nearest ones are shown.
    """
    known = targets() if kind == "hazard" else columns.targets(kind)
    if target in known or (target.startswith("external_ids.") and target != "external_ids.import"):
        return target
    near = nearest(sorted(known), target)
    hint = Text("是否想写 {near}？", "did you mean {near}?").of(near=near)
    raise UsageError(
        Text("{where}：没有“{it}”这个字段", "{where}: there is no field “{it}”").of(where=where, it=target), *([hint] if near else [])
    )
