"""Rows of an edited export that read as another hazard: one was pasted or typed over the row of an older one, and its id stayed.

What names a hazard is its unit, the day it was found, where, and what. People put one of these right, or fill in what was blank;
nobody replaces what was found together with the unit, the day or the place, nor the unit together with the day. A row where that
happened is set apart, and so is one that has become, word for word, the row of another hazard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Ledger, folded
from hazardctl.ops.import_edits import LABELS, Edit
from hazardctl.ops.similar import ENOUGH, likeness

NAMING: Final = ("description", "unit", "found_on", "site")
OTHER: Final = Text(
    "像是另一条隐患写在了这个编号上（{columns}都换了）：是新隐患，清空编号格，再用 import 导入；确是更正，加 -y",
    "reads as another hazard written over this id (changed: {columns}): clear the id of a new one and import it; -y if it is a correction",
)
TWIN: Final = Text(
    "成了与 {of} 一样的一行，像是整行粘贴来的：是新隐患，清空编号格，再用 import 导入；确是更正，加 -y",
    "has become the row of {of}, as if pasted: clear the id of a new hazard and import it; -y if it is a correction",
)
_DIGITS: Final = re.compile(r"\d+")


class Rows:
    """The rows that were exported, to judge edited ones by."""

    def __init__(self, exported: Mapping[str, Mapping[str, str]], ledger: Ledger) -> None:
        """Take id → cells of every row as exported, and the ledger for the spellings of its units."""
        self._exported, self._ledger = exported, ledger

    def doubt(self, cells: Mapping[str, str], edits: Sequence[Edit]) -> Edit | None:
        """Give why a row is not taken for an edit of its hazard, at the first cell that names another; None where it is.

        A typo in the description, another unit alone, a site that was blank are edits.

        Args:
            cells: of the row, by the keys of the columns that are still there.
            edits: what was edited in it.
        """
        named = {edit.key: edit for edit in edits if edit.key in NAMING and edit.kind in {"proposed", "conflict"} and edit.edited}
        other = [key for key in NAMING if key in named and self._another(named[key])]
        if not other:
            return None
        first = named[other[0]]
        twins = [one for one in self._by_name.get(self._name(cells), ()) if one != first.id]
        if twins and all(cells.get(key) for key in ("description", "unit", "found_on")):
            return _apart(first, TWIN.of(of=twins[0]))
        several = ("description" in other and len(other) > 1) or {"unit", "found_on"} <= set(other)
        return _apart(first, OTHER.of(columns=[LABELS[key] for key in other])) if several else None

    def _another(self, edit: Edit) -> bool:
        """Say whether a cell names something else than it did, and not the same in other words; what was blank named nothing."""
        if not edit.base:
            return False
        if edit.key == "found_on":
            return True
        if edit.key == "unit":
            return self._ledger.unit_key(edit.base) != self._ledger.unit_key(edit.edited)
        one, other = (folded(_DIGITS.sub("", text)) for text in (edit.base, edit.edited))  # a number put right is no other place
        return one not in other and other not in one and likeness(one, other) < ENOUGH

    def _name(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(folded(cells.get(key, "")) for key in NAMING)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for identity, cells in self._exported.items():
            found.setdefault(self._name(cells), []).append(identity)
        return found


def _apart(edit: Edit, why: Text) -> Edit:
    return Edit(edit.line, edit.id, edit.key, edit.base, edit.edited, edit.now, why, "apart")
