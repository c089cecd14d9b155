"""One fact changed in its place, with the `correct` line that says so (DOMAIN §3.2)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.model import events as ev
from hazardctl.model.raw import Raw, Tree
from hazardctl.store.emit import Value, event_line
from hazardctl.store.reader import parse
from hazardctl.store.roundtrip import edit_facts

NO_FIELD: Final = Text("没有字段“{it}”", "there is no field “{it}”")
SAME: Final = Text("{it} 已经是这个值", "{it} has that value already")


def line_of(head: Mapping[str, object], name: str, was: Raw, now: Raw) -> dict[str, Any]:
    """Give the fields of a `correct` line in their order; a value that was not there is left out."""
    both = {key: value for key, value in (("was", was), ("now", now)) if value not in (None, [], "")}
    return {**{key: value for key, value in head.items() if key != "reason"}, "field": name, **both, "reason": head["reason"]}


def fact(data: bytes, name: str, value: Raw, head: Mapping[str, object]) -> tuple[bytes, dict[str, Any]]:
    """Give the bytes of a record with one fact changed, and the fields of the `correct` line that says so.

    Raises:
        UsageError: the fact has that value already, or lies in something that is no mapping.
    """
    tree = copy.deepcopy(parse(data, places=False).tree or {})
    top, *inner = name.split(".")
    place: Raw = tree
    for part in (top, *inner)[:-1]:
        inside = cast("Tree", place)
        if inside.get(part) is None:
            inside[part] = {}
        place = inside[part]
        if not isinstance(place, dict):
            raise UsageError(NO_FIELD.of(it=name))
    last = name.rpartition(".")[2]
    holder = cast("Tree", place)
    was = holder.get(last)
    if was == value:
        raise UsageError(SAME.of(it=name))
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return edit_facts(data, {top: tree.get(top)}), line_of(head, name, was, value)


def fact_line(data: bytes, name: str, value: Raw, head: Mapping[str, object]) -> tuple[bytes, str]:
    """Give the bytes with one fact changed and the whole `correct` line, for an act that brings a fact along."""
    changed, line = fact(data, name, value, {**head, "do": "correct"})
    return changed, event_line(cast("Mapping[str, Value]", ev.in_order(line)))
