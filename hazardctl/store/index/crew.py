"""Work shared among all cores: forked processes that inherit what they need and hand results back in order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

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
        with context.Pool(min(len(parts), os.cpu_count() or 1)) as pool:
            yield from pool.imap(_done, range(len(parts)))
    finally:
        _work.pop()


def _done(number: int) -> Any:  # noqa: ANN401 (whatever the work gives)
    parts, work = _work[-1]
    return work(parts[number])
