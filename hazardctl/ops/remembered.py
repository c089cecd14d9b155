"""What was answered last time, offered again: in the user's cache, never in the ledger (EXPERIENCE §2.3 `add`)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

from hazardctl.store import own

KEPT: Final = ("source", "org", "found_by")
MOST: Final = 1 << 16


def _place(root: Path) -> Path:
    name = hashlib.blake2b(str(root).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return own.cache() / f"answers-{name}.json"


def answers(root: Path) -> Mapping[str, str]:
    """Give the answers of last time; none where the cache cannot be read."""
    try:
        path = _place(root)
        if path.stat().st_size > MOST:
            return {}
        kept = cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))
        said = {name: kept.get(name) for name in KEPT}
        return {name: text for name, text in said.items() if isinstance(text, str)}
    except (OSError, ValueError, RuntimeError, AttributeError):
        return {}


def remember(root: Path, said: Mapping[str, str]) -> None:
    """Keep the answers worth keeping; a read-only home costs nothing but the memory."""
    with suppress(OSError, RuntimeError):
        path = _place(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps({name: said[name] for name in KEPT if said.get(name)}, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)
