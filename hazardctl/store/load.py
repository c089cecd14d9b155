"""From a folder to a `Ledger`: the one road by which records reach the program (DESIGN §1).

Every file of a record folder ends as an entry, as unread with its reasons, or as a stray with its own: nothing is skipped
in silence. Positions are not kept; `locate` reads the few files with findings a second time (docs/adr/0004).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hazardctl.diagnostics import Finding, Severity
from hazardctl.errors import UnreadableError
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model import ids
from hazardctl.model.config import Config
from hazardctl.model.kinds import BY_FOLDER, Kind
from hazardctl.store.files import RefusedError
from hazardctl.store.later import Later
from hazardctl.store.layout import path_of
from hazardctl.store.memory import Memory
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Revision, Source, WorkTree

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.model.seal import Sealed
    from hazardctl.model.typed import Typed
    from hazardctl.store.index import Keeper, Opened
    from hazardctl.store.reader import Parsed

T = TypeVar("T")
Progress = Callable[[int, int], None]


def load_config(root: Path, source: Source | None = None) -> Config:
    """Read the configuration, of the work tree or of another source.

    Raises:
        UnreadableError: it cannot be read or contradicts itself; every finding is a hint. No figure without it.
    """
    config, findings = read_config(root, source)
    if config is not None:
        return config
    from hazardctl.store.locating import Told, locate  # where a finding stands is asked of the few files that have one

    told = [Told(CONFIG_FILE, "", finding, Severity.ERROR) for finding in findings]
    lines = [f"{d.path}:{d.place.line}:{d.place.column}: {d.code} " for d in locate(root, told)]
    hints = [Text("{at}{what}", "{at}{what}", {"at": at, "what": finding.message}) for at, finding in zip(lines, findings, strict=True)]
    raise UnreadableError(Text("配置无效：{it}", "the configuration is invalid: {it}", {"it": str(root / CONFIG_FILE)}), *hints)


def read_config(root: Path, source: Source | None = None) -> tuple[Config | None, tuple[Finding, ...]]:
    """Read the configuration, or say everything that is wrong with it."""
    from hazardctl.model.configured import configured

    parsed = _parsed(source or WorkTree(root), CONFIG_FILE)
    if parsed.tree is None:
        return None, parsed.findings
    return configured(parsed.tree)


def _parsed(source: Source, path: str) -> Parsed:
    from hazardctl.store.reader import Parsed, parse

    try:
        return parse(source.read(path), places=False)
    except RefusedError as refusal:
        return Parsed(None, {}, (refusal.finding,))


def load(
    root: Path,
    *,
    source: Source | None = None,
    keeper: Keeper | None = None,
    progress: Progress | None = None,
    memory: Memory | None = None,
    exact: bool = False,
) -> Ledger:
    """Read a whole ledger.

    Args:
        root: the ledger root.
        source: where its files are read from; the work tree by default.
        keeper: what an index keeps of each record, of the work tree or of a commit; with it, files are read only when a record is
            asked for.
        progress: told (files done, files in all) now and then.
        memory: what was read of other revisions.
        exact: findings of files are asked for, line endings included, and not only what records say (docs/adr/0018).

    Raises:
        UnreadableError: the configuration cannot be read.
        SystemFailedError: the disk failed.
    """
    if source is None and keeper is not None and (indexed := _indexed(root, keeper, progress, exact=exact)) is not None:
        return indexed
    if keeper is not None and isinstance(source, Revision) and source.within is None and (held := _past(source, keeper, progress)):
        return held
    source = source or WorkTree(root)
    config = load_config(root, source)
    files = source.files()
    entries: list[Entry[Record]] = []
    unread: list[Unread] = []
    strays = [(file.path, file.finding) for file in files if file.finding is not None]
    readable = [file for file in files if file.kind]
    source.want(file.path for file in readable if memory is None or memory.lacks(source, config, file.path))
    with resting_collector():
        for done, file in enumerate(readable):
            one = memory.read(source, config, file.path, loaded) if memory else loaded(source, config, file.path)
            (entries if isinstance(one, Entry) else unread).append(one)  # type: ignore[arg-type]
            if progress and done % 256 == 0:
                progress(done, len(readable))
    seals, wrong = seals_of(source, config)
    return Ledger(config, tuple(entries), tuple(unread), (*strays, *wrong), source.commit, seals=seals)


def seals_of(source: Source, config: Config) -> tuple[tuple[Sealed, ...], list[tuple[str, Finding]]]:
    """Read the sealed periods; one that cannot be read is a finding, and nothing is checked against it."""
    from hazardctl.model.seal import Sealed, sealed
    from hazardctl.store.reader import Parsed

    seals: list[Sealed] = []
    wrong: list[tuple[str, Finding]] = []
    for file in source.seals():
        parsed = Parsed(None, {}, (file.finding,)) if file.finding else _parsed(source, file.path)
        seal, findings = (None, ()) if parsed.tree is None else sealed(parsed.tree, config.zone)
        seals += [Sealed(file.path, seal)] if seal else []
        wrong += ((file.path, finding) for finding in (*parsed.findings, *findings))
    return tuple(seals), wrong


def _indexed(root: Path, keeper: Keeper, progress: Progress | None, *, exact: bool) -> Ledger | None:
    """Open the ledger of a work tree over its index; None where there can be none."""
    from hazardctl.store import index, status
    from hazardctl.store.index import Settings

    source = WorkTree(root)
    with closing(status.standing(root, closely=exact)) as standing, resting_collector():  # git looks at the files on the other core
        settings = Settings(source.read(CONFIG_FILE), lambda: load_config(root, source))
        opened = index.opened(root, settings, keeper=keeper, read=said, progress=progress, standing=standing)
        commit = standing.described if opened is not None else ""
    return None if opened is None else _over(opened, source, commit)


def _over(opened: Opened, source: WorkTree, commit: str) -> Ledger:
    config = opened.config
    strays = [(file.path, file.finding) for file in opened.strays if file.finding is not None]
    sealed = Later(lambda: seals_of(source, config)[0] if source.seals() else ())
    wrong = Later(lambda: [*strays, *(seals_of(source, config)[1] if source.seals() else ())])
    return Ledger(config, opened.entries, opened.unread, wrong, commit, seals=sealed)


def foretold(root: Path, keeper: Keeper, ask: Callable[[Ledger], T]) -> T | None:
    """Put a question to the index as it stands, while git looks at the files; None where git does not vouch for the answer.

    It is tried where such a look was begun ahead (`status.look_ahead`). Whatever goes wrong is as if it had not been tried: the
    question is put again, to the ledger as `load` gives it.

    Args:
        root: the ledger root.
        keeper: what the index keeps of each record.
        ask: gives the answer; it writes nothing, and may be asked once more.
    """
    from hazardctl.store import status
    from hazardctl.store.index import Settings
    from hazardctl.store.index.ahead import ahead

    standing, source = status.begun(root), WorkTree(root)
    if standing is None:
        return None
    with suppress(Exception), resting_collector():
        settings = Settings(source.read(CONFIG_FILE), lambda: load_config(root, source))
        one = ahead(root, settings, keeper=keeper, read=said, standing=standing)
        if one is None:
            return None
        with closing(one):
            answer = ask(_over(one.opened, source, one.described))
            one.confirm()
        status.leave()
        return answer
    return None


def _past(source: Revision, keeper: Keeper, progress: Progress | None) -> Ledger | None:
    """Open the ledger of a commit over its index; None where there can be none."""
    from hazardctl.store.index import past

    def read(config: Config, path: str) -> Entry[Record] | Unread:
        return loaded(source, config, path)

    with resting_collector():
        known = past.opened(
            source, keeper=keeper, says=said, loads=read, config=lambda: load_config(source.root, source), progress=progress
        )
    if known is None:
        return None
    sealed = Later(lambda: seals_of(source, known.config)[0])
    wrong = Later(lambda: [*((one.path, one.finding) for one in source.files() if one.finding), *seals_of(source, known.config)[1]])
    return Ledger(known.config, known.entries, known.unread, wrong, source.commit, seals=sealed)


@contextmanager
def resting_collector() -> Generator[None]:
    """Keep the cycle collector from walking a hundred thousand frozen values again and again; none of them is in a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def kind_of(path: str) -> Kind | None:
    """Give the kind a path's first folder belongs to."""
    return BY_FOLDER.get(path.partition("/")[0])


