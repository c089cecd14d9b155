"""What a thread does while other things are done: SQLite lets the other core work as long as a statement runs."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Meanwhile(Generic[T]):
    """A piece of work that was begun."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin it; a program that ends waits for it, so that nothing it reads is closed under its hands."""
        self._work, self._found, self._failure = work, list[T](), list[BaseException]()
        self._thread = Thread(target=self._do)
        self._thread.start()

    def _do(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as failure:  # noqa: BLE001 (whatever it is, it is raised where the work is waited for)
            self._failure.append(failure)

    def done(self) -> T:
        """Wait for it and give what it gave, or raise what it raised."""
        self._thread.join()
        if self._failure:
            raise self._failure[0]
        return self._found[0]
