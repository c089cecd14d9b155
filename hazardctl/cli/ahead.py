"""What a question will wait for is begun before the program is imported: git looks at the files on the other core meanwhile."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from hazardctl.errors import HazardctlError

if TYPE_CHECKING:
    from hazardctl.cli.door import Door

ASKING: Final = frozenset({"report", "list", "overdue", "remind", "dashboard", "validate", "汇总", "看板", "逾期", "校验"})
"""Commands that ask the whole ledger, and write nothing before they did."""
CLOSELY: Final = frozenset({"validate", "校验"})
"""Those of them to which line endings matter."""
OTHERWISE: Final = ("-h", "--help", "--known-at", "--ledger", "--since", "--merged-with", "--preview", "--write-baseline", "--fix")
"""Options with which a call asks something else than the work tree, or writes first."""


@contextmanager
def looking(door: Door, words: Sequence[str], verb: str) -> Generator[None]:
    """Start git's look at the work tree where a call will ask for it; nobody who did not ask for it after all hears of it."""
    if verb not in ASKING or any(word.startswith(OTHERWISE) for word in words):
        yield
        return
    from hazardctl.store import status

    with suppress(HazardctlError):  # said when the command finds no ledger itself
        status.look_ahead(door.root(), closely=verb in CLOSELY)
    try:
        yield
    finally:
        status.leave()
