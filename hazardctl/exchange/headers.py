"""Which row holds the column names, and which field each name stands for (DOMAIN §9.1)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hazardctl.errors import UsageError
from hazardctl.exchange.aliases import AMBIGUOUS, ASK, KEPT, NAMES, X_IMPORT
from hazardctl.exchange.columns import joined, spellings
from hazardctl.exchange.merged import block, stacked
from hazardctl.exchange.table import Merge, Row
from hazardctl.language import Text

HAZARD: Final = "hazard"
DEEPEST: Final = 30
LEAST: Final = 2
_LEADING: Final = re.compile(r"^(?:[*★☆]|\d{1,3}[.、](?!\d))+")
_UNIT: Final = re.compile(r"\([^()]*\)$")
_COUNTED: Final = re.compile(r"#\d*$")
_TAKEN_FOR_SOMETHING: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"})
_INNER: Final = re.compile(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])")
_BRACKETS: Final = str.maketrans("【〔[】〕]帐己", "((()))账已")
JOINED: Final = frozenset(
    {
        "result",
        "history.rectify.note",
        "history.note.note",
        "remark",
        "history.assign.with",
        "found_by",
        "found_by_org",
        "history.verify.by",
    }
)
"""Targets that several columns may fill together, one behind the other."""


class Head(NamedTuple):
    """Where the column names stand.

    Attributes:
        line: of the row with the names, from 1; the last of them where they stand on two rows.
        names: one a column, unique; empty for a column without a name and without a value.
        start: position in the rows of the first row below the names.
        titles: rows above that hold no data.
        first: line of the first row with the names; 0 for the same.
    """

    line: int
    names: tuple[str, ...]
    start: int
    titles: int
    first: int = 0


class Claim(NamedTuple):
    """A field that more than one column claims."""

    target: str
    names: tuple[str, ...]


def normalised(name: str) -> str:
    """Fold a column name: width, case, white space, a leading star or number, brackets, 帐 for 账 and 己 for 已.

    Examples:
        >>> normalised("★ 1. 隐患 等级"), normalised("整改期限（天）")
        ('隐患等级', '整改期限(天)')
    """
    text = "".join(unicodedata.normalize("NFKC", name).split()).translate(_BRACKETS).casefold()
    return _LEADING.sub("", text) or text


@functools.cache
def known(kind: str = HAZARD) -> Mapping[str, str]:
    """Give normalised column name → target for the tables of a kind."""
    pairs = ((name, target) for target, names in NAMES.items() for name in names) if kind == HAZARD else spellings(kind).items()
    found: dict[str, str] = {}
    for name, target in pairs:
        found.setdefault(normalised(name), target)
    return found


@functools.cache
def target_of(name: str, kind: str = HAZARD) -> str:
    """Give the target a column name stands for in a table of a kind, `?` for an ambiguous one, or the empty string.

    A unit in brackets behind the name does not matter: `治理资金(万元)` is 治理资金; nor, where the whole is not known, what it
    stands below: `整改/责任人` is 责任人.
    """
    folded = normalised(name)
    folded = _COUNTED.sub("", folded) or folded
    for spelling in (folded, _UNIT.sub("", folded), folded.replace("_", ""), *_below(folded)):
        if spelling in AMBIGUOUS and kind == HAZARD:
            return ASK
        if spelling in known(kind):
            return known(kind)[spelling]
    return ""


def _below(name: str) -> Iterator[str]:
    """Give a joined name without what it stands below, the longest first: 责任单位/施工, then 施工."""
    while "/" in name:
        name = normalised(name.partition("/")[2])
        yield name


def head(rows: Sequence[Row], line: int = 0, kind: str = HAZARD, merges: Sequence[Merge] = ()) -> Head:
    """Find the row of the column names: the first with at least half as many names we know as any, else the first that is full.

    Not the one with most: names that stand on several rows may be printed again further down, on one.

    Args:
        rows: of the whole file.
        line: stated by a person; 0 to look.
        kind: of the records the table holds.
        merges: cells that are merged; they tell how many rows the names take.

    Raises:
        UsageError: the file is empty, or the stated line holds no names.
    """
    filled = [position for position, row in enumerate(rows) if not row.blank]
    if line:
        filled = [position for position in filled if rows[position].line == line]
    if not filled:
        raise UsageError(Text("文件里没有表头", "the file has no row of column names"))
    position = filled[0] if line else _most_like(rows, filled[:DEEPEST], kind)
    cells, last = rows[position].cells, position
    if merges:
        first, last = block(rows, merges, position)
        cells = stacked(rows, merges, first, last)
        return Head(rows[last].line, _unique(cells, rows[last + 1 :]), last + 1, sum(one < first for one in filled), rows[first].line)
    if position + 1 < len(rows) and (joined := spanned(cells, rows[position + 1].cells)):
        cells, last = joined, position + 1
    return Head(rows[last].line, _unique(cells, rows[last + 1 :]), last + 1, filled.index(position), rows[position].line)


def score(row: Row, kind: str = HAZARD) -> int:
    """Count the fields that the cells of a row are names of."""
    return len({target for cell in row.cells if cell.strip() and (target := target_of(cell, kind))})


def _most_like(rows: Sequence[Row], filled: Sequence[int], kind: str) -> int:
    scores = [score(rows[position], kind) for position in filled]
    if (most := max(scores)) >= LEAST:
        return next(row for row, count in zip(filled, scores, strict=True) if count >= LEAST and 2 * count >= most)
    widest = max(sum(bool(cell.strip()) for cell in rows[position].cells) for position in filled)
    return next(position for position in filled if sum(bool(cell.strip()) for cell in rows[position].cells) == widest)


def spanned(top: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """Join a row of names that span several columns with the row of their parts: `整改责任单位/施工`; None where none spans.

    In a delimited file a name over three columns is the name and two empty cells; the row below then has cells there only.
    """
    names = [*top, *[""] * (len(below) - len(top))]
    parts = [*below, *[""] * (len(names) - len(below))]
    spans = [bool(name.strip()) and position + 1 < len(names) and not names[position + 1].strip() for position, name in enumerate(names)]
    carried = ""
    joined: list[str] = []
    for position, name in enumerate(names):
        carried = (name if spans[position] else "") if name.strip() else carried
        if bool(parts[position].strip()) != bool(carried):
            return None
        joined.append(f"{carried}/{parts[position]}" if carried else name)
    return tuple(joined) if any(spans) else None


def _unique(cells: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Name every column once: a second 备注 is `备注#2`, a column without a name but with values is `column-7`.

    A name that YAML readers take for a boolean (`No`) is followed by `#`.
    """
    width = max([len(cells), *(len(row.cells) for row in rows)])
    names: list[str] = []
    for position in range(width):
        name = _flat(cells[position]) if position < len(cells) else ""
        if not name and any(position < len(row.cells) and row.cells[position].strip() for row in rows):
            name = f"column-{position + 1}"
        count = sum(one.partition("#")[0] == name for one in names) if name else 0
        marked = f"{name}#" if name.casefold() in _TAKEN_FOR_SOMETHING else name
        names.append(f"{name}#{count + 1}" if count else marked)
    return tuple(names)


