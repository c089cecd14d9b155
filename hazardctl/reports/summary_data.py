"""The summary of a period for programs; the shape is `schemas/report.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hazardctl.reports import frame as frames
from hazardctl.reports.answers import AGES, COHORT, DUE, STOCK_IN, STOCK_OUT, Answers
from hazardctl.reports.figures import Figures, count, rate, spread, told, told_spread
from hazardctl.reports.frame import Frame
from hazardctl.reports.groups import lines
from hazardctl.reports.overdue import data as listed
from hazardctl.sheet import Rate, Value

MEMO: Final = ("withdrawn", "transferred")
MEASURES: Final[Mapping[str, str]] = {
    **{part: f"hazards.{part}" for part in ("found", *COHORT, *MEMO, "rate")},
    "on_time": "due.on_time",
    **{f"stock.{part}": f"stock.{part}" for part in (*STOCK_IN, *STOCK_OUT, "closing", "rate")},
    **{f"due.{part}": f"due.{part}" for part in ("total", *DUE, "undecided")},
    **{f"ages.{age}": f"age.{age}" for age in AGES},
    "ttr": "ttr",
    "overdue_list": "stock.overdue",
}
"""Figure of the JSON → id of the measure it is."""


def data(frame: Frame, answers: Answers) -> dict[str, Value]:
    """Give every figure of the summary."""
    total, official = answers.total, frame.preset == "official"
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        **(_told(answers) if answers.told else _kept(total)),
        **(dict.fromkeys(("official", "stock", "due", "ages", "ttr")) if answers.told else _recorded(answers)),
        "months": [{"name": key, "found": found} for _, key, found in answers.months],
        "group_by": [one.key for one in answers.dimensions],
        "groups": lines(answers.groups, answers.dimensions, official=official),
        "overdue_list": listed(answers.overdue),
        "families": _families(answers),
        "measures": dict(MEASURES),
        **frames.unread(frame),
    }


def _families(answers: Answers) -> list[Value]:
    if not answers.work:
        return []
    from hazardctl.reports.work import families

    return families(answers.work)


def _kept(total: Figures) -> dict[str, Value]:
    return {
        **{part: count(total, f"hazards.{part}") for part in ("found", *COHORT, *MEMO)},
        "rate": rate(total, "hazards.rate"),
        "on_time": rate(total, "due.on_time"),
    }


def _recorded(answers: Answers) -> dict[str, Value]:
    total = answers.total
    return {
        "official": {name.removeprefix("hazards."): told(figure) for name, figure in sorted(answers.official.items())},
        "stock": {**_counts(total, "stock", (*STOCK_IN, *STOCK_OUT, "closing")), "rate": rate(total, "stock.rate")},
        "due": _counts(total, "due", ("total", *DUE, "undecided")),
        "ages": _counts(total, "age", AGES),
        "ttr": {**_times(total), "censored": count(total, "ttr.censored")},
    }


def _told(answers: Answers) -> dict[str, Value]:
    """Give the cohort as tallies tell it: what is not told, or not exactly, is null and never 0."""
    rates = {"rate": "hazards.rate", "on_time": "due.on_time"}
    told = answers.told
    counts = {part: told[name].certain if (name := f"hazards.{part}") in told else None for part in ("found", *COHORT, *MEMO)}
    return {
        **counts,
        **{key: told[name].answer if name in told and isinstance(told[name].answer, Rate) else None for key, name in rates.items()},
    }


def _counts(total: Figures, family: str, names: tuple[str, ...]) -> dict[str, Value]:
    return {name: count(total, f"{family}.{name}") for name in names}


def _times(total: Figures) -> dict[str, Value]:
    times = spread(total, "ttr")
    return told_spread(times) if times else {"n": 0, "mean": None, "median": None, "p90": None, "max": None}
