"""Write constraints.txt from a clean environment that holds what the tests passed with: `python tools/pins.py ENVIRONMENT/bin/python`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).resolve().parents[1] / "constraints.txt"
HEADER: Final = """\
# The whole set that the tests passed with, so that every clone is set up alike (`make setup`).
# Written by tools/pins.py from a clean environment; a new version comes in by its own commit, with the tests.
"""


def pins(frozen: str) -> list[str]:
    """Give the exact pins among the lines of `pip freeze`, in the order of their normal names."""
    lines = [line for line in frozen.splitlines() if "==" in line and not line.lower().startswith(("hazardctl", "pip=="))]
    return sorted(lines, key=lambda line: re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower())


if __name__ == "__main__":
    freeze = [sys.argv[1], "-m", "pip", "freeze", "--exclude-editable"]
    frozen = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout
    TARGET.write_text(HEADER + "\n".join(pins(frozen)) + "\n", encoding="utf-8")
