"""The templates in force: those that ship, and above them the sections an office wrote itself (docs/adr/0010).

An office's file lies in its ledger and is data: it is parsed by a closed grammar, and every name in it is looked up. Whatever is wrong
with it is told at once, and no summary is printed with half of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeAlias

from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, Book, Question, scoped
from hazardctl.ops.reporting.narrating.things import Things
from hazardctl.reports.narrative.claims import unfounded
from hazardctl.reports.narrative.grammar import Condition, Fault, Literal, Nodes, Slot, parse, walked
from hazardctl.reports.narrative.judging import ELSE, needed, verdict
from hazardctl.reports.narrative.outline import EVERYWHERE, SECTIONS, Section
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.scan import scan
from hazardctl.vocabulary import nearest

FOLDER: Final = "templates"
Sentences: TypeAlias = tuple[Nodes, ...]
Ask: TypeAlias = Callable[[Section, str], None]
"""Asks a measure for a section, and raises UsageError where it cannot be asked."""

NO_NAME: Final = Text("没有名为“{it}”的空或条件", 'there is no slot or condition "{it}"')
NEAR: Final = Text("是不是想写 {near}？", "did you mean {near}?")
NO_TEST: Final = Text("“{it}”后面不能有 {test}", '"{it}" takes no {test}')
NO_SECTION: Final = Text("没有名为“{it}”的一节", 'there is no section "{it}"')
KNOWN: Final = Text("可以用：{all}", "there are: {all}")
NOT_READ: Final = Text("读不了：{why}", "it cannot be read: {why}")
FAULTY: Final = Text("台账自己的句子模板有 {n} 处错", "the ledger's own templates have {n} faults")
AT: Final = Text("{path}:{line}:{column}: {what}", "{path}:{line}:{column}: {what}")
AND: Final = Text("{what}（{hint}）", "{what} ({hint})")


@dataclass(frozen=True, slots=True)
class Templates:
    """The sentences that are filled.

    Attributes:
        sections: the sentences of every section, by language.
        own: files of the ledger that replace some of them.
        replaced: the sections they replace.
    """

    sections: Mapping[Language, Mapping[str, Sentences]]
    own: tuple[str, ...] = ()
    replaced: Mapping[Language, frozenset[str]] = field(default_factory=dict[Language, frozenset[str]])

    def names(self, section: Section) -> tuple[str, ...]:
        """Give the slots and conditions of a section in both languages, each once."""
        nodes = (node for language in LANGUAGES for sentence in self.sections[language][section.key] for node in walked(sentence))
        return tuple(dict.fromkeys(node.name for node in nodes if not isinstance(node, Literal)))


def path_of(language: Language) -> str:
    """Give where an office keeps its own sentences, relative to the ledger root."""
    return f"{FOLDER}/narrative.{language}.txt"


def shipped(language: Language) -> str:
    """Give the file of templates that ships."""
    return files("hazardctl.reports.narrative").joinpath(f"{language}.txt").read_text(encoding="utf-8")


def in_force(root: Path, ask: Ask) -> Templates:
    """Read the templates in force.

    Args:
        root: the ledger root.
        ask: asks a measure that an office's own file names.

    Raises:
        UnreadableError: an office's file cannot be read, or has faults: all of them are hints, with file, line and column.
    """
    found: dict[Language, dict[str, Sentences]] = {}
    own: dict[Language, frozenset[str]] = {}
    faults: list[Text] = []
    for language in LANGUAGES:
        found[language] = {key: section.sentences for key, section in parse(shipped(language)).sections.items()}
        try:
            text = _own(root, path_of(language))
        except RefusedError as refusal:
            faults.append(AT.of(path=path_of(language), line=1, column=1, what=NOT_READ.of(why=refusal.finding.message)))
            continue
        if text is not None:
            parsed = parse(text)
            faults += (_said(path_of(language), fault) for fault in checked(text, ask))
            found[language] |= {key: section.sentences for key, section in parsed.sections.items()}
            own[language] = frozenset(parsed.sections)
    if faults:
        raise UnreadableError(FAULTY.of(n=len(faults)), *faults)
    return Templates(found, tuple(map(path_of, own)), {language: own.get(language, frozenset()) for language in LANGUAGES})


def checker(ledger: Ledger, book: Book, question: Question) -> Ask:
    """Give what asks a measure of a section for the first thing it is repeated over, to see whether it can be asked at all."""
    things = Things(ledger, book, question)

    @cache
    def first(section: Section) -> str:
        return next((item.scope for item in things.of(section)), "")

    def ask(section: Section, name: str) -> None:
        scoped(name)
        scope = first(section)
        if scope or not section.scoped:
            book.known(replace(question, clauses=()), [narrowed(name, scope)])

    return ask


def narrowed(name: str, scope: str) -> str:
    """Narrow a measure by the scope of its section, unless its own bracket says that key.

    Examples:
        >>> narrowed("hazards.found[grade=major]", "sector=fire")
        'hazards.found[grade=major,sector=fire]'
    """
    head, _, own = name.partition("[")
    own = own.removesuffix("]")
    keys = {part.partition("=")[0].strip() for part in own.split(",")}
    parts = [part for part in (own, scope if scope.partition("=")[0] not in keys else "") if part]
    return f"{head}[{','.join(parts)}]" if parts else head


def _own(root: Path, path: str) -> str | None:
    if not (root / path).exists() and not (root / path).is_symlink():
        return None
    data = read_file(root / path, root)
    if not data.strip():
        return ""
    scanned = scan(data)
    if scanned.text is None:
        raise RefusedError(scanned.findings[0])
    return scanned.text


def _said(path: str, fault: Fault) -> Text:
    what = AND.of(what=fault.what, hint=fault.hint) if fault.hint else fault.what
    return AT.of(path=path, line=fault.line, column=fault.column, what=what)


def checked(text: str, ask: Ask) -> Iterator[Fault]:
    """Find everything that is wrong with a file of templates, in the order of its lines."""
    parsed = parse(text)
    found = list(parsed.faults)
    for key, section in parsed.sections.items():
        if key not in SECTIONS:
            near = nearest(SECTIONS, key)
            found.append(Fault(section.line, 1, NO_SECTION.of(it=key), NEAR.of(near=near) if near else KNOWN.of(all=list(SECTIONS))))
            continue
        for sentence in section.sentences:
            found += unfounded(sentence)
            found += _names(SECTIONS[key], walked(sentence), ask)
    yield from sorted(found, key=lambda fault: (fault.line, fault.column))


def _names(section: Section, nodes: Iterable[Literal | Slot | Condition], ask: Ask) -> Iterator[Fault]:
    for node in nodes:
        if isinstance(node, Literal) or (fault := _name(section, node, ask)) is None:
            continue
        yield fault


def _name(section: Section, node: Slot | Condition, ask: Ask) -> Fault | None:
    words = {*EVERYWHERE, *section.words}
    if node.name in words:
        if isinstance(node, Condition) and node.test:
            return Fault(node.line, node.column, NO_TEST.of(it=node.name, test=node.test))
        return None
    if verdict(node.name) or node.name == ELSE:
        if isinstance(node, Slot) or node.test:
            return Fault(node.line, node.column, NO_TEST.of(it=node.name, test="{ }" if isinstance(node, Slot) else node.test))
    elif node.name.partition("[")[0] not in CATALOGUE:
        near = nearest((*CATALOGUE, *words, "all", "none", ELSE), node.name.partition("[")[0])
        return Fault(node.line, node.column, NO_NAME.of(it=node.name), NEAR.of(near=near) if near else KNOWN.of(all=sorted(words)))
    for name in needed(node.name) if verdict(node.name) else [node.name] * (node.name != ELSE):
        try:
            ask(section, name)
        except UsageError as failure:
            return Fault(node.line, node.column, failure.what, failure.hints[0] if failure.hints else None)
    return None
