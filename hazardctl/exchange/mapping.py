"""The mapping file: how the columns of one table become facts and acts of a hazard (docs/guide/import.md).

Every value on the right of a field is written in one of three ways: `text` stands for itself, `"{Column} {Column}"` is a text
with cells put in, `[Column, Column]` is the first of these cells that holds something. The file is read by the store; what
stands here is its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.exchange.dates import FORMS, Manner
from hazardctl.exchange.targets import checked, event_fields
from hazardctl.language import Text
from hazardctl.model.events import EVENTS
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.vocabulary import nearest

SCHEMA: Final = "import/1"
SECTIONS: Final = ("schema", "kind", "file", "columns", "set", "events", "values", "dates", "answers", "fill_down", "new_units")
ANSWERS: Final = ("assume_year", "immediate", "numbered", "assume_due", "missing")
_CELL: Final = re.compile(r"\{([^{}]+)\}")
FILLED: Final = "*"

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: the first of some columns, or a text with cells put in."""

    columns: tuple[str, ...] = ()
    text: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Give every column it looks at."""
        return self.columns or tuple(_CELL.findall(self.text))

    def taken(self, cells: Cells) -> tuple[str, str]:
        """Give the column the value came from (empty for a text) and the value; white space of put-in cells is closed up."""
        for name in self.columns:
            if cells.get(name, ""):
                return name, cells[name]
        if self.columns or not self.text:
            return "", ""
        if not self.named:
            return "", self.text
        filled = _CELL.sub(lambda found: cells.get(found[1], ""), self.text)
        return (self.named[0] if len(self.named) == 1 and self.text == f"{{{self.named[0]}}}" else ""), " ".join(filled.split()).strip(
            " ,，、"
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A line of `events:`: an act, made for the rows that meet its conditions and have a date for it."""

    do: str
    fields: Mapping[str, Source]
    when: Mapping[str, tuple[str, ...]]

    def fits(self, cells: Cells) -> bool:
        """Say whether a row meets every condition; `""` asks for an empty cell, `*` for a filled one."""
        return all(cells.get(name, "") in wanted or (FILLED in wanted and cells.get(name, "") != "") for name, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Plan:
    """What a mapping file says.

    Attributes:
        kind: of the records the table holds.
        encoding: of the file, or empty to look at its bytes; `delimiter` likewise; `header` line of the names, or 0.
        sheet: of a workbook, by name or number; empty for all that have column names we know.
        columns: column name → target; columns not named are kept under `x-import`.
        fixed: target → where its value comes from, for what no single column gives.
        events: acts beside those that `history.…` columns make.
        values: column → what is written → what is meant.
        forms: names of further date forms that are read.
        answers: what would else be asked.
        fill_down: columns whose empty cells repeat the value above.
        new_units: name of a unit, or `*` → facts of the units that are made on the way.
    """

    kind: str = "hazard"
    encoding: str = ""
    delimiter: str = ""
    header: int = 0
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    fixed: Mapping[str, Source] = field(default_factory=dict[str, Source])
    events: tuple[Template, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    forms: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    fill_down: tuple[str, ...] = ()
    new_units: Mapping[str, Tree] = field(default_factory=dict[str, Tree])

    def manner(self) -> Manner:
        """Give how days are read."""
        year = self.answers.get("assume_year", "")
        return Manner(self.forms, int(year) if year else None, self.answers.get("immediate") == "same-day")

    def named(self) -> frozenset[str]:
        """Give every column that the mapping speaks of."""
        fixed = [name for source in self.fixed.values() for name in source.named]
        acts = [name for act in self.events for source in act.fields.values() for name in source.named]
        conditions = [name for act in self.events for name in act.when]
        return frozenset({*self.columns, *fixed, *acts, *conditions, *self.values, *self.fill_down})

    def meant(self, column: str, written: str) -> str:
        """Give what a cell means by the table of values, or the cell itself."""
        return self.values.get(column, {}).get(written, written)


def mapping(tree: Tree, kind: str = "") -> Plan:
    """Make a mapping of what its file says.

    Args:
        tree: the file.
        kind: of the records, as asked; empty for what the file says, hazards where it says nothing.

    Raises:
        UsageError: a section, field, verb or date form that does not exist, or a value of the wrong shape.
    """
    _known("", tree, SECTIONS)
    if tree.get("schema") not in {SCHEMA, None}:
        raise _wrong("schema", Text("应为 {it}", "{it} expected").of(it=SCHEMA))
    kind = _kind(_text(tree.get("kind"), "kind"), kind)
    file = _tree(tree.get("file"), "file")
    _known("file", file, ("encoding", "delimiter", "header", "sheet"))
    events = tuple(_template(it, f"events[{n}]") for n, it in enumerate(_list(tree.get("events"), "events"), 1))
    if events and kind != "hazard":
        raise _wrong("events", Text("只用于隐患", "for hazards only"))
    return Plan(
        kind=kind,
        encoding=_text(file.get("encoding"), "file.encoding"),
        delimiter=_text(file.get("delimiter"), "file.delimiter"),
        header=_number(_text(file.get("header"), "file.header"), "file.header"),
        sheet=_text(file.get("sheet"), "file.sheet"),
        columns={
            name: _target(_text(it, f"columns.{name}"), f"columns.{name}", kind)
            for name, it in _tree(tree.get("columns"), "columns").items()
        },
        fixed={_target(name, "set", kind): _source(it, f"set.{name}") for name, it in _tree(tree.get("set"), "set").items()},
        events=events,
        values={name: _texts(_tree(it, f"values.{name}"), f"values.{name}") for name, it in _tree(tree.get("values"), "values").items()},
        forms=tuple(_form(it) for it in _words(tree.get("dates"), "dates")),
        answers=_answers(_tree(tree.get("answers"), "answers")),
        fill_down=_words(tree.get("fill_down"), "fill_down"),
        new_units={name: _tree(it, f"new_units.{name}") for name, it in _tree(tree.get("new_units"), "new_units").items()},
    )


def constants(plan: Plan, said: Sequence[str]) -> Plan:
    """Give a mapping whose `set:` has values said on the command line as `FIELD=VALUE` before its own.

    Raises:
        UsageError: no such field, or no `=`.
    """
    fixed = dict(plan.fixed)
    for one in said:
        name, equals, value = one.partition("=")
        if not equals or not value.strip():
            raise UsageError(Text("--set {it}：应为 字段=值", "--set {it}: FIELD=VALUE expected").of(it=one))
        fixed[_target(name.strip(), f"--set {name}", plan.kind)] = Source(text=value.strip())
    return replace(plan, fixed=fixed)


def fitting(plan: Plan, names: Sequence[str]) -> None:
    """Refuse a mapping that speaks of columns the file does not have.

    Raises:
        UsageError: with the nearest names there are.
    """
    for name in sorted(plan.named() - set(names)):
        near = nearest([one for one in names if one], name)
        raise UsageError(
            Text("映射文件提到的列“{it}”不在表里", "the mapping names a column “{it}” that the table does not have").of(it=name),
            Text("表里有：{names}", "the table has: {names}").of(names=near or [one for one in names if one]),
        )


def _wrong(where: str, what: Text) -> UsageError:
    return UsageError(Text("映射文件 {where}：{what}", "mapping file, {where}: {what}").of(where=where, what=what))


def _known(where: str, tree: Iterable[str], known: Sequence[str]) -> None:
    for name in tree:
        if name not in known and not name.startswith("x-"):
            raise _wrong(
                f"{where}.{name}".lstrip("."), Text("没有这一项；可用：{known}", "there is no such entry; known: {known}").of(known=known)
            )


def _tree(it: Raw, where: str) -> Tree:
    if it is None:
        return {}
    if not isinstance(it, dict):
        raise _wrong(where, Text("应为映射", "a mapping expected"))
    return it


def _list(it: Raw, where: str) -> list[Raw]:
    if it is None:
        return []
    if not isinstance(it, list):
        raise _wrong(where, Text("应为列表", "a list expected"))
    return it


def _text(it: Raw, where: str) -> str:
    if isinstance(it, dict | list):
        raise _wrong(where, Text("应为一个值", "one value expected"))
    return it or ""


def _texts(tree: Tree, where: str) -> Mapping[str, str]:
    return {name: _text(it, f"{where}.{name}") for name, it in tree.items()}


def _words(it: Raw, where: str) -> tuple[str, ...]:
    return tuple(_text(one, where) for one in (_list(it, where) if isinstance(it, list) else [it] if it is not None else []))


def _number(text: str, where: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        raise _wrong(where, Text("应为整数", "a whole number expected"))
    return int(text or 0)


def _kind(written: str, asked: str) -> str:
    if written and written not in BY_NAME:
        raise _wrong(
            "kind",
            Text("没有“{it}”这类记录；可用：{known}", "no kind of record “{it}”; known: {known}").of(it=written, known=tuple(BY_NAME)),
        )
    if written and asked and written != asked:
        raise _wrong("kind", Text("写的是 {it}，命令要的是 {asked}", "it says {it}, the command says {asked}").of(it=written, asked=asked))
    return asked or written or "hazard"


def _target(name: str, where: str, kind: str) -> str:
    it = {"history": "status", "history.rectify": "rectified", "history.close": "closed", "history.rectify.on_spot": "on_spot"}.get(
        name, name
    )
    return checked(it if kind == "hazard" else name, Text("映射文件 {where}", "mapping file, {where}").of(where=where), kind)


def _source(it: Raw, where: str) -> Source:
    if isinstance(it, list):
        return Source(columns=tuple(_text(one, where) for one in it))
    return Source(text=_text(it, where))


def _template(it: Raw, where: str) -> Template:
    tree = _tree(it, where)
    verb = _text(tree.get("do"), f"{where}.do")
    if verb not in EVENTS or verb == "register":
        raise _wrong(f"{where}.do", Text("没有“{it}”这种事件", "there is no act “{it}”").of(it=verb))
    _known(where, [name for name in tree if name not in {"do", "when"}], event_fields(verb))
    if "date" not in tree:
        raise _wrong(where, Text("缺 date", "date is missing"))
    when = {name: _words("" if one is None else one, f"{where}.when") for name, one in _tree(tree.get("when"), f"{where}.when").items()}
    return Template(verb, {name: _source(one, f"{where}.{name}") for name, one in tree.items() if name not in {"do", "when"}}, when)


def _form(name: str) -> str:
    if name not in FORMS:
        raise _wrong("dates", Text("不识得“{it}”；可用：{known}", "unknown form “{it}”; known: {known}").of(it=name, known=tuple(FORMS)))
    return name


def _answers(tree: Tree) -> Mapping[str, str]:
    _known("answers", tree, ANSWERS)
    given = {name: text for name, it in tree.items() if (text := _text(it, f"answers.{name}"))}
    allowed: Mapping[str, tuple[str, ...]] = {
        "immediate": ("same-day",), "numbered": ("split", "one"), "assume_due": ("true", "false"), "missing": ("ask", "leave"),
    }  # fmt: skip
    for name, text in given.items():
        if name == "assume_year" and not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100):
            raise _wrong("answers.assume_year", Text("应为四位年份", "a year of four digits expected"))
        if name in allowed and text not in allowed[name]:
            raise _wrong(f"answers.{name}", Text("可用：{known}", "known: {known}").of(known=allowed[name]))
    return given
