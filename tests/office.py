"""LibreOffice, where it is installed: what opens the workbooks and papers of others opens ours, and calculates them again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

RECALCULATE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Every formula is calculated when a file is opened, whatever value stands in it."""


def soffice() -> str:
    """Give the program, or skip the test aloud."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("NO LIBREOFFICE: apt-get install --no-install-recommends libreoffice-calc libreoffice-writer; .ci/run tries to")
    return found


def converted(file: Path, ending: str, folder: Path) -> Path:
    """Open a file and save it in another format, in a folder of its own."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    out = folder / "out"
    done = subprocess.run(
        [soffice(), "--headless", f"-env:UserInstallation={profile.parent.as_uri()}", "--convert-to", ending, "--outdir", out, file],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    made = out / f"{file.stem}.{ending.partition(':')[0]}"
    assert made.exists(), (done.stdout, done.stderr)
    return made
