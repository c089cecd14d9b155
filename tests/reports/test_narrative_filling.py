"""Sentences filled by hand-made figures: what stands, what falls, what is added, and what punctuation does then."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from hazardctl.errors import BugError
from hazardctl.language import Language, Text, plain
from hazardctl.measures import Answer, Known, Range, Spread
from hazardctl.reports.narrative.filling import ADDED, Filled, fill, missing, placeholders
from hazardctl.reports.narrative.grammar import parse
from hazardctl.reports.narrative.judging import Facts, needed, state
from hazardctl.reports.told import Told
from hazardctl.sheet import Rate

SILENT: Final = Known(state="missing")
BLANK: Final = Known(state="missing", blank=True)
PARTS: Final = ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other")


def told(name: str, answer: Answer | int) -> Told:
    return Told(name, plain(name), Known(items=answer) if isinstance(answer, int) else answer, Text("处", "hazards"))


def facts(words: dict[str, str] | None = None, **figures: Any) -> Facts:  # noqa: ANN401 (answers, or a number that records add up to)
    """Take answers by the name of their slot, `__` for a point."""
    named = {name.replace("__", "."): answer for name, answer in figures.items()}
    return Facts({name: told(name, answer) for name, answer in named.items()}, {name: plain(it) for name, it in (words or {}).items()})


def cohort(found: Answer | int, *parts: Answer | int) -> Facts:
    values = dict(zip(PARTS, (*parts, *[0] * (len(PARTS) - len(parts))), strict=True))
    names = {"hazards.found": found, **{f"hazards.{part}": value for part, value in values.items()}}
    return Facts({name: told(name, answer) for name, answer in names.items()})


def filled(text: str, about: Facts, language: Language = "zh") -> Filled | None:
    (sentence,) = parse(f"== a ==\n{text}").sections["a"].sentences
    return fill(sentence, about, language)


def said(text: str, about: Facts, language: Language = "zh") -> str | None:
    made = filled(text, about, language)
    return made.text if made else None


def test_a_clause_stands_when_its_figures_have_something_to_say() -> None:
    text = "[[检查{a}家]][[，查封{b}家]][[，罚款{c}万元]]。"
    assert said(text, facts(a=3, b=0, c=BLANK)) == "检查3家，罚款∅万元。"
    assert said(text, facts(a=SILENT, b=2, c=SILENT)) == "查封2家。"
    assert said(text, facts(a=SILENT, b=0, c=SILENT)) is None


def test_a_figure_outside_a_clause_prints_what_it_is() -> None:
    assert said("{a}家、{b}处", facts(a=3, b=SILENT)) == "3家、∅处"
    assert said("{a}家、{b}处", facts(a=SILENT, b=0)) is None


def test_a_mark_stands_with_its_figure() -> None:
    marked = facts(a=Known(items=200, mark="over"), b=Known(told=70, mark="nearly"), c=Known(state="missing", mark="over", blank=True))
    assert said("{a}条，{b}万元，{c}人", marked) == "200余条，近70万元，∅余人"
    assert said("{a w/ws}, {b}, {c}", marked, "en") == "Over 200 ws, nearly 70, over ∅"


def test_a_noun_follows_its_number() -> None:
    text = "{a team/teams}"
    assert said(text, facts(a=1), "en") == "1 team"
    assert said(text, facts(a=2), "en") == "2 teams"
    assert said(text, facts(a=Known(items=1, mark="over")), "en") == "Over 1 teams"
    assert said(text, facts(a=BLANK), "en") == "∅ teams"


PUNCTUATION: Final = [
    ("共：[[、{a}]][[，{b}]]。", {"a": SILENT, "b": 2}, "共：2。"),
    ("[[{a}、]][[，{b}]]。", {"a": 1, "b": SILENT}, "1。"),
    ("[[{a}，]][[；{b}]]。", {"a": 1, "b": 2}, "1；2。"),
    ("[[{a}；]][[，{b}]]。", {"a": 1, "b": 2}, "1；2。"),
    ("甲{b}：[[{a}]]。", {"a": SILENT, "b": 2}, "甲2。"),
    ("（[[，{a}]][[，{b}]]）", {"a": SILENT, "b": 2}, "（2）"),
]


@pytest.mark.parametrize(("text", "figures", "expected"), PUNCTUATION)
def test_punctuation_that_lost_its_words_goes(text: str, figures: dict[str, Any], expected: str) -> None:
    assert said(text, facts(**figures)) == expected


def test_words_alone_stand_unless_one_is_empty() -> None:
    assert said("{name}开会。", facts({"name": "安委会"}, a=SILENT)) == "安委会开会。"
    assert said("{name}开会。", facts({"name": ""})) is None
    assert said("开会[[，{name}]]。", facts({"name": ""})) == "开会。"
    assert said("开会[[name? ，{name}]]。", facts({"name": "安委会"})) == "开会，安委会。"
    assert said("【请填写：打算】", facts()) == "【请填写：打算】"
    assert placeholders(plain("【请填写：打算】和【请核实】")) == 2


CONDITIONS: Final = [
    ("a", 1, True), ("a", 0, False), ("a", BLANK, True), ("a", SILENT, False),
    ("a>0", 1, True), ("a>0", 0, False), ("a>0", BLANK, False),
    ("a=0", 0, True), ("a=0", 1, False), ("a=0", BLANK, False), ("a=0", Known(told=0, mark="about"), False),
    ("a", Rate(0, 4), True), ("a>0", Rate(0, 4), False), ("a>0", Rate(1, 4), True), ("a", Rate(0, 0), False), ("a", None, False),
    ("a<1", Rate(3, 4), True), ("a<1", Rate(4, 4), False), ("a<1", Rate(0, 4), True), ("a<1", 3, False),
    ("a", Spread(), False), ("a", Spread(1, 3, Decimal(3), 3, 3), True), ("a", Range(Decimal(2), Decimal(3)), True),
    ("else", SILENT, True),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "answer", "holds"), CONDITIONS)
def test_a_condition_holds_or_not(condition: str, answer: Answer | int, holds: bool) -> None:
    assert said(f"{{b}}[[{condition}? 是]]", facts(a=answer, b=1)) == ("1是" if holds else "1")


def test_only_a_declaration_says_that_there_were_no_accidents() -> None:
    text = "[[accidents.count=0? 无事故。 | [[事故{accidents.count}起。]] | 【请填写】]]"
    assert said(text, facts(accidents__count=Known(told=0, state="zero"))) == "无事故。"
    assert said(text, facts(accidents__count=Known(told=0))) == "【请填写】"
    assert said(text, facts(accidents__count=2)) == "事故2起。"
    assert said(text, facts(accidents__count=SILENT)) == "【请填写】"


# ------------------------------------------------------------------------------------------------- found is the sum of its parts

WHOLE: Final = "[[none? 未发现隐患 | else? 发现{hazards.found}处，[[all? 已全部整改 | else? 已整改{hazards.rectified}处]]]]。"


def test_none_all_and_some() -> None:
    assert said(WHOLE, cohort(0, 0)) == "未发现隐患。"
    assert said(WHOLE, cohort(3, 3)) == "发现3处，已全部整改。"
    assert said(WHOLE, cohort(3, 1, 0, 2)) == "发现3处，已整改1处，限期整改2处。"


def test_what_a_template_leaves_out_is_added_in_both_languages() -> None:
    about = cohort(7, 1, 1, 1, 1, 1, 2)
    assert said("发现{hazards.found}处。", about) == (
        "发现7处，已整改1处，待复查1处，限期整改1处，逾期未整改1处，未定期限1处，非整改销号2处。"
    )
    english = said("Found {hazards.found}, overdue {hazards.overdue}.", about, "en")
    assert english == (
        "Found 7, overdue 1, 1 put right, 1 waiting for a check, 1 within the deadline, 1 without a deadline, 2 closed for another reason."
    )
    made = filled("发现{hazards.found}处。", about)
    assert made is not None
    assert {one.id for _, one in made.printed} == {"hazards.found", *(f"hazards.{part}" for part in ADDED)}


def test_of_what_a_tally_tells_the_rest_is_said_to_be_unknown() -> None:
    def tally(value: int) -> Known:
        return Known(told=value)

    made = filled(WHOLE, cohort(tally(10), tally(6), SILENT, tally(1), SILENT, SILENT, SILENT))
    assert made == Filled("发现10处，已整改6处，限期整改1处，其余3处去向∅。", made.printed if made else (), amiss=True)
    unequal = filled(WHOLE, cohort(tally(10), *map(tally, (6, 1, 1, 1, 1, 1))))
    assert unequal is not None
    assert unequal.amiss
    assert "相加为11处" in unequal.text
    blank = filled(WHOLE, cohort(tally(10), SILENT, SILENT, SILENT, SILENT, SILENT, SILENT))
    assert blank is not None
    assert (blank.text, blank.amiss) == ("发现10处，已整改∅处。", False)
    assert [one.id for one in missing(blank.printed)] == ["hazards.rectified"]


def test_records_that_do_not_add_up_are_not_printed() -> None:
    with pytest.raises(BugError):
        filled(WHOLE, cohort(5, 1, 1))


def test_an_approximate_whole_is_never_all() -> None:
    over = Known(told=3, mark="over")
    assert said(WHOLE, cohort(over, Known(told=3), SILENT, SILENT, SILENT, SILENT, SILENT)) == "发现3余处，已整改3处。"
    twice = Known(items=3, told=4)
    assert said(WHOLE, cohort(twice, 3)) == "发现明细3、汇总数4（不相加）处，已整改3处。"


def test_what_a_whole_needs_is_known_by_its_name() -> None:
    assert needed("hazards.major.found[sector=fire]")[:2] == ("hazards.major.found[sector=fire]", "hazards.major.rectified[sector=fire]")
    assert needed("general.all")[0] == "hazards.general.found"
    assert needed("all[sector=fire]")[0] == "hazards.found[sector=fire]"
    assert needed("drills.count") == ()
    assert state(None) == "silent"
