"""The verbs of the life cycle (EXPERIENCE §2.3, the closed loop): options in, one act, one line a record out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.completing import record_ids, unit_keys, words_of
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Text


def _act(
    context: typer.Context, do: str, ids: Sequence[str] | None, how: opt.How, yuan: str = "", **said: str | bool | tuple[str, ...]
) -> int:
    """Do one act at every record named and print what became of it."""
    from hazardctl.cli.outcome import told
    from hazardctl.ops.act import act
    from hazardctl.ops.drafting import Asked

    door = doors.of(context)
    said = {name.rstrip("_"): value for name, value in said.items()}
    asked = Asked(do, said, how.date, how.by, how.note, how.number, how.doc, opt.paths_of(how.photo), yuan, how.dry_run, how.commit)
    known = door.context(acting=not how.by)
    told(door, asked, act(known, opt.ids_of(ids), asked), known.root)
    return FINE


@opt.writing
@shown(
    "hazardctl assign M3V8K --to 顺发加油站 --person 王芳",
    "hazardctl assign M3V8K Q4M9D --to 顺发加油站 --due 15wd --number 柳安改〔2026〕18号",
)
def assign(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    to: opt.To = "",
    person: opt.Person = "",
    due: opt.Due = "",
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="UNIT", autocompletion=unit_keys, help=both("配合单位", "co-operating unit"))
    ] = None,
    supervisor: Annotated[
        str, typer.Option("--supervisor", metavar="UNIT", autocompletion=unit_keys, help=both("督导单位", "supervising unit"))
    ] = "",
    how: opt.How,
) -> int:
    """Hand a hazard over to the unit that must rectify it (交办)."""
    return _act(context, "assign", ids, how, to=to, person=person, due=due, supervisor=supervisor, with_=tuple(with_ or ()))


@opt.writing
@shown("hazardctl start M3V8K", "hazardctl start M3V8K --date 2026-07-03")
def start(context: typer.Context, *, ids: opt.Ids = None, how: opt.How) -> int:
    """Say that the work has begun (开始整改)."""
    return _act(context, "start", ids, how)


@opt.writing
@shown(
    "hazardctl extend 7K2QF --due 2026-06-12 --reason 设备到货延迟 --by 周建国",
    "hazardctl extend Q4M9D --due +10d --reason 雨天 --interim 专人值守 --request",
)
def extend(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    due: Annotated[
        str,
        typer.Option(
            "--due",
            metavar="DATE",
            help=both("新期限：日期，或从原期限起算的 10d、10wd", "new deadline: a date, or 10d, 10wd from the old one"),
        ),
    ] = "",
    reason: opt.Reason = "",
    interim: Annotated[
        str, typer.Option("--interim", metavar="TEXT", help=both("临时管控措施（申请时必填）", "interim control, needed with --request"))
    ] = "",
    request: Annotated[bool, typer.Option("--request", help=both("只是申请", "only ask"))] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help=both("不批准", "refuse"))] = False,
    how: opt.How,
) -> int:
    """Ask for, grant or refuse an extension (延期); only a granted one moves the deadline."""
    _one_of({"--request": request, "--refuse": refuse}, needed=False)
    decision = "requested" if request else "refused" if refuse else "granted"
    return _act(context, "extend", ids, how, decision=decision, due=due, reason=reason, interim=interim)


@opt.writing
@shown("hazardctl progress 7K2QF -m 报警器已到货", "hazardctl progress 7K2QF -m 已完成安装 --photo 1.jpg")
def progress(context: typer.Context, *, ids: opt.Ids = None, how: opt.How) -> int:
    """Report progress (进展); the state stays."""
    return _act(context, "progress", ids, how)


@opt.writing
@shown("hazardctl rectify M3V8K -m 已封堵 --photo 整改后.jpg", "hazardctl rectify M3V8K Q4M9D -m 已按要求整改 --by 王芳 --date 2026-07-10")
def rectify(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    on_spot: Annotated[
        bool, typer.Option("--on-spot", help=both("当场整改（限发现当日）", "on the spot, on the day it was found"))
    ] = False,
    yuan: Annotated[str, typer.Option("--yuan", metavar="AMOUNT", help=both("实际投入，元", "money spent, yuan"))] = "",
    how: opt.How,
) -> int:
    """Claim that the hazard is removed (整改完成)."""
    return _act(context, "rectify", ids, how, yuan, on_spot=on_spot)


@opt.writing
@shown(
    "hazardctl verify M3V8K --pass --by 李强,陈静", "hazardctl verify 7K2QF --fail --reason 报警器未通电 --due 2026-06-20 --by 李强,陈静"
)
def verify(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    passed: Annotated[bool, typer.Option("--pass", help=both("合格", "passed"))] = False,
    failed: Annotated[bool, typer.Option("--fail", help=both("不合格", "failed"))] = False,
    reason: opt.Reason = "",
    due: opt.Due = "",
    how: opt.How,
) -> int:
    """Say what somebody else found when they looked (复查验收)."""
    _one_of({"--pass": passed, "--fail": failed})
    result = "pass" if passed else "fail"
    return _act(context, "verify", ids, how, result=result, reason=reason, due=due)


@opt.writing
@shown("hazardctl close M3V8K --by 周建国", "hazardctl close 7K2QF --reason rectified --by 周建国 --number 柳安销〔2026〕3号")
def close(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    reason: opt.CloseReason = "",
    how: opt.How,
) -> int:
    """Strike a hazard off (销号)."""
    return _act(context, "close", ids, how, reason=reason)


@opt.writing
@shown("hazardctl reopen M3V8K --reason 桥架再次敞开 --due 7d", "hazardctl reopen M3V8K --date 2026-09-01 --reason 复发")
def reopen(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    reason: opt.Reason = "",
    to: opt.To = "",
    person: opt.Person = "",
    due: opt.Due = "",
    how: opt.How,
) -> int:
    """Say that the same defect came back (反弹重开)."""
    return _act(context, "reopen", ids, how, to=to, person=person, due=due, reason=reason)


@opt.writing
@shown(
    "hazardctl transfer Q4M9D --to 县消防救援大队 --reason 职责 --number 柳安移〔2026〕2号",
    "hazardctl transfer M3V8K --to 县住建局 --reason 职责 --number 柳安移〔2026〕3号",
)
def transfer(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help=both("接收单位", "receiving authority"))] = "",
    reason: opt.Reason = "",
    how: opt.How,
) -> int:
    """Pass a hazard on to another authority (移送)."""
    return _act(context, "transfer", ids, how, to=to, reason=reason)


@opt.writing
@shown(
    "hazardctl regrade Q4M9D --grade major --clause 判定标准第四条 --reason 现场核实",
    "hazardctl regrade 7K2QF --grade general --by 周建国,张伟 --reason 专家复核",
)
def regrade(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    grade: opt.Grade = "",
    reason: opt.Reason = "",
    clause: Annotated[
        str, typer.Option("--clause", "--basis", metavar="TEXT", help=both("判定依据（升为重大时必填）", "the criterion, needed for major"))
    ] = "",
    how: opt.How,
) -> int:
    """Change the grade (调级)."""
    return _act(context, "regrade", ids, how, grade=grade, reason=reason, basis=clause)


@opt.writing
@shown(
    "hazardctl supervise 7K2QF --level county --number 县安委办督〔2026〕2号",
    "hazardctl supervise 7K2QF --level 市级 --number 市安委办督〔2026〕5号 --by 市安委办",
)
def supervise(
    context: typer.Context,
    *,
    ids: opt.Ids = None,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            autocompletion=words_of("supervise_levels"),
            help=both("督办层级：county、city、province、state", "county, city, province or state"),
        ),
    ] = "",
    due: opt.Due = "",
    how: opt.How,
) -> int:
    """List a major hazard under supervision (挂牌督办); the deadline stays."""
    return _act(context, "supervise", ids, how, level=level, due=due)


@opt.writing
@shown("hazardctl release 7K2QF --number 县安委办摘〔2026〕1号", "hazardctl release 7K2QF --number 县安委办摘〔2026〕1号 --by 县应急局")
def release(context: typer.Context, *, ids: opt.Ids = None, how: opt.How) -> int:
    """End a listing (摘牌)."""
    return _act(context, "release", ids, how)


@opt.writing
@shown(
    "hazardctl withdraw Q4M9D --reason duplicate --of 8R5TC --by 李强,周建国",
    "hazardctl withdraw M3V8K --reason not_a_hazard --by 李强,周建国",
)
def withdraw(
    context: typer.Context,
    *,
    ids: opt.AnyIds = None,
    reason: opt.WithdrawReason = "",
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="ID",
            autocompletion=record_ids,
            help=both("保留的记录（重复、合并时必填）", "the record that stays (duplicate, merged)"),
        ),
    ] = "",
    into: Annotated[
        list[str] | None,
        typer.Option(
            "--into", metavar="ID", autocompletion=record_ids, help=both("拆分成的记录，可重复", "what it was split into; repeatable")
        ),
    ] = None,
    how: opt.How,
) -> int:
    """Take a record of any kind out of the figures (作废); nothing is ever deleted."""
    children = tuple(part.strip() for text in into or () for part in text.replace("，", ",").split(",") if part.strip())
    return _act(context, "withdraw", ids, how, reason=reason, of=of, into=children)


@opt.writing
@shown("hazardctl note 7K2QF -m 厂家承诺6月15日到货", "hazardctl note M3V8K Q4M9D -m 已电话催办")
def note(context: typer.Context, *, ids: opt.AnyIds = None, how: opt.How) -> int:
    """Make a remark on a record of any kind (备注)."""
    return _act(context, "note", ids, how)


def _one_of(given: dict[str, bool], *, needed: bool = True) -> None:
    """Insist on one of several flags.

    Raises:
        UsageError: more than one, or none where one is needed.
    """
    number = sum(given.values())
    if number > 1 or (needed and number == 0):
        message = Text("{it} 只能选一个", "only one of {it}") if number > 1 else Text("要写 {it} 之一", "one of {it} is needed")
        raise UsageError(message.of(it=list(given)))
