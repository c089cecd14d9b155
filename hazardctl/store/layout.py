"""Where a record lies: its path is a function of its id alone (DOMAIN 2.1).

A dated id lies at `FOLDER/YYYY/MM/ID.yaml`, a slug at `FOLDER/SLUG.yaml`. Whatever else stands in a record folder is named,
never skipped in silence; hidden names are nobody's records.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import START, Finding
from hazardctl.errors import BugError, SystemFailedError, reason
from hazardctl.language import Text
from hazardctl.model.ids import ALPHABET, is_slug, typed_by_hand
from hazardctl.vocabulary import PREFIXES

FOLDERS: Final = {folder: kind for kind, folder in PREFIXES.values()}
"""Folder below the ledger root -> kind."""
SLUG_KINDS: Final = frozenset({"unit"})
SEALS: Final = "seals"
"""Folder of the sealed periods: auxiliary files, no records."""
SUFFIX: Final = ".yaml"

_ID: Final = re.compile(r"[A-Z]{2,6}-(\d{4})(\d\d)\d\d-[0-9A-HJKMNP-TV-Z]{5}", re.ASCII)
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
_MONTH: Final = re.compile(r"0[1-9]|1[0-2]", re.ASCII)
_LEVELS: Final = (_YEAR, _MONTH)
_DRAWS: Final = 1_000

_NOT_A_RECORD: Final = Text("{name} 不是记录文件，未计入任何数字", "{name} is no record file and counts in no figure")
_MOVE_AWAY: Final = Text(
    "若是副本或备份，比对后删去；否则移到记录目录之外", "if it is a copy, compare and delete it; else move it elsewhere"
)
_BAD_NAME: Final = Text(
    "文件名 {name} 不是记录标识，未计入任何数字", "the file name {name} is no record id and the file counts in no figure"
)
_RENAME: Final = Text("若是副本，比对后删去；否则改名为“标识.yaml”", "if it is a copy, compare and delete it; else name it ID.yaml")
_NOT_A_FOLDER: Final = Text(
    "目录 {name} 不属于记录目录，里面的文件未读", "the folder {name} is no record folder; what it holds is not read"
)
_MOVE_FILES: Final = Text("记录放在 年/月 目录下，其余移走", "records lie below YEAR/MONTH, move the rest away")
_LINK: Final = Text("{name} 是符号链接，不跟随", "{name} is a symbolic link and is not followed")
_REPLACE: Final = Text("换成文件或目录本身", "put the file or folder itself there")
_SPECIAL: Final = Text("{name} 不是普通文件", "{name} is not a regular file")
_CLOSED: Final = Text("目录 {name} 打不开：{why}", "the folder {name} cannot be opened: {why}")
_PERMIT: Final = Text("检查目录权限和磁盘", "check the permissions and the disk")
_NO_PATH: Final = Text("“{it}”不是记录标识，没有对应的文件", "“{it}” is no record id and has no file")
_FULL: Final = Text("{day} 的标识几乎用尽", "nearly all ids of {day} are taken")


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a record folder.

    Attributes:
        path: relative to the ledger root, with `/`.
        kind: the kind of its folder; empty for what is no record.
        finding: why it is no record; None for a record.
    """

    path: str
    kind: str
    finding: Finding | None = None


def path_of(folder: str, record_id: str) -> str:
    """Give the path of a record below the ledger root.

    Raises:
        BugError: the id is neither dated nor a slug; callers check what people type first.

    Examples:
        >>> path_of("hazards", "YH-20240312-7K2QF"), path_of("units", "xx-paper")
        ('hazards/2024/03/YH-20240312-7K2QF.yaml', 'units/xx-paper.yaml')
    """
    found = _ID.fullmatch(record_id)
    if found:
        return f"{folder}/{found[1]}/{found[2]}/{record_id}{SUFFIX}"
    if is_slug(record_id):
        return f"{folder}/{record_id}{SUFFIX}"
    raise BugError(_NO_PATH.of(it=record_id))


