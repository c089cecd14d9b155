"""What a figure means and who is in it; what a rule or a word means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import Final, get_args

from hazardctl import filters
from hazardctl.language import Text
from hazardctl.measures import CATALOGUE, REGISTRY, Book, Member, named
from hazardctl.measures.definition import Count, Measure, Rate, terms
from hazardctl.measures.question import Preset
from hazardctl.measures.views import VIEWS
from hazardctl.ops import explain_figure
from hazardctl.ops.context import Context
from hazardctl.ops.question import Asked, Words, about_period, opened
from hazardctl.reports import commands
from hazardctl.reports.answers import COHORT
from hazardctl.reports.figures import count
from hazardctl.reports.measure import Explained, Part, measure, other
from hazardctl.sheet import Sheet
from hazardctl.store.load import Progress
from hazardctl.vocabulary import BUILT_IN, NOUNS, find

CODE: Final = re.compile(r"HZ\d{1,3}", re.ASCII | re.IGNORECASE)
WORDED: Final = ("states", "flags", "verbs")
BY_BASIS: Final = frozenset({"cohort", "standing", "stock", "due", "extensions", "recurrence"})
BUCKETS: Final[Mapping[str, str]] = {
    "hazards.found": "",
    "hazards.rectified": "is:done",
    "hazards.awaiting": "is:to-verify",
    "hazards.overdue": "is:overdue",
    "hazards.no_due": "is:undated",
    "hazards.major.found": "is:major",
}
"""Measures of the cohort whose records a list may give: the filter word beside the period."""

PRESENT: Final = ("not:is:withdrawn", "not:is:transferred")
DUE: Final = ("due.late", "due.unconfirmed")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sheet, and whether a file was left out of its figures."""

    sheet: Sheet
    incomplete: bool


def is_measure(what: str) -> bool:
    """Say whether a word is about a figure and not about a rule, a state, a flag or a verb."""
    if CODE.fullmatch(what.strip()):
        return False
    if any(find(BUILT_IN[vocabulary], what) for vocabulary in WORDED):
        return what.strip() in CATALOGUE
    return True


def explained(context: Context, what: str, words: Words, *, verbose: bool = False, progress: Progress | None = None) -> Explanation:
    """Explain a measure over a period.

    Raises:
        UsageError: no such measure, or a word of the question that means nothing.
    """
    name = named(what)
    ledger = opened(context, words, progress)
    asked = about_period(context, ledger, words)
    book = Book(ledger)
    answer = explain_figure.told(book, asked.question, name)
    if isinstance(answer, EllipsisType):
        it = _explained(context, book, asked, name)
    else:
        it = explain_figure.explained(ledger, book, asked, name, answer)
    sheet = measure(asked.frame, it, verbose=verbose)
    return Explanation(sheet, bool(asked.frame.unread))


def _explained(context: Context, book: Book, asked: Asked, name: str) -> Explained:
    one = REGISTRY[name]
    titles = book.headlines()
    sides: dict[str, list[Part]] = {
        side: [_part(member, titles) for member in members] for side, members in book.members(asked.question, name).items()
    }
    return Explained(
        id=name,
        label=one.label,
        definition=one.definition,
        over=VIEWS[_views(one)[0]].note,
        formula=(one.of, one.over) if isinstance(one, Rate) else None,
        figure=book.total(asked.question, [name])[name],
        sides=sides,
        commands=dict(_commands(context, book, asked, one, sides)),
        difference=tuple(_difference(book, asked, name)),
        others=tuple(_others(book, asked, one)),
        money=isinstance(one, Count) and one.unit == "fen",
    )


def _part(member: Member, titles: Mapping[str, str]) -> Part:
    return Part(member.id, member.value, member.day, titles.get(member.id, ""), member.measure)


def _views(one: Measure) -> list[str]:
    """Name the views a measure is counted over, that of the denominator first."""
    if not isinstance(one, Rate):
        return [one.view]
    return [view for _, part in (*terms(one.over), *terms(one.of)) for view in _views(REGISTRY[part])]


def _commands(context: Context, book: Book, asked: Asked, one: Measure, sides: Mapping[str, Sequence[Part]]) -> Iterator[tuple[str, str]]:
    """Give the list commands that name the very records of a side; one that would not is not given."""
    period = asked.frame.period.name if asked.frame.period else ""
    names = {"numerator": one.of, "denominator": one.over} if isinstance(one, Rate) else {"members": one.id}
    for side, name in names.items():
        if name not in BUCKETS:
            continue
        words = [*asked.frame.scope, f"found:{period}", *filter(None, [BUCKETS[name]])]
        ids = sorted(part.id for part in sides[side])
        fitting = (said for said in (words, [*words, *PRESENT]) if ids == _listed(book, asked, said))
        if said := next(fitting, None):
            yield side, commands.listing(asked.frame, said, today=asked.question.as_of == context.today)


def _listed(book: Book, asked: Asked, words: Sequence[str]) -> list[str]:
    rows = book.listing(asked.question.as_of, filters.parse(words), asked.question.preset, ("id",))
    return sorted(str(row["id"]) for row in rows)


def _difference(book: Book, asked: Asked, name: str) -> Iterator[tuple[Text, int]]:
    if name == "hazards.rate":
        parts = [f"hazards.{part}" for part in COHORT if part != "rectified"]
    elif name == "due.on_time":
        parts = list(DUE)
    else:
        return
    figures = book.total(asked.question, parts)
    for part in parts:
        if n := count(figures, part):
            head = part.rpartition(".")[2]
            yield (NOUNS[head].label if name == "hazards.rate" and head in NOUNS else REGISTRY[part].label), n


def _others(book: Book, asked: Asked, one: Measure) -> Iterator[tuple[str, Text]]:
    """Give the figure under the other bases, where the basis matters."""
    if not BY_BASIS & set(_views(one)):
        return
    here = asked.question.preset
    for preset in get_args(Preset):
        if preset in {"default", here} and not (preset == "default" and here not in {"default", "verified"}):
            continue
        if preset == "verified":
            continue
        yield ("verified" if preset == "default" else preset), _under(book, asked, one, preset)


def _under(book: Book, asked: Asked, one: Measure, preset: Preset) -> Text:
    question = replace(asked.question, preset=preset)
    if one.id == "hazards.rate" and preset == "official":
        grades = book.total(question, ["hazards.general.rate", "hazards.major.rate"])
        said = Text("一般 {general}，重大 {major}", "general {general}, major {major}")
        return said.of(general=other(grades["hazards.general.rate"]), major=other(grades["hazards.major.rate"]))
    return other(book.total(question, [one.id])[one.id])
