"""The text of a work summary: load, ask every figure that a sentence names, fill, lay out (DOMAIN §6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.language import LANGUAGES, Language, Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, Book, Known, Question, dimension, noun, scoped
from hazardctl.ops.question import Asked, about_period
from hazardctl.ops.reporting.asking import told
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.labels import label
from hazardctl.ops.reporting.narrating.templates import Sentences, Templates, checker, in_force, narrowed
from hazardctl.ops.reporting.narrating.things import Item, Things
from hazardctl.ops.reporting.narrating.weak import OVERDUE, Weak
from hazardctl.ops.standing import late
from hazardctl.reports.answers import COHORT, Answers, Dimension, Group, checked
from hazardctl.reports.narrative.filling import Filled, fill
from hazardctl.reports.narrative.judging import Facts, needed
from hazardctl.reports.narrative.outline import EVERYWHERE, SECTIONS, Section
from hazardctl.reports.narrative.page import Paragraph, Story, narrative
from hazardctl.reports.told import Told
from hazardctl.sheet import Rate

TABLE: Final = (*(f"hazards.{part}" for part in ("found", *COHORT)), "hazards.rate", "due.total", "due.met", "due.on_time")


def make(call: Call) -> Report:
    """Make the work summary of a period.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, its configuration is invalid, or a template of the ledger's own has faults.
        BugError: the figures do not add up; nothing is printed.
    """
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    book = Book(ledger)
    templates = in_force(call.context.root, checker(ledger, book, asked.question))
    overdue, _ = late(
        ledger, book.listing(asked.question.as_of, (*asked.question.clauses, OVERDUE), asked.question.preset), asked.question.as_of
    )
    paragraphs = tuple(Telling(ledger, book, asked).paragraphs(templates)) if asked.frame.begun else ()
    story = Story(paragraphs, _sectors(ledger, book, asked.question), overdue, templates.own)
    frame = replace(asked.frame, told_by=frozenset({"items", *("tallies" for _ in ledger.of("tally"))}))
    return Report(narrative(frame, story), bool(frame.unread), frame.flawed or story.flawed)


class Telling:
    """The sentences of one ledger, as a question asks for them."""

    def __init__(self, ledger: Ledger, book: Book, asked: Asked) -> None:
        """Take the ledger, its book and the question."""
        self._book, self._question = book, asked.question
        self._things = Things(ledger, book, asked.question)
        self._weak = Weak(ledger, book, asked.question)
        period = asked.frame.period
        words = {
            "organisation": plain(asked.frame.organisation),
            "period": period.label if period else plain(""),
            "until": plain(asked.question.c.isoformat()),
            "as_of": plain(asked.question.as_of.isoformat()),
        }
        self._words: Mapping[str, Text] = {name: words[name] for name in EVERYWHERE}

    def paragraphs(self, templates: Templates) -> Iterator[Paragraph]:
        """Fill every section, in the order of the outline, and leave out what has nothing to say."""
        for section in SECTIONS.values():
            if any(templates.sections[language].get(section.key) for language in LANGUAGES):
                yield from self._section(section, templates)

    def _section(self, section: Section, templates: Templates) -> Iterator[Paragraph]:
        items = self._things.of(section)
        names = [name for name in templates.names(section) if name.partition("[")[0] in CATALOGUE or needed(name)]
        measures = dict.fromkeys(one for name in names for one in (name, *needed(name)) if one.partition("[")[0] in CATALOGUE)
        answers = self._answers(narrowed(name, item.scope) for item in items for name in measures)
        weak = self._weak.facts(section.key)
        for item in items:
            figures = {name: answers[narrowed(name, item.scope)] for name in measures}
            if section.key == "owed" and not _short(figures):
                continue
            words = {**self._words, **dict.fromkeys(section.words, plain("")), **item.words, **weak.words}
            facts = Facts(figures, words, {**item.inside, **weak.inside})
            paragraph = _paragraph(section, item, facts, templates)
            if paragraph:
                yield paragraph
                if item.scope == "key=all":
                    break

    def _answers(self, ids: Iterable[str]) -> Mapping[str, Told]:
        """Answer measures; one that the scope of the question cannot be asked by says nothing."""
        wanted = tuple(dict.fromkeys(ids))
        fit = [one for one in wanted if self._book.askable(self._question, one)]
        found = told(self._book, self._question, fit)
        return {one: found.get(one) or _unasked(one) for one in wanted}


def _unasked(text: str) -> Told:
    one = CATALOGUE[scoped(text)[0]]
    return Told(text, one.label, Known(state="missing", unit=noun(one).zh), noun(one))


def _short(figures: Mapping[str, Told]) -> bool:
    """Say whether an obligation was met less often than it fell due."""
    due, kept = (figures[name].exact if name in figures else None for name in ("obligations.due", "obligations.kept"))
    return due is not None and kept is not None and kept < due


def _paragraph(section: Section, item: Item, facts: Facts, templates: Templates) -> Paragraph | None:
    """Fill the sentences of a section in both languages; what is printed in either is a figure of the paragraph."""
    zh, en = (_sentences(templates.sections[language].get(section.key, ()), facts, language) for language in LANGUAGES)
    if not zh and not en:
        return None
    text = Text("".join(one.text for one in zh), " ".join(one.text for one in en))  # without values: braces in it are just braces
    printed = dict.fromkeys(pair for one in (*zh, *en) for pair in one.printed)
    return Paragraph(section.key, item.label, text, tuple(printed), any(one.amiss for one in (*zh, *en)))


def _sentences(sentences: Sentences, facts: Facts, language: Language) -> Sequence[Filled]:
    return [one for sentence in sentences if (one := fill(sentence, facts, language)) is not None]


def _sectors(ledger: Ledger, book: Book, question: Question) -> Answers:
    """Give the figures by sector for the table at the end; without a line where nothing was found."""
    one = dimension("sector")
    lines = book.figures(question, TABLE, [one.name])
    total = lines.pop(())
    groups = [Group(key, (label(ledger, one, key[0]),), figures) for key, figures in lines.items() if figures["hazards.found"]]
    known = list(ledger.words["sectors"])
    groups.sort(key=lambda group: (known.index(group.keys[0]) if group.keys[0] in known else len(known), group.keys))
    dimensions = [Dimension(one.name, Text(one.label.zh, one.label.en.lower()))] if groups else []
    return checked(Answers(total, {}, Rate(0, 0), dimensions, groups))
