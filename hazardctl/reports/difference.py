"""What lies between two states of a ledger: what was done, and what that does to the figures (EXPERIENCE §3.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import deeds as lines
from hazardctl.reports import frame as frames
from hazardctl.reports.deeds import Deed
from hazardctl.reports.figures import Figures, count, rate, told
from hazardctl.reports.frame import Frame, spaced
from hazardctl.sheet import Block, Line, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{left} 到 {right}：{n} 处改动", "{left} to {right}: {n} changes")
ONE: Final = Text("{left} 到 {right}：1 处改动", "{left} to {right}: 1 change")
NOTHING: Final = Text("{left} 到 {right}：记录没有改动", "{left} to {right}: no record changed")
EFFECT: Final = Text("影响", "effect")
STOCK: Final = Text("存量", "stock")
LATE: Final = Text("逾期清单", "overdue list")
RULES: Final = Text("规矩", "rules")
REST: Final = Text("其余", "the rest")
STEP: Final = Text("{name} {was} -> {now}", "{name} {was} -> {now}")
ENTERED: Final = Text("新进 {ids}", "new {ids}")
LEFT: Final = Text("移出 {ids}", "gone {ids}")
SAME: Final = Text("不变", "as before")
SAME_RULES: Final = Text("口径、期限规则未变", "definitions and deadline rules unchanged")
OTHER_RULES: Final = Text("口径或期限规则变了：{names}", "definitions or deadline rules changed: {names}")
UNTOUCHED: Final = Text("未触及其余 {n} 条隐患", "the other {n} hazards untouched")
UNREAD: Final = Text("{side}读不出来、数字不含的文件：{paths}", "cannot be read in {side}, and left out of the figures: {paths}")
MOST: Final = 20

COHORT: Final = ("found", "rectified", "awaiting", "within_due", "overdue")
MEASURES: Final = (
    *(f"hazards.{part}" for part in COHORT),
    "hazards.rate",
    "due.on_time",
    "stock.opening",
    "stock.closing",
    "stock.overdue",
)
"""The figures of a period that are compared, as `report` prints them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything a page of differences says.

    Attributes:
        left: name of the earlier state; `right` of the later one.
        deeds: what was done.
        before: figures of the earlier state by measure id; `after` of the later one.
        entered: ids that are overdue now and were not; `gone` the other way round.
        settings: the settings that changed and decide figures or deadlines.
        untouched: hazards that are the same in both.
        unread: files that cannot be read in the earlier state, and in the later one.
    """

    left: Text
    right: Text
    deeds: Sequence[Deed]
    before: Figures
    after: Figures
    entered: Sequence[str] = ()
    gone: Sequence[str] = ()
    settings: Sequence[str] = ()
    untouched: int = 0
    unread: tuple[Sequence[str], Sequence[str]] = ((), ())


def difference(frame: Frame, it: Difference) -> Sheet:
    """Lay out the page."""
    title = NOTHING if not it.deeds else ONE if len(it.deeds) == 1 else TITLE
    return Sheet(
        name="diff",
        title=title.of(left=it.left, right=it.right, n=len(it.deeds)),
        blocks=tuple(_blocks(frame, it)),
        foot=(*frames.foot(frame), *_unread(it)),
        data=_data(frame, it),
        main="deeds",
        stamp=frames.stamp(frame),
        compact=True,
    )


def _blocks(frame: Frame, it: Difference) -> Iterator[Block]:
    yield lines.table(it.deeds) if it.deeds else Table("deeds", lines.columns(), ())
    yield Line(_effect(frame, it), label=EFFECT)
    yield Line(spaced([_step("opening", it, "stock.opening"), _step("closing", it, "stock.closing")]), label=STOCK)
    yield Line(_late(it), label=LATE)
    yield Line(OTHER_RULES.of(names=list(it.settings)) if it.settings else SAME_RULES, label=RULES)
    yield Line(UNTOUCHED.of(n=it.untouched), label=REST)


def _effect(frame: Frame, it: Difference) -> Text:
    period = [plain(frame.period.name)] if frame.period else []
    parts = [_step(part, it, f"hazards.{part}") for part in COHORT]
    return spaced([*period, *parts, _rated("rate", it, "hazards.rate"), _rated("on_time", it, "due.on_time")])


def _step(noun: str, it: Difference, measure: str) -> Text:
    return STEP.of(name=NOUNS[noun].label, was=count(it.before, measure), now=count(it.after, measure))


def _rated(noun: str, it: Difference, measure: str) -> Text:
    return STEP.of(name=NOUNS[noun].label, was=str(rate(it.before, measure)), now=str(rate(it.after, measure)))


def _late(it: Difference) -> Text:
    totals = Text("{was} -> {now}", "{was} -> {now}").of(was=count(it.before, "stock.overdue"), now=count(it.after, "stock.overdue"))
    parts = [ENTERED.of(ids=_some(it.entered))] if it.entered else []
    parts += [LEFT.of(ids=_some(it.gone))] if it.gone else []
    return spaced([totals, *(parts or [SAME])])


def _some(ids: Sequence[str]) -> Text:
    shown = list(ids[:MOST])
    more = Text(" 等 {n} 条", " and {n} in all").of(n=len(ids)) if len(ids) > MOST else plain("")
    return Text("{ids}{more}", "{ids}{more}").of(ids=shown, more=more)


def _unread(it: Difference) -> Iterator[Text]:
    for side, paths in ((it.left, it.unread[0]), (it.right, it.unread[1])):
        if paths:
            yield UNREAD.of(side=side, paths=_some(list(paths)))


def _data(frame: Frame, it: Difference) -> dict[str, Value]:
    figures: Mapping[str, Value] = {name: {"before": told(it.before[name]), "after": told(it.after[name])} for name in MEASURES}
    return {
        **frames.stated(frame),
        "left": it.left,
        "right": it.right,
        "deeds": [lines.data(one) for one in it.deeds],
        "figures": figures,
        "overdue_entered": list(it.entered),
        "overdue_gone": list(it.gone),
        "settings": list(it.settings),
        "untouched": it.untouched,
        "unread_before": list(it.unread[0]),
        **frames.unread(frame),
    }
