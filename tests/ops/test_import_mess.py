"""What goes into a messy workbook comes out of the ledger again, or stands in the report: whatever the defects are."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.import_ import Asked, run
from hazardctl.ops.question import Words
from tests.exchange.mess import UNITS, mess

CONFIG = "schema: config/1\norganisation: {name: 某镇人民政府, level: township}\n"
FIELDS = ("found_on", "unit", "site", "description", "grade", "due", "rectified_on", "verified_on", "verified_by", "closed_on")


def ledger(root: Path) -> Context:
    (root / "units").mkdir(parents=True)
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    for number, name in enumerate((*UNITS, "某镇安监办")):
        text = f"id: u-{number}\nschema: unit/1\nname: {name}\nkind: enterprise\nsector: industry\n"
        (root / "units" / f"u-{number}.yaml").write_text(text, encoding="utf-8")
    return Context(root, dt.date(2026, 6, 30), index=False)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_messy_workbook_gives_the_ledger_it_was_made_from_or_says_why_not(seed: int) -> None:
    made = mess(seed)
    with tempfile.TemporaryDirectory() as folder:
        here = ledger(Path(folder) / "ledger")
        file = Path(folder) / "台账.xlsx"
        file.write_bytes(made.data)
        result = run(here, Asked(file, by="李四"))
        found = {(one.row.sheet, one.row.line): one for one in result.outcomes}
        assert set(found) == {*made.truth, *made.others}
        assert {at for at, one in found.items() if one.fate == "skipped"} == made.others
        for at, (column, raw) in made.spoilt.items():
            assert found[at].fate in {"asked", "refused"}, (seed, at)
            assert (column, raw) in [(question.column, question.raw) for question in found[at].questions], (seed, at)
        told = {one["id"]: one for one in json.loads(export(here, Words(), Wanted("x.json")).data)["hazards"]}
        originals = {str(made.truth[at]["description"]) for at in made.truth if at not in made.twice and at not in made.spoilt}
        for at, row in made.truth.items():
            if at in made.spoilt:
                continue
            if at in made.twice and row["description"] in originals:
                assert found[at].fate in {"duplicate", "asked"}, (seed, at)
                continue
            assert found[at].fate == "imported", (seed, at, [one.reason.say("en") for one in found[at].questions])
            (only,) = found[at].ids
            for name in FIELDS:
                value = row.get(name)
                wanted = value.isoformat() if isinstance(value, dt.date) else value
                assert told[only][name] == wanted, (seed, at, name)
            assert told[only]["state_key"] == row["state"]
        again = run(here, Asked(file, by="李四"))
        assert again.records == 0
