"""May this act happen? The transition table by replay, then the policy; and the words of a refusal (DOMAIN §3.2)."""

from __future__ import annotations

import datetime as dt
from collections import deque
from typing import Final

from hazardctl.errors import ForbiddenError
from hazardctl.history import MOVES, Act, Span, move, next_verbs, replay
from hazardctl.language import Text
from hazardctl.model.events import Event
from hazardctl.ops.lookup import short
from hazardctl.ops.policy import Case, opinion
from hazardctl.vocabulary import ACTS, STATES, VERBS

ORDER: Final = (
    "start", "rectify", "verify", "close", "extend", "assign", "reopen", "progress", "supervise", "release",
    "regrade", "transfer", "withdraw", "correct", "note",
)  # fmt: skip
"""The lawful verbs as they are offered: on the way first, round about after."""
WAY: Final = ("assign", "rectify", "verify:pass", "close")

CANNOT: Final = Text("不能{verb}：{id} {why}", "cannot {verb}: {id} {why}")
STATE: Final = Text("{state}", "is {state}")
NOT_YET: Final = Text("{state}，尚未{steps}", "is {state}, not yet {steps}")
WHY: Final = Text("{state}；{reasons}", "is {state}; {reasons}")
ALLOWED: Final = Text("允许的下一步：{verbs}", "allowed now: {verbs}")
EARLY: Final = Text("{day} 早于发现日期 {found}", "{day} lies before the day it was found, {found}")
UNSEATS: Final = Text("会使第 {n} 行“{verb}”（{day}）不再成立", "line {n}, {verb} on {day}, would no longer fit")
UNLISTED: Final = Text("未挂牌督办", "not listed")
ENDED: Final = Text("以其他原因销号，不能重开", "it was struck off for another reason and cannot be reopened")
PARTICIPLE: Final = {
    "assign": Text("交办", "assigned"),
    "rectify": Text("整改", "rectified"),
    "verify": Text("复查", "verified"),
    "close": Text("销号", "closed"),
}


def permit(case: Case, today: dt.date) -> tuple[Text, ...]:
    """Let an act pass, or refuse it; gives what is worth a word.

    Raises:
        ForbiddenError: it does not fit where it stands, unseats a later line, or the policy is against it.
    """
    del today
    if case.act.date < case.hazard.found_on:
        raise refusal(case, [EARLY.of(day=case.act.date, found=case.hazard.found_on)])
    own, others = _misfits(case)
    if own is not None:
        raise _unfit(case, own)
    if others:
        lines = [UNSEATS.of(n=one.position + 1, verb=ACTS[one.event.do].label, day=one.event.date) for one in others]
        raise refusal(case, lines)
    said = opinion(case)
    if said.against:
        raise refusal(case, list(said.against), said.instead)
    return said.warnings


def _misfits(case: Case) -> tuple[Act | None, list[Act]]:
    """Replay with the act in place: its own line if it does not fit, and the lines it unseats."""
    hazard = case.hazard.model_copy(update={"history": (*case.hazard.history, case.act)})
    already = {act.position for act in case.replay.misfits}
    new = [act for act in replay(hazard).misfits if act.position not in already]
    own = next((act for act in new if act.position == len(case.hazard.history)), None)
    return own, [act for act in new if act is not own]


def _unfit(case: Case, own: Act) -> ForbiddenError:
    state = _state(own.before)
    steps = _missing(own.before, case.act)
    if case.act.do == "release" and not case.span.listed:
        why = WHY.of(state=state, reasons=UNLISTED)
    elif case.act.do == "reopen" and case.span.removed:
        why = WHY.of(state=state, reasons=ENDED)
    elif steps:
        why = NOT_YET.of(state=state, steps=_listed(steps))
    else:
        why = STATE.of(state=state)
    return ForbiddenError(_cannot(case, why), *_next(case))


def refusal(case: Case, reasons: list[Text], instead: tuple[Text, ...] = ()) -> ForbiddenError:
    """Give the error of an act that something speaks against: the reasons, what to do instead, the lawful verbs."""
    state = _state(case.span.state)
    return ForbiddenError(_cannot(case, WHY.of(state=state, reasons=_joined(reasons))), *instead, *_next(case))


def _state(key: str) -> Text:
    """Name a state as it stands after “is”: in English by its key, a participle."""
    return Text(STATES[key].zh if key in STATES else key, key)


def _cannot(case: Case, why: Text) -> Text:
    return CANNOT.of(verb=VERBS[case.act.do].label, id=short(case.hazard.id), why=why)


def _joined(reasons: list[Text]) -> Text:
    slots = [f"{{r{number}}}" for number in range(len(reasons))]
    return Text("；".join(slots), "; ".join(slots)).of(**{f"r{number}": reason for number, reason in enumerate(reasons)})


def _listed(steps: list[str]) -> Text:
    slots = [f"{{s{number}}}" for number in range(len(steps))]
    return Text("、".join(slots), " and ".join(slots)).of(**{f"s{number}": PARTICIPLE[step] for number, step in enumerate(steps)})


def _next(case: Case) -> list[Text]:
    verbs = lawful(case.span, case.act)
    return [ALLOWED.of(verbs=Text(" ".join(verbs), " ".join(verbs)))] if verbs else []


def lawful(span: Span, refused: Event | None = None) -> list[str]:
    """Name the verbs that lead on from a state, on the way first.

    Left out are what only a special case allows: striking off a hazard that is not verified, listing a general one, and the
    verb that was just refused where it is a step of the loop.
    """
    verbs = set(next_verbs(span))
    if span.state != "verified":
        verbs.discard("close")
    if span.grade != "major":
        verbs.discard("supervise")
    if refused is not None and refused.do in PARTICIPLE and span.state not in MOVES.get(move(refused), (frozenset(), None))[0]:
        verbs.discard(refused.do)
    return [verb for verb in ORDER if verb in verbs]


def _missing(state: str, act: Event) -> list[str]:
    """Name the steps of the loop between a state and the first one the act fits; empty when the loop does not lead there."""
    wanted = MOVES[move(act)][0]
    queue: deque[tuple[str, tuple[str, ...]]] = deque([(state, ())])
    seen = {state}
    while queue:
        at, steps = queue.popleft()
        if at in wanted:
            return [step.partition(":")[0] for step in steps]
        for step in WAY:
            states, to = MOVES[step]
            if at in states and to and to not in seen:
                seen.add(to)
                queue.append((to, (*steps, step)))
    return []
