"""A slow, obvious second opinion: DOMAIN §§3–4 read aloud, a day at a time, over what the files say.

It shares nothing with the fold, the spans or the SQL: it replays every line again for each day asked, and every measure is a
loop over hazards. Where it and the program differ, read the statement in DOMAIN.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

DAY: Final = dt.timedelta(days=1)
OPEN: Final = ("registered", "assigned", "rectifying", "rectified", "verified")


def day_of(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


@dataclass
class Standing:
    """How a hazard stands at the end of a day."""

    grade: str
    cycle_start: dt.date
    state: str = "registered"
    owner: str = ""
    cycle: int = 1
    due: dt.date | None = None
    first_due: dt.date | None = None
    claim: dt.date | None = None
    claim_due: dt.date | None = None
    claim_first_due: dt.date | None = None
    on_spot: bool = False
    passed: dt.date | None = None
    closed: dt.date | None = None
    removed: dt.date | None = None
    verdicts: list[str] = field(default_factory=list)
    grants: list[tuple[dt.date, int]] = field(default_factory=list)
    reopenings: list[dt.date] = field(default_factory=list)
    closings: list[dt.date] = field(default_factory=list)
    strikings: list[dt.date] = field(default_factory=list)
    withdrawn: dt.date | None = None
    listed: bool = False


@dataclass
class Case:
    """One hazard as its file says it."""

    tree: dict[str, Any]
    seen: dict[dt.date, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id: str = self.tree["id"]
        self.found = dt.date.fromisoformat(self.tree["found_on"])
        self.lines = corrected(self.tree["history"])
        self.entry = self.found
        if self.tree.get("split_from"):
            recorded = [day_of(line.get("recorded")) for line in self.lines if line["do"] == "register"]
            self.entry = max([self.found, *(day for day in recorded if day)])

    def exists(self, day: dt.date) -> bool:
        return self.entry <= day

    def at(self, day: dt.date) -> Standing:
        """Replay everything dated up to a day."""
        if day not in self.seen:
            self.seen[day] = replayed(self, day)
        return self.seen[day]

    def withdrawn_by(self, day: dt.date) -> bool:
        return self.at(day).state == "withdrawn"


def corrected(history: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put corrections of event fields into the events they name, one after the other."""
    lines = copy.deepcopy(list(history))
    for line in list(lines):
        if line["do"] != "correct" or "event" not in line:
            continue
        number = int(line["event"])
        if not 1 <= number <= len(lines):
            continue
        target = lines[number - 1]
        allowed = {"date": True, "due": target["do"] in {"assign", "extend", "verify", "reopen", "supervise"}}
        if allowed.get(line["field"], False) and day_of(line["now"]) is not None:
            target[line["field"]] = line["now"]
    return lines


def replayed(case: Case, until: dt.date) -> Standing:
    now = Standing(case.tree["grade"], case.found)
    lines = [(dt.date.fromisoformat(line["date"]), number, line) for number, line in enumerate(case.lines)]
    lines.sort(key=lambda part: (part[0], part[1]))
    unborn = bool(lines) and lines[0][2]["do"] == "register"
    for day, _, line in lines:
        if day > until:
            break
        if unborn and line["do"] == "register":
            unborn = False
            continue
        take(now, day, line)
    return now


def take(now: Standing, day: dt.date, line: dict[str, Any]) -> None:  # noqa: C901, PLR0912 (the table of DOMAIN 3.2, row after row)
    """Apply a line if the transition table has a row for it here, and leave everything as it is if not."""
    verb, due = line["do"], day_of(line.get("due"))
    before_claim = now.state in ("registered", "assigned", "rectifying")
    if verb == "assign" and before_claim:
        now.state, now.owner = "assigned", line.get("to") or now.owner
        if due and now.due is None:
            now.due = now.first_due = due
        elif due and now.due and due < now.due:
            now.due = due
    elif verb == "start" and now.state == "assigned":
        now.state = "rectifying"
    elif verb == "extend" and now.state in ("assigned", "rectifying"):
        if line["decision"] == "granted" and due and now.due and due > now.due:
            now.grants.append((day, (due - now.due).days))
            now.due = due
    elif verb == "rectify" and (now.state in ("assigned", "rectifying") or (now.state == "registered" and line.get("on_spot") == "true")):
        now.state, now.claim, now.on_spot = "rectified", day, line.get("on_spot") == "true"
        now.claim_due, now.claim_first_due = now.due, now.first_due
    elif verb == "verify" and now.state == "rectified":
        now.verdicts.append(line["result"])
        if line["result"] == "pass":
            now.state, now.passed = "verified", day
        else:
            now.state, now.claim, now.on_spot = "assigned", None, False
            if due:
                now.first_due = now.first_due if now.due else due
                now.due = due
    elif verb == "close" and line["reason"] == "rectified" and now.state == "verified":
        now.state, now.closed = "closed", day
        now.closings.append(day)
        now.strikings.append(day)
    elif verb == "close" and line["reason"] != "rectified" and now.state in OPEN:
        now.state, now.removed = "closed", day
        now.strikings.append(day)
    elif verb == "reopen" and (now.state == "verified" or (now.state == "closed" and now.closed)):
        now.state, now.owner = "assigned", line.get("to") or now.owner
        now.cycle, now.cycle_start = now.cycle + 1, day
        now.due = now.first_due = due
        now.claim = now.passed = now.closed = None
        now.on_spot = False
        now.reopenings.append(day)
    elif verb == "transfer" and (before_claim or now.state == "rectified"):
        now.state = "transferred"
    elif verb == "regrade" and now.state in OPEN:
        now.grade = line["now"]
    elif verb == "withdraw" and now.state != "withdrawn":
        now.state, now.withdrawn = "withdrawn", day


