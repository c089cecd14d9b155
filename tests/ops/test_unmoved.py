"""`validate --since` judges a record by itself only where its findings may differ at the two ends, and tells what judging all tells."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings

from hazardctl.ops import looking
from hazardctl.ops.context import Context
from hazardctl.ops.looking import Looked, brought
from hazardctl.ops.ranging import between
from tests.ops.test_judging import DAYS, STEPS, Step, done, laid

SETTING = "schema: config/1\npeople:\n  - {name: 李四}\n"


def committed(place: Path) -> Path:
    """Lay the sample down, and commit it."""
    root = laid(place)
    who = ["-c", "user.name=李四", "-c", "user.email=li4@example.org"]
    for words in (["add", "-A"], [*who, "commit", "-q", "-m", "一步"]):
        subprocess.run(["git", *words], cwd=place, check=True)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return committed(tmp_path)


def told(root: Path, day: dt.date, *, all_of_them: bool) -> Looked:
    """Give what the work tree brings; every record judged at both ends, or those that may differ."""
    context = Context(root, day)
    if not all_of_them:
        return brought(context, "HEAD")
    with patch.object(looking, "unmoved", lambda *_: frozenset()):
        return brought(context, "HEAD")


def agree(root: Path, day: dt.date) -> None:
    some, everything = (told(root, day, all_of_them=which) for which in (False, True))
    assert some.verdicts == everything.verdicts
    assert some.unread == everything.unread


def unmoved(root: Path) -> frozenset[str]:
    """Give the files whose records are not judged by themselves."""
    span = between(Context(root, DAYS[0]), "HEAD")
    return looking.unmoved(span.before, span.after)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(steps=STEPS)
def test_after_any_edits_the_same_is_brought(steps: list[Step], tmp_path_factory: pytest.TempPathFactory) -> None:
    root, day = committed(tmp_path_factory.mktemp("edited")), DAYS[0]
    for step in steps:
        day = done(root, step, day)
    agree(root, day)


def test_where_nothing_changed_most_records_are_not_judged(root: Path) -> None:
    assert len(unmoved(root)) > len(list(root.rglob("hazards/**/*.yaml"))) // 2


def test_a_record_that_names_what_changed_is_judged(root: Path) -> None:
    place = root / "hazards" / "2025" / "01"
    place.mkdir(parents=True)
    text = "id: {id}\nschema: hazard/1\ndescription: 消防通道堵塞\nfound_on: 2025-01-01\ngrade: general\n{more}history:\n"
    line = "  - {date: 2025-01-01, do: register, by: 李四}\n"
    named, other = place / "YH-20250101-00001.yaml", place / "YH-20250101-00002.yaml"
    named.write_text(text.format(id=named.stem, more="") + line, encoding="utf-8")
    other.write_text(text.format(id=other.stem, more=f"recurrence_of: {named.stem}\n") + line, encoding="utf-8")
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"], cwd=root, check=True)
    assert {one.relative_to(root).as_posix() for one in (named, other)} <= unmoved(root)
    with named.open("a", encoding="utf-8") as file:
        file.write("  - {date: 2025-01-02, do: withdraw, by: [李四, 王五], reason: entry_error}\n")
    assert not {one.relative_to(root).as_posix() for one in (named, other)} & unmoved(root)
    agree(root, dt.date(2025, 1, 3))
    assert any(
        one.finding.code == "HZ107" and one.record == other.stem for one in told(root, dt.date(2025, 1, 3), all_of_them=False).verdicts
    )


def test_where_a_unit_or_a_setting_changed_every_record_is_judged(root: Path) -> None:
    unit = next((root / "units").glob("*.yaml"))
    before = unit.read_bytes()
    unit.write_text(unit.read_text(encoding="utf-8").replace("name: ", "name: 新", 1), encoding="utf-8")
    assert unmoved(root) == frozenset()
    unit.write_text("id: [\n", encoding="utf-8")
    assert unmoved(root) == frozenset()
    unit.write_bytes(before)
    assert unmoved(root)
    (root / "hazardctl.yaml").write_text(SETTING, encoding="utf-8")
    assert unmoved(root) == frozenset()
    agree(root, DAYS[0])