def load_one(root: Path, config: Config, path: str) -> Entry[Record] | Unread:
    """Read one record file of the work tree, wherever it lies; nobody else's trouble touches it."""
    return loaded(WorkTree(root), config, path)


def loaded(source: Source, config: Config, path: str) -> Entry[Record] | Unread:
    """Read one record file of a source, wherever it lies."""
    if kind_of(path) is None:
        return Unread(path, "", (Finding("HZ010", Text("这里不是记录目录", "this is no folder of records")),))
    try:
        data = source.read(path)
    except RefusedError as refusal:
        return Unread(path, BY_FOLDER[path.partition("/")[0]].name, (refusal.finding,))
    return said(config, path, data)


def said(config: Config, path: str, data: bytes) -> Entry[Record] | Unread:
    """Give what the bytes of a record file say: straight where nothing about them is odd, else part by part with all findings."""
    from hazardctl.model.typed import Typed, missing, typed
    from hazardctl.store.direct import direct
    from hazardctl.store.reader import parse

    kind = BY_FOLDER[path.partition("/")[0]]
    record = direct(kind, data)
    if record is not None:
        return _entry(config, path, kind, Typed(record, {}, tuple(missing(record))))
    parsed = parse(data, places=False)
    if parsed.tree is None:
        return Unread(path, kind.name, parsed.findings)
    made = typed(kind, parsed.tree, config.zone)
    return _entry(config, path, kind, Typed(made.record, made.extras, (*parsed.findings, *made.findings)))


