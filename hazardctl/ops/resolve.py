"""`resolve`: records in conflict put together by what they mean; the same code serves as a merge driver (EXPERIENCE §2.3).

Correctness never depends on it: whoever merges without it meets git's own conflict, and nobody reads past that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import ids as names
from hazardctl.model.config import Config
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.ops.context import Context
from hazardctl.ops.merging import Conflict, conflict
from hazardctl.ops.ranging import is_ours
from hazardctl.ops.reconciling import NOTHING, Reconciled, reconciled
from hazardctl.rules.engine import check_record
from hazardctl.store import git, writer
from hazardctl.store.commits import inside, needed
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.load import load_config, load_one
from hazardctl.store.lock import lock
from hazardctl.store.merging import unmerged
from hazardctl.store.reader import parse
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Revision
from hazardctl.store.threeway import Side, has_markers

PREFER: Final = ("ours", "theirs")
BAD_PREFER: Final = Text("--prefer 可用 ours、theirs，这里是“{it}”", "--prefer takes ours or theirs, not “{it}”")
NONE: Final = Text("没有处于冲突的记录", "no record is in conflict")
NOT_THERE: Final = Text("“{it}”不在冲突之中", "“{it}” is not in conflict")
THERE: Final = Text("冲突中的有：{ids}", "in conflict are: {ids}")
ONE_SIDE: Final = Text("一边删去了它：记录不删，恢复文件再作废", "one side took the file away: bring it back, then withdraw it")
SETTINGS: Final = Text("这是设置，请手工合并", "these are the settings: merge them by hand")
UNREADABLE: Final = Text("两边有读不出来的，请手工合并", "a side cannot be read: merge it by hand")
BY_HAND: Final = Text("已没有冲突标记，没有动它", "its markers are gone already; it was left alone")
FOUND: Final = Text("合在一起之后 {code}：{what}", "put together, {code}: {what}")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of one record.

    Attributes:
        path: below the ledger root.
        id: of the record, or the path of what is none.
        state: `merged`, `marked` (a person has to decide), or `left` (nothing was written).
        did: what each side did, on one line.
        reasons: what a person has to decide, or why nothing was written.
        added: git was told that it is resolved.
    """

    path: str
    id: str
    state: str
    did: Text = NOTHING
    reasons: tuple[Text, ...] = ()
    added: bool = False


def resolve(context: Context, ids: Sequence[str], *, prefer: str = "", add: bool = False, dry_run: bool = False) -> tuple[Resolved, ...]:
    """Put the records in conflict together.

    What goes together is written; with `add` git is told so. What does not is written with markers around the few lines that a
    person has to decide, and explained; with `prefer` that side counts and the other one stays as a comment.

    Raises:
        UsageError: nothing is in conflict, or not what was named; a word in `prefer` that means nothing.
        SystemFailedError: git failed.
        ChangedError, LockedError: as for every write.
    """
    if prefer and prefer not in PREFER:
        raise UsageError(BAD_PREFER.of(it=prefer))
    needed(context.root)
    root, prefix = context.root, inside(context.root)
    found = {path.removeprefix(prefix): stages for path, stages in unmerged(root).items() if path.startswith(prefix)}
    found = {path: stages for path, stages in found.items() if is_ours(path)}
    if not found:
        raise UsageError(NONE)
    config = _config(root)
    wanted = _wanted(list(found), ids)
    if dry_run:
        return tuple(_one(context, config, conflict(root, config, path, found[path]), prefer, dry_run=True) for path in wanted)
    with lock(root):
        done = [_one(context, config, conflict(root, config, path, found[path]), prefer, dry_run=False) for path in wanted]
    good = [root / one.path for one in done if one.state == "merged" and not one.reasons]
    if add and good:
        git.add(root, good)
        done = [Resolved(one.path, one.id, one.state, one.did, one.reasons, root / one.path in good) for one in done]
    return tuple(done)