def mint(prefix: str, day: dt.date, taken: Collection[str]) -> str:
    """Draw a new id `PREFIX-YYYYMMDD-XXXXX` from the randomness of the operating system.

    Args:
        prefix: two to six capitals, as configured for the kind.
        day: the record's own date.
        taken: ids that are in use.
    """
    for _ in range(_DRAWS):
        drawn = f"{prefix}-{day:%Y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(5))}"
        if drawn not in taken:
            return drawn
    raise SystemFailedError(_FULL.of(day=day))


def taken(root: Path, folder: str, day: dt.date) -> frozenset[str]:
    """Give the ids a folder holds for the month of a day, from file names alone."""
    try:
        with os.scandir(root / folder / f"{day:%Y}" / f"{day:%m}") as entries:
            return frozenset(entry.name.removesuffix(SUFFIX) for entry in entries)
    except OSError:
        return frozenset()


def ids_ending(root: Path, typed: str) -> list[str]:
    """Give the ids that end in what somebody typed, from file names alone; the whole id stands for itself.

    Case does not matter, O is read as 0, I and L as 1 (Crockford base32).
    """
    slug, end = typed.strip().lower(), typed_by_hand(typed)
    if not end:
        return []
    ids = [name.removesuffix(SUFFIX) for name in _names(root)]
    exact = [record for record in ids if record in {slug, end}]
    return exact or sorted(record for record in ids if record.endswith(end if _ID.fullmatch(record) else slug))


def _names(root: Path) -> Iterator[str]:
    return (found.path.rpartition("/")[2] for found in record_files(root) if found.kind)


@dataclass(frozen=True, slots=True)
class Below:
    """A folder of records: of a kind, of a year, of a month."""

    path: str
    kind: str
    level: int = 0


def record_files(root: Path) -> Iterator[Found]:
    """Give every record file of a ledger and everything else in its record folders, sorted by path."""
    for one in tops(root):
        yield from _walk(root, one) if isinstance(one, Below) else (one,)


def files_of(root: Path, kind: str) -> Iterator[Found]:
    """Give the record files of one kind, sorted by path; no other folder is looked at."""
    for one in tops(root):
        if isinstance(one, Below) and one.kind == kind:
            yield from (found for found in _walk(root, one) if found.kind)


def tops(root: Path) -> Iterator[Found | Below]:
    """Give the record folders there are, and what stands in the place of one."""
    for folder in sorted(FOLDERS):
        try:
            status = os.lstat(root / folder)
        except OSError:
            continue
        if stat.S_ISLNK(status.st_mode):
            yield _stray(folder, "HZ016", _LINK, _REPLACE)
        elif not stat.S_ISDIR(status.st_mode):
            yield _stray(folder, "HZ010", _NOT_A_RECORD, _MOVE_AWAY)
        else:
            yield Below(folder, FOLDERS[folder])


def seal_files(root: Path) -> Iterator[Found]:
    """Give every seal of a ledger and everything else in its folder, sorted by path; `kind` is that of the folder."""
    folder = root / SEALS
    if folder.is_symlink():
        yield _stray(SEALS, "HZ016", _LINK, _REPLACE)
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=attrgetter("name"))
    except OSError:
        return
    for entry in found:
        path = f"{SEALS}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield _stray(path, "HZ010", _NOT_A_FOLDER, _MOVE_AWAY)
        elif not entry.name.startswith("."):
            yield seal_file(path, regular=entry.is_file(follow_symlinks=False))


def seal_file(path: str, *, regular: bool) -> Found:
    """Say whether a path in the folder of seals is one."""
    if not regular:
        return _stray(path, "HZ016", _LINK, _REPLACE)
    return Found(path, SEALS) if path.endswith(SUFFIX) else _stray(path, "HZ010", _NOT_A_RECORD, _MOVE_AWAY)


def _walk(root: Path, folder: Below) -> Iterator[Found]:
    entries = scanned(root, folder)
    for one in inside(folder, entries if isinstance(entries, OSError) else [(entry.name, mode_of(entry)) for entry in entries]):
        yield from _walk(root, one) if isinstance(one, Below) else (one,)


