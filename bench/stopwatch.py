"""Time whole processes in turn: wall, processor and memory, from spawn to exit."""

from __future__ import annotations

import os
import statistics
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


def timed(words: Sequence[str], env: Mapping[str, str]) -> Sample:
    """Run one command with its output thrown away."""
    start = time.monotonic()
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
    child = os.posix_spawnp(words[0], list(words), env, file_actions=actions)
    _, _, usage = os.wait4(child, 0)
    wall = time.monotonic() - start
    os.close(null)
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(table: Mapping[str, Command], env: Mapping[str, str], runs: int, slow: int) -> Mapping[str, Sample]:
    """Run every command in turn (A B C A B C); give the medians by name."""
    samples: dict[str, list[Sample]] = {name: [] for name in table}
    for run in range(runs):
        for name, command in table.items():
            if command.slow and run >= slow:
                continue
            if command.before is not None:
                command.before()
            samples[name].append(timed([word.replace("{run}", str(run + 1)) for word in command.words], env))
    return {name: _median(found) for name, found in samples.items() if found}


def _median(samples: Sequence[Sample]) -> Sample:
    return Sample(*(statistics.median(getattr(one, name) for one in samples) for name in ("wall", "cpu", "rss")))
