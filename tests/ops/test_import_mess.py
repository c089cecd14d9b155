"""What goes into a messy workbook comes out of the ledger again, or stands in the report: whatever the defects are."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import reject_rows, report_rows
from hazardctl.ops.question import Words
from tests.exchange.mess import CONFIG, UNITS, At, Mess, Row, mess

FIELDS: Final = (
    "found_on", "unit", "site", "description", "grade", "region", "person", "due", "rectified_on", "verified_on", "verified_by",
    "closed_on",
)  # fmt: skip
WIDE: Final = 200
"""Workbooks that the wide test makes: every one another mixture."""


def ledger(root: Path) -> Context:
    (root / "units").mkdir(parents=True)
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    for number, name in enumerate((*UNITS, "某镇安监办")):
        text = f"id: u-{number}\nschema: unit/1\nname: {name}\nkind: enterprise\nsector: industry\n"
        (root / "units" / f"u-{number}.yaml").write_text(text, encoding="utf-8")
    return Context(root, dt.date(2026, 6, 30), index=False)


def held(seed: int) -> Mess:
    """Import a workbook and hold everything that came of it against what it was made from."""
    made = mess(seed)
    with tempfile.TemporaryDirectory() as folder:
        here = ledger(Path(folder) / "ledger")
        file = Path(folder) / made.name
        file.write_bytes(made.data)
        asked = Asked(file, by="李四", split_numbered=True)
        result = run(here, asked)
        accounted(made, result, seed)
        told = {one["id"]: one for one in json.loads(export(here, Words(), Wanted("x.json")).data)["hazards"]}
        for at, rows in made.truth.items():
            if at not in made.spoilt:
                given_back(made, result, told, (seed, at, rows))
        assert run(here, asked).records == 0
    return made


def accounted(made: Mess, result: Result, seed: int) -> None:
    """Every row below the names has one end, and what was spoilt is told with its column and its value."""
    found = {(one.row.sheet, one.row.line): one for one in result.outcomes}
    assert set(found) == {*made.truth, *made.others}, seed
    assert sum(Counter(one.fate for one in result.outcomes).values()) == len(made.truth) + len(made.others)
    assert {at for at, one in found.items() if one.fate == "skipped"} == made.others, seed
    assert {at for at, one in found.items() if one.row.hidden} == made.hidden, seed
    for at, cells in made.spoilt.items():
        assert found[at].fate in {"asked", "refused"}, (seed, at)
        assert {(question.column, question.raw) for question in found[at].questions} == cells, (seed, at)
    waiting = [at for at, one in found.items() if one.fate in {"asked", "refused"}]
    assert len(reject_rows(result, "zh")) == 1 + len(waiting)
    assert {row[-7] for row in report_rows(result, "zh")[1:]} == {str(line) for _, line in found}, seed


def given_back(made: Mess, result: Result, told: dict[str, Row], case: tuple[int, At, list[Row]]) -> None:
    """A row that was not spoilt is in the ledger as it was known, once."""
    seed, at, rows = case
    (outcome,) = (one for one in result.outcomes if (one.row.sheet, one.row.line) == at)
    originals = {
        str(row["description"]) for place, known in made.truth.items() if place not in {*made.twice, *made.spoilt} for row in known
    }
    if at in made.twice and rows[0]["description"] in originals:
        assert outcome.fate == ("asked" if at in made.differing else "duplicate") or outcome.fate in {"duplicate", "asked"}, (seed, at)
        return
    if at in made.differing:
        return  # its other row was spoilt: this one stands with a grade of its own
    assert outcome.fate == "imported", (seed, at, [one.reason.say("en") for one in outcome.questions])
    assert len(outcome.ids) == len(rows)
    for identity, row in zip(outcome.ids, rows, strict=True):
        for name in FIELDS:
            value = row.get(name)
            wanted = value.isoformat() if isinstance(value, dt.date) else value
            assert told[identity][name] == wanted, (seed, at, name)
        assert told[identity]["state_key"] == row["state"]


@settings(max_examples=20)
@given(st.integers(0, 1_000_000))
def test_a_messy_workbook_gives_the_ledger_it_was_made_from_or_says_why_not(seed: int) -> None:
    held(seed)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_hundreds_of_them_do_and_have_every_defect() -> None:
    made = [held(seed) for seed in range(WIDE)]
    assert {one.name for one in made} == {f"台账.{ending}" for ending in ("xlsx", "xls", "ods", "csv")}
    for defect in ("spoilt", "twice", "differing", "others", "hidden"):
        assert sum(bool(getattr(one, defect)) for one in made) > 10, defect
    assert any(len(rows) > 1 for one in made for rows in one.truth.values())
    raw = {cell for one in made for cells in one.spoilt.values() for _, cell in cells}
    assert {"无此单位", "甲化工厂有限公司", "王晓芳", "#REF!", '="a"&"b"', "已整改", "很高", "再说吧", "05/06/2025", "13月40日"} <= raw
