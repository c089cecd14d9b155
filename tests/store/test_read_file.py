"""A file is read only when it is a regular file inside the ledger (RELIABILITY 3.5, F1 to F3)."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from hazardctl.errors import SystemFailedError
from hazardctl.store.files import MAX_BYTES, Files, RefusedError, read_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger" / "units"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_bytes(b"id: a\n")
    return tmp_path / "ledger"


def refused(path: Path, root: Path) -> str:
    """Give the code with which a file is refused, read alone or among many."""
    with pytest.raises(RefusedError) as raised:
        read_file(path, root)
    with pytest.raises(RefusedError) as among:
        Files(root).read(path.relative_to(root).as_posix() if path.is_relative_to(root) else os.fspath(path))
    assert among.value.finding == raised.value.finding
    assert raised.value.finding.message.say("zh")
    assert raised.value.exit_code == 4
    return raised.value.finding.code


def test_a_regular_file_is_read_whole(root: Path) -> None:
    assert read_file(root / "units" / "a.yaml", root) == b"id: a\n"
    (root / "units" / "b.yaml").write_bytes(b"x" * MAX_BYTES)
    assert len(read_file(root / "units" / "b.yaml", root)) == MAX_BYTES


def test_a_root_may_be_the_folder_one_stands_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert read_file(Path("units/a.yaml"), Path()) == b"id: a\n"
    assert read_file(Path("/") / (root / "units" / "a.yaml").relative_to("/"), Path("/")) == b"id: a\n"


def test_short_reads_are_joined(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, _: real(handle, 2))
    assert read_file(root / "units" / "a.yaml", root) == b"id: a\n"


def test_f1_links_are_refused(root: Path) -> None:
    (root / "units" / "link.yaml").symlink_to("/dev/zero")
    assert refused(root / "units" / "link.yaml", root) == "HZ016"
    (root / "hazards").symlink_to(root / "units")
    assert refused(root / "hazards" / "a.yaml", root) == "HZ016"


def test_a_root_that_is_a_link_is_the_users_own_choice(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert read_file(tmp_path / "link" / "units" / "a.yaml", tmp_path / "link") == b"id: a\n"


def test_f2_pipes_sockets_devices_and_folders_do_not_hang(root: Path) -> None:
    os.mkfifo(root / "units" / "pipe.yaml")
    assert refused(root / "units" / "pipe.yaml", root) == "HZ001"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(root / "units" / "s.yaml"))
        assert refused(root / "units" / "s.yaml", root) == "HZ001"
    assert refused(root / "units", root) == "HZ001"


@pytest.mark.parametrize("path", ["../x.yaml", "units/../../x.yaml", "units/../units/a.yaml", "", "/etc/passwd"])
def test_f3_places_outside_are_refused(root: Path, path: str) -> None:
    assert refused(root / path, root) == "HZ016"


def test_a_file_that_is_not_there_or_too_large_is_refused(root: Path) -> None:
    assert refused(root / "units" / "none.yaml", root) == "HZ001"
    assert refused(root / "none" / "none.yaml", root) == "HZ001"
    assert refused(root / "units" / "nul\0.yaml", root) == "HZ001"
    assert refused(root / "units" / ("长" * 90 + ".yaml"), root) == "HZ001"
    (root / "units" / "b.yaml").write_bytes(b"x" * (MAX_BYTES + 1))
    assert refused(root / "units" / "b.yaml", root) == "HZ001"


def test_a_disk_that_fails_names_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(os, "read", broken)
    assert refused(root / "units" / "a.yaml", root) == "HZ001"


def test_a_process_out_of_files_is_a_failure_of_the_system(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.EMFILE, "x")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(SystemFailedError):
        read_file(root / "units" / "a.yaml", root)


def test_many_files_are_read_and_the_way_to_each_folder_is_looked_at(root: Path) -> None:
    (root / "tips").mkdir()
    (root / "tips" / "b.yaml").write_bytes(b"id: b\n")
    files = Files(root)
    assert [files.read(path) for path in ("units/a.yaml", "units/a.yaml", "tips/b.yaml", "units/a.yaml")] == [
        b"id: a\n", b"id: a\n", b"id: b\n", b"id: a\n",
    ]  # fmt: skip
    (root / "linked").symlink_to(root / "units")
    for _ in range(2):
        with pytest.raises(RefusedError):
            files.read("linked/a.yaml")
