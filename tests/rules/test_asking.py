"""Only the rules that a record gives something to look at are asked; the others would have found nothing."""

from __future__ import annotations

import datetime as dt
import functools
import random  # noqa: TID251 (seeded, so that what was found is found again)
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

import pytest
from hypothesis import given

from hazardctl.diagnostics import Finding
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.rules.asking import Runs
from hazardctl.rules.case import Beyond, Case, Setting
from hazardctl.rules.engine import by_record
from hazardctl.rules.noted import Noting
from hazardctl.rules.parts import named
from hazardctl.rules.registry import Rule, registry
from hazardctl.store.load import load
from tests.model.records import MOST, most
from tests.rules.pages import blocks, laid, today_of
from tests.strategies import HELD, Dice, config, hazard, ledger, loaded

RULES: Final = [rule for rule in registry().values() if rule.scope == "record"]
GATED: Final = [
    rule for rule in RULES if rule.fields or rule.acts or rule.states or rule.grade or rule.texts or rule.misfits or rule.unordered
]
SETTINGS: Final = config(people=[{"name": "李四"}], vocabularies={"local_grades": {"red": "major"}})
TEXTS: Final = (
    "", " ", "无", "整改", "漏电", "重大隐患", "(1)未设；(2)缺失", "一是无证；二是堵塞", "１号 ", "报导对应", "pаper", "锟斤拷",
    "联系13812345678", "110101199003078515", "约5万元", "多行\n文字 \n", "2024-03-12", "nobody", "major", "YH-20230101-AAAAA", "../x.jpg",
    "a.jpg", "after", "no-such",
)  # fmt: skip
DAYS: Final = ("1999-12-31", "2023-01-01", "2023-06-30", "2024-02-29", "2031-01-01")
MORE: Final[dict[str, Sequence[Raw]]] = {
    **dict.fromkeys(
        ("title", "description", "source", "inspection", "unit", "site", "sector", "local_grade", "category", "cause_code"), TEXTS
    ),
    **dict.fromkeys(("cause", "consequence", "requirement", "interim", "risk_point", "failed_control", "stop", "remark", "x-own"), TEXTS),
    **dict.fromkeys(("recurrence_of", "split_from", "region", "number", "grid", "found_by_org"), TEXTS),
    **{
        name: cast("Sequence[Raw]", [[], *([text] for text in TEXTS)])
        for name in ("campaign", "found_by", "accident_types", "same_as", "tags")
    },
    "found_on": DAYS,
    "grade": ("general", "major"),
    "funds_planned": ("5", "100", "120000"),
    "funds_spent": ("0", "100", "900000"),
    "evidence": [[{"kind": "after", "path": text, "sha256": "ab"}, {"kind": "before", "url": text}] for text in TEXTS],
    "basis": [[{"doc": text, "text": "重大事故隐患"}] for text in TEXTS],
    "parties": [[{"unit": text, "role": text}] for text in TEXTS],
    "plan": [{}, {"target": {"text": "全部更换", "done_on": "2031-01-01"}}],
    "reports": [[], [{"date": "2023-02-01", "to": "县安委办"}]],
    "notices": [[], [{"date": "2023-02-01", "way": "会议"}]],
    "approx": [{"quantity": "about"}, {"quantity": "over"}],
    "waivers": [[{"code": "HZ605", "reason": "一", "by": "孙八", "until": "2031-01-01"}], [{"code": "HZ605"}]],
}
IN_LINES: Final[dict[str, Sequence[Raw]]] = {
    **dict.fromkeys(("note", "number", "doc", "reason", "to", "interim", "fingerprint", "result", "decision", "of", "was", "now"), TEXTS),
    **{name: cast("Sequence[Raw]", [[], *([text, "李四"] for text in TEXTS)]) for name in ("by", "evidence", "into")},
    **dict.fromkeys(("date", "due", "recorded"), DAYS),
    "on_spot": ("true", "false"),
    "basis": ("", "判定标准"),
}


class NoFiles:
    """One file lies beside the records, and none is what it was."""

    def holds(self, path: str) -> bool:
        return path == "a.jpg"

    def sha256(self, path: str) -> str | None:
        return "cd" * len(path)


def without_gate(rule: Rule) -> Rule:
    """Give a rule that is asked of every record, or of every act of its verbs."""
    return replace(rule, fields=(), acts=(), states=(), grade="", texts=(), unordered=False, misfits=rule.misfits and bool(rule.verbs))


OPEN: Final = [without_gate(rule) for rule in RULES]


@functools.cache
def runs(kind: str, rules: tuple[Rule, ...]) -> Runs:
    """Give the rules of a kind of record."""
    return Runs([rule for rule in rules if rule.kind in {"", kind}])


def found(entry: Entry[Record], ledger: Ledger, today: dt.date, rules: Sequence[Rule]) -> list[Finding]:
    """Ask rules of one record."""
    setting = Setting(ledger, today, whole=False, beyond=Beyond(NoFiles()))
    return list(runs(entry.kind.name, tuple(rules)).findings(Case(entry, setting)))


def held(tree: Tree, kind: str = "hazard") -> Entry[Record] | None:
    """Type a record; None where it cannot be read."""
    extras = {name: value for name, value in tree.items() if name.startswith("x-")}
    made = typed(BY_NAME[kind], {name: value for name, value in tree.items() if name not in extras})
    return Entry(BY_NAME[kind], made.record, "hazards/x.yaml", extras, made.findings) if made.record else None


