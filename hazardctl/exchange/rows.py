"""From a row to a proposed record: facts, history, what is kept beside them, what must be asked (DOMAIN §9.2)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, NamedTuple

from hazardctl.exchange import parts
from hazardctl.exchange.acts import history
from hazardctl.exchange.aliases import ASK, DERIVED, KEPT, X_IMPORT
from hazardctl.exchange.desk import Cell, Desk, Question
from hazardctl.exchange.facts import facts, numbered
from hazardctl.exchange.headers import Head, normalised, target_of
from hazardctl.exchange.records import facts_of
from hazardctl.exchange.table import Row
from hazardctl.exchange.work import UNDECIDED, Work, cleaned
from hazardctl.language import Text
from hazardctl.ledger import folded
from hazardctl.model.raw import Raw, Tree

_SUMS: Final = frozenset({"合计", "总计", "小计", "共计", "累计", "total", "sum", "subtotal"})
_GUIDES: Final = frozenset({"填写标准", "填写说明", "填表说明", "填写要求", "填报说明", "说明", "示例", "example"})
_SIGNED: Final = re.compile(
    r"\S{0,8}(人|单位|部门|日期|时间|审核|审批|复核|签字|签名|签章|盖章|制表|填表|填报|领导|负责|电话)\s*(\([^)]*\)|（[^）]*）)?\s*[:：]"
    r"|(prepared|filled in|checked|approved|signed|reported) by\s*:|(signature|date)\s*:", re.IGNORECASE
)  # fmt: skip
"""What stands below a table where people sign it."""
_DIGITS: Final = 16
_SUM: Final = Text("汇总行", "a row of sums")
_AGAIN: Final = Text("重复的表头", "the column names again")
_FOOTNOTE: Final = Text("表下的说明", "a footnote")
_GUIDE: Final = Text("填写说明", "how to fill in the table")
FAILED: Final = Text("公式出错，没有值", "the formula failed: there is no value")
UNCALCULATED: Final = Text("公式没有存下结果", "a formula whose result is not stored")
_SAVE: Final = Text("在表格软件里打开，保存一次", "open the workbook in the spreadsheet program and save it")
PROSE: Final = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed record, or the reasons why there is none yet.

    Attributes:
        line: of the row in its file; `sheet` where the file has several.
        tree: facts and history as they would be written, without `id` and `schema`.
        fingerprint: of the row's content, whatever the file is called and however it is encoded.
        questions: what needs a decision; a draft with any is not imported.
        remarks: what is imported all the same and should be looked at.
        unit: facts of the row for a unit that is made on the way.
    """

    line: int
    tree: Tree
    fingerprint: str
    questions: tuple[Question, ...] = ()
    remarks: tuple[Question, ...] = ()
    unit: Tree = field(default_factory=dict[str, Raw])
    sheet: str = ""

    def text(self, name: str) -> str:
        """Give a fact that is one text, or the empty string."""
        value = self.tree.get(name)
        return value if isinstance(value, str) else ""

    @property
    def source(self) -> str:
        """Give the number of the hazard in the system it comes from, or the empty string."""
        ids = self.tree.get("external_ids")
        value = ids.get("source") if isinstance(ids, dict) else None
        return value if isinstance(value, str) else ""

    @property
    def likeness(self) -> tuple[str, str, str, str]:
        """Give what two rows on one hazard share: unit, place, folded text, day."""
        return (folded(self.text("unit")), folded(self.text("site")), folded(self.text("description")), self.text("found_on"))


def cells_of(head: Head, row: Row) -> dict[str, str]:
    """Give column name → cell, cleaned; columns without a name hold nothing."""
    return {name: cleaned(row.cells[n]) if n < len(row.cells) else "" for n, name in enumerate(head.names) if name}


def body(head: Head, rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Row, Text]]]:
    """Part the rows below the names into rows of data and those that are none: sums, footnotes, names printed again."""
    filled = [row for row in rows[head.start :] if not row.blank]
    end = len(filled)
    while end and _footnote(head, filled[end - 1]):
        end -= 1
    names = {normalised(part) for name in head.names if name for part in (name, *name.split("/"))}
    data: list[Row] = []
    others: list[tuple[Row, Text]] = [(row, _SUM if _sums(row) else _FOOTNOTE) for row in filled[end:]]
    for row in filled[:end]:
        reason = _SUM if _sums(row) else _AGAIN if _named_again(names, row) else _GUIDE if _guide(row) else None
        if reason:
            others.append((row, reason))
        else:
            data.append(row)
    return data, others


def _sums(row: Row) -> bool:
    """Say whether a row adds others up: 合计 in its first cell, or behind a number."""
    first, second = [*[cell.strip() for cell in row.cells if cell.strip()], ""][:2]
    return normalised(first).rstrip(":") in _SUMS or (first.isdigit() and normalised(second).rstrip(":") in _SUMS)


