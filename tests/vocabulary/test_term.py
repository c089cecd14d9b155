"""Words are found however people type them, and never guessed."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from hazardctl.vocabulary import (
    BUILT_IN,
    CONDITIONS,
    FLAGS,
    KIND_NAMES,
    NOUNS,
    OPEN_STATES,
    PREFIXES,
    SECTORS,
    STATES,
    VERBS,
    Term,
    find,
    nearest,
    terms,
)


@pytest.mark.parametrize(
    "typed",
    ["fire", "FIRE", " fire ", "ｆｉｒｅ", "消防", "fire safety", "Fire-Safety", "人员密集场所", "消防、人员密集场所"],
)
def test_a_word_is_found_by_key_name_or_further_spelling(typed: str) -> None:
    assert find(SECTORS, typed) == "fire"


def test_a_part_of_a_name_that_lists_several_things_is_a_spelling_of_its_own() -> None:
    assert find(SECTORS, "成品油") == "commerce"


def test_an_unknown_word_is_not_guessed() -> None:
    assert find(SECTORS, "消") is None


def test_a_word_of_two_terms_is_not_guessed() -> None:
    assert find(terms("a | 甲 | one | | same\nb | 乙 | two | | same"), "same") is None


def test_the_key_wins_over_a_further_spelling() -> None:
    assert find(terms("a | 甲 | one | | b\nb | 乙 | two"), "b") == "b"


def test_nearest_names_what_was_probably_meant_as_it_is_written() -> None:
    assert nearest(SECTORS, "firewroks")[0] == "fireworks"
    assert nearest(["is:overdue"], "IS:OVERDU") == ["is:overdue"]
    assert nearest(SECTORS, "zzz") == []


def test_a_label_stands_in_a_sentence_and_a_heading_at_the_start() -> None:
    term = SECTORS["chem"]
    assert (term.label.say("en"), term.heading.say("en")) == ("hazardous chemicals", "Hazardous chemicals")
    assert term.label.say("zh") == term.heading.say("zh") == "危险化学品"


def test_a_term_may_name_its_parent() -> None:
    assert terms("homestay | 民宿 | homestay | culture_tourism") == {"homestay": Term("homestay", "民宿", "homestay", "culture_tourism")}


def test_the_lists_of_the_life_cycle_are_complete() -> None:
    assert (len(STATES), len(FLAGS), len(VERBS), len(KIND_NAMES)) == (8, 8, 16, 14)
    assert set(STATES) >= OPEN_STATES
    assert list(STATES)[:5] == ["registered", "assigned", "rectifying", "rectified", "verified"]
    assert set(KIND_NAMES) == {kind for kind, _ in PREFIXES.values()}
    assert len(PREFIXES) == 14
    assert set(CONDITIONS) >= set(FLAGS)


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_term_has_both_names_and_every_spelling_one_meaning(name: str) -> None:
    vocabulary = BUILT_IN[name]
    for key, term in vocabulary.items():
        assert term.key == key
        assert re.fullmatch(r"[A-Za-z0-9_]+", key)
        assert term.zh
        assert term.en
    if name != "presets":
        labels = Counter(spelling for term in vocabulary.values() for spelling in {term.key, term.zh, term.en, *term.also})
        assert [spelling for spelling, times in labels.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_parent_is_a_term(name: str) -> None:
    known = {key for vocabulary in BUILT_IN.values() for key in vocabulary}
    assert {term.parent for term in BUILT_IN[name].values() if term.parent} <= known


def test_chinese_names_keep_to_characters_that_gbk_can_write() -> None:
    for term in [*NOUNS.values(), *(term for vocabulary in BUILT_IN.values() for term in vocabulary.values())]:
        assert term.zh.encode("gbk")
