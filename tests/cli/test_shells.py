"""Completion in the shells themselves: typed on a terminal, with the script the program prints; what a ledger says never runs."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.acting import REGISTER, hazard, ledger

REPOSITORY: Final = Path(__file__).resolve().parents[2]
START: Final = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
PREPARE: Final = {
    "bash": "bind 'set show-all-if-ambiguous on'; bind 'set bell-style none'; source script\n",
    "zsh": "autoload -U compinit && compinit -u -D; source ./script; unsetopt beep list_beep\n",
    "fish": "source ./script\n",
}
HOSTILE: Final = """'\\"; touch ran; $(touch ran) `touch ran` \\'$(touch ran)'"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


class Terminal:
    """A shell on a terminal."""

    def __init__(self, shell: str, folder: Path) -> None:
        self.seen = ""
        process, self._file = pty.fork()
        if process == 0:
            os.chdir(folder)
            environment = {
                **os.environ,
                "TERM": "xterm",
                "PS1": "$ ",
                "COLUMNS": "100",
                "LINES": "40",
                "PATH": f"{folder}:{os.environ['PATH']}",
            }
            os.execvpe(shell, [shell, *START[shell]], environment)  # noqa: S606
        self._process = process

    def type(self, keys: str) -> None:
        os.write(self._file, keys.encode())

    def wait(self, pattern: str, seconds: float = 40) -> str:
        """Wait until what is shown holds a pattern; give all of it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.seen, re.DOTALL):
                return self.seen
            if select.select([self._file], [], [], 0.2)[0]:
                try:
                    self.seen += _plain(os.read(self._file, 65_536).decode("utf-8", "replace"))
                except OSError:
                    break
        raise AssertionError(f"{pattern} is not in {self.seen!r}")

    def close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._file)


def _plain(text: str) -> str:
    return re.sub(r"\x1b(?:\[[0-9;?>=]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[=>()][0-9A-Z]?)", "", text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    for suffix, text in (("7K2QF", "静电接地报警器失效"), ("7M000", HOSTILE), ("AAAAA", "灭火器过期")):
        hazard(root, suffix, REGISTER)
        path = next(root.rglob(f"*-{suffix}.yaml"))
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [f"description: {text}" if line.startswith("description:") else line for line in lines]
        path.write_text("\n".join(said) + "\n", encoding="utf-8")
    program = tmp_path / "hazardctl"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={REPOSITORY} exec {sys.executable} -m hazardctl "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@pytest.fixture(params=sorted(START))
def terminal(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[str, Terminal]]:
    shell = str(request.param)
    if shutil.which(shell) is None:
        pytest.skip(f"NO {shell.upper()}: nobody has seen completion work in it here (.ci/run tries to install it)")
    script = subprocess.run([folder / "hazardctl", "completion", shell], capture_output=True, text=True, check=True, cwd=folder)
    (folder / "script").write_text(script.stdout, encoding="utf-8")
    made = Terminal(shell, folder)
    made.type(PREPARE[shell] + "echo rea''dy\n")
    made.wait("ready\r?\n")
    yield shell, made
    made.close()


def test_ids_are_offered_with_what_they_are_about(terminal: tuple[str, Terminal], folder: Path) -> None:
    shell, typed = terminal
    typed.type("hazardctl assign 7\t" if shell == "bash" else "hazardctl assign 7\t\t")
    typed.wait("7K2QF.*静电接地报警器失效")
    typed.wait("7M000")
    assert not (folder / "ran").exists()


def test_the_only_one_is_put_in_alone(terminal: tuple[str, Terminal]) -> None:
    _, typed = terminal
    typed.type("hazardctl assign aaa\t")
    typed.wait("hazardctl assign aaaaa")


def test_words_are_offered_with_their_meaning(terminal: tuple[str, Terminal]) -> None:
    shell, typed = terminal
    typed.type("hazardctl add --grade \t" if shell == "bash" else "hazardctl add --grade \t\t")
    typed.wait("general.*major|major.*general" if shell == "bash" else "一般")


def test_keys_that_walk_through_candidates_put_ids_alone_into_a_line_of_bash(folder: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("NO BASH: nobody has seen completion work in it here")
    script = subprocess.run([folder / "hazardctl", "completion", "bash"], capture_output=True, text=True, check=True, cwd=folder)
    (folder / "script").write_text(script.stdout, encoding="utf-8")
    made = Terminal("bash", folder)
    made.type("bind 'TAB:menu-complete'; source script; echo rea''dy\n")
    made.wait("ready\r?\n")
    made.type("hazardctl show 7\t")
    made.wait("show 7(?:K2QF|M000)")
    made.type("#end\n")
    shown = made.wait("#end")
    made.close()
    assert re.search(r"show 7(?:K2QF|M000) ?#end", shown), shown
