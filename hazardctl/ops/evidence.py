"""Photographs and papers: copied into the ledger under the record's suffix, and named by their SHA-256 (DOMAIN §2.2 `evidence`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError, UsageError, reason
from hazardctl.language import Text
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw
from hazardctl.ops.lookup import short
from hazardctl.store import system
from hazardctl.store.reader import parse
from hazardctl.store.roundtrip import edit_facts

LARGEST: Final = 50 << 20
KINDS: Final[Mapping[str, str]] = {"register": "before", "rectify": "after", "verify": "after"}
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)

NO_FILE: Final = Text("没有文件 {path}", "there is no file {path}")
ODD_FILE: Final = Text("{path} 不是普通文件", "{path} is not a regular file")
LARGE: Final = Text("{path} 超过 {n} MiB", "{path} is larger than {n} MiB")
UNREADABLE: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be put into the ledger: its path there, its bytes, their SHA-256."""

    path: str
    data: bytes
    sha256: str


def copies(root: Path, hazard: Hazard, photos: Sequence[Path], day: dt.date, used: Collection[str] = ()) -> list[Copy]:
    """Name the copies of some files: `evidence/YYYY/MM/<suffix>-<n>.<ext>`, `n` the next number that is free.

    Args:
        root: the ledger root.
        hazard: the record they belong to.
        photos: the files.
        day: of the act.
        used: paths that other records of the same command take.

    Raises:
        UsageError: a file is not there, no regular file, or too large.
        SystemFailedError: it cannot be read.
    """
    made: list[Copy] = []
    known = {*used, *(item.path for item in hazard.evidence)}
    number = 0
    for photo in photos:
        data = _bytes(photo)
        suffix = photo.suffix.lower() if _SUFFIX.fullmatch(photo.suffix.lower()) else ".bin"
        path = ""
        while not path or path in known or _taken(root, path):
            number += 1
            path = f"evidence/{day:%Y}/{day:%m}/{short(hazard.id).lower()}-{number}{suffix}"
        known.add(path)
        made.append(Copy(path, data, hashlib.sha256(data).hexdigest()))
    return made


def _taken(root: Path, path: str) -> bool:
    """Say whether the number is used in that folder, whatever the extension."""
    stem = (root / path).with_suffix("")
    return any(one.stem == stem.name for one in stem.parent.glob(f"{stem.name}.*"))


def _bytes(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | system.AT_ONCE)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UsageError(ODD_FILE.of(path=str(path)))
            if status.st_size > LARGEST:
                raise UsageError(LARGE.of(path=str(path), n=LARGEST >> 20))
        finally:
            os.close(handle)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(NO_FILE.of(path=str(path))) from None
    except OSError as failure:
        raise SystemFailedError(UNREADABLE.of(path=str(path), why=reason(failure))) from failure


def entry(copy: Copy, do: str, day: dt.date, by: str) -> Raw:
    """Give the evidence entry of a copy: what kind it is follows from the act."""
    return {"kind": KINDS.get(do, "other"), "path": copy.path, "sha256": copy.sha256, "date": day.isoformat(), "by": by}


def entries(data: bytes, hazard: Hazard, made: Sequence[Copy], event: Event) -> bytes:
    """Give the bytes of a record with the evidence of an act among its facts."""
    del hazard
    tree = parse(data, places=False).tree or {}
    kept = tree.get("evidence")
    new = [entry(copy, event.do, event.date, event.by[0]) for copy in made]
    facts: list[Raw] = [*(kept if isinstance(kept, list) else []), *new]
    return edit_facts(data, {"evidence": facts})
