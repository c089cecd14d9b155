"""The index: what the files of a ledger say, kept where questions can ask it without reading them (DESIGN §6, docs/adr/0009).

It is never part of the ledger, nothing is written back from it, and it may be thrown away at any moment: no output differs.
"""

from hazardctl.store.index.base import Keeper, drop, place_in_pool
from hazardctl.store.index.bring import Opened, Settings, opened

__all__ = ["Keeper", "Opened", "Settings", "drop", "opened", "place_in_pool"]
