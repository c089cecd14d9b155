"""The fingerprint of a hazard's facts, as a passed verification may carry it (DOMAIN §3.9)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hazardctl.model.hazard import Hazard


ASIDE: Final = frozenset({"history", "waivers", "tags", "remark", "reports", "notices", "external_ids"})
"""What may change after a verification without making it doubtful."""
DIGITS: Final = 12


def fingerprint(hazard: Hazard) -> str:
    """Give the first 12 hex digits of the SHA-256 of the facts: canonical JSON, keys sorted, no spaces, absent facts left out."""
    facts = hazard.model_dump(by_alias=True, exclude=set(ASIDE), exclude_defaults=True)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
