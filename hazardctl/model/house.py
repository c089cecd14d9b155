"""Rules of the house, `house_rules:` of the configuration: what a ledger forbids itself in the filter language, without code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hazardctl.model.section import Section, setting

if TYPE_CHECKING:  # pydantic's own: how each value is read
    from hazardctl.model.fields import Words


class Said(Section):
    """What a rule of the house says when it finds something."""

    zh: Words = setting("中文", "Chinese", need="always")
    en: Words = setting("英文", "English")


class HouseRule(Section):
    """A rule of the house (本台账规定): what it asks for must not be there.

    Either `forbid`, a filter over hazards as on the command line, or `measure`, a figure of any kind of record that must be 0.
    """

    code: Words = setting("代码", "code", need="always")
    forbid: Words = setting("不得有", "a filter nothing may match")
    measure: Words = setting("应为零的指标", "a measure that must be 0")
    message: Said = setting("提示", "message", Said())
    severity: Literal["error", "warning", "info", "silent"] = setting("等级", "severity", "error")
