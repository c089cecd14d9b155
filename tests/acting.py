"""A small made-up ledger for tests of the verbs: one unit, two people in the configuration, hazards in any state."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from hazardctl.ops.context import Context

TODAY: Final = dt.date(2024, 6, 30)
CONFIG: Final = """schema: config/1
organisation: {name: 青山镇安监站, level: township}
calendar: {name: plain}
people:
  - {name: 李四, aliases: [老李], emails: [lisi@example.org]}
"""
UNITS: Final = {
    "xx-paper": "id: xx-paper\nschema: unit/1\nname: XX纸业有限公司\naliases: [XX纸业]\nkind: enterprise\nsector: industry\n",
    "xx-food": "id: xx-food\nschema: unit/1\nname: XX食品厂\nkind: enterprise\nsector: industry\n",
}
MAJOR: Final = """basis: [{doc: 工贸企业重大事故隐患判定标准}]
cause: 设计遗漏
consequence: 波及相邻车间
interim: 停用并专人值守
plan:
  target: {text: 消除, done_on: 2024-03-02}
  measures: {text: 安装, done_on: 2024-03-02}
  funds: {text: 自筹, done_on: 2024-03-02}
  staff: {text: 牵头, done_on: 2024-03-02}
  schedule: {text: 四月底, done_on: 2024-03-02}
  emergency: {text: 修订, done_on: 2024-03-02}
funds_planned: 12000
reports: [{date: 2024-03-01, to: 县应急局, by: 李四}]
notices: [{date: 2024-03-01, way: 公示栏}]
"""

REGISTER: Final = "{date: 2024-03-01, do: register, by: 张三}"
ASSIGN: Final = "{date: 2024-03-02, do: assign, by: 张三, to: xx-paper, person: 王五, due: 2024-07-20}"
START: Final = "{date: 2024-03-03, do: start, by: 王五}"
RECTIFY: Final = "{date: 2024-03-10, do: rectify, by: 王五, note: 已清理}"
PASSED: Final = "{date: 2024-06-10, do: verify, by: [李四, 赵六], result: pass}"
CLOSE: Final = "{date: 2024-06-12, do: close, by: 钱七, reason: rectified}"
REMOVE: Final = "{date: 2024-03-05, do: close, by: 钱七, reason: removed, note: 厂房拆除}"
WITHDRAW: Final = "{date: 2024-03-05, do: withdraw, by: [张三, 钱七], reason: not_a_hazard}"
TRANSFER: Final = "{date: 2024-03-05, do: transfer, by: 张三, to: 县住建局, reason: 职责, number: 移〔2024〕1号}"
SUPERVISE: Final = "{date: 2024-03-04, do: supervise, by: 县应急局, level: county, number: 督〔2024〕1号}"

STATES: Final[dict[str, tuple[str, ...]]] = {
    "registered": (REGISTER,),
    "assigned": (REGISTER, ASSIGN),
    "rectifying": (REGISTER, ASSIGN, START),
    "rectified": (REGISTER, ASSIGN, RECTIFY),
    "verified": (REGISTER, ASSIGN, RECTIFY, PASSED),
    "closed": (REGISTER, ASSIGN, RECTIFY, PASSED, CLOSE),
    "removed": (REGISTER, ASSIGN, REMOVE),
    "withdrawn": (REGISTER, WITHDRAW),
    "transferred": (REGISTER, ASSIGN, TRANSFER),
    "listed": (REGISTER, ASSIGN, SUPERVISE),
    "listed and closed": (REGISTER, ASSIGN, SUPERVISE, RECTIFY, PASSED, CLOSE),
}


def hazard(root: Path, suffix: str, *lines: str, grade: str = "general", extra: str = "", found: str = "2024-03-01") -> Path:
    """Write a hazard and give its path."""
    year, month, day = found.split("-")
    record = f"YH-{year}{month}{day}-{suffix}"
    path = root / "hazards" / year / month / f"{record}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = MAJOR if grade == "major" else ""
    text = (
        f"id: {record}\nschema: hazard/1\ndescription: 消防通道被货物占用\nfound_on: {found}\nsource: supervision\n"
        f"found_by_org: 青山镇安监站\nunit: xx-paper\nsite: 一号车间\nsector: industry\ngrade: {grade}\n"
        f"{facts}{extra}history:\n" + "".join(f"  - {line}\n" for line in lines)
    )
    path.write_text(text, encoding="utf-8")
    return path


def ledger(folder: Path, config: str = CONFIG) -> Path:
    """Make a ledger without hazards and give its root."""
    root = folder / "ledger"
    (root / "units").mkdir(parents=True)
    (root / "hazards").mkdir()
    (root / "hazardctl.yaml").write_text(config, encoding="utf-8")
    for key, text in UNITS.items():
        (root / "units" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return root


def context(root: Path, *, today: dt.date = TODAY, actor: str = "孙八") -> Context:
    """Give a context for a ledger; by default somebody acts who has no part in the histories above."""
    return Context(root=root, today=today, actor=actor)
