"""Rules of the house, `house_rules:` of the configuration: what a ledger forbids itself in the filter language, without code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from hazardctl.diagnostics import Finding
from hazardctl.language import Text
from hazardctl.model.fields import Part, Words, fact

HOUSE_CODE: Final = re.compile(r"(?!HZ)[A-Z]{1,4}\d{2,3}", re.ASCII)


class Said(Part, frozen=True):
    """What a rule of the house says when it finds something."""

    zh: Words = fact("中文", "Chinese", need="always")
    en: Words = fact("英文", "English")


class HouseRule(Part, frozen=True):
    """A rule of the house (本台账规定): what it asks for must not be there.

    Either `forbid`, a filter over hazards as on the command line, or `measure`, a figure of any kind of record that must be 0.
    """

    code: Words = fact("代码", "code", need="always")
    forbid: Words = fact("不得有", "a filter nothing may match")
    measure: Words = fact("应为零的指标", "a measure that must be 0")
    message: Said = fact("提示", "message", Said())
    severity: Literal["error", "warning", "info", "silent"] = fact("等级", "severity", "error")


def contradictions(rules: Sequence[HouseRule]) -> Iterator[Finding]:
    """Find codes that are none, stand twice or look like ours, and rules that say nothing or forbid nothing."""
    codes = [one.code for one in rules]
    for position, one in enumerate(rules):
        at = ("house_rules", position)
        if not HOUSE_CODE.fullmatch(one.code):
            yield Finding("HZ015", Text("代码写作 H01，不以 HZ 开头", "a code is written H01, and does not begin with HZ"), (*at, "code"))
        if codes.index(one.code) != position:
            yield Finding("HZ015", Text("代码“{it}”重复", "code “{it}” stands twice", {"it": one.code}), (*at, "code"))
        if bool(one.forbid) == bool(one.measure):
            yield Finding("HZ015", Text("写 forbid 或 measure 之一", "write one of forbid and measure"), at)
        if not one.message.zh:
            yield Finding("HZ015", Text("没有写提示 message: {zh, en}", "message: {zh, en} is missing"), at)
