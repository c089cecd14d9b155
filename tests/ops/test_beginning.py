"""A ledger is made, configured and given its first records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.errors import UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops import new, settings
from hazardctl.ops.context import Context
from hazardctl.ops.init import SAMPLE_DAY, init
from hazardctl.store import git
from hazardctl.store.load import load, load_config

UNIT = BY_NAME["unit"]
CAMPAIGN = BY_NAME["campaign"]


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = init(tmp_path / "台账", org="青山镇人民政府", with_git=False)
    return Context(root=made.root, today=dt.date(2024, 3, 12), actor="李四")


def test_a_new_ledger_is_empty_and_valid(context: Context) -> None:
    ledger = load(context.root)
    assert (ledger.entries, ledger.unread, ledger.strays) == ((), (), ())
    assert ledger.config.organisation.name == "青山镇人民政府"


def test_a_new_ledger_is_a_git_repository_unless_told_not_to(tmp_path: Path) -> None:
    assert init(tmp_path / "a").repository
    assert git.top(tmp_path / "a") == tmp_path / "a"
    assert not init(tmp_path / "b", with_git=False).repository
    assert not init(tmp_path / "a" / "inner").repository, "a ledger inside a repository gets none of its own"


def test_a_second_ledger_is_refused_and_nothing_changes(context: Context) -> None:
    before = sorted(path for path in context.root.parent.rglob("*"))
    with pytest.raises(UsageError):
        init(context.root.parent)
    with pytest.raises(UsageError):
        init(context.root)
    assert sorted(path for path in context.root.parent.rglob("*")) == before


def test_the_demo_is_the_sample_ledger(tmp_path: Path) -> None:
    made = init(tmp_path / "演示", demo=True, with_git=False)
    ledger = load(made.root)
    assert len(ledger.hazards) == 109
    assert max(act.date for one in ledger.hazards for act in one.record.history) <= SAMPLE_DAY


def test_files_that_stand_there_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    init(tmp_path, with_git=False)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"


def test_every_setting_says_where_it_came_from(context: Context) -> None:
    sheet = settings.settings(context)
    shown: dict[str, dict[str, str]] = sheet.data["settings"]  # type: ignore[assignment]
    assert shown["organisation.name"] == {"value": "青山镇人民政府", "source": "file"}
    assert shown["policy.assign_days"] == {"value": "3", "source": "built-in"}
    assert set(shown) >= set(settings.schema_keys()) - {"schema"}
    assert set(settings.settings(context, "policy").data["settings"]) < set(shown)  # type: ignore[call-overload]
    with pytest.raises(UsageError, match="policy"):
        settings.settings(context, "polcy")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("measures.preset", "official"),
        ("policy.assign_days", "5"),
        ("commit", "true"),
        ("language", "en"),
        ("organisation.name", "青山镇：安委办"),
        ("deadlines.roll", "next_working_day"),
        ("fiscal_year_start", "04-01"),
    ],
)
def test_a_setting_is_changed_and_every_other_line_stays(context: Context, key: str, value: str) -> None:
    path = context.root / "hazardctl.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    assert settings.change(context, key, value)[1] == value
    assert settings.change(context, key, value) == (value, value, "")
    after = path.read_text(encoding="utf-8").splitlines()
    assert len([line for line in before if line not in after]) <= 1
    assert load_config(context.root).schema_ == "config/1"


@pytest.mark.parametrize(
    ("key", "value"), [("polcy", "3"), ("commit", "maybe"), ("regions", "x"), ("policy.assign_days", "三天"), ("timezone", "Mars/Olympus")]
)
def test_a_bad_setting_is_refused_and_nothing_is_written(context: Context, key: str, value: str) -> None:
    before = (context.root / "hazardctl.yaml").read_bytes()
    with pytest.raises(UsageError):
        settings.change(context, key, value)
    assert (context.root / "hazardctl.yaml").read_bytes() == before


def test_a_unit_is_made_from_words_people_use(context: Context) -> None:
    drawn = new.new(
        context, UNIT, {"name": ["青山加油站"], "sector": ["危险化学品"], "types": ["加油站，限上商贸"], "staff": ["9"]}, key="qingshan-gas"
    )
    unit = load(context.root).units["qingshan-gas"]
    assert drawn.path == "units/qingshan-gas.yaml"
    assert (unit.name, unit.kind, unit.sector, unit.types, unit.staff) == (
        "青山加油站", "enterprise", "chem", ("gas_station", "above_quota_commerce"), 9,
    )  # fmt: skip


def test_a_record_without_a_key_gets_an_id_of_its_day(context: Context) -> None:
    assert new.new(context, UNIT, {"name": ["甲"]}).id.startswith("DW-20240312-")
    assert new.new(context, CAMPAIGN, {"name": ["整治"], "issuer": ["甲"], "start": ["2024-05-01"]}).id.startswith("ZX-20240501-")
    assert new.new(context, CAMPAIGN, {"name": ["整治"], "issuer": ["甲"]}).id.startswith("ZX-20240312-")


def test_a_dry_run_writes_nothing(context: Context) -> None:
    assert "name: 甲" in new.new(context, UNIT, {"name": ["甲"]}, dry_run=True).text
    assert load(context.root).units == {}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"name": ["甲"], "sektor": ["fire"]}, ""),
        ({"name": ["甲"], "sector": ["消房"]}, ""),
        ({"name": ["甲"], "staff": ["九"]}, ""),
        ({"sector": ["fire"]}, ""),
        ({"name": ["甲"]}, "大写"),
        ({"name": ["甲"]}, "taken"),
    ],
)
def test_what_does_not_fit_is_refused_with_all_reasons(context: Context, said: dict[str, list[str]], key: str) -> None:
    new.new(context, UNIT, {"name": ["乙"]}, key="taken")
    with pytest.raises(UsageError) as refused:
        new.new(context, UNIT, said, key=key)
    assert refused.value.lines("zh") != refused.value.lines("en")
    assert list(load(context.root).units) == ["taken"]


def test_kinds_are_found_by_name_in_both_languages() -> None:
    assert new.kind_named("unit") is new.kind_named("单位") is UNIT
    assert new.first_field(UNIT) == "name"
    for word in ("hazard", "隐患", "robot"):
        with pytest.raises(UsageError):
            new.kind_named(word)


def test_a_region_in_a_ledger_without_regions_says_where_to_write_them(context: Context) -> None:
    with pytest.raises(UsageError) as refused:
        new.new(context, UNIT, {"name": ["甲"], "region": ["柳林镇"]})
    assert any("regions: [{key: liulin, name: 柳林镇}]" in line for line in refused.value.lines("zh"))
