"""Judged file by file on all cores, a ledger has the findings it has when it is read first and judged then."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings

from hazardctl.ledger import Entry, Unread
from hazardctl.ops import sweeping
from hazardctl.ops.context import Context
from hazardctl.rules import case
from hazardctl.store.afar import Afar
from hazardctl.store.index.crew import shared
from hazardctl.store.load import load, load_config, loaded
from hazardctl.store.source import WorkTree
from tests.ops.test_judging import DAYS, STEPS, Step, done, laid, told

NEVER: Final = 1 << 30
YEAR: Final = dt.date(2025, 1, 1)


def at_once(parts: Sequence[Any], work: Callable[[Any], Any]) -> Iterator[Any]:
    """Do the work in this process."""
    return map(work, parts)


def both(root: Path, day: dt.date, *, forked: bool = False) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Judge a ledger as a whole, and swept; the latter is asked whether it was."""
    with patch.object(sweeping, "MANY", NEVER):
        plain = told(root, day, index=False)
    way = shared if forked else at_once
    with patch.multiple(sweeping, MANY=0, CHUNK=7, shared=way), patch.object(os, "cpu_count", lambda: 2):
        return plain, told(root, day, index=False)


def agree(root: Path, day: dt.date, *, forked: bool = False) -> None:
    plain, swept = both(root, day, forked=forked)
    assert swept == plain


def was_swept(root: Path, day: dt.date = DAYS[0]) -> bool:
    """Say whether a ledger is judged file by file."""
    with patch.multiple(sweeping, MANY=0, shared=at_once), patch.object(os, "cpu_count", lambda: 2):
        return sweeping.swept(Context(root, day, index=False)) is not None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid(tmp_path)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(steps=STEPS)
def test_after_any_edits_file_by_file_finds_what_reading_first_finds(steps: list[Step], tmp_path_factory: pytest.TempPathFactory) -> None:
    root, day = laid(tmp_path_factory.mktemp("edited")), DAYS[0]
    for step in steps:
        day = done(root, step, day)
    agree(root, day)


@pytest.mark.parametrize("day", DAYS[1:])
def test_several_processes_find_the_same(root: Path, day: dt.date) -> None:
    for number in range(0, 60, 7):
        done(root, ("bring", number), day)
    assert was_swept(root, day)
    agree(root, day, forked=True)


def hazard(root: Path, name: str, more: str = "", unit: str = "某某厂", of: str = "") -> Path:
    """Write a hazard, in a file that may be called otherwise."""
    place = root / "hazards" / "2025" / "01" / f"{of or name}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    text = (
        f"id: {name}\nschema: hazard/1\ndescription: 消防通道堵塞\nfound_on: 2025-01-01\nunit: {unit}\ngrade: general\n{more}history:\n"
        "  - {date: 2025-01-01, do: register, by: 李四}\n"
    )
    place.write_text(text, encoding="utf-8")
    return place


def test_a_hazard_that_another_names_is_read_when_it_is_asked_for(root: Path) -> None:
    hazard(root, "YH-20250101-00001", "recurrence_of: YH-20250101-00002\nsplit_from: YH-20250101-00003\n")
    withdrawn = hazard(root, "YH-20250101-00002")
    text = withdrawn.read_text(encoding="utf-8")
    withdrawn.write_text(text + "  - {date: 2025-01-02, do: withdraw, by: [李四, 王五], reason: entry_error}\n", encoding="utf-8")
    hazard(root, "YH-20250101-00003").write_text("id: [\n", encoding="utf-8")  # named, there, and not to be read
    hazard(root, "YH-20250101-00004", "recurrence_of: YH-20250101-00009\n")
    assert was_swept(root)
    agree(root, YEAR)
    agree(root, YEAR, forked=True)


def test_a_hazard_in_a_file_of_another_name_is_read_with_all(root: Path) -> None:
    hazard(root, "YH-20250101-00001", "recurrence_of: YH-20250101-00002\n")
    hazard(root, "YH-20250101-00002", of="YH-20250101-00007")
    assert not was_swept(root)
    agree(root, YEAR)


def test_who_comes_too_late_for_a_comparison_of_words_is_told_nothing_near_either_way(root: Path) -> None:
    for number in range(30):
        hazard(root, f"YH-20250101-{number:05}", unit=f"青山造纸厂{number}号")
    for patience in (0, 7, 40, 200, 100_000):
        with patch.object(case, "PATIENCE", patience), patch.object(sweeping, "PATIENCE", patience):
            agree(root, YEAR)


def test_a_small_ledger_is_read_first(root: Path) -> None:
    assert sweeping.swept(Context(root, YEAR, index=False)) is None


def test_who_waits_is_told_how_far_it_is(root: Path) -> None:
    heard: list[tuple[int, int]] = []
    with patch.multiple(sweeping, MANY=0, CHUNK=50, shared=at_once), patch.object(os, "cpu_count", lambda: 2):
        sweeping.swept(Context(root, YEAR, index=False), lambda *pair: heard.append(pair))
    n = len(list(WorkTree(root).files()))
    assert heard[-1] == (n, n)
    assert heard == sorted(heard)


def afar(root: Path) -> Afar:
    """Open a ledger whose hazards are read when asked for."""
    source = WorkTree(root)
    config = load_config(root, source)
    read = [loaded(source, config, file.path) for file in source.files()]
    near = tuple(one for one in read if isinstance(one, Entry) and one.kind.name != "hazard")
    far = tuple(one.path for one in read if isinstance(one, Entry) and one.kind.name == "hazard")
    unread = tuple(one for one in read if isinstance(one, Unread))
    return Afar(config, near=near, far=far, unread=unread, reads=lambda path: loaded(source, config, path))


def test_a_ledger_whose_hazards_are_afar_answers_as_any_other(root: Path) -> None:
    hazard(root, "YH-20250101-00001").write_text("id: [\n", encoding="utf-8")
    here, there = load(root), afar(root)
    assert list(there.entries) == list(here.entries)
    assert there.entries[0] == here.entries[0]
    assert len(there.entries) == len(here.entries)
    assert list(there.hazards) == list(here.hazards)
    assert there.paths == sorted(here.paths)
    assert there.counts == here.counts
    assert dict(there.by_id) == dict(here.by_id)
    assert len(there.by_id) == len(here.by_id)
    assert "YH-20250101-00001" not in there.by_id
    assert there.units == here.units
    for path in [*here.paths, "hazards/none.yaml", "hazards/2025/01/YH-20250101-00001.yaml"]:
        assert there.by_path(path) == here.by_path(path)
    assert there.found == here.found


def test_of_two_files_with_one_id_the_first_by_path_is_the_record(root: Path) -> None:
    first = hazard(root, "YH-20250101-00001", "site: 一\n")
    second = root / "hazards" / "2025" / "02" / first.name
    second.parent.mkdir(parents=True)
    second.write_text(first.read_text(encoding="utf-8").replace("site: 一", "site: 二"), encoding="utf-8")
    assert afar(root).by_id["YH-20250101-00001"] == load(root).by_id["YH-20250101-00001"]
    agree(root, YEAR)
    first.write_text("id: [\n", encoding="utf-8")
    assert afar(root).by_id.get("YH-20250101-00001") == load(root).by_id.get("YH-20250101-00001")
    agree(root, YEAR)
