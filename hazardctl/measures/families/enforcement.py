"""Decisions by their kind: how many, against how many units, how many people, how much money, what is in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Sum
from hazardctl.vocabulary import ENFORCEMENT_KINDS

UNITS: Final = Text("家", "units")
TIMES: Final = Text("起", "decisions")
PEOPLE: Final = Text("人", "people")
YUAN: Final = Text("元", "yuan")


def _of(head: str, zh: str, en: str, where: str) -> Iterator[Sum]:
    units = Text("涉及的不同单位", "different units concerned")
    yield Sum(f"{head}.units", f"{zh}（家）", f"{en}: units", units, UNITS, "concerned", where, "DISTINCT who", mark="units_mark")
    yield Sum(f"{head}.times", f"{zh}（起）", f"{en}: decisions", Text("作出的决定数", "decisions made"), TIMES, "decisions", where)
    force = Text("截止日当天仍在生效的不同单位", "different units against which it is in force on the cut-off day")
    yield Sum(f"{head}.in_force", f"{zh}（生效中）", f"{en}: in force", force, UNITS, "force", f"{where} AND in_force = 1", "DISTINCT who")
    yield from _sums(head, zh, en, where)


def _sums(head: str, zh: str, en: str, where: str) -> Iterator[Sum]:
    people = Text("涉及人数之和", "people concerned, added up")
    yield Sum(f"{head}.persons", f"{zh}（人）", f"{en}: people", people, PEOPLE, "decisions", where, "persons", mark="persons_mark")
    money = Text("决定金额之和，不论是否缴纳", "money decided, paid or not")
    yield Sum(
        f"{head}.amount", f"{zh}（金额）", f"{en}: amount", money, YUAN, "decisions", where, "amount", unit="fen", mark="amount_mark"
    )  # fmt: skip


MEASURES: Final[tuple[Sum, ...]] = (
    *_of("enforcement", "执法", "enforcement", "1 = 1"),
    *(one for key, term in ENFORCEMENT_KINDS.items() for one in _of(f"enforcement.{key}", term.zh, term.en, f"kind = '{key}'")),
)
