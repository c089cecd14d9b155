"""`validate --fix`: what is about layout alone is mended as `fmt` does it. What people wrote is a fact, and stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hazardctl.ops.context import Context
from hazardctl.ops.fmt import Formatted, fmt
from hazardctl.ops.validate import chosen, inside, judged
from hazardctl.rules.registry import registry
from hazardctl.store.load import Progress, load


def fix(context: Context, paths: Sequence[Path] = (), progress: Progress | None = None, *, dry: bool = False) -> Formatted:
    """Put the records in order that a rule about layout names; each reads back as the same record.

    Args:
        context: root and day.
        paths: files and folders, absolute or relative to the ledger root; all records when empty.
        progress: told (files done, files in all) now and then.
        dry: look and show, write nothing.

    Raises:
        UsageError, UnreadableError: as in `validate`.
        ChangedError, LockedError, SystemFailedError: as for every write; files written before stay written.
    """
    wanted = [inside(context.root, path) for path in paths]
    layout = {code for code, rule in registry().items() if rule.layout}
    found = judged(context, load(context.root, progress=progress))
    named = sorted({one.path for one in found if one.code in layout and chosen(one.path, wanted)})
    return fmt(context, [context.root / path for path in named], dry=dry) if named else Formatted(0, ())
