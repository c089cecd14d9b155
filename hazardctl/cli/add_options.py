"""The options of `add`, by the groups its help shows (EXPERIENCE §2.3, registering)."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from hazardctl.cli.completing import hazard_ids, unit_keys, words_of
from hazardctl.cli.lazy import both
from hazardctl.cli.options import WRITING

FACTS: Final = both("隐患", "the hazard")
FOUND: Final = both("发现", "how it was found")
HANDED: Final = both("交办", "handing over")


def _option(group: str, texts: tuple[str, str], *names: str, **more: Any) -> Any:  # noqa: ANN401 (Typer's own signature)
    return typer.Option(*names, rich_help_panel=group or None, help=both(*texts), **more)


Unit = Annotated[
    str, _option(FACTS, ("受检单位：键或名称", "the inspected unit: key or name"), "-u", "--unit", metavar="UNIT", autocompletion=unit_keys)
]
Description = Annotated[str, _option(FACTS, ("隐患描述", "what is wrong"), "-m", "--description", metavar="TEXT")]
Title = Annotated[str, _option(FACTS, ("短标题", "a short name"), "--title", metavar="TEXT")]
Site = Annotated[str, _option(FACTS, ("隐患部位", "part, place or equipment"), "--site", metavar="TEXT")]
Sector = Annotated[
    str,
    _option(
        FACTS,
        ("行业领域，默认随单位", "sector; that of the unit if not given"),
        "--sector",
        metavar="WORD",
        autocompletion=words_of("sectors"),
    ),
]
Grade = Annotated[
    str,
    _option(
        FACTS, ("general（默认）或 major", "general (if not given) or major"), "--grade", metavar="GRADE", autocompletion=words_of("grades")
    ),
]
Category = Annotated[
    str, _option(FACTS, ("隐患类别", "category of the cause"), "--category", metavar="WORD", autocompletion=words_of("categories"))
]
Clause = Annotated[
    list[str] | None, _option(FACTS, ("判定依据；可重复", "provision or criterion; repeatable"), "--clause", "--basis", metavar="TEXT")
]
Cause = Annotated[str, _option(FACTS, ("现状及原因", "state and cause"), "--cause", metavar="TEXT")]
Consequence = Annotated[str, _option(FACTS, ("危害程度", "harm and scope"), "--consequence", metavar="TEXT")]
Requirement = Annotated[str, _option(FACTS, ("整改要求", "what must be done"), "--requirement", metavar="TEXT")]
Interim = Annotated[str, _option(FACTS, ("临时管控措施", "control until it is removed"), "--interim", metavar="TEXT")]
Region = Annotated[str, _option(FACTS, ("属地，默认随单位", "region; that of the unit if not given"), "--region", metavar="KEY")]
RecurrenceOf = Annotated[
    str,
    _option(
        FACTS, ("是哪条旧隐患再次出现", "the closed hazard that came back"), "--recurrence-of", metavar="ID", autocompletion=hazard_ids
    ),
]
Source = Annotated[
    str, _option(FOUND, ("隐患来源", "how it came to light"), "--source", metavar="WORD", autocompletion=words_of("sources"))
]
Found = Annotated[str, _option(FOUND, ("发现日期，默认今天", "day found; today if not given"), "--found", metavar="DATE")]
FoundBy = Annotated[list[str] | None, _option(FOUND, ("发现人", "who found it"), "--found-by", metavar="NAME")]
Org = Annotated[str, _option(FOUND, ("检查单位", "inspecting body"), "--org", metavar="UNIT", autocompletion=unit_keys)]
Inspection = Annotated[str, _option(FOUND, ("所属检查", "the inspection"), "--inspection", metavar="ID")]
Campaign = Annotated[list[str] | None, _option(FOUND, ("所属专项行动；可重复", "the campaign; repeatable"), "--campaign", metavar="ID")]
Due = Annotated[str, _option(HANDED, ("期限；写上就同时交办", "deadline; hands it over at once"), "--due", metavar="DATE")]
To = Annotated[
    str,
    _option(
        HANDED,
        ("整改责任单位，默认受检单位", "responsible unit; the inspected one if not given"),
        "--to",
        metavar="UNIT",
        autocompletion=unit_keys,
    ),
]
Person = Annotated[str, _option(HANDED, ("整改责任人", "the responsible person"), "--person", metavar="NAME")]
OnSpot = Annotated[bool, _option(HANDED, ("当场已整改", "rectified on the spot"), "--on-spot")]
SourceFile = Annotated[
    str,
    _option(
        "",
        (
            "从 YAML、JSON 或 CSV 登记多条，要么全登要么全不登；- 为标准输入",
            "many records from YAML, JSON or CSV, all or none; - is standard input",
        ),
        "--from",
        metavar="FILE",
    ),
]
Remark = Annotated[str, _option(WRITING, ("备注", "a remark"), "--note", metavar="TEXT")]
