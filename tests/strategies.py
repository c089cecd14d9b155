"""Hypothesis-made ledgers: all sixteen verbs, lines that do not fit, acts of one day, split children, regradings, corrections.

A history is a walk that mostly takes a verb which fits the state it is in and sometimes any verb at all, so that deep
histories (a second cycle, an extension after a failed check) are as common as broken ones. Records are made as a file says them
(`Tree`); `loaded` types them into a ledger.

Everything is thrown with dice. `ledgers` and `hazards` use dice that hypothesis holds, so that what fails is made small. `cases`, a
ledger with a question, uses real ones: only then are all the corners of a question met within a few dozen throws.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar, cast

from hypothesis import strategies as st

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Question
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed

T = TypeVar("T")
FIRST: Final = dt.date(2024, 1, 1)
REACH: Final = 150
"""Days a hazard may be found in; periods and as-of days lie around them."""

SECTORS: Final = ("fire", "chem", "industry")
REGIONS: Final = ("county", "town", "village", "")
UNITS: Final = ("xx-paper", "yy-gas")
OWNERS: Final = ("xx-paper", "yy-gas", "青山镇XX村")
CAMPAIGNS: Final = ("ZX-20240101-AAAAA", "ZX-20240101-BBBBB")

CONFIG: Final[Tree] = {
    "schema": "config/1",
    "regions": [
        {"key": "county", "name": "示例县", "level": "county"},
        {"key": "town", "name": "青山镇", "level": "township", "parent": "county"},
        {"key": "village", "name": "东村", "level": "village", "parent": "town"},
    ],
}

# State → what usually happens next; the walk keeps a rough idea of the state and is often wrong about it, which is welcome.
NEXT: Final[Mapping[str, Sequence[str]]] = {
    "registered": (*["assign"] * 7, "on_spot", "transfer", "close_other", "regrade"),
    "assigned": (*["rectify"] * 6, "start", "extend", "extend", "assign", "on_spot", "transfer", "regrade", "close_other"),
    "rectified": (*["pass"] * 5, "fail", "fail_due", "regrade", "transfer", "close_other"),
    "verified": ("close", "close", "close", "reopen", "regrade", "close_other"),
    "closed": ("reopen", "reopen", "note", "release"),
    "withdrawn": ("note", "correct"),
    "transferred": ("withdraw", "note", "release"),
}
BESIDE: Final = ("note", "progress", "supervise", "release", "correct", "request", "refuse")
ANY: Final = tuple(sorted({*BESIDE, "register", "withdraw", *(verb for verbs in NEXT.values() for verb in verbs)}))
LEADS: Final[Mapping[str, str]] = {
    "assign": "assigned", "start": "assigned", "on_spot": "rectified", "rectify": "rectified", "pass": "verified", "fail": "assigned",
    "fail_due": "assigned", "close": "closed", "close_other": "closed", "reopen": "assigned", "transfer": "transferred",
    "withdraw": "withdrawn",
}  # fmt: skip


class Dice(Protocol):
    """What is thrown: `random.Random`, or the one hypothesis holds."""

    def randint(self, a: int, b: int, /) -> int:
        """Throw a whole number between two, both included."""
        ...

    def choice(self, seq: Sequence[T], /) -> T:
        """Pick one."""
        ...


def _later(dice: Dice, day: dt.date, least: int, most: int) -> str:
    return (day + dt.timedelta(days=dice.randint(least, most))).isoformat()


def _line(dice: Dice, verb: str, day: dt.date, number: int) -> dict[str, Raw]:  # noqa: C901, PLR0912 (one arm a verb)
    """Give one line of a history; `number` is how many stand before it."""
    line: dict[str, Any] = {"date": day.isoformat(), "do": verb, "by": "李四"}
    match verb:
        case "assign":
            line |= {"to": dice.choice(OWNERS)}
            if dice.randint(0, 9):
                line["due"] = _later(dice, day, *dice.choice([(-5, 5), (5, 15), (15, 40)]))
        case "extend" | "request" | "refuse":
            decision = {"extend": "granted", "request": "requested", "refuse": "refused"}[verb]
            line |= {"do": "extend", "decision": decision, "due": _later(dice, day, -3, 40), "reason": "设备到货延迟"}
        case "rectify":
            line["note"] = "已整改"
        case "on_spot":
            line |= {"do": "rectify", "on_spot": "true"}
        case "pass":
            line |= {"do": "verify", "result": "pass"}
        case "fail":
            line |= {"do": "verify", "result": "fail", "reason": "仍有缺口"}
        case "fail_due":
            line |= {"do": "verify", "result": "fail", "reason": "仍有缺口", "due": _later(dice, day, -2, 20)}
        case "close":
            line["reason"] = "rectified"
        case "close_other":
            line |= {"do": "close", "reason": dice.choice(["unit_closed", "removed"])}
        case "reopen":
            line |= {"to": dice.choice(OWNERS), "reason": "复发"}
            if dice.randint(0, 4):
                line["due"] = _later(dice, day, 0, 20)
        case "transfer":
            line |= {"to": "县消防救援大队", "reason": "职责"}
        case "regrade":
            line |= {"was": "general", "now": dice.choice(["general", "major"]), "reason": "现场核实"}
        case "withdraw":
            line["reason"] = dice.choice(["entry_error", "duplicate", "not_a_hazard"])
        case "supervise":
            line |= {"level": "county", "due": _later(dice, day, 0, 10)}
        case "correct":
            line |= _correction(dice, day, number)
        case _:
            pass
    return line


def _correction(dice: Dice, day: dt.date, number: int) -> dict[str, Raw]:
    """Give what a correction says: of a fact, of a field of an event, or of an event that is not there."""
    aim = dice.choice(["fact", "date", "due", "beyond", "nonsense"])
    event = str(dice.randint(1, max(1, number)))
    more: dict[str, dict[str, Raw]] = {
        "fact": {"field": "site", "was": "一层", "now": "二层"},
        "date": {"field": "date", "event": event, "now": _later(dice, day, -10, 5)},
        "due": {"field": "due", "event": event, "now": _later(dice, day, 0, 20)},
        "beyond": {"field": "date", "event": "99", "now": day.isoformat()},
        "nonsense": {"field": "date", "event": event, "now": "不是日期"},
    }
    return {**more[aim], "reason": "录入错误"}


def history(dice: Dice, found: dt.date) -> list[Raw]:
    """Make a history: usually a `register` first, then a walk of up to eleven acts, a few of them out of order."""
    lines: list[Raw] = []
    day, state = found, "registered"
    if dice.randint(0, 9):
        lines.append({"date": _later(dice, found, 0, 2), "do": "register", "by": "李四"})
    for _ in range(dice.randint(0, 11)):
        verb = dice.choice(dice.choice([*[NEXT[state]] * 24, BESIDE, BESIDE, BESIDE, ANY, ANY, ("withdraw",)]))
        day += dt.timedelta(days=dice.choice([0, 0, 1, 1, 2, 3, 5, 8, 15, 30]))
        written = day - dt.timedelta(days=dice.randint(1, 20)) if dice.randint(0, 15) == 0 else day
        lines.append(cast("Raw", _line(dice, verb, written, len(lines))))
        state = LEADS.get(verb, state)
    return lines


def hazard(dice: Dice, number: int = 0) -> Tree:
    """Make a hazard as a file says it."""
    found = FIRST + dt.timedelta(days=dice.randint(0, REACH))
    tree: Tree = {
        "id": f"YH-{found:%Y%m%d}-{number:05}",
        "schema": "hazard/1",
        "description": dice.choice(["通道堵塞", "线路老化", "护栏缺失"]),
        "found_on": found.isoformat(),
        "source": dice.choice(["supervision", "self_check"]),
        "found_by_org": "qingshan-safety-office",
        "unit": dice.choice(UNITS),
        "site": dice.choice(["一层", "二层"]),
        "sector": dice.choice(SECTORS),
        "grade": dice.choice(["general", "general", "major"]),
        "category": dice.choice(["object", ""]),
        "region": dice.choice(REGIONS),
        "quantity": str(dice.randint(1, 3)),
        "campaign": [one for one in CAMPAIGNS if dice.randint(0, 2) == 0],
    }
    if dice.randint(0, 1):
        tree["funds_planned"] = f"{dice.randint(0, 9999)}.{dice.randint(0, 99):02}"
        tree["funds_spent"] = str(dice.randint(0, 500))
        tree["plan"] = {
            item: {"done_on": _later(dice, found, 0, 60)} for item in ("target", "funds", "staff", "schedule") if dice.randint(0, 1)
        }
    if dice.randint(0, 9) == 0:
        tree["recurrence_of"] = "YH-20230101-AAAAA"
    tree["history"] = history(dice, found)
    return tree


def _child(dice: Dice, parent: Tree, number: int) -> Tree:
    """Split a hazard: the child repeats the parent's lines up to the split, each with the day it was written down."""
    found = dt.date.fromisoformat(cast("str", parent["found_on"]))
    lines = cast("list[dict[str, Raw]]", parent["history"])
    day = _later(dice, found, 0, 60)
    repeated: list[Raw] = [
        {**line, "recorded": day} for line in lines if cast("str", line["date"]) <= day and line["do"] not in {"withdraw", "correct"}
    ]
    own = [line for line in history(dice, dt.date.fromisoformat(day)) if cast("dict[str, Raw]", line)["do"] != "register"]
    if not any(cast("dict[str, Raw]", line)["do"] == "register" for line in repeated):
        repeated.insert(0, {"date": found.isoformat(), "do": "register", "by": "李四", "recorded": day})
    lines.append({"date": day, "do": "withdraw", "by": ["李四", "王五"], "reason": "split", "into": []})
    return {**parent, "id": f"YH-{found:%Y%m%d}-{number:05}", "split_from": parent["id"], "history": [*repeated, *own]}


