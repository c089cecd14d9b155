"""The list: hazards as they stand on a day, filtered, sorted, in the columns asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words, about_day, foretold, opened
from hazardctl.ops.standing import LAST, Row, headline, pressing
from hazardctl.reports.listing import STANDING, Item, chosen, fields, listing
from hazardctl.sheet import Cell, Mark, Sheet, Value
from hazardctl.store.load import Progress

SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "urgency": pressing,
    "id": lambda row: row["id"],
    "due": lambda row: (row["due"] or LAST, row["id"]),
    "found": lambda row: (row["found"], row["id"]),
    "days": lambda row: (-(row["overdue_days"] or 0), row["id"]),
    "unit": lambda row: (row["owner"] or row["unit"], row["id"]),
    "sector": lambda row: (row["sector"], row["id"]),
    "state": lambda row: (row["state"], row["id"]),
    "person": lambda row: (row["person"], row["id"]),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """The sheet, the ids in its order, and whether a file was left out."""

    sheet: Sheet
    ids: tuple[str, ...]
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the list is to look, as typed: columns, JSON fields (None where not asked), order, the most to show."""

    columns: str = ""
    fields: str | None = None
    sort: str = ""
    limit: int | None = None


def listed(context: Context, words: Words, wanted: Wanted, progress: Progress | None = None) -> Listed:
    """List hazards.

    Args:
        context: which ledger, which day.
        words: filters, as-of day, basis.
        wanted: how the list is to look.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: a word that means nothing.
    """
    columns = chosen(wanted.columns) if wanted.columns else STANDING
    only = fields(wanted.fields) if wanted.fields is not None else ()
    order, turned = _order(wanted.sort)
    refuse_limit(wanted.limit)

    def made(ledger: Ledger) -> Listed:
        asked = about_day(context, ledger, words)
        rows = sorted(Book(ledger).listing(asked.question.as_of, asked.question.clauses, asked.question.preset), key=order, reverse=turned)
        items = [_item(ledger, row) for row in rows[: wanted.limit]]
        sheet = listing(asked.frame, items, columns, len(rows), only)
        return Listed(sheet, tuple(item.id for item in items), bool(asked.frame.unread))

    return foretold(context, words, made) or made(opened(context, words, progress))


def refuse_limit(limit: int | None) -> None:
    """Refuse a number of lines below 0.

    Raises:
        UsageError: it is below 0.
    """
    if limit is not None and limit < 0:
        raise UsageError(Text("--limit 不能小于 0", "--limit cannot be below 0"))


def _order(text: str) -> tuple[Callable[[Row], Any], bool]:
    key = text.strip().lower().lstrip("-") or "urgency"
    if key not in SORTS:
        raise UsageError(
            Text("不能按“{it}”排序", 'there is no sorting by "{it}"').of(it=text),
            Text("可以用：{all}", "there are: {all}").of(all=list(SORTS)),
        )
    return SORTS[key], text.strip().startswith("-")


def _item(ledger: Ledger, row: Row) -> Item:
    raw: dict[str, Any] = {**_standing(ledger, row), **_facts(row)}
    words = {"sector": "sectors", "source": "sources", "category": "categories"}
    cells: dict[str, Cell] = {
        **raw,
        "grade": _grade(ledger, row),
        "state": _state(ledger, row),
        **{name: ledger.label(vocabulary, raw[name]) for name, vocabulary in words.items()},
        "unit": ledger.unit_name(raw["unit"]),
        "found_by_org": ledger.unit_name(raw["found_by_org"]),
        "region": ledger.region_name(raw["region"]),
        "campaign": Text("{it}", "{it}").of(it=[_campaign(ledger, one) for one in row["campaign"]]),
        "found_by": Text("{it}", "{it}").of(it=raw["found_by"]),
        "flags": Text("{it}", "{it}").of(it=[ledger.label("flags", flag) for flag in row["flags"]]),
    }
    data: dict[str, Value] = {**raw, "flags": list(row["flags"])}
    return Item(raw["id"], cells, data)


def _standing(ledger: Ledger, row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "responsible": ledger.unit_name(str(row["owner"] or row["unit"])),
        "hazard": headline(row),
        "grade": row["grade"],
        "state": row["state"],
        "due": row["due"],
        "person": row["person"],
        "days": row["overdue_days"],
        "found_on": row["found"],
        "rectified_on": row["claimed"],
        "verified_on": row["passed"],
        "closed_on": row["closed"] or row["removed"],
    }


def _facts(row: Row) -> dict[str, Any]:
    names = ("number", "description", "site", "grid", "sector", "source", "category", "inspection", "requirement", "interim")
    return {
        **{name: row[name] for name in names},
        "title": row["own_title"],
        "unit": row["unit"],
        "region": row["region"],
        "campaign": list(row["campaign"]),
        "found_by": list(row["found_by"]),
        "found_by_org": row["found_by_org"],
    }


def _campaign(ledger: Ledger, key: str) -> str:
    known = ledger.campaigns.get(key)
    return known.name if known and known.name else key


def _grade(ledger: Ledger, row: Row) -> Cell:
    """Give the grade in force; one that was changed shows both (E17)."""
    now = ledger.label("grades", row["grade"])
    if row["registered_grade"] != row["grade"]:
        now = Text("{was} -> {now}", "{was} -> {now}").of(was=ledger.label("grades", row["registered_grade"]), now=now)
    return Mark(now, "alarm") if row["grade"] == "major" else now


def _state(ledger: Ledger, row: Row) -> Cell:
    """Give the state, and beside it that it is late, due soon or was sent back."""
    state = ledger.label("states", row["state"])
    if row["overdue_days"]:
        return Mark(Text("{state}，逾期 {n} 天", "{state}, {n} days late").of(state=state, n=row["overdue_days"]), "alarm")
    if row["due_soon"]:
        return Mark(Text("{state}，临期", "{state}, due soon").of(state=state), "warn")
    if row["returned"]:
        return Text("{state}，退回", "{state}, returned").of(state=state)
    return state
