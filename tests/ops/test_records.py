"""Records of any kind are found by id, key or ending, and shown whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.errors import UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.context import Context
from hazardctl.ops.records import pages
from hazardctl.store.layout import path_of
from tests.model.records import LEAST

UNIT = "id: xx-paper\nschema: unit/1\nname: XX纸业有限公司\nkind: enterprise\n"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    for kind, text in {**LEAST, "unit": UNIT}.items():
        name = text.lstrip().partition("\n")[0].removeprefix("id: ")
        place = tmp_path / path_of(BY_NAME[kind].folder, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.lstrip(), encoding="utf-8")
    return Context(root=tmp_path, today=dt.date(2026, 1, 1))


def test_a_record_is_found_by_its_id_its_key_or_the_end_of_its_id(context: Context) -> None:
    shown = pages(context, ["JC-20250311-4T7QA", "xx-paper", "6n2vd", "8M3YB", "TJ-20250630-8m3yb"])
    assert [sheet.data["id"] for sheet in shown] == ["JC-20250311-4T7QA", "xx-paper", "ZF-20250312-6N2VD", "TJ-20250630-8M3YB"]
    assert [sheet.data["as_of"] for sheet in pages(context, ["6n2vd"], as_of="2025-12-31")] == [dt.date(2025, 12, 31)]


def test_what_names_nothing_or_several_is_refused_all_at_once(context: Context) -> None:
    with pytest.raises(UsageError) as refused:
        pages(context, ["6n2ve", "C", "xx-papre", ""])
    said = "\n".join(refused.value.lines("zh"))
    assert "没有以“6n2ve”结尾的记录" in said
    assert "xx-paper" in said
    assert refused.value.lines("en") != refused.value.lines("zh")
    other = context.root / "tips/2025/04/JB-20250403-5VE8T.yaml"
    other.write_text(LEAST["tip"].lstrip().replace("5VE9T", "5VE8T"), encoding="utf-8")
    with pytest.raises(UsageError, match="T stands for 2 records"):
        pages(context, ["T"])
