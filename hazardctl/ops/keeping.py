"""The index as the use cases know it: what it keeps of a record is what the measures ask for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from hazardctl.ops.context import Context
from hazardctl.store.index import Keeper
from hazardctl.store.layout import record_files

LEAST: Final = 500
"""Files from which on an index is worth its making: fewer are read in a breath."""


def keeper(context: Context, files: Iterable[object] | None = None) -> Keeper | None:
    """Give what an index keeps of each record; None for a small ledger, or where the call wants no index (`--no-index`).

    Args:
        context: its root is the ledger.
        files: those of the ledger, where it is not read from the work tree.
    """
    found = record_files(context.root) if files is None else files
    if not context.index or sum(1 for _ in itertools.islice(found, LEAST)) < LEAST:
        return None
    from hazardctl.measures import kept

    return kept
