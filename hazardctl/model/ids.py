"""Record ids: `PREFIX-YYYYMMDD-XXXXX`, or a slug for units (DOMAIN §2.1)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ENDING: Final = 5
"""Characters at the end of an id that people use for the whole."""
_ID: Final = re.compile(r"([A-Z]{2,6})-(\d{8})-([0-9A-HJKMNP-TV-Z]{5})", re.ASCII)
SLUG: Final = r"(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(-[a-z0-9]+)*"
"""A unit's key, which names its file: what Windows takes for a device, whatever its extension, is none."""
_SLUG: Final = re.compile(SLUG, re.ASCII)
_CONFUSED: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def is_id(text: str) -> bool:
    """Say whether a text has the form of a record id with a real day in it."""
    return dated(text) is not None


def is_slug(text: str) -> bool:
    """Say whether a text has the form of a unit's key."""
    return len(text) <= 64 and _SLUG.fullmatch(text) is not None


def short(record_id: str) -> str:
    """Give the end of an id that people use; a key stands for itself."""
    return record_id[-ENDING:] if is_id(record_id) else record_id


def prefix(text: str) -> str:
    """Give the prefix of an id, or the empty string."""
    found = _ID.fullmatch(text)
    return found[1] if found else ""


def dated(text: str) -> dt.date | None:
    """Give the day in an id; None when it is no id or the day does not exist."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    try:
        return dt.date(int(found[2][:4]), int(found[2][4:6]), int(found[2][6:]))
    except ValueError:
        return None


def typed_by_hand(text: str) -> str:
    """Fold what people type for an id or its end: any case, O read as 0, I and L as 1.

    The prefix keeps its letters: only what follows the last hyphen is Crockford base32.
    """
    head, hyphen, tail = text.strip().upper().rpartition("-")
    return f"{head}{hyphen}{tail.translate(_CONFUSED)}"
