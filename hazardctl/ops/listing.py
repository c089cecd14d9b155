"""The list: hazards as they stand on a day, filtered, sorted, in the columns asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.listing import COLUMNS, PRESSING
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words, about_day, foretold, opened
from hazardctl.ops.standing import LAST, Row, headline, pressing
from hazardctl.reports.listing import STANDING, Item, chosen, fields, listing
from hazardctl.sheet import Cell, Mark, Sheet
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


ORDERING: Final = ("id", "path", "state", "grade", "owner", "unit", "sector", "person", "found", "due", "overdue")
"""What the place of a hazard in the list is told by, whatever it is sorted by."""
STANDS: Final = (*PRESSING, "path", "sector", "registered_grade", "due_soon", "returned", "passed", "closed", "removed")
"""What the columns of `SHORT` are made of, and the place in the list."""
SHORT: Final = frozenset({*STANDING, "days", "found_on", "rectified_on", "verified_on", "closed_on"})
FEW: Final = 200
"""Hazards that are asked for by their ids, when a long list is to begin with these."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The sheet, the ids in its order, and whether a file was left out."""

    sheet: Sheet
    ids: tuple[str, ...]
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the list is to look, as typed.

    Attributes:
        columns: with commas; the usual ones without any.
        fields: for programs; None where not asked.
        sort: key of the order; a `-` before it turns it round.
        limit: the most to show.
        ids: nothing but the ids is wanted.
        page: only what a page shows is wanted, not every field that programs get.
    """

    columns: str = ""
    fields: str | None = None
    sort: str = ""
    limit: int | None = None
    ids: bool = False
    page: bool = False


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
        short = ORDERING if wanted.ids else STANDS if wanted.page and SHORT.issuperset(columns) else COLUMNS
        first = ORDERING if wanted.limit is not None and wanted.limit <= FEW else short
        book, question = Book(ledger), asked.question
        rows = sorted(book.listing(question.as_of, question.clauses, question.preset, first), key=order, reverse=turned)
        shown = _whole(book, question, rows[: wanted.limit], short) if first is not short else rows[: wanted.limit]
        ids = tuple(str(row["id"]) for row in shown)
        items = [] if wanted.ids else [_item(ledger, row, columns, page=wanted.page) for row in shown]
        return Listed(listing(asked.frame, items, columns, len(rows), only), ids, bool(asked.frame.unread))

    return foretold(context, words, made) or made(opened(context, words, progress))


def _whole(book: Book, question: Question, rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Give all that is wanted of the first few of a long list, of which until now only the order was known."""
    clauses = (*question.clauses, Clause("id", tuple(str(row["id"]) for row in rows)))
    found = {(row["id"], row["path"]): row for row in book.listing(question.as_of, clauses, question.preset, columns)} if rows else {}
    return [found[row["id"], row["path"]] for row in rows]


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


def _item(ledger: Ledger, row: Row, columns: Sequence[str], *, page: bool) -> Item:
    """Give a hazard as the page has it in these columns, and for programs with every field, unless only the page is wanted."""
    raw: dict[str, Any] = _standing(ledger, row) if page and SHORT.issuperset(columns) else {**_standing(ledger, row), **_facts(row)}
    cells: dict[str, Cell] = {name: SAID[name](ledger, row) if name in SAID else raw[name] for name in columns}
    return Item(raw["id"], cells, {} if page else {**raw, "flags": list(row["flags"])})


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


def _label(name: str, vocabulary: str) -> Callable[[Ledger, Row], Cell]:
    return lambda ledger, row: ledger.label(vocabulary, row[name])


LISTED: Final = Text("{it}", "{it}")
SAID: Final[Mapping[str, Callable[[Ledger, Row], Cell]]] = {
    "grade": _grade,
    "state": _state,
    "sector": _label("sector", "sectors"),
    "source": _label("source", "sources"),
    "category": _label("category", "categories"),
    "unit": lambda ledger, row: ledger.unit_name(row["unit"]),
    "found_by_org": lambda ledger, row: ledger.unit_name(row["found_by_org"]),
    "region": lambda ledger, row: ledger.region_name(row["region"]),
    "campaign": lambda ledger, row: LISTED.of(it=[_campaign(ledger, one) for one in row["campaign"]]),
    "found_by": lambda _, row: LISTED.of(it=list(row["found_by"])),
    "flags": lambda ledger, row: LISTED.of(it=[ledger.label("flags", flag) for flag in row["flags"]]),
}
"""Column → what stands in it for people, where programs get something else."""
