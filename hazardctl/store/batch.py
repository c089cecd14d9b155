"""Several new files, all or none, and what the next writer does about a batch that was interrupted.

Every file is staged and synced first; then a manifest beside the configuration names them; then they are linked one after
the other; then the manifest goes. A manifest of a dead process therefore says: all bytes are on the disk, link the rest.
Temporary files without a manifest are a batch that never began, and are swept.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.store import atomic, system

_CONFIG: Final = "hazardctl.yaml"
_HOPS: Final = 6
"""How far below the root the deepest file of a ledger lies, with one to spare."""
_MANIFEST: Final = re.compile(r"\.batch\.(\d{1,10})\.tmp")
_HEAD: Final = "hazardctl batch 1"
_MOST_MANIFEST: Final = 1 << 24
_LINKED: Final = Text("{path} 是符号链接，不跟随，没有写入", "{path} is a symbolic link and is not followed; nothing was written")


Told = Callable[[int, int], None]
STEP: Final = 64


def create_all(files: Sequence[tuple[Path, bytes]], told: Told | None = None) -> None:
    """Write new files, all or none.

    Args:
        files: path and bytes of each.
        told: told (files synced, files in all) now and then; that is what takes the time.

    Raises:
        FileExistsError: a name is taken; nothing was written.
        SystemFailedError: the disk failed; nothing was written.
    """
    made: list[Path] = []
    staged: list[tuple[Path, Path]] = []
    shown: list[Path] = []
    manifest: Path | None = None
    try:
        for folder in dict.fromkeys(path.parent for path, _ in files):
            with atomic.spoken(folder):
                made += atomic.make_folders(folder)
                atomic.sweep(folder)
        for done, (path, data) in enumerate(files):
            if told and done % STEP == 0:
                told(done, len(files))
            with atomic.spoken(path):
                staged.append((atomic.stage(path, data), path))
        if len(staged) > 1:
            manifest = _announce(staged)
        for temporary, path in staged:
            _show(temporary, path, shown)
        for folder in dict.fromkeys([*(path.parent for path in shown), *(one.parent for one in reversed(made))]):
            with atomic.spoken(folder):
                system.sync_folder(folder)
    except BaseException:
        atomic.discard(*shown, *([manifest] if manifest else []), *(temporary for temporary, _ in staged))
        atomic.remove_folders(made)
        raise
    atomic.discard(*([manifest] if manifest else []), *(temporary for temporary, _ in staged))
    if told:
        told(len(files), len(files))


def _show(temporary: Path, path: Path, shown: list[Path]) -> None:
    try:
        atomic.publish(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        with atomic.spoken(path):
            raise
    shown.append(path)


def _announce(staged: Sequence[tuple[Path, Path]]) -> Path | None:
    """Write the manifest into the ledger root; outside a ledger there is nobody to finish a batch."""
    root = root_of(staged[0][1])
    if root is None or any(not path.is_relative_to(root) for _, path in staged):
        return None
    lines = [_HEAD, *(f"{temporary.relative_to(root).as_posix()}\t{path.name}" for temporary, path in staged)]
    manifest = root / f".batch.{os.getpid()}.tmp"
    with atomic.spoken(manifest):
        temporary = atomic.stage(manifest, "\n".join(lines).encode("utf-8", "surrogateescape"))
        try:
            system.replaced(temporary, manifest)
            system.sync_folder(root)
        except BaseException:
            atomic.discard(manifest, temporary)
            raise
    return manifest


def recover(root: Path) -> None:
    """Finish the batches of writers that died between the first link and the last. Call it with the lock held."""
    for manifest, pid in interrupted(root).items():
        _finish(root, manifest, pid)


def interrupted(root: Path) -> dict[Path, str]:
    """Give the manifests of writers that died half way, with their process ids."""
    try:
        with os.scandir(root) as entries:
            found = [(_MANIFEST.fullmatch(entry.name), entry) for entry in entries]
    except OSError:
        return {}
    dead = ((name[1], entry) for name, entry in found if name and not system.alive(int(name[1])))
    return {Path(entry.path): pid for pid, entry in dead if entry.is_file(follow_symlinks=False)}


def _finish(root: Path, manifest: Path, pid: str) -> None:
    if manifest.stat().st_size > _MOST_MANIFEST:
        return
    head, *lines = manifest.read_bytes().decode("utf-8", "replace").split("\n")
    if head != _HEAD:
        return
    temporaries: list[Path] = []
    for line in lines:
        temporary, _, name = line.partition("\t")
        staged = root / temporary
        if _ours(root, staged, name, pid):
            with atomic.spoken(staged), suppress(FileExistsError):
                atomic.publish(staged, staged.with_name(name))
                system.sync_folder(staged.parent)
            temporaries.append(staged)
    atomic.discard(manifest, *temporaries)


def _ours(root: Path, staged: Path, name: str, pid: str) -> bool:
    """Say whether a line of a manifest names a staged file of that process inside the ledger: a manifest may be planted."""
    if ".." in staged.parts or not staged.is_relative_to(root) or "/" in name or name.startswith(".") or not name:
        return False
    try:
        unlinked(staged)
        regular = stat.S_ISREG(os.lstat(staged).st_mode)
    except (OSError, ValueError, UnreadableError):
        return False
    return regular and staged.name.startswith(".") and staged.name.endswith(f".{pid}.tmp")


def root_of(path: Path) -> Path | None:
    """Find the ledger root a file lies in, by its configuration, a few folders up."""
    return next((folder for folder in list(path.parents)[:_HOPS] if (folder / _CONFIG).is_file()), None)


def unlinked(path: Path) -> None:
    """Refuse a path that leads through a linked folder of the ledger.

    Raises:
        UnreadableError: a folder between the ledger root and the file is a symbolic link.
    """
    root = root_of(path)
    for folder in path.parents if root is not None else ():
        if folder == root:
            return
        if folder.is_symlink():
            raise UnreadableError(_LINKED.of(path=str(folder)))
