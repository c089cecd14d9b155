"""Every rule is documented in both languages, and the families of DOMAIN §7 about records have a rule for each code."""

from __future__ import annotations

import inspect
import re
from importlib import import_module

import pytest

from hazardctl.language import LANGUAGES, Text
from hazardctl.rules.registry import Rule, registry, rule_of
from hazardctl.vocabulary import KIND_NAMES, VERBS

RULES = list(registry().values())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ASKED = {
    *(f"HZ0{number:02}" for number in range(1, 20)),
    *(f"HZ1{number:02}" for number in (*range(1, 14), 15, 20)),  # HZ114 was never given
    *(f"HZ2{number:02}" for number in range(1, 25)),
    *(f"HZ3{number:02}" for number in range(1, 18)),
    *(f"HZ5{number:02}" for number in range(1, 23)),
    *(f"HZ4{number:02}" for number in range(1, 21)),
    *(f"HZ6{number:02}" for number in range(1, 13)),
    *(f"HZ7{number:02}" for number in range(1, 16)),
    *(f"HZ8{number:02}" for number in range(1, 11)),
}


def test_no_code_of_the_families_is_missing() -> None:
    assert set(registry()) >= ASKED


def test_codes_come_in_order_and_each_module_holds_its_own() -> None:
    assert list(registry()) == sorted(registry())
    for code in registry():
        held = [value for value in vars(import_module(f"hazardctl.rules.{code.lower()}")).values() if isinstance(value, Rule)]
        assert [rule.code for rule in held] == [code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented_in_both_languages(rule: Rule) -> None:
    texts: list[Text] = [rule.title, rule.why, *([rule.repair] if rule.repair else [])]
    for text in texts:
        assert CHINESE.search(text.zh), text
        assert text.en
        assert text.en != text.zh
        assert not text.en.endswith("."), "a title or reason is no sentence of its own"
        for language in LANGUAGES:
            text.say(language).encode("gbk")
    rule.page.encode("gbk")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_begins_with_one_sentence_and_shows_bad_and_good(rule: Rule) -> None:
    first, _, rest = rule.page.partition("\n")
    assert first.endswith(".")
    assert "Bad:\n" in rest
    assert "Good:\n" in rest
    assert f"# {rule.code}" in rest.partition("Good:")[0]
    assert f"# {rule.code}" not in rest.partition("Good:")[2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_facts_of_a_rule_agree_with_its_check(rule: Rule) -> None:
    asked = {"reader": 0, "merge": 0, "ledger": 1, "waivers": 1, "record": 2 if rule.verbs else 1, "range": 2, "rollup": 1}[rule.scope]
    assert len(inspect.signature(rule.check).parameters) == asked
    assert rule.kind in {"", *KIND_NAMES, *(["configuration"] if rule.scope == "range" else [])}
    assert set(rule.verbs) <= set(VERBS)
    assert not rule.verbs or rule.kind == "hazard"
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)


def test_names_of_rules_are_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_one_rule_is_found_by_its_code_in_any_case() -> None:
    found = rule_of(" hz302 ")
    assert found is registry()["HZ302"]
    assert rule_of("HZ999") is None
    assert rule_of("../engine") is None