def odd(dice: Dice, tree: Tree) -> Tree:
    """Change a few fields of a hazard and of its lines to whatever."""
    made = dict(tree)
    for name in MORE:
        if dice.randint(0, 4) == 0:
            made[name] = dice.choice(MORE[name])
        elif dice.randint(0, 5) == 0 and name not in {"found_on", "grade"}:
            made.pop(name, None)
    lines = [dict(cast("Tree", line)) for line in cast("list[Raw]", made["history"])]
    for line in lines:
        if dice.randint(0, 2) == 0:
            name = dice.choice(sorted(IN_LINES))
            line[name] = dice.choice(IN_LINES[name])
    return {**made, "history": cast("list[Raw]", lines)}


@given(dice=HELD)
def test_whoever_is_not_asked_of_a_hazard_has_nothing_to_say_of_it(dice: Dice) -> None:
    around = loaded(ledger(dice), SETTINGS)
    today = dt.date(2023, 1, 1) + dt.timedelta(days=dice.randint(0, 900))
    for number in range(4):
        entry = held(odd(dice, hazard(dice, 500 + number)))
        if entry is not None:
            assert found(entry, around, today, RULES) == found(entry, around, today, OPEN)


def test_whoever_is_not_asked_of_a_thousand_odd_hazards_has_nothing_to_say_of_them() -> None:
    dice = random.Random(20261128)
    around = loaded(ledger(dice), SETTINGS)
    for number in range(1000):
        entry, today = held(odd(dice, hazard(dice, number))), dt.date(2023, 1, 1) + dt.timedelta(days=number)
        if entry is not None:
            assert found(entry, around, today, RULES) == found(entry, around, today, OPEN)


@pytest.mark.parametrize("kind", sorted(MOST))
@given(dice=HELD)
def test_whoever_is_not_asked_of_another_record_has_nothing_to_say_of_it(kind: str, dice: Dice) -> None:
    tree = {name: value for name, value in most(kind).items() if dice.randint(0, 3) or name in {"id", "schema"}}
    for name in set(tree) & set(MORE) - {"history"}:
        if isinstance(tree[name], str) and dice.randint(0, 2) == 0:
            tree[name] = dice.choice(TEXTS)
    entry = held(tree, kind)
    if entry is not None:
        assert found(entry, Ledger(), dt.date(2026, 12, 31), RULES) == found(entry, Ledger(), dt.date(2026, 12, 31), OPEN)


def of_page(rule: Rule, folder: Path) -> Iterator[tuple[Entry[Record], Ledger, dt.date]]:
    """Give the records of a rule's page."""
    for side, records in blocks(rule).items():
        there = load(laid(folder / side, records))
        yield from ((entry, there, today_of(records)) for entry in there.entries)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_whoever_is_not_asked_of_the_records_of_a_page_has_nothing_to_say_of_them(rule: Rule, tmp_path: Path) -> None:
    for entry, there, today in of_page(rule, tmp_path):
        assert found(entry, there, today, RULES) == found(entry, there, today, OPEN)


def asked_for(entry: Entry[Record], ledger: Ledger, today: dt.date) -> set[str]:
    """Give the names of other records that are asked for when a record is judged, but those of units when it asks for all of them."""
    setting = Noting(replace(ledger), today, beyond=Beyond(NoFiles()))
    by_record(setting)(entry)
    units = set(ledger.units) if setting.trace.loose else set[str]()
    return setting.trace.names - units - set(map(folded, units))


@given(dice=HELD)
def test_of_others_a_record_is_asked_only_by_the_names_it_says(dice: Dice) -> None:
    around = loaded(ledger(dice), SETTINGS)
    for number in range(4):
        entry = held(odd(dice, hazard(dice, 500 + number)))
        if entry is not None:
            said = named(entry.record)
            assert asked_for(entry, around, dt.date(2024, 1, 1)) <= {*said, *map(folded, said)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_of_others_a_record_of_a_page_is_asked_only_by_the_names_it_says(rule: Rule, tmp_path: Path) -> None:
    for entry, there, today in of_page(rule, tmp_path):
        said = named(entry.record)
        assert asked_for(entry, there, today) <= {*said, *map(folded, said)}


@pytest.mark.parametrize("rule", GATED, ids=lambda rule: rule.code)
def test_a_rule_that_is_asked_too_seldom_is_caught_by_its_page(rule: Rule, tmp_path: Path) -> None:
    shut = replace(rule, fields=("grid",), acts=("release",)) if not rule.verbs else replace(rule, fields=("recorded",))
    there = list(of_page(rule, tmp_path))
    assert any(found(entry, around, today, [shut]) != found(entry, around, today, [without_gate(rule)]) for entry, around, today in there)


@pytest.mark.parametrize("rule", GATED, ids=lambda rule: rule.code)
def test_what_a_rule_names_is_there(rule: Rule) -> None:
    kinds = [kind.model for kind in BY_NAME.values() if rule.kind in {"", kind.name}]
    known = {info.alias or name for model in kinds for name, info in model.model_fields.items()}
    if not rule.verbs:
        assert set(rule.fields) <= known
    assert not rule.verbs or not (rule.acts or rule.states or rule.grade or rule.texts or rule.unordered)
