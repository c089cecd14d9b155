"""The types of fields.

Every scalar arrives as the text somebody wrote; the validators here are the only place that reads a day, a count or an
amount out of it. They refuse, they never guess (DOMAIN §2.1, RELIABILITY §5.7).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from hazardctl.language import Text
from hazardctl.model.days import FIRST_YEAR, LAST_YEAR, days_of, of_ledger
from hazardctl.model.fact import Fact, Need, fact, facts

__all__ = [
    "Amount", "Anything", "Clock", "Count", "Day", "Fact", "Filter", "Filters", "Flag", "Gainers", "Measured", "Moment", "Names", "Need",
    "Nil", "Number", "NumberMap", "Part", "PeriodWord", "Places", "TextMap", "Words", "fact", "facts",
]  # fmt: skip

LONGEST: Final = 8000
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)
_AMOUNT: Final = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_MEASURED: Final = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def wrong(zh: str, en: str, **values: object) -> PydanticCustomError:
    """Make the error of a wrong type (HZ007) that carries its words in both languages."""
    return PydanticCustomError("HZ007", "wrong type", {"text": Text(zh, en, values)})


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    raise wrong("应为一个值，这里是列表或映射", "one value expected, not a list or a mapping")


def as_text(value: object) -> str:
    """Take a text as it was written, at most 8 000 characters."""
    text = _written(value)
    if len(text) > LONGEST:
        raise wrong("文字超过 {n} 字", "text longer than {n} characters", n=LONGEST)
    return text


def as_day(value: object, info: ValidationInfo) -> dt.date:
    """Read `YYYY-MM-DD`, a real day of 1990 to 2100; a time of day is cut to its day in the ledger's zone (E23, E26)."""
    if type(value) is dt.date:
        return value
    text = _written(value)
    day = _day(text) or (_day_of_instant(text, info) if _INSTANT.fullmatch(text) else None)
    if day is None:
        raise wrong("日期应写成 2024-03-12，这里是“{it}”", "a day is written 2024-03-12, not “{it}”", it=text[:40])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong("年份应在 {a} 至 {b} 之间：{it}", "the year must lie in {a}..{b}: {it}", a=FIRST_YEAR, b=LAST_YEAR, it=text)
    return day


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> dt.date | None:
    """Read one of the few thousand days a ledger speaks of; None when the text is not written like a day."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise wrong("日历上没有 {it} 这一天", "{it} is not a day of the calendar", it=text) from None


def _day_of_instant(text: str, info: ValidationInfo) -> dt.date:
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        raise wrong("时间不存在：{it}", "no such time: {it}", it=text) from None
    return _local(instant, info).date()


def _local(instant: dt.datetime, info: ValidationInfo) -> dt.datetime:
    zone: dt.tzinfo | None = info.context.get("zone") if info.context else None
    return instant.astimezone(zone) if zone and instant.tzinfo else instant


def as_moment(value: object, info: ValidationInfo) -> dt.datetime:
    """Read `YYYY-MM-DDTHH:MM`, to the minute or second; a stated offset is brought to the ledger's zone and left out."""
    if isinstance(value, dt.datetime):
        return value
    text = _written(value)
    if not _INSTANT.fullmatch(text):
        raise wrong(
            "日期和时间应写成 2024-03-12T08:30，这里是“{it}”", "day and time are written 2024-03-12T08:30, not “{it}”", it=text[:40]
        )
    day = as_day(text, info)
    instant = dt.datetime.fromisoformat(text)
    return dt.datetime.combine(day, _local(instant, info).time())


def as_clock(value: object) -> str:
    """Take a time of day, `HH:MM`, as it was written."""
    text = _written(value)
    if not _CLOCK.fullmatch(text):
        raise wrong("时间应写成 07:40，这里是“{it}”", "a time of day is written 07:40, not “{it}”", it=text[:40])
    return text


def as_period(value: object) -> str:
    """Take a period word that means the same days whatever today is (DOMAIN §5.1), as it was written.

    Fiscal years, campaigns and key periods of a stated year are such words too, though only the ledger knows their days.
    """
    text = as_text(value)
    if days_of(text) is None and not of_ledger(text):
        raise wrong(
            "统计期应写明年份，如 2024、2024H1、2024Q3、2024-03，这里是“{it}”",
            "a period that states its year, such as 2024, 2024H1, 2024Q3, 2024-03, expected, not “{it}”",
            it=text[:40],
        )
    return text


def as_count(value: object) -> int:
    """Read a whole number from 0; thousands of digits, signs and units are refused."""
    if type(value) is int:
        return value
    text = _written(value)
    if not _COUNT.fullmatch(text):
        raise wrong("应为非负整数，这里是“{it}”", "a whole number from 0 expected, not “{it}”", it=text[:40])
    return int(text)


def as_nil(value: object) -> int:
    """Read the number that a declaration of nothing states: 0."""
    if as_count(value):
        raise wrong("零报告只能声明 0", "a declaration states 0")
    return 0


def as_places(value: object) -> int:
    """Read a number of places (处), 1 or more."""
    number = as_count(value)
    if number < 1:
        raise wrong("应为不小于 1 的整数", "a whole number from 1 expected")
    return number


def as_amount(value: object) -> Decimal:
    """Read an amount in yuan (元), at most two decimals, exact."""
    if isinstance(value, Decimal):
        return value
    text = _written(value)
    if not _AMOUNT.fullmatch(text):
        raise wrong(
            "金额以元计，写成 12000 或 12000.50，这里是“{it}”", "an amount in yuan such as 12000.50 expected, not “{it}”", it=text[:40]
        )
    return Decimal(text)


