"""Telling an index that was made here from one that came with a folder (RELIABILITY §5.4, I: it is untrusted input).

A downloaded folder may bring a `.git` along, and an index with false rows in it. Every index is therefore stamped with a keyed
hash, and the key never leaves the user's cache folder: what was made elsewhere does not bear it, and is thrown away unread.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LENGTH: Final = 32


def folder() -> str:
    """Give the folder in which this user's programs keep what can be made again."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH118, PTH111
    return os.path.join(home, "hazardctl")  # noqa: PTH118


def cache() -> Path:
    """Give the same folder as a path."""
    from pathlib import Path

    return Path(folder())


def key() -> bytes:
    """Give this user's own key, 32 bytes; it is made when it is first asked for.

    Raises:
        OSError: there is none, and none can be kept.
    """
    from contextlib import suppress

    path = cache() / "key"
    for _ in range(2):
        with suppress(FileNotFoundError):
            found = path.read_bytes()
            if len(found) == LENGTH:
                return found
            path.unlink()  # a torn one: indexes stamped with it are made again
        import secrets

        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"key.{secrets.token_hex(8)}")
        fresh.touch(0o600, exist_ok=False)
        fresh.write_bytes(secrets.token_bytes(LENGTH))
        with suppress(FileExistsError):
            os.link(fresh, path)  # of two commands that make one, the first has it
        fresh.unlink()
    return path.read_bytes()
