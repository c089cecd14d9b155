"""`new` at the command line: any kind, options that come from its fields, flags without a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.cli.beginning import options
from hazardctl.errors import FINE, UsageError

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