def as_measured(value: object) -> Decimal:
    """Read a decimal quantity such as a length in kilometres."""
    if isinstance(value, Decimal):
        return value
    text = _written(value)
    if not _MEASURED.fullmatch(text):
        raise wrong("应为数字，这里是“{it}”", "a number expected, not “{it}”", it=text[:40])
    return Decimal(text)


def as_number(value: object) -> Decimal:
    """Read the value of a figure: a count, an amount or a stated rate, exact."""
    if isinstance(value, Decimal):
        return value
    text = _written(value)
    if not _NUMBER.fullmatch(text):
        raise wrong("应为数字，这里是“{it}”", "a number expected, not “{it}”", it=text[:40])
    return Decimal(text)


def as_numbers(value: object) -> Mapping[str, Decimal]:
    """Take a mapping with free keys and one number each."""
    return {key: as_number(part) for key, part in _mapping(value).items()}


def as_gainers(value: object) -> int | tuple[str, ...]:
    """Take how many there are, or which."""
    if isinstance(value, int) or (isinstance(value, str) and _COUNT.fullmatch(value)):
        return as_count(value)
    return as_texts(value)


def as_flag(value: object) -> bool:
    """Read `true` or `false`, nothing else."""
    if isinstance(value, bool):
        return value
    text = _written(value)
    if text not in {"true", "false"}:
        raise wrong("应为 true 或 false，这里是“{it}”", "true or false expected, not “{it}”", it=text[:40])
    return text == "true"


def as_texts(value: object) -> tuple[str, ...]:
    """Take one text or a list of texts; the empty text is nobody."""
    if isinstance(value, list | tuple):
        return tuple(as_text(part) for part in cast("Sequence[object]", value))
    text = as_text(value)
    return (text,) if text else ()


def as_open_map(value: object) -> Mapping[str, str]:
    """Take a mapping with free keys and one text each."""
    return {key: as_text(part) for key, part in _mapping(value).items()}


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise wrong("应为映射", "a mapping expected")
    return {str(key): part for key, part in cast("Mapping[object, object]", value).items()}


def as_raw(value: object) -> Any:  # noqa: ANN401 (what was written, whatever it is)
    """Keep what was written."""
    return value


_TEXT: Final = {"type": "string", "maxLength": LONGEST}
_DAY_SCHEMA: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d"}
_TEXTS_SCHEMA: Final = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_MOMENT_SCHEMA: Final = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d"}
_PERIOD_SCHEMA: Final = {"anyOf": [{"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}, {"type": "string", "minLength": 4}]}
_NUMBERS_SCHEMA: Final = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}
_GAINERS_SCHEMA: Final = {"anyOf": [{"type": "integer", "minimum": 0}, *_TEXTS_SCHEMA["anyOf"]]}
_FILTER_SCHEMA: Final = {"type": ["string", "number", "boolean"]}
_FILTERS_SCHEMA: Final = {"type": "object", "additionalProperties": _FILTER_SCHEMA}

Words = Annotated[str, Field(max_length=LONGEST, strict=True), WithJsonSchema(_TEXT)]
Day = Annotated[dt.date, PlainValidator(as_day), WithJsonSchema(_DAY_SCHEMA)]
Count = Annotated[int, PlainValidator(as_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Nil = Annotated[int, PlainValidator(as_nil), WithJsonSchema({"type": "integer", "const": 0})]
Places = Annotated[int, PlainValidator(as_places), WithJsonSchema({"type": "integer", "minimum": 1})]
Amount = Annotated[Decimal, PlainValidator(as_amount), WithJsonSchema({"type": "number", "minimum": 0})]
Measured = Annotated[Decimal, PlainValidator(as_measured), WithJsonSchema({"type": "number", "minimum": 0})]
Flag = Annotated[bool, PlainValidator(as_flag), WithJsonSchema({"type": "boolean"})]
Names = Annotated[tuple[str, ...], PlainValidator(as_texts), WithJsonSchema(_TEXTS_SCHEMA)]
TextMap = Annotated[Mapping[str, str], PlainValidator(as_open_map), WithJsonSchema({"type": "object", "additionalProperties": _TEXT})]
Moment = Annotated[dt.datetime, PlainValidator(as_moment), WithJsonSchema(_MOMENT_SCHEMA)]
Clock = Annotated[str, PlainValidator(as_clock), WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"})]
PeriodWord = Annotated[str, PlainValidator(as_period), WithJsonSchema(_PERIOD_SCHEMA)]
Number = Annotated[Decimal, PlainValidator(as_number), WithJsonSchema({"type": "number", "minimum": 0})]
NumberMap = Annotated[Mapping[str, Decimal], PlainValidator(as_numbers), WithJsonSchema(_NUMBERS_SCHEMA)]
Gainers = Annotated[int | tuple[str, ...], PlainValidator(as_gainers), WithJsonSchema(_GAINERS_SCHEMA)]
Filter = Annotated[str, PlainValidator(as_text), WithJsonSchema(_FILTER_SCHEMA)]
Filters = Annotated[Mapping[str, str], PlainValidator(as_open_map), WithJsonSchema(_FILTERS_SCHEMA)]
Anything = Annotated[Any, PlainValidator(as_raw), WithJsonSchema({})]


class Part(BaseModel, frozen=True, extra="forbid", populate_by_name=True, defer_build=True):
    """A frozen value inside a record; unknown keys are refused (HZ005)."""
