"""The ledgers a pool is made of, for whoever asks a ledger that may be one; what makes a pool is not imported for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hazardctl.ledger import Ledger
    from hazardctl.pool.making import Share


def shares_of(ledger: Ledger) -> tuple[Share, ...]:
    """Give the ledgers that a ledger is made of; none for one that is no pool."""
    shares: tuple[Share, ...] = getattr(ledger, "shares", ())  # only a pool has any
    return shares