@dataclass
class Asked:
    """A question in plain numbers."""

    start: dt.date
    end: dt.date
    as_of: dt.date
    preset: str
    cutoff: str = "period"
    due: str = "current"
    look_back: int = 180
    repeat: int = 180
    review: int = 10

    @property
    def c(self) -> dt.date:
        return min(self.end, self.as_of)

    @property
    def k(self) -> dt.date:
        return self.as_of if self.cutoff == "asof" else self.c


def done(now: Standing, preset: str) -> bool:
    steps = {"rectified": now.claim, "verified": now.passed, "closed": now.closed}
    match preset:
        case "official":
            return bool(now.closed if now.grade == "major" else now.claim)
        case "default":
            return bool(now.passed)
        case _:
            return bool(steps[preset])


def resolved(now: Standing, preset: str) -> bool:
    return done(now, preset) or bool(now.closed) or bool(now.removed)


def is_open(case: Case, day: dt.date, preset: str) -> bool:
    now = case.at(day)
    return case.exists(day) and now.state in OPEN and not resolved(now, preset)


def cohort(cases: Sequence[Case], ask: Asked) -> dict[str, list[Case]]:
    """Give the hazards on each place of the cohort line."""
    line: dict[str, list[Case]] = {}
    for case in cases:
        if ask.start <= case.found <= ask.c and case.exists(ask.as_of):
            line.setdefault(bucket(case, ask), []).append(case)
    return line


def bucket(case: Case, ask: Asked) -> str:
    now = case.at(ask.k)
    if case.withdrawn_by(ask.as_of):
        return "withdrawn"
    if now.state == "transferred":
        return "transferred"
    if done(now, ask.preset):
        return "rectified"
    if now.removed:
        return "closed_other"
    if now.claim:
        return "awaiting"
    if now.due is None:
        return "no_due"
    return "within_due" if now.due >= ask.k else "overdue"


def found(cases: Sequence[Case], ask: Asked) -> list[Case]:
    return [case for name, part in cohort(cases, ask).items() if name not in {"withdrawn", "transferred"} for case in part]


def stock(cases: Sequence[Case], ask: Asked) -> dict[str, list[tuple[str, dt.date]]]:
    """Walk from the eve of the period to c, day by day, and write down who enters and who leaves."""
    eve = min(ask.start - DAY, ask.as_of)
    lines: dict[str, list[tuple[str, dt.date]]] = {
        name: [] for name in ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")
    }
    for case in cases:
        lines["opening"] += [(case.id, ask.start)] * is_open(case, eve, ask.preset)
        lines["closing"] += [(case.id, ask.c)] * is_open(case, ask.c, ask.preset)
        day = ask.start
        while day <= ask.c:
            walk(case, day, ask, lines)
            day += DAY
    return lines


def walk(case: Case, day: dt.date, ask: Asked, lines: dict[str, list[tuple[str, dt.date]]]) -> None:
    if not case.exists(day):
        return
    if case.entry == day:
        lines["found"].append((case.id, day))
    before = case.entry == day or is_open(case, day - DAY, ask.preset)
    after = is_open(case, day, ask.preset)
    if after and not before:
        lines["reopened"].append((case.id, day))
    if before and not after:
        now = case.at(day)
        exit_ = now.state if now.state in {"withdrawn", "transferred"} else "resolved" if done(now, ask.preset) else "resolved_other"
        lines[exit_].append((case.id, day))


