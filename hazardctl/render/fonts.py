"""Which typefaces a document names: the usual ones of Chinese papers, each with a family any machine has behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

LATIN: Final = "Times New Roman"
TITLE: Final = "宋体"
HEADINGS: Final = ("黑体", "楷体")
"""Of the headings of a chapter and of a part of one."""
BODY: Final = "仿宋"
TABLE: Final = "宋体"

LATINS: Final = (LATIN, "Liberation Serif", "Libertinus Serif")
"""What stands in for the Latin one where it is not installed; typst brings the last one with it."""
LIKE: Final[Mapping[str, tuple[str, ...]]] = {
    "宋": ("SimSun", "NSimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "AR PL UMing CN"),
    "黑": ("SimHei", "STHeiti", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC"),
    "楷": ("KaiTi", "KaiTi_GB2312", "Kaiti SC", "STKaiti", "AR PL UKai CN", "LXGW WenKai"),
    "仿": ("FangSong", "FangSong_GB2312", "STFangsong", "FandolFang R"),
}
"""Families of each kind of Chinese typeface under the names that machines know them by."""
ANY: Final = (*LIKE["宋"], *LIKE["黑"], "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
"""Families that have Chinese, in the order they are taken where none of the kind is there."""


def kind(name: str) -> str:
    """Give the kind a typeface is of, by its name.

    Examples:
        >>> kind("方正小标宋简体"), kind("仿宋_GB2312"), kind("Arial")
        ('宋', '仿', '')
    """
    return next((one for one in ("仿", "楷", "黑", "宋") if one in name), "")


def present(wanted: Iterable[str], families: Sequence[str]) -> list[str]:
    """Give those families of a list that a machine has, each once, in the order of the list."""
    return list(dict.fromkeys(name for name in wanted if name in families))


def usual(character: str) -> bool:
    """Say whether a character is among the usual Chinese ones (GB 2312 of 1980), which any Chinese typeface has.

    Examples:
        >>> usual("隐"), usual("𠮷"), usual("a")
        (True, False, False)
    """
    try:
        return len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False
