"""Every write of the program, by one protocol (RELIABILITY 5.1): old bytes or new bytes, never half, and "ok" means stored.

Hold `lock(root)` around reading, checking and writing. Each function returns only when the bytes and their names would
survive a power cut. A record is read back by the one reader before it replaces anything; what nobody can see (control and
invisible characters) is refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hazardctl.errors import BugError, ChangedError, SystemFailedError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.store import atomic, batch, system
from hazardctl.store.insert import unhidden, with_event
from hazardctl.store.layout import FOLDERS, SUFFIX
from hazardctl.store.reader import Parsed, parse

__all__ = ["append_event", "create", "create_all", "output", "remove", "replace", "with_event"]

_TAKEN: Final = Text("{path} 已经存在，没有覆盖", "{path} exists already and was not overwritten")
_CHANGED: Final = Text("{path} 读取之后被改过，没有覆盖", "{path} was changed since it was read and was not overwritten")
_AGAIN: Final = Text("再运行一次命令，以新内容为准", "run the command again: it starts from the new content")
_LINK: Final = Text("{path} 是符号链接，不跟随，没有写入", "{path} is a symbolic link and is not followed; nothing was written")
_READ_ONLY: Final = Text("{path} 是只读文件，没有写入", "{path} is read-only, nothing was written")
_OWN_FAULT: Final = Text(
    "程序错误：要写的记录读不回来（{path}：{what}）", "a fault of ours: the record to be written cannot be read back ({path}: {what})"
)
_IN_RECORDS: Final = Text("{path} 在记录目录里，不能作为输出文件", "{path} lies in a record folder and cannot be an output file")
_IS_FOLDER: Final = Text("{path} 是目录，不能作为输出文件", "{path} is a folder and cannot be an output file")
_NOT_A_FILE: Final = Text("{path} 不是普通文件，不能作为输出文件", "{path} is not a regular file and cannot be an output file")
_NO_FOLDER: Final = Text("目录 {path} 不存在", "there is no folder {path}")
_OTHER_PLACE: Final = Text("换一个输出位置", "choose another place for the output")


def create(path: Path, data: bytes) -> None:
    """Write a new file; its folders are made.

    Raises:
        ChangedError: the name is taken.
        UsageError: the text holds control or invisible characters.
        SystemFailedError: the disk failed; nothing is left behind.
        BugError: the record cannot be read back.
    """
    create_all([(path, data)])


def create_all(files: Iterable[tuple[Path, bytes]], told: batch.Told | None = None) -> None:
    """Write several new files, all or none: each is staged and synced before the first one appears.

    What a crash leaves in between is finished by the next writer (`batch.recover`, called by the lock).

    Args:
        files: path and bytes of each.
        told: told (files synced, files in all) now and then.

    Raises:
        ChangedError: one of the names is taken; none was written.
        UsageError, SystemFailedError, BugError: as `create`.
    """
    wanted = list(files)
    for path, data in wanted:
        _check(path, data)
        if os.path.lexists(path):
            raise ChangedError(_TAKEN.of(path=str(path)), _AGAIN)
    try:
        batch.create_all(wanted, told)
    except FileExistsError as failure:
        raise ChangedError(_TAKEN.of(path=str(failure.filename2 or failure.filename)), _AGAIN) from failure


def replace(path: Path, data: bytes, *, expected: bytes) -> None:
    """Put new bytes in the place of those that were read.

    Args:
        path: an existing regular file.
        data: the new bytes.
        expected: the bytes the caller read and decided upon.

    Raises:
        ChangedError: the file is no longer what was read.
        UnreadableError: the path is a link.
        UsageError, SystemFailedError, BugError: as `create`.
    """
    _check(path, data, before=expected)
    _same(path, expected)
    if not os.access(path, os.W_OK):
        raise SystemFailedError(_READ_ONLY.of(path=str(path)))
    with atomic.spoken(path):
        atomic.sweep(path.parent)
        temporary = atomic.stage(path, data, mode=atomic.mode_of(path))
        try:
            _same(path, expected)
            system.replaced(temporary, path)
        except BaseException:
            atomic.discard(temporary)
            raise
        system.sync_folder(path.parent)


def append_event(path: Path, line: str, *, expected: bytes) -> bytes:
    """Add one event to the history of a record and give the new bytes; every other byte stays.

    Args:
        path: the record.
        line: the event as a flow mapping on one line.
        expected: the bytes the caller read and decided upon.

    Raises:
        ChangedError: the file is no longer what was read.
        UnreadableError: the record cannot be read, or its history takes no added line.
        UsageError, SystemFailedError, BugError: as `create`.
    """
    data = with_event(expected, line)
    replace(path, data, expected=expected)
    return data


def remove(path: Path, *, expected: bytes) -> None:
    """Take a file away again that this program made and nobody built on; only `undo` does so.

    Raises:
        ChangedError: the file is no longer what was read.
        UnreadableError: the path is a link, or leads through one.
        SystemFailedError: the disk failed.
    """
    batch.unlinked(path)
    _same(path, expected)
    with atomic.spoken(path):
        path.unlink()
        system.sync_folder(path.parent)


def output(path: Path, data: bytes, *, root: Path | None = None) -> None:
    """Write a report or an export where a person asked for it, replacing a regular file that stands there.

    Args:
        path: the place; its folder must exist.
        data: all bytes of the output.
        root: the ledger root, whose record folders are refused.

    Raises:
        UsageError: the place is a link, a folder, a device, inside a record folder, or its folder does not exist.
        SystemFailedError: the disk failed; an old file is as it was.
    """
    _outside(path, root)
    if not path.parent.is_dir():
        raise UsageError(_NO_FOLDER.of(path=str(path.parent)), _OTHER_PLACE)
    with atomic.spoken(path):
        mode = atomic.mode_of(path) if os.path.lexists(path) else None
        temporary = atomic.stage(path, data, mode=mode)
        try:
            system.replaced(temporary, path)
        except BaseException:
            atomic.discard(temporary)
            raise
        system.sync_folder(path.parent)


def _outside(path: Path, root: Path | None) -> None:
    with atomic.spoken(path):
        status = os.lstat(path) if os.path.lexists(path) else None
    if status is not None and not stat.S_ISREG(status.st_mode):
        what = _LINK if stat.S_ISLNK(status.st_mode) else _IS_FOLDER if stat.S_ISDIR(status.st_mode) else _NOT_A_FILE
        raise UsageError(what.of(path=str(path)), _OTHER_PLACE)
    if root is not None:
        real, top = path.parent.resolve() / path.name, root.resolve()
        if real.is_relative_to(top) and (real.relative_to(top).parts[0] in FOLDERS or real.name == "hazardctl.yaml"):
            raise UsageError(_IN_RECORDS.of(path=str(path)), _OTHER_PLACE)


def _same(path: Path, expected: bytes) -> None:
    """Refuse to go on when the file is not, byte for byte, what was read."""
    with atomic.spoken(path):
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            raise ChangedError(_CHANGED.of(path=str(path)), _AGAIN) from None
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError(_LINK.of(path=str(path)))
        if not stat.S_ISREG(status.st_mode) or path.read_bytes() != expected:
            raise ChangedError(_CHANGED.of(path=str(path)), _AGAIN)


def _check(path: Path, data: bytes, *, before: bytes | None = None) -> None:
    """Read a record back before it is written, and refuse linked folders on the way to it."""
    batch.unlinked(path)
    if path.suffix != SUFFIX:
        return
    parsed = parse(data, places=False)
    if parsed.tree is None:
        raise BugError(_OWN_FAULT.of(path=path.name, what=parsed.findings[0].message))
    if before is None or _hidden(parsed) > _hidden(parse(before, places=False)):
        unhidden(parsed)


def _hidden(parsed: Parsed) -> int:
    return sum(found.code == "HZ019" for found in parsed.findings)
