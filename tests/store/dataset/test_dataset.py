"""A data set: what is written is read again, an export replaces its own ledger only, and damage is told, never counted."""

from __future__ import annotations

import builtins
import importlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet
import pytest

from hazardctl.diagnostics import Finding
from hazardctl.errors import ChangedError, HazardctlError, MissingExtraError, SystemFailedError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger, Shelf
from hazardctl.measures import kept
from hazardctl.store.dataset import files as writing_files
from hazardctl.store.dataset import page
from hazardctl.store.dataset.duck import Duck
from hazardctl.store.dataset.opening import opened
from hazardctl.store.dataset.writing import write
from hazardctl.store.files import RefusedError
from hazardctl.store.load import load
from hazardctl.store.source import WorkTree
from tests import strategies
from tests.datasets import Texts, source
from tests.measures.made import Maker

SAMPLE: Final = Path(__file__).resolve().parents[3] / "ledger"
CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\n"


def duck(data: Path, *keys: str) -> Ledger:
    return opened(data, keys, kept, Duck)


def shelf(data: Path, *keys: str) -> Shelf:
    found = duck(data, *keys).shelf
    assert found is not None
    return found


def sample(data: Path, key: str = "sample") -> None:
    write(data, key, SAMPLE, WorkTree(SAMPLE), kept)


