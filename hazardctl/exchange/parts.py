"""Records that take several rows: the first says what the record is, every one adds a part (a check of a risk point, DOMAIN §2.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from hazardctl.exchange.desk import Cell, Desk, Question
from hazardctl.exchange.headers import Head
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.records import parts_of
from hazardctl.exchange.table import Row
from hazardctl.exchange.work import Work
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.shape import shapes

Filled = Callable[[Work], Mapping[str, Sequence[Cell]]]


def holder(plan: Plan) -> str:
    """Name the field whose parts some columns fill, or give the empty string."""
    if plan.kind == "hazard":
        return ""
    known = shapes(BY_NAME[plan.kind].model)
    heads = (target.partition(".") for target in (*plan.columns.values(), *plan.fixed))
    return next((name for name, dot, _ in heads if dot and name in known and known[name].part is not None and known[name].many), "")


def runs(plan: Plan, head: Head, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Part rows into those of one record each: one begins where a row says something of its own about the record itself.

    Lists grow down the rows of a record and so begin none; nor does a number that repeats the one above.
    """
    known = shapes(BY_NAME[plan.kind].model)
    name = holder(plan)
    of_record = {
        position
        for position, column in enumerate(head.names)
        if (target := plan.columns.get(column, "")) and not target.startswith(f"{name}.") and _says_which(target, known)
    }
    run: list[Row] = []
    for row in rows:
        own = {n for n in of_record if n < len(row.cells) and row.cells[n].strip() and n not in row.repeated}
        if run and own:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _says_which(target: str, known: Mapping[str, object]) -> bool:
    """Say whether a target tells one record from another: its number, its name, what it is."""
    return target in {"external_ids.row", "external_ids.source", "name", "description", "date", "id"} and (
        target in known or "." in target or target == "id"
    )


def whole(desk: Desk, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Give the cells of a record without those of its parts: what lists hold is taken from every row, all else from the first."""
    name = holder(desk.plan)
    known = shapes(desk.kind.model)
    cells: dict[str, str] = {}
    for column, text in rows[0].items():
        target = desk.plan.columns.get(column, "")
        if target.startswith(f"{name}."):
            continue
        grows = target not in known or known[target].many
        cells[column] = "\n".join(dict.fromkeys(one[column] for one in rows if one[column])) if grows and "." not in target else text
    return cells


def part(work: Work, name: str, filled: Filled) -> tuple[Tree, tuple[Question, ...]]:
    """Give the part a row adds, and what is asked about it."""
    own: dict[str, Sequence[Cell]] = {
        target.removeprefix(f"{name}."): cells for target, cells in filled(work).items() if target.startswith(f"{name}.")
    }
    columns = {column for column, target in work.desk.plan.columns.items() if target.startswith(f"{name}.")}
    work.questions = [question for question in work.questions if question.column in columns]
    tree: dict[str, Raw] = parts_of(work, name, own)
    return tree, tuple(work.questions)
