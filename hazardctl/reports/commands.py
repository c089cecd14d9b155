"""Commands that a page suggests: they ask the same question, and can be copied into a shell as they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.reports.frame import Frame

_SAFE: Final = re.compile(r"[\w:.,，：/@%+=-]+")


def quoted(word: str) -> str:
    """Write a word so that a shell takes it as one and starts nothing by it.

    Examples:
        >>> quoted("sector:消防"), quoted("due<2024-07-01")
        ('sector:消防', "'due<2024-07-01'")
    """
    return word if _SAFE.fullmatch(word) else shlex.quote(word)


def same(frame: Frame) -> str:
    """Give the options and filters of a question about a period."""
    return " ".join(_options(frame))


def _options(frame: Frame) -> Iterator[str]:
    if frame.period:
        yield f"-p {quoted(frame.period.name)}"
        if frame.as_of != frame.period.end:
            yield f"--as-of {frame.as_of}"
    if frame.preset != "default":
        yield f"--basis {frame.preset}"
    if frame.cutoff != "period":
        yield f"--cutoff {frame.cutoff}"
    if frame.known_at:
        yield f"--known-at {quoted(frame.known_at)}"
    yield from (f"--ledger {quoted(one)}" for one in frame.named)
    yield from map(quoted, frame.scope)


def listing(frame: Frame, words: Sequence[str], *, today: bool) -> str:
    """Give the list command with these filters, as of the day of a question; today needs no naming."""
    options = [] if today else [f"--as-of {frame.as_of}"]
    options += [f"--basis {frame.preset}"] if frame.preset != "default" else []
    options += [f"--known-at {quoted(frame.known_at)}"] if frame.known_at else []
    options += [f"--ledger {quoted(one)}" for one in frame.named]
    return " ".join(["hazardctl list", *map(quoted, words), *options])
