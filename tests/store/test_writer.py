"""Old bytes or new bytes, never half; and "ok" means stored (RELIABILITY 5.1, 3.8)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hazardctl.errors import BugError, ChangedError, SystemFailedError, UnreadableError, UsageError
from hazardctl.store import atomic, batch, system, writer

OLD = "id: a\nhistory:\n  - {date: 2024-03-12, do: register, by: 李四}\n".encode()
EVENT = "{date: 2024-03-13, do: note, by: 王五}"
NEW = OLD + f"  - {EVENT}\n".encode()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "hazardctl.yaml").write_bytes(b"schema: config/1\n")
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "a.yaml").write_bytes(OLD)
    return tmp_path


def everything(root: Path) -> dict[str, bytes]:
    """Give every file below the root, temporary ones included."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


# -------------------------------------------------------------------------------------------------------------- create


def test_a_new_file_appears_whole_in_folders_made_for_it(root: Path) -> None:
    path = root / "hazards" / "2024" / "03" / "x.yaml"
    writer.create(path, OLD)
    assert path.read_bytes() == OLD
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask()
    assert not [name for name in everything(root) if name.endswith(".tmp")]


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_name_that_is_taken_is_not_overwritten(root: Path) -> None:
    before = everything(root)
    for path in (root / "units" / "a.yaml", root / "units"):
        with pytest.raises(ChangedError):
            writer.create(path, OLD)
    (root / "units" / "link.yaml").symlink_to("nowhere")
    with pytest.raises(ChangedError):
        writer.create(root / "units" / "link.yaml", OLD)
    assert everything(root) == before


def test_all_files_or_none(root: Path) -> None:
    before = everything(root)
    with pytest.raises(ChangedError):
        writer.create_all([(root / "units" / "b.yaml", OLD), (root / "units" / "a.yaml", OLD)])
    assert everything(root) == before
    writer.create_all([(root / "units" / "b.yaml", OLD), (root / "hazards" / "c.yaml", NEW)])
    assert everything(root) == {**before, "units/b.yaml": OLD, "hazards/c.yaml": NEW}


def test_a_name_taken_at_the_last_moment_takes_the_whole_batch_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = atomic.publish

    def late(temporary: Path, path: Path) -> None:
        if path.name == "c.yaml":
            path.write_bytes(b"id: other\n")
        real(temporary, path)

    monkeypatch.setattr(atomic, "publish", late)
    with pytest.raises(ChangedError, match=r"c\.yaml"):
        writer.create_all([(root / "hazards" / "b.yaml", OLD), (root / "units" / "c.yaml", OLD)])
    assert everything(root) == {"hazardctl.yaml": b"schema: config/1\n", "units/a.yaml": OLD, "units/c.yaml": b"id: other\n"}
    assert not (root / "hazards").exists()


def test_without_hard_links_a_new_file_still_appears_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "x")

    monkeypatch.setattr(os, "link", no_links)
    writer.create(root / "units" / "b.yaml", OLD)
    assert (root / "units" / "b.yaml").read_bytes() == OLD
    with pytest.raises(FileExistsError):
        atomic.publish(root / "units" / "b.yaml", root / "units" / "a.yaml")


def test_without_hard_links_a_full_disk_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "x")

    before = everything(root)
    monkeypatch.setattr(os, "link", no_links)
    failing(monkeypatch, "fsync", 2, errno.ENOSPC)
    with pytest.raises(SystemFailedError):
        writer.create(root / "units" / "b.yaml", OLD)
    assert everything(root) == before


def test_a_record_that_cannot_be_read_back_is_a_bug_and_not_written(root: Path) -> None:
    for data in (b"", b"a: &x 1\n", b"a: [\n", "a: b\n".encode("utf-16")):
        with pytest.raises(BugError):
            writer.create(root / "units" / "b.yaml", data)
    assert set(everything(root)) == {"hazardctl.yaml", "units/a.yaml"}


def test_u4_u5_what_nobody_sees_is_not_written(root: Path) -> None:
    for text in ('a: "\\e[2J"', "a: 甲\u202e乙", "a: \u200b"):
        with pytest.raises(UsageError):
            writer.create(root / "units" / "b.yaml", f"{text}\n".encode())
        with pytest.raises(UsageError):
            writer.replace(root / "units" / "a.yaml", f"{text}\n".encode(), expected=OLD)


