"""The types of fields, and what each field means in words.

Every scalar arrives as the text somebody wrote; the validators here are the only place that reads a day, a count or an
amount out of it. They refuse, they never guess (DOMAIN §2.1, RELIABILITY §5.7).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from hazardctl.language import Text

Need = Literal["always", "should", "major", ""]

LONGEST: Final = 8000
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)
_AMOUNT: Final = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_MEASURED: Final = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a field means.

    Attributes:
        zh: label in Chinese.
        en: label in English.
        need: `always`; `should`; `major` (always for a major hazard); or empty.
        words: name of the vocabulary its value is taken from, or empty.
        ref: kind of record its value names (`unit`, `hazard`, …), or empty.
    """

    zh: str
    en: str
    need: Need = ""
    words: str = ""
    ref: str = ""

    @property
    def label(self) -> Text:
        """Give the label in both languages."""
        return Text(self.zh, self.en)


def fact(zh: str, en: str, default: object = "", *, need: Need = "", words: str = "", ref: str = "") -> Any:  # noqa: ANN401 (pydantic's own signature)
    """Declare a field: its labels, whether it is needed, its vocabulary, the kind it refers to.

    A needed field still has a default: a record that lacks it is a finding (HZ006), and goes on counting
    (docs/adr/0005).
    """
    extra: dict[str, Any] = {"zh": zh, "en": en, "need": need, "words": words, "ref": ref}
    return Field(default=default, description=f"{zh} / {en}", json_schema_extra=extra)


@functools.cache
def facts(model: type[BaseModel]) -> Mapping[str, Fact]:
    """Give what each field of a model means, by the name written in files, in the order of declaration."""
    found: dict[str, Fact] = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and "zh" in extra:
            found[info.alias or name] = Fact(**extra)  # type: ignore[arg-type]
    return found


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


def zone_of(name: str) -> dt.tzinfo:
    """Give a time zone by name; +08:00 where the machine has no zone data (RELIABILITY §5.10).

    Raises:
        ZoneInfoNotFoundError: an unknown name other than Asia/Shanghai.
    """
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if name == "Asia/Shanghai":
            return dt.timezone(dt.timedelta(hours=8))
        raise


def as_day(value: object, info: ValidationInfo) -> dt.date:
    """Read `YYYY-MM-DD`, a real day of 1990 to 2100; a time of day is cut to its day in the ledger's zone (E23, E26)."""
    if type(value) is dt.date:
        return value
    text = _written(value)
    found = _DAY.fullmatch(text)
    if found:
        try:
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise wrong("日历上没有 {it} 这一天", "{it} is not a day of the calendar", it=text) from None
    elif _INSTANT.fullmatch(text):
        day = _day_of_instant(text, info)
    else:
        raise wrong("日期应写成 2024-03-12，这里是“{it}”", "a day is written 2024-03-12, not “{it}”", it=text[:40])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong("年份应在 {a} 至 {b} 之间：{it}", "the year must lie in {a}..{b}: {it}", a=FIRST_YEAR, b=LAST_YEAR, it=text)
    return day


def _day_of_instant(text: str, info: ValidationInfo) -> dt.date:
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        raise wrong("时间不存在：{it}", "no such time: {it}", it=text) from None
    zone: dt.tzinfo | None = info.context.get("zone") if info.context else None
    return instant.astimezone(zone).date() if zone and instant.tzinfo else instant.date()


def as_count(value: object) -> int:
    """Read a whole number from 0; thousands of digits, signs and units are refused."""
    if type(value) is int:
        return value
    text = _written(value)
    if not _COUNT.fullmatch(text):
        raise wrong("应为非负整数，这里是“{it}”", "a whole number from 0 expected, not “{it}”", it=text[:40])
    return int(text)


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
    if not isinstance(value, Mapping):
        raise wrong("应为映射", "a mapping expected")
    return {str(key): as_text(part) for key, part in cast("Mapping[object, object]", value).items()}


def as_raw(value: object) -> Any:  # noqa: ANN401 (what was written, whatever it is)
    """Keep what was written."""
    return value


_TEXT: Final = {"type": "string", "maxLength": LONGEST}
_DAY_SCHEMA: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d"}
_TEXTS_SCHEMA: Final = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}

Words = Annotated[str, PlainValidator(as_text), WithJsonSchema(_TEXT)]
Day = Annotated[dt.date, PlainValidator(as_day), WithJsonSchema(_DAY_SCHEMA)]
Count = Annotated[int, PlainValidator(as_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Places = Annotated[int, PlainValidator(as_places), WithJsonSchema({"type": "integer", "minimum": 1})]
Amount = Annotated[Decimal, PlainValidator(as_amount), WithJsonSchema({"type": "number", "minimum": 0})]
Measured = Annotated[Decimal, PlainValidator(as_measured), WithJsonSchema({"type": "number", "minimum": 0})]
Flag = Annotated[bool, PlainValidator(as_flag), WithJsonSchema({"type": "boolean"})]
Names = Annotated[tuple[str, ...], PlainValidator(as_texts), WithJsonSchema(_TEXTS_SCHEMA)]
TextMap = Annotated[Mapping[str, str], PlainValidator(as_open_map), WithJsonSchema({"type": "object", "additionalProperties": _TEXT})]
Anything = Annotated[Any, PlainValidator(as_raw), WithJsonSchema({})]


class Part(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """A frozen value inside a record; unknown keys are refused (HZ005)."""
