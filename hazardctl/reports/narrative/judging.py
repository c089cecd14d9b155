"""Whether a figure has anything to say, and whether a condition of a template holds (DOMAIN §6.3 rules 2 to 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from hazardctl.language import Language, Text
from hazardctl.reports.answers import COHORT
from hazardctl.reports.figures import Spread
from hazardctl.reports.narrative.grammar import Condition
from hazardctl.reports.told import Known, Told
from hazardctl.sheet import Rate

State: TypeAlias = Literal["said", "nil", "blank", "silent"]
"""What a figure has to say: a number, 0, a gap that something speaks of, nothing."""

Inside: TypeAlias = tuple[tuple[str, Told], ...]
"""Figures that a word brings along, each with the slot it stands in."""

WHOLE: Final = re.compile(r"(?P<head>hazards(?:\.general|\.major)?)\.found(?P<scope>\[.*\])?")
VERDICT: Final = re.compile(r"(?:(?P<grade>general|major)\.)?(?P<verdict>all|none)(?P<scope>\[.*\])?")
ELSE: Final = "else"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paragraph may say.

    Attributes:
        figures: by the name of their slot.
        words: likewise; a word that is empty has nothing to say.
        inside: figures that a word brings along.
    """

    figures: Mapping[str, Told] = field(default_factory=dict[str, Told])
    words: Mapping[str, Text] = field(default_factory=dict[str, Text])
    inside: Mapping[str, Inside] = field(default_factory=dict[str, Inside])


def needed(name: str) -> tuple[str, ...]:
    """Name the figures without which a slot or a condition cannot be judged: the whole and all its parts, for hazards found."""
    head, scope = "", ""
    if found := WHOLE.fullmatch(name):
        head, scope = found["head"], found["scope"] or ""
    elif found := VERDICT.fullmatch(name):
        head, scope = head_of(found["grade"]), found["scope"] or ""
    return tuple(f"{head}.{part}{scope}" for part in ("found", *COHORT)) if head else ()


def verdict(name: str) -> bool:
    """Say whether a condition is one of `all` and `none`."""
    return VERDICT.fullmatch(name) is not None


def head_of(grade: str | None) -> str:
    """Give the family of measures that a grade is counted in."""
    return f"hazards.{grade}" if grade else "hazards"


def state(told: Told | None) -> State:
    """Say what a figure has to say.

    A rate of nothing or with an approximate part says nothing, nor does a gap that is only the gap of another figure.
    """
    match told.answer if told else None:
        case Known() as answer:
            if answer.missing:
                return "blank" if answer.blank and not answer.inherited else "silent"
            return "nil" if told and told.exact == 0 else "said"
        case Rate(denominator=0) | None:
            return "silent"
        case Spread(median=None):
            return "silent"
        case _:
            return "said"


def holds(condition: Condition | None, facts: Facts, language: Language) -> bool:
    """Say whether a condition holds; none at all does."""
    if condition is None or condition.name == ELSE:
        return True
    if found := VERDICT.fullmatch(condition.name):
        return _verdict(facts, head_of(found["grade"]), found["verdict"], found["scope"] or "")
    if condition.name in facts.words:
        return bool(facts.words[condition.name].say(language))
    told = facts.figures.get(condition.name)
    match condition.test:
        case "=0":
            return nil(told)
        case ">0":
            return state(told) == "said" and _share(told) != (0, 1)
        case "<1":
            return state(told) == "said" and _share(told) not in {None, (1, 1)}
        case _:
            return state(told) in {"said", "blank"}


def _verdict(facts: Facts, head: str, asked: str, scope: str) -> bool:
    found = facts.figures.get(f"{head}.found{scope}")
    if asked == "none":
        return nil(found)
    done = facts.figures.get(f"{head}.rectified{scope}")
    return exact(found) is not None and state(found) == "said" and exact(found) == exact(done)


def nil(told: Told | None) -> bool:
    """Say whether a figure is nil; of accidents only a declaration says so (DOMAIN §6.3 rule 5)."""
    if told is None or state(told) != "nil" or exact(told) is None or not isinstance(told.answer, Known):
        return False
    return not told.id.startswith("accidents.") or told.answer.state == "zero"


def exact(told: Told | None) -> int | Decimal | None:
    """Give the number of a figure that may be reckoned with: known once, and without a mark."""
    return None if told is None or marked(told) else told.exact


def _share(told: Told | None) -> tuple[int, int] | None:
    """Give a rate as (0, 1) when nothing is done, (1, 1) when all of it is, else as its parts; None for any other figure."""
    rate = told.answer if told else None
    if not isinstance(rate, Rate):
        return None
    if rate.numerator in {0, rate.denominator}:
        return (int(rate.numerator > 0), 1)
    return rate.numerator, rate.denominator


def marked(told: Told) -> bool:
    """Say whether a figure is approximate."""
    return isinstance(told.answer, Known) and bool(told.answer.mark)