def test_what_was_there_unseen_does_not_stop_an_act(root: Path) -> None:
    old = "id: a\nx-old: 甲\u200b乙\n".encode()
    (root / "units" / "b.yaml").write_bytes(old)
    assert writer.append_event(root / "units" / "b.yaml", EVENT, expected=old).startswith(old)


def test_files_that_are_no_records_are_written_as_they_are(root: Path) -> None:
    writer.create(root / "evidence" / "2024" / "03" / "a-1.jpg", b"\xff\xd8\0")
    assert (root / "evidence" / "2024" / "03" / "a-1.jpg").read_bytes() == b"\xff\xd8\0"


# ------------------------------------------------------------------------------------------------------------- replace


def test_an_event_is_appended_and_the_mode_stays(root: Path) -> None:
    path = root / "units" / "a.yaml"
    path.chmod(0o640)
    assert writer.append_event(path, EVENT, expected=OLD) == NEW
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert set(everything(root)) == {"hazardctl.yaml", "units/a.yaml"}


def test_a_file_changed_since_it_was_read_is_not_overwritten(root: Path) -> None:
    path = root / "units" / "a.yaml"
    path.write_bytes(b"id: other\n")
    with pytest.raises(ChangedError):
        writer.append_event(path, EVENT, expected=OLD)
    assert path.read_bytes() == b"id: other\n"
    path.unlink()
    with pytest.raises(ChangedError):
        writer.replace(path, NEW, expected=OLD)


def test_a_file_changed_while_we_write_is_not_overwritten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = root / "units" / "a.yaml", atomic.stage

    def meanwhile(target: Path, data: bytes, **more: Any) -> Path:  # noqa: ANN401 (whatever stage takes)
        staged = real(target, data, **more)
        path.write_bytes(b"id: other\n")
        return staged

    monkeypatch.setattr(atomic, "stage", meanwhile)
    with pytest.raises(ChangedError):
        writer.replace(path, NEW, expected=OLD)
    assert everything(root)["units/a.yaml"] == b"id: other\n"
    assert len(everything(root)) == 2


def test_a_link_is_never_written_through(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.yaml").write_bytes(OLD)
    (root / "units" / "b.yaml").symlink_to(outside / "b.yaml")
    with pytest.raises(UnreadableError):
        writer.replace(root / "units" / "b.yaml", NEW, expected=OLD)
    (root / "hazards").symlink_to(outside)
    for path in (root / "hazards" / "b.yaml", root / "hazards" / "2024" / "03" / "c.yaml"):
        with pytest.raises(UnreadableError):
            writer.create(path, NEW)
    with pytest.raises(UnreadableError):
        writer.remove(root / "hazards" / "b.yaml", expected=OLD)
    assert everything(outside) == {"b.yaml": OLD}


def test_a_folder_or_pipe_is_not_what_was_read(root: Path) -> None:
    os.mkfifo(root / "units" / "p.yaml")
    with pytest.raises(ChangedError):
        writer.replace(root / "units" / "p.yaml", NEW, expected=OLD)


def test_a_read_only_file_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SystemFailedError, match="read-only"):
        writer.replace(root / "units" / "a.yaml", NEW, expected=OLD)


def test_what_undo_takes_away_is_what_was_written(root: Path) -> None:
    path = root / "units" / "a.yaml"
    with pytest.raises(ChangedError):
        writer.remove(path, expected=NEW)
    writer.remove(path, expected=OLD)
    assert not path.exists()


# -------------------------------------------------------------------------------------------------------------- output


def test_f6_an_output_goes_where_a_person_asked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("out") / "report.csv"
    writer.output(place, b"1", root=root)
    writer.output(place, b"2", root=root)
    assert place.read_bytes() == b"2"
    writer.output(root / "report.csv", b"3", root=root)
    writer.output(root.parent / "no-root.csv", b"3")


