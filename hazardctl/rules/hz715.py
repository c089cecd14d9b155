"""HZ715: a waiver that excuses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, registry, rule


def _waived(entry: Entry[Record], _: Setting) -> Iterable[tuple[str, list[Any]]]:
    """Give the waivers that may excuse something: position, code, and the last day."""
    waivers = enumerate(entry.record.waivers)
    return [("", [n, one.code, one.until.isoformat()]) for n, one in waivers if one.code and one.reason and one.by and one.until]


@rule(
    "HZ715",
    scope="waivers",
    brief=_waived,
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("失效或用不上的豁免", "a waiver that excuses nothing"),
    why=Text(
        "豁免有期限；过了期的、用不上的留着，下一次同样的问题就没人看见",
        "an excuse has an end; one that is over or was never needed will hide the next fault of its kind",
    ),
    repair=Text(
        "删去这一行；仍需豁免的，由批准人重新写 until", "delete the line; where it is still needed, whoever excuses it sets a new until"
    ),
)
def stale_waiver(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """A waiver names a rule there is, is in force, and excuses a finding.

    One without reason, name or day excuses nothing either; that is HZ006. Entries of the baseline whose finding is gone are
    told under this code too.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        waivers:
          - {code: HZ302, reason: 上级文件写明的期限, by: 孙八, until: 2024-12-31}  # HZ715
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        waivers:
          - {code: HZ302, reason: 上级文件写明的期限, by: 孙八, until: 2024-12-31}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-01}
        ```
    """
    known = {*registry(), *(house.code for house in setting.config.house_rules)}
    for _, group in setting.briefs.groups("HZ715"):
        for one in group:
            position, code, until = one.said
            used = (one.path, position) in setting.excused
            if one.id not in setting.ended and (what := _stale(code, until, setting, known, used=used)):
                yield one, Fault(what, ("waivers", position, "code"))


def _stale(code: str, until: str, setting: Setting, known: set[str], *, used: bool) -> Text | None:
    if code not in known:
        return Text("没有规则“{it}”", "there is no rule “{it}”").of(it=code)
    if until < setting.today.isoformat():
        day = dt.date.fromisoformat(until)
        return Text("{it} 的豁免已于 {day} 到期", "the waiver of {it} ended on {day}").of(it=code, day=day)
    if not used and code in setting.judged:
        return Text("{it} 的豁免没有用上", "the waiver of {it} was not needed").of(it=code)
    return None
