"""Checking the claims of a work summary: read the text, hold its figures against each other and against the ledger."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.exchange.claims.reading import Claim, read
from hazardctl.exchange.claims.reading import Text as Read
from hazardctl.exchange.claims.scopes import Lexicon
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.ops.claim_checks import days_named, faults
from hazardctl.ops.claim_files import content
from hazardctl.ops.context import Context
from hazardctl.ops.question import Asked, Words, about_period, key_periods, opened
from hazardctl.ops.reporting.asking import told_or_nil
from hazardctl.reports.claims import Against, Page, Row, Verdict, claims
from hazardctl.reports.figures import Spread
from hazardctl.reports.told import Known, Range, Told
from hazardctl.rules.hz507 import printed_as
from hazardctl.sheet import Rate, Sheet
from hazardctl.store.load import Progress
from hazardctl.vocabulary import BUILT_IN
from hazardctl.vocabulary.term import Term

NAMED: Final = {"sectors": "sector", "unit_types": "unit_type", "themes": "theme", "bodies": "body", "purposes": "purpose"}
SECTORS: Final = {"road": ("road traffic", "roads"), "gas": ("gas",), "chem": ("chemicals",), "fire": ("fire protection",)}
"""Names in English that texts use beside that of the vocabulary."""
NO_PERIOD: Final = Text("文中没有写明统计期", "the text names no period")
SAY_PERIOD: Final = Text("写 -p 统计期，或用 --no-ledger 只核对文中的算术", "write -p PERIOD, or --no-ledger to check its arithmetic only")
_AS_OF: Final = re.compile(r"(?:截[至止]到?|^到|(?i:asof|upto))(?P<day>[12]\d{3}-\d\d-\d\d|[12]\d{3}年\d{1,2}月\d{1,2}日)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A page of claims, whether any is contradicted, and whether a file of the ledger was left out."""

    sheet: Sheet
    contradicted: bool
    incomplete: bool = False


def alone(file: str, *, talkative: bool = False) -> Checked:
    """Check a text within itself.

    Args:
        file: txt, md or docx.
        talkative: say how many numbers are no claims.

    Raises:
        UsageError: the file cannot be read.
        MissingExtraError: it is a docx, and the extra is not installed.
    """
    text = read(content(file), Lexicon(common(BUILT_IN)))
    page = Page(file, [_row(one, "not_compared", None, "") for one in text.claims], _against(text), text.left, talkative)
    return Checked(claims(page, None), bool(page.faults))


def checked(context: Context, file: str, words: Words, *, talkative: bool = False, progress: Progress | None = None) -> Checked:
    """Check a text within itself and against the ledger.

    Args:
        context: which ledger, which day.
        file: txt, md or docx.
        words: of the question; the period the text names where there is none in it.
        talkative: say how many numbers are no claims.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: the file cannot be read, names no period, or a word means nothing.
        MissingExtraError: it is a docx, and the extra is not installed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    written = content(file)
    ledger = opened(context, words, progress)
    text = read(written, Lexicon(_names(ledger)))
    asked = about_period(context, ledger, _dated(words, text))
    rows = list(_rows(text, Book(ledger), asked, words))
    page = Page(file, rows, _against(text), text.left, talkative)
    return Checked(claims(page, asked.frame), bool(page.faults or page.contradicted), bool(asked.frame.unread))


def common(words: Mapping[str, Mapping[str, Term]]) -> Iterator[tuple[str, str, str]]:
    """Give the names that every text may use of sectors and other words, in both languages: name, key, value."""
    for vocabulary, key in NAMED.items():
        for term in words.get(vocabulary, {}).values():
            for name in (term.zh, *term.also, *_squeezed(term.en)):
                yield name, key, term.key
    for key, names in SECTORS.items():
        yield from ((name, "sector", key) for each in names for name in _squeezed(each))
    yield "重点时段", "key", "all"


def _squeezed(name: str) -> tuple[str, ...]:
    """Give a name in English as the reader meets it: without blanks, with a small or a capital letter."""
    plain = "".join(name.split())
    return (plain, plain[:1].upper() + plain[1:]) if plain else ()


def _names(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Give the names of a ledger that a sentence may be about; a campaign by its alias where that is its own."""
    known = ledger.campaigns.values()
    aliases = [one.alias for one in known]
    for one in known:
        value = one.alias if one.alias and aliases.count(one.alias) == 1 and not set(one.alias) & set("[]=,+") else one.id
        for name in (one.name, one.alias):
            yield name or "", "campaign", value
    for key in key_periods(ledger):
        yield key.label.zh, "key", key.id
    yield from common(ledger.words)


def _dated(words: Words, text: Read) -> Words:
    """Put the period and the as-of day that the text names where none was typed."""
    period, as_of = words.period, words.as_of
    if not period:
        days = days_named(text)
        if days is None:
            raise UsageError(NO_PERIOD, SAY_PERIOD)
        period = f"{days[0]}..{days[1]}"
        if not as_of and (found := _AS_OF.search(text.body)) and str(days[0].year) == found["day"][:4]:
            as_of = found["day"]
    return replace(words, period=period, as_of=as_of)


def _against(text: Read) -> list[Against]:
    return [
        Against(
            one.code,
            one.claim.line if one.claim else 1,
            one.claim.column if one.claim else 1,
            one.claim.words if one.claim else "",
            one.what,
        )
        for one in faults(text)
    ]


# --------------------------------------------------------------------------------------------------------- against the ledger


