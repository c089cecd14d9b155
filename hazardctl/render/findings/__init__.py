"""Findings on a page: a format is one module here and one line in `FORMATS` (EXPERIENCE §3.3, §7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from hazardctl.diagnostics import Review
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.render.page import Page

FORMATS: Final[Mapping[str, str]] = {
    "full": "full",
    "concise": "concise",
    "json": "machine",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "rdjson": "rdjson",
    "junit": "junit",
}
"""Format → module of this package."""


class _Renderer(Protocol):
    def rendered(self, review: Review, page: Page) -> str:
        """Give the findings as text."""
        ...


def rendered(review: Review, name: str, page: Page) -> str:
    """Render findings in a format by its name, with a line break at the end.

    Raises:
        UsageError: there is no such format.
    """
    module = cast("_Renderer", import_module(f"{__name__}.{FORMATS[known(name)]}"))
    return module.rendered(review, page)


def known(name: str) -> str:
    """Give the name back where there is such a format.

    Raises:
        UsageError: there is none.
    """
    if name in FORMATS:
        return name
    there = Text("可用：{it}", "there are: {it}").of(it=list(FORMATS))
    raise UsageError(Text("没有格式“{it}”", "there is no format “{it}”").of(it=name), there)
