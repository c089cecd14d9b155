"""The facts of a hazard out of the cells of its row: everything above `history:` (DOMAIN §2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from hazardctl.exchange.desk import Cell
from hazardctl.exchange.targets import MONEY
from hazardctl.exchange.work import IS_IT, PUT_RIGHT, Work, in_values, names, one_or_many
from hazardctl.language import Text
from hazardctl.ledger import folded
from hazardctl.model.fields import facts as meanings
from hazardctl.model.hazard import Hazard
from hazardctl.model.ids import is_id
from hazardctl.model.raw import Raw, Tree
from hazardctl.vocabulary import GRADES, nearest

Filled = Mapping[str, Sequence[Cell]]

NEEDED: Final = tuple(name for name, fact in meanings(Hazard).items() if fact.need == "always" and name not in {"id", "schema", "history"})
_OF_RECORDS: Final = frozenset({"risk_point", "recurrence_of", "split_from"})
_LISTS: Final = frozenset({"tags", "same_as"})
_PROSE: Final = frozenset({"description", "site"})
_LEGAL: Final = re.compile(r"事故|隐患|级")
_NUMBERED: Final = re.compile(r"(?:^|(?<=[\s。；;，,：:]))[（(]?(\d{1,2})[.．、)）](?!\d)|([\u2460-\u2473])")


def facts(work: Work, filled: Filled) -> Tree:
    """Give the facts the cells hold; asks about what cannot be taken as it stands, keeps what fits no field."""
    tree: Tree = {}
    asked = {question.key for question in work.questions}
    for target, cells in filled.items():
        before, work.target = len(work.questions), target
        _fact(work, tree, target, cells)
        if len(work.questions) > before:
            asked.add(target.partition(".")[0])
    work.target = ""
    _local_grade(work, tree)
    _missing(work, tree, asked)
    return {name: value for name, value in tree.items() if value}


def _fact(work: Work, tree: Tree, target: str, cells: Sequence[Cell]) -> None:
    head, _, part = target.partition(".")
    if head == "external_ids":
        _mapping(tree, head)[part] = cells[0].text
    elif head == "plan":
        _mapping(tree, head)[part] = {"text": cells[0].text}
    elif head == "parties":
        _party(work, tree, part, cells)
    elif head == "grade":
        _grade(work, tree, cells[0])
    elif head in _READERS:
        tree[head] = _READERS[head](work, cells[0])
    elif value := _plain(work, head, part, cells):
        tree[head] = value


def _mapping(tree: Tree, name: str) -> dict[str, Raw]:
    found = tree.setdefault(name, {})
    return found if isinstance(found, dict) else {}


def _party(work: Work, tree: Tree, role: str, cells: Sequence[Cell]) -> None:
    key = work.unit(cells[0])
    parties = tree.setdefault("parties", [])
    if key and isinstance(parties, list):
        parties.append({"unit": key, "role": role})


def _grade(work: Work, tree: Tree, cell: Cell) -> None:
    """Map a grade: the two legal ones by name, a local one by the ledger's table, else ask; the words stay (DOMAIN §8.4)."""
    if cell.raw and work.desk.word("grades", cell.raw) is None:
        tree.setdefault("local_grade", cell.raw)
    local = work.desk.ledger.config.vocabularies.local_grades
    grade = local.get(cell.text) or work.desk.word("grades", cell.text) or work.desk.word("grades", _LEGAL.sub("", cell.text))
    if grade is None:
        remedy = in_values(cell, tuple(GRADES))
        work.ask(cell, Text("本地分级没有对应 general 或 major", "a local grade not mapped to general or major"), remedy, key="grade")
        return
    tree["grade"] = grade


def _local_grade(work: Work, tree: Tree) -> None:
    local = tree.get("local_grade")
    if "grade" not in tree and isinstance(local, str) and local in work.desk.ledger.config.vocabularies.local_grades:
        tree["grade"] = work.desk.ledger.config.vocabularies.local_grades[local]


def _found_on(work: Work, cell: Cell) -> Raw:
    work.found = work.day(cell)
    return work.found.isoformat() if work.found else None


def _region(work: Work, cell: Cell) -> Raw:
    regions = work.desk.ledger.config.regions
    if not regions:
        work.keep(cell)  # a ledger without a region tree has no line it could fall into
        return None
    keys = [one.key for one in regions if cell.text == one.key or folded(cell.text) == folded(one.name)]
    if len(keys) == 1:
        return keys[0]
    near = [one.key for one in regions if folded(one.name).startswith(folded(cell.text)) or folded(cell.text).startswith(folded(one.name))]
    near = near or nearest([one.name for one in regions], cell.text)
    remedy = IS_IT.of(near=near, column=cell.column or "?") if near else in_values(cell, [one.key for one in regions][:12])
    work.ask(cell, Text("属地不在配置的地域表内", "not in the region tree of the configuration"), remedy, key="region")
    return None


