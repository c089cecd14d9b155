"""What is not read before somebody looks at it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence that is made when it is first looked at."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        """Take how it is made."""
        self._make = make

    @functools.cached_property
    def _made(self) -> Sequence[T]:
        return self._make()

    def __len__(self) -> int:
        """Give how long it is."""
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Give what stands at a place, or in a range of places."""
        return self._made[index]
