"""What a section of the work summary is repeated over: campaigns, sectors, purposes, major hazards, targets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.filters import Clause, bracket
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, Book, Known, Question, Range, noun, scoped
from hazardctl.measures.records import withdrawn
from hazardctl.model.campaign import Campaign
from hazardctl.model.hazard import Hazard, Plan
from hazardctl.model.record import Record
from hazardctl.model.resource import Resource
from hazardctl.model.tally import Tally
from hazardctl.model.target import Target
from hazardctl.ops.question import key_periods
from hazardctl.ops.standing import Row, headline, pressing
from hazardctl.period import Range as Days
from hazardctl.period import within
from hazardctl.reports.narrative.judging import Inside
from hazardctl.reports.narrative.outline import Section
from hazardctl.reports.told import Told, number
from hazardctl.vocabulary import PLAN_ITEMS

_PLAIN: Final = re.compile(r"[^\[\]{}|=,，+\s][^\[\]{}|=,，+]*")
DAYS: Final = Text("天", "days")
COUNTED: Final = Text("{n}{unit}", "{n} {unit}")
GRADE: Final = Clause("grade", ("major",))
LISTED: Final = Text("已挂牌督办", "listed for supervision")
LISTED_AS: Final = Text("已挂牌督办（{number}）", "listed for supervision ({number})")
KEY_PERIODS: Final = Text("{year}年重点时段（{names}）", "The key periods of {year} ({names})")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things a section is repeated over.

    Attributes:
        label: its name.
        scope: `key=value` of the bracket that narrows the measures of the section; empty where nothing does.
        words: of the section.
        inside: figures that a word brings along.
    """

    label: Text
    scope: str = ""
    words: Mapping[str, Text] = field(default_factory=dict[str, Text])
    inside: Mapping[str, Inside] = field(default_factory=dict[str, Inside])


