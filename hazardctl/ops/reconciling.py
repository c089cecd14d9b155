"""Two sides of one record: what each did, whether it goes together, and why not (RELIABILITY G10).

Git sees lines; here the events of both sides are united by day, the history is folded, and what contradicts itself is said in
words: an extension against a closing, two deadlines, a line that no longer fits after the other side's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from hazardctl.history import replay
from hazardctl.language import Text, plain
from hazardctl.model import events as ev
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import Kind
from hazardctl.model.typed import typed
from hazardctl.store import threeway
from hazardctl.store.emit import flow
from hazardctl.store.reader import parse
from hazardctl.store.threeway import Joined, Line, Side
from hazardctl.vocabulary import VERBS

ENDS: Final = frozenset({"close", "withdraw", "transfer"})
"""Verbs that say the hazard is done with here."""
GOES_ON: Final = frozenset({"extend", "assign", "start", "progress", "regrade", "supervise", "reopen"})
"""Verbs that say it is not."""

DEADLINES: Final = Text("两边定了不同的期限：{ours} 与 {theirs}", "the sides set different deadlines: {ours} and {theirs}")
UNITS: Final = Text("两边交给了不同的单位：{ours} 与 {theirs}", "the sides made different units responsible: {ours} and {theirs}")
AGAINST: Final = Text("一边“{a}”，另一边“{b}”", "one side says “{a}”, the other “{b}”")
TWICE: Final = Text("两边各写了一次“{verb}”：{ours} 与 {theirs}", "both sides wrote “{verb}”: {ours} and {theirs}")
NO_FIT: Final = Text("合在一起之后，“{line}”（{side}）不合流程", "put together, “{line}” ({side}) no longer fits the life cycle")
FACT: Final = Text("{name}：我方“{ours}”，对方“{theirs}”", "{name}: ours “{ours}”, theirs “{theirs}”")
GONE: Final = Text("第 {n} 行：我方“{ours}”，对方“{theirs}”", "line {n}: ours “{ours}”, theirs “{theirs}”")
SIDES: Final = {"ours": Text("我方", "ours"), "theirs": Text("对方", "theirs"), "": Text("双方", "both")}
ADDED: Final = Text("{side}加了 {lines}", "{side} added {lines}")
CHANGED: Final = Text("{side}改了 {names}", "{side} changed {names}")
NOTHING: Final = Text("/", "/")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of it.

    Attributes:
        joined: the parts.
        contested: positions of events that do not go together.
        reasons: why, in words; empty when the two go together.
        did: what each side did, in words.
    """

    joined: Joined
    contested: frozenset[int]
    reasons: tuple[Text, ...]
    did: tuple[Text, ...]

    @property
    def first(self) -> int:
        """Give the position, in our own version, of the first line that only we have; the last line where there is none."""
        ours = [line for line in self.joined.history if line.side != "theirs"]
        return next((place for place, line in enumerate(ours) if line.side == "ours"), max(len(ours) - 1, 0))

    @property
    def summary(self) -> Text:
        """Say what both sides did, on one line."""
        names = [f"{{p{place}}}" for place in range(len(self.did))]
        return Text("；".join(names), "; ".join(names), {f"p{place}": part for place, part in enumerate(self.did)}) if names else NOTHING

    @property
    def clean(self) -> bool:
        """Say whether nothing is left for a person to decide."""
        return not self.reasons

    def data(self, prefer: Side | None = None) -> bytes:
        """Give the record; what is in dispute stands between markers, or as whose side counts."""
        return threeway.text_of(self.joined, self.contested, prefer)


def reconciled(kind: Kind, config: Config, base: bytes, ours: bytes, theirs: bytes) -> Reconciled:
    """Put two sides of a record together.

    Raises:
        UnreadableError: one of them cannot be read.
    """
    first = threeway.joined(base, ours, theirs)
    orders = [first, replace(first, history=_theirs_first(first.history))]
    one = min(orders, key=lambda made: len(_misfits(kind, config, made)))
    found = list(_contradictions(kind, config, one))
    contested = frozenset(place for places, _ in found for place in places)
    reasons = [text for _, text in found]
    facts = [_dispute(dispute) for dispute in one.disputes]
    return Reconciled(one, contested, tuple(dict.fromkeys([*facts, *reasons])), tuple(_did(one)))


