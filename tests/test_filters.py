"""The filter language is read into clauses and nothing is guessed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.filters import KEYS, Clause, bracket, parse
from hazardctl.vocabulary import CONDITIONS


def refusal(*words: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(words)
    return caught.value


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("unit:顺发", Clause("unit", ("顺发",))),
        ("sector:消防,工贸", Clause("sector", ("消防", "工贸"))),
        ("sector：消防，工贸", Clause("sector", ("消防", "工贸"))),
        ("site：甲：乙", Clause("site", ("甲：乙",))),
        ("due:..2026-06-30", Clause("due", ("..2026-06-30",), kind="range")),
        ("found:H1", Clause("found", ("H1",), kind="range")),
        ("closed:2026-06,2026-07", Clause("closed", ("2026-06", "2026-07"), kind="range")),
        ("is:overdue", Clause("is", ("overdue",), kind="is")),
        ("is:逾期", Clause("is", ("overdue",), kind="is")),
        ("is:to-verify,待销号", Clause("is", ("to_verify", "to_close"), kind="is")),
        ("not:is:major", Clause("is", ("major",), negated=True, kind="is")),
        ("not:通道", Clause("description", ("通道",), negated=True, kind="text")),
        ("not:due<2026-07-01", Clause("due", ("..2026-06-30",), negated=True, kind="range")),
        ("通道", Clause("description", ("通道",), kind="text")),
        ("ph<7", Clause("description", ("ph<7",), kind="text")),
        ("number:柳安改〔2026〕17号", Clause("number", ("柳安改〔2026〕17号",))),
        ("due<2026-07-01", Clause("due", ("..2026-06-30",), kind="range")),
        ("due<=2026-07-01", Clause("due", ("..2026-07-01",), kind="range")),
        ("due>2026-07-01", Clause("due", ("2026-07-02..",), kind="range")),
        ("due>=20260701", Clause("due", ("2026-07-01..",), kind="range")),
    ],
)
def test_each_form_of_a_filter_is_read(word: str, clause: Clause) -> None:
    assert parse([word]) == (clause,)


def test_words_are_all_kept_in_order_and_empty_ones_left_out() -> None:
    assert [clause.key for clause in parse(["grade:major", " ", "配电", "unit:x"])] == ["grade", "description", "unit"]


@pytest.mark.parametrize("word", ["unti:顺发", "duee<2026-07-01"])
def test_an_unknown_key_is_refused_with_the_nearest(word: str) -> None:
    assert "did you mean" in refusal(word).hints[0].say("en")


def test_a_key_like_nothing_known_is_refused_with_the_list() -> None:
    assert [hint.say("en").split(":")[0] for hint in refusal("zzz:1").hints] == ["there are"]


def test_an_unknown_condition_is_refused_with_the_nearest_and_the_list() -> None:
    near, known = refusal("is:overdu").hints
    assert near.say("zh") == "是不是想写 overdue？"
    assert "to_verify" in known.say("en")
    assert len(refusal("is:zzz").hints) == 1


@pytest.mark.parametrize("word", ["unit:", "unit:,", "not:", "not: "])
def test_a_filter_without_a_value_is_refused(word: str) -> None:
    assert "no value" in refusal(word).what.say("en")


@pytest.mark.parametrize("word", ["due<H1", "due>=", "unit<2026-07-01"])
def test_a_comparison_takes_a_date_key_and_a_date(word: str) -> None:
    assert "does not compare a date" in refusal(word).what.say("en")


def test_brackets_join_by_comma_and_either_by_plus() -> None:
    assert bracket("sector=chem+fireworks,grade=major") == (Clause("sector", ("chem", "fireworks")), Clause("grade", ("major",)))


def test_brackets_take_any_field_a_period_and_the_first_deadline() -> None:
    assert bracket("theme=warning_education, period=M9, due=original, is=open") == (
        Clause("theme", ("warning_education",)),
        Clause("period", ("M9",), kind="range"),
        Clause("due", ("original",)),
        Clause("is", ("open",), kind="is"),
    )
    assert bracket("") == ()


@pytest.mark.parametrize("text", ["sector", "sector:fire", "部门=消防", "=x", "sector="])
def test_a_bracket_part_that_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        bracket(text)


@given(st.sampled_from([key for key in KEYS if key != "is"]), st.lists(st.sampled_from(["x1", "消防", "2026"]), min_size=1), st.booleans())
def test_a_clause_written_out_reads_back(key: str, values: list[str], negated: bool) -> None:
    (clause,) = parse([f"{'not:' * negated}{key}:{','.join(values)}"])
    assert (clause.key, clause.values, clause.negated) == (key, tuple(values), negated)


@given(st.sampled_from(list(CONDITIONS)))
def test_a_condition_means_the_same_by_key_and_by_chinese_name(key: str) -> None:
    assert parse([f"is:{key}"]) == parse([f"is:{CONDITIONS[key].zh}"])


@given(st.text(max_size=20))
def test_any_text_is_a_filter_or_a_usage_error(text: str) -> None:
    with contextlib.suppress(UsageError):
        assert all(clause.values for clause in parse([text]))
