"""What names a record, as a page says it: which records of which kind, by which of their fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hazardctl.language import Text
from hazardctl.model.events import EVENTS
from hazardctl.model.fields import Part, facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.shape import shapes


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of one kind that name a record in one field.

    Attributes:
        kind: of these records.
        field: the field, `units` or `checks.unit`; `history.assign.to` for a line of their histories.
        label: what the field means.
        ids: of the records, the latest first.
    """

    kind: str
    field: str
    label: Text
    ids: tuple[str, ...]


def linked(found: Iterable[tuple[str, str, str]]) -> tuple[Linked, ...]:
    """Gather (kind, field, id) of the records that name one: kinds as they are registered, fields in the order of the model."""
    groups: dict[tuple[str, str], list[str]] = {}
    for kind, field, record_id in found:
        groups.setdefault((kind, field), []).append(record_id)
    order = sorted(groups, key=_place)
    return tuple(Linked(*one, label(*one), tuple(sorted(groups[one], key=_latest, reverse=True))) for one in order)


def _place(one: tuple[str, str]) -> tuple[int, int, str]:
    kind, field = one
    names = list(facts(BY_NAME[kind].model))
    return list(BY_NAME).index(kind), names.index(field.partition(".")[0]) if not field.startswith("history.") else len(names), field


def _latest(record_id: str) -> tuple[str, str]:
    """Sort by the day in an id, whatever its prefix."""
    return record_id.partition("-")[2], record_id


def label(kind: str, field: str) -> Text:
    """Give what a dotted field of a kind means: the labels on the way to it."""
    if field.startswith("history."):
        _, do, last = field.split(".")
        return facts(EVENTS[do])[last].label
    model: type[Part] | None = BY_NAME[kind].model
    said: list[Text] = []
    for step in field.split("."):
        if model is not None:
            said.append(facts(model)[step].label)
            model = shapes(model)[step].part
    return Text(" / ".join(one.zh for one in said), " / ".join(one.en for one in said))
