"""What a renderer knows of the page it fills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hazardctl.language import Language, Text
from hazardctl.render.terminal import clean, spelled
from hazardctl.sheet import Block, Cell, Heading, Line, Rate, bare


@dataclass(frozen=True, slots=True)
class Page:
    """What a page looks like.

    Attributes:
        language: of its words.
        width: columns of the terminal.
        colour: it shows colours.
        instead: signs its encoding lacks → what is read instead (`hazardctl.render.terminal.lacking`).
    """

    language: Language = "zh"
    width: int = 100
    colour: bool = False
    instead: Mapping[str, str] = field(default_factory=dict[str, str])

    def shown(self, text: str) -> str:
        """Give a text as this page shows it: harmless, without signs it cannot show."""
        return spelled(clean(text), self.instead)


def said(cell: Cell, language: Language) -> str:
    """Say a cell: a rate with two places and its sign, `/` where there is none, a day in ISO form, nothing as nothing."""
    match bare(cell):
        case None:
            return ""
        case Text() as text:
            return text.say(language)
        case dt.date() as day:
            return day.isoformat()
        case str() as text:
            return text
        case int() | Decimal() | Rate() as figure:
            return str(figure)


def silent(block: Block, page: Page) -> bool:
    """Say whether a heading or a sentence says nothing in the language of the page."""
    match block:
        case Heading():
            return not block.text.say(page.language)
        case Line():
            return block.label is None and not block.text.say(page.language)
        case _:
            return False
