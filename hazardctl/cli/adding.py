"""`add`: options in, a dialogue for what is missing where a person sits, one line out (EXPERIENCE §2.3, §3.4)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from hazardctl.cli import add_options as its
from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.lazy import shown
from hazardctl.errors import FINE, SystemFailedError, UsageError, reason
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.cli.door import Door
    from hazardctl.model.raw import Raw
    from hazardctl.ops.add import Added
    from hazardctl.ops.context import Context
    from hazardctl.ops.registering import Wanted


LINE: Final = Text("{id}  {state}   {path}", "{id}  {state}   {path}")
WOULD: Final = Text("将写入 {path}（试运行，未写入；后五位在写入时产生）", "would write {path} (dry run; suffix drawn on writing)")
GRADE: Final = Text("  级别  {it}", "  grade  {it}")
DAY: Final = Text("  发现  {day} {weekday}", "  found  {day} {weekday}")
DUE: Final = Text("  期限  {day} {weekday}", "  due    {day} {weekday}")
DUE_LATER: Final = Text(
    "  期限  交办时定；按配置 {n} 个{kind}，得 {day} {weekday}{other}",
    "  due    set by assign; configured {n} {kind}: {day} {weekday}{other}",
)
DUE_NONE: Final = Text("  期限  交办时定；配置里没有适用的期限", "  due    set by assign; no configured deadline applies")
OTHER: Final = Text("（用 {n}wd 得 {day}）", " ({n}wd: {day})")
KINDS: Final = {False: Text("自然日", "calendar days"), True: Text("工作日", "working days")}
LIKE: Final = Text("! 与 {id}“{text}”（{unit}，{state}）相似度 {percent}%。", '! {percent}% like {id} "{text}" ({unit}, {state}).')
ANYWAY: Final = Text("仍要登记？[y/N] ", "Register anyway? [y/N] ")
CANCELLED: Final = Text(
    "已取消，未写入任何文件。查看原记录：hazardctl show {id}", "Cancelled, nothing written. See the record: hazardctl show {id}"
)
WARNING: Final = Text("注意  {it}", "note  {it}")
NO_MIX: Final = Text("--from 不与 {it} 同用", "--from goes without {it}")
NO_FILE: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
OVERDUE: Final = Text("逾期", "overdue")
NEXT: Final = Text("hazardctl assign {id} --to {unit} --person …", "hazardctl assign {id} --to {unit} --person …")


@shown("hazardctl add", "hazardctl add -u 顺发加油站 -m 配电室电缆桥架未封堵 --sector 危险化学品 --due 15d")
def add(
    context: typer.Context,
    *,
    unit: its.Unit = "",
    description: its.Description = "",
    title: its.Title = "",
    site: its.Site = "",
    sector: its.Sector = "",
    grade: its.Grade = "",
    category: its.Category = "",
    clause: its.Clause = None,
    cause: its.Cause = "",
    consequence: its.Consequence = "",
    requirement: its.Requirement = "",
    interim: its.Interim = "",
    region: its.Region = "",
    recurrence_of: its.RecurrenceOf = "",
    source: its.Source = "",
    found: its.Found = "",
    found_by: its.FoundBy = None,
    org: its.Org = "",
    inspection: its.Inspection = "",
    campaign: its.Campaign = None,
    due: its.Due = "",
    to: its.To = "",
    person: its.Person = "",
    on_spot: its.OnSpot = False,
    source_file: its.SourceFile = "",
    date: opt.Date = "",
    by: opt.By = None,
    note: its.Remark = "",
    number: opt.Number = "",
    doc: opt.Doc = "",
    photo: opt.Photos = None,
    dry_run: opt.DryRun = False,
    commit: opt.Commit = None,
    yes: opt.Yes = False,
) -> int:
    """Register a hazard (登记)."""
    door = doors.of(context)
    said: dict[str, Raw] = {
        "unit": unit, "description": description, "title": title, "site": site, "sector": sector, "grade": grade, "category": category,
        "cause": cause, "consequence": consequence, "requirement": requirement, "interim": interim, "region": region,
        "recurrence_of": recurrence_of, "source": source, "found": found, "org": org, "inspection": inspection, "due": due, "to": to,
        "person": person, "date": date, "note": note, "order_number": number, "doc": doc, "on_spot": "true" if on_spot else "",
        "clause": [*(clause or ())], "campaign": [*(campaign or ())], "found_by": [*(found_by or ())], "by": [*(by or ())],
    }  # fmt: skip
    given = {name: value for name, value in said.items() if value}
    known = door.context(acting=not by)
    if source_file and photo:
        raise UsageError(NO_MIX.of(it="--photo"))
    wanted = _from_file(source_file, given) if source_file else _one(door, known, given, ask=not yes)
    if wanted is None:
        return FINE
    return _register(door, known, wanted, opt.paths_of(photo), dry_run=dry_run, commit=commit)


def _register(door: Door, known: Context, wanted: Sequence[Wanted], photos: Sequence[Path], *, dry_run: bool, commit: bool | None) -> int:
    from hazardctl.cli.outcome import committed, lined, place
    from hazardctl.ops.add import BLANK
    from hazardctl.ops.add import add as register

    done = register(known, wanted, photos=photos, dry_run=dry_run, commit=commit)
    for one in done.added:
        door.tell(*(WARNING.of(it=text) for text in one.warnings))
        if dry_run:
            door.say(WOULD.of(path=place(known.root, one.path.replace(f"{BLANK}.yaml", "?????.yaml"))), *_preview(known, one))
            lined("".join(f"+{line}\n" for line in one.text.replace(f"-{BLANK}\n", "-?????\n", 1).splitlines()))
        else:
            door.say(_line(one, place(known.root, one.path)))
    committed(door, done.commit)
    if not dry_run and len(done.added) == 1:
        _follow(door, done.added[0])
    return FINE


def _line(one: Added, path: str) -> Text:
    from hazardctl.history import replay
    from hazardctl.vocabulary import STATES

    return LINE.of(id=one.id, state=STATES[replay(one.hazard).last.state].label, path=path)


def _follow(door: Door, one: Added) -> None:
    from hazardctl.history import replay
    from hazardctl.ops.lookup import quoted, short

    if replay(one.hazard).last.state == "registered":
        door.hint(NEXT.of(id=short(one.id), unit=quoted(one.unit)))


def _preview(known: Context, one: Added) -> list[Text]:
    """Say grade, day and deadline of a record that is not written yet, days with their weekday (EXPERIENCE 4.7)."""
    from hazardctl.day import weekday
    from hazardctl.history import replay
    from hazardctl.vocabulary import GRADES

    hazard, span = one.hazard, replay(one.hazard).last
    lines = [GRADE.of(it=GRADES[hazard.grade].label), DAY.of(day=hazard.found_on, weekday=weekday(hazard.found_on))]
    if span.due:
        return [*lines, DUE.of(day=span.due, weekday=weekday(span.due))]
    if span.claimed:
        return lines
    found = one.deadline
    if found is None:
        return [*lines, DUE_NONE]
    other = _other(known, hazard.history[0].date, found.days) if not found.working else Text("", "")
    return [*lines, DUE_LATER.of(n=found.days, kind=KINDS[found.working], day=found.day, weekday=weekday(found.day), other=other)]


def _other(known: Context, start: object, count: int) -> Text:
    """Say what the same number of working days would give, where the calendar is installed."""
    import datetime as dt

    from hazardctl.errors import MissingExtraError
    from hazardctl.ops.deadline import calendar_of
    from hazardctl.store.load import load_config

    try:
        day = calendar_of(load_config(known.root)).add(start, count).day if isinstance(start, dt.date) else None
    except MissingExtraError:
        return Text("", "")
    return OTHER.of(n=count, day=day)


def _from_file(name: str, given: Mapping[str, Raw]) -> list[Wanted]:
    """Read the records of a file; only what holds for all of them may stand beside it."""
    from hazardctl.ops.add_from import rows
    from hazardctl.ops.registering import Wanted

    shared = {"by", "date", "org", "source", "campaign", "inspection", "found", "found_by", "note", "doc", "order_number"}
    mixed = [f"--{one.replace('_', '-')}" for one in given if one not in shared]
    if mixed:
        raise UsageError(NO_MIX.of(it=mixed))
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as failure:
        raise UsageError(NO_FILE.of(path=name, why=reason(failure))) from None
    except OSError as failure:
        raise SystemFailedError(NO_FILE.of(path=name, why=reason(failure))) from failure
    return [Wanted({**given, **one.said}, one.line) for one in rows(data, name)]


def _one(door: Door, known: Context, given: Mapping[str, Raw], *, ask: bool) -> list[Wanted] | None:
    """Complete one record: ask for what is missing on a terminal, show what it resembles; None when it is not wanted after all."""
    from hazardctl.cli.completion_of_add import completed
    from hazardctl.ops.registering import Wanted
    from hazardctl.ops.remembered import remember

    complete = completed(door, known, given) if door.interactive else dict(given)
    if not _unlike(door, known, complete, ask=ask):
        return None
    if door.interactive:
        remember(known.root, {name: value for name, value in complete.items() if isinstance(value, str)})
    return [Wanted(complete)]


def _unlike(door: Door, known: Context, said: Mapping[str, Raw], *, ask: bool) -> bool:
    """Show the open hazards of the unit that read like this one; False when the person then leaves it."""
    from hazardctl.cli.asking import confirmed
    from hazardctl.ops.lookup import Units, short
    from hazardctl.ops.similar import similar
    from hazardctl.store.load import load_config
    from hazardctl.vocabulary import STATES

    config = load_config(known.root)
    units = Units(known.root, config, index=known.index)
    key, text = units.key(str(said.get("unit") or ""), []), str(said.get("description") or "")
    for like in similar(known, config, key, text)[:1] if key and text else ():
        state = OVERDUE if like.span.overdue_on(known.today) else STATES[like.span.state].label
        warning = LIKE.of(id=short(like.hazard.id), text=like.hazard.headline, unit=units.name(key), state=state, percent=like.percent)
        if not (door.interactive and ask):
            door.tell(warning)
        elif not confirmed(f"{doors.clean(warning.say(door.language))}{'' if door.language == 'zh' else ' '}{ANYWAY.say(door.language)}"):
            door.tell(CANCELLED.of(id=short(like.hazard.id)))
            return False
    return True
