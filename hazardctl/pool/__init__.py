"""Several ledgers as one: every record under the name of its ledger, `LEDGER:ID`, so that what two of them call alike stays apart.

A pool is a `Ledger` like any other, and every question can be asked of it. Its shares are the ledgers it is made of, under the same
names and the same rules of counting: what only one ledger can tell (a tally, a declaration, a duty) is asked of each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hazardctl.pool.names import ABSENT, MARK, ledger_of, own_name
from hazardctl.pool.shares import shares_of

if TYPE_CHECKING:
    from hazardctl.pool.doubles import Double
    from hazardctl.pool.making import Large, Pool, Share, by_key, pooled, renaming, settings_of

__all__ = [
    "ABSENT", "MARK", "Double", "Large", "Pool", "Share", "by_key", "ledger_of", "own_name", "pooled", "renaming", "settings_of",
    "shares_of",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what makes a pool when it is first asked for: most questions are about one ledger."""
    if name not in __all__:
        raise AttributeError(name)
    from hazardctl.pool import making

    return getattr(making, name)