def _entry(config: Config, path: str, kind: Kind, made: Typed) -> Entry[Record] | Unread:
    """Give the record of a file, where it is one and has an id at all."""
    if made.record is None:
        return Unread(path, kind.name, made.findings)
    identity = tuple(_identity(kind, config, made.record.id, path))
    if any(finding.code == "HZ101" for finding in identity):
        return Unread(path, kind.name, (*made.findings, *identity))
    return Entry(kind, made.record, path, made.extras, (*made.findings, *identity))


def _identity(kind: Kind, config: Config, record_id: str, path: str) -> Iterator[Finding]:
    """Compare a record's id with its file: the path is a function of the id alone (HZ010 HZ101 HZ103)."""
    dated = ids.is_id(record_id)
    if not (dated or (kind.slug and ids.is_slug(record_id))):
        message = Text("“{it}”不是合法的记录标识", "“{it}” is no record id", {"it": record_id})
        yield Finding("HZ101", message, ("id",))
        return
    expected = config.id_prefixes.get(kind.name, kind.prefix)
    if dated and record_id.partition("-")[0] != expected:
        message = Text(
            "前缀应为 {it}：此目录存放{kind}", "prefix {it} expected: this folder holds {kind} records", {"it": expected, "kind": kind.name}
        )
        yield Finding("HZ103", message, ("id",))
    right = path_of(kind.folder, record_id)
    if path != right:
        message = Text("按标识此文件应在 {it}", "by its id this file belongs at {it}", {"it": right})
        yield Finding("HZ010", message, ("id",), repair=Text("git mv {a} {b}", "git mv {a} {b}", {"a": path, "b": right}))


def unread_line(unread: Unread) -> Text:
    """Say in one line which file could not be read and why, for the foot of a report."""
    first = unread.findings[0]
    return Text("{path}：{code} {what}", "{path}: {code} {what}", {"path": plain(unread.path), "code": first.code, "what": first.message})
