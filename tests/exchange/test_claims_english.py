"""Claims in English and in tables: the same figures are found, on their lines, about what they are about."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.exchange.claims.english import plain_periods
from hazardctl.exchange.claims.reading import Claim, Text, read
from hazardctl.exchange.claims.scopes import Lexicon
from hazardctl.exchange.claims.tables import cells
from hazardctl.ops.claims import common
from hazardctl.vocabulary import BUILT_IN

LEXICON: Final = Lexicon(common(BUILT_IN))


def told(text: str) -> list[str]:
    return [_said(one) for one in read(text, LEXICON).claims]


def _said(claim: Claim) -> str:
    number = claim.number
    value = "all" if number.least is None else f"{number.least:f}"
    return f"{claim.id} {number.mark}{value}"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The town inspected 120 units.", ["inspections.units 120"]),
        ("120 enterprises were inspected in 240 visits.", ["inspections.units 120", "inspections.unit_visits 240"]),
        ("Rectification rate 97.3 %.", ["hazards.rate 97.3"]),
        ("The rate of rectification reached 97.3%.", ["hazards.rate 97.3"]),
        ("On-time rate: 88.5%", ["due.on_time 88.5"]),
        ("It found 1,317 hazards, 1,299 of them rectified.", ["hazards.found 1317", "hazards.rectified 1299"]),
        ("Of 79 hazards, 71 have been rectified, 3 are awaiting verification, 3 are within the deadline and 2 are overdue.",
         ["hazards.found 79", "hazards.rectified 71", "hazards.awaiting 3", "hazards.within_due 3", "hazards.overdue 2"]),
        ("Hazards found: 79. Rectified: 71.", ["hazards.found 79", "hazards.rectified 71"]),
        ("2 major hazards were found.", ["hazards.major.found 2"]),
        ("12 hazards were found; all were rectified.", ["hazards.found 12", "hazards.rectified 12"]),
        ("No hazards were found.", ["hazards.found 0"]),
        ("45 inspection teams, 8 inspectors.", ["inspections.teams 45", "inspections.person_times 8"]),
        ("We organised 16 teams.", ["inspections.teams 16"]),
        ("Held 7 training courses for 363 people.", ["trainings.count 7", "trainings.attendees 363"]),
        ("More than 40 drills with nearly 110 participants.", ["drills.count over40", "drills.attendees nearly110"]),
        ("Fines of 30,000 yuan.", ["enforcement.fine.amount 30000"]),
        ("It fined RMB 1.2 million yuan.", ["enforcement.fine.amount 1200000"]),
        ("3 road accidents, 4 deaths and 2 injured.", ["accidents.count 3", "accidents.deaths 4", "accidents.injuries 2"]),
        ("About 200 early warnings; 3,700 booklets; 9 publicity events.", ["warnings.issued about200", "publicity.materials 3700",
                                                                      "publicity.events 9"]),
        ("Fire safety: 16 hazards, 14 rectified.", ["hazards.found[sector=fire] 16", "hazards.rectified[sector=fire] 14"]),
        ("In the fire safety sector 16 hazards were found.", ["hazards.found[sector=fire] 16"]),
        ("The aim of 2024 is set out in No. 5 of Art. 12.", []),
        ("As of 30 June 2023, nothing.", []),
    ],
)  # fmt: skip
def test_a_figure_in_english_is_found(text: str, claims: list[str]) -> None:
    assert told(text) == claims


def test_words_of_english_keep_their_blanks_and_stand_on_their_line() -> None:
    text = read("Summary\n\nIn May the town inspected 120 units. It found 79 hazards.", LEXICON)
    assert [(one.line, one.column, one.words) for one in text.claims] == [(3, 17, "inspected 120 units"), (3, 47, "79 hazards")]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("First half of 2023", "2023H1"),
        ("the second quarter of 2024", "the 2024Q2"),
        ("thirdquarterof2024", "2024Q3"),
        ("May 2023", "2023年5月"),
        ("3 May 2023", "3 May 2023"),
        ("half of it", "half of it"),
    ],
)
def test_periods_in_words_become_codes(text: str, plain: str) -> None:
    assert plain_periods(text) == plain


TABLE: Final = """\
小结

| 行业领域 | 排查隐患(处) | 已整改数（处） | 整改率 | 检查单位 | 说明 |
|---|---:|---:|---|---|---|
| 消防 | 16 | 14 | 87.5% | 12家 | 无 |
| 无名行动 | 3 | 3 | 100 | 2 | 7 |
| 合计 | 79 | 71 | 89.87 % | 53 | |

| 甲 | 乙 |
| 5 | 6 |
"""


def test_cells_under_names_that_say_their_measure_are_claims() -> None:
    text = read(TABLE, LEXICON)
    assert [(one.line, one.id, one.number.least) for one in text.claims] == [
        (5, "hazards.found[sector=fire]", 16),
        (5, "hazards.rectified[sector=fire]", 14),
        (5, "hazards.rate[sector=fire]", Decimal("87.5")),
        (5, "inspections.units[sector=fire]", 12),
        (6, "hazards.found[campaign=?无名行动]", 3),
        (6, "hazards.rectified[campaign=?无名行动]", 3),
        (6, "hazards.rate[campaign=?无名行动]", 100),
        (6, "inspections.units[campaign=?无名行动]", 2),
        (7, "hazards.found", 79),
        (7, "hazards.rectified", 71),
        (7, "hazards.rate", Decimal("89.87")),
        (7, "inspections.units", 53),
    ]
    assert text.left == 3  # 7 under 说明, and the table whose names say nothing
    (first, *_) = text.claims
    assert TABLE.splitlines()[first.line - 1][first.column - 1 :].startswith("16")


def test_a_table_without_names_or_of_names_alone_says_nothing() -> None:
    assert list(cells("| 5 | 6 |\n| 7 | 8 |")) == []
    assert list(cells("| 排查隐患 | 已整改 |\n|---|---|\n| 无 | |")) == []
    assert [one.label for one in cells("| 排查隐患 | 已整改 |\n| 5 | 6 |")] == ["", ""]


@given(st.text(alphabet="|-:0123456789 消防隐患整改处%\n", max_size=200))
def test_any_table_is_read(text: str) -> None:
    made = read(text, LEXICON)
    assert isinstance(made, Text)
    for claim in made.claims:
        assert 1 <= claim.line <= len(text.splitlines())
