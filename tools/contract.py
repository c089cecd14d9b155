"""Write `docs/coverage.md`: every figure and every mechanism of the contract, each tried while the page is made.

    python -m tools.contract [--check]

A figure is asked of the small ledgers of `tests/seeds` and of the sample ledger; a mark stands only where the value came out. A
mechanism names the tests that show it; a name that pytest does not collect is an error. What is not covered is named, exit 1.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from hazardctl.measures import CATALOGUE, scoped
from tests.seeds.ledgers import answers
from tests.seeds.table import MEASURED, ROWS, Row, mechanisms, shown

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"
SHOWN = "tests/mechanisms"
BY_HAND = "tests/seeds/test_rows.py::test_a_law_cited_without_its_year_is_kept_as_it_is_cited"
"""Shows the one row that is a cited text and no figure."""

HEAD = """<!-- made by tools/contract.py; change tests/seeds, then run make docs -->
# Coverage / 覆盖

五份公开总结里的每一个数字、每一种做法，本程序都要记得下、查得出、算得对。下表由 `make docs` 真正运行后写成：
“明细”是一事一记录的小台账，“汇总”是只有汇总数的小台账，“示例”是随程序的示例台账；✓ 表示得出的正是该值。
∅ 原文留空；余、近 约数；金额以元计。

Every figure and every way of working of five public summaries must be kept, asked and counted right by this program. The tables are
made by running it: “items” is a small ledger with one record a thing, “tallies” one with totals only, “sample” the sample ledger;
✓ says that this very value came out. ∅ is blank in the source; 余 more than, 近 nearly; money in yuan.
"""
PLACES = {"S0": "乡镇半年 / a town's half-year", "S1": "区九个半月 / a district's year so far", "S2": "县，残篇 / a county, fragments",
          "S3": "区大检查 / a great inspection", "S4": "县局全年 / a county bureau's year"}  # fmt: skip


def figures() -> Iterator[str]:
    """Give a table for each seed."""
    for seed, place in PLACES.items():
        yield f"\n## {seed} {place}\n"
        yield "| id | 内容 | id of measure | 指标 measure | value | 明细 items | 汇总 tallies | 示例 sample |"
        yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
        yield from (_figure(row) for row in ROWS.values() if row.seed == seed)


def _figure(row: Row) -> str:
    if row not in MEASURED.values():
        return f"| {row.id} | {row.title} | | [shown](../{BY_HAND.partition('::')[0]}) | {row.value} | ✓ | | |"
    marks = tried(row)
    one = CATALOGUE[scoped(row.measure)[0]]
    cells = " | ".join(marks.get(where, "") for where in ("items", "tallies", "sample"))
    return f"| {row.id} | {row.title} | `{row.measure}` | {one.zh} {one.en} | {row.value} | {cells} |"


def tried(row: Row) -> dict[str, str]:
    """Ask a row of every ledger that tells it; `✓`, or what came out instead."""
    found = {where: shown(one, row.value) for where, one in answers(row)}
    return {where: "✓" if value == row.value else f"✗ {value}" for where, value in found.items()}


def shows() -> Iterator[str]:
    """Give the table of mechanisms."""
    yield "\n## 做法 / Mechanisms\n"
    yield "| id | 做法 | mechanism | seeds | shown by |\n| --- | --- | --- | --- | --- |"
    for one in mechanisms().values():
        tests = "<br>".join(f"[`{test.partition('::')[2]}`](../{SHOWN}/{test.partition('::')[0]})" for test in one.tests)
        yield f"| {one.id} | {one.zh} | {one.en} | {' '.join(one.seeds)} | {tests} |"


def uncovered() -> Iterator[str]:
    """Name the figures that came out otherwise, and the tests named that are not there."""
    for row in MEASURED.values():
        marks = tried(row)
        if not marks or set(marks.values()) != {"✓"}:
            yield f"{row.id} {row.measure}: {marks or 'asked of no ledger'}, not {row.value}"
    there = collected()
    for one in mechanisms().values():
        missing = [test for test in one.tests if f"{SHOWN}/{test}" not in there]
        if missing or not one.tests:
            yield f"{one.id}: no test {', '.join(missing)}"
    if BY_HAND not in there:
        yield f"S2-04: no test {BY_HAND}"


def collected() -> frozenset[str]:
    """Give the tests that pytest finds where the contract is shown."""
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", "-p", "no:randomly", SHOWN, BY_HAND.partition("::")[0]]
    said = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode()
    return frozenset(line.partition("[")[0] for line in said.splitlines())


def main() -> int:
    """Write the page, or say that it is another one; name what is not covered."""
    bad = list(uncovered())
    text = HEAD + "\n".join([*figures(), *shows()]) + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        bad.append("not what the program says: coverage.md; run make docs")
    print(*bad, sep="\n", end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
