"""The same question again: what was printed is printed once more, if nothing it was made of differs (docs/adr/0023)."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TextIO

from hazardctl.store import answers
from hazardctl.store.noting import noting

ASKING: Final = frozenset({"report", "list", "overdue", "remind", "validate", "汇总", "逾期", "校验"})
"""Commands that print what the index says, and nothing else."""
OTHERWISE: Final = ("--no-index", "--debug", "--output", "-o", "--help", "-h")
"""Options with which nothing is kept: they want the files, or print something else."""
_COMPLETE: Final = "_HAZARDCTL_COMPLETE"
_MOVES: Final = (b"\r", b"\x1b")
"""What a bar that moves is drawn with."""


def asked(argv: Sequence[str]) -> Asked | None:
    """Give what is asked; None where an answer is not kept, or cannot be."""
    if ASKING.isdisjoint(argv) or any(word.startswith(OTHERWISE) for word in argv) or _COMPLETE in os.environ:
        return None
    streams = [_surroundings(stream) for stream in (sys.stdout, sys.stderr)]
    known = None if None in streams else answers.known_as((list(argv), streams, _terminal(sys.stdin)))
    return Asked(argv, *known) if known else None


def _surroundings(stream: TextIO | None) -> object:
    """Say everything of a stream that may show in what is written to it; None where it takes no bytes."""
    if stream is None or getattr(stream, "buffer", None) is None:
        return None
    terminal = _terminal(stream)
    size = tuple(os.get_terminal_size(stream.fileno())) if terminal else ()
    return (stream.encoding, stream.errors, repr(stream.newlines), terminal, size)


def _terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False


class Asked:
    """A question whose answer may have been kept, or will be."""

    def __init__(self, argv: Sequence[str], path: str, key: bytes) -> None:
        """Take the words, the file of the answer, and the user's key."""
        self._argv, self._path, self._key = argv, path, key

    def printed(self) -> int | None:
        """Print the answer of before, and give its exit code; None where there is none that holds.

        Raises:
            OSError: it could not be printed.
        """
        answer = answers.recalled(self._path, self._key)
        if answer is None:
            return None
        for number, data in answer.parts:
            stream = sys.stdout if number == 1 else sys.stderr
            stream.flush()
            stream.buffer.write(data)
            stream.buffer.flush()
        return answer.code

    def kept(self, answered: Callable[[Sequence[str]], int]) -> int:
        """Let it be answered, keep the answer if it can be given again, and give the exit code."""
        began, out, err = time.monotonic_ns(), sys.stdout, sys.stderr
        parts: list[answers.Part] = []
        with noting() as noted:
            sys.stdout, sys.stderr = _copied(out, 1, parts), _copied(err, 2, parts)
            try:
                code = answered(self._argv)
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                sys.stdout, sys.stderr = out, err
        moved = any(number == 2 and any(sign in data for sign in _MOVES) for number, data in parts)
        if code in {0, 1} and not moved and sum(len(data) for _, data in parts) <= answers.AT_MOST:
            answers.keep(self._path, self._key, noted, (code, parts), began)
        return code


class _Copy(io.RawIOBase):
    """A stream that hands on what is written to it, and remembers it."""

    def __init__(self, stream: TextIO, number: int, parts: list[answers.Part]) -> None:
        self._stream, self._number, self._parts = stream, number, parts

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, data: Any, /) -> int:  # noqa: ANN401 (whatever can be had as bytes; it has no name before Python 3.12)
        held = bytes(data)
        self._stream.buffer.write(held)
        self._stream.buffer.flush()
        self._parts.append((self._number, held))
        return len(held)


def _copied(stream: TextIO, number: int, parts: list[answers.Part]) -> TextIO:
    """Give a stream that writes as another does, and remembers what."""
    copy = io.BufferedWriter(_Copy(stream, number, parts))
    return io.TextIOWrapper(copy, stream.encoding, stream.errors, line_buffering=number == 2, write_through=number == 2)
