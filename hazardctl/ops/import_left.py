"""The rows of an edited export that nothing came of, or not all: as they stand in the table, with the reason, to be sent back.

As a workbook they are an export again, only smaller: put right, it comes back by `import --update` as the whole one did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hazardctl.exchange.aliases import LINE, WHY
from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language, Text
from hazardctl.ops.export_book import BASE
from hazardctl.ops.export_rows import KEYS
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_apply import Refused
from hazardctl.ops.import_edits import LABELS, Edit
from hazardctl.ops.import_kept import is_book
from hazardctl.ops.import_update import LEFT_ALONE, Update
from hazardctl.render.workbook import Leaf, plain_workbook
from hazardctl.store import writer

OF_CELL: Final = Text("{column}：{why}", "{column}: {why}")


def keep(root: Path, made: Update, refused: Sequence[Refused], place: Path, language: Language) -> None:
    """Write the rows that were not taken, or not whole: csv, or a workbook by the file's ending; its cells in question are tinted.

    What is put right in the workbook comes back with `--update`; a row whose id was cleared there can be taken in with `import`. Of
    several workbooks each has a file of its own, named after it: it goes back to whoever sent it.

    Args:
        root: of the ledger.
        made: the edits.
        refused: proposals that are not written.
        place: of the file.
        language: of the names that are added and of the reasons.

    Raises:
        UsageError: the place is a link, a folder, or inside a record folder.
        SystemFailedError: the disk failed.
        MissingExtraError: a workbook is asked for and the extra `excel` is not installed.
    """
    for number, one in enumerate(places(made, place)):
        shown, base = leaves(made, refused, language, number)
        writer.output(one, plain_workbook([shown, base]) if is_book(one) else csv_of(shown.rows), root=root)


def places(made: Update, place: Path) -> tuple[Path, ...]:
    """Give the file that the rows of each workbook go to."""
    if len(made.backs) == 1:
        return (place,)
    stems = [Path(name).stem for name in made.files]
    twice = [f"{stem} {stems[: number + 1].count(stem)}" if stems.count(stem) > 1 else stem for number, stem in enumerate(stems)]
    return tuple(place.with_stem(f"{place.stem} {stem}") for stem in twice)


def leaves(made: Update, refused: Sequence[Refused], language: Language, number: int = 0) -> tuple[Leaf, Leaf]:
    """Lay the rows of a workbook out as a sheet, and beside it what was exported of them; the sheets are named as in an export."""
    back = made.backs[number]
    names = [place for place, name in enumerate(back.names) if name]
    at = {back.names[place]: column for column, place in enumerate(names)}
    rows: list[list[str]] = [[*(back.names[place] for place in names), LINE.say(language), WHY.say(language)]]
    marked: set[tuple[int, int]] = set()
    lines: list[int] = []
    edits: dict[int, list[Edit]] = defaultdict(list)
    steps: dict[str, list[Text]] = defaultdict(list)
    for edit in made.edits:
        if edit.of == number:
            edits[edit.line].append(edit)
    for one in refused:
        steps[one.proposal.id] += [one.why, *one.hints]
    for (of, line), row in made.edited.items():
        left = [edit for edit in edits[line] if edit.kind in LEFT_ALONE] if of == number else []
        reasons = [*map(_of_cell, left), *(steps[edits[line][0].id] if of == number else ())]
        if not reasons:
            continue
        labels = (LABELS[edit.key] for edit in left)
        marked |= {(len(rows), at[name]) for label in labels for name in (label.zh, label.en) if name in at}
        cells = (row.cells[place] if place < len(row.cells) else "" for place in names)
        lines.append(line)
        rows.append([*cells, str(line), "；".join(dict.fromkeys(reason.say(language) for reason in reasons))])
    ids = dict.fromkeys(edits[line][0].id for line in lines)
    exported = [back.exported[one] for one in ids if one in back.exported]
    base = [[*KEYS], *([cells[key] for key in KEYS] for cells in exported)]
    return Leaf(LEDGER.say(back.language), rows, 0, marked), Leaf(BASE.say(back.language), base, kept=True)


def _of_cell(edit: Edit) -> Text:
    whole = edit.key == "id" or edit.kind == "apart"
    return edit.outcome if whole else OF_CELL.of(column=LABELS[edit.key], why=edit.outcome)
