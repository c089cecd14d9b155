"""A chart as SVG: drawn by pygal, then stripped of everything but its shapes, words and classes.

What pygal adds (its stylesheet, its scripts, the day of the drawing, tool tips for its script) does not reach the page, whose
policy would refuse it and whose bytes it would change (EXPERIENCE §6, trap 4). Colours come from the page's own stylesheet, so
that a chart follows its dark and its printed look.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any, Final, TypeAlias, cast
from xml.etree import ElementTree as ET

from hazardctl.board import Chart, Point
from hazardctl.language import Language
from hazardctl.render.html.extra import needed
from hazardctl.render.terminal import clean

Drawing: TypeAlias = Any
"""A chart, a configuration or a value of pygal, which ships no types."""

WIDE: Final = 420
FONT: Final = 17
"""At the width of a telephone, 340 of the 420 units, these are still 13 pixels."""

ROW: Final = 34
TALL: Final = 250
LONGEST: Final = 11
"""Full-width characters of a label; what is cut off stands in the table."""

DROPPED: Final = frozenset({"defs", "desc", "title", "script", "style"})
TIPS: Final = frozenset({"tooltip", "tooltip-overlay"})
KINDS: Final = {"columns": "Bar", "line": "Line", "bars": "HorizontalBar", "stacked": "HorizontalStackedBar"}


def drawn(chart: Chart, language: Language) -> str:
    """Draw a chart.

    Raises:
        MissingExtraError: the extra `html` is not installed.
    """
    pygal = _library()
    labels = [_cut(clean(label.say(language))) for label in chart.labels]
    lying = chart.shape in {"bars", "stacked"}
    made: Drawing = getattr(pygal, KINDS[chart.shape])(_config(pygal, chart, labels))
    # pygal lays the first of a lying chart at the bottom
    made.x_labels = labels[::-1] if lying else labels
    if not lying:
        made.x_labels_major_every = _every(labels)
    highest = _highest(chart)
    made.y_labels = [0, 20, 40, 60, 80, 100] if chart.percent else _steps(highest)
    for series in chart.series:
        values = [_value(chart, point, highest) for point in series.values]
        made.add(series.meaning, values[::-1] if lying else values)
    root = _stripped(made.render_tree(), [one.meaning for one in chart.series])
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _library() -> ModuleType:
    """Give pygal, without the finder it leaves in the import system for its maps: that one has a form Python warns about."""
    pygal = needed("pygal")
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def _config(pygal: ModuleType, chart: Chart, labels: Sequence[str]) -> Drawing:
    lying = chart.shape in {"bars", "stacked"}
    style = pygal.style.Style(label_font_size=FONT, major_label_font_size=FONT, value_font_size=FONT)
    rows = len(labels) * (len(chart.series) if chart.shape == "bars" else 1)
    estimated = max((len(label) for label in labels), default=0) * 0.6 * FONT
    wide = max((_width(label) for label in labels), default=0)
    return pygal.Config(
        js=[],
        css=[],
        uuid=chart.key,
        style=style,
        width=WIDE,
        height=60 + rows * (ROW if len(chart.series) == 1 or chart.shape == "stacked" else 26) if lying else TALL,
        explicit_size=False,
        no_prefix=True,
        disable_xml_declaration=True,
        show_legend=False,
        print_values=lying,
        print_values_position="center" if chart.shape == "stacked" else "top",
        margin_left=6 + max(0, math.ceil(wide - estimated)) if lying else 8,
        margin_right=44 if lying else 8,
        margin_top=14,
        margin_bottom=10,
        spacing=8,
        range=(0, 100) if chart.percent else None,
        include_x_axis=True,
        show_minor_x_labels=lying,
        show_x_guides=False,
        show_y_guides=True,
        x_label_rotation=0,
        truncate_label=-1,
        dots_size=4,
        value_formatter=_number,
    )


def _highest(chart: Chart) -> Decimal:
    if chart.shape == "stacked":
        sums = [
            sum((Decimal(value or 0) for value in values), Decimal(0)) for values in zip(*(one.values for one in chart.series), strict=True)
        ]
        return max(sums, default=Decimal(0))
    return max((Decimal(value or 0) for one in chart.series for value in one.values), default=Decimal(0))


def _steps(highest: Decimal) -> list[int]:
    """Give the whole numbers an axis of counts shows: at most six, in steps of 1, 2, 5, 10, 20 and so on.

    Examples:
        >>> _steps(Decimal(3)), _steps(Decimal(97))
        ([0, 1, 2, 3], [0, 20, 40, 60, 80, 100])
    """
    steps = (one * 10**power for power in itertools.count() for one in (1, 2, 5))
    step = next(one for one in steps if one * 5 >= highest)
    return list(range(0, math.ceil(max(highest, Decimal(1)) / step) * step + 1, step))


def _value(chart: Chart, point: Point, highest: Decimal) -> Mapping[str, object] | None:
    """Give a value; the number on a part of a bar stands only where it has the room."""
    if point is None:
        return None
    value = float(point)
    silent = chart.shape == "stacked" and Decimal(point) * 10 < highest
    return {"value": value, "formatter": _nothing if silent else _number}


def _nothing(value: float) -> str:
    del value
    return ""


def _number(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def _width(text: str) -> float:
    return sum(0.6 if character.isascii() else 1.0 for character in text) * FONT


def _cut(label: str) -> str:
    kept, room = "", LONGEST * FONT
    for character in label:
        if _width(kept + character) > room:
            return kept.rstrip() + "…"
        kept += character
    return kept


def _every(labels: Sequence[str]) -> int:
    """Give which labels along an axis stand, so that no two meet."""
    wide = max((_width(label) for label in labels), default=0) + 8
    return max(1, math.ceil(wide * len(labels) / (WIDE - 60)))


def _stripped(root: ET.Element, meanings: Sequence[str]) -> ET.Element:
    """Keep shapes, words and classes; what says the order of a series says its meaning instead."""
    _strip(root)
    for place, meaning in enumerate(meanings):
        for group in root.iter("g"):
            classes = str(group.get("class", "")).split()
            if f"serie-{place}" in classes:
                group.set("class", f"series {meaning}{' text-overlay' if 'text-overlay' in classes else ''}")
    root.set("class", "drawing")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    for name in ("id", "xmlns"):
        root.attrib.pop(name, None)
    return root


def _strip(parent: ET.Element) -> None:
    for child in list(parent):
        name = _name(child)
        if not name or name in DROPPED or TIPS & set(str(child.get("class", "")).split()):
            parent.remove(child)
            continue
        child.attrib.pop("style", None)
        child.attrib.pop("id", None)
        if not child.get("class"):
            child.attrib.pop("class", None)
        _strip(child)
        for key, value in list(child.attrib.items()):
            if key in {"x", "y", "cx", "cy", "width", "height", "r"}:
                child.set(key, f"{float(value):.2f}".rstrip("0").rstrip("."))
        if (name == "g" and len(child) == 0) or (name == "text" and not (child.text or "").strip()):
            parent.remove(child)


def _name(element: ET.Element) -> str:
    """Give the name of an element, or nothing for a comment, whose tag is a function."""
    tag = cast("object", element.tag)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
