"""From a row to a proposed record of another kind than hazards: every cell read as its field asks (DOMAIN §9.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hazardctl.exchange import words
from hazardctl.exchange.desk import Cell
from hazardctl.exchange.work import Work, in_values, names
from hazardctl.language import Text
from hazardctl.ledger import Ledger, folded
from hazardctl.model import fields as f
from hazardctl.model.fact import Fact, facts
from hazardctl.model.fields import Part
from hazardctl.model.needed import lacking
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.shape import held_by, shapes
from hazardctl.model.typed import typed
from hazardctl.vocabulary import KIND_NAMES

UNNAMED: Final = "?"
CALLED: Final = ("name", "title", "alias", "number")
"""What a record may be referred to by, beside its id."""
_COUNTED: Final = re.compile(r"(近|约|逾|超过)?([\d,]+)(余|多)?(?:人次|家次|人|家|次|个|处|份|件|场|期|户|项|名|条|支|套|天)?")
_SIGNS: Final = {"余": "over", "多": "over", "逾": "over", "超过": "over", "近": "nearly", "约": "about"}
_NUMBERS: Final = frozenset({f.as_count, f.as_places, f.as_nil, f.as_number, f.as_measured})
_MAPS: Final = frozenset({f.as_open_map, f.as_numbers})

NO_RECORD: Final = Text("不是本台账的{kind}", "not a {kind} of this ledger")
SEVERAL: Final = Text("几条{kind}都叫这个：{ids}", "several {kind} records are called so: {ids}")
NO_FLAG: Final = Text("不是“是”或“否”", "neither yes nor no")
MISSING: Final = Text("缺{label}", "no {label}")
LEAVE: Final = Text("映射文件 answers: {missing: leave} 空着", "answers: {missing: leave} in the mapping file leaves it out")
SET: Final = Text("映射文件 set: {name}:", "set: {name}: in the mapping file")
UNFIT: Final = Text("记录写不成：{what}", "no record can be made: {what}")


def facts_of(work: Work, filled: Mapping[str, Sequence[Cell]]) -> Tree:
    """Give the facts the cells hold; asks about what cannot be taken as it stands, and for what is needed and nowhere said."""
    kind = work.desk.kind
    tree: Tree = dict(work.desk.usual)
    asked = {question.key for question in work.questions}
    for target, cells in filled.items():
        before, work.target = len(work.questions), target
        value = _value(work, tree, target, cells)
        if value not in (None, "", []):
            _put(tree, target.removesuffix(".yuan").removesuffix(".wan"), value)
        if len(work.questions) > before:
            asked.add(target.partition(".")[0])
    work.target = ""
    tree = {name: tree[name] for name in kind.model.order() if tree.get(name) not in (None, "", [])}
    _missing(work, tree, asked)
    return tree


def parts_of(work: Work, name: str, filled: Mapping[str, Sequence[Cell]]) -> Tree:
    """Give one of the parts a field holds; asks for what every part needs and no cell says."""
    holder = shapes(work.desk.kind.model)[name].part
    if holder is None or not filled:
        return {}
    tree = {last: value for last, cells in filled.items() if last in shapes(holder) and (value := _one(work, holder, last, cells))}
    asked = {question.column for question in work.questions}
    columns = {target: column for column, target in work.desk.plan.columns.items()}
    for last, known in facts(holder).items():
        column = columns.get(f"{name}.{last}", f"{name}.{last}")
        if known.required and last not in tree and column not in asked and work.desk.answer("missing") != "leave":
            work.ask(Cell(column, "", ""), MISSING.of(label=known.label), LEAVE, key=f"missing:{name}")
    return {last: tree[last] for last in facts(holder) if last in tree}


def _put(tree: Tree, target: str, value: Raw) -> None:
    """Put a value where a dotted name leads."""
    *inner, last = target.split(".")
    place = tree
    for step in inner:
        held = place.setdefault(step, {})
        place = held if isinstance(held, dict) else {}
    place[last] = value


def _value(work: Work, tree: Tree, target: str, cells: Sequence[Cell]) -> Raw:
    head, _, rest = target.partition(".")
    if head in {"external_ids", "id"}:
        return cells[0].text
    money = target.rpartition(".")[2] if target.endswith((".yuan", ".wan")) else ""
    holder, last = held_by(work.desk.kind.model, target.removesuffix(f".{money}") if money else target)
    if holder is None:
        return cells[0].text
    shape, fact = shapes(holder)[last], facts(holder)[last]
    if shape.reader is f.as_amount:
        return work.money(cells[0], money or ("yuan" if cells[0].column == target else ""))
    if shape.reader in _NUMBERS and not rest:
        return _number(tree, target, cells[0])
    if shape.many and shape.part is None:
        return _many(work, fact, cells)
    return _one(work, holder, last, cells)


def _one(work: Work, holder: type[Part], last: str, cells: Sequence[Cell]) -> Raw:
    shape, fact, cell = shapes(holder)[last], facts(holder)[last], cells[0]
    if shape.reader is f.as_day:
        day = work.day(cell)
        return day.isoformat() if day else None
    if shape.part is not None or shape.reader in {*_MAPS, f.as_moment, f.as_period, f.as_clock}:
        value, faults = work.desk.said(holder, last, cell.text)
        for fault in faults:
            work.ask(cell, fault, final=True)
        return None if faults else value
    if shape.reader is f.as_flag:
        return _flag(work, cell)
    if fact.words or fact.ref:
        return _named(work, fact, cell)
    return "；".join(each.text for each in cells)


def _many(work: Work, fact: Fact, cells: Sequence[Cell]) -> Raw:
    parts = [Cell(cell.column, cell.raw, str(one)) for cell in cells for one in _listed(fact, cell.text)]
    if len(parts) == 1 and not fact.words and parts[0].text.isdigit():
        return parts[0].text  # how many there are, where which ones is not said
    found = [value for part in parts if (value := _named(work, fact, part))]
    return list(found)


def _listed(fact: Fact, text: str) -> Sequence[Raw]:
    """Part a cell that lists things; sentences are parted by their lines only."""
    sentences = not fact.words and not fact.ref and "。" in text
    return [line.strip() for line in text.splitlines() if line.strip()] if sentences else names(text)


def _named(work: Work, fact: Fact, cell: Cell) -> Raw:
    """Give the key of a word, a unit or another record that a cell names."""
    if fact.words:
        return work.word(cell, fact.words) or None
    if fact.ref == "unit":
        return work.unit(cell) or None
    return _record(work, fact.ref, cell) if fact.ref else cell.text


def _record(work: Work, kind: str, cell: Cell) -> Raw:
    found = referred_to(work.desk.ledger, kind, cell.text)
    if len(found) == 1:
        return found[0]
    label = KIND_NAMES[kind].label
    reason = SEVERAL.of(kind=label, ids=found) if found else NO_RECORD.of(kind=label)
    work.ask(cell, reason, in_values(cell, found), key=kind)
    return None


def referred_to(ledger: Ledger, kind: str, text: str) -> tuple[str, ...]:
    """Give the records of a kind that a text means: by id, by name or official number, by the number another system gives them."""
    wanted = folded(text)
    return tuple(
        entry.record.id
        for entry in ledger.of(kind)
        if wanted == folded(entry.record.id)
        or any(wanted == folded(str(getattr(entry.record, name, ""))) for name in CALLED)
        or any(wanted == folded(one) for name, one in entry.record.external_ids.items() if name not in {"import", "row"})
    )


def _flag(work: Work, cell: Cell) -> Raw:
    word = words.said(cell.text)
    if word in words.YES or word in words.NO:
        return "true" if word in words.YES else "false"
    work.ask(cell, NO_FLAG, in_values(cell, ("true", "false")), key="flag")
    return None


def _number(tree: Tree, target: str, cell: Cell) -> Raw:
    """Read a number with its unit of count; 余, 近 and 约 say how it is meant (DOMAIN §2.1 `approx`)."""
    found = _COUNTED.fullmatch(unicodedata.normalize("NFKC", cell.text).replace(" ", ""))
    if not found:
        return cell.text  # the model says what is wrong with it
    if sign := _SIGNS.get(found[1] or found[3] or ""):
        _put(tree, f"approx.{target}", sign)
    return found[2].replace(",", "")


def _missing(work: Work, tree: Tree, asked: set[str]) -> None:
    """Ask for what the kind needs and no cell, constant or question already made speaks of; refuse what is no record at all."""
    kind = work.desk.kind
    read = typed(kind, {"id": UNNAMED, "schema": kind.schema, **tree}, work.desk.ledger.config.zone)
    columns = {target.partition(".")[0]: name for name, target in work.desk.plan.columns.items()}
    lacks = lacking(read.record) if read.record else _essential(kind.model.essential, tree, facts(kind.model))
    for name, label in lacks:
        field = name.partition(" ")[0]
        if field in asked or (work.desk.answer("missing") == "leave" and field not in kind.model.essential):
            continue
        column = columns.get(field, "")
        remedy = None if column else SET.of(name=field)
        final = bool(column) and field in kind.model.essential
        work.ask(Cell(column or field, "", ""), MISSING.of(label=label), remedy, final=final, key=f"missing:{field}")
    for finding in read.findings:
        if finding.code != "HZ006" and str(finding.trail[0]) not in asked:
            work.ask(Cell(columns.get(str(finding.trail[0]), str(finding.trail[0])), "", ""), UNFIT.of(what=finding.message), final=True)


def _essential(needed: frozenset[str], tree: Tree, known: Mapping[str, Fact]) -> Iterator[tuple[str, Text]]:
    return ((name, known[name].label) for name in sorted(needed - {"id", "schema"}) if not tree.get(name))
