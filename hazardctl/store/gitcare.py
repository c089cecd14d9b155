"""How git is set up here, for `doctor`: its version, a setting, what it does to a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from hazardctl.store.git import GitFailedError, ask, for_user

_VERSION: Final = re.compile(rb"(\d+(?:\.\d+)+)")


def version(path: Path) -> str:
    """Give the version of git, such as `2.47.1`.

    Raises:
        SystemFailedError: there is none, or it does not run.
    """
    found = _VERSION.search(for_user(path, "--version"))
    return found[1].decode() if found else "?"


def setting(root: Path, name: str) -> str:
    """Give a setting as the user's git has it; empty where it is not set."""
    try:
        return for_user(root, "config", "--get", name).decode("utf-8", "replace").strip()
    except GitFailedError:
        return ""


def attributes(root: Path, path: Path, *names: str) -> dict[str, str]:
    """Give what attributes say of a file, which need not exist: `set`, `unset`, `unspecified` or a value.

    Raises:
        SystemFailedError: git failed.
    """
    parts = ask(root, "check-attr", "-z", *names, "--", str(path.absolute())).decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(parts[1::3], parts[2::3], strict=False))
