"""`fmt`: canonical order and spelling, facts and comments untouched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.errors import LockedError, UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.fmt import fmt, in_order, summary
from hazardctl.store.emit import record_text
from hazardctl.store.lock import lock
from hazardctl.store.reader import parse
from hazardctl.store.tidy import canonical as tidy
from tests.acting import ASSIGN, REGISTER, context, hazard, ledger
from tests.store.test_canonical import RECORDS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return ledger(tmp_path)


def disorder(path: Path) -> bytes:
    """Put the grade first, a comment beside it, and Windows line ends everywhere."""
    lines = path.read_text(encoding="utf-8").split("\n")
    lines.remove("grade: general")
    data = "\r\n".join(["grade: general  # 现场认定", *lines]).encode()
    path.write_bytes(data)
    return data


def test_a_record_is_put_in_order_and_says_the_same(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    sound = path.read_bytes()
    before = disorder(path)
    done = fmt(context(root))
    after = path.read_bytes()
    assert done.changed == ("hazards/2024/03/YH-20240301-AAAAA.yaml",)
    assert after == sound.replace(b"grade: general\n", "grade: general  # 现场认定\n".encode())
    assert parse(after).tree == parse(before).tree


def test_twice_changes_nothing_more(root: Path) -> None:
    disorder(hazard(root, "AAAAA", REGISTER))
    fmt(context(root))
    assert fmt(context(root)).changed == ()


def test_a_look_writes_nothing_not_even_a_lock(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    data = disorder(path)
    with lock(root):
        done = fmt(context(root), dry=True)
    assert path.read_bytes() == data
    assert len(done.changed) == 1
    assert "+grade: general" in done.diffs[0].replace("\r", "")


def test_only_the_files_named_are_touched(root: Path) -> None:
    first, second = hazard(root, "AAAAA", REGISTER), hazard(root, "BBBBB", REGISTER, found="2024-02-01")
    disorder(first)
    data = disorder(second)
    assert fmt(context(root), [first]).looked == 1
    assert second.read_bytes() == data
    assert fmt(context(root), [root / "hazards" / "2024" / "02"]).changed == ("hazards/2024/02/YH-20240201-BBBBB.yaml",)
    with pytest.raises(UsageError):
        fmt(context(root), [root / "nowhere"])


def test_what_cannot_be_read_is_left_alone_and_named(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    path.write_text("id: [\n", encoding="utf-8")
    disorder(hazard(root, "BBBBB", REGISTER))
    done = fmt(context(root))
    assert path.read_text(encoding="utf-8") == "id: [\n"
    assert [name for name, _ in done.unread] == ["hazards/2024/03/YH-20240301-AAAAA.yaml"]
    assert len(done.changed) == 1
    first, last = summary(done, dry=False)
    assert "YH-20240301-AAAAA" in first.say("en")
    assert last.say("en") == "1 of 4 files put in order"


def test_another_writer_is_waited_for_and_then_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disorder(hazard(root, "AAAAA", REGISTER))
    monkeypatch.setattr("hazardctl.ops.fmt.lock", lambda folder: lock(folder, patience=0.05))
    with lock(root), pytest.raises(LockedError):
        fmt(context(root))


@settings(max_examples=200)
@given(RECORDS, st.sampled_from(("", "found_on", "due", "article", "quantity")))
def test_what_looks_in_order_at_once_is_in_order(record: dict[str, object], quoted: str) -> None:
    order = BY_NAME["hazard"].model.order()
    text = record_text(record, order)  # type: ignore[arg-type,unused-ignore]
    text = re.sub(rf"\b{quoted}: ([\w.-]+)", rf'{quoted}: "\1"', text) if quoted else text
    data = text.encode("utf-8", "surrogatepass")
    if in_order(data, order):
        assert tidy(data, order) == data


def test_quotes_that_a_text_needs_are_no_reason_for_a_closer_look() -> None:
    order = BY_NAME["hazard"].model.order()
    data = b'id: a\nfound_on: 2026-01-01\nunit: "2026-01-02"\nbasis: [{doc: GB, article: "11.2"}]\n'
    assert in_order(data, order)
    assert tidy(data, order) == data
    assert not in_order(data.replace(b"found_on: 2026-01-01", b'found_on: "2026-01-01"'), order)


def test_every_record_of_the_sample_ledger_is_in_order(repository: Path) -> None:
    order = BY_NAME["hazard"].model.order()
    quickly = 0
    for file in (repository / "ledger" / "hazards").rglob("*.yaml"):
        data = file.read_bytes()
        quickly += in_order(data, order)
        assert tidy(data, order) == data
    assert quickly


@pytest.mark.parametrize(
    "data", [b"grade: general\nid: a\n", b"id: a\r\n", b"id: a", b'found_on: "2026-01-01"\n', b"# a\nid: a\n", b"id: [", b"\xff"]
)
def test_whatever_may_need_work_gets_the_closer_look(data: bytes) -> None:
    assert not in_order(data, BY_NAME["hazard"].model.order())
