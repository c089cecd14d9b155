"""What a period word is read against, and the two words that name something of the ledger: campaigns and key periods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.day import folded
from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.period.keys import ALL, Campaign, KeyPeriod
from hazardctl.period.span import Period, joined

_KEY_OF_YEAR: Final = re.compile(r"(?P<year>[12]\d{3})-(?P<id>.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words are read against.

    Attributes:
        reference: the as-of day if one is given, else today.
        fiscal_year_start: `MM-DD`.
        campaigns: the campaigns of the ledger.
        key_periods: the key periods of its configuration.
        first_day: the day of the first record, where `..2024-06-30` begins; None in a ledger without records.
        as_of: where `2024-03-01..` and a running campaign end; the reference day if not given.
    """

    reference: dt.date
    fiscal_year_start: str = "01-01"
    campaigns: Collection[Campaign] = ()
    key_periods: Sequence[KeyPeriod] = ()
    first_day: dt.date | None = None
    as_of: dt.date | None = None

    @property
    def last(self) -> dt.date:
        """Give the day on which everything without an end ends."""
        return self.reference if self.as_of is None else self.as_of


def campaign(name: str, around: Reading) -> Period:
    """Read `campaign:NAME`: the days of one campaign, named by its id, a unique end of it, its alias or its name, and its records only.

    A campaign without an end runs to the as-of day.

    Raises:
        UsageError: no campaign fits, or several do.
    """
    exact = [one for one in around.campaigns if name and name in {one.id, one.alias, folded(one.name)}]
    ends = [one for one in around.campaigns if len(name) >= 3 and one.id.endswith(name.upper())]
    found = exact or ends
    if len(found) != 1:
        known = [one.alias or one.id for one in (found or around.campaigns)]
        raise UsageError(
            Text("“{name}”对应 {n} 个专项行动", '"{name}" means {n} campaigns').of(name=name, n=len(found)),
            Text("现有：{known}", "there are: {known}").of(known=known),
        )
    one = found[0]
    end = max(one.start, around.last) if one.end is None else one.end
    return Period(f"campaign:{one.alias or one.id}", one.start, end, plain(one.name), ("campaign", one.id))


def key_days(name: str, around: Reading) -> Period:
    """Read `key:ID`, `key:2024-ID` or `key:all`: the days of a key period in a year, of all of them each day once.

    Raises:
        UsageError: no such key period, or the configuration gives it no days in that year.
    """
    year, id_ = around.reference.year, name
    known = {name: key for key in around.key_periods for name in (key.id, folded(key.label.say("zh")), folded(key.label.say("en")))}
    if name not in known and (found := _KEY_OF_YEAR.fullmatch(name)):
        year, id_ = int(found["year"]), found["id"]
    if id_ == ALL:
        return _keys(year, ALL, around.key_periods, Text(f"{year}年重点时段", f"key periods of {year}"))
    if id_ not in known:
        raise UsageError(
            Text("没有名为“{name}”的重点时段", 'there is no key period "{name}"').of(name=id_),
            Text("配置中有：{known}", "the configuration has: {known}").of(known=[key.id for key in around.key_periods]),
        )
    key = known[id_]
    return _keys(year, key.id, (key,), Text("{year}年{key}", "{key} {year}").of(year=year, key=key.label))


def _keys(year: int, id_: str, keys: Sequence[KeyPeriod], label: Text) -> Period:
    days = joined([found for key in keys for found in key.in_year(year)])
    if not days:
        raise UsageError(
            Text("重点时段 {id} 在 {year} 年没有定义日期", "key period {id} has no days in {year}: it is undefined, not empty").of(
                id=id_, year=year
            ),
            Text("在配置的 key_periods 中补上这一年的范围", "add the range of that year to key_periods of the configuration"),
        )
    undefined = tuple(key.id for key in keys if not key.in_year(year))
    return Period(f"key:{year}-{id_}", days[0][0], days[-1][1], label, None, days, undefined)
