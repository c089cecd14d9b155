"""The fourteen kinds of record, their prefixes and folders (DOMAIN 2.1)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hazardctl.vocabulary.term import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND_NAMES: Final = terms("""
hazard      | 隐患       | hazard
inspection  | 检查       | inspection
campaign    | 专项行动   | campaign
unit        | 单位       | unit
enforcement | 执法处罚   | enforcement | | 执法, 处罚
activity    | 活动       | activity
accident    | 事故       | accident
resource    | 资源投入   | resource    | | 资源
document    | 文件文书   | document    | | 文件, 文书
risk_point  | 风险点     | risk point
tip         | 举报       | tip
tally       | 汇总数     | tally       | | 汇总
declaration | 零报告声明 | declaration | | 零报告
target      | 目标义务   | target      | | 目标, 义务
""")
PREFIXES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "YH": ("hazard", "hazards"),
        "JC": ("inspection", "inspections"),
        "ZX": ("campaign", "campaigns"),
        "DW": ("unit", "units"),
        "ZF": ("enforcement", "enforcement"),
        "HD": ("activity", "activities"),
        "SG": ("accident", "accidents"),
        "ZY": ("resource", "resources"),
        "WJ": ("document", "documents"),
        "FX": ("risk_point", "risk_points"),
        "JB": ("tip", "tips"),
        "TJ": ("tally", "tallies"),
        "SM": ("declaration", "declarations"),
        "MB": ("target", "targets"),
    }
)
"""Default prefix of an id -> (kind, folder below the ledger root). A ledger may configure other prefixes, never other folders."""