def _named_again(names: set[str], row: Row) -> bool:
    cells = [cell for cell in row.cells if cell.strip()]
    return len(cells) > 1 and all(normalised(cell) in names for cell in cells)


def _guide(row: Row) -> bool:
    """Say whether a row tells how the table is to be filled in: its first cell says so."""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    return normalised(first).rstrip(":") in _GUIDES


def _footnote(head: Head, row: Row) -> bool:
    """Say whether a row at the bottom is prose or where people sign: one cell filled of several columns, or 审核人：… beside 填表人：…."""
    cells = [cell.strip() for position, cell in enumerate(row.cells) if cell.strip() and position not in row.repeated]
    if row.repeated or len(head.names) <= 2:
        return False
    return all(map(_SIGNED.match, cells)) or (len(cells) == 1 and (len(cells[0]) >= PROSE or _sums(row)))


def fingerprint(cells: Mapping[str, str]) -> str:
    """Give 16 hex digits that stand for the content of a row; columns that count days from today are left out.

    File name, encoding, delimiter, order of columns and empty cells do not matter.
    """
    content = {name: text for name, text in cells.items() if text and target_of(name) != DERIVED}
    data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


class Group(NamedTuple):
    """A row, what it proposes, and the rows below that add parts to its record, each with what is asked about it."""

    row: Row
    drafts: tuple[Draft, ...]
    more: tuple[tuple[Row, tuple[Question, ...]], ...] = ()


def groups(desk: Desk, head: Head, rows: Sequence[Row]) -> Iterator[Group]:
    """Give the rows with what they propose; where columns fill the parts of a record, a record may take several rows."""
    for group in _groups(desk, head, rows):
        yield _with_failures(desk, head, group) if any(row.failed for row in (group.row, *(row for row, _ in group.more))) else group


def _with_failures(desk: Desk, head: Head, group: Group) -> Group:
    """Ask about cells that show an error or a formula, and about nothing else in them."""
    own, below = _failures(desk, head, group.row), [_failures(desk, head, row) for row, _ in group.more]
    said = {(question.column, question.raw) for question in own}
    first, *others = group.drafts
    kept = (question for question in first.questions if (question.column, question.raw) not in said)
    asked = (*own, *kept, *(question for questions in below for question in questions))
    more = tuple((row, (*found, *questions)) for (row, questions), found in zip(group.more, below, strict=True))
    return Group(group.row, (replace(first, questions=asked), *others), more)


def _failures(desk: Desk, head: Head, row: Row) -> tuple[Question, ...]:
    found = ((head.names[place], row.cells[place]) for place in sorted(row.failed) if place < len(head.names))
    return tuple(
        Question(name, text, UNCALCULATED if text.startswith("=") else FAILED, _SAVE if text.startswith("=") else None, final=True)
        for name, text in found
        if name and desk.plan.columns.get(name, X_IMPORT) not in KEPT
    )


def _groups(desk: Desk, head: Head, rows: Sequence[Row]) -> Iterator[Group]:
    holder = parts.holder(desk.plan)
    if not holder:
        yield from (Group(row, proposed) for row, proposed in drafts(desk, head, rows))
        return
    for several in parts.runs(desk.plan, head, rows):
        cells = [cells_of(head, row) for row in several]
        for above, below in pairwise(cells):
            below.update({name: below[name] or above[name] for name in desk.plan.fill_down})
        stamp = fingerprint({f"{n}/{name}": text for n, one in enumerate(cells) for name, text in one.items()})
        draft = _record(desk, several[0], parts.whole(desk, cells), stamp)
        made = [parts.part(Work(desk, one), holder, _filled) for one in cells]
        tree: Tree = {**draft.tree, holder: [tree for tree, _ in made if tree]}
        asked = tuple(question for _, questions in made for question in questions)
        order = [name for name in desk.kind.model.order() if name in tree] + [name for name in tree if name not in desk.kind.model.order()]
        own = (*draft.questions, *made[0][1])
        yield Group(
            several[0],
            (replace(draft, tree={name: tree[name] for name in order}, questions=(*own, *asked[len(made[0][1]) :])),),
            tuple((row, questions) for row, (_, questions) in zip(several[1:], made[1:], strict=True)),
        )


def drafts(desk: Desk, head: Head, rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Draft, ...]]]:
    """Give each row with its drafts, in file order: one, or several where numbered problems are split."""
    above: dict[str, str] = {}
    for row in rows:
        cells = cells_of(head, row)
        stamp = fingerprint(cells)
        for name in desk.plan.fill_down:
            cells[name] = above[name] = cells.get(name) or above.get(name, "")
        yield row, tuple(_parted(desk, row, cells, stamp))


