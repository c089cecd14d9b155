"""The loaded ledger: names, words, regions, folded histories."""

from __future__ import annotations

from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from tests.model.samples import hazard

REGIONS: Raw = [{"key": "qingshan", "name": "青山镇"}, {"key": "bare"}]


def entry(kind: str, tree: Tree, path: str = "") -> Entry[Record]:
    made = typed(BY_NAME[kind], tree)
    assert made.record is not None
    return Entry(BY_NAME[kind], made.record, path or f"{made.record.id}.yaml", made.extras, made.findings)


def unit(key: str, name: str, **more: Raw) -> Entry[Record]:
    return entry("unit", {"id": key, "schema": "unit/1", "name": name, "kind": "enterprise", **more})


def ledger(*entries: Entry[Record]) -> Ledger:
    config, _ = configured(
        {"schema": "config/1", "regions": REGIONS, "vocabularies": {"sectors": {"market": "集市"}}, "id_prefixes": {"unit": "QY"}}
    )
    return Ledger(config or Config(), entries)


def test_an_empty_ledger_is_a_ledger() -> None:
    empty = Ledger()
    assert (empty.hazards, empty.units, empty.campaigns, empty.by_id, empty.replays) == ((), {}, {}, {}, {})


def test_a_unit_is_found_by_key_name_and_alias_and_never_guessed() -> None:
    found = ledger(unit("xx-paper", "XX纸业有限公司", aliases=["ＸＸ纸"]), unit("a-shop", "同名店"), unit("b-shop", "同名店"))
    assert found.unit_key("xx-paper") == found.unit_key("xx纸") == found.unit_key("XX纸业 有限公司") == "xx-paper"
    assert found.unit_keys("同名店") == ("a-shop", "b-shop")
    assert found.unit_key("同名店") == "同名店"
    assert found.unit_name("XX纸") == "XX纸业有限公司"
    assert found.unit_name("没有登记") == "没有登记"


def test_a_unit_without_a_name_keeps_its_key() -> None:
    assert ledger(unit("xx-paper", "")).unit_name("xx-paper") == "xx-paper"


def test_the_region_of_a_hazard_is_its_own_or_that_of_its_unit() -> None:
    found = ledger(unit("xx-paper", "纸", region="qingshan"), entry("hazard", hazard()), entry("hazard", hazard(region="bare"), "b.yaml"))
    assert [found.region_of(one.record) for one in found.hazards] == ["qingshan", "bare"]
    assert Ledger(entries=(entry("hazard", hazard()),)).region_of(found.hazards[0].record) == ""
    assert [found.region_name(key) for key in ("qingshan", "bare", "x")] == ["青山镇", "bare", "x"]


def test_words_are_built_in_and_the_ledgers_own() -> None:
    found = ledger()
    assert found.label("sectors", "fire").en
    assert found.label("sectors", "market").say("zh") == "集市"
    assert found.label("regions", "qingshan").say("en") == "青山镇"
    assert found.label("sectors", "nothing").say("zh") == "nothing"
    assert found.label("nothing", "x").say("en") == "x"


def test_two_files_with_one_id_are_two_hazards_until_mended() -> None:
    found = ledger(entry("hazard", hazard(), "a.yaml"), entry("hazard", hazard(), "b.yaml"))
    assert found.by_id["YH-20240312-7K2QF"].path == "a.yaml"
    assert set(found.replays) == {"a.yaml", "b.yaml"}
    assert found.replays["a.yaml"].last.state == "closed"


def test_campaigns_stand_by_id_and_prefixes_are_configurable() -> None:
    campaign: Tree = {"id": "ZX-20240301-9RWK4", "schema": "campaign/1", "name": "整治", "start": "2024-03-01", "issuer": "a"}
    found = ledger(entry("campaign", campaign))
    assert found.campaigns["ZX-20240301-9RWK4"].name == "整治"
    assert {key: found.prefixes()[key] for key in ("YH", "ZX", "QY", "JC")} == {
        "YH": "hazard", "ZX": "campaign", "QY": "unit", "JC": "inspection",
    }  # fmt: skip
    assert set(found.prefixes().values()) == set(BY_NAME)


def test_names_are_compared_without_width_case_and_blanks() -> None:
    assert folded("ＸＸ 纸业") == folded("xx纸业")
