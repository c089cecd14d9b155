"""Colour, on a terminal only; a word always says the same (EXPERIENCE 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hazardctl.sheet import Cell, Mark

Paint = Callable[[str, str], str]

STYLES: Final[Mapping[str, str]] = {"alarm": "bold red", "warn": "yellow", "dim": "dim", "title": "bold"}


def tone(cell: Cell) -> str:
    """Give the name of a cell's colour, or nothing."""
    return cell.tone if isinstance(cell, Mark) else ""


def painter(*, colour: bool) -> Paint:
    """Give the function that colours a text by the name of a style, or leaves it alone."""
    return _painted if colour else _plain


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    known = STYLES.get(style)
    return Style.parse(known).render(text, color_system=ColorSystem.STANDARD) if known and text else text