def contents(data: Path) -> Mapping[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*.*") if path.suffix in {".parquet", ".json"}}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("data")
    sample(place)
    return place


def test_the_records_of_a_data_set_are_those_of_the_ledger(data: Path) -> None:
    plain, exported = load(SAMPLE), duck(data)
    assert exported.config == plain.config
    assert sorted(exported.entries, key=lambda one: one.path) == list(plain.entries)
    assert len(exported.entries) == len(plain.entries)
    assert exported.seals == plain.seals
    assert exported.strays == tuple((path, Finding(one.code, _flat(one.message))) for path, one in plain.strays)
    assert exported.found == plain.found
    assert exported.units == plain.units
    assert list(exported.units) == list(plain.units)
    assert shelf(data).paths() == [entry.path for entry in plain.entries]
    assert sum(shelf(data).counts().values()) == len(plain.entries)
    for kind in ("hazard", "unit", "tally"):
        assert list(exported.of(kind)) == list(plain.of(kind))
        assert exported.ids(kind) == plain.ids(kind)


def _flat(text: Text) -> Text:
    return Text(text.say("zh"), text.say("en"))


def test_a_record_is_found_by_its_id_its_path_and_its_place(data: Path) -> None:
    plain, exported = load(SAMPLE), duck(data)
    one = plain.hazards[3]
    assert exported.by_id[one.record.id] == one
    assert exported.by_path(one.path) == one
    assert list(exported.passing([one.path, "nowhere/x.yaml"])) == [one, None]
    assert exported.by_path("nowhere/x.yaml") is None
    assert exported.by_path("hazards/2023/01/YH-20230101-ZZZZZ.yaml") is None
    assert "YH-20230101-ZZZZZ" not in exported.by_id
    with pytest.raises(KeyError):
        exported.by_id["YH-20230101-ZZZZZ"]
    assert set(exported.by_id) == set(plain.by_id)
    assert len(exported.by_id) == len(plain.by_id)
    assert exported.hazards[3] == one
    assert list(exported.hazards[2:5]) == list(plain.hazards[2:5])
    assert len(exported.hazards) == len(plain.hazards)
    everything = list(exported.entries)
    assert exported.entries[5] == everything[5]
    assert list(exported.entries[5:8]) == everything[5:8]


def test_units_are_known_by_key_name_and_alias(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = load(SAMPLE)
    names = [name for unit in plain.units.values() for name in (unit.name, *unit.aliases) if name]
    for most in (20_000, 0):  # all names at once, or one by one
        monkeypatch.setattr("hazardctl.store.dataset.shelf.SMALL", most)
        exported = duck(data)
        for text in (*names, *plain.units, "没有这家单位"):
            assert exported.unit_keys(text) == plain.unit_keys(text)
            assert exported.unit_name(text) == plain.unit_name(text)
    unit = next(one for one in plain.hazards if one.record.unit in plain.units).record.unit
    named = [entry.path for entry in shelf(data).naming("hazard", plain.units[unit].name)]
    assert named == [entry.path for entry in shelf(data).naming("hazard", unit)]
    assert {entry.path for entry in plain.hazards if plain.unit_key(entry.record.unit) == unit} <= set(named)
    called = shelf(data).unit_names()
    assert len(called) == len(set(called))
    assert all(called[name] for name in called)


def test_the_same_ledger_is_the_same_bytes(data: Path, tmp_path: Path) -> None:
    sample(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(data)


def test_an_export_replaces_its_own_ledger_and_no_other(tmp_path: Path) -> None:
    trees: list[Any] = [_tree(number) for number in range(4)]
    write(tmp_path, "a", SAMPLE, source(trees[:3]), kept)
    write(tmp_path, "b", SAMPLE, source(trees[3:]), kept)
    before = contents(tmp_path)
    write(tmp_path, "a", SAMPLE, source(trees[:1]), kept)
    after = contents(tmp_path)
    assert {path: data for path, data in after.items() if "=b" in path} == {path: data for path, data in before.items() if "=b" in path}
    assert len(duck(tmp_path, "a").hazards) == 1
    assert len(duck(tmp_path).hazards) == 2
    named = {
        one.path
        for it in page.pages(tmp_path, (), page.read(page.place(tmp_path, "a")).form)
        for found in it.files.values()
        for one in found
    }
    assert named == {path for path in after if path.endswith(".parquet")}


def _tree(number: int, found: str = "2024-03-01") -> dict[str, Any]:
    return {
        "id": f"YH-{found.replace('-', '')}-AAAA{number}",
        "schema": "hazard/1",
        "description": "通道堆物",
        "found_on": found,
        "source": "supervision",
        "found_by_org": "qingshan-safety-office",
        "unit": "xx-paper",
        "grade": "general",
        "history": [{"date": found, "do": "register", "by": "李四"}],
    }


def test_an_export_that_fails_half_way_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("hazardctl.store.dataset.files._Part.closed", full)
        with pytest.raises(SystemFailedError):
            write(tmp_path, "a", SAMPLE, source([_tree(1), _tree(2, "2025-01-01")]), kept)
    assert contents(tmp_path) == before
    assert not list(tmp_path.rglob("*.tmp"))
    assert len(duck(tmp_path).hazards) == 1


def test_what_a_dead_export_left_behind_counts_nowhere_and_is_swept(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    here = next(tmp_path.glob("hazard/*/*"))
    shutil.copy(next(here.glob("*.parquet")), here / "part-000000000000.parquet")
    (here / ".part-1.tmp").write_bytes(b"half")
    assert len(duck(tmp_path).hazards) == 1
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    assert [one.suffix for one in here.iterdir()] == [".parquet"]


def test_rows_go_out_in_groups_and_come_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[Any] = [_tree(number, f"202{number % 3}-01-0{number + 1}") for number in range(9)]
    write(tmp_path / "whole", "a", SAMPLE, source(trees), kept)
    for name, value in (("CHUNK", 2), ("GROUP", 3), ("MOST", 5)):
        monkeypatch.setattr(writing_files, name, value)
    monkeypatch.setattr("hazardctl.store.dataset.writing.CHUNK", 2)
    monkeypatch.setattr("hazardctl.store.dataset.shelf.PAGE", 2)
    told: list[tuple[int, int]] = []
    write(tmp_path / "parts", "a", SAMPLE, source(trees), kept, progress=lambda *numbers: told.append(numbers))
    assert told[-1] == (9, 9)
    parts, whole = duck(tmp_path / "parts"), duck(tmp_path / "whole")
    assert list(parts.hazards) == list(whole.hazards)
    one = next((tmp_path / "parts").glob("span/*/year=2021/*"))
    assert pyarrow.parquet.ParquetFile(one).num_row_groups > 1


def test_what_cannot_be_read_goes_along_and_is_named(tmp_path: Path) -> None:
    texts = dict(source([_tree(1)]).texts)
    texts["units/spoilt.yaml"] = b"id: ["
    texts["hazards/2024/03/readme.txt"] = b"?"
    texts["hazards/2024/03/YH-20240301-AAAA9.yaml"] = b""

    class Locked(Texts):
        def read(self, path: str) -> bytes:
            if "AAAA9" in path:
                raise RefusedError(Finding("HZ001", Text("打不开", "cannot be opened")))
            return super().read(path)

    done = write(tmp_path, "a", SAMPLE, Locked(texts), kept)
    assert (done.records, done.hazards) == (1, 1)
    assert sorted(path for path, _ in done.unread) == ["hazards/2024/03/YH-20240301-AAAA9.yaml", "units/spoilt.yaml"]
    ledger = duck(tmp_path)
    assert {one.path: one.findings[0].code for one in ledger.unread}["hazards/2024/03/YH-20240301-AAAA9.yaml"] == "HZ001"
    assert [path for path, _ in ledger.strays] == ["hazards/2024/03/readme.txt"]
    write(tmp_path, "b", SAMPLE, source([_tree(2)]), kept)
    assert {one.path for one in duck(tmp_path).unread} == {"a:hazards/2024/03/YH-20240301-AAAA9.yaml", "a:units/spoilt.yaml"}


def test_several_ledgers_have_the_regions_words_and_people_of_all(tmp_path: Path) -> None:
    one: Any = {
        "schema": "config/1",
        "organisation": {"name": "青山镇"},
        "regions": [{"key": "qs", "name": "青山镇"}],
        "people": [{"name": "张三"}],
        "vocabularies": {"sectors": {"boats": "渔船"}},
    }
    other: Any = {**one, "organisation": {"name": "柳林镇"}, "regions": [{"key": "ll", "name": "柳林镇"}], "people": [{"name": "李四"}]}
    write(tmp_path, "a", SAMPLE, source([], one), kept)
    write(tmp_path, "b", SAMPLE, source([], other), kept)
    config = duck(tmp_path).config
    assert [region.key for region in config.regions] == ["qs", "ll"]
    assert [person.name for person in config.people] == ["张三", "李四"]
    assert "boats" in config.vocabularies.added()["sectors"]
    assert config.organisation.name == "青山镇、柳林镇"
    assert duck(tmp_path, "b").config.organisation.name == "柳林镇"


def test_ledgers_judged_differently_do_not_add_up(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([]), kept)
    write(tmp_path, "b", SAMPLE, source([], {**strategies.CONFIG, "measures": {"preset": "official"}}), kept)
    with pytest.raises(UsageError, match="measures"):
        duck(tmp_path)
    assert duck(tmp_path, "b").config.measures.preset == "official"


def test_keys_of_different_ledgers_differ(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    write(tmp_path, "b", SAMPLE, source([_tree(1)]), kept)
    rows = shelf(tmp_path).base.rows("SELECT key FROM hazard", {})
    assert len(set(rows)) == 2
    assert all(0 <= key < 1 << 63 for (key,) in rows)


def _spoil(data: Path, change: Callable[[dict[str, Any]], None]) -> None:
    place = page.place(data, "a")
    said = json.loads(place.read_bytes())
    change(said)
    place.write_text(json.dumps(said), encoding="utf-8")


def _far(said: dict[str, Any]) -> None:
    said["files"]["hazard"][0]["path"] = "../elsewhere.parquet"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda said: said.pop("files"), UnreadableError),
        (lambda said: said.update(form="other"), UnreadableError),
        (lambda said: said.update(config="{"), UnreadableError),
        (lambda said: said.update(config="schema: config/1\nno_such: 1\n"), UnreadableError),
        (_far, UnreadableError),
    ],
)
def test_a_damaged_page_is_told_of(tmp_path: Path, change: Callable[[dict[str, Any]], None], error: type[HazardctlError]) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    _spoil(tmp_path, change)
    with pytest.raises(error):
        duck(tmp_path)


def test_a_missing_data_file_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    next(tmp_path.glob("span/*/*/*.parquet")).unlink()
    with pytest.raises(UnreadableError, match="lacks its data file span/"):
        duck(tmp_path)


def test_a_data_file_cut_short_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    path = next(tmp_path.glob("span/*/*/*.parquet"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnreadableError, match="the data set cannot be read"):
        duck(tmp_path).shelf.base.rows("SELECT COUNT(*), MIN(start) FROM span", {})  # type: ignore[union-attr]


HARD: Final = "SELECT COUNT(*) FROM (SELECT DISTINCT CAST(a.range AS VARCHAR) || 'text that needs its room' FROM range(500000) a) b"


def test_a_statement_that_does_not_fit_gets_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.store.dataset.duck.LEAST", 2)
    base = Duck({}, {})
    assert base.rows(HARD, {}) == [(500_000,)]
    assert base.rows("SELECT current_setting('memory_limit')", {}) != [("1.9 MiB",)]


def test_memory_that_never_suffices_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.store.dataset.duck.LEAST", 2)
    monkeypatch.setattr("hazardctl.store.dataset.duck.MOST", 2)
    with pytest.raises(SystemFailedError, match="out of memory at 2 MB"):
        Duck({}, {}).rows(HARD, {})


def test_a_text_that_says_no_record_any_more_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "a", SAMPLE, source([_tree(1)]), kept)
    held = duck(tmp_path)
    one = held.shelf
    assert one is not None
    with pytest.raises(ChangedError):
        one.entry("hazards/2024/03/YH-20240301-AAAA1.yaml", "id: [")  # type: ignore[attr-defined]
    with pytest.raises(ChangedError):
        one._at("hazards/2024/03/YH-20240301-AAAA9.yaml")  # type: ignore[attr-defined]


def test_no_data_set_no_ledger_and_two_of_one_number_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="is no data set"):
        duck(tmp_path)
    write(tmp_path, "a", SAMPLE, source([]), kept)
    write(tmp_path, "b", SAMPLE, source([]), kept)
    with pytest.raises(UsageError, match='no ledger "c"'):
        duck(tmp_path, "c")
    monkeypatch.setattr(page, "number", lambda _: 1)
    with pytest.raises(UnreadableError, match="one number"):
        duck(tmp_path)


@pytest.mark.parametrize("key", ["", "a/b", "a=b", ".hidden", "_x", "-n", "x" * 81, "a b", "a\nb"])
def test_a_name_that_folders_do_not_take_is_refused(key: str) -> None:
    with pytest.raises(UsageError):
        page.checked(key)


def test_chinese_names_are_escaped_as_hive_does(tmp_path: Path) -> None:
    write(tmp_path, page.checked("柳林镇"), SAMPLE, source([_tree(1)]), kept)
    assert all(path.as_posix().isascii() for path in (one.relative_to(tmp_path) for one in tmp_path.rglob("*")))
    read = pyarrow.parquet.read_table(tmp_path / "hazard")
    assert (read["ledger"].to_pylist(), read["year"].to_pylist()) == (["柳林镇"], [2024])


def test_seals_go_along(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    sealed = load(tmp_path / "ledger").seals
    write(tmp_path / "data", "a", tmp_path / "ledger", WorkTree(tmp_path / "ledger"), kept)
    assert duck(tmp_path / "data").seals == sealed


@pytest.mark.parametrize("library", ["duckdb", "pyarrow"])
def test_without_the_extra_one_line_says_how_to_install_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    real, real_module = builtins.__import__, importlib.import_module

    def without(name: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 (as the one it stands for)
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest, **more)

    def without_module(name: str, package: str | None = None) -> Any:  # noqa: ANN401 (as the one it stands for)
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real_module(name, package)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(writing_files, "import_module", without_module)
    call = duck if library == "duckdb" else sample
    with pytest.raises(MissingExtraError, match=r"hazardctl\[parquet\]"):
        call(data if library == "duckdb" else tmp_path)


def test_a_ledger_of_every_kind_goes_out_and_comes_back(tmp_path: Path) -> None:
    maker = Maker()
    for kind in ("inspection", "campaign", "tally", "target", "unit"):
        more: dict[str, Any] = {"period": "2024H1"} if kind in {"tally", "target"} else {}
        maker.add(kind, **more)
    root = maker.write(tmp_path / "ledger")
    write(tmp_path / "data", "a", root, WorkTree(root), kept)
    assert sorted(duck(tmp_path / "data").entries, key=lambda one: one.path) == list(load(root).entries)