def test_f6_an_output_never_lands_on_records_links_folders_or_devices(root: Path) -> None:
    before = everything(root)
    (root / "link.csv").symlink_to(root / "units" / "a.yaml")
    (root / "in").symlink_to(root / "units")
    os.mkfifo(root / "pipe.csv")
    for path in (
        "units/a.yaml",
        "units/report.csv",
        "hazards/2024/x.csv",
        "hazardctl.yaml",
        "link.csv",
        "units",
        "in/x.csv",
        "pipe.csv",
        "none/x.csv",
    ):
        with pytest.raises(UsageError):
            writer.output(root / path, b"x", root=root)
    assert {path: data for path, data in everything(root).items() if path != "link.csv"} == before


def test_a_name_as_long_as_a_name_can_be_is_written(root: Path) -> None:
    place = root / ("长" * 83 + ".csv")
    writer.output(place, b"x")
    assert place.read_bytes() == b"x"


# ------------------------------------------------------------------------------------------- left-overs of the dead


def dead_process() -> int:
    """Give the number of a process that has ended."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def test_temporary_files_of_dead_writers_are_swept_and_those_of_living_ones_stay(root: Path) -> None:
    dead, living = f".a.yaml.{dead_process()}.tmp", f".a.yaml.{os.getppid()}.tmp"
    other = ".note.tmp"
    for name in (dead, living, other):
        (root / "units" / name).write_bytes(b"x")
    writer.append_event(root / "units" / "a.yaml", EVENT, expected=OLD)
    assert set(everything(root)) == {"hazardctl.yaml", "units/a.yaml", f"units/{living}", f"units/{other}"}


def test_a_temporary_file_with_our_own_number_is_in_nobodys_way(root: Path) -> None:
    (root / "units" / f".a.yaml.{os.getpid()}.tmp").write_bytes(b"x")
    writer.append_event(root / "units" / "a.yaml", EVENT, expected=OLD)
    assert set(everything(root)) == {"hazardctl.yaml", "units/a.yaml"}


def interrupted(root: Path, linked: int) -> None:
    """Leave a batch as a writer leaves it that is killed after `linked` links."""
    pid = os.fork()
    if pid == 0:
        real, count = atomic.publish, 0

        def dying(temporary: Path, path: Path) -> None:
            nonlocal count
            if count == linked:
                os._exit(9)
            count += 1
            real(temporary, path)

        atomic.publish = dying
        writer.create_all([(root / "units" / f"n{n}.yaml", OLD) for n in range(4)])
        os._exit(0)
    os.waitpid(pid, 0)


@pytest.mark.parametrize("linked", [0, 1, 3])
def test_an_interrupted_batch_is_finished_by_the_next_writer(root: Path, linked: int) -> None:
    interrupted(root, linked)
    assert len([name for name in everything(root) if name.startswith("units/n")]) == linked
    batch.recover(root)
    assert everything(root) == {"hazardctl.yaml": b"schema: config/1\n", "units/a.yaml": OLD, **{f"units/n{n}.yaml": OLD for n in range(4)}}


def test_a_planted_manifest_leads_nowhere(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside, pid = tmp_path_factory.mktemp("outside"), dead_process()
    (outside / f".x.{pid}.tmp").write_bytes(b"x")
    (root / "hazards").symlink_to(outside)
    (root / f".y.{pid}.tmp").symlink_to("/etc/hostname")
    lines = [
        "hazardctl batch 1",
        f"hazards/.x.{pid}.tmp\tx.yaml",
        f"../outside0/.x.{pid}.tmp\tx",
        f".y.{pid}.tmp\ty",
        "/etc/passwd\tz",
        "units/a.yaml\tb.yaml",
        "\0\tq",
        "",
    ]
    (root / f".batch.{pid}.tmp").write_text("\n".join(lines), encoding="utf-8")
    batch.recover(root)
    assert [path.name for path in outside.iterdir()] == [f".x.{pid}.tmp"]
    assert (root / "units" / "a.yaml").read_bytes() == OLD
    assert not (root / "y").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"something else\n"])
def test_a_manifest_that_is_none_is_left_alone(root: Path, content: bytes) -> None:
    name = f".batch.{dead_process()}.tmp"
    (root / name).write_bytes(content)
    (root / f".batch.{os.getpid()}.tmp").write_bytes(b"hazardctl batch 1\n")
    batch.recover(root)
    assert name in everything(root)


def test_a_huge_manifest_and_a_missing_folder_are_nobodys_batch(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_MOST_MANIFEST", 3)
    (root / f".batch.{dead_process()}.tmp").write_bytes(b"hazardctl batch 1\n")
    batch.recover(root)
    batch.recover(root / "none")


def test_outside_a_ledger_a_batch_needs_no_manifest(tmp_path: Path) -> None:
    writer.create_all([(tmp_path / "new" / name, b"x") for name in ("a.txt", "b.txt")])
    assert everything(tmp_path) == {"new/a.txt": b"x", "new/b.txt": b"x"}


# ------------------------------------------------------------------------------------------------------ X2, X3: faults

CALLS = ("open", "write", "fsync", "close", "link", "replace", "fchmod", "mkdir", "lstat")
ACTS: dict[str, Callable[[Path], object]] = {
    "create": lambda root: writer.create(root / "hazards" / "2024" / "03" / "b.yaml", OLD),
    "create_all": lambda root: writer.create_all([(root / "hazards" / "2024" / f"{n}.yaml", OLD) for n in "bcd"]),
    "append": lambda root: writer.append_event(root / "units" / "a.yaml", EVENT, expected=OLD),
    "output": lambda root: writer.output(root / "report.csv", b"1", root=root),
}


def failing(monkeypatch: pytest.MonkeyPatch, name: str, nth: int, number: int) -> list[int]:
    """Make the n-th call of an os function fail; give a list that is filled when it did."""
    real, happened = getattr(os, name), list[int]()
    count = 0

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (stands for any os function)
        nonlocal count
        count += 1
        if count == nth:
            happened.append(nth)
            if name == "close":
                real(*arguments, **named)
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    monkeypatch.setattr(os, name, call)
    return happened


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.EACCES])
@pytest.mark.parametrize("act", sorted(ACTS))
def test_x3_a_call_that_fails_leaves_the_old_files_or_the_new_ones(
    act: str, number: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(root)
    with monkeypatch.context() as patch:
        ACTS[act](root)
        patch.undo()
    after = everything(root)
    for name in CALLS:
        for nth in range(1, 12):
            restore(root, before)
            with monkeypatch.context() as patch:
                happened = failing(patch, name, nth, number)
                said = complaint(ACTS[act], root)
            now = everything(root)
            assert now in (before, after), (name, nth)
            assert os.strerror(number) in said if said else now == after, (name, nth)
            if not happened:
                break


def complaint(act: Callable[[Path], object], root: Path) -> str:
    """Do an act and give what the system was said to have failed in, or nothing."""
    try:
        act(root)
    except SystemFailedError as failure:
        return failure.what.say("en")
    return ""


def restore(root: Path, files: dict[str, bytes]) -> None:
    for path in everything(root):
        (root / path).unlink()
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        folder.rmdir()
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def test_x3_a_failed_sync_of_the_folder_is_never_ok(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "fsync", 2, errno.EIO)
    with pytest.raises(SystemFailedError):
        writer.create(root / "units" / "b.yaml", OLD)
    assert not (root / "units" / "b.yaml").exists()


def test_a_file_system_that_cannot_sync_folders_is_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "fsync", 2, errno.EINVAL)
    writer.create(root / "units" / "b.yaml", OLD)


def test_a_disk_that_gives_other_bytes_back_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"other" if path.name.endswith(".tmp") else real(path))
    with pytest.raises(SystemFailedError, match="other bytes"):
        writer.append_event(root / "units" / "a.yaml", EVENT, expected=OLD)
    monkeypatch.undo()
    assert everything(root)["units/a.yaml"] == OLD


def test_x2_an_interruption_between_the_steps_leaves_the_old_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, interrupt)
            with pytest.raises(KeyboardInterrupt):
                writer.append_event(root / "units" / "a.yaml", EVENT, expected=OLD)
        assert everything(root) == {"hazardctl.yaml": b"schema: config/1\n", "units/a.yaml": OLD}


def test_partial_writes_are_completed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:3])))
    writer.create(root / "units" / "b.yaml", OLD)
    assert (root / "units" / "b.yaml").read_bytes() == OLD


def test_processes_we_may_not_ask_about_count_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.alive(1)
    assert system.alive(10**30)
    assert not system.alive(dead_process())
