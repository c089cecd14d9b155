"""The grammar of a template: literal text, slots, clauses. It is closed; nothing in it can run (docs/adr/0010).

    == campaign ==                       a section: what follows fills one paragraph, a line each sentence
    # ...                                a remark
    {inspections.units}                  a figure with its mark, or a word of the section, as {campaign}
    {inspections.teams team/teams}       a figure and its noun, by number
    [[, {hazards.overdue} overdue]]      a clause: stands when all its own slots have something to say
    [[all? every one put right | else? {hazards.rectified} put right]]
                                         the first alternative that can stand; behind a condition its slots print whatever they are

A condition is `all` or `none` (of the hazards found, `major.all` of the major ones), `else`, which always holds, a measure that has
something to say, a measure that is nil (`=0`) or known and above nil (`>0`), a rate below 100 % (`<1`), or a word of the section.
`{{` and `}}` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from hazardctl.language import Text

DEEPEST: Final = 8
_HEAD: Final = re.compile(r"==\s*(?P<name>[^=]*?)\s*==")
_SLOT: Final = re.compile(r"(?P<name>[^\s{}\[\]]+(?:\[[^\[\]{}]*\])?)(?:\s+(?P<one>[^/{}]+)/(?P<many>[^/{}]+))?")
_CONDITION: Final = re.compile(r"\s*(?P<name>[a-z_][a-z_0-9.]*(?:\[[^\[\]{}|]*\])?)(?P<test>=0|>0|<1)?[?？]\s*", re.ASCII)
_LITERAL: Final = re.compile(r"[^{}\[\]|]+|\[(?!\[)|\](?!\])")

STRAY: Final = Text("“{it}”没有配对", '"{it}" has no partner')
UNCLOSED: Final = Text("“{it}”没有结束", '"{it}" is not closed')
BAD_SLOT: Final = Text("“{it}”不是一个空", '"{it}" is no slot')
SLOT_FORM: Final = Text("写作 {inspections.units} 或 {campaign}", "write {inspections.units} or {campaign}")
TOO_DEEP: Final = Text("从句套得太深，最多 {n} 层", "clauses are nested too deep; {n} levels at most")
NO_SECTION: Final = Text("这一行不在任何一节里", "this line is in no section")
HEAD_FORM: Final = Text("先写节名，如 == campaign ==", "begin with the name of a section, as == campaign ==")
TWICE: Final = Text("“{it}”这一节写了两遍", 'the section "{it}" stands twice')
BRACES: Final = Text("大括号本身写作 {it}", "a brace itself is written {it}").of(it="{{ }}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a figure or a word.

    Attributes:
        name: id of a measure, with or without a scope in brackets, or a word of the section.
        one: the noun behind a figure of one; empty without nouns.
        many: the noun behind any other figure.
        line: where it stands, from 1.
        column: likewise.
    """

    name: str
    one: str
    many: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold; `test` is `=0`, `>0`, `<1`, or empty for "has something to say"."""

    name: str
    test: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative of a clause."""

    condition: Condition | None
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that stands or falls as a whole: the first alternative that can stand does."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """Words as written, and where they begin."""

    text: str
    line: int
    column: int


Node: TypeAlias = Literal | Slot | Clause
Nodes: TypeAlias = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a template, where (from 1), and what to do."""

    line: int
    column: int
    what: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section as written: the line of its head, and its sentences."""

    line: int
    sentences: tuple[Nodes, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file of templates: sections by name, and everything that is wrong with it."""

    sections: Mapping[str, Section] = field(default_factory=dict[str, Section])
    faults: tuple[Fault, ...] = ()


