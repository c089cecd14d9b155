"""Which typefaces a document names: the usual ones of Chinese papers, each with a family any machine has behind it."""

from __future__ import annotations

from typing import Final

LATIN: Final = "Times New Roman"
TITLE: Final = "宋体"
HEADINGS: Final = ("黑体", "楷体")
"""Of the headings of a chapter and of a part of one."""
BODY: Final = "仿宋"
TABLE: Final = "宋体"
