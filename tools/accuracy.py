"""How well the rules find: every fault is planted in several ledgers and looked for (docs/accuracy.md).

    python -m tools.accuracy

The same is proved with many more throws in tests/rules/test_recall.py; here the dice are fixed, so that the page is the same twice.
"""

from __future__ import annotations

import datetime as dt
import random  # noqa: TID251 (seeded dice, not ids)
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.rules.registry import Rule, registry
from tests.rules.pages import Sheet, blocks, found, marked
from tests.rules.planting import SLIPS, beside, clean, slipped, told_otherwise

TIMES: Final = 4
LEDGERS: Final = 40


@dataclass(frozen=True, slots=True)
class Score:
    """How many faults were planted, how many of them were found, and how many findings stood anywhere else."""

    planted: int
    found: int
    beside: int


def score(rule: Rule) -> Score:
    """Plant the faults of a rule's page, told otherwise, and its sound records; plant its slip where there is one."""
    planted = hit = beside_ = 0
    for number in range(TIMES):
        dice = random.Random(f"{rule.code} {number}")  # noqa: S311 (a page that is the same twice)
        for side in ("Bad", "Good"):
            records, today = told_otherwise(rule.code, blocks(rule)[side], dice)
            lines = marked(records, rule.code)
            told = _lines(beside(records, today, dice), rule.code, today)
            planted, hit, beside_ = planted + len(lines), hit + len(lines & told), beside_ + len(told - lines)
        if rule.code in SLIPS:
            ledger, lines = slipped(rule.code, dice)
            told = _lines(ledger, rule.code)
            planted, hit, beside_ = planted + len(lines), hit + len(lines & told), beside_ + len(told - lines)
    return Score(planted, hit, beside_)


def _lines(records: list[Sheet], code: str = "", today: dt.date | None = None) -> set[tuple[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        told = found(Path(folder), records, *([code] if code else []), today=today)
    return {(one.path, one.place.line) for one in told}


def page() -> Iterator[str]:
    """Give the page: a line a rule, and what is found in ledgers nothing is wrong with."""
    yield "# Recall and precision / 查全与查准\n"
    yield "每条规则的毛病，换日期、换编号、换人、混在别的记录里再放一遍，看它找到几个、多报几个。证明见 `tests/rules/test_recall.py`。\n"
    yield "The fault of each rule is told again with other days, ids and people, among other records; how many are found, and how many"
    yield "findings stand where nothing is wrong. Proved with many more throws in `tests/rules/test_recall.py`.\n"
    yield "| code | planted 放入 | found 找到 | beside 多报 |\n| --- | ---: | ---: | ---: |"
    total = Score(0, 0, 0)
    for rule in registry().values():
        if "Bad" in blocks(rule):
            one = score(rule)
            total = Score(total.planted + one.planted, total.found + one.found, total.beside + one.beside)
            yield f"| {rule.code} | {one.planted} | {one.found} | {one.beside} |"
    yield f"| **total 合计** | {total.planted} | {total.found} | {total.beside} |\n"
    ledgers = [clean(random.Random(f"clean {number}")) for number in range(LEDGERS)]  # noqa: S311
    records, wrong = sum(len(one) - 1 for one in ledgers), sum(len(_lines(one)) for one in ledgers)
    yield f"- {LEDGERS} 本没有毛病的台账、{records} 条记录：{wrong} 个问题"
    yield f"- {LEDGERS} clean ledgers with {records} records: {wrong} findings"


if __name__ == "__main__":
    print("\n".join(page()))