class _Wrong(Exception):
    """A fault on its way to the list of faults; it never leaves this module."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what.en)
        self.fault = fault


def parse(text: str) -> Parsed:
    r"""Read a file of templates; every line that is wrong is told, none is guessed.

    Examples:
        >>> list(parse("== risk ==\n{risk_points.count} points").sections)
        ['risk']
    """
    sections: dict[str, Section] = {}
    faults: list[Fault] = []
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line.strip()):
            name = head["name"]
            if name in sections:
                faults.append(Fault(number, 1, TWICE.of(it=name)))
            sections[name] = Section(number)
        elif not name:
            faults.append(Fault(number, 1, NO_SECTION, HEAD_FORM))
        else:
            try:
                nodes = _Line(line.strip(), number, len(line) - len(line.lstrip())).nodes()
            except _Wrong as wrong:
                faults.append(wrong.fault)
            else:
                sections[name] = Section(sections[name].line, (*sections[name].sentences, nodes))
    return Parsed(sections, tuple(faults))


class _Line:
    """One line on its way to nodes."""

    def __init__(self, text: str, line: int, indent: int) -> None:
        self._text, self._line, self._indent, self._at = text, line, indent, 0

    def nodes(self) -> Nodes:
        found = self._sequence(0)
        if self._at < len(self._text):
            raise self._wrong(STRAY.of(it=self._text[self._at : self._at + 2]))
        return found

    def _sequence(self, depth: int) -> Nodes:
        """Read up to the end of the line; inside a clause up to `|` or `]]`."""
        found: list[Node] = []
        while self._at < len(self._text):
            if self._text.startswith("]]", self._at) or (depth and self._text[self._at] == "|"):
                break
            found.append(self._node(depth))
        return tuple(found)

    def _node(self, depth: int) -> Node:
        text, at = self._text, self._at
        if text.startswith("[[", at):
            return self._clause(depth + 1)
        if text.startswith(("{{", "}}"), at):
            self._at += 2
            return Literal(text[at], self._line, self._column(at))
        if text[at] == "{":
            return self._slot()
        if text[at] == "}":
            raise self._wrong(STRAY.of(it="}"), BRACES)
        found = _LITERAL.match(text, at)
        self._at = found.end() if found else at + 1
        return Literal(text[at : self._at], self._line, self._column(at))

    def _slot(self) -> Slot:
        start, end = self._at, self._text.find("}", self._at)
        if end < 0:
            raise self._wrong(UNCLOSED.of(it="{"), BRACES)
        found = _SLOT.fullmatch(self._text[start + 1 : end].strip())
        if found is None:
            raise self._wrong(BAD_SLOT.of(it=self._text[start : end + 1]), SLOT_FORM)
        self._at = end + 1
        return Slot(found["name"], found["one"] or "", found["many"] or "", self._line, self._column(start))

    def _clause(self, depth: int) -> Clause:
        start = self._at
        if depth > DEEPEST:
            raise self._wrong(TOO_DEEP.of(n=DEEPEST))
        options: list[Option] = []
        while not options or self._text[self._at] == "|":
            self._at += 1 if options else 2
            options.append(self._option(depth))
            if self._at >= len(self._text):
                self._at = start
                raise self._wrong(UNCLOSED.of(it="[["))
        self._at += 2
        several = len(options) > 1
        return Clause(tuple(Option(one.condition, _trimmed(one.nodes, left=place > 0, right=several)) for place, one in enumerate(options)))

    def _option(self, depth: int) -> Option:
        condition = None
        if found := _CONDITION.match(self._text, self._at):
            condition = Condition(found["name"], found["test"] or "", self._line, self._column(found.start("name")))
            self._at = found.end()
        return Option(condition, self._sequence(depth))

    def _column(self, at: int) -> int:
        return self._indent + at + 1

    def _wrong(self, what: Text, hint: Text | None = None) -> _Wrong:
        return _Wrong(Fault(self._line, self._column(self._at), what, hint))


def _trimmed(nodes: Nodes, *, left: bool, right: bool) -> Nodes:
    """Leave out the spaces around `|`."""
    made = list(nodes)
    if left and made and isinstance(made[0], Literal):
        made[0] = Literal(made[0].text.lstrip(), made[0].line, made[0].column)
    if right and made and isinstance(made[-1], Literal):
        made[-1] = Literal(made[-1].text.rstrip(), made[-1].line, made[-1].column)
    return tuple(made)


def walked(nodes: Nodes) -> Iterator[Literal | Slot | Condition]:
    """Give every literal, slot and condition of a sentence, in reading order."""
    for node in nodes:
        if isinstance(node, Clause):
            for option in node.options:
                if option.condition:
                    yield option.condition
                yield from walked(option.nodes)
        else:
            yield node
