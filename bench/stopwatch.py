"""Time whole processes in turn: wall, processor and memory, from spawn to exit.

A child's peak of memory never reads lower than what its parent held when it was started, so the parent is a process of its own that
holds nothing: this file, run as a program, takes a command a line and answers with what it took.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """What one process took: wall and processor seconds, resident memory at its peak in MiB."""

    wall: float
    cpu: float
    rss: float


@dataclass(frozen=True)
class Command:
    """A command to be timed.

    Attributes:
        words: of the command line; `{run}` becomes the number of the run.
        before: done before each run, outside the time.
        slow: gets fewer runs.
    """

    words: Sequence[str]
    before: Callable[[], object] | None = None
    slow: bool = False


class Stopwatch:
    """A small process that starts commands and times them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """Start it; the commands see this environment."""
        words = [sys.executable, "-I", "-S", __file__]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(env))

    def timed(self, words: Sequence[str]) -> Sample:
        """Run one command with its output thrown away."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError(self._process)
        self._process.stdin.write(json.dumps(list(words)) + "\n")
        self._process.stdin.flush()
        return Sample(*json.loads(self._process.stdout.readline()))

    def stop(self) -> None:
        """Let it go."""
        self._process.communicate()


def _served() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
    for line in sys.stdin:
        words = json.loads(line)
        start = time.monotonic()
        child = os.posix_spawnp(words[0], words, os.environ, file_actions=actions)
        _, _, usage = os.wait4(child, 0)
        wall = time.monotonic() - start
        sys.stdout.write(json.dumps([wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]) + "\n")
        sys.stdout.flush()


def in_turn(table: Mapping[str, Command], env: Mapping[str, str], runs: int, slow: int) -> Mapping[str, Sample]:
    """Run every command in turn (A B C A B C); give the medians by name."""
    samples: dict[str, list[Sample]] = {name: [] for name in table}
    watch = Stopwatch(env)
    for run in range(runs):
        for name, command in table.items():
            if command.slow and run >= slow:
                continue
            if command.before is not None:
                command.before()
            samples[name].append(watch.timed([word.replace("{run}", str(run + 1)) for word in command.words]))
    watch.stop()
    return {name: _median(found) for name, found in samples.items() if found}


def _median(samples: Sequence[Sample]) -> Sample:
    return Sample(*(statistics.median(getattr(one, name) for one in samples) for name in ("wall", "cpu", "rss")))


if __name__ == "__main__":
    _served()