def _parted(desk: Desk, row: Row, cells: dict[str, str], stamp: str) -> Iterator[Draft]:
    if desk.kind.name != "hazard":
        yield _record(desk, row, cells, stamp)
        return
    column = next((name for name, target in desk.plan.columns.items() if target == "description"), "")
    several = numbered(cells.get(column, "")) if desk.answer("numbered") != "one" else ()
    if len(several) < 2:
        yield _draft(desk, row, cells, stamp)
    elif desk.answer("numbered") == "split":
        for number, part in enumerate(several, 1):
            yield _draft(desk, row, {**cells, column: part}, f"{stamp}-{number}")
    else:
        remedy = Text(
            "加 --split-numbered 拆开；映射文件 answers: {it} 不拆",
            "add --split-numbered to split; answers: {it} in the mapping file keeps one",
        ).of(it="{numbered: one}")
        reason = Text("一格 {n} 条，拆成 {n} 条记录？", "{n} hazards in one cell: make {n} records?").of(n=len(several))
        draft = _draft(desk, row, cells, stamp)
        asked = Question(column, cells[column], reason, remedy, key="numbered")
        yield replace(draft, fingerprint=stamp, questions=(asked, *draft.questions))


def _draft(desk: Desk, row: Row, cells: Mapping[str, str], stamp: str) -> Draft:
    work = Work(desk, cells)
    filled = _filled(work)
    tree = facts(work, {target: found for target, found in _in_order(filled).items() if _is_fact(target)})
    unit = tree.get("unit")
    work.unit_key = unit if isinstance(unit, str) else ""
    lines = history(work, filled)
    ids = tree.get("external_ids")
    tree["external_ids"] = {**(ids if isinstance(ids, dict) else {}), "import": stamp}
    if work.kept:
        tree["x-import"] = work.kept
    tree["history"] = lines
    made: Tree = {target.partition(".")[2]: found[0].text for target, found in filled.items() if target.startswith("unit.")}
    return Draft(row.line, tree, stamp, tuple(work.questions), tuple(work.remarks), made, row.sheet)


def _record(desk: Desk, row: Row, cells: Mapping[str, str], stamp: str) -> Draft:
    """Propose a record of another kind: its facts, its numbers elsewhere, what is kept beside them."""
    work = Work(desk, cells)
    tree = facts_of(work, _filled(work))
    ids = tree.get("external_ids")
    tree["external_ids"] = {**(ids if isinstance(ids, dict) else {}), "import": stamp}
    if work.kept:
        tree["x-import"] = work.kept
    return Draft(row.line, tree, stamp, tuple(work.questions), tuple(work.remarks))


def _is_fact(target: str) -> bool:
    return "." not in target or target.partition(".")[0] in {"external_ids", "plan", "parties", "funds_planned", "funds_spent"}


def _in_order(filled: Mapping[str, Sequence[Cell]]) -> Mapping[str, Sequence[Cell]]:
    """Give the targets with the day found first (deadlines are counted from it), without the words that tell of progress."""
    facts_only = {target: cells for target, cells in filled.items() if target not in {"on_spot", "status", "result", "rectified", "closed"}}
    return dict(sorted(facts_only.items(), key=lambda pair: pair[0] != "found_on"))


def _filled(work: Work) -> Mapping[str, Sequence[Cell]]:
    """Give target → cells that hold something; what stands under `set:` fills what the columns leave empty."""
    plan = work.desk.plan
    found: dict[str, list[Cell]] = {}
    for name, raw in work.cells.items():
        target = plan.columns.get(name, X_IMPORT)
        if not raw:
            continue
        if target in {X_IMPORT, ASK} or (target.startswith("unit.") and work.desk.kind.name == "hazard"):
            work.kept[name] = raw
        if target not in KEPT and (cell := _meant(work, name, raw, target)).text:
            found.setdefault(target, []).append(cell)
    for target, source in plan.fixed.items():
        if target not in found and source.text != UNDECIDED:
            column, raw = source.taken(work.cells)
            if text := plan.meant(column, raw):
                found[target] = [Cell(column, raw, text)]
    return found


def _meant(work: Work, name: str, raw: str, target: str) -> Cell:
    """Give a cell with what it means, nothing where that is not decided."""
    cell = Cell(name, raw, work.desk.plan.meant(name, raw))
    if cell.text != UNDECIDED:
        return cell
    remedy = Text("映射文件 values: {name}:", "values: {name}: in the mapping file").of(name=name)
    work.ask(cell, Text("含义未定", "its meaning is not decided"), remedy, key=target)
    return cell._replace(text="")
