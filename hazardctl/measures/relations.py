"""The relations a question is asked of: rows made from the ledger, days as whole numbers, money in whole fen (MEASURES §2).

A text that is absent is the empty text, so that a line "not stated" is one line; a day or an amount that is absent is null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from hazardctl.history import END, OPEN, Span
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.fingerprint import fingerprint
from hazardctl.pool import ledger_of
from hazardctl.vocabulary import BUILT_IN, PLAN_ITEMS, Term

if TYPE_CHECKING:
    from hazardctl.model.events import Event
    from hazardctl.model.hazard import Hazard

Row: TypeAlias = tuple[int | str | None, ...]
FAR: Final = END.toordinal()
SEPARATOR: Final = "\x1f"
MILLION: Final = 1_000_000
"""Decimals that are no money stand in millionths."""

FACTS: Final = (
    "region",
    "grid",
    "source",
    "inspection",
    "site",
    "sector",
    "category",
    "cause_code",
    "local_grade",
    "number",
    "recurrence_of",
)
"""Facts of one text each that are kept as they stand; region, unit and inspecting body are made from more than one."""
_FACTS: Final[Callable[[object], tuple[str, ...]]] = attrgetter(*FACTS)

DECIDES: Final[Mapping[str, str]] = {"verify": "result", "extend": "decision", "close": "reason", "withdraw": "reason", "regrade": "now"}
"""Verb → the field that decides what it did."""

SCHEMA: Final[Mapping[str, str]] = {
    "hazard": "key INTEGER PRIMARY KEY, id TEXT, path TEXT, found INTEGER, entry INTEGER, withdrawn INTEGER,"
    " unit TEXT, found_by_org TEXT, "
    + ", ".join(f"{fact} TEXT" for fact in FACTS)
    + ", headline TEXT, own_title TEXT, description TEXT, requirement TEXT, interim TEXT, finders TEXT, campaigns TEXT,"
    + " registered_grade TEXT, stop_order TEXT, quantity INTEGER, bases INTEGER,"
    + " funds_planned INTEGER, funds_spent INTEGER, repeat_key TEXT, "
    + ", ".join(f"plan_{item} INTEGER" for item in PLAN_ITEMS),
    "span": "hazard INTEGER, start INTEGER, stop INTEGER, counted INTEGER, state TEXT, grade TEXT, owner TEXT, person TEXT,"
    " supervisor TEXT, cycle INTEGER, cycle_start INTEGER, cycle_stop INTEGER, due INTEGER, due0 INTEGER, claimed INTEGER,"
    " on_spot INTEGER, passed INTEGER, closed INTEGER, removed INTEGER, first_verdict TEXT, returned INTEGER, extensions INTEGER,"
    " extension_days INTEGER, extended INTEGER, listed INTEGER, suspect INTEGER, was INTEGER, PRIMARY KEY (hazard, start)",
    "event": "hazard INTEGER, seq INTEGER, on_day INTEGER, act TEXT, fits INTEGER, outcome TEXT, days INTEGER, PRIMARY KEY (hazard, seq)",
    "facet": "hazard INTEGER, field TEXT, value TEXT, PRIMARY KEY (hazard, field, value)",
    "words": "hazard INTEGER PRIMARY KEY, text TEXT, wording TEXT",
}
"""Relation → its columns. `hazard` and `span` are always there, the others once a question needs them."""
WAS: Final[Mapping[str, int]] = {"claimed": 2, "passed": 4, "closed": 8, "removed": 16}
"""Column of a span → the bit of `was` that says it was there in the span before; null where none was counted before."""
WAS_OPEN, WAS_MAJOR = 1, 32
"""The bits of an open state, and of the grade major."""


def hazards(ledger: Ledger, key: int, entry: Entry[Hazard]) -> Iterator[Row]:
    """Give the row of a hazard."""
    hazard, replay = entry.record, ledger.replay(entry)
    unit = ledger.unit_key(hazard.unit)
    _, *facts = _FACTS(hazard)
    yield (
        key,
        hazard.id,
        entry.path,
        hazard.found_on.toordinal(),
        next(span.start for span in replay.spans if span.counted).toordinal(),
        _day(replay.withdrawn),
        unit,
        ledger.unit_key(hazard.found_by_org),
        ledger.region_of(hazard),
        *facts,
        hazard.headline,
        hazard.title,
        hazard.description,
        hazard.requirement,
        hazard.interim,
        SEPARATOR.join(hazard.found_by),
        SEPARATOR.join(hazard.campaign),
        hazard.grade,
        hazard.stop,
        hazard.quantity,
        len(hazard.basis),
        _fen(hazard.funds_planned),
        _fen(hazard.funds_spent),
        _repeat_key(hazard, unit),
        *_plan(hazard),
    )


def spans(ledger: Ledger, key: int, entry: Entry[Hazard]) -> Iterator[Row]:
    """Give a row for each span of a hazard."""
    found = ledger.replay(entry).spans
    now = fingerprint(entry.record) if found[-1].fingerprint else ""
    owners, people, was = _Asked(ledger.unit_key), _Asked(ledger.config.named), None
    for span in found:
        yield _span(key, span, owners[span.owner], people[span.person], (int(span.fingerprint not in {"", now}), was))
        was = _was(span) if span.counted else None


def _span(key: int, span: Span, owner: str, person: str, last: tuple[int, int | None]) -> Row:
    (
        start, stop, counted, state, grade, _, _, supervisor, cycle, cycle_start, cycle_stop, due, due0, claimed, on_spot, passed,
        closed, removed, first_verdict, returned, extensions, extension_days, extended, listed, _,
    ) = span  # fmt: skip
    return (
        key,
        start.toordinal(),
        FAR if stop is END else stop.toordinal(),
        int(counted),
        state,
        grade,
        owner,
        person,
        supervisor,
        cycle,
        cycle_start.toordinal(),
        FAR if cycle_stop is END else cycle_stop.toordinal(),
        None if due is None else due.toordinal(),
        None if due0 is None else due0.toordinal(),
        None if claimed is None else claimed.toordinal(),
        int(on_spot),
        None if passed is None else passed.toordinal(),
        None if closed is None else closed.toordinal(),
        None if removed is None else removed.toordinal(),
        first_verdict,
        int(returned),
        extensions,
        extension_days,
        extended,
        int(listed),
        *last,
    )


class _Asked(dict[str, str]):
    """What names stand for, each asked once."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, name: str) -> str:
        found = self[name] = self._ask(name)
        return found


