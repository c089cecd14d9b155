"""Whether git may convert a record on its way between its blob and its file, line endings apart."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError
from hazardctl.store.git import for_user
from hazardctl.store.worktree import Repository, mentions, settings_of

CONVERTS: Final = (b"filter", b"ident", b"working-tree-encoding")
"""Attributes by which a file may say something else than its blob."""
ATTRIBUTES: Final = ".gitattributes"
_ELSEWHERE: Final = re.compile(rb"[^\s\[\"]*\.(?!ya?ml\s)[A-Za-z0-9]+\s")
"""The pattern of files that are no records, by their suffix."""


def converted(here: Repository, folders: Iterable[Path]) -> bool:
    """Say whether records may be converted by attributes of some folders, of the repository, of the user or of the machine."""
    common = settings_of(here)[0].parent
    places = [*(folder / ATTRIBUTES for folder in folders), common / "info" / "attributes", *_of_user(here)]
    return any(map(_converting, places))


def _converting(path: Path) -> bool:
    """Say whether a file of attributes converts records; it does where it cannot be read."""
    try:
        with path.open("rb") as file:
            lines = file.read().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    said = (line for line in lines if any(word in line for word in CONVERTS) and not line.lstrip().startswith(b"#"))
    return any(_ELSEWHERE.match(line) is None for line in said)


def _of_user(here: Repository) -> Iterator[Path]:
    """Give the files in which this user and this machine keep attributes; git is asked only where a setting may name another."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "git"
    named = any(name.startswith("GIT_CONFIG") for name in os.environ)
    settings = (home / ".gitconfig", config / "config", Path("/etc/gitconfig"), *settings_of(here))
    if named or mentions(settings, b"attributesfile", b"include"):
        with suppress(SystemFailedError):
            said = for_user(here.top, "config", "--type=path", "--get", "core.attributesFile").decode("utf-8", "surrogateescape").strip()
            yield Path(said)
    yield config / "attributes"
    yield Path("/etc/gitattributes")