class Things:
    """The things of one ledger, as a question asks for them."""

    def __init__(self, ledger: Ledger, book: Book, question: Question) -> None:
        """Take the ledger, its book and the question."""
        self._ledger, self._book, self._question = ledger, book, question
        self._scopes = tuple(_told_scopes(ledger))

    def of(self, section: Section) -> tuple[Item, ...]:
        """Give the things a section is repeated over; one without a name where it is not repeated."""
        makers: Mapping[str, Callable[[], Iterable[Item]]] = {
            "campaign": self._campaigns,
            "key": self._keys,
            "sector": lambda: self._accident_sectors() if section.key == "accident_sector" else self._sectors(),
            "major": self._majors,
            "item": self._equipment,
            "name": self._obligations,
            "target": self._targets,
            "duty": self._duties,
        }
        if not section.each:
            return (Item(plain("")),)
        return tuple(makers.get(section.each, lambda: self._words(section.each))())

    # ------------------------------------------------------------------------------------------------- campaigns, key periods

    def _campaigns(self) -> Iterator[Item]:
        asked = self._question
        named = [value for clause in asked.clauses if clause.key == "campaign" and not clause.negated for value in clause.values]
        for one in sorted(self._ledger.campaigns.values(), key=lambda one: (one.start, one.id)):
            active = one.start <= asked.c and (one.end is None or one.end >= asked.start)
            if active and self._stands(one) and (not named or {one.id, one.alias, one.name} & set(named)):
                yield self._campaign(one)

    def _campaign(self, one: Campaign) -> Item:
        aliases = [other.alias for other in self._ledger.campaigns.values()]
        known = one.alias if _PLAIN.fullmatch(one.alias) and aliases.count(one.alias) == 1 else one.id
        words = {
            "campaign": plain(one.name or one.id),
            "from": plain(one.start.isoformat()),
            "to": plain(one.end.isoformat() if one.end else ""),
            "phases": _listed([plain(phase.name) for phase in one.phases]),
        }
        return Item(words["campaign"], f"campaign={known}", words)

    def _keys(self) -> Iterator[Item]:
        """Give all key periods of the period together, then each: where the first says something the others need not."""
        asked = self._question
        inside = [key for key in key_periods(self._ledger) if within((key,), asked.start, asked.c)]
        if inside:
            label = KEY_PERIODS.of(year=asked.c.year, names=_listed([key.label for key in inside]))
            yield Item(label, "key=all", {"key": label})
        for key in inside:
            if _PLAIN.fullmatch(key.id):
                yield Item(key.label, f"key={key.id}", {"key": key.label})

    # ------------------------------------------------------------------------------------------------------- words of records

    def _sectors(self) -> Iterator[Item]:
        found = (key[0] for key in self._book.figures(self._question, ["hazards.found"], ["sector"]) if key and key[0])
        return self._worded("sector", "sectors", {*found, *self._said("sector", "inspection", "enforcement", "unit")})

    def _accident_sectors(self) -> Iterator[Item]:
        told = {value for measure, key, value in self._scopes if key == "sector" and measure.startswith("accidents.")}
        return self._worded("sector", "sectors", {*self._said("sector", "accident"), *told}, told=False)

    def _words(self, each: str) -> Iterator[Item]:
        fields = {"unit_type": ("types", "unit"), "theme": ("theme", "activity"), "body": ("body", "activity")}
        name, kind = fields.get(each, (each, "resource"))
        words = {"unit_type": "unit_types", "body": "bodies"}.get(each, f"{each}s")
        return self._worded(each, words, {*self._said(name, kind)})

    def _worded(self, each: str, words: str, values: set[str], *, told: bool = True) -> Iterator[Item]:
        if told:
            values = values | {value for _, key, value in self._scopes if key == each}
        known = list(self._ledger.words.get(words, {}))
        keys = {key: place for place, key in enumerate(known)}
        for value in sorted(values, key=lambda value: (keys.get(value.split("+")[0], len(known)), value)):
            parts = value.split("+")
            if all(_PLAIN.fullmatch(part) for part in parts):
                first, *more = (self._ledger.label(words, part) for part in parts)
                label = _listed([_capital(first), *more])
                yield Item(label, f"{each}={value}", {each: label})

    def _said(self, name: str, *kinds: str) -> Iterator[str]:
        for kind in kinds:
            for entry in self._ledger.of(kind):
                value: object = getattr(entry.record, name, "")
                if isinstance(value, tuple):
                    yield from cast("tuple[str, ...]", value)
                elif isinstance(value, str) and value:
                    yield value

    def _equipment(self) -> Iterator[Item]:
        resources = (entry.record for entry in self._ledger.of("resource") if isinstance(entry.record, Resource))
        found = {item.name for one in resources if one.kind == "equipment" and one.origin == "allocated" for item in one.items}
        found |= {value for _, key, value in self._scopes if key == "item"}
        for name in sorted(found):
            if _PLAIN.fullmatch(name):
                yield Item(plain(name), f"item={name}", {"item": plain(name)})

    # ---------------------------------------------------------------------------------------------------------- major hazards

    def _majors(self) -> Iterator[Item]:
        asked = self._question
        days = asked.ranges or ((asked.start, asked.c),)
        rows = self._book.listing(asked.as_of, (*asked.clauses, GRADE), asked.preset)
        for row in sorted(rows, key=pressing):
            if any(first <= row["found"] <= last for first, last in days) and row["state"] not in {"withdrawn", "transferred"}:  # type: ignore[operator]
                yield self._major(row)

    def _major(self, row: Row) -> Item:
        record = cast("Hazard", self._ledger.by_id[row["id"]].record)
        done, lacking = _plan(record.plan, self._question.as_of)
        due: dt.date | None = row["due"]
        words = {
            "id": plain(row["id"]),
            "unit": plain(self._ledger.unit_name(row["owner"] or row["unit"])),
            "hazard": plain(headline(row)),
            "found_on": plain(row["found"].isoformat()),
            "state": self._ledger.label("states", row["state"]),
            "due": plain(due.isoformat() if due else ""),
            "listing": _listing(record, self._question.as_of) if row["listed"] else plain(""),
            "planned": _listed(done),
            "unplanned": _listed(lacking),
        }
        if not row["overdue_days"]:
            return Item(words["hazard"], "", {**words, "late": plain("")})
        late = Told(f"overdue.days[id={row['id']}]", CATALOGUE["overdue.days"].label, Known(items=row["overdue_days"], unit=DAYS.zh), DAYS)
        return Item(words["hazard"], "", {**words, "late": counted(late)}, {"late": (("late", late),)})

    # ---------------------------------------------------------------------------------------------------- targets, obligations

    def _obligations(self) -> Iterator[Item]:
        asked = self._question
        seen: set[str] = set()
        for one in self._aims("obligation", asked.start, asked.end):
            if one.name not in seen:
                seen.add(one.name)
                scope = f"name={one.name}" if _PLAIN.fullmatch(one.name) else f"id={one.id}"
                yield Item(plain(one.name), scope, {"name": plain(one.name)})

    def _targets(self) -> Iterator[Item]:
        for one in self._aims("figure", *self._next()):
            try:
                name, _ = scoped(one.measure)
            except UsageError:
                continue  # a finding of the record (HZ007)
            unit = noun(CATALOGUE[name])
            answer = Known(items=one.value, unit=unit.zh) if one.value is not None else Range(one.min, one.max, unit.zh)
            told = Told(_bracketed(one), plain(one.name), answer, unit)
            yield Item(plain(one.name), "", {"name": plain(one.name), "plan": counted(told)}, {"plan": (("plan", told),)})

    def _duties(self) -> Iterator[Item]:
        for one in self._aims("obligation", *self._next()):
            every = self._ledger.label("frequencies", one.every)
            yield Item(plain(one.name), "", {"name": plain(one.name), "every": _capital(every)})

    def _aims(self, kind: str, first: dt.date, last: dt.date) -> Iterator[Target]:
        for entry in self._ledger.of("target"):
            one = entry.record
            if (
                isinstance(one, Target)
                and one.kind == kind
                and one.days
                and self._stands(one)
                and one.days[0] <= last
                and first <= one.days[1]
            ):
                yield one

    def _next(self) -> Days:
        """Give the days after the period, as many as it has."""
        end = self._question.end
        day = dt.timedelta(days=1)
        length = (end - self._question.start) + day
        room = dt.date.max - end
        return (end + min(day, room), end + min(length, room))

    def _stands(self, record: Record) -> bool:
        until = withdrawn(record)
        return until is None or until > self._question.as_of.toordinal()