def _rows(text: Read, book: Book, asked: Asked, words: Words) -> Iterator[Row]:
    ids = {claim: _asked_as(claim, asked) for claim in text.claims}
    wholes = [_whole(name) for claim, name in ids.items() if claim.whole]
    answers = _answers(book, asked, dict.fromkeys(one for one in (*ids.values(), *wholes) if one))
    period = asked.frame.period.name if asked.frame.period else ""
    for claim, name in ids.items():
        told = answers.get(name)
        command = ["hazardctl", "explain", name, "-p", period, "--as-of", asked.question.as_of.isoformat(), *words.filters]
        verdict = _verdict(claim, told, answers.get(_whole(name))) if name else "not_compared"
        yield _row(claim, verdict, told, shlex.join(command) if told and not told.missing else "")


def _asked_as(claim: Claim, asked: Asked) -> str:
    """Give the id a claim is asked by: with the days of its own, if it has some; nothing for a name the ledger does not have."""
    if any(value.startswith("?") or set(value) & set("[]=,") for _, value in claim.scope):
        return ""
    year = asked.question.end.year
    own = {"去年": str(year - 1), "上年": str(year - 1), "明年": str(year + 1), "来年": str(year + 1)}
    when = own.get(claim.when, claim.when)
    if when.endswith("月"):
        before, _, month = when.removesuffix("月").rpartition("年")
        when = f"{before or year}-{int(month):02}"
    elif when.startswith("Q"):
        when = f"{year}{when}"
    inside = ",".join(f"{key}={value}" for key, value in (*claim.scope, *([("period", when)] if when else [])))
    return f"{claim.measure}[{inside}]" if inside else claim.measure


def _answers(book: Book, asked: Asked, ids: Iterable[str]) -> Mapping[str, Told]:
    """Ask the ledger for figures in one go; a word of the text that names nothing in this ledger tells that it keeps no such figure."""
    fit = [name for name in ids if _askable(book, asked, name)]
    try:
        return told_or_nil(book, asked.question, fit)
    except UsageError:  # one of them is at fault: the others are answered all the same
        return {name: told for one in fit for name, told in _alone(book, asked, one).items()}


def _askable(book: Book, asked: Asked, name: str) -> bool:
    try:
        return book.askable(asked.question, name)
    except UsageError:
        return False


def _alone(book: Book, asked: Asked, name: str) -> Mapping[str, Told]:
    try:
        return told_or_nil(book, asked.question, [name])
    except UsageError:
        return {}


def _whole(name: str) -> str:
    """Give the figure that another is all of."""
    return name.replace(".rectified", ".found")


def _verdict(claim: Claim, told: Told | None, whole: Told | None) -> Verdict:
    if claim.number.blank and not claim.whole:
        return "blank"
    if told is None or told.missing:
        return "not_kept"
    return _all(claim, told, whole) if claim.whole else _held(claim, told)


def _all(claim: Claim, told: Told, whole: Told | None) -> Verdict:
    """Judge words that say "all": what all is, the ledger says, so that a wrong total is told once."""
    if claim.measure.endswith(".rectified") and whole is not None and whole.exact is not None:
        return "agrees" if whole.exact == told.exact else "contradicts"
    return "agrees" if isinstance(told.answer, Rate) and told.answer.value == 100 else "not_compared"


def _held(claim: Claim, told: Told) -> Verdict:
    match told.answer:
        case Rate():
            return _rate(claim, told.answer)
        case Known() if told.exact is not None:
            return _meets(claim, Decimal(told.exact), told.answer.mark, money=told.money)
        case Range():
            ends = (told.answer.least, told.answer.most)
            return "agrees" if ends == (claim.number.least, claim.number.most) else "contradicts"
        case Spread() if told.answer.median is not None:
            return "agrees" if Decimal(str(told.answer.median)) == claim.number.exact else "contradicts"
        case _:
            return "not_compared"


def _rate(claim: Claim, rate: Rate) -> Verdict:
    if claim.number.exact is None or not rate.denominator:
        return "not_compared" if claim.number.exact is None else "not_kept"
    exact = Decimal(rate.numerator) * 100 / Decimal(rate.denominator)
    return "agrees" if printed_as(claim.number.exact, exact) else "contradicts"


def _meets(claim: Claim, value: Decimal, mark: str, *, money: bool) -> Verdict:
    """Say whether what the text may mean and what the ledger may mean have a number in common.

    Money is rounded in a text: half of its last place either way. A figure over 200 of the ledger is at least 200.
    """
    slack = claim.number.step / 2 if money else Decimal(0)
    low, high = (claim.number.floor or Decimal(0)) - slack, (claim.number.ceiling or Decimal(0)) + slack
    if mark:
        return "agrees" if low <= value <= high or (claim.number.least == value) else "contradicts"
    over = claim.number.mark in {"over", "about"}
    return "agrees" if low <= value and (value < high if over else value <= high) else "contradicts"


def _row(claim: Claim, verdict: Verdict, told: Told | None, command: str) -> Row:
    one = claim.number
    value = None if one.least is None or one.most is None else (f"{one.least:f}", f"{one.most:f}")
    return Row(claim.line, claim.column, claim.words, _said_as(claim), verdict, told, value, one.mark, command)


def _said_as(claim: Claim) -> str:
    scope = (*claim.scope, *([("period", claim.when)] if claim.when else []))
    inside = ",".join(f"{key}={value}" for key, value in scope)
    return f"{claim.measure}[{inside}]" if inside else claim.measure
