"""Edits of one hazard in several workbooks that come back together: what they agree on is taken once, what they do not, not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.ops.export_book import LISTS
from hazardctl.ops.import_edits import Edit
from hazardctl.ops.import_sent import Sent
from hazardctl.vocabulary import find

SAME: Final = Text("与 {place} 相同", "the same as {place}")
CLASH: Final = Text("与 {place} 的“{it}”不一致，两处都不收", "{place} says “{it}”: neither is taken")
EMPTY: Final = Text("{place} 清空了这一格，两处都不收", "{place} empties the cell: neither is taken")
HELD: Final = Text(
    "这条隐患的“{columns}”几个文件说法不一，先定下来", "the files disagree about “{columns}” of this hazard: settle that first"
)
UNITS: Final = frozenset({"unit", "owner", "found_by_org"})


def settled(edits: Sequence[Edit], backs: Sequence[Sent], ledger: Ledger, labels: Mapping[str, Text]) -> list[Edit]:
    """Give the edits of several workbooks as they stand beside one another.

    Where two say the same of a cell, the second is told as what it is, a repetition; where they differ, each is a conflict that names
    the place of the other, and nothing of that hazard is proposed: a step would else be recorded without the day they disagree on.

    Args:
        edits: of all workbooks, judged each by itself.
        backs: the workbooks.
        ledger: for its words and the spellings of its units.
        labels: key of a column → its name.
    """
    cells: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, edit in enumerate(edits):
        if edit.kind in {"proposed", "conflict"}:
            cells[edit.id, edit.key].append(number)
    made, disputed = list(edits), dict[str, list[str]]()
    for (identity, key), numbers in cells.items():
        if len(numbers) == 1:
            continue
        if len({_meant(ledger, edits[number]) for number in numbers}) > 1:
            disputed.setdefault(identity, []).append(key)
            for number in numbers:
                made[number] = _against(edits, number, numbers, backs, ledger)
        else:
            first = next((one for one in numbers if edits[one].kind == "proposed"), numbers[0])
            for number in {*numbers} - {first}:
                made[number] = replace(edits[number], kind="same", outcome=SAME.of(place=_place(edits[first], backs)))
    for number, edit in enumerate(made):
        if edit.kind == "proposed" and edit.id in disputed:
            made[number] = replace(edit, kind="conflict", outcome=HELD.of(columns=[labels[key] for key in disputed[edit.id]]))
    return made


def _against(edits: Sequence[Edit], number: int, numbers: Sequence[int], backs: Sequence[Sent], ledger: Ledger) -> Edit:
    edit = edits[number]
    other = next(edits[one] for one in numbers if _meant(ledger, edits[one]) != _meant(ledger, edit))
    place = _place(other, backs)
    return replace(edit, kind="conflict", outcome=CLASH.of(place=place, it=other.edited) if other.edited else EMPTY.of(place=place))


def _place(edit: Edit, backs: Sequence[Sent]) -> str:
    return backs[edit.of].place(edit)


def _meant(ledger: Ledger, edit: Edit) -> str:
    """Give what a cell means in whatever language or spelling it is said."""
    if edit.key in UNITS:
        return ledger.unit_key(edit.edited)
    return find(ledger.words[LISTS[edit.key]], edit.edited) or edit.edited if edit.key in LISTS else edit.edited
