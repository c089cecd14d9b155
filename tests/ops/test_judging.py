"""What the index keeps of findings is what a ledger read file by file has: after any edit, on any day, with the index damaged too."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, TypeAlias
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.diagnostics import Review
from hazardctl.language import Language
from hazardctl.ops import judging, keeping
from hazardctl.ops.context import Context
from hazardctl.ops.validate import validate
from hazardctl.rules import case
from hazardctl.store.index import base
from hazardctl.store.index.judged import Judged, Judgement
from hazardctl.store.index.shelf import Kept

HERE: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = HERE.parent / "ledger"
GALLERY: Final = sorted(HERE.glob("gallery/*/**/ledger/*/**/*.yaml"))
"""Records with something wrong in them."""
DAYS: Final = tuple(dt.date(2023, 10, 20) + dt.timedelta(days) for days in (0, 0, 1, -200, 60, 251, 400))
Step: TypeAlias = tuple[str, int]
STEPS: Final = st.lists(
    st.tuples(st.sampled_from(["bring", "bring", "bring", "take", "swap", "day", "paper", "unit", "stray"]), st.integers(0, 10_000)),
    min_size=1,
    max_size=12,
)


@pytest.fixture(autouse=True)
def always_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LEAST", 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid(tmp_path)


def laid(place: Path) -> Path:
    shutil.copytree(SAMPLE, place / "ledger")
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    return place / "ledger"


def told(root: Path, day: dt.date, *, index: bool) -> tuple[object, ...]:
    outcome = validate(Context(root, day, index=index))
    review: Review = outcome.review
    return review.diagnostics, review.files, review.unread, list(review.paths), review.about, outcome.failed, said(review)


def said(review: Review) -> list[tuple[str, ...]]:
    """Say every sentence: a value may be written down otherwise, its words may not be others."""
    both: tuple[Language, ...] = ("zh", "en")
    return [tuple(text.say(language) for text in (one.message, *one.notes) for language in both) for one in review.diagnostics]


def agree(root: Path, day: dt.date) -> None:
    plain, kept = told(root, day, index=False), told(root, day, index=True)
    assert [wording for *_, wording in [kept]] == [wording for *_, wording in [plain]]
    bare = [(one.path, one.place, one.code, one.severity, one.record, one.trail, one.excerpt, one.message.en) for one in plain[0]]  # type: ignore[attr-defined]
    assert [(one.path, one.place, one.code, one.severity, one.record, one.trail, one.excerpt, one.message.en) for one in kept[0]] == bare  # type: ignore[attr-defined]
    assert kept[1:] == plain[1:]


def done(root: Path, step: Step, day: dt.date) -> dt.date:
    """Do something to a ledger; give the day from then on."""
    do, number = step
    files = sorted(path for path in root.rglob("*.yaml") if path.parent != root)
    one = files[number % len(files)]
    match do:
        case "bring":
            new = GALLERY[number % len(GALLERY)]
            place = root / new.as_posix().rpartition("/ledger/")[2]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(new.read_bytes())
        case "take" if len(files) > 20:
            one.unlink()
        case "swap":
            one.write_bytes(files[(number + 1) % len(files)].read_bytes())
        case "paper":
            paper = root / "evidence" / f"{number % 3}.jpg"
            paper.parent.mkdir(exist_ok=True)
            paper.write_bytes(str(number).encode())
            text = one.read_text(encoding="utf-8", errors="replace").removesuffix("\n")
            line = f"evidence:\n  - {{kind: before, path: evidence/{paper.name}, sha256: {number:064}}}\nhistory:"
            one.write_text(text.replace("\nhistory:", f"\n{line}", 1) + "\n", encoding="utf-8")
        case "unit":
            names = sorted((root / "units").glob("*.yaml"))
            unit = names[number % len(names)]
            unit.write_text(unit.read_text(encoding="utf-8", errors="replace").replace("name: ", "name: 新", 1), encoding="utf-8")
        case "stray":
            (root / "hazards" / f"stray{number % 2}.txt").write_text("", encoding="utf-8")
        case _:
            return DAYS[number % len(DAYS)]
    return day


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
@given(steps=STEPS)
def test_after_any_edits_the_index_finds_what_is_found_without(steps: list[Step], tmp_path_factory: pytest.TempPathFactory) -> None:
    root, day = laid(tmp_path_factory.mktemp("edited")), DAYS[0]
    agree(root, day)
    for step in steps:
        day = done(root, step, day)
        agree(root, day)


def judged(root: Path, day: dt.date = DAYS[0]) -> list[str]:
    """Check a ledger; give the files whose records were judged."""
    found: list[str] = []
    original = judging._Judging._some

    def noted(*arguments: object) -> object:
        for one in original(*arguments):  # type: ignore[arg-type]
            found.append(one.path)
            yield one

    with patch.object(judging._Judging, "_some", noted):
        validate(Context(root, day))
    return found


def test_only_what_changed_is_judged_again(root: Path) -> None:
    everything = judged(root)
    assert len(everything) == len(set(everything)) > 100
    assert judged(root) == []
    hazard = next((root / "hazards").rglob("*.yaml"))
    hazard.write_text(hazard.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
    again = judged(root)
    assert hazard.relative_to(root).as_posix() in again
    assert len(again) < len(everything) / 4
    assert judged(root) == []


@pytest.mark.parametrize("patience", [0, 7, 40, 200, 100_000])
def test_words_are_compared_as_long_as_there_is_patience_with_the_index_too(root: Path, patience: int) -> None:
    folder = root / "hazards" / "2025" / "01"
    folder.mkdir(parents=True)
    for number in range(30):
        place = folder / f"YH-20250101-{number:05}.yaml"
        text = f"id: {place.stem}\nschema: hazard/1\ndescription: 消防通道堵塞\nfound_on: 2025-01-01\nunit: 青山造纸厂{number}号\n"
        place.write_text(f"{text}grade: general\nhistory:\n  - {{date: 2025-01-01, do: register, by: 李四}}\n", encoding="utf-8")
    with patch.object(case, "PATIENCE", patience):
        agree(root, DAYS[0])
        assert len(judged(root, DAYS[0])) == 0
        next(folder.iterdir()).unlink()
        agree(root, DAYS[0])


def test_another_day_is_asked_of_those_it_makes_different(root: Path) -> None:
    everything = judged(root)
    other = judged(root, DAYS[0] + dt.timedelta(1))
    assert 0 < len(other) < len(everything) / 2


def test_the_rules_themselves_being_others_everything_is_judged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = judged(root)
    monkeypatch.setattr(judging, "_judges", lambda _: "another program")
    assert judged(root) == everything
    agree(root, DAYS[0])


@pytest.mark.parametrize("harm", [b"", b"no data base", b"SQLite format 3\0" + b"\0" * 4096])
def test_a_damaged_index_is_no_index(root: Path, harm: bytes) -> None:
    judged(root)
    path = base.place(root)
    for one in path.parent.iterdir():
        one.write_bytes(harm) if one == path else one.unlink()
    agree(root, DAYS[0])
    agree(root, DAYS[0])


@pytest.mark.parametrize("table", ["judged", "brief", "leaning", "judging", "paper"])
def test_a_table_that_is_gone_is_no_index(root: Path, table: str) -> None:
    judged(root)
    with closing(sqlite3.connect(base.place(root))) as database:
        database.execute(f"DROP TABLE {table}")
    agree(root, DAYS[0])


def test_what_cannot_be_kept_is_found_all_the_same(root: Path) -> None:
    base.place(root).parent.mkdir(parents=True)
    with closing(sqlite3.connect(base.place(root), isolation_level=None)) as other:
        validate(Context(root, DAYS[0] + dt.timedelta(1)))
        other.execute("BEGIN IMMEDIATE")
        agree(root, DAYS[0])
        other.execute("ROLLBACK")
    agree(root, DAYS[0])


def test_many_records_are_judged_by_several_processes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MANY", 1)
    monkeypatch.setattr(judging, "CHUNK", 7)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for new in GALLERY:
        place = root / new.as_posix().rpartition("/ledger/")[2]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(new.read_bytes())
    agree(root, DAYS[0])
    agree(root, DAYS[0])


def test_records_that_change_while_they_are_judged_are_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original: Callable[..., bool] = Judged.keep

    def late(self: Judged, judgements: list[Judgement]) -> bool:
        with closing(sqlite3.connect(base.place(root), isolation_level=None)) as other:
            other.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
        return original(self, judgements)

    with monkeypatch.context() as patched:
        patched.setattr(Judged, "keep", late)
        agree(root, DAYS[0])
    with monkeypatch.context() as patched:
        patched.setattr(Kept, "renewed", lambda _: False)
        agree(root, DAYS[0])
    agree(root, DAYS[0])
