"""`new` at the command line: any kind, options that come from its fields, flags without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.cli.beginning import options
from hazardctl.cli.completion_of_new import completed
from hazardctl.cli.dialogue import Ask
from hazardctl.cli.door import Door
from hazardctl.errors import FINE, UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.context import Context
from hazardctl.ops.new import new

USAGE = UsageError.exit_code


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\norganisation: {name: 青山镇人民政府}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2025-03-18")
    return tmp_path


def test_an_option_may_follow_the_kind_at_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["new", "inspection", "--units", "顺发,福星", "--covert", "--people", "4"]) == FINE
    (made,) = place.glob("inspections/2025/03/JC-20250318-*.yaml")
    assert made.stem in capsys.readouterr().out
    assert "covert: true\npeople: 4\nunits: [顺发, 福星]\n" in made.read_text(encoding="utf-8")


def test_the_word_after_the_kind_is_its_name(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["new", "活动", "防汛演练", "--kind", "演练", "--attendees=46", "-n"]) == FINE
    shown = capsys.readouterr().out
    assert "subject: 防汛演练" in shown
    assert "attendees: 46" in shown
    assert list(place.rglob("HD-*")) == []


def test_a_kind_alone_shows_its_options(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["new"]) == FINE
    assert "risk_point" in capsys.readouterr().out
    assert called(["new", "举报"]) == USAGE
    assert "--channel  渠道（必填）" in capsys.readouterr().err
    assert called(["new", "tip", "--lang", "en"]) == USAGE
    assert "--channel  channel (needed)" in capsys.readouterr().err
    assert not (place / "tips").exists()


def test_options_are_pairs_and_flags_may_stand_alone() -> None:
    assert options(["--a", "1", "--b=2", "--a", "3"]) == {"a": ["1", "3"], "b": ["2"]}
    assert options(["--x", "--a", "1", "--x", "否", "--x"], {"x"}) == {"x": ["true", "否", "true"], "a": ["1"]}
    for words in (["bare"], ["--a"], ["--a", "1", "2"]):
        with pytest.raises(UsageError):
            options(words)


def test_help_lists_the_fields_of_the_kind(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["new", "inspection", "--help", "--lang", "en"]) == FINE
    shown = capsys.readouterr().out
    assert "options of inspection" in shown
    assert "--units                   units inspected (needed)" in shown
    assert called(["new", "--help"]) == FINE
    assert "--units" not in capsys.readouterr().out
    assert called(["new", "robot", "--help"]) == USAGE
    assert place.exists()


def answering(*replies: str) -> tuple[list[str], Ask]:
    """Make somebody who answers in this order, and keep what was asked."""
    asked: list[str] = []
    rest = iter(replies)

    def ask(question: str, offered: str, choices: Sequence[str]) -> str:
        asked.append(f"{question} {' '.join(choices[:2])}".strip())
        assert not offered
        return next(rest)

    return asked, ask


def test_a_person_is_asked_for_what_is_needed(place: Path) -> None:
    context = Context(root=place, today=dt.date(2025, 3, 18), actor="李四")
    asked, ask = answering("随便", "罚款", "县应急局", "XX纸业", "两万", "2万元")
    said = completed(Door(language="zh"), context, BY_NAME["enforcement"], {"date": ["昨天"]}, ask)
    assert asked == [
        "? 种类 警告 责令改正、限期整改",
        "? 种类 警告 责令改正、限期整改",
        "? 执法单位",
        "? 相对人",
        "? 金额（元）",
        "? 金额（元）",
    ]
    assert said == {"date": ["昨天"], "kind": ["罚款"], "org": ["县应急局"], "unit": ["XX纸业"], "amount": ["2万元"]}
    assert new(context, BY_NAME["enforcement"], said).text.endswith("amount: 20000\n")


def test_what_is_usual_said_or_replaced_is_not_asked(place: Path) -> None:
    (place / "units").mkdir()
    (place / "units" / "xx-paper.yaml").write_text("id: xx-paper\nschema: unit/1\nname: XX纸业\nkind: enterprise\n", encoding="utf-8")
    context = Context(root=place, today=dt.date(2025, 3, 18), actor="李四")
    asked, ask = answering("2024H2", "measure=hazards.found,value=3", "title=小结")
    said = completed(Door(language="zh"), context, BY_NAME["tally"], {}, ask)
    assert asked == ["? 统计期", "? 数据 [{measure: …, value: …, unit: …}]", "? 来源 {doc: …, title: …, place: …}"]
    assert new(context, BY_NAME["tally"], said).path.startswith("tallies/2025/03/")
    asked, ask = answering("XX纸业")
    completed(Door(language="en"), context, BY_NAME["inspection"], {"people": ["3"], "selection": ["planned"]}, ask)
    assert asked == ["? units inspected XX纸业"]
    assert completed(Door(language="zh"), context, BY_NAME["tip"], {"channel": ["web"], "content": ["占道"]}) == {
        "channel": ["web"], "content": ["占道"],
    }  # fmt: skip
