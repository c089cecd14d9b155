"""What is wrong with the files of one import, gathered so that it is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ops.drafting import refuse


def called(files: Sequence[Path]) -> tuple[str, ...]:
    """Give what each file is called in every message: its name, or its path where another of the call has that name too."""
    names = Counter(one.name for one in files)
    return tuple(str(one) if names[one.name] > 1 else one.name for one in files)


AT: Final = Text("{file}：{place}", "{file}: {place}")
"""What stands at a place of a file, or is wrong with it."""


class Faults:
    """What is wrong with the files of one call, said all at once; of several files each by its name."""

    def __init__(self, *, several: bool) -> None:
        """Say whether there are several files."""
        self._several, self._found = several, list[Text]()

    @contextmanager
    def of(self, name: str) -> Generator[None]:
        """Gather what is wrong with a file; where there is but one it is raised as it is."""
        try:
            yield
        except UsageError as failure:
            if not self._several:
                raise
            self._found += [AT.of(file=name, place=failure.what), *failure.hints]

    def insist(self) -> None:
        """Refuse where anything is wrong.

        Raises:
            UsageError: something was.
        """
        refuse(self._found)
