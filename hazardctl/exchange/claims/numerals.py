"""Numbers as work summaries write them: 1317, 1,317, 三十二, 200余, 近70, 2-3, 1.2万, and the blanked ones: X, *, ∅ (DOMAIN §4.7 E21)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.exchange.claims import english

_DIGITS: Final = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_SCORES: Final = {"廿": 20, "卅": 30}
_OFFICIAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""Digits as money is written; only where a unit follows, for 伍 stands in 队伍 too."""
_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
_TIMES: Final = {**_MYRIADS, **english.TIMES}
_MARKS: Final = {
    "余": "over",
    "多": "over",
    "超": "over",
    "超过": "over",
    "逾": "over",
    "近": "nearly",
    "将近": "nearly",
    "约": "about",
    **english.MARKS,
}

NUMBER: Final = re.compile(
    r"(?P<before>超过|将近|超|逾|近|约|(?i:" + "|".join(english.MARKS) + r"))?(?:RMB|CNY|[¥￥])?"
    r"(?:(?P<digits>(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?(?![\d.]\d))"
    r"(?:(?:[-~—至到]|(?i:to)(?=\d))(?P<last>\d{1,9}(?:\.\d{1,6})?)(?![\d.]\d))?"
    r"|百分之(?P<percent>[零一二两三四五六七八九十百]{1,6}(?:点[零一二三四五六七八九]{1,4})?|\d{1,3}(?:\.\d{1,4})?)"
    r"|(?P<tenths>[一二三四五六七八九1-9])成(?P<hundredths>[一二三四五六七八九1-9]|半)?"
    r"|(?P<words>[一二两三四五六七八九十百千廿卅][零〇一二两三四五六七八九十百千万亿]{0,15}"
    r"|(?<!队)[壹贰叁肆伍陆柒捌玖][拾佰仟万][零壹贰叁肆伍陆柒捌玖拾佰仟万]{0,15})"
    r"|(?P<blank>[Xx]{1,6}(?![A-Za-z])|×{1,6}|[*＊]{1,6}|∅|[□■]{1,6}|[(（]略[)）])"
    r"|(?P<gap>(?<=[款资入])(?=万元)))"
    r"(?P<after>[余多])?(?P<times>[万亿](?!元)|[万亿](?=元)|(?i:thousand|million|billion))?(?P<then>[余多])?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes:
        least: the number, or the lower end of a range; None where it is blanked.
        most: the number, or the upper end.
        mark: `over`, `nearly`, `about`, or nothing.
        step: what one unit in its last written place is worth: 0.01 of 98.63, 10 of 130余, 100 of 1.23万.
    """

    least: Decimal | None
    most: Decimal | None
    mark: str = ""
    step: Decimal = Decimal(1)

    @property
    def blank(self) -> bool:
        """Say whether the text leaves it out."""
        return self.least is None

    @property
    def exact(self) -> Decimal | None:
        """Give the number where it is one, without a mark."""
        return self.least if self.least == self.most and not self.mark else None

    @property
    def floor(self) -> Decimal | None:
        """Give the least that the text may mean: 61 to 69 are nearly 70, so 60."""
        return None if self.least is None else self.least - self.step if self.mark in {"nearly", "about"} else self.least

    @property
    def ceiling(self) -> Decimal | None:
        """Give the most that the text may mean: 200 to 299 are over 200, so 300."""
        return None if self.most is None else self.most + self.step if self.mark in {"over", "about"} else self.most


def number(found: re.Match[str]) -> Number | None:
    """Read what `NUMBER` found; None where Chinese digits make no number.

    Examples:
        >>> (one := number(NUMBER.search("近三十二万"))) and (one.least, one.mark)
        (Decimal('320000'), 'nearly')
    """
    mark = next((_MARKS[one.lower()] for one in (found["before"], found["after"], found["then"]) if one), "")
    times = Decimal(_TIMES.get((found["times"] or "").lower(), 1))
    if found["percent"] or found["tenths"]:
        return _share(found["percent"], found["tenths"], found["hundredths"], mark)
    if found["digits"] is None and found["words"] is None:
        return Number(None, None, mark)
    if found["words"] is not None:
        value = spelled(found["words"].translate(_OFFICIAL))
        return None if value is None else _marked(Decimal(value), Decimal(value), times, mark)
    first = Decimal(found["digits"].replace(",", ""))
    last = Decimal(found["last"]) if found["last"] else first
    return _marked(first, last, times, mark) if first <= last else None


def _share(percent: str | None, tenths: str, hundredths: str | None, mark: str) -> Number | None:
    """Give a share in words as its percentage: 百分之九十五点五 is 95.5, 九成五 is 95."""
    if percent is None:
        digits = f"{_digit(tenths)}{5 if hundredths == '半' else _digit(hundredths) if hundredths else 0}"
        return _marked(Decimal(digits), Decimal(digits), Decimal(1), mark)
    whole, _, part = percent.partition("点")
    number_ = whole if whole[0] in "0123456789" else spelled(whole)
    if number_ is None:
        return None
    value = Decimal(f"{number_}.{''.join(str(_DIGITS[one]) for one in part)}" if part else number_)
    return _marked(value, value, Decimal(1), mark)


def _digit(one: str) -> int:
    return _DIGITS[one] if one in _DIGITS else int(one)


def _marked(first: Decimal, last: Decimal, times: Decimal, mark: str) -> Number:
    step = Decimal(1).scaleb(int(last.as_tuple().exponent)) * times
    if mark:
        whole = last * times
        while whole and whole % (step * 10) == 0:
            step *= 10
    if times != 1:
        first, last = ((end * times).quantize(Decimal(1)) if end * times % 1 == 0 else end * times for end in (first, last))
    return Number(first, last, mark, step)


def spelled(text: str) -> int | None:
    """Read a number in Chinese characters, up to the myriads; None where it is none, as in 一二三.

    Examples:
        >>> spelled("三十二"), spelled("一千零八"), spelled("两万五千"), spelled("一二")
        (32, 1008, 25000, None)
    """
    whole = section = 0
    digit: int | None = None
    for one in text:
        if one in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[one]
        elif one in _SCORES:
            section += _SCORES[one]
        elif one in _TENS:
            if section % (_TENS[one] * 10):  # units fall: 十十 and 一百一百 are no numbers
                return None
            section += (1 if digit is None or digit == 0 else digit) * _TENS[one]
            digit = None
        elif one in _MYRIADS:
            whole += (section + (digit or 0)) * _MYRIADS[one]
            section, digit = 0, None
        else:
            return None
    return whole + section + (digit or 0)
