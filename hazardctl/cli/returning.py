"""`import --update`: a workbook that was taken out comes back edited (EXPERIENCE §8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hazardctl.cli.door import Door


class Recording(NamedTuple):
    """How the edits are recorded: by whom, why, in a commit or not, or only as if."""

    by: str
    reason: str
    commit: bool | None
    dry_run: bool


def returned(door: Door, files: Sequence[Path], output: str, record: Recording | None, rejects: Path | None, *, insist: bool) -> int:
    """Say what edited exports propose, rehearse it, or record it.

    Args:
        door: of the command.
        files: those that come back.
        output: format of what is said.
        record: how it is recorded; None where it is only proposed.
        rejects: where the rows go that were not taken, if anywhere.
        insist: a row that reads as another hazard is a correction all the same.
    """
    from hazardctl.ops.import_apply import Refused, applied, page
    from hazardctl.ops.import_left import keep
    from hazardctl.ops.import_update import sheet
    from hazardctl.ops.import_update import update as made

    refused: Sequence[Refused] = ()
    if record is None:
        found = made(door.context(), *files, insist=insist)
        told, ends = sheet(found), found.exit_code
    else:
        known = door.context(acting=not record.by)
        done = applied(known, files, record.by, record.reason, commit=record.commit, dry_run=record.dry_run, insist=insist)
        found, refused, told, ends = done.made, done.refused, page(done), done.exit_code
    if rejects is not None:
        keep(door.root(), found, refused, rejects, door.language)
    door.render(told, name=output)
    return ends