def _was(span: Span) -> int:
    """Give what a span knows of the one before it, in the bits of `WAS`: what decides, under any basis, whether that was open."""
    return (
        (span.state in OPEN)
        | (span.claimed is not None) << 1
        | (span.passed is not None) << 2
        | (span.closed is not None) << 3
        | (span.removed is not None) << 4
        | (span.grade == "major") << 5
    )


def events(ledger: Ledger, key: int, entry: Entry[Hazard]) -> Iterator[Row]:
    """Give a row for each line of a history, in folded order; `days` is what a granted extension added."""
    for sequence, (_, event, fits, _, added) in enumerate(ledger.replay(entry).acts):
        verb = event.do
        yield (key, sequence, event.date.toordinal(), verb, int(fits), outcome(event) if verb in DECIDES else "", added)


def outcome(event: Event) -> str:
    """Give the word that decides an event: result, decision, reason or grade; empty for the others."""
    if event.do not in DECIDES:
        return ""
    word = str(getattr(event, DECIDES[event.do]))
    return word or ("rectified" if event.do == "close" else "")  # a closing without a reason is folded as rectified


def facets(ledger: Ledger, key: int, entry: Entry[Hazard]) -> Iterator[Row]:
    """Give a row for each value of a field with several, each value once."""
    return iter(dict.fromkeys((key, field, value) for field, values in _facets(ledger, entry.record) for value in values if value))