def counted(told: Told) -> Text:
    """Give a figure with its unit of count; a range of money stays in yuan."""
    return COUNTED.of(n=number(told), unit=told.printed_unit if isinstance(told.answer, Known) else told.unit)


def _bracketed(target: Target) -> str:
    scope = ",".join(f"{key}={value}" for key, value in sorted((target.scope or {}).items()))
    return f"{target.measure}[{scope}]" if scope and "[" not in target.measure else target.measure


def _told_scopes(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Give (measure, key, value) of every figure that a tally tells for a scope of one key."""
    for entry in ledger.of("tally"):
        tally = entry.record
        if not isinstance(tally, Tally):
            continue
        for figure in tally.figures:
            measure, _, rest = figure.measure.partition("[")
            try:
                inner = {clause.key: "+".join(clause.values) for clause in bracket(rest.removesuffix("]"))}
            except UsageError:
                continue
            scope = {**(tally.scope or {}), **inner}
            scope.pop("period", None)
            if len(scope) == 1:
                yield measure.strip(), *next(iter(scope.items()))


def _plan(plan: Plan | None, day: dt.date) -> tuple[list[Text], list[Text]]:
    """Part the items of a plan into those done by a day and those not; nothing of either where there is no plan."""
    if plan is None:
        return [], []
    lacking = list(plan.undone(day))
    items = {key: term.label for key, term in PLAN_ITEMS.items()}
    return [label for key, label in items.items() if key not in lacking], [items[key] for key in lacking]


def _listing(hazard: Hazard, day: dt.date) -> Text:
    """Say that a hazard is listed, with the number of the last paper that listed it by a day."""
    numbers = [event.number for event in hazard.history if event.do == "supervise" and event.date <= day and event.number]
    return LISTED_AS.of(number=numbers[-1]) if numbers else LISTED


def _listed(parts: Iterable[Text]) -> Text:
    """Join names as each language joins them."""
    found = list(parts)
    return Text("{it}", "{it}").of(it=found) if found else plain("")


def _capital(label: Text) -> Text:
    return Text(label.zh, label.en[:1].upper() + label.en[1:], label.values)
