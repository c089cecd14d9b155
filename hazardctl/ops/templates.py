"""The templates of the work summary, to look at, to copy and to check (`hazardctl template`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import LANGUAGES, Language, Text, plain
from hazardctl.measures import Book
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.question import Words, about_period
from hazardctl.ops.reporting.narrating.templates import KNOWN, NEAR, NO_SECTION, Templates, checker, in_force, path_of, shipped
from hazardctl.reports.narrative.grammar import parse
from hazardctl.reports.narrative.outline import EVERYWHERE, SECTIONS
from hazardctl.sheet import Cell, Column, Sheet, Table
from hazardctl.store.load import load
from hazardctl.vocabulary import nearest

ALL: Final = "all"
TITLE: Final = Text("工作总结的句子模板", "the templates of the work summary")
OURS: Final = Text("随程序", "shipped")
NONE: Final = Text("台账没有自己的句子：{zh}、{en} 都不在", "the ledger has no sentences of its own: neither {zh} nor {en} is there")
USED: Final = Text("台账自己的句子：{paths}，没有错", "sentences of the ledger's own: {paths}, without a fault")
COMMON: Final = Text("每节都有的词：{words}", "words of every section: {words}")
COPY: Final = Text("取一节来改", "take a section to change it")
COLUMNS: Final = (
    Column("section", Text("节", "Section"), fixed=True),
    Column("about", Text("说什么", "Speaks of")),
    Column("words", Text("除指标外可用的词", "Words beside measures"), drop=1),
    *(Column(f"from_{language}", Text(f"出自（{language}）", f"From ({language})"), drop=2) for language in LANGUAGES),
)


def listed(context: Context) -> Sheet:
    """List the sections, and where the sentences of each come from.

    Raises:
        UnreadableError: there is no ledger, or its own templates have faults; all of them are hints.
    """
    ledger = load(context.root, keeper=keeper(context))
    question = about_period(context, ledger, Words()).question
    templates = in_force(context.root, checker(ledger, Book(ledger), question))
    rows: list[tuple[Cell, ...]] = [
        (key, one.about, plain(", ".join(one.words)), *(_origin(templates, language, key) for language in LANGUAGES))
        for key, one in SECTIONS.items()
    ]
    paths = {language: path_of(language) for language in LANGUAGES}
    note = USED.of(paths=list(templates.own)) if templates.own else NONE.of(**paths)
    return Sheet(
        name="templates",
        title=TITLE,
        blocks=(Table("sections", COLUMNS, tuple(rows)),),
        foot=(COMMON.of(words=list(EVERYWHERE)), note),
        data={
            "own": list(templates.own),
            "words": dict(EVERYWHERE),
            "sections": [dict(zip((column.key for column in COLUMNS), row, strict=True)) for row in rows],
        },
        main="sections",
        hints=((f"hazardctl template campaign >> {paths[context.language]}", COPY),),
    )


def _origin(templates: Templates, language: Language, key: str) -> Text:
    return plain(path_of(language)) if key in templates.replaced[language] else OURS


def text(names: Sequence[str], language: Language) -> str:
    """Give the templates that ship, of some sections or of `all`, as they stand in their file: to be put into one's own and changed.

    Raises:
        UsageError: there is no such section.
    """
    source = shipped(language)
    if ALL in names:
        return source
    for name in names:
        if name not in SECTIONS:
            near = nearest(SECTIONS, name)
            raise UsageError(NO_SECTION.of(it=name), NEAR.of(near=near) if near else KNOWN.of(all=list(SECTIONS)))
    return "\n".join(_section(source, name) for name in dict.fromkeys(names))


def _section(source: str, name: str) -> str:
    lines, sections = source.splitlines(), parse(source).sections
    first = sections[name].line
    last = min((one.line for one in sections.values() if one.line > first), default=len(lines) + 1)
    return "\n".join(_trimmed(lines[first - 1 : last - 1])) + "\n"


def _trimmed(lines: Sequence[str]) -> Iterator[str]:
    """Leave out empty lines."""
    return (line for line in lines if line.strip())
