"""The few lines of a sheet that go into a chat: no table, no markup, no line broken by us (EXPERIENCE §8.8)."""

from __future__ import annotations

from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet

NONE: Final = Text("“{name}”没有发群的短文", '"{name}" has no text for a chat')
INSTEAD: Final = Text("可以用：report、remind", "these have: report, remind")


def rendered(sheet: Sheet, page: Page) -> str:
    """Give the lines.

    Raises:
        UsageError: this sheet has none.
    """
    if not sheet.brief:
        raise UsageError(NONE.of(name=sheet.name), INSTEAD)
    return "".join(f"{page.shown(line.say(page.language))}\n" for line in sheet.brief)
