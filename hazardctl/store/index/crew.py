"""Work shared among all cores: forked processes that inherit what they need and hand results back in order.

Each process has a pipe of its own and the parts that are its turn: there is no queue, no lock and no thread between them and
the one that waits. What is finished and not yet taken lies in the pipe, and whose pipe is full waits; whose reader is gone ends.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, TypeAlias, TypeVar, cast

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.store import system

ROOM: Final = 1 << 20
"""Bytes that may lie in a pipe, where the system lets it be that long."""
_GONE: Final = Text("一个并行进程中途结束了（可能是内存不足）", "a process that shared the work ended half way (out of memory?)")
_AGAIN: Final = Text("再运行一次；内存紧张时先关掉别的程序", "run it again; where memory is short, close other programs first")

P = TypeVar("P")
R = TypeVar("R")
Crew: TypeAlias = "list[tuple[BaseProcess, Connection]]"


def hands() -> int:
    """Say on how many cores work can be shared; on one where processes inherit nothing."""
    return (os.cpu_count() or 1) if system.FORKS else 1


def shared(parts: Sequence[P], work: Callable[[P], R]) -> Iterator[R]:
    """Do a piece of work for each part on all cores; results come in the order of the parts.

    Args:
        parts: inherited by the processes, never sent to them.
        work: likewise; what it gives is sent back.

    Raises:
        SystemFailedError: a process was ended from outside.
        Exception: what the work raised.
    """
    cores = min(len(parts), hands())
    crew: Crew = []
    try:
        for first in range(cores):
            crew.append(_started(crew, parts[first::cores], work))
        for number in range(len(parts)):
            yield cast("R", _taken(crew[number % cores][1]))
    finally:
        for process, pipe in crew:
            process.kill()  # it holds nothing that anybody else needs
            process.join()
            pipe.close()


def _started(crew: Crew, parts: Sequence[P], work: Callable[[P], R]) -> tuple[BaseProcess, Connection]:
    context: Any = multiprocessing.get_context("fork")  # not every system has one, and its types say so
    taking, giving = context.Pipe(duplex=False)
    system.lengthen(giving.fileno(), ROOM)

    def done() -> None:
        for pipe in (*(pipe for _, pipe in crew), taking):
            pipe.close()  # whoever holds the end that is read from keeps the pipe alive
        with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever waited has gone, and says so
            for part in parts:
                giving.send_bytes(_result(work, part))

    process = context.Process(target=done, daemon=True)
    process.start()
    giving.close()
    return process, taking


def _result(work: Callable[[P], R], part: P) -> bytes:
    try:
        return pickle.dumps((work(part), None), pickle.HIGHEST_PROTOCOL)
    except Exception as failure:  # noqa: BLE001 (raised again where the result is waited for)
        return pickle.dumps((None, failure), pickle.HIGHEST_PROTOCOL)


def _taken(pipe: Connection) -> object:
    try:
        result, failure = cast("tuple[object, Exception | None]", pickle.loads(pipe.recv_bytes()))  # noqa: S301 (made by a process of ours)
    except EOFError:
        raise SystemFailedError(_GONE, _AGAIN) from None
    if failure is not None:
        raise failure
    return result
