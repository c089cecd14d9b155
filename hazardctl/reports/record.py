"""One hazard whole: where it stands, its facts, its history line by line, and how it came into the figures (EXPERIENCE 3.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.history import Act, Replay, Span
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.events import Event
from hazardctl.model.hazard import PLAN_ITEMS, Evidence, Hazard
from hazardctl.period import Period
from hazardctl.reports.acts import in_words, joined
from hazardctl.reports.frame import Frame, sources, spaced, stated, unread
from hazardctl.sheet import Block, Cell, Column, Line, Mark, Picture, Pictures, Sheet, Table, Value
from hazardctl.vocabulary import ACTS, NOUNS

NOT_YET: Final = Text("{day} 尚未发现", "not yet found on {day}")
LATE: Final = Text("逾期 {n} 天", "overdue {n} days")
HIDDEN: Final = Text("截至日之后还有 {n} 行，未显示", "{n} later lines are not shown")
FIGURES: Final = Text("计入{period}的指标（截至 {day}，口径 {basis}）", "in these figures of {period} (as of {day}, basis {basis})")
NO_FIGURES: Final = Text("{period}没有指标计入它（截至 {day}，口径 {basis}）", "in no figure of {period} (as of {day}, basis {basis})")
CHECKS: Final[Mapping[str, Text]] = {
    "ok": Text("√", "ok"),
    "changed": Text("× 内容与登记时不符", "CHANGED since it was recorded"),
    "missing": Text("× 文件不存在", "MISSING"),
    "unknown": Text("未记校验值", "no checksum recorded"),
    "unread": Text("× 不能读取", "cannot be read"),
    "url": Text("网址，未核对", "a URL, not checked"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one hazard.

    Attributes:
        entry: the record and its file.
        replay: its folded history.
        ledger: whose words and units name things.
        frame: the as-of day, the ledger's commit.
        checks: evidence path → key of `CHECKS`.
        why: (measure id, its name, why the hazard is in it) for the half-year of the as-of day.
        commits: position of a line in the history → short commit that wrote it.
        pictures: of its evidence.
    """

    entry: Entry[Hazard]
    replay: Replay
    ledger: Ledger
    frame: Frame
    checks: Mapping[str, str] = field(default_factory=dict[str, str])
    why: Sequence[tuple[str, Text, Text]] = ()
    commits: Mapping[int, str] = field(default_factory=dict[int, str])
    pictures: tuple[Picture, ...] = ()

    @property
    def day(self) -> dt.date:
        """Give the as-of day."""
        return self.frame.as_of

    @property
    def span(self) -> Span | None:
        """Give how it stands on that day; None before it was found."""
        return self.replay.on(self.day)


def record(shown: Shown) -> Sheet:
    """Lay out one hazard."""
    hazard = shown.entry.record
    return Sheet(
        name="show",
        title=spaced([plain(hazard.id), *_standing(shown)]),
        head=(plain(hazard.title or hazard.description), *([plain(hazard.description)] if hazard.title else [])),
        blocks=tuple(_blocks(shown)),
        foot=(sources(shown.frame),),
        data=_data(shown),
        main="history",
        compact=True,
    )


def _standing(shown: Shown) -> Iterator[Text]:
    span = shown.span
    if span is None:
        yield NOT_YET.of(day=shown.day)
        return
    yield shown.ledger.label("grades", span.grade)
    yield Text("{state}{beside}", "{state}{beside}").of(state=shown.ledger.label("states", span.state), beside=_before(shown, span))
    if span.overdue_on(shown.day) and span.due:
        yield LATE.of(n=(shown.day - span.due).days)


def _before(shown: Shown, span: Span) -> Text:
    """Say how often it was sent back and how often it came back."""
    failed = sum(1 for act in _acts(shown) if isinstance(act.event, ev.Verified) and act.event.result == "fail" and act.fits)
    parts = [Text("退回重改 {n} 次", "returned {n}x").of(n=failed)] if failed else []
    if span.cycle > 1:
        parts.append(Text("反弹 {n} 次", "reopened {n}x").of(n=span.cycle - 1))
    return Text("（{parts}）", " ({parts})").of(parts=joined(parts)) if parts else plain("")


