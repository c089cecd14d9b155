"""What the transition table asks of a line beyond date and verb, and has no rule of its own (DOMAIN §3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.model import events as ev
from hazardctl.model.events import Event

NUMBER_OR_DOC = ("number", "doc")


def lacking(act: Event) -> Iterator[tuple[str, ...]]:
    """Give what a line lacks; several names where one of them would do.

    Deadline and responsible unit of `assign` and `reopen`, and all of `withdraw`, have rules of their own (HZ208 HZ209 HZ215).
    """
    if not any(name.strip() for name in act.by) and not isinstance(act, ev.Withdrawn):
        yield ("by",)
    yield from ((name,) for name in _needed(act) if not getattr(act, name))
    if isinstance(act, ev.Transferred | ev.Released) and not (act.number or act.doc):
        yield NUMBER_OR_DOC
    if isinstance(act, ev.Closed) and act.reason not in {"", "rectified"} and not (act.number or act.doc or act.note):
        yield (*NUMBER_OR_DOC, "note")


def _needed(act: Event) -> tuple[str, ...]:
    match act:
        case ev.Extended():
            return ("decision", "due", "reason", *(("interim",) if act.decision == "requested" else ()))
        case ev.Progressed() | ev.Rectified() | ev.Noted():
            return ("note",)
        case ev.Verified():
            return ("result", *(("reason",) if act.result == "fail" else ()))
        case ev.Closed() | ev.Reopened():
            return ("reason",)
        case ev.Transferred():
            return ("to", "reason")
        case ev.Regraded():
            return ("was", "now", "reason", *(("basis",) if act.now == "major" else ()))
        case ev.Corrected():
            return ("field", "reason")
        case ev.Supervised():
            return ("level", "number")
        case _:
            return ()
