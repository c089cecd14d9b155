"""`explain` for rules, states, flags and verbs: every one has a page in both languages."""

from __future__ import annotations

import pytest

from hazardctl.errors import UsageError
from hazardctl.language import LANGUAGES, Language
from hazardctl.ops.explain_code import page
from hazardctl.rules.registry import registry
from hazardctl.vocabulary import FLAGS, STATES, VERBS

WORDS = [*STATES, *FLAGS, *VERBS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", registry())
def test_every_rule_has_a_page_with_why_bad_and_good(code: str, language: Language) -> None:
    text = page(code, language)
    rule = registry()[code]
    assert text.startswith(f"{code} {rule.name} ")
    assert rule.title.say(language) in text
    assert rule.why.say(language) in text
    assert f"# {code}" in text
    assert "```" not in text
    assert ("错误写法" if language == "zh" else "bad") in text
    assert all(line == line.rstrip() for line in text.split("\n"))
    text.encode("gbk")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
def test_every_state_flag_and_verb_has_a_page(word: str, language: Language) -> None:
    text = page(word, language)
    assert word in text.split("\n", 1)[0]
    assert len(text.strip().split("\n")) > 1
    text.encode("gbk")


def test_a_chinese_word_is_as_good_as_the_key() -> None:
    assert page("待复查", "zh") == page("rectified", "zh")
    assert page(" hz302 ", "en") == page("HZ302", "en")


def test_a_state_names_what_leads_in_and_out() -> None:
    text = page("rectified", "en")
    assert "rectify (on the spot)" in text
    assert "verify (passed)" in text
    assert "verify (failed)" in text


def test_a_verb_says_where_it_fits_and_where_it_leads() -> None:
    text = page("extend", "en")
    assert "assigned, rectifying -> the same state" in text
    assert "decision" in text
    assert "nothing yet -> registered" in page("register", "en")


@pytest.mark.parametrize(("asked", "hint"), [("HZ32", "HZ302"), ("HZ999", "HZ"), ("rectifyed", "rectify"), ("完全不同的词", "")])
def test_what_is_unknown_is_refused_with_the_nearest(asked: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        page(asked, "en")
    assert hint in str(refusal.value)