def due_set(cases: Sequence[Case], ask: Asked) -> dict[str, list[str]]:
    """Judge every hazard whose deadline on c lies in the period."""
    sets: dict[str, list[str]] = {"met": [], "late": [], "unconfirmed": [], "undecided": []}
    for case in cases:
        if case.found > ask.c or not case.exists(ask.as_of) or case.withdrawn_by(ask.as_of):
            continue
        now = case.at(ask.c)
        deadline = now.due if ask.due == "current" else now.first_due
        if now.state == "transferred" or deadline is None or not ask.start <= deadline <= ask.c:
            continue
        if now.removed and now.removed <= deadline:
            continue
        sets[verdict(case, now, deadline, ask)].append(case.id)
    return sets


def verdict(case: Case, now: Standing, deadline: dt.date, ask: Asked) -> str:
    last = ask.c
    while last < ask.as_of and case.at(last + DAY).cycle == now.cycle:
        last += DAY
    then = case.at(last)
    if deadline == ask.as_of and not then.claim:
        return "undecided"
    limit = then.claim_due if ask.due == "current" else then.claim_first_due
    if not then.claim or limit is None or then.claim > limit:
        return "late"
    return "met" if done(then, ask.preset) else "unconfirmed"


def reopenings(cases: Sequence[Case], ask: Asked) -> tuple[list[str], list[str]]:
    """Give the hazards behind the reopening rate, once for each line."""
    lines, closings = [], []
    for case in cases:
        if case.found <= ask.c and case.exists(ask.as_of) and not case.withdrawn_by(ask.as_of):
            now = case.at(ask.c)
            lines += [case.id for day in now.reopenings if ask.start <= day <= ask.c]
            closings += [case.id for day in now.closings if ask.start - ask.look_back * DAY <= day <= ask.c]
    return lines, closings


def repeats(cases: Sequence[Case], ask: Asked) -> list[str]:
    """Give the hazards found that name an earlier one, or follow the closing of one alike."""
    return [case.id for case in found(cases, ask) if case.tree.get("recurrence_of") or any(precedes(one, case, ask) for one in cases)]


def precedes(one: Case, case: Case, ask: Asked) -> bool:
    key, other = likeness(case), likeness(one)
    if key is None or key != other or one.found >= case.found or not one.exists(ask.as_of) or one.withdrawn_by(ask.as_of):
        return False
    closings = [day for day in one.at(case.found).strikings if day <= case.found]
    return bool(closings) and (case.found - closings[-1]).days <= ask.repeat


def likeness(case: Case) -> tuple[str, str, str] | None:
    tree = case.tree
    what = tree.get("category") or (tree["basis"][0]["doc"] if tree.get("basis") else "")
    return (tree["unit"], what, tree["site"]) if what and tree.get("site") else None


def times(cases: Sequence[Case], ask: Asked) -> list[int]:
    """Give the days to rectify of every hazard of the cohort that is done."""
    nows = [case.at(ask.k) for case in cohort(cases, ask).get("rectified", [])]
    return sorted((now.claim - now.cycle_start).days for now in nows if now.claim)


def lags(cases: Sequence[Case], ask: Asked) -> list[int]:
    nows = [case.at(ask.k) for case in found(cases, ask)]
    return sorted((now.passed - now.claim).days for now in nows if now.passed and now.claim)


def counted(cases: Sequence[Case], ask: Asked, fits: Callable[[Case, Standing], bool]) -> list[str]:
    """Give the hazards found for which something holds at the end of κ."""
    return [case.id for case in found(cases, ask) if fits(case, case.at(ask.k))]


def planned(cases: Sequence[Case], ask: Asked) -> list[Case]:
    done_ = cohort(cases, ask).get("rectified", [])
    return [case for case in found(cases, ask) if case.at(ask.k).grade == "major" and case not in done_]


def item_done(case: Case, item: str, by: dt.date) -> bool:
    day = day_of(case.tree.get("plan", {}).get(item, {}).get("done_on"))
    return day is not None and day <= by


def median(values: Sequence[int]) -> Decimal | None:
    if not values:
        return None
    half = len(values) // 2
    return Decimal(values[half]) if len(values) % 2 else Decimal(values[half - 1] + values[half]) / 2


def p90(values: Sequence[int]) -> int | None:
    """Give the nearest rank: the smallest value with at least nine tenths of all values at or below it."""
    return next((value for number, value in enumerate(values, 1) if 10 * number >= 9 * len(values)), None)


def fen(text: str | None) -> int:
    return int(Decimal(text) * 100) if text else 0