def _campaign(work: Work, cell: Cell) -> Raw:
    found: list[Raw] = []
    for name in names(cell.text):
        known = work.desk.ledger.campaigns
        ids = [key for key, one in known.items() if name == key or folded(str(name)) in {folded(one.name), folded(one.alias)} - {""}]
        if len(ids) == 1:
            found.append(ids[0])
        else:
            work.ask(cell, Text("专项行动不在册", "not a campaign of this ledger"), in_values(cell, tuple(known)[:6]), key="campaign")
    return found


def _basis(_: Work, cell: Cell) -> Raw:
    return [{"doc": cell.text}]


def _accidents(work: Work, cell: Cell) -> Raw:
    return [word for part in names(cell.text) if (word := work.word(Cell(cell.column, cell.raw, str(part)), "accident_types"))]


def _quantity(work: Work, cell: Cell) -> Raw:
    digits = cell.text.removesuffix("处")
    if digits.isascii() and digits.isdigit() and int(digits) >= 1:
        return str(int(digits))
    work.ask(cell, Text("不是处数", "not a number of places"), in_values(cell, ()))
    return None


def _inspection(work: Work, cell: Cell) -> Raw:
    """Take the id of an outing of this ledger; another system's number is kept."""
    if is_id(cell.text):
        return cell.text
    work.keep(cell)
    return None


_READERS: Final = {
    "found_on": _found_on, "region": _region, "campaign": _campaign, "basis": _basis, "accident_types": _accidents, "quantity": _quantity,
    "inspection": _inspection,
}  # fmt: skip


def _narrowest(work: Work, cells: Sequence[Cell]) -> Raw:
    """Give the unit of a cell; of several cells (centre, department, team) the last whose unit is registered, the rest is kept."""
    known = [cell for cell in cells if len(work.desk.ledger.unit_keys(cell.text)) == 1]
    taken = known[-1] if known else cells[-1]
    for cell in cells:
        if cell is not taken:
            work.keep(cell)
    return work.unit(taken)


def _plain(work: Work, name: str, part: str, cells: Sequence[Cell]) -> Raw:
    """Read a field by what the model says of it: a unit, a word of a vocabulary, money, a record, names, a text."""
    cell, fact = cells[0], meanings(Hazard)[name]
    if name in MONEY:
        return work.money(cell._replace(column=f"{cell.column}({'万元' if part == 'wan' else '元'})") if part else cell)
    if fact.ref == "unit":
        return _narrowest(work, cells)
    if name in _OF_RECORDS and not is_id(cell.text):
        work.keep(cell)
        return None
    if fact.words:
        return work.word(cell, fact.words)
    if name == "found_by":
        return one_or_many(work.people(cells))
    if name in _LISTS:
        return one_or_many([one for each in cells for one in names(each.text)])
    if name in _PROSE and (doubt := work.shifted(cell)) and not work.settled(cell):
        work.ask(cell, doubt, PUT_RIGHT, key="swapped")
        return None
    return "；".join(each.text for each in cells)


def _missing(work: Work, tree: Tree, asked: set[str]) -> None:
    """Ask for what every hazard needs and no cell, constant or question already made speaks of (HZ006)."""
    for name in NEEDED:
        if tree.get(name) or name in asked:
            continue
        label = meanings(Hazard)[name].label
        if work.desk.answer("missing") == "leave" and name not in {"found_on", "grade", "description"}:
            continue
        columns = [column for column, target in work.desk.plan.columns.items() if target == name]
        remedy = Text("映射文件 set: {name}:", "set: {name}: in the mapping file").of(name=name)
        work.ask(
            Cell("、".join(columns) or name, "", ""), Text("缺{label}", "no {label}").of(label=label), None if columns else remedy,
            final=bool(columns) and name in {"description", "found_on"}, key=f"missing:{name}",
        )  # fmt: skip


def numbered(text: str) -> tuple[str, ...]:
    """Give the problems of a text that numbers them from 1 without a gap; empty when it does not.

    Words before the first number belong to each of them.

    Examples:
        >>> numbered("1.灭火器过期；2.通道堵塞"), numbered("距 1.5 米")
        (('灭火器过期', '通道堵塞'), ())
    """
    marks = list(_NUMBERED.finditer(text))
    numbers = [int(mark[1]) if mark[1] else ord(mark[2]) - 0x245F for mark in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return ()
    before = text[: marks[0].start()].strip()
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [text[mark.end() : end].strip().rstrip("；;，,。、 ") for mark, end in zip(marks, ends, strict=True)]
    return tuple(f"{before}{part}" for part in parts) if all(parts) else ()
