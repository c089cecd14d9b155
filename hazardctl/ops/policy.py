"""What the life cycle and the policy of a ledger ask of one act, beyond the transition table (DOMAIN §3.2–3.7).

Pure: an act and the hazard it aims at in, reasons against it and warnings out. The checks of `validate` say the same of
lines that are already written; here they are said before anything is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.history import Replay, Span
from hazardctl.language import Text
from hazardctl.model import events as ev
from hazardctl.model.config import Config
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.ops.deadline import calendar_of
from hazardctl.vocabulary import PLAN_ITEMS

ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """One act at one hazard.

    Attributes:
        config: of the ledger.
        hazard: as it stands in its file.
        replay: its history, folded.
        act: the event that would be added.
        span: what held at the end of the act's day, before it.
        withdrawn: ids named by the act (`of`, `into`) that are withdrawn themselves.
    """

    config: Config
    hazard: Hazard
    replay: Replay
    act: Event
    span: Span
    withdrawn: tuple[str, ...] = ()

    def names(self, event: Event) -> tuple[str, ...]:
        """Give who did it, each person once whatever the spelling (RELIABILITY H4)."""
        return tuple(dict.fromkeys(self.config.named(name) for name in event.by))

    @property
    def done(self) -> tuple[Event, ...]:
        """Give the acts of the current cycle up to the act's day that fit, in order."""
        found: list[Event] = []
        for one in self.replay.acts:
            if one.event.date <= self.act.date and one.fits:
                found = [] if one.event.do == "reopen" else found
                found.append(one.event)
        return tuple(found)

    @property
    def rectifiers(self) -> frozenset[str]:
        """Name who claimed the rectification in this cycle."""
        return frozenset(name for event in self.done if event.do == "rectify" for name in self.names(event))

    @property
    def verifiers(self) -> tuple[str, ...]:
        """Name who gave the last pass."""
        passes = [event for event in self.done if isinstance(event, ev.Verified) and event.result == "pass"]
        return self.names(passes[-1]) if passes else ()

    @property
    def major(self) -> bool:
        """Say whether the grade in force is major."""
        return self.span.grade == "major"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What speaks against an act, what to do instead, and what is only worth a word."""

    against: tuple[Text, ...] = ()
    instead: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()


Voice = tuple[str, Text]
"""`against`, `instead` or `warnings`, and the sentence."""


def opinion(case: Case) -> Opinion:
    """Ask the policy about one act; everything that speaks against it is said at once."""
    voices = list(_RULES[case.act.do](case)) if case.act.do in _RULES else []
    return Opinion(*(tuple(text for kind, text in voices if kind == wanted) for wanted in ("against", "instead", "warnings")))


def _assign(case: Case) -> Iterator[Voice]:
    due = getattr(case.act, "due", None)
    yield from _not_before(case, due)
    if due and case.span.due and due > case.span.due:
        yield (
            "against",
            Text(
                "期限只能提前，不能由 {was} 推迟到 {now}", "a hand-over may bring the deadline forward, not put it off from {was} to {now}"
            ).of(was=case.span.due, now=due),
        )
        yield (
            "instead",
            Text("延期用  hazardctl extend {id} --due {now} --reason …", "to extend  hazardctl extend {id} --due {now} --reason …").of(
                id=case.hazard.id[-5:], now=due
            ),
        )


def _not_before(case: Case, due: dt.date | None) -> Iterator[Voice]:
    if due and due < case.act.date:
        yield (
            "against",
            Text("期限 {due} 早于当日 {day}", "the deadline {due} lies before the day of the act, {day}").of(due=due, day=case.act.date),
        )


def _extend(case: Case) -> Iterator[Voice]:
    act, due = case.act, case.span.due
    if not isinstance(act, ev.Extended) or act.due is None:
        return
    if due is None:
        yield "against", Text("没有期限，无从延期", "there is no deadline to extend")
        return
    if act.due <= due:
        yield (
            "against",
            Text("新期限 {now} 不晚于现期限 {was}", "the new deadline {now} is not later than the one in force, {was}").of(
                now=act.due, was=due
            ),
        )
    most = case.config.extension.max_per_cycle
    if act.decision == "granted" and case.span.extended >= most:
        yield (
            "warnings",
            Text("本轮已延期 {n} 次，配置的上限是 {most} 次", "this cycle was extended {n} times already; the policy allows {most}").of(
                n=case.span.extended, most=most
            ),
        )
    if act.decision == "requested" or (act.decision == "granted" and not _asked(case)):
        yield from _late(case, due)


def _asked(case: Case) -> bool:
    """Say whether a request of this cycle stands before the decision."""
    lines = [event for event in case.done if isinstance(event, ev.Extended)]
    return bool(lines) and lines[-1].decision == "requested"


def _late(case: Case, due: dt.date) -> Iterator[Voice]:
    rule = case.config.extension
    days = rule.ask_before_listed if case.span.listed else rule.ask_before_general
    last = calendar_of(case.config).add(due, -days).day if rule.count == "working" else due - days * ONE_DAY
    if case.act.date > last:
        yield "warnings", Text("申请偏晚：最迟应在 {last} 提出", "asked late: {last} was the last day to ask").of(last=last)


def _rectify(case: Case) -> Iterator[Voice]:
    if not (isinstance(case.act, ev.Rectified) and case.act.on_spot):
        return
    if case.major:
        yield "against", Text("重大隐患不得当场整改销号", "a major hazard is never settled on the spot")
    if case.act.date != case.hazard.found_on:
        yield (
            "against",
            Text("当场整改只限发现当日（{day}）", "on the spot means the day it was found ({day})").of(day=case.hazard.found_on),
        )
        yield "instead", Text("先交办，再按正常流程整改", "assign it, then rectify it in the normal way")


def _verify(case: Case) -> Iterator[Voice]:
    both = [name for name in case.names(case.act) if name in case.rectifiers]
    if both:
        yield "against", Text("{who} 是整改人，不能复查自己的整改", "{who} rectified it and cannot verify it").of(who=both)
    yield from _enough(case, case.names(case.act))
    if isinstance(case.act, ev.Verified):
        yield from _not_before(case, case.act.due)


def _enough(case: Case, names: tuple[str, ...]) -> Iterator[Voice]:
    """Count the verifiers; an opinion issued on paper takes two whatever the grade (DOMAIN §3.2, HZ207)."""
    needed = case.config.verifiers.major if case.major else case.config.verifiers.general
    if case.act.do == "verify" and (case.act.number or case.act.doc):
        needed = max(needed, 2)
    if len(names) < needed:
        text = Text("复查需 {needed} 人，只有 {n} 人（{who}）", "{needed} verifiers are needed, there is {n} ({who})")
        yield "against", text.of(needed=needed, n=len(names), who=names)


def _close(case: Case) -> Iterator[Voice]:
    act = case.act
    both = [name for name in case.names(act) if name in case.rectifiers]
    if both:
        yield "against", Text("{who} 是整改人，不能自己销号", "{who} rectified it and cannot strike it off").of(who=both)
    if getattr(act, "reason", "") not in {"", "rectified"}:
        return
    if case.major:
        undone = list(case.hazard.plan.undone(act.date)) if case.hazard.plan else list(PLAN_ITEMS)
        if undone:
            yield (
                "against",
                Text("治理方案未完成：{items}", "the plan is not complete: {items}").of(items=[PLAN_ITEMS[item].label for item in undone]),
            )
        yield from _enough(case, case.verifiers)
    same = [name for name in case.names(act) if name in case.verifiers]
    if same and (case.major or not case.config.close.general_fast):
        yield "warnings", Text("{who} 既复查又销号", "{who} both verified it and strikes it off").of(who=same)


def _reopen(case: Case) -> Iterator[Voice]:
    yield from _not_before(case, getattr(case.act, "due", None))
    since = case.span.closed or case.span.passed
    window = case.config.policy.look_back_days
    if since and (case.act.date - since).days > window:
        yield (
            "against",
            Text("已过 {window} 天观察期（{since} 起）", "the look-back window of {window} days since {since} is over").of(
                window=window, since=since
            ),
        )
        yield (
            "instead",
            Text(
                "另立新隐患  hazardctl add -u {unit} --recurrence-of {id}",
                "register a new one  hazardctl add -u {unit} --recurrence-of {id}",
            ).of(unit=case.hazard.unit, id=case.hazard.id[-5:]),
        )


def _regrade(case: Case) -> Iterator[Voice]:
    act = case.act
    if not isinstance(act, ev.Regraded):
        return
    if act.now == case.span.grade:
        yield "against", Text("已是这一等级", "that is its grade already")
    if act.now == "general" and case.major and len(case.names(act)) < 2:
        yield "against", Text("重大降为一般须两人签署（--by 甲,乙）", "from major to general takes two names (--by A,B)")


def _withdraw(case: Case) -> Iterator[Voice]:
    if len(case.names(case.act)) < 2:
        yield "against", Text("作废须两人签署（--by 甲,乙）", "a withdrawal takes two names (--by A,B)")
    if isinstance(case.act, ev.Withdrawn) and case.hazard.id in {case.act.of, *case.act.into}:
        yield "against", Text("不能指向自己", "it cannot point to itself")
    if case.withdrawn:
        yield (
            "against",
            Text("{ids} 本身已作废，作废后两条都不再计入", "{ids} is withdrawn itself: neither would count").of(ids=case.withdrawn),
        )


def _supervise(case: Case) -> Iterator[Voice]:
    if not case.major:
        yield "against", Text("只有重大隐患才挂牌督办", "only a major hazard is listed")
    due = getattr(case.act, "due", None)
    if due and case.span.due and due != case.span.due:
        text = Text("督办期限 {due} 与现期限 {now} 不同；挂牌不改变期限", "the listing names {due}, the deadline in force stays {now}")
        yield "warnings", text.of(due=due, now=case.span.due)


_RULES: Final[Mapping[str, Callable[[Case], Iterator[Voice]]]] = {
    "assign": _assign,
    "extend": _extend,
    "rectify": _rectify,
    "verify": _verify,
    "close": _close,
    "reopen": _reopen,
    "regrade": _regrade,
    "withdraw": _withdraw,
    "supervise": _supervise,
}
