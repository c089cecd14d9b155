"""A bar on stderr for work that takes longer than a second, at a terminal only (EXPERIENCE §4.1)."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE: Final = 1.0

Report = Callable[[int, int], None]


@contextmanager
def progress(stream: TextIO, label: str, *, shown: bool) -> Generator[Report | None]:
    """Give a function that takes (done, in all), or None where nobody looks; the bar appears after a second and goes at the end.

    Args:
        stream: where the bar is drawn.
        label: what is being done.
        shown: whether a person is looking.
    """
    if not shown:
        yield None
        return
    bar = _Bar(stream, label)
    try:
        yield bar.report
    finally:
        bar.stop()


class _Bar:
    """The bar, made when the work has lasted for a second."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream, self._label = stream, label
        self._begun = time.monotonic()
        self._bar: Progress | None = None

    def report(self, done: int, total: int) -> None:
        """Move the bar."""
        if self._bar is None:
            if time.monotonic() - self._begun < PATIENCE:
                return
            self._bar = self._made()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def _made(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(file=self._stream, markup=False, emoji=False, highlight=False)
        made = Progress(TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), console=console, transient=True)
        made.add_task(self._label, total=None)
        made.start()
        return made

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