def _theirs_first(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the other order of what both sides added on one day."""
    start = next((place for place, line in enumerate(lines) if line.side), len(lines))
    return (*lines[:start], *sorted(lines[start:], key=lambda line: (line.day, line.side == "ours")))


def _misfits(kind: Kind, config: Config, one: Joined) -> list[int]:
    """Give the positions of events that do not fit the life cycle."""
    record = _record(kind, config, one)
    return [act.position for act in replay(record).misfits] if isinstance(record, Hazard) else []


def _record(kind: Kind, config: Config, one: Joined) -> object:
    tree = parse(threeway.text_of(replace(one, rivals={}, contested=frozenset())), places=False).tree
    return typed(kind, tree, config.zone).record if tree else None


Found = tuple[tuple[int, ...], Text]


def _contradictions(kind: Kind, config: Config, one: Joined) -> Iterator[Found]:
    new = {side: [place for place, line in enumerate(one.history) if line.side == side] for side in ("ours", "theirs")}
    for mine in new["ours"]:
        for other in new["theirs"]:
            yield from (((mine, other), text) for text in _against(one.history[mine], one.history[other]))
    told = {
        place
        for mine in new["ours"]
        for other in new["theirs"]
        for place in (mine, other)
        if any(_against(one.history[mine], one.history[other]))
    }
    for place in _misfits(kind, config, one):
        line = one.history[place]
        rivals = new["theirs" if line.side == "ours" else "ours"]
        if line.side and rivals and place not in told:
            near = max((other for other in rivals if other < place), default=rivals[0])
            yield (near, place), NO_FIT.of(line=said(line), side=SIDES[line.side])


def _against(mine: Line, other: Line) -> Iterator[Text]:
    """Say what in two added lines does not go together."""
    ours, theirs = (cast("dict[str, object]", line.event) if isinstance(line.event, dict) else {} for line in (mine, other))
    verbs = str(ours.get("do", "")), str(theirs.get("do", ""))
    told = {"ours": said(mine), "theirs": said(other)}
    if (
        (verbs[0] in ENDS and verbs[1] in GOES_ON)
        or (verbs[1] in ENDS and verbs[0] in GOES_ON)
        or (set(verbs) <= ENDS and verbs[0] != verbs[1])
    ):
        yield AGAINST.of(a=told["ours"], b=told["theirs"])
        return
    dues = _due(ours), _due(theirs)
    if all(dues) and dues[0] != dues[1]:
        yield DEADLINES.of(ours=dues[0], theirs=dues[1])
    if verbs == ("assign", "assign") and ours.get("to") != theirs.get("to"):
        yield UNITS.of(ours=str(ours.get("to", "/")), theirs=str(theirs.get("to", "/")))
    if verbs[0] == verbs[1] and verbs[0] in {"rectify", "verify", "close", "withdraw", "transfer", "regrade", "reopen"}:
        yield TWICE.of(verb=_verb(verbs[0]), **told)


def _due(event: dict[str, object]) -> str:
    """Give the deadline a line sets; an extension that is only asked for sets none."""
    moves = event.get("do") in {"assign", "reopen", "verify"} or (event.get("do") == "extend" and event.get("decision") == "granted")
    return str(event.get("due") or "") if moves else ""


def said(line: Line) -> Text:
    """Name a line: its day and its verb."""
    event = line.event if isinstance(line.event, dict) else {}
    return Text("{day} {verb}", "{day} {verb}").of(day=line.day, verb=_verb(str(event.get("do", ""))))


def _verb(word: str) -> Text:
    return VERBS[word].label if word in ev.EVENTS else plain(word)


def _dispute(one: threeway.Dispute) -> Text:
    if one.trail[0] == threeway.HISTORY:
        n = int(one.trail[1]) + 1
        return GONE.of(n=n, ours=_event(one.ours), theirs=_event(one.theirs))
    return FACT.of(name=str(one.trail[0]), ours=_value(one.ours), theirs=_value(one.theirs))


def _event(raw: object) -> Text:
    return plain(_value(raw)) if raw is not None else Text("已删去", "taken away")


def _value(raw: object) -> str:
    return "/" if raw is None else raw if isinstance(raw, str) else flow(cast("dict[str, str]", raw))


def _did(one: Joined) -> Iterator[Text]:
    """Say what each side did."""
    for side in ("ours", "theirs"):
        lines = [said(line) for line in one.history if line.side == side]
        names = [name for name, by in one.took if by in {side, ""}]
        names += [str(dispute.trail[0]) for dispute in one.disputes if dispute.trail[0] != threeway.HISTORY]
        if lines:
            yield ADDED.of(side=SIDES[side], lines=lines)
        if names:
            yield CHANGED.of(side=SIDES[side], names=list(dict.fromkeys(names)))
