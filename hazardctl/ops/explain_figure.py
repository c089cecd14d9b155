"""A figure explained that records of several kinds, tallies or declarations tell, or that nothing tells."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import EllipsisType
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, REGISTRY, Answer, Book, Known, Question, Range, Spread, noun, scoped
from hazardctl.measures.definition import AnyMeasure, Computed, Rate, Sum, terms
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.views import VIEWS
from hazardctl.model.record import Record
from hazardctl.ops.question import Asked
from hazardctl.ops.reporting.asking import or_nil
from hazardctl.reports.figures import equation
from hazardctl.reports.measure import Explained, Part
from hazardctl.sheet import Rate as RateFigure
from hazardctl.sheet import Value
from hazardctl.vocabulary import BUILT_IN

NAMES: Final = ("headline", "name", "title", "subject", "content")
DUTIES: Final = Text(
    "截至日未作废的目标和义务，以及履行它们的记录", "targets and obligations not withdrawn, and the records that meet them"
)


def told(book: Book, question: Question, name: str) -> Answer | EllipsisType:
    """Give the answer of a figure that is more than a count of hazards; `...` for one that is just that."""
    answer = book.known(question, [name])[name]
    if name not in REGISTRY:
        return or_nil(book, question, name, answer)
    figure = book.total(question, [name])[name]
    if isinstance(answer, Known):
        silent = answer.items is None and answer.stated is None and not answer.blank
        pooled = bool(answer.silent) or answer.tallied is not None
        return ... if answer.told is None and not pooled and (silent or not answer.missing) else answer
    return ... if answer == figure else answer


def explained(ledger: Ledger, book: Book, asked: Asked, text: str, answer: Answer) -> Explained:
    """Give what is said of it: definition, answer, and the records, tallies and declarations behind it."""
    name, _ = scoped(text)
    one = CATALOGUE[name]
    behind = book.members(asked.question, text)
    titles = _titles(ledger, book, {it.id for members in behind.values() for it in members})
    sides: dict[str, list[Part]] = {
        side: [Part(it.id, it.value, it.day, titles.get(it.id, ""), it.measure) for it in members] for side, members in behind.items()
    }
    return Explained(
        id=text,
        label=one.label,
        definition=one.definition,
        over=_over(one),
        formula=(one.of, one.over) if isinstance(one, Rate) else None,
        figure=0,
        sides=sides,
        commands={},
        said=said(answer, noun(one)),
        data=data(answer),
    )


def _titles(ledger: Ledger, book: Book, ids: AbstractSet[str]) -> dict[str, str]:
    """Give the short names of records: those of hazards in one go, of the others one by one."""
    found = dict(book.headlines())
    return found | {one: _title(ledger.by_id[one].record) for one in ids - found.keys() if one in ledger.by_id}


def _title(record: Record) -> str:
    return next((found for name in NAMES if (found := str(getattr(record, name, "")))), "")


def _over(one: AnyMeasure) -> Text:
    match one:
        case Sum():
            return SOURCES[one.view].note
        case Rate():
            return _over(CATALOGUE[terms(one.over)[0][1]])
        case Computed():
            return DUTIES
        case _:
            return VIEWS[one.view].note


def said(answer: Answer, unit: Text) -> Text:
    """Say an answer with what tells it; `unit` is the unit of count."""
    match answer:
        case None:
            return Text("/（约数不计率）", "/ (approximate figures make no rate)")
        case Known():
            return _known(answer, unit)
        case Range():
            ends = " ".join(f"{end:f}" if end is not None else ".." for end in (answer.least, answer.most))
            return Text("{ends}{unit}", "{ends} {unit}").of(ends=ends.replace(" ", "-"), unit=unit)
        case RateFigure():
            return equation(answer)
        case Spread():
            return plain(str(answer.n))


def _known(answer: Known, unit: Text) -> Text:
    if answer.silent and not answer.missing:
        least = Text("不少于 {it}；没有说到它的台账：{keys}", "at least {it}; ledgers that do not tell it: {keys}")
        return least.of(it=_known(replace(answer, silent=()), unit), keys=list(answer.silent))
    numbers = {"items": _number(answer.items), "told": _number(answer.told), "mark": _mark(answer), "unit": unit}
    if answer.twice:
        return Text("明细 {items}、汇总数 {told}，两者从不相加", "records say {items}, tallies {told}; they are never added").of(**numbers)
    if answer.missing and answer.stated is not None:
        printed = Text("∅（原文所列 {stated}%，组成不全）", "∅ (the source prints {stated}%, its parts are missing)")
        return printed.of(stated=f"{answer.stated:f}")
    if answer.missing:
        return Text("∅（没有完整的记录、汇总数或零报告）", "∅ (no complete records, no tally, no declaration)")
    if answer.state == "zero":
        return Text("0{unit}（零报告）", "0 {unit} (declared)").of(**numbers)
    if answer.tallied is not None:
        both = Text(
            "{items}{mark}{unit}（明细，其中 {part} 是别的台账的汇总数）",
            "{mark}{items} {unit} (records, {part} of it by tallies of other ledgers)",
        )
        return both.of(**numbers, part=_number(answer.tallied))
    if answer.told is not None:
        return Text("{told}{mark}{unit}（汇总数）", "{mark}{told} {unit} (tally)").of(**numbers)
    return Text("{items}{mark}{unit}（明细）", "{mark}{items} {unit} (records)").of(**numbers)


def _mark(answer: Known) -> Text:
    if not answer.mark:
        return plain("")
    term = BUILT_IN["approximations"][answer.mark]
    return Text(term.zh, term.en + " ")


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)


def data(answer: Answer) -> Value:
    """Give an answer for programs: numbers that are no whole numbers as text."""
    match answer:
        case Known():
            items, tally = (value if value is None or isinstance(value, int) else f"{value:f}" for value in (answer.items, answer.told))
            stated = None if answer.stated is None else f"{answer.stated:f}"
            return {
                "state": answer.state,
                "items": items,
                "told": tally,
                "mark": answer.mark,
                "unit": answer.unit,
                "stated": stated,
                "twice": answer.twice,
                **({"silent": list(answer.silent)} if answer.silent else {}),
                **({"tallied": _number(answer.tallied)} if answer.tallied is not None else {}),
            }
        case Range():
            least, most = (None if end is None else f"{end:f}" for end in (answer.least, answer.most))
            return {"least": least, "most": most, "unit": answer.unit}
        case Spread():
            return answer.n
        case _:
            return answer
