"""Days counted by the policy of a ledger, and whether they rest on a guess (DOMAIN §2.1, §3.4, §5.2)."""

from __future__ import annotations

import datetime as dt

from hazardctl.calendar import Calendar, Worked
from hazardctl.rules.case import Case
from hazardctl.rules.standing import Standing, Step

PLAIN_DAYS = Calendar(name="plain")


def working(case: Case, day: dt.date, n: int) -> Worked:
    """Count working days; where no calendar is installed Monday to Friday, and every year is a guess."""
    if case.setting.calendar is not None:
        return case.setting.calendar.add(day, n)
    found = PLAIN_DAYS.add(day, n).day
    return Worked(found, frozenset({found.year}))


def latest(case: Case, step: Step) -> Worked | None:
    """Give the last day the policy allows for a deadline set by an act; None where no rule of it matches."""
    known = case.setting.allowed
    asked = (step.before.grade, case.hazard.sector, case.hazard.source, step.act.date)
    if asked not in known:
        known[asked] = _latest(case, *asked)
    return known[asked]


def _latest(case: Case, grade: str, sector: str, source: str, start: dt.date) -> Worked | None:
    config = case.setting.config
    rule = case.setting.deadline_rule(grade, sector, source)
    if rule is None:
        return None
    found = working(case, start, rule.days) if rule.count == "working" else Worked(start + dt.timedelta(days=rule.days))
    if config.deadlines.roll == "none" or case.setting.calendar is None:
        return found
    rolled = case.setting.calendar.roll(found.day)
    return Worked(rolled.day, found.guessed_years | rolled.guessed_years)


def ask_by(case: Case, before: Standing, due: dt.date) -> Worked:
    """Give the last day on which an extension may be asked for."""
    policy = case.setting.config.extension
    notice = policy.ask_before_listed if before.listed else policy.ask_before_general
    if policy.count == "calendar" or notice == 0:
        return Worked(due - dt.timedelta(days=notice))
    return working(case, due, -notice)


def sets_deadline(step: Step) -> dt.date | None:
    """Give the deadline an act sets anew: the first of a cycle, or after a failed verification."""
    due: dt.date | None = getattr(step.act, "due", None)
    if step.act.do == "assign" and step.before.due is not None:
        return None  # it may only be shortened (HZ210)
    return due if step.act.do in {"assign", "reopen", "verify"} else None
