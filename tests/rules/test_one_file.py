"""A rule is one file: whoever adds it touches no list, and the command, the handbook and the gallery know it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazardctl import rules
from hazardctl.ops.explain_code import page as explained
from hazardctl.rules.registry import registry
from tests.rules.pages import blocks, found
from tools.docs import rules as handbook
from tools.gallery import laid_down, page

RULE = '''"""HZ999: a red door."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule("HZ999", since="9.9", title=Text("红门", "a red door"), why=Text("红门不好认", "a red door is hard to see"))
def red_door(case: Case) -> Iterator[Fault]:
    """No door is red.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 红门挡住通道  # HZ999
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if "红门" in case.hazard.description:
        yield Fault(Text("红门", "a red door"), ("description",))
'''


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put one file more beside the rules for the length of a test."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "hz999.py").write_text(RULE, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path / "more")])
    registry.cache_clear()
    yield
    registry.cache_clear()
    sys.modules.pop("hazardctl.rules.hz999", None)


def test_a_rule_is_one_file(added: None, tmp_path: Path) -> None:
    rule = registry()["HZ999"]
    assert [one.code for one in found(tmp_path / "alone", blocks(rule)["Bad"], "HZ999")] == ["HZ999"]
    assert "HZ999" in {one.code for one in found(tmp_path / "all", blocks(rule)["Bad"])}
    assert explained("HZ999", "en").startswith("HZ999 red-door")
    assert any("| [HZ999](#hz999) | red-door |" in line for line in handbook())
    laid_down(rule, tmp_path / "HZ999")
    assert page(tmp_path / "HZ999", "zh").startswith("error[HZ999]: 红门")


def test_no_module_lists_the_rules() -> None:
    """What reads says a few codes itself, and import leaves a few to a person; a list of all would have to be kept."""
    folder = Path(rules.__file__).parents[1]
    named = {path.name: len(set(re.findall(r'"HZ\d{3}"', path.read_text(encoding="utf-8")))) for path in folder.rglob("*.py")}
    assert {name: n for name, n in named.items() if n > len(registry()) // 8} == {}
