"""Where a record may be, from an index nobody brought up to date."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from hazardctl.measures import kept
from hazardctl.model.config import Config
from hazardctl.ops import keeping, similar
from hazardctl.ops.context import Context
from hazardctl.ops.lookup import Units
from hazardctl.store.index import base, glance, since
from hazardctl.store.load import load, load_one

CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\n"
IDS: Final = ("YH-20240105-AAAAA", "YH-20240106-BBBBB", "YH-20240207-CCCCC")


def hazard(name: str, unit: str = "jia") -> str:
    day = f"{name[3:7]}-{name[7:9]}-{name[9:11]}"
    return (
        f"id: {name}\nschema: hazard/1\ndescription: 灭火器过期\nfound_on: {day}\nsource: patrol\nunit: {unit}\nsite: 库房\n"
        f"sector: chem\ngrade: general\nhistory:\n  - {{date: {day}, do: register, by: 张三}}\n"
    )


def unit(key: str, name: str) -> str:
    return f"id: {key}\nschema: unit/1\nname: {name}\nkind: enterprise\nsector: chem\n"


def path_of(name: str) -> str:
    return f"hazards/{name[3:7]}/{name[7:9]}/{name}.yaml"


def write(path: Path, text: str) -> None:
    """Write a file as programs do: beside it, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(since, "TICK", 0)
    root = tmp_path / "ledger"
    write(root / "hazardctl.yaml", CONFIG)
    for name in IDS:
        write(root / path_of(name), hazard(name, "yi" if name == IDS[1] else "jia"))
    for key, name in (("jia", "甲厂"), ("yi", "乙厂")):
        write(root / "units" / f"{key}.yaml", unit(key, name))
    time.sleep(0.03)
    load(root, keeper=kept)
    time.sleep(0.03)
    return root


def test_an_index_says_where_to_look(root: Path) -> None:
    assert glance.hazards_naming(root, "jia") == [path_of(IDS[0]), path_of(IDS[2])]
    assert glance.hazards_naming(root, "bing") == []
    for text in ("甲厂", "jia", "JIA", " 甲厂 "):
        assert glance.units_called(root, text) == ["units/jia.yaml"]


def _added(root: Path) -> None:
    write(root / path_of("YH-20240109-DDDDD"), hazard("YH-20240109-DDDDD"))


def _added_in_a_new_folder(root: Path) -> None:
    write(root / path_of("YH-20250109-DDDDD"), hazard("YH-20250109-DDDDD"))


def _changed(root: Path) -> None:
    write(root / path_of(IDS[1]), hazard(IDS[1], "jia"))


def _gone(root: Path) -> None:
    (root / path_of(IDS[0])).unlink()


@pytest.mark.parametrize("deed", [_added, _added_in_a_new_folder, _changed, _gone], ids=lambda deed: deed.__name__)
def test_names_that_came_since_are_looked_at_too(root: Path, deed: Callable[[Path], None]) -> None:
    deed(root)
    found = glance.hazards_naming(root, "jia")
    assert found is not None
    naming = {entry.path for entry in load(root).hazards if "unit: jia" in (root / entry.path).read_text(encoding="utf-8")}
    assert naming <= set(found)
    assert found == sorted(found)


def test_a_unit_that_came_since_is_found_by_its_name(root: Path) -> None:
    write(root / "units" / "bing.yaml", unit("bing", "丙厂"))
    assert glance.units_called(root, "丙厂") == ["units/bing.yaml"]
    write(root / "units" / "yi.yaml", unit("yi", "丁厂"))
    assert "units/yi.yaml" in (glance.units_called(root, "丁厂") or ())


def test_what_was_written_over_in_place_may_be_missed_and_nothing_else(root: Path) -> None:
    path = root / "units" / "yi.yaml"
    path.write_text(unit("yi", "戊厂"), encoding="utf-8")
    assert glance.units_called(root, "戊厂") == []
    assert glance.units_called(root, "甲厂") == ["units/jia.yaml"]
    units = Units(root, Config())
    assert units.called("戊厂", surely=False) == []
    assert units.called("戊厂") == ["yi"]  # where nothing is found every file is looked at
    assert units.called("乙厂") == []  # what is outdated is not believed


def test_only_open_hazards_are_compared(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LEAST", 1)
    path = root / path_of(IDS[0])
    write(path, path.read_text(encoding="utf-8") + "  - {date: 2024-03-01, do: withdraw, by: 张三, reason: error}\n")
    load(root, keeper=kept)
    opened: list[str] = []

    def opening(root: Path, config: Config, path: str) -> object:
        opened.append(path)
        return load_one(root, config, path)

    monkeypatch.setattr(similar, "load_one", opening)
    for day, index, wanted in [("2024-06-01", True, [IDS[2]]), ("2024-06-01", False, [IDS[2]]), ("2024-02-20", True, [IDS[0], IDS[2]])]:
        opened.clear()
        context = Context(root, dt.date.fromisoformat(day), index=index)
        assert [one.hazard.id for one in similar.similar(context, Config(), "jia", "灭火器过期")] == wanted
        assert len(opened) == (len(wanted) if index else 2)


def test_without_the_index_every_file_is_looked_at(root: Path) -> None:
    for index in (True, False):
        units = Units(root, Config(), index=index)
        assert units.meant("甲厂") == units.called("JIA") == ["jia"]
        assert units.called("丙厂", surely=False) == []


def _none(root: Path) -> None:
    base.drop(root)


def _other_settings(root: Path) -> None:
    write(root / "hazardctl.yaml", CONFIG + "language: en\n")


def _no_settings(root: Path) -> None:
    (root / "hazardctl.yaml").unlink()


def _damaged(root: Path) -> None:
    base.drop(root)
    base.place(root).write_bytes(b"nonsense" * 1000)


def _other_program(root: Path) -> None:
    with closing(sqlite3.connect(base.place(root))) as one, one:
        one.execute("UPDATE meta SET value = 'x' WHERE name = 'form'")


def _too_much(root: Path) -> None:
    for number in range(glance.MOST + 1):
        name = f"YH-20240109-{number:05}"
        os.link(root / path_of(IDS[0]), root / path_of(name))


@pytest.mark.parametrize(
    "deed", [_none, _other_settings, _no_settings, _damaged, _other_program, _too_much], ids=lambda deed: deed.__name__
)
def test_an_index_that_is_of_no_use_is_not_asked(root: Path, deed: Callable[[Path], None]) -> None:
    deed(root)
    assert glance.hazards_naming(root, "jia") is None


def test_a_name_is_looked_up_and_its_records_alone_are_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connected = base.connected

    def listening(path: Path) -> sqlite3.Connection:
        connection = connected(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(base, "connected", listening)
    context = Context(root, today=dt.date(2024, 6, 1), index=True)
    similar.similar(context, Config(), "jia", "灭火器过期")
    glance.units_called(root, "甲厂")
    statements = [sql for sql in asked if "mention" in sql or "unit_name" in sql]
    assert len(statements) == 2
    for sql in statements:
        with closing(connected(base.place(root))) as connection:
            steps = [str(step) for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert "(name=?)" in steps[0], steps
        assert all(step.startswith("SEARCH") or "SUBQUERY" in step for step in steps), steps
        assert not any("state=" in step for step in steps), steps