def _flat(name: str) -> str:
    """Give a name on one line and without what nobody can see; a line break between Chinese letters is no blank."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", name) if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return _INNER.sub("", " ".join(seen.split()))


def recognised(names: Sequence[str], kind: str = HAZARD) -> dict[str, str]:
    """Give column name → target for every named column; what nobody knows is kept under `x-import`."""
    named = [name for name in names if name]
    found = {name: target_of(name, kind) or X_IMPORT for name in named}
    if kind != HAZARD:
        return found
    for position, name in enumerate(named):
        wanted = AMBIGUOUS.get(_UNIT.sub("", normalised(name)))
        if wanted:
            around = {found[one] for one in named[max(0, position - 1) : position + 2] if one != name}
            found[name] = _by_neighbours(wanted, around, taken=wanted in found.values())
    return found


def _by_neighbours(wanted: str, around: set[str], *, taken: bool) -> str:
    """Decide an ambiguous name: beside columns of an assignment it is theirs, beside columns of the unit its contact."""
    assignment = any(target.startswith("history.assign.") for target in around)
    contact = any(target == "unit" or target.startswith("unit.") for target in around)
    if taken or (contact and not assignment):
        return X_IMPORT
    return wanted if assignment and not contact else ASK


def claims(targets: Mapping[str, str], kind: str = HAZARD) -> tuple[Claim, ...]:
    """Give the fields that two columns or more claim, in file order."""
    together = JOINED if kind == HAZARD else joined(kind)
    by_target: dict[str, list[str]] = {}
    for name, target in targets.items():
        by_target.setdefault(target, []).append(name)
    return tuple(Claim(target, tuple(names)) for target, names in by_target.items() if len(names) > 1 and target not in {*KEPT, *together})


def rival(claim: Claim) -> UsageError:
    """Say that two columns claim one field, and name both."""
    return UsageError(
        Text("{names} 都对应 {target}", "{names} all claim {target}").of(names=[f"“{name}”" for name in claim.names], target=claim.target),
        Text(
            "在映射文件 columns: 里只留一列，其余写 x-import",
            "leave one of them under columns: in the mapping file, write x-import for the others",
        ),
    )