def scanned(root: Path, folder: Below) -> Sequence[os.DirEntry[str]] | OSError:
    """Give what a folder holds, hidden names left out, sorted by name; or why it cannot be opened."""
    try:
        with os.scandir(root / folder.path) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=attrgetter("name"))
    except OSError as failure:
        return failure


def inside(folder: Below, entries: Iterable[tuple[str, int]] | OSError) -> Iterator[Found | Below]:
    """Give the records of a folder, the folders below it, and whatever is neither, from names and modes (`mode_of`)."""
    if isinstance(entries, OSError):
        yield _stray(folder.path, "HZ001", _CLOSED.of(why=reason(entries)), _PERMIT)
        return
    for name, mode in entries:
        path = f"{folder.path}/{name}"
        if stat.S_ISLNK(mode):
            yield _stray(path, "HZ016", _LINK, _REPLACE)
        elif stat.S_ISDIR(mode):
            below = Below(path, folder.kind, folder.level + 1)
            yield below if holds_records(folder, name) else _stray(path, "HZ010", _NOT_A_FOLDER, _MOVE_FILES)
        elif stat.S_ISREG(mode):
            yield _named(path, folder.kind)
        else:
            yield _stray(path, "HZ001", _SPECIAL, _MOVE_AWAY)


def mode_of(entry: os.DirEntry[str]) -> int:
    """Say whether an entry is a link, a folder or a regular file, as a mode; 0 for anything else. Nothing is opened."""
    if entry.is_symlink():
        return stat.S_IFLNK
    if entry.is_dir(follow_symlinks=False):
        return stat.S_IFDIR
    return stat.S_IFREG if entry.is_file(follow_symlinks=False) else 0


def holds_records(folder: Below, name: str) -> bool:
    """Say whether a folder of that name in this one is one of records: a year in a kind, a month in a year."""
    return folder.level < len(_LEVELS) and _LEVELS[folder.level].fullmatch(name) is not None


def _named(path: str, kind: str) -> Found:
    name = path.rpartition("/")[2]
    if not name.endswith(SUFFIX):
        return _stray(path, "HZ010", _NOT_A_RECORD, _MOVE_AWAY)
    stem = name.removesuffix(SUFFIX)
    if _ID.fullmatch(stem) or (kind in SLUG_KINDS and is_slug(stem)):
        return Found(path, kind)
    return _stray(path, "HZ101", _BAD_NAME, _RENAME)


def listed(paths: Mapping[str, bool]) -> list[Found]:
    """Sort the paths of a commit as `record_files` sorts those of a disk.

    Args:
        paths: path below the ledger root → whether it is a regular file (else a link or a submodule).
    """
    found: dict[str, Found] = {}
    for path, regular in paths.items():
        parts = path.split("/")
        if parts[0] in FOLDERS:
            one = _wrong_folder(parts) or _listed(path, FOLDERS[parts[0]], regular=regular)
            found |= {one.path: one} if one else {}
    return sorted(found.values(), key=attrgetter("path"))


def _wrong_folder(parts: Sequence[str]) -> Found | None:
    """Find the first folder of a path that is neither year nor month; below a hidden one nobody looks."""
    for depth, part in enumerate(parts[1:-1]):
        if part.startswith("."):
            return None
        if depth >= len(_LEVELS) or not _LEVELS[depth].fullmatch(part):
            return _stray("/".join(parts[: depth + 2]), "HZ010", _NOT_A_FOLDER, _MOVE_FILES)
    return None


def _listed(path: str, kind: str, *, regular: bool) -> Found | None:
    if "/." in path:
        return None
    if not regular:
        return _stray(path, "HZ016", _LINK, _REPLACE)
    return _named(path, kind) if "/" in path else _stray(path, "HZ010", _NOT_A_RECORD, _MOVE_AWAY)


def _stray(path: str, code: str, message: Text, repair: Text) -> Found:
    return Found(path, "", Finding(code, message.of(name=path.rpartition("/")[2]), place=START, repair=repair))
