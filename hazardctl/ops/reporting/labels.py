"""Names of the lines of a table."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Dimension

UNSTATED: Final = Text("（未填）", "(not stated)")


def label(ledger: Ledger, one: Dimension, key: str) -> Text:
    """Give the name of a line."""
    if not key:
        return UNSTATED
    match one.words:
        case "units":
            return plain(ledger.unit_name(key))
        case "campaigns":
            known = ledger.campaigns.get(key)
            return plain(known.name if known and known.name else key)
        case "":
            return plain(key)
        case words:
            named = ledger.label(words, key)
            return Text(named.zh, named.en[:1].upper() + named.en[1:], named.values)
