"""The names of records in a pool: `LEDGER:ID`."""

from __future__ import annotations

from typing import Final

MARK: Final = ":"
ABSENT: Final = "ledger"
"""What an unread file of a pool is when it is a whole ledger."""


def ledger_of(name: str) -> str:
    """Give the key of the ledger a pooled id or path belongs to; empty for any other.

    Examples:
        >>> ledger_of("liulin:YH-20240312-7K2QF")
        'liulin'
    """
    return name.partition(MARK)[0] if MARK in name else ""


def own_name(name: str) -> str:
    """Give what a pooled id is called in its own ledger."""
    return name.partition(MARK)[2] if MARK in name else name
