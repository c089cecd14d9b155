"""Every measure says what it is in both languages, and is found by what people call it."""

from __future__ import annotations

import re

import pytest

from hazardctl.base import reads
from hazardctl.errors import BugError, UsageError
from hazardctl.measures import DIMENSIONS, REGISTRY, answer, dimension, resolve
from hazardctl.measures.definition import Count, Rate, Spread, terms
from hazardctl.measures.statement import Frame, alike, counted, listed, names, source, spread
from hazardctl.measures.views import VIEWS, Choice

CJK = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_measure_speaks_both_languages(name: str) -> None:
    one = REGISTRY[name]
    assert one.id == name
    assert one.zh
    assert not CJK.search(one.en)
    assert CJK.search(one.definition.say("zh"))
    assert not CJK.search(one.definition.say("en"))
    assert (one.label.zh, one.label.en) == (one.zh, one.en)
    assert name.startswith(one.family)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_measure_says_what_it_is_counted_over(name: str) -> None:
    assert REGISTRY[name].id in REGISTRY
    for view in views_of(name):
        assert CJK.search(VIEWS[view].note.zh)
        assert not CJK.search(VIEWS[view].note.en)


def views_of(name: str) -> list[str]:
    one = REGISTRY[name]
    return [one.view] if not isinstance(one, Rate) else [answer.count(part).view for part in answer.parts(one)]


def test_the_parts_of_rates_are_counts() -> None:
    rates = [one for one in REGISTRY.values() if isinstance(one, Rate)]
    assert rates
    for one in rates:
        assert all(isinstance(REGISTRY[part], Count) for side in (one.of, one.over) for _, part in terms(side))


def test_a_part_that_is_no_count_is_a_bug() -> None:
    with pytest.raises(BugError):
        answer.count("hazards.rate")


CALLED = [
    ("hazards.rate", "hazards.rate"),
    ("rate", "hazards.rate"),
    ("整改率", "hazards.rate"),
    ("found", "hazards.found"),
    ("RATE", "hazards.rate"),
    ("on_time", "due.on_time"),
    ("按期整改率", "due.on_time"),
    ("on-time rate", "due.on_time"),
    ("ttr", "ttr"),
    ("first_pass", "first_pass"),
    ("pass", "first_pass"),
    ("lag", "verify.lag"),
    ("rate_stock", "overdue.rate_stock"),
    (" 反弹率 ", "reopen.rate"),
    ("opening", "stock.opening"),
]


@pytest.mark.parametrize(("text", "name"), CALLED)
def test_a_measure_is_found_by_its_name_or_a_unique_end(text: str, name: str) -> None:
    assert resolve(text) == name


def test_an_ambiguous_end_names_the_candidates() -> None:
    with pytest.raises(UsageError) as caught:
        resolve("days")
    assert "extension.days" in str(caught.value)
    assert "overdue.days" in str(caught.value)


@pytest.mark.parametrize(("text", "meant"), [("on_tme", "on_time"), ("整改绿", "整改率"), ("xyzzy", ""), ("", "")])
def test_an_unknown_measure_is_refused_with_the_nearest(text: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve(text)
    assert meant in "\n".join(caught.value.lines("zh"))


def test_dimensions_are_found_by_name_other_name_and_heading() -> None:
    assert dimension("responsible") == dimension("to") == dimension("责任单位") == DIMENSIONS["responsible"]
    assert dimension("found-by-org").name == "found_by_org"
    assert [one for one in DIMENSIONS if DIMENSIONS[one].many] == [
        "campaign",
        "found_by",
        "party",
        "unit_type",
        "regulator_industry",
        "regulator_local",
        "regulator_general",
        "risk_point",
        "tag",
        "basis",
        "accident_type",
    ]


@pytest.mark.parametrize(("text", "meant"), [("sectr", "sector"), ("xyzzy", "")])
def test_an_unknown_dimension_is_refused_with_those_there_are(text: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        dimension(text)
    lines = "\n".join(caught.value.lines("en"))
    assert meant in lines
    assert "region" in lines


# What MEASURES §6 leaves out of the text, because one of the three engines reads it otherwise.
FOREIGN = re.compile(
    r"/|\bROUND\b|\bAVG\b|MEDIAN|PERCENTILE|QUANTILE|\bLIKE\b|QUALIFY|ROLLUP|GREATEST|MATERIALIZED|strftime|julianday|\bDATE\b|:\w|\?|\bIFNULL\b|\bIIF\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [name for name in sorted(REGISTRY) if not isinstance(REGISTRY[name], Rate)])
@pytest.mark.parametrize("choice", [Choice(), Choice("official", "original", removed_counts=True, pieces=2)])
def test_the_text_is_portable(name: str, choice: Choice) -> None:
    one = REGISTRY[name]
    assert not isinstance(one, Rate)
    frame = Frame(choice, (), (DIMENSIONS["sector"], DIMENSIONS["month"], DIMENSIONS["campaign"]))
    rows = source(one.view, frame, [one], frame.lines)
    texts = [
        listed(one, frame),
        spread(rows, one, frame) if isinstance(one, Spread) else counted(alike(rows, one.view, [one], frame), [one], frame),
    ]
    for text in texts:
        assert not FOREIGN.search(text), text
        assert "{" not in text
        assert names(text) <= {"s", "c", "t", "k", "o", "far", "look_back", "review_days", "repeat_days", "from0", "to0", "from1", "to1"}
        assert reads(text) >= {"hazard", "span"}
