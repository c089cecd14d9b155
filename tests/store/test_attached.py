"""The files beside the records are looked at where a record names them, and nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hazardctl.store.attached import Attached


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "ledger"
    (made / "evidence").mkdir(parents=True)
    (made / "evidence" / "1.jpg").write_bytes(b"picture")
    (tmp_path / "outside.jpg").write_bytes(b"secret")
    return made


def test_a_file_is_there_and_has_its_hash(root: Path) -> None:
    files = Attached(root)
    assert files.holds("evidence/1.jpg")
    assert files.sha256("evidence/1.jpg") == hashlib.sha256(b"picture").hexdigest()


def test_a_large_file_has_the_hash_it_has(root: Path) -> None:
    data = b"0123456789" * 300_000
    (root / "evidence" / "film.mp4").write_bytes(data)
    assert Attached(root).sha256("evidence/film.mp4") == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "path", ["evidence/2.jpg", "evidence", "nowhere/1.jpg", "../outside.jpg", "evidence/../../outside.jpg", "e\0", "", "a" * 300]
)
def test_what_is_no_file_of_the_ledger_is_not_there(root: Path, path: str) -> None:
    assert not Attached(root).holds(path)
    assert Attached(root).sha256(path) is None


def test_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    (root / "evidence" / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    (root / "linked").symlink_to(tmp_path)
    for path in ("evidence/link.jpg", "linked/outside.jpg"):
        assert not Attached(root).holds(path)
        assert Attached(root).sha256(path) is None


def test_a_file_that_cannot_be_opened_has_no_hash(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr("hazardctl.store.attached.os.open", refuse)
    assert Attached(root).sha256("evidence/1.jpg") is None


def test_each_file_is_read_once(root: Path) -> None:
    files = Attached(root)
    before = files.sha256("evidence/1.jpg")
    (root / "evidence" / "1.jpg").write_bytes(b"another")
    assert files.sha256("evidence/1.jpg") == before