def ledger(dice: Dice, most: int = 6) -> list[Tree]:
    """Make the hazards of a ledger, some of them split from others."""
    trees = [hazard(dice, number) for number in range(dice.randint(1, most))]
    for number, parent in enumerate(list(trees)):
        if dice.randint(0, 5) == 0:
            trees.append(_child(dice, parent, 100 + number))
    return trees


def days_that_matter(trees: Sequence[Tree]) -> list[dt.date]:
    """Give the days something happens or falls due: what goes wrong at an edge goes wrong on one of these, or beside it."""
    found = {cast("str", tree["found_on"]) for tree in trees}
    for line in (line for tree in trees for line in cast("list[dict[str, str]]", tree["history"])):
        found |= {line[name] for name in ("date", "due", "recorded") if line.get(name)}
    return sorted(map(dt.date.fromisoformat, found))


def _edge(dice: Dice, days: Sequence[dt.date]) -> dt.date:
    """Take one of the days, or the day before or after it."""
    return dice.choice(days) + dt.timedelta(days=dice.choice([0, 0, 0, -1, 1]))


def question(dice: Dice, trees: Sequence[Tree] = ()) -> Question:
    """Ask about a period inside or around the days of the ledger, as of a day before, inside or long after it."""
    days = days_that_matter(trees) or [FIRST]
    half = len(days) // 2
    start = dice.choice(
        [
            days[0] - dt.timedelta(days=dice.randint(0, 10)),
            days[0],
            _edge(dice, days[: half // 2 + 1]),
            _edge(dice, days[: half // 2 + 1]),
            FIRST + dt.timedelta(days=dice.randint(-20, REACH + 60)),
        ]
    )
    end = max(start, _edge(dice, days[half:]) if dice.randint(0, 3) else start + dt.timedelta(days=dice.randint(0, 150)))
    match dice.randint(0, 9):
        case 0:
            as_of = start + dt.timedelta(days=dice.randint(-30, -1))
        case 1:
            as_of = end + dt.timedelta(days=dice.randint(0, 300))
        case 2:
            as_of = end
        case 3:
            as_of = end + dt.timedelta(days=dice.randint(1, 20))
        case 4:
            as_of = _edge(dice, days)
        case _:
            as_of = max(start, _edge(dice, days[half:]))
    chosen: dict[str, Any] = {
        "preset": dice.choice(["default", "official", "rectified", "verified", "closed"]),
        "cutoff": dice.choice(["period", "asof"]),
        "due": dice.choice(["current", "original"]),
    }
    return Question(start, end, as_of, **chosen)


HELD: Final = st.randoms(use_true_random=False)
THROWN: Final = st.randoms(use_true_random=True)


def hazards() -> st.SearchStrategy[Tree]:
    """Make one hazard; a failing one is made small."""
    return HELD.map(hazard)


def ledgers(most: int = 6) -> st.SearchStrategy[list[Tree]]:
    """Make the hazards of a ledger; a failing one is made small."""
    return HELD.map(lambda dice: ledger(dice, most))


def questions() -> st.SearchStrategy[Question]:
    """Ask about a period around the days hazards may be found in."""
    return HELD.map(question)


def cases(most: int = 8) -> st.SearchStrategy[tuple[list[Tree], Question]]:
    """Make a ledger and a question whose days often lie on the edges of what happens in it; many different ones, fast."""
    return THROWN.map(lambda dice: case(dice, most))


def case(dice: Dice, most: int = 8) -> tuple[list[Tree], Question]:
    """Make a ledger and a question about it."""
    trees = ledger(dice, most)
    return trees, question(dice, trees)


def config(**more: Raw) -> Config:
    """Give the configuration of the made ledgers, with settings changed or added."""
    made, findings = configured({**CONFIG, **more})
    assert made is not None, findings
    return made


def loaded(trees: Sequence[Tree], settings: Config | None = None) -> Ledger:
    """Type the hazards into a ledger, in the order given."""
    entries: list[Entry[Record]] = []
    for number, tree in enumerate(trees):
        made = typed(BY_NAME["hazard"], tree)
        assert made.record is not None, made.findings
        entries.append(Entry(BY_NAME["hazard"], made.record, f"hazards/{number:05}.yaml"))
    return Ledger(settings or config(), tuple(entries))
