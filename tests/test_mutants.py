"""The faults that `make mutants` plants are faults, and each is planted once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import mutants as tool
from tools.faults import mutants

MODULE = '''"""A day < another."""


def late(day: int | None, due: int) -> bool:
    """Say `day > due`."""
    return day is not None and day > due
'''


def changes(source: str) -> set[str]:
    return {one.change.split("+", 1)[1].strip() for one in mutants(source, "late.py")}


def test_a_comparison_and_a_joint_are_broken_and_what_never_runs_is_not() -> None:
    assert changes(MODULE) == {
        "return day is None and day > due",
        "return day is not None or day > due",
        "return day is not None and day >= due",
        "return day is not None and day <= due",
    }


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("a <= $k", {"a < $k", "a <= $t"}),
        (
            "a BETWEEN $s AND $c AND b = 1",
            {"a NOT BETWEEN $s AND $c AND b = 1", "a BETWEEN $s AND $c OR b = 1", "a BETWEEN $s AND $c AND b <> 1"},
        ),
        ("a IS NOT NULL", {"a IS NULL"}),
        ("a NOT IN ('x')", {"a IN ('x')"}),
    ],
)
def test_sql_in_a_string_is_broken_in_its_own_ways(sql: str, broken: set[str]) -> None:
    assert {f'X = "{one}"' for one in broken} <= changes(f'X = "{sql}"\n')


def test_membership_is_turned_round_and_a_loop_is_not() -> None:
    assert "x = a not in b" in changes("x = a in b\n")
    assert "x = a in b" in changes("x = a not in b\n")
    assert not {one for one in changes("for a in b:\n    f(a)\n") if "not" in one}


def test_a_sentence_for_people_is_no_sql() -> None:
    assert not changes('X = Text("登记 <= 交办", "registered <= assigned")\n')


def test_every_mutant_is_a_program_of_its_own(repository: Path) -> None:
    source = (repository / "hazardctl/measures/views.py").read_text("utf-8")
    found = list(mutants(source, "views.py"))
    assert len({one.source for one in found}) == len(found) > 100
    for one in found:
        ast.parse(one.source)


def test_every_area_names_modules_and_tests_that_are_there(repository: Path) -> None:
    for area in tool.areas().values():
        for pattern in area.modules:
            for path in repository.glob(pattern):
                tests = [test.partition("::")[0] for group in area.asked(path.name) for test in group.split()]
                assert all((repository / test).exists() for test in tests)
            assert list(repository.glob(pattern)), pattern
