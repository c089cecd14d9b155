"""Names that are nearly the same are found, and names that only look it are not."""

from __future__ import annotations

import pytest

from hazardctl.exchange.near import SAME, Register, near_people

NAMES = (
    ("顺发加油站", "shunfa"),
    ("顺发", "shunfa"),
    ("XX纸业有限公司", "paper"),
    ("3号煤矿", "mine-3"),
    ("青山镇", "town"),
    ("Acme Tool Co., Ltd.", "acme"),
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("XX纸业有限责任公司", ["paper"]),
        ("XX 纸业", ["paper"]),
        ("XX造纸", ["paper"]),
        ("顺发加油站便利店", ["shunfa"]),
        ("3号煤矿有限公司", ["mine-3"]),
        ("4号煤矿", []),
        ("福星超市", []),
        ("ACME Tools", ["acme"]),
        ("有限公司", []),
    ],
)
def test_a_unit_is_near_one_of_the_register(text: str, keys: list[str]) -> None:
    assert [key for key, _ in Register(NAMES).near(text)] == keys


@pytest.mark.parametrize(
    ("text", "same"), [("XX纸业有限责任公司", True), ("顺发加油站便利店", True), ("XX造纸", False), ("青山镇中心小学", False)]
)
def test_only_what_is_nearly_the_same_may_be_the_same(text: str, *, same: bool) -> None:
    assert any(degree >= SAME for _, degree in Register(NAMES).near(text)) is same


def test_the_three_nearest_are_given_best_first() -> None:
    near = Register([(f"青山{letter}厂", letter) for letter in "甲乙丙丁"]).near("青山甲厂")
    assert [key for key, _ in near] == ["甲", "丁", "丙"]
    assert near[0][1] == 1.0


@pytest.mark.parametrize(
    ("text", "names"),
    [("李小强", ["李晓强"]), ("李晓", []), ("王六", []), ("李晓强强", []), ("zhang wei2", ["Zhang Wei"]), ("zh", []), ("李晓强", [])],
)
def test_a_person_is_near_with_one_letter_off(text: str, names: list[str]) -> None:
    assert near_people(["李晓强", "王五", "Zhang Wei"], text) == names
