"""The fold: from the history of a hazard to spans of time (DOMAIN §3, DESIGN §5).

One transition table serves two uses: the fold skips what does not fit it and notes the position (a *misfit*, HZ201), and
the verbs refuse an act that would be one. The fold is pure and total: no history makes it raise. Spans do not depend on
any as-of day; a question about day T is a range test, `start <= T < stop`.
"""

from hazardctl.history.fold import allowed, next_verbs, replay
from hazardctl.history.moves import MOVES, OPEN, move
from hazardctl.history.span import END, Act, Replay, Span

__all__ = ["END", "MOVES", "OPEN", "Act", "Replay", "Span", "allowed", "move", "next_verbs", "replay"]
