"""What the transition table asks of a line beyond date and verb, and has no rule of its own (DOMAIN §3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final

from hazardctl.model import events as ev
from hazardctl.model.events import Event

NUMBER_OR_DOC: Final = ("number", "doc")
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "extend": ("decision", "due", "reason"),
    "progress": ("note",),
    "rectify": ("note",),
    "note": ("note",),
    "verify": ("result",),
    "close": ("reason",),
    "reopen": ("reason",),
    "transfer": ("to", "reason"),
    "regrade": ("was", "now", "reason"),
    "correct": ("field", "reason"),
    "supervise": ("level", "number"),
}
"""Deadline and unit of `assign` and `reopen`, and all of `withdraw`, have rules of their own (HZ208 HZ209 HZ215)."""


def lacking(act: Event) -> Iterator[tuple[str, ...]]:
    """Give what a line lacks; several names where one of them would do."""
    if not any(act.by) and act.do != "withdraw":
        yield ("by",)
    for name in NEEDED.get(act.do, ()):
        if not getattr(act, name):
            yield (name,)
    yield from _sometimes(act)


def _sometimes(act: Event) -> Iterator[tuple[str, ...]]:
    """Give what is needed only in some cases."""
    match act:
        case ev.Extended(decision="requested", interim=""):
            yield ("interim",)
        case ev.Verified(result="fail", reason=""):
            yield ("reason",)
        case ev.Regraded(now="major") if not act.basis:
            yield ("basis",)
        case ev.Transferred(number="", doc="") | ev.Released(number="", doc=""):
            yield NUMBER_OR_DOC
        case ev.Closed(number="", doc="", note="") if act.reason not in {"", "rectified"}:
            yield (*NUMBER_OR_DOC, "note")
        case _:
            return


BRANCHING: Final = frozenset({"extend", "verify", "regrade", "transfer", "release", "close"})


def complete(act: Event) -> bool:
    """Say quickly whether a line lacks nothing; almost all of them do not."""
    verb = act.do
    if not any(act.by) or (verb in _HELD and not all(_HELD[verb](act))):
        return False
    return verb not in BRANCHING or _PLAIN.get(verb, _never)(act) or next(_sometimes(act), None) is None


def _never(_: Event) -> bool:
    return False


_PLAIN: Final[Mapping[str, Callable[[Any], bool]]] = {
    "verify": lambda act: act.result == "pass",
    "close": lambda act: act.reason == "rectified",
}
"""The usual case of a verb that asks for more in others."""
_HELD: Final[Mapping[str, Callable[[Event], tuple[object, ...]]]] = {verb: attrgetter("by", *names) for verb, names in NEEDED.items()}
