"""`validate` as a use case: what is read, what is shown, what fails the check."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.diagnostics import Severity
from hazardctl.errors import UnreadableError, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.validate import validate
from tests.acting import ASSIGN, CONFIG, REGISTER, hazard, ledger

TODAY = dt.date(2024, 3, 25)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return ledger(tmp_path)


def at(root: Path, today: dt.date = TODAY) -> Context:
    return Context(root=root, today=today)


def codes(root: Path, *paths: Path, today: dt.date = TODAY) -> set[str]:
    return {one.code for one in validate(at(root, today), paths).review.diagnostics}


def test_a_sound_ledger_has_no_errors(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    outcome = validate(at(root))
    assert not outcome.failed
    assert not outcome.review.count(Severity.ERROR)
    assert outcome.review.files["hazard"] == 1
    assert outcome.review.as_of == "2024-03-25"


def test_the_whole_ledger_is_read_and_findings_of_the_paths_are_shown(root: Path) -> None:
    first = hazard(root, "AAAAA", REGISTER, extra="sector_2: x\n")
    hazard(root, "BBBBB", REGISTER, extra="sector_3: x\n", found="2024-02-01")
    outcome = validate(at(root), [first])
    assert {one.record for one in outcome.review.diagnostics} == {"YH-20240301-AAAAA"}
    assert outcome.review.files["hazard"] == 2
    assert len({one.path for one in validate(at(root), [root / "hazards"]).review.diagnostics}) == 2
    assert validate(at(root), [root]).review == validate(at(root)).review
    assert validate(at(root), [root.parent]).review == validate(at(root)).review
    assert {one.record for one in validate(at(root), [Path("hazards/2024/02")]).review.diagnostics} == {"YH-20240201-BBBBB"}


def test_paths_are_told_relative_to_the_repository(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    paths = {one.path for one in validate(at(root)).review.diagnostics}
    assert paths == {"ledger/hazards/2024/03/YH-20240301-AAAAA.yaml"}
    (root / ".git").mkdir()
    assert {one.path for one in validate(at(root)).review.diagnostics} == {"hazards/2024/03/YH-20240301-AAAAA.yaml"}


def test_a_path_that_is_not_there_or_outside_is_a_usage_error(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text("x: 1\n")
    for path in (root / "nowhere", outside):
        with pytest.raises(UsageError):
            validate(at(root), [path])


def test_what_fails_the_check_is_chosen(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    late = dt.date(2024, 8, 1)
    assert not validate(at(root, late), fail_on="error").failed
    assert validate(at(root, late), fail_on="overdue").overdue == 1
    assert validate(at(root, late), fail_on="overdue").failed
    assert not validate(at(root, late), fail_on="overdue:major").failed
    assert not validate(at(root, late), [root / "units"], fail_on="overdue").failed
    hazard(root, "BBBBB", REGISTER)
    assert validate(at(root, late), fail_on="warning").failed
    with pytest.raises(UsageError):
        validate(at(root), fail_on="never")


def test_silencing_the_overdue_finding_does_not_disarm_fail_on(root: Path) -> None:
    (root / "hazardctl.yaml").write_text(f"{CONFIG}rules: {{HZ315: silent}}\n", encoding="utf-8")
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    outcome = validate(at(root, dt.date(2024, 8, 1)), fail_on="overdue")
    assert outcome.failed
    assert "HZ315" not in {one.code for one in outcome.review.diagnostics}


def test_an_unread_file_is_named_and_fails_the_check(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    path.write_text("id: [\n", encoding="utf-8")
    outcome = validate(at(root))
    assert outcome.failed
    assert outcome.review.unread == ("ledger/hazards/2024/03/YH-20240301-AAAAA.yaml",)
    assert outcome.review.files["hazard"] == 1


def test_without_a_sound_configuration_nothing_is_judged(root: Path) -> None:
    (root / "hazardctl.yaml").write_text("schema: config/1\ncolour: red\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        validate(at(root))


@pytest.mark.parametrize(
    "spoiled",
    [
        "<<<<<<< HEAD\n  - {date: 2024-03-02, do: note, by: 李四, note: 甲}\n=======\n>>>>>>> branch\n",
        "  - {date: 2024-03-02, do: note, by: 李四, by: 王五, note: 甲}\n",
        "  - {date: 2024-03-02, do: close, by: 李四, reason: rectified}\n",
        "  - {date: 2024-03-01, do: register, by: 李四}\n",
        "  - date: 2024-03-02\n    do: note\n    by: 李四\n    note: 甲\n",
        "status: closed\n",
        "  - {date: 2024-03-12, do: assign, by: 王五, to: xx-paper, due: 2024-09-01}\n",
    ],
)
def test_a_mistaken_merge_is_an_error(root: Path, spoiled: str) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    path.write_text(path.read_text(encoding="utf-8") + spoiled, encoding="utf-8")
    assert validate(at(root)).review.count(Severity.ERROR)


def test_one_id_in_two_folders_is_an_error_in_both_places(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    copy = root / "hazards" / "2024" / "04" / path.name
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    assert codes(root) >= {"HZ102", "HZ010"}
