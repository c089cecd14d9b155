"""Sections of the configuration: frozen, compared by value, kept as plain JSON without loss."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.raw import Raw
from hazardctl.model.settings import Person, Policy, Region, Vocabularies, Word

WORDS = st.text("甲乙abc", min_size=1, max_size=5)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "organisation": st.fixed_dictionaries({}, optional={"name": WORDS, "enforcement": st.sampled_from(["true", "false"])}),
        "regions": st.lists(WORDS, unique=True, max_size=4).map(lambda keys: [{"key": key, "name": key} for key in keys]),
        "people": st.lists(st.fixed_dictionaries({"name": WORDS, "emails": st.lists(WORDS, max_size=2)}), max_size=3),
        "policy": st.fixed_dictionaries({"close_days": st.integers(0, 99).map(str)}),
        "deadlines": st.fixed_dictionaries({"rules": st.lists(st.fixed_dictionaries({"days": st.integers(1, 60).map(str)}), max_size=3)}),
        "vocabularies": st.fixed_dictionaries({"sectors": st.dictionaries(WORDS, WORDS), "local_grades": st.just({"1级": "major"})}),
        "risk_bands": st.dictionaries(WORDS, st.lists(WORDS, max_size=3), max_size=2),
        "house_rules": st.just([{"code": "H01", "forbid": "grade:major", "message": {"zh": "不得有"}}]),
        "id_prefixes": st.just({"hazard": "AB"}),
    },
)  # fmt: skip


def read(said: dict[str, Raw]) -> Config:
    config, findings = configured({"schema": "config/1", **said})
    assert (findings, config is None) == ((), False)
    assert config is not None
    return config


@given(SAID)
def test_a_configuration_comes_back_from_plain_json_as_it_was(said: dict[str, Raw]) -> None:
    config = read(said)
    plain = json.dumps(config.plain(), ensure_ascii=False)
    again = Config.of_plain(json.loads(plain))
    assert again == config
    assert repr(again) == repr(config)
    assert json.dumps(again.plain(), ensure_ascii=False) == plain
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 (our own value)


def test_what_is_not_given_has_its_default_and_is_not_kept() -> None:
    config = read({"policy": {"close_days": "9"}})
    assert config == Config(schema_="config/1", policy=Policy(close_days=9))
    assert (config.policy.close_days, config.policy.assign_days) == (9, 3)
    assert config.plain() == {"schema_": "config/1", "policy": {"close_days": 9}}


def test_a_word_stays_a_word() -> None:
    config = read({"vocabularies": {"sectors": {"homestay": "民宿"}}})
    assert config.vocabularies == Vocabularies(own={"sectors": {"homestay": Word(zh="民宿")}})
    assert Config.of_plain(config.plain()).vocabularies.added()["sectors"]["homestay"].zh == "民宿"


def test_a_section_is_frozen_and_knows_its_settings() -> None:
    one = Person(name="李四")
    with pytest.raises(AttributeError, match="frozen"):
        one.name = "张三"  # type: ignore[misc]
    with pytest.raises(TypeError, match="Region has no colour"):
        Region(colour="red")  # type: ignore[call-arg]
    assert one != Region(name="李四")
    assert one.but(name="张三") == Person(name="张三")
    assert len({one, Person(name="李四"), Person()}) == 2
    assert repr(one) == "Person(name='李四')"
