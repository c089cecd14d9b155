"""Monitors for git to ask in tests: programs that speak version 2 of its protocol, honestly or not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

HONEST: Final = """
import json, os, sys
place, since = {place!r}, sys.argv[2]
found = {{}}
for folder, folders, files in os.walk("."):
    folders[:] = [name for name in folders if name != ".git"]
    for name in files:
        path = os.path.join(folder, name)[2:]
        it = os.lstat(path)
        found[path] = [it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino]
kept = sorted(int(name) for name in os.listdir(place))
now = str(kept[-1] + 1 if kept else 0)
with open(os.path.join(place, now), "w") as file:
    json.dump(found, file)
if since in os.listdir(place):
    with open(os.path.join(place, since)) as file:
        was = json.load(file)
    told = [path for path in {{*found, *was}} if found.get(path) != was.get(path)]
else:
    told = ["/"]
sys.stdout.write("\\0".join([now, *told]) + "\\0")
"""
"""Looks at every file itself and compares with what it saw at that moment."""

EVERYTHING: Final = 'printf "moment\\\\0/\\\\0"'
"""Says that all may have changed."""


def monitor(top: Path, place: Path, how: str = "") -> str:
    """Make a monitor that leaves a line in `place/ran` whenever it runs, name it in the settings, and give the value.

    Args:
        top: of the work tree.
        place: a folder of its own, outside the repository.
        how: what its shell runs instead; the honest one by default.
    """
    (place / "seen").mkdir(parents=True, exist_ok=True)
    (place / "honest.py").write_text(HONEST.format(place=str(place / "seen")), encoding="utf-8")
    (place / "how").write_text(how or f'exec {sys.executable} {place / "honest.py"} "$@"', encoding="utf-8")
    program = top / ".git" / "hooks" / "watch"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\necho >>{place / 'ran'}\n. {place / 'how'}\n", encoding="utf-8")
    program.chmod(0o755)
    subprocess.run(["git", "config", "core.fsmonitor", ".git/hooks/watch"], cwd=top, check=True)
    return ".git/hooks/watch"


def runs(place: Path) -> int:
    """Say how often it ran."""
    ran = place / "ran"
    return len(ran.read_text(encoding="utf-8")) if ran.exists() else 0
