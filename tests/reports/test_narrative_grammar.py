"""The grammar of templates: what it reads, and that everything wrong is told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.language import LANGUAGES, Language
from hazardctl.reports.narrative.claims import unfounded
from hazardctl.reports.narrative.grammar import Clause, Condition, Literal, Slot, parse, walked
from hazardctl.reports.narrative.outline import SECTIONS

FOLDER: Final = Path(__file__).resolve().parents[2] / "hazardctl" / "reports" / "narrative"


def test_a_section_is_its_sentences() -> None:
    parsed = parse("# remark\n== risk ==\n\n  {risk_points.count} points.\nsecond\n")
    assert not parsed.faults
    first, second = parsed.sections["risk"].sentences
    assert first == (Slot("risk_points.count", "", "", 4, 3), Literal(" points.", 4, 22))
    assert second == (Literal("second", 5, 1),)


def test_a_clause_has_conditions_alternatives_and_clauses_of_its_own() -> None:
    clause = parse("== a ==\n[[all? yes | hazards.found[sector=fire]>0？ {b one b/many b}[[, c]] ]]").sections["a"].sentences[0][0]
    assert isinstance(clause, Clause)
    first, second = clause.options
    assert first.condition == Condition("all", "", 2, 3)
    assert first.nodes == (Literal("yes", 2, 8),)
    assert second.condition == Condition("hazards.found[sector=fire]", ">0", 2, 14)
    assert [type(node) for node in second.nodes] == [Slot, Clause, Literal]
    assert [one.name for one in walked((clause,)) if not isinstance(one, Literal)] == ["all", "hazards.found[sector=fire]", "b"]


def test_brackets_and_bars_outside_clauses_are_words() -> None:
    (sentence,) = parse("== a ==\n柳安改〔2024〕17号 [1] a|b {{x}}").sections["a"].sentences
    assert "".join(node.text for node in sentence if isinstance(node, Literal)) == "柳安改〔2024〕17号 [1] a|b {x}"


FAULTS: Final = [
    ("x", (1, 1), "这一行不在任何一节里"),
    ("== a ==\n== a ==", (2, 1), "写了两遍"),
    ("== a ==\nab {c", (2, 4), "没有结束"),
    ("== a ==\nab }", (2, 4), "没有配对"),
    ("== a ==\n  {}", (2, 3), "不是一个空"),
    ("== a ==\n{x y}", (2, 1), "不是一个空"),
    ("== a ==\n{a.__class__()}{x y z}", (2, 16), "不是一个空"),
    ("== a ==\n[[ab", (2, 1), "没有结束"),
    ("== a ==\n[[a | b", (2, 1), "没有结束"),
    ("== a ==\nab]]", (2, 3), "没有配对"),
    ("== a ==\n" + "[[" * 9 + "a" + "]]" * 9, (2, 17), "套得太深"),
]


@pytest.mark.parametrize(("text", "place", "what"), FAULTS)
def test_what_is_wrong_is_told_with_its_place(text: str, place: tuple[int, int], what: str) -> None:
    (fault,) = parse(text).faults
    assert (fault.line, fault.column) == place
    assert what in fault.what.say("zh")
    assert fault.what.say("en")


@given(text=st.text(st.sampled_from("{}[]|?=a .\n#全隐患,_>0<1/"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    parsed = parse("== a ==\n" + text)
    lines = ("== a ==\n" + text).splitlines()
    for fault in parsed.faults:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
    for section in parsed.sections.values():
        for sentence in section.sentences:
            assert list(walked(sentence)) == list(walked(sentence))
            list(unfounded(sentence))


CLAIMS: Final = [
    ("已全部整改", False),
    ("整改率100%", False),
    ("every hazard was mended", False),
    ("All of them have been rectified", False),
    ("隐患均按期销号", False),
    ("检查全部重点企业", True),
    ("In all, {a} were found", True),
    ("[[all? 已全部整改]]", True),
    ("[[major.all? 全部销号]]", True),
    ("[[all[sector=fire]? all of them]]", True),
    ("[[none? 全部整改]]", False),
    ("[[all? 是 | 均已整改]]", False),
    ("[[hazards.found? [[all? 全部整改]]]]", True),
    ("未发现隐患", False),
    ("[[none? 未发现隐患]]", True),
    ("全镇安全稳定无事故", False),
    ("[[accidents.count? 无事故]]", False),
    ("[[accidents.count=0? 无生产安全事故]]", True),
    ("There were no production accidents", False),
    ("整改率{hazards.rate}", True),
]


@pytest.mark.parametrize(("text", "fine"), CLAIMS)
def test_a_claim_stands_behind_its_condition_only(text: str, fine: bool) -> None:
    (sentence,) = parse(f"== a ==\n{text}").sections["a"].sentences
    assert (not list(unfounded(sentence))) is fine


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_has_every_section_and_no_claim_of_its_own(language: Language) -> None:
    parsed = parse((FOLDER / f"{language}.txt").read_text(encoding="utf-8"))
    assert not parsed.faults
    assert list(parsed.sections) == [*SECTIONS]
    for section in parsed.sections.values():
        assert not [fault for sentence in section.sentences for fault in unfounded(sentence)]


def test_both_languages_print_the_same_figures() -> None:
    zh, en = (parse((FOLDER / f"{language}.txt").read_text(encoding="utf-8")).sections for language in LANGUAGES)
    for key in SECTIONS:
        names = [
            {node.name for sentence in found[key].sentences for node in walked(sentence) if not isinstance(node, Literal)}
            for found in (zh, en)
        ]
        assert names[0] == names[1], key
