"""The transition table (DOMAIN §3.2): which verb fits which state, and where it leads. One table, two uses: fold and commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hazardctl.model.events import Event

OPEN: Final = ("registered", "assigned", "rectifying", "rectified", "verified")
BEFORE_CLAIM: Final = ("registered", "assigned", "rectifying")
ANY: Final = (*OPEN, "closed", "withdrawn", "transferred")

MOVES: Final[Mapping[str, tuple[frozenset[str], str | None]]] = {
    "register": (frozenset({"absent"}), "registered"),
    "assign": (frozenset(BEFORE_CLAIM), "assigned"),
    "start": (frozenset({"assigned"}), "rectifying"),
    "extend": (frozenset({"assigned", "rectifying"}), None),  # None: the state stays
    "progress": (frozenset(OPEN), None),
    "rectify": (frozenset({"assigned", "rectifying"}), "rectified"),
    "rectify:on_spot": (frozenset(BEFORE_CLAIM), "rectified"),
    "verify:pass": (frozenset({"rectified"}), "verified"),
    "verify:fail": (frozenset({"rectified"}), "assigned"),
    "close": (frozenset({"verified"}), "closed"),
    "close:other": (frozenset(OPEN), "closed"),
    "reopen": (frozenset({"verified", "closed"}), "assigned"),
    "transfer": (frozenset({*BEFORE_CLAIM, "rectified"}), "transferred"),
    "regrade": (frozenset(OPEN), None),
    "withdraw": (frozenset({*OPEN, "closed", "transferred"}), "withdrawn"),
    "correct": (frozenset(ANY), None),
    "note": (frozenset(ANY), None),
    "supervise": (frozenset(OPEN), None),
    "release": (frozenset({*OPEN, "closed"}), None),
}
"""Move → (states it fits, state it leads to). A move is a verb, with its outcome where that decides (DOMAIN §3.2)."""

BRANCHING: Final = frozenset(row.partition(":")[0] for row in MOVES if ":" in row)
"""The verbs with more than one row."""

NOWHERE: Final[tuple[frozenset[str], str | None]] = (frozenset(), None)


def move(act: Event) -> str:
    """Give the row of the transition table an act belongs to."""
    if act.do not in BRANCHING:
        return act.do
    match act.do:
        case "rectify" if getattr(act, "on_spot", False):
            return "rectify:on_spot"
        case "verify":
            return f"verify:{getattr(act, 'result', '')}"
        case "close" if getattr(act, "reason", "") not in {"", "rectified"}:
            return "close:other"
        case _:
            return act.do
