"""Words of real tables for how far the work is, and the stage each one means (DOMAIN §9.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hazardctl.model.settings import STAGES as MEANT

ON_SPOT: Final = "on_spot"
STAGES: Final = tuple(stage for stage in MEANT if stage != ON_SPOT)

_STATUS: Final = """
registered | 已登记, registered
assigned   | 待整改, 未整改, 未完成, 未完成整改, 尚未整改, 已交办, 已下发, 限期整改, 未治理, 待治理, \
             open, assigned, not started, ×, ✗, 否, 0
rectifying | 整改中, 正在整改, 治理中, 处理中, in progress, rectifying
rectified  | 已整改, 整改完成, 已完成, 已完成整改, 完成, 整改完毕, 已整改完成, 整改到位, 已整改到位, 待复查, 待验收, 已治理, 治理完成, \
             rectified, done, √, ✓, 是, 1
verified   | 已复查, 复查合格, 复查通过, 已验收, 验收合格, 待销号, verified
closed     | 已销号, 销号, 已整改销号, 已整改已销号, 已闭环, 闭环, 已销项, 已关闭, 已办结, close, closed
on_spot    | 现场处置, 现场整改, 已现场整改, 当场整改, 已当场整改, 立行立改, 边查边改, 即查即改, on the spot
"""
_YES: Final = "是, √, ✓, ☑, 1, 对, 有, y, yes, true, 已, 当场整改, 立即整改, 立行立改, 现场整改, 现场处置"
_NO: Final = "否, ×, ✗, x, 0, 无, 没有, n, no, false, 未, 限期整改, 限期"
_PASSED: Final = """
合格, 通过, 复查合格, 复查通过, 验收合格, 验收通过, 整改合格, 整改到位, 已整改, 已整改到位, 整改完成, 已完成整改, 同意销号,
是, √, ✓, 1, pass, passed
"""
_FAILED: Final = """
不合格, 不通过, 未通过, 复查不合格, 验收不合格, 整改不到位, 未整改, 未整改到位, 未完成,
否, ×, ✗, 0, fail, failed
"""


def said(text: str) -> str:
    """Fold a word of a cell: width, case, inner blanks, a full stop behind it; 己 is a slip for 已.

    Examples:
        >>> said(" 己整改。"), said("In Progress")
        ('已整改', 'inprogress')
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace("己", "已").rstrip("。.!！")


def _table(text: str) -> Mapping[str, str]:
    lines = (line.partition("|") for line in text.strip().splitlines())
    return MappingProxyType({said(word): stage.strip() for stage, _, words in lines for word in words.split(",")})


def _set(words: str) -> frozenset[str]:
    return frozenset(said(word) for word in words.split(","))


STATUS: Final = _table(_STATUS)
YES: Final = _set(_YES)
NO: Final = _set(_NO)
RESULTS: Final[Mapping[str, str]] = MappingProxyType({**dict.fromkeys(_set(_PASSED), "pass"), **dict.fromkeys(_set(_FAILED), "fail")})


def stage(text: str) -> str:
    """Give the stage a word of a status column means, `on_spot`, or the empty string."""
    return text if text in {*STAGES, ON_SPOT} else STATUS.get(said(text), "")


def ticked(text: str, means: str) -> str:
    """Give the stage of a yes-or-no column: what a yes means, `assigned` for a no, else what the word means as a status."""
    word = said(text)
    if word in YES:
        return means
    if word in NO:
        return "assigned"
    return stage(text)


def result(text: str) -> str:
    """Give `pass`, `fail` or the empty string for the conclusion of a re-check."""
    return text if text in {"pass", "fail"} else RESULTS.get(said(text), "")
