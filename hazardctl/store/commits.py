"""The commits between two states of a ledger, and which of its files each touched."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.store import git

SHORT: Final = 9
_HEAD: Final = b"\x01"
_FORMAT: Final = "--format=%x01%H%x00%an%x00%at%x00%s%x00"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit.

    Attributes:
        oid: short id.
        author: name.
        day: of the author's clock, in the ledger's time zone.
        subject: first line of its message.
        paths: the files it touched, relative to the ledger root; of a merge none.
    """

    oid: str
    author: str
    day: dt.date
    subject: str
    paths: tuple[str, ...]


def between(root: Path, old: str, new: str, zone: dt.tzinfo) -> Sequence[Commit]:
    """Give the commits that are in one state and not in another and touch files of the ledger, newest first.

    Args:
        root: the ledger root.
        old: full id of the earlier commit.
        new: full id of the later one.
        zone: the ledger's time zone.

    Raises:
        SystemFailedError: no git, no repository, or git failed.
    """
    top = git.top(root) or root
    inside = root.relative_to(top).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    arguments = ("log", "-z", _FORMAT, "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-mailmap", "--no-color")
    range_ = ("--end-of-options", new, f"^{old}", "--")
    output = git.ask(root, *arguments, *range_, *([inside] if prefix else []), patience=git.LONG_PATIENCE)
    return list(_read(output, prefix, zone))


def _read(output: bytes, prefix: str, zone: dt.tzinfo) -> Iterator[Commit]:
    for one in output.split(_HEAD)[1:]:
        oid, author, at, subject, *names = one.split(b"\0")
        paths = (os.fsdecode(name.lstrip(b"\n")) for name in names)
        day = dt.datetime.fromtimestamp(int(at), zone).date()
        kept = tuple(path.removeprefix(prefix) for path in paths if path and path.startswith(prefix))
        yield Commit(oid.decode()[:SHORT], author.decode("utf-8", "replace"), day, subject.decode("utf-8", "replace"), kept)


def day_of(root: Path, oid: str, zone: dt.tzinfo) -> dt.date:
    """Give the day a commit was made, in the ledger's time zone.

    Args:
        root: the ledger root.
        oid: full id of the commit.
        zone: the ledger's time zone.
    """
    arguments = ("log", "-1", "--format=%ct", "--no-color", "--end-of-options", oid, "--")
    return dt.datetime.fromtimestamp(int(git.ask(root, *arguments).decode().strip()), zone).date()
