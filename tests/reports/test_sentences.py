"""Every sentence of ours, in whatever module it stands (EXPERIENCE 4.4, 4.8)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[2] / "hazardctl"


def sentences() -> Iterator[tuple[str, str, str]]:
    """Give each pair of literal texts with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text" and len(node.args) >= 2:
                zh, en = node.args[:2]
                if (
                    isinstance(zh, ast.Constant)
                    and isinstance(en, ast.Constant)
                    and isinstance(zh.value, str)
                    and isinstance(en.value, str)
                ):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", zh.value, en.value


def test_an_old_console_can_print_every_sentence() -> None:
    def fails(text: str) -> bool:
        try:
            text.replace("∅", "").encode("gbk")  # the sign for a figure nobody gave has no stand-in (DOMAIN 4.6)
        except UnicodeEncodeError:
            return True
        return False

    assert [(place, zh, en) for place, zh, en in sentences() if fails(zh) or fails(en)] == []


WORDS_ONLY: Final = {"labels", "paper"}
"""Filled with words that the other language does without, or has in another brace."""


def test_what_one_language_is_told_the_other_is_told_too() -> None:
    brace = re.compile(r"\{(\w+)\}")
    odd = [(place, zh, en) for place, zh, en in sentences() if set(brace.findall(zh)) - set(brace.findall(en)) - WORDS_ONLY]
    assert odd == []
