"""The baseline: known findings are counted, new ones fail, mended ones are told until their line is gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.diagnostics import Severity
from hazardctl.errors import UnreadableError
from hazardctl.ops.context import Context
from hazardctl.ops.validate import Outcome, validate, write_baseline
from hazardctl.store.baseline import FILE
from tests.acting import ASSIGN, REGISTER, context, hazard, ledger

CLOSED = "{date: 2024-03-03, do: close, by: 钱七, reason: rectified}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = ledger(tmp_path)
    hazard(made, "AAAAA", REGISTER, ASSIGN, CLOSED)
    hazard(made, "BBBBB", REGISTER, ASSIGN, extra="sector_2: x\n")
    return made


def codes(outcome: Outcome) -> list[str]:
    return [one.code for one in outcome.review.diagnostics]


def test_what_was_there_is_counted_and_not_shown(root: Path) -> None:
    before = validate(context(root))
    assert before.failed
    written = write_baseline(context(root))
    assert written.n == len(before.review.diagnostics) == len((root / FILE).read_text(encoding="utf-8").splitlines()) - 2
    after = validate(context(root))
    assert not after.failed
    assert not codes(after)
    assert after.review.known == written.n
    assert codes(validate(context(root), baseline=False)) == codes(before)


def test_what_is_new_is_shown_and_fails(root: Path) -> None:
    write_baseline(context(root))
    hazard(root, "CCCCC", REGISTER, ASSIGN, CLOSED)
    after = validate(context(root))
    assert after.failed
    assert {one.record for one in after.review.diagnostics} == {"YH-20240301-CCCCC"}


def test_a_known_finding_stays_known_on_another_day_and_on_another_line(root: Path) -> None:
    early, late = dt.date(2024, 8, 1), dt.date(2024, 12, 1)
    write_baseline(Context(root=root, today=early))
    path = hazard(root, "BBBBB", REGISTER, ASSIGN, extra="sector_2: x\n")
    path.write_text("# 一行说明\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "HZ315" not in codes(validate(Context(root=root, today=late)))


def test_what_was_mended_is_told_at_its_line_until_the_file_shrinks(root: Path) -> None:
    write_baseline(context(root))
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    gone = validate(context(root)).review.diagnostics
    assert gone
    assert {(one.code, one.path, one.severity) for one in gone} == {("HZ715", f"ledger/{FILE}", Severity.WARNING)}
    lines = (root / FILE).read_text(encoding="utf-8").splitlines()
    for one in gone:
        assert "YH-20240301-AAAAA" in lines[one.place.line - 1]
        assert one.excerpt[-1] == (one.place.line, lines[one.place.line - 1])
    write_baseline(context(root))
    assert not codes(validate(context(root)))
    (root / "hazardctl.yaml").write_text("schema: config/1\nrules: {HZ715: silent}\n", encoding="utf-8")
    hazard(root, "BBBBB", REGISTER, ASSIGN)
    assert "HZ715" not in codes(validate(context(root)))


def test_an_unreadable_file_is_never_known_and_hides_nothing(root: Path) -> None:
    write_baseline(context(root))
    path = hazard(root, "AAAAA", REGISTER)
    path.write_text("id: [\n", encoding="utf-8")
    write = write_baseline(context(root), dry=True)
    assert "HZ001" not in write.diff
    outcome = validate(context(root))
    assert outcome.failed
    assert codes(outcome) == ["HZ001"], "its findings are hidden with it, not gone"


def test_a_dry_run_shows_the_difference_and_writes_nothing(root: Path) -> None:
    written = write_baseline(context(root), dry=True)
    assert f"+++ {FILE}" in written.diff
    assert not (root / FILE).exists()
    write_baseline(context(root))
    assert not write_baseline(context(root), dry=True).diff
    before = (root / FILE).read_bytes()
    write_baseline(context(root))
    assert (root / FILE).read_bytes() == before


def test_a_line_that_is_none_stops_the_check(root: Path) -> None:
    write_baseline(context(root))
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(f"{text}<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as failure:
        validate(context(root))
    assert f"line {len(text.splitlines()) + 1}" in str(failure.value)


def test_a_linked_baseline_is_not_followed(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("", encoding="utf-8")
    (root / FILE).symlink_to(other)
    with pytest.raises(UnreadableError):
        validate(context(root))