def _config(root: Path) -> Config:
    """Read the settings; while they are in conflict themselves, those of the last commit."""
    try:
        return load_config(root)
    except UnreadableError:
        return load_config(root, Revision(root, git.rev_parse(root, "HEAD")))


def _wanted(paths: Sequence[str], ids: Sequence[str]) -> list[str]:
    if not ids:
        return list(paths)
    found = {path: path.rpartition("/")[2].removesuffix(".yaml") for path in paths}
    wanted: list[str] = []
    for text in ids:
        end = names.typed_by_hand(text)
        hits = [path for path, record in found.items() if text and (record.endswith(end) or record == text.strip())]
        if len(hits) != 1:
            raise UsageError(NOT_THERE.of(it=text), THERE.of(ids=sorted(found.values())))
        wanted += hits
    return list(dict.fromkeys(wanted))


def _one(context: Context, config: Config, one: Conflict, prefer: str, *, dry_run: bool) -> Resolved:
    record = one.path.rpartition("/")[2].removesuffix(".yaml")
    if one.path == CONFIG_FILE:
        return Resolved(one.path, one.path, "left", reasons=(SETTINGS,))
    if one.made is None:
        return Resolved(one.path, record, "left", reasons=(UNREADABLE if one.stages.ours and one.stages.theirs else ONE_SIDE,))
    made, side = one.made, cast("Side | None", prefer or None)
    try:
        before = read_file(context.root / one.path, context.root)
    except RefusedError:
        return Resolved(one.path, record, "left", made.summary, (ONE_SIDE,))
    if not has_markers(before):
        return Resolved(one.path, record, "left", made.summary, (BY_HAND,))
    data = made.data(side)
    readable = parse(data, places=False).tree is not None
    if not dry_run and readable:
        writer.replace(context.root / one.path, data, expected=before)
    elif not dry_run:
        writer.output(context.root / one.path, data)
    if not made.clean and side is None:
        return Resolved(one.path, record, "marked", made.summary, made.reasons)
    return Resolved(one.path, record, "merged", made.summary, () if dry_run else tuple(_errors(context, config, one.path)))


def _errors(context: Context, config: Config, path: str) -> Iterator[Text]:
    """Give the errors of the record as it was written."""
    entry = load_one(context.root, config, path)
    if isinstance(entry, Entry):
        for verdict in check_record(entry, Ledger(config), context.today):
            if verdict.severity is Severity.ERROR and verdict.finding.code[2] in "0234":
                yield FOUND.of(code=verdict.finding.code, what=verdict.finding.message)


# ----------------------------------------------------------------------------------------------------------- merge driver


def driven(base: Path, ours: Path, theirs: Path) -> bool:
    """Merge three files the way git asks a merge driver to: the result goes into `ours`; say whether nothing is in conflict.

    What is no record of ours is merged line by line, as git does.

    Raises:
        SystemFailedError: git failed.
    """
    versions = [path.read_bytes() for path in (base, ours, theirs)]
    made = _made(versions)
    if made is not None:
        ours.write_bytes(made.data())
        return made.clean
    arguments = ("merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", "--", str(ours.absolute()), str(base.absolute()))
    try:
        ours.write_bytes(git.ask(Path.cwd(), *arguments, str(theirs.absolute())))
    except git.GitFailedError as failure:
        if not failure.output:
            raise
        ours.write_bytes(failure.output)
        return False
    return True


def _made(versions: Sequence[bytes]) -> Reconciled | None:
    kind = _kind(versions[1])
    if kind is None or kind != _kind(versions[2]):
        return None
    try:
        return reconciled(kind, Config(), *versions)
    except UnreadableError:
        return None


def _kind(data: bytes) -> Kind | None:
    """Give the kind a record says it is of."""
    tree = parse(data, places=False).tree or {}
    return BY_NAME.get(str(tree.get("schema", "")).partition("/")[0])
