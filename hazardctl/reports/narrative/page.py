"""The work summary laid out: title, chapters, numbered paragraphs, what is missing, the tables at the end (EXPERIENCE 8.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import LANGUAGES, Text
from hazardctl.reports import frame as frames
from hazardctl.reports.answers import Answers, Late
from hazardctl.reports.commands import same
from hazardctl.reports.frame import Frame
from hazardctl.reports.groups import tables
from hazardctl.reports.narrative.filling import missing, placeholders
from hazardctl.reports.narrative.outline import CHAPTERS, OPENING, Chapter, Section
from hazardctl.reports.overdue import data as listed
from hazardctl.reports.overdue import table as late_table
from hazardctl.reports.summary import NOT_BEGUN
from hazardctl.reports.told import Told, data, number, source
from hazardctl.sheet import Block, Column, Heading, Line, Sheet, Table, Value

TITLE: Final = Text("{name}{period}安全生产工作总结", "{name}: work summary, {period}")
NUMERALS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
CHAPTER: Final = Text("{n}、{title}", "{n}. {title}")
PART: Final = Text("（{n}）{title}", "{chapter}.{n} {title}")
NUMBERED: Final = Text("{n}. {title}", "({n}) {title}")
ONE_BY_ONE: Final = frozenset({"campaign", "sector", "major_hazard"})
"""Sections whose paragraphs are numbered."""

BASIS: Final = Text("口径", "Basis")
MISSING_TITLE: Final = Text(
    "文中 {n} 个数字缺或两说，以上照印，不作 0 计", "{n} figures are missing or told twice: printed as they are, never as 0"
)
UNFILLED: Final = Text("文中有 {n} 处【请填写】，须由人补写", "{n} places are marked 【】 and must be written by a person")
AMISS: Final = Text("文中 {n} 句的各项与总数不符或去向不明，请核实", "in {n} sentences the parts do not make up the whole: please check")
OWN: Final = Text("句子采用 {paths}", "sentences from {paths}")
SECTORS: Final = Text("附表1 分行业领域整改情况", "Table 1: by sector")
OVERDUE: Final = Text("附表2 截至 {day} 逾期未整改 {n} 项", "Table 2: overdue on {day}: {n}")
MORE: Final = Text("另有 {n} 项：hazardctl overdue", "and {n} more: hazardctl overdue")
NOTHING: Final = Text("台账里没有这一时期可写的数字", "the ledger has no figure to tell of this period")
MOST_LATE: Final = 50
MADE: Final = Text("存成文件", "keep it as a file")
SENTENCES: Final = Text("看句子模板", "see the templates of the sentences")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A section filled.

    Attributes:
        section: its key.
        item: what it is about, where the section is repeated.
        text: as printed, in both languages.
        figures: slot and figure of everything printed in it.
        amiss: parts in it do not make up the whole.
    """

    section: str
    item: Text
    text: Text
    figures: tuple[tuple[str, Told], ...] = ()
    amiss: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a work summary prints.

    Attributes:
        paragraphs: in the order of the outline.
        answers: figures by sector, for the table.
        overdue: on the as-of day, majors first.
        own: files of the ledger whose sentences stand in for ours.
    """

    paragraphs: Sequence[Paragraph]
    answers: Answers
    overdue: Sequence[Late] = ()
    own: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Told, ...]:
        """Give what stands as ∅ or is told twice."""
        return missing(pair for one in self.paragraphs for pair in one.figures)

    @property
    def flawed(self) -> bool:
        """Say whether something is missing, told twice, or does not add up, which `--strict` refuses."""
        return bool(self.missing) or any(one.amiss for one in self.paragraphs)

    @property
    def unfilled(self) -> int:
        """Count the places that a person must fill."""
        return sum(placeholders(one.text) for one in self.paragraphs)


def narrative(frame: Frame, story: Story) -> Sheet:
    """Lay out a work summary."""
    period = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="narrative",
        title=TITLE.of(name=frame.organisation, period=period),
        blocks=tuple(_blocks(frame, story)),
        foot=(*_notes(story), *frames.foot(frame, headed=True)),
        data=_data(frame, story),
        main="figures",
        hints=(
            (f"hazardctl report narrative {same(frame)} -o summary.md", MADE),
            ("hazardctl template", SENTENCES),
        ),
        stamp=frames.stamp(frame),
    )


def _blocks(frame: Frame, story: Story) -> Iterator[Block]:
    yield from (Line(one.text, OPENING.key) for one in story.paragraphs if one.section == OPENING.key)
    number_ = _Number(CHAPTER)
    for chapter in CHAPTERS:
        told = _of((*(section for part in chapter.parts for section in part.sections), *chapter.sections), story)
        if told:
            yield Heading(number_.next(chapter.title, told), 1)
            yield from _chapter(chapter, number_.written, story)
    if not frame.begun:
        yield Line(NOT_BEGUN.of(day=frame.as_of, period=frame.period.label if frame.period else Text("", "")))
    elif not any(one.figures for one in story.paragraphs):
        yield Line(NOTHING)
    yield Line(frames.head(frame), "basis", BASIS)
    yield from _tables(frame, story)


def _chapter(chapter: Chapter, written: Text, story: Story) -> Iterator[Block]:
    number_ = _Number(PART.of(chapter=written))
    for part in chapter.parts:
        if told := _of(part.sections, story):
            yield Heading(number_.next(part.title, told), 2)
            for section in part.sections:
                yield from _lines(_of([section], story), numbered=section.key in ONE_BY_ONE)
    told = _of(chapter.sections, story)
    yield from _lines(told, numbered=len(told) > 1)


def _of(sections: Iterable[Section], story: Story) -> list[Paragraph]:
    """Give the paragraphs of sections, in the order of the sections."""
    return [one for section in sections for one in story.paragraphs if one.section == section.key]


def _lines(told: Sequence[Paragraph], *, numbered: bool) -> Iterator[Line]:
    number_ = _Number(NUMBERED, numerals=False)
    for one in told:
        yield Line(number_.next(one.text, [one]) if numbered else one.text, one.section)


class _Number:
    """Counts what stands, in each language by itself: sentences of an office may say nothing in one of the two."""

    def __init__(self, form: Text, *, numerals: bool = True) -> None:
        self._form = form
        self._numerals = numerals
        self._count = dict.fromkeys(LANGUAGES, 0)

    def next(self, title: Text, told: Sequence[Paragraph]) -> Text:
        """Give a title with its number; empty in a language in which nothing below it is said."""
        stands = {language: any(one.text.say(language) for one in told) for language in LANGUAGES}
        for language in LANGUAGES:
            self._count[language] += stands[language]
        values = {**self._form.values, "n": self.written, "title": title}
        return Text(self._form.zh if stands["zh"] else "", self._form.en if stands["en"] else "", values)

    @property
    def written(self) -> Text:
        """Give the number of the last title."""
        n = self._count["zh"]
        numeral = NUMERALS[n] if n < len(NUMERALS) else f"十{NUMERALS[n - 10]}"
        return Text(numeral if self._numerals else str(n), str(self._count["en"]))


def _notes(story: Story) -> Iterator[Text]:
    if amiss := sum(one.amiss for one in story.paragraphs):
        yield AMISS.of(n=amiss)
    if story.unfilled:
        yield UNFILLED.of(n=story.unfilled)
    if story.own:
        yield OWN.of(paths=list(story.own))


def _tables(frame: Frame, story: Story) -> Iterator[Block]:
    if story.missing:
        rows = tuple((one.label, one.id, number(one), source(one)) for one in story.missing)
        yield Table("missing", _COLUMNS_MISSING, rows, MISSING_TITLE.of(n=len(rows)))
    for table in tables(story.answers, official=frame.preset == "official"):
        yield Heading(SECTORS, 2)
        yield table
    if story.overdue:
        late = len(story.overdue)
        yield Heading(OVERDUE.of(day=frame.as_of, n=late), 2)
        yield late_table(story.overdue[:MOST_LATE], note=MORE.of(n=late - MOST_LATE) if late > MOST_LATE else None)
    yield Table("figures", _COLUMNS, tuple(_rows(story)))


_COLUMNS_MISSING: Final = (
    Column("name", Text("名称", "Name")),
    Column("measure", Text("指标", "Measure")),
    Column("value", Text("印作", "Printed")),
    Column("source", Text("来源", "Told by")),
)
_COLUMNS: Final = tuple(
    Column(key, label, data=True)
    for key, label in (
        ("section", Text("节", "section")),
        ("item", Text("对象", "about")),
        ("sentence", Text("句子", "sentence")),
        ("slot", Text("空", "slot")),
        ("measure", Text("指标", "measure")),
        ("name", Text("名称", "name")),
        ("value", Text("数值", "value")),
        ("unit", Text("单位", "unit")),
        ("source", Text("来源", "told by")),
    )
)


def _rows(story: Story) -> Iterator[tuple[str | Text, ...]]:
    for one in story.paragraphs:
        for slot, told in one.figures:
            yield one.section, one.item, one.text, slot, told.id, told.label, number(told), told.printed_unit, source(told)


def _data(frame: Frame, story: Story) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "sections": [_section(key, story) for key in dict.fromkeys(one.section for one in story.paragraphs)],
        "missing": [data(one) for one in story.missing],
        "placeholders": story.unfilled,
        "amiss": sum(one.amiss for one in story.paragraphs),
        "templates": list(story.own),
        "overdue_list": listed(story.overdue),
        **frames.unread(frame),
    }


def _section(key: str, story: Story) -> dict[str, Value]:
    return {
        "key": key,
        "sentences": [
            {
                "about": one.item,
                "text": one.text,
                "adds_up": not one.amiss,
                "figures": [{"slot": slot, **data(told)} for slot, told in one.figures],
            }
            for one in story.paragraphs
            if one.section == key
        ],
    }
