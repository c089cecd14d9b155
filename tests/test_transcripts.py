"""Console sessions as people see them: `tests/transcripts/*.md`, run in a made-up ledger.

In a `console` block a line `$ …` is a command of the shell, what follows is all it prints on both streams, and `[n]` at the
end its exit code where that is not 0. `?????` stands for five characters drawn by chance, `???????` and `?????????` for the short id
of a commit. A block `file PATH` writes a file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acting import ledger

HERE = Path(__file__).parent / "transcripts"
BLOCK = re.compile(r"^```(console|file [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def shell(folder: Path, home: Path, command: str, *, today: str = "2026-07-01") -> str:
    """Run a command and give what it prints, with its exit code where that is not 0."""
    env = {
        **os.environ,
        "PATH": f"{home}:{os.environ['PATH']}",
        "PYTHONPATH": str(HERE.parents[1]),
        "HAZARDCTL_TODAY": today,
        "HAZARDCTL_ACTOR": "李四",
        "XDG_CACHE_HOME": str(home),
    }
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode("utf-8", "replace")
    return said + (f"[{done.returncode}]\n" if done.returncode else "")


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """Give kind, name and content of what a transcript says, in order."""
    for block in BLOCK.finditer(text):
        if block[1] == "console":
            yield from (("$", command, expected) for command, expected in STEP.findall(block[2]))
        else:
            yield "file", block[1].removeprefix("file "), block[2]


def wildcard(expected: str) -> str:
    """Make a pattern of what is expected."""
    pattern = re.escape(expected)
    for sign, meant in (("?????????", "[0-9a-f]{9}"), ("???????", "[0-9a-f]{7}"), ("?????", "[0-9A-Z?]{5}")):
        pattern = pattern.replace(re.escape(sign), meant)
    return pattern


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a `hazardctl` that runs this very program."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "hazardctl"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m hazardctl "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("transcript", sorted(HERE.glob("*.md")), ids=lambda path: path.stem)
def test_the_session_goes_as_written(transcript: Path, tmp_path: Path, home: Path) -> None:
    ledger(tmp_path)
    for kind, name, content in steps(transcript.read_text(encoding="utf-8")):
        if kind == "file":
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        else:
            said = shell(tmp_path, home, name)
            assert re.fullmatch(wildcard(content), said), f"$ {name}\n{said}"
