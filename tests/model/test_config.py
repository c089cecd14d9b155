"""The configuration: every default, every contradiction."""

from __future__ import annotations

import pytest

from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.flat import flat, shown
from hazardctl.model.raw import Raw

REGIONS: Raw = [
    {"key": "shili", "name": "示例县", "level": "county"},
    {"key": "qingshan", "name": "青山镇", "level": "township", "parent": "shili"},
    {"key": "east", "name": "东村", "level": "village", "parent": "qingshan"},
]


def read(**more: Raw) -> Config:
    config, findings = configured({"schema": "config/1", **more})
    assert findings == ()
    assert config is not None
    return config


def wrong(**more: Raw) -> list[tuple[str | int, ...]]:
    config, findings = configured({"schema": "config/1", **more})
    assert config is None
    assert {finding.code for finding in findings} == {"HZ015"}
    assert all(finding.message.say("zh") and finding.message.say("en") for finding in findings)
    return [finding.trail for finding in findings]


def test_an_empty_configuration_has_every_default() -> None:
    config = read()
    assert config.policy.look_back_days == 180
    assert config.verifiers.major == 2
    assert config.measures.preset == "default"
    assert config.zone.utcoffset(None) is not None or config.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("more", "trail"),
    [
        ({"schema": "config/2"}, ("schema",)),
        ({"polices": {}}, ("polices",)),
        ({"policy": {"assign_days": "三"}}, ("policy", "assign_days")),
        ({"measures": {"preset": "best"}}, ("measures", "preset")),
        ({"regions": "x"}, ("regions",)),
        ({"timezone": "Mars/Olympus"}, ("timezone",)),
        ({"timezone": "/etc/passwd"}, ("timezone",)),
        ({"calendar": {"overrides": {"2024-02-30": "holiday"}}}, ("calendar", "overrides", "2024-02-30")),
        ({"calendar": {"overrides": {"2024-02-03": "free"}}}, ("calendar", "overrides", "2024-02-03")),
        ({"vocabularies": {"local_status": {"弄好了": "fixed"}}}, ("vocabularies", "local_status", "弄好了")),
        ({"vocabularies": {"local_grades": {"5级": "middling"}}}, ("vocabularies", "local_grades", "5级")),
        ({"regions": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}, ("regions", 1, "key")),
        ({"regions": [{"key": "a", "name": "A", "parent": "b"}]}, ("regions", 0, "parent")),
    ],
)
def test_a_contradiction_is_named_where_it_stands(more: dict[str, Raw], trail: tuple[str | int, ...]) -> None:
    assert trail in wrong(**more)


def test_a_circle_of_regions_is_named_once_a_member() -> None:
    circle: Raw = [{"key": "a", "name": "A", "parent": "b"}, {"key": "b", "name": "B", "parent": "a"}]
    assert wrong(regions=circle) == [("regions", 0, "parent"), ("regions", 1, "parent")]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(wrong(polices={}, rules="x", commit="maybe")) == 3


def test_the_first_matching_deadline_wins() -> None:
    rules: Raw = [
        {"grade": "general", "source": "enforcement", "days": "10", "count": "working"},
        {"grade": "general", "days": "15"},
    ]
    deadlines = read(deadlines={"rules": rules}).deadlines
    first = deadlines.rule("general", "fire", "enforcement")
    second = deadlines.rule("general", "fire", "patrol")
    assert first is not None
    assert second is not None
    assert (first.days, first.count, second.days, second.count) == (10, "working", 15, "calendar")
    assert deadlines.rule("major", "fire", "patrol") is None


def test_a_region_holds_everything_below_it() -> None:
    config = read(regions=REGIONS)
    assert config.below("shili") == {"shili", "qingshan", "east"}
    assert config.below("nowhere") == {"nowhere"}
    assert config.above("east") == ("east", "qingshan", "shili")


def test_sound_overrides_and_local_grades_are_taken() -> None:
    config = read(calendar={"overrides": {"2024-03-08": "holiday"}}, vocabularies={"local_grades": {"1级": "major"}})
    assert config.calendar.overrides == {"2024-03-08": "holiday"}
    assert config.vocabularies.local_grades == {"1级": "major"}


def test_people_are_one_under_all_their_spellings() -> None:
    config = read(people=[{"name": "李四", "aliases": ["李肆"], "emails": ["li4@example.org"]}])
    assert config.named("李肆") == config.named("li4@example.org") == config.named(" 李四 ") == "李四"
    assert config.named("王五") == "王五"
    assert config.person("王五") is None


def test_a_ledger_adds_words_in_the_short_and_the_long_form() -> None:
    config = read(vocabularies={"sectors": {"homestay": {"zh": "民宿", "parent": "culture_tourism"}, "market": "集市"}})
    added = config.vocabularies.added()["sectors"]
    assert (added["homestay"].parent, added["market"].zh) == ("culture_tourism", "集市")
    assert read().vocabularies.added() == {}
    assert wrong(vocabularies={"sectors": "民宿"})


def test_every_setting_has_a_dotted_key_and_can_be_shown() -> None:
    settings = dict(flat(read(regions=REGIONS, people=[{"name": "李四"}], vocabularies={"sectors": {"market": "集市"}})))
    assert settings["policy.assign_days"] == 3
    assert shown(settings["commit"]) == "false"
    assert shown(settings["policy.assign_days"]) == "3"
    assert shown(settings["people"]) == "[{name: 李四}]"
    assert "qingshan" in shown(settings["regions"])
    assert shown(settings["vocabularies.sectors"]) == "{market: {zh: 集市}}"
    assert "schema" in settings
