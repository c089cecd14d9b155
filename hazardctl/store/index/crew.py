"""Work shared among all cores: forked processes that inherit what they need and hand results back in order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import AsyncResult
from typing import Any, Final, TypeVar

AHEAD: Final = 4
"""Pieces of work a core that are done or waiting while nobody has taken the first: what is finished must not heap up."""

P = TypeVar("P")
R = TypeVar("R")
_work: list[tuple[Sequence[Any], Callable[[Any], Any]]] = []
"""What the forked processes do; it is there before they are."""


def shared(parts: Sequence[P], work: Callable[[P], R]) -> Iterator[R]:
    """Do a piece of work for each part on all cores; results come in the order of the parts.

    Args:
        parts: inherited by the processes, never sent to them.
        work: likewise; what it gives is sent back.
    """
    _work.append((parts, work))
    try:
        context = multiprocessing.get_context("fork")
        cores = min(len(parts), os.cpu_count() or 1)
        with context.Pool(cores) as pool:
            waiting: deque[AsyncResult[R]] = deque()
            for number in range(len(parts)):
                waiting.append(pool.apply_async(_done, (number,)))
                if len(waiting) > AHEAD * cores:
                    yield waiting.popleft().get()
            while waiting:
                yield waiting.popleft().get()
    finally:
        _work.pop()


def _done(number: int) -> Any:  # noqa: ANN401 (whatever the work gives)
    parts, work = _work[-1]
    return work(parts[number])
