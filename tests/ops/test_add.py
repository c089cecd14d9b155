"""A hazard registered: what it takes, what it defaults to, what it refuses, one or many (EXPERIENCE §2.3, §3.4)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import ChangedError, ForbiddenError, HazardctlError, UsageError
from hazardctl.history import replay
from hazardctl.model.raw import Raw
from hazardctl.ops.add import add
from hazardctl.ops.add_from import rows
from hazardctl.ops.registering import Wanted
from hazardctl.ops.similar import likeness, similar
from hazardctl.rules.engine import check
from hazardctl.store.load import load, load_config
from tests.acting import ASSIGN, REGISTER, STATES, TODAY, context, hazard, ledger

LEAST: dict[str, Raw] = {"unit": "XX纸业", "description": "配电室电缆桥架未封堵"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return ledger(tmp_path)


def files(root: Path) -> list[Path]:
    return sorted((root / "hazards").rglob("*.yaml"))


def register(root: Path, **said: Raw) -> str:
    """Register one hazard and give the text of its file."""
    done = add(context(root), [Wanted({**LEAST, **said})])
    return (root / done.added[0].path).read_text(encoding="utf-8")


def test_the_least_is_a_unit_and_a_description(root: Path) -> None:
    done = add(context(root), [Wanted(LEAST)]).added[0]
    assert (root / done.path).read_text(encoding="utf-8") == (
        f"id: {done.id}\nschema: hazard/1\ndescription: 配电室电缆桥架未封堵\nfound_on: 2024-06-30\nsource: supervision\n"
        "found_by_org: 青山镇安监站\nunit: xx-paper\nsector: industry\ngrade: general\nhistory:\n"
        "  - {date: 2024-06-30, do: register, by: 孙八}\n"
    )
    assert done.path == f"hazards/2024/06/{done.id}.yaml"


def test_a_deadline_hands_it_over_at_once(root: Path) -> None:
    text = register(root, due="15d", person="王五", order_number="安改〔2024〕1号")
    line = "{date: 2024-06-30, do: assign, by: 孙八, to: xx-paper, person: 王五, due: 2024-07-15, number: 安改〔2024〕1号}"
    assert text.endswith(f"  - {{date: 2024-06-30, do: register, by: 孙八}}\n  - {line}\n")


def test_a_responsible_unit_takes_the_configured_deadline(root: Path) -> None:
    assert "to: xx-food, due: 2024-07-15}" in register(root, to="XX食品厂")


def test_on_the_spot_is_claimed_the_day_it_was_found(root: Path) -> None:
    text = register(root, on_spot="true", found="昨天")
    assert "{date: 2024-06-29, do: register, by: 孙八, recorded: 2024-06-30}" in text
    assert "{date: 2024-06-29, do: rectify, by: 孙八, on_spot: true, note: 当场整改, recorded: 2024-06-30}" in text


def test_what_was_registered_is_clean(root: Path) -> None:
    register(root, due="10wd", site="二号车间", category="物的因素", clause=["GB 50016"], requirement="三日内封堵", found_by=["李四、赵六"])
    register(root, grade="重大", clause=["判定标准第四条"], interim="停用", due="30d")
    errors = [one for one in check(load(root), TODAY) if one.severity.value == "error" and one.finding.code[:3] != "HZ4"]
    assert [one for one in errors if one.finding.code != "HZ006"] == []


def test_a_recurrence_names_the_old_record(root: Path) -> None:
    hazard(root, "AAAAA", *STATES["closed"])
    assert "recurrence_of: YH-20240301-AAAAA\n" in register(root, recurrence_of="aaaaa")


def test_a_campaign_is_named_by_its_end_or_its_name(root: Path) -> None:
    folder = root / "campaigns" / "2024" / "01"
    folder.mkdir(parents=True)
    text = "id: ZX-20240101-AAAA1\nschema: campaign/1\nname: 岁末年初大检查\nstart: 2024-01-01\nissuer: 县安委办\n"
    (folder / "ZX-20240101-AAAA1.yaml").write_text(text, encoding="utf-8")
    for name in ("AAAA1", "岁末年初大检查"):
        assert "campaign: [ZX-20240101-AAAA1]\n" in register(root, campaign=[name])


def test_a_photograph_comes_first_and_stands_in_the_record(root: Path, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"made up")
    done = add(context(root), [Wanted(LEAST)], photos=[photo]).added[0]
    assert f"path: evidence/2024/06/{done.id[-5:].lower()}-1.jpg" in (root / done.path).read_text(encoding="utf-8")
    assert (root / "evidence/2024/06" / f"{done.id[-5:].lower()}-1.jpg").read_bytes() == b"made up"


def test_a_dry_run_writes_nothing(root: Path) -> None:
    done = add(context(root), [Wanted(LEAST)], dry_run=True)
    assert (files(root), done.added[0].id, (root / ".lock").exists()) == ([], "YH-20240630-00000", False)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "-u, -m"),
        ({"unit": "XX纸业"}, "-m"),
        ({"unit": "没有的", "description": "x"}, "new unit 没有的"),
        ({**LEAST, "grade": "较大"}, "--grade"),
        ({**LEAST, "grade": "major"}, "--clause, --interim"),
        ({**LEAST, "sector": "不存在"}, "--sector"),
        ({**LEAST, "source": "x"}, "--source"),
        ({**LEAST, "found": "明天"}, "after today"),
        ({**LEAST, "found": "1/2/24"}, "is not a date"),
        ({**LEAST, "due": "昨天"}, "lies before"),
        ({**LEAST, "date": "2024-06-01"}, "before it was found"),
        ({**LEAST, "on_spot": "true", "due": "5d"}, "--due"),
        ({**LEAST, "on_spot": "true", "grade": "major", "clause": ["x"], "interim": "y"}, "on the spot"),
        ({**LEAST, "recurrence_of": "ZZZZZ"}, "ZZZZZ"),
        ({**LEAST, "campaign": ["ZZZZZ"]}, "ZZZZZ"),
        ({**LEAST, "inspection": "ZZZZZ"}, "ZZZZZ"),
        ({**LEAST, "inspection": "JC-20240301-4NR8C"}, "no inspection “JC-20240301-4NR8C”"),
        ({**LEAST, "order_number": "\x07"}, "--number"),
        ({**LEAST, "org": "没有的"}, "没有的"),
        ({**LEAST, "quantity": "0"}, "HZ007"),
        ({**LEAST, "colour": "red"}, "colour"),
        ({**LEAST, "site": "a\x1bb"}, "U+001B"),
        ({**LEAST, "site": "\ud800"}, "U+D800"),
        ({"unit": "XX纸业", "description": "字" * 8001}, "8000"),
    ],
)
def test_what_is_off_is_said_and_nothing_is_written(said: dict[str, Raw], words: str, root: Path) -> None:
    with pytest.raises(UsageError) as failure:
        add(context(root), [Wanted(said)])
    assert words in "\n".join(failure.value.lines("en"))
    assert files(root) == []


def test_without_anybody_who_acts_there_is_no_register_line(root: Path) -> None:
    with pytest.raises(UsageError, match="HAZARDCTL_ACTOR"):
        add(context(root, actor=""), [Wanted(LEAST)])


@given(
    name=st.sampled_from(["unit", "description", "sector", "grade", "found", "due", "to", "by", "quantity", "recurrence_of", "on_spot"]),
    text=st.text(max_size=30),
)
def test_nonsense_in_any_option_is_an_expected_failure_or_a_record(name: str, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = ledger(tmp_path_factory.mktemp("nonsense"))
    try:
        add(context(root), [Wanted({**LEAST, name: text})])
    except HazardctlError as failure:
        assert failure.exit_code in {2, 3}  # noqa: PT017 (either way is fine, but not another code)
        assert files(root) == []
    else:
        assert len(load(root).hazards) == 1


# ---------------------------------------------------------------------------------------------------------------- many

CSV = "受检单位,隐患描述,期限,责任人\nXX纸业,通道堵塞,15d,王五\nXX食品厂,灭火器过期,,\n"


def test_a_table_registers_every_row(root: Path) -> None:
    done = add(context(root), rows(CSV.encode("gb18030"), "a.csv"))
    assert [replay(one.hazard).last.state for one in done.added] == ["assigned", "registered"]
    assert len(load(root).hazards) == 2


def test_yaml_and_json_give_the_same_records(root: Path) -> None:
    yaml = "# 两条\n- unit: XX纸业\n  description: 通道堵塞\n  basis: [{doc: GB 50016}]\n-\n  unit: XX食品厂\n  description: 灭火器过期\n"
    data = [
        {"unit": "XX纸业", "description": "通道堵塞", "basis": [{"doc": "GB 50016"}]},
        {"unit": "XX食品厂", "description": "灭火器过期"},
    ]
    assert [one.said for one in rows(yaml.encode(), "-")] == [one.said for one in rows(json.dumps(data).encode(), "-")] == data
    assert [one.line for one in rows(yaml.encode(), "-")] == [2, 5]


def test_one_bad_row_and_nothing_is_written_and_every_fault_has_its_line(root: Path) -> None:
    text = CSV + "没有的,x,15d,\nXX纸业,,明年,\n"
    with pytest.raises(UsageError) as failure:
        add(context(root), rows(text.encode(), "a.csv"))
    said = "\n".join(failure.value.lines("en"))
    assert files(root) == []
    assert "line 4: no unit is registered as “没有的”" in said
    assert "line 5: missing: -m" in said
    assert 'line 5: "明年" is not a date' in said


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"", "a.yaml"),
        (b"[", "a.json"),
        (b"[1]", "a.json"),
        (b"\xff\xfe\x00", "a.json"),
        (b"[" * 100_000, "a.json"),
        (b"a,b\n1,2\n", "a.csv"),
        (b"unit,description\n1,2,3\n", "a.csv"),
        (b"- a: [\n", "a.yaml"),
        (b"- &x 1\n", "a.yaml"),
        (b"- unit: a\n  unit: b\n", "a.yaml"),
        (b"just words", "a.yaml"),
        (b"\x00\x01", "-"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_one_go(data: bytes, name: str, root: Path) -> None:
    with pytest.raises(UsageError):
        add(context(root), rows(data, name))
    assert files(root) == []


# ------------------------------------------------------------------------------------------------------------- similar


@pytest.mark.parametrize(
    ("one", "other", "enough"),
    [
        ("卸油区静电接地报警器失效", "卸油区静电接地报警失效", True),
        ("3号车间灭火器过期", "4号车间灭火器过期", False),
        ("消防通道堵塞", "消防通道 堵塞。", True),
        ("消防通道堵塞", "配电室无挡鼠板", False),
        ("", "", True),
    ],
)
def test_likeness_counts_pairs_of_letters_once_the_numbers_agree(one: str, other: str, enough: bool) -> None:
    assert (likeness(one, other) >= 0.6) is enough


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


def test_only_open_hazards_of_the_unit_are_like_a_new_one(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    hazard(root, "BBBBB", *STATES["closed"])
    hazard(root, "CCCCC", REGISTER)
    (root / "hazards/2024/03/YH-20240301-CCCCC.yaml").write_text("not: [a, record", encoding="utf-8")
    found = similar(context(root), load_config(root), "xx-paper", "消防通道被货物占用，")
    assert [(one.hazard.id, one.percent, one.span.overdue_on(dt.date(2024, 8, 1))) for one in found] == [("YH-20240301-AAAAA", 100, True)]
    assert similar(context(root), load_config(root), "xx-food", "消防通道被货物占用") == []


def test_the_forbidden_and_the_unusable_are_two_codes() -> None:
    assert (ForbiddenError.exit_code, UsageError.exit_code) == (3, 2)


def test_an_id_that_is_taken_meanwhile_is_drawn_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAAA", "AAAAA", "BBBBB"])
    monkeypatch.setattr("hazardctl.ops.add.mint", lambda prefix, day, _: f"{prefix}-{day:%Y%m%d}-{next(drawn)}")
    first = add(context(root), [Wanted(LEAST)]).added[0].id
    assert (first, add(context(root), [Wanted(LEAST)]).added[0].id) == ("YH-20240630-AAAAA", "YH-20240630-BBBBB")
    monkeypatch.setattr("hazardctl.ops.add.mint", lambda prefix, day, _: f"{prefix}-{day:%Y%m%d}-AAAAA")
    with pytest.raises(ChangedError):
        add(context(root), [Wanted(LEAST)])
