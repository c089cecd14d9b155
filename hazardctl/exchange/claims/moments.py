"""Which time a figure is of: last year, a month, a quarter beside others; else the time the whole text is about."""

from __future__ import annotations

import re
from typing import Final

_WHEN: Final = re.compile(
    r"(?P<year>[12]\d{3})年(?P<of>\d{1,2})月份?(?!\d)|(?<![年\d])(?P<month>\d{1,2})月份"
    r"|(?<![比较同与])(?P<word>去年|上年|明年|来年)(?!同期)"
    r"|(?P<quarter>第?[一二三四1-4]季度|(?i:first|second|third|fourth)quarter)|(?P<now>[上下]半年|全年|今年|[提上]升[至到]|提高[至到]|[增减]少?加?[至到]|[下降]降?[至到]|(?i:firsthalf|secondhalf|wholeyear|thisyear))"
)
_QUARTERS: Final = {
    **{one: f"Q{place % 4 + 1}" for place, one in enumerate("一二三四1234")},
    **{one: f"Q{place}" for place, one in enumerate(("first", "second", "third", "fourth"), 1)},
}


def moment(text: str, place: int) -> str:
    """Give the words for a period of its own that a figure stands under; nothing for the period of the text.

    Args:
        text: the sentence.
        place: where in it the figure begins.
    """
    found = [one for one in _WHEN.finditer(text) if one.start() <= place]
    if not found:
        return ""
    last = found[-1]
    if last["quarter"]:  # in a text about that quarter alone it is the period of the text
        others = len({one[0] for one in _WHEN.finditer(text) if one["quarter"] or one["now"]}) > 1
        return _QUARTERS[last["quarter"].lower().removeprefix("第").removesuffix("季度").removesuffix("quarter")] if others else ""
    if last["now"]:
        return ""
    return last["word"] or (f"{last['year']}年{last['of']}月" if last["year"] else f"{last['month']}月")
