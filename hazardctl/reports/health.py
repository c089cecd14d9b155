"""What `doctor` found: each check with what was observed, what is expected, and the command that repairs (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hazardctl.language import Text, plain
from hazardctl.sheet import Column, Line, Mark, Sheet, Table, Tone

State = Literal["ok", "note", "wrong"]
Fault = tuple[State, Text | None]
"""How bad it is, and what repairs it."""
STATES: Final[Mapping[State, Text]] = {"ok": Text("正常", "fine"), "note": Text("留意", "note"), "wrong": Text("有误", "wrong")}
TONES: Final[Mapping[State, Tone]] = {"ok": "dim", "note": "warn", "wrong": "alarm"}
TITLE: Final = Text("自检", "doctor")
COLUMNS: Final = (
    Column("state", Text("结果", "result"), fixed=True),
    Column("check", Text("检查", "check"), fixed=True),
    Column("observed", Text("现状", "observed")),
    Column("expected", Text("应为", "expected"), drop=1),
)
REPAIR: Final = Text("修复  {check}：{how}", "repair  {check}: {how}")
WELL: Final = Text("{n} 项都正常", "all {n} are in order")
SOME: Final = Text("{n} 项：有误 {wrong}，留意 {note}", "{n} checks: {wrong} wrong, {note} to note")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        key: its name in JSON.
        label: its name for people.
        observed: what is so.
        expected: what should be so.
        state: `ok`, `note` (works, but worth a word) or `wrong`.
        repair: what to do; None where nothing is to be done.
    """

    key: str
    label: Text
    observed: Text
    expected: Text
    state: State = "ok"
    repair: Text | None = None


def health(checks: Sequence[Check]) -> Sheet:
    """Lay out what was found, what repairs it below."""
    rows = tuple((Mark(STATES[one.state], TONES[one.state]), one.label, one.observed, one.expected) for one in checks)
    repairs = tuple(Line(REPAIR.of(check=one.label, how=one.repair)) for one in checks if one.repair)
    wrong, note = (sum(one.state == state for one in checks) for state in ("wrong", "note"))
    summary = SOME.of(n=len(checks), wrong=wrong, note=note) if wrong or note else WELL.of(n=len(checks))
    data = {"healthy": not wrong, "checks": [_data(one) for one in checks]}
    return Sheet("doctor", TITLE, blocks=(Table("checks", COLUMNS, rows), *repairs, Line(summary)), data=data, main="checks")


def _data(one: Check) -> Mapping[str, object]:
    return {
        "check": one.key,
        "state": one.state,
        "label": one.label,
        "observed": one.observed,
        "expected": one.expected,
        "repair": one.repair or None,
    }


def of(key: str, label: tuple[str, str], observed: Text | str, expected: Text | str, fault: Fault | None = None) -> Check:
    """Make a check; without a fault it is in order."""
    state, repair = fault or ("ok", None)
    texts = [plain(text) if isinstance(text, str) else text for text in (observed, expected)]
    return Check(key, Text(*label), texts[0], texts[1], state, repair)
