"""HZ015: a configuration that contradicts itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.settings import KeyPeriod
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, registry, rule


@rule(
    "HZ015",
    scope="ledger",
    kind="",
    since="0.1",
    title=Text("配置有误", "the configuration is wrong"),
    why=Text("每个数字都取决于它", "every figure depends on it"),
    repair=Text("改正 hazardctl.yaml", "put hazardctl.yaml right"),
)
def bad_configuration(setting: Setting) -> Iterator[tuple[None, Fault]]:
    """`hazardctl.yaml` names rules that exist, house rules that can be asked, key periods that do not overlap themselves.

    A configuration that cannot be read at all stops every command with exit code 4.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        rules: {HZ999: silent}  # HZ015
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        rules: {HZ315: silent}
        ```
    """
    for code, severity in setting.config.rules.items():
        if code not in registry():
            yield None, Fault(Text("没有规则“{it}”", "there is no rule “{it}”").of(it=code), ("rules", code))
        elif severity not in set(Severity):
            message = Text("规则等级“{it}”不在可用词内", "“{it}” is no severity").of(it=severity)
            repair = Text("可用：{it}", "there are: {it}").of(it=[str(one) for one in Severity])
            yield None, Fault(message, ("rules", code), repair)
    for position, house in enumerate(setting.config.house_rules):
        asked = setting.forbidden(house)
        if asked.wrong is not None:
            message = Text("{code}：{what}", "{code}: {what}").of(code=house.code, what=asked.wrong)
            yield None, Fault(message, ("house_rules", position, "forbid" if house.forbid else "measure"), asked.repair)
    for position, period in enumerate(setting.config.key_periods):
        yield from ((None, fault) for fault in _overlaps(period, position))


def _overlaps(period: KeyPeriod, position: int) -> Iterator[Fault]:
    last = dt.date.min
    for start, end, text in sorted(_ranges(period)):
        if start <= last or end < start:
            message = Text(
                "重点时段“{name}”的 {it} 与另一段重叠或首尾颠倒",
                "key period “{name}”: {it} overlaps another range, or ends before it starts",
            )
            yield Fault(message.of(name=period.zh or period.id, it=text), ("key_periods", position, "ranges"))
        last = max(last, end)


def _ranges(period: KeyPeriod) -> Iterator[tuple[dt.date, dt.date, str]]:
    for text in period.ranges:
        first, _, second = text.partition("..")
        try:
            yield dt.date.fromisoformat(first.strip()), dt.date.fromisoformat(second.strip()), text
        except ValueError:
            continue  # how a range is written is the business of the period words