def _blocks(shown: Shown) -> Iterator[Block]:
    for label, text in _facts(shown):
        yield Line(text, label=label, indent=2)
    if shown.pictures:
        yield Pictures("pictures", shown.pictures)
    yield _history(shown)
    yield Line(plain(shown.entry.path), label=NOUNS["file"].heading)
    if shown.frame.period:
        yield _figures(shown, shown.frame.period)


def _facts(shown: Shown) -> Iterator[tuple[Text, Text]]:
    hazard, span, ledger = shown.entry.record, shown.span, shown.ledger
    yield Text("单位", "unit"), _unit(hazard, ledger)
    if span:
        yield from _answering(span, ledger)
        yield from _deadline(shown, span)
    yield Text("发现", "found"), _found(hazard, ledger)
    for name, value in (("site", hazard.site), ("requirement", hazard.requirement), ("interim", hazard.interim)):
        if value:
            yield NOUNS[name].label, plain(value)
    if hazard.basis:
        yield NOUNS["basis_law"].label, plain("；".join(" ".join(filter(None, (one.doc, one.article))) for one in hazard.basis))
    if hazard.plan or (span and span.grade == "major"):
        yield Text("方案", "plan"), _plan(hazard, shown)
    yield from _photos(hazard, shown.checks)


def _unit(hazard: Hazard, ledger: Ledger) -> Text:
    region = ledger.region_of(hazard)
    beside = joined([ledger.label("sectors", hazard.sector), plain(ledger.region_name(region))])
    return Text("{unit}（{beside}）", "{unit} ({beside})").of(unit=ledger.unit_name(hazard.unit) or "/", beside=beside)


def _answering(span: Span, ledger: Ledger) -> Iterator[tuple[Text, Text]]:
    parts = [plain(ledger.unit_name(span.owner))] if span.owner else []
    if span.person:
        parts.append(Text("责任人 {it}", "owner {it}").of(it=span.person))
    if span.supervisor:
        parts.append(Text("督导 {it}", "supervised by {it}").of(it=ledger.unit_name(span.supervisor)))
    if span.listed:
        parts.append(ledger.label("flags", "listed"))
    if parts:
        yield Text("责任", "answers"), spaced(parts)


def _deadline(shown: Shown, span: Span) -> Iterator[tuple[Text, Text]]:
    if span.due is None:
        return
    parts = [Text("原 {due0}", "first {due0}").of(due0=span.due0)] if span.due0 != span.due else []
    if span.extended:
        parts.append(Text("延期 {n} 次", "extended {n}x").of(n=span.extended))
    granted = [act for act in _acts(shown) if isinstance(act.event, ev.Extended) and act.event.decision == "granted" and act.fits]
    if span.extended and granted:
        parts.append(Text("批准人 {by}", "granted by {by}").of(by=list(granted[-1].event.by)))
    said = Text("{due}（{parts}）", "{due} ({parts})").of(due=span.due, parts=joined(parts)) if parts else plain(span.due.isoformat())
    late = Text("至 {day} 已逾期 {n} 天", "{n} days late on {day}").of(day=shown.day, n=(shown.day - span.due).days)
    yield NOUNS["due"].label, spaced([said, late]) if span.overdue_on(shown.day) else said


def _found(hazard: Hazard, ledger: Ledger) -> Text:
    by = [plain(hazard.found_on.isoformat()), ledger.label("sources", hazard.source)]
    by.append(plain(ledger.unit_name(hazard.found_by_org)))
    by.append(plain("、".join(hazard.found_by)))
    return spaced([part for part in by if part.say("zh")])


def _plan(hazard: Hazard, shown: Shown) -> Text:
    undone = set(hazard.plan.undone(shown.day)) if hazard.plan else set(PLAN_ITEMS)
    parts = [
        Text("{item} {mark}", "{item} {mark}").of(
            item=shown.ledger.label("plan_items", item), mark=Text("×", "NO") if item in undone else Text("√", "yes")
        )
        for item in PLAN_ITEMS
    ]
    if hazard.funds_planned is not None:
        parts.append(Text("计划投入 {yuan} 元", "planned {yuan} yuan").of(yuan=hazard.funds_planned))
    return spaced(parts)


