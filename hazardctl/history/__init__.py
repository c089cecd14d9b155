"""The fold: from the history of a hazard to spans of time (DOMAIN §3, DESIGN §5).

One transition table serves two uses: the fold skips what does not fit it and notes the position (a *misfit*, HZ201), and
the verbs refuse an act that would be one. The fold is pure and total: no history makes it raise. Spans do not depend on
any as-of day; a question about day T is a range test, `start <= T < stop`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hazardctl.history.moves import MOVES, OPEN, move
from hazardctl.history.span import END, Act, Replay, Span

if TYPE_CHECKING:
    from hazardctl.history.fold import allowed, next_verbs, replay

__all__ = ["END", "MOVES", "OPEN", "Act", "Replay", "Span", "allowed", "move", "next_verbs", "replay"]


def __getattr__(name: str) -> object:
    """Import the fold, and with it the events, when it is first asked for: who reads spans of an index folds nothing."""
    if name not in __all__:
        raise AttributeError(name)
    from hazardctl.history import fold

    return getattr(fold, name)
