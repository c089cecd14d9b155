"""The evidence pack: hazards whole, with their pictures, checksums and commits, in one file to hand over (EXPERIENCE §2.3 `export`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Final

from hazardctl.between import Commit
from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.exchange.pictures import needed
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.ops.export_subject import Subject
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.log import author
from hazardctl.ops.photos import filed, pictures
from hazardctl.render.html.page import document
from hazardctl.render.page import Page
from hazardctl.reports.pack import Packed, pack
from hazardctl.reports.record import Shown
from hazardctl.store import git
from hazardctl.store.origins import event_lines, origins

MOST: Final = 5_000
"""Hazards in one page: a browser opens no larger one gladly."""
TOO_MANY: Final = Text("{n} 条太多，一份佐证最多 {most} 条", "{n} hazards are too many: a page of evidence takes {most}")
FILTER: Final = Text("加筛选分几份，如 unit:顺发、found:H1", "filter, and make several: unit:shunfa, found:H1")
NOT_THEN: Final = Text("佐证文件只有现在的：html 不能与 --known-at 同用", "files of evidence are those of today: html takes no --known-at")


def packed(subject: Subject) -> tuple[bytes, int]:
    """Make the pack; give its bytes and how many files are not what was recorded.

    Raises:
        UsageError: it is asked for as it was known at an earlier commit, or for too many hazards.
        MissingExtraError: the extra `html` or `photo` is not installed.
    """
    if subject.words.known_at:
        raise UsageError(NOT_THEN)
    if len(subject.lines) > MOST:
        raise UsageError(TOO_MANY.of(n=len(subject.lines), most=MOST), FILTER)
    if not subject.hiding:
        needed()
    wanted = {line.id for line in subject.lines}
    entries = sorted((one for one in subject.ledger.hazards if one.record.id in wanted), key=attrgetter("record.id"))
    commits = _commits(subject.context.root, subject.ledger, {one.path for one in entries})
    frame = replace(subject.asked.frame, period=None)
    found: list[Packed] = []
    for entry in entries:
        files = [filed(subject.context.root, subject.ledger, one, shown=subject.hiding is None) for one in entry.record.evidence]
        known = commits.get(entry.path, {})
        lines: Mapping[int, bytes] = event_lines(subject.context.root, entry.path) if known else {}
        shown = Shown(
            entry,
            subject.ledger.replay(entry),
            subject.ledger,
            frame,
            checks={one.path: file.check for one, file in zip(entry.record.evidence, files, strict=True) if one.path},
            commits={position: known[line].short for position, line in lines.items() if line in known},
            pictures=pictures(files),
        )
        told = [(one, file.check, file.sha256) for one, file in zip(entry.record.evidence, files, strict=True)]
        found.append(Packed(shown, told, tuple(_named(subject.ledger, known.values()))))
    sheets = pack(frame, found, incognito=subject.hiding is not None)
    if subject.hiding:
        authors = {commit.name for one in found for commit in one.commits}
        sheets = Hiding(subject.ledger, authors).page(sheets)
    return document(sheets, Page(subject.language)), sum(one.wrong for one in found)


def _commits(root: Path, ledger: Ledger, paths: Collection[str]) -> Mapping[str, Mapping[bytes, Commit]]:
    """Give path → line → the commit that brought it; nothing without git or before the first commit."""
    try:
        if git.top(root) is None or git.head(root) is None:
            return {}
        return origins(root, ledger.config.zone, paths)
    except SystemFailedError:
        return {}


def _named(ledger: Ledger, commits: Collection[Commit]) -> Iterator[Commit]:
    """Give each commit once, oldest first, its author as the ledger names them."""
    for one in dict.fromkeys(commits):
        yield replace(one, name=author(ledger.config, one))