def _photos(hazard: Hazard, checks: Mapping[str, str]) -> Iterator[tuple[Text, Text]]:
    for number, one in enumerate(hazard.evidence):
        label = Text("佐证", "evidence") if number == 0 else plain("")
        yield label, _photo(one, checks.get(one.path, "unknown" if one.path else "url"))


def _photo(one: Evidence, check: str) -> Text:
    digest = Text("sha256 {it} {check}", "sha256 {it} {check}").of(it=one.sha256[:8], check=CHECKS[check]) if one.sha256 else CHECKS[check]
    return spaced([plain(one.path or one.url), digest])


def _acts(shown: Shown) -> list[Act]:
    return [act for act in shown.replay.acts if act.event.date <= shown.day]


def _history(shown: Shown) -> Table:
    rows = [_row(act, shown) for act in _acts(shown)]
    later = len(shown.replay.acts) - len(rows)
    columns = (
        Column("event", plain("#"), "right", fixed=True),
        Column("date", NOUNS["date"].heading, fixed=True),
        Column("do", Text("事件", "Act"), fixed=True),
        Column("by", NOUNS["by"].heading),
        Column("what", Text("内容", "What")),
        *([Column("commit", Text("提交", "Commit"), fixed=True, drop=1)] if shown.commits else []),
    )
    note = HIDDEN.of(n=later) if later else None
    return Table("history", columns, tuple(rows), plain=True, note=note)


def _row(act: Act, shown: Shown) -> tuple[Cell, ...]:
    hazard, event = shown.entry.record, act.event
    what: Cell = in_words(act, hazard, shown.ledger)
    verb: Cell = ACTS[event.do].label
    if not act.fits:
        what, verb = Mark(in_words(act, hazard, shown.ledger), "warn"), Mark(ACTS[event.do].label, "warn")
    by = Text("{by}", "{by}").of(by=list(event.by))
    row: tuple[Cell, ...] = (act.position + 1, event.date, verb, by, what)
    return (*row, shown.commits.get(act.position, "")) if shown.commits else row


def _figures(shown: Shown, period: Period) -> Table:
    """Say in which figures of a period the hazard is, and why."""
    title = FIGURES if shown.why else NO_FIGURES
    rows = tuple((measure, Text("{name}：{why}", "{name}: {why}").of(name=name, why=why)) for measure, name, why in shown.why)
    columns = (Column("measure", Text("指标", "Measure"), fixed=True), Column("why", Text("依据", "Why")))
    return Table("figures", columns, rows, title.of(period=period.label, day=shown.day, basis=shown.frame.basis), plain=True)


def _data(shown: Shown) -> dict[str, Value]:
    hazard, span = shown.entry.record, shown.span
    facts = hazard.model_dump(by_alias=True, exclude_defaults=True, exclude={"history"})
    now: dict[str, Value] = {}
    if span:
        names = (
            "state",
            "grade",
            "owner",
            "person",
            "supervisor",
            "cycle",
            "due",
            "due0",
            "claimed",
            "on_spot",
            "passed",
            "closed",
            "removed",
        )
        now = {name: getattr(span, name) for name in (*names, "returned", "extensions", "listed")}
        now["overdue"] = span.overdue_on(shown.day)
        now["days_overdue"] = (shown.day - span.due).days if span.due and span.overdue_on(shown.day) else None
    return {
        **stated(shown.frame),
        "kind": "hazard",
        "id": hazard.id,
        "path": shown.entry.path,
        "now": now or None,
        "facts": facts,
        "history": [_act_data(act, shown) for act in _acts(shown)],
        "evidence": [
            {"path": one.path or one.url, "check": shown.checks.get(one.path, "unknown" if one.path else "url")} for one in hazard.evidence
        ],
        "figures": [{"measure": measure, "name": name, "why": why} for measure, name, why in shown.why],
        **unread(shown.frame),
    }


def _act_data(act: Act, shown: Shown) -> dict[str, Value]:
    event: Event = act.event
    fields = event.model_dump(by_alias=True, exclude_defaults=True)
    written = {**fields, "do": event.do}
    return {"event": act.position + 1, "fits": act.fits, "state_before": act.before, **written, "commit": shown.commits.get(act.position)}