def _facets(ledger: Ledger, hazard: Hazard) -> Iterator[tuple[str, Iterable[str]]]:
    unit = ledger.units.get(ledger.unit_key(hazard.unit))
    yield "region", above(ledger.words["regions"], hazard.region or (unit.region if unit else ""))
    yield "sector", above(ledger.words["sectors"], hazard.sector)
    yield "ledger", (ledger_of(hazard.id),)
    yield "same_as", hazard.same_as
    yield "campaign", hazard.campaign
    yield "tag", hazard.tags
    yield "unit_type", unit.types if unit else ()
    yield "risk_point", (hazard.risk_point,)
    yield "failed_control", (hazard.failed_control,)
    yield "party", [ledger.unit_key(party.unit) for party in hazard.parties]
    yield "found_by", map(ledger.config.named, hazard.found_by)
    yield "basis", [provision.doc for provision in hazard.basis]
    yield "accident_type", hazard.accident_types
    if unit and unit.regulators:
        for kind in BUILT_IN["regulator_kinds"]:
            yield f"regulator_{kind}", (ledger.unit_key(str(getattr(unit.regulators, kind))),)


def above(words: Mapping[str, Term], key: str) -> tuple[str, ...]:
    """Give a word and everything above it, nearest first; circles end, and an unknown word stands alone."""
    found: list[str] = []
    while key and key not in found:
        found.append(key)
        key = words[key].parent if key in words else ""
    return tuple(found)


def words(_: Ledger, key: int, entry: Entry[Hazard]) -> Iterator[Row]:
    """Give the text that a bare word is looked for in, and the description as it is compared with others."""
    title, description = folded(entry.record.title), folded(entry.record.description)
    yield (key, f"{title} {description}", description)


ROWS: Final[Mapping[str, Callable[[Ledger, int, Entry[Hazard]], Iterator[Row]]]] = {
    "hazard": hazards,
    "span": spans,
    "event": events,
    "facet": facets,
    "words": words,
}
"""Relation → the rows that one hazard has in it."""


RESERVED: Final = frozenset({"end", "by", "min", "max", "every", "schema", "order", "from", "to"})


def column(name: str) -> str:
    """Give the name a field has as a column: words that SQL keeps for itself end in `_`."""
    return name + "_" if name in RESERVED else name


REGIONS: Final[Mapping[str, str]] = {
    "region": "key INTEGER PRIMARY KEY, id TEXT, day INTEGER, withdrawn INTEGER, place TEXT, own_sector TEXT,"
    " name TEXT, level TEXT, parent TEXT",
    "region_of": "owner INTEGER, field TEXT, value TEXT, PRIMARY KEY (owner, field, value)",
}
"""The relations that are made of the configuration → their columns."""


def regions(name: str, ledger: Ledger) -> tuple[str, Iterator[Row]]:
    """Give the columns and the rows of a relation made of the configuration."""
    return REGIONS[name], _regions(ledger) if name == "region" else _region_facets(ledger)


def _regions(ledger: Ledger) -> Iterator[Row]:
    for key, region in enumerate(ledger.config.regions):
        yield (key, region.key, None, None, region.key, "", region.name, region.level, region.parent)


def _region_facets(ledger: Ledger) -> Iterator[Row]:
    for key, region in enumerate(ledger.config.regions):
        yield from ((key, "region", above) for above in dict.fromkeys(ledger.config.above(region.key)))


def calendar_rows(first: int, last: int) -> Iterator[Row]:
    """Give the month, quarter and year of each day, for lines by time."""
    for ordinal in range(first, last + 1):
        day = dt.date.fromordinal(ordinal)
        yield (ordinal, f"{day.year:04}-{day.month:02}", f"{day.year:04}Q{(day.month + 2) // 3}", f"{day.year:04}")


def _plan(hazard: Hazard) -> Iterator[int | None]:
    return (_day(hazard.plan.done_on(item)) if hazard.plan else None for item in PLAN_ITEMS)


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _repeat_key(hazard: Hazard, unit: str) -> str | None:
    key = hazard.repeat_key
    return None if key is None else SEPARATOR.join((unit, *key[1:]))
