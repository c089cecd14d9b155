"""Where the repository is, found by walking up and without asking git: an unknown folder could make it run code."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree and the folder git keeps for it."""

    top: Path
    folder: Path


def repository(path: Path) -> Repository | None:
    """Find the repository a path lies in by walking up to a real `.git` folder or work-tree file, without asking git."""
    for place in (path.absolute(), *path.absolute().parents):
        dot = place / ".git"
        if dot.is_symlink():
            return None
        if (dot / "HEAD").exists():
            return Repository(place, dot)
        if dot.is_file():
            with suppress(OSError):
                text = dot.read_bytes()[:4096].decode("utf-8", "surrogateescape").strip()
                if text.startswith("gitdir: "):
                    return Repository(place, place / text.removeprefix("gitdir: "))
    return None


def top(path: Path) -> Path | None:
    """Give the top folder of the work tree a path lies in, or None."""
    found = repository(path)
    return found.top if found else None


def settings_of(here: Repository) -> tuple[Path, ...]:
    """Give the files in which a repository keeps its settings."""
    try:
        common = here.folder / (here.folder / "commondir").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        common = here.folder
    return common / "config", here.folder / "config.worktree"


def mentions(files: Sequence[Path], *words: bytes) -> bool:
    """Say whether a file holds one of some words, in any case, or cannot be read; one that is not there holds nothing."""
    for path in files:
        try:
            text = path.read_bytes().lower()
        except FileNotFoundError:
            continue
        except OSError:
            return True
        if any(word in text for word in words):
            return True
    return False
