"""The index as the use cases know it: what it keeps of a record is what the measures ask for."""

from __future__ import annotations

from hazardctl.ops.context import Context
from hazardctl.store.index import Keeper


def keeper(context: Context) -> Keeper | None:
    """Give what an index keeps of each record; None where the call wants none (`--no-index`)."""
    if not context.index:
        return None
    from hazardctl.measures import kept

    return kept
