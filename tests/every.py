"""A made-up ledger with one record of every kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from hazardctl.model.kinds import BY_NAME, KINDS
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.store.emit import record_text
from hazardctl.store.layout import path_of
from tests.acting import UNITS, ledger
from tests.model.records import LEAST, least, tree

TODAY: Final = dt.date(2026, 1, 1)
HAZARD: Final = """
id: YH-20250301-7K2QF
schema: hazard/1
description: 消防通道被货物占用
found_on: 2025-03-01
source: supervision
found_by_org: xx-food
unit: xx-paper
sector: industry
grade: general
history:
  - {date: 2025-03-01, do: register, by: 张三}
"""
CAMPAIGN: Final = """
id: ZX-20250301-9RWK4
schema: campaign/1
name: 涉尘企业专项整治
alias: dust
start: 2025-03-01
issuer: xx-food
"""
NAMES: Final = tuple(kind.name for kind in KINDS)
OTHERS: Final = tuple(name for name in NAMES if name != "hazard")


def minimal(kind: str) -> Tree:
    """Give the least that is sound of any kind."""
    match kind:
        case "hazard":
            return tree(HAZARD)
        case "campaign":
            return tree(CAMPAIGN)
        case "unit":
            return tree(UNITS["xx-paper"])
        case _:
            made = least(kind)
            return {name: "xx-food" if name in {"org", "issuer"} else value for name, value in made.items()}


def identity(kind: str) -> str:
    """Give the id of that record."""
    return str(minimal(kind)["id"])


def place(root: Path, kind: str, **facts: Raw) -> Path:
    """Write a record of a kind, the least of its kind but for some facts, and give its path."""
    model: type[Record] = BY_NAME[kind].model
    made = {**minimal(kind), **facts}
    path = root / path_of(BY_NAME[kind].folder, str(made["id"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_text(made, model.order()), encoding="utf-8")
    return path


def every(folder: Path, *, hazards: bool = False) -> Context:
    """Make a ledger with one record of every kind but hazards, or of every kind, and a context for it."""
    root = ledger(folder)
    for kind in ("campaign", *LEAST, *(["hazard"] if hazards else [])):
        place(root, kind)
    return Context(root=root, today=TODAY, actor="孙八")
