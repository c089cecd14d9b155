"""Comparing what a `correct` line says with what stands in a record: texts as written against typed values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import cast

from hazardctl.model.fields import Part
from hazardctl.model.record import Record


def held(record: Record, field: str) -> object:
    """Give the value of a field by the name it has in files."""
    name = next((name for name, info in type(record).model_fields.items() if (info.alias or name) == field), field)
    value: object = getattr(record, name)
    return value


def agree(said: object, stood: object) -> bool:
    """Say whether a value as written says the same as a value as typed; absent, empty and nothing are one."""
    left, right = plainly(said), plainly(stood)
    if left == right:
        return True
    try:
        return isinstance(left, str) and isinstance(right, str) and Decimal(left) == Decimal(right)
    except InvalidOperation:
        return False


def plainly(value: object) -> object:
    """Give a value as a file would say it, a list of one as that one."""
    match value:
        case None | "":
            return None
        case Part():
            return plainly(value.model_dump(by_alias=True, exclude_defaults=True))
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case str():
            return value
        case Mapping():
            pairs = {str(key): plainly(part) for key, part in cast("Mapping[object, object]", value).items()}
            return {key: part for key, part in pairs.items() if part is not None} or None
        case Sequence():
            parts = [plainly(part) for part in cast("Sequence[object]", value)]
            return (parts[0] if len(parts) == 1 else parts) if parts else None
        case _:
            return str(value)
