"""Which commit brought each line of many records: three processes, however many records (for one record: `store.blame`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from hazardctl.between import Commit
from hazardctl.store.commits import commits, touched
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.git import rev_parse
from hazardctl.store.objects import blobs
from hazardctl.store.reader import parse

MANY: Final = 2_000
"""Paths that git is asked about one by one; beyond that it is asked about all of the ledger."""


def origins(root: Path, zone: dt.tzinfo, paths: Collection[str]) -> Mapping[str, Mapping[bytes, Commit]]:
    """Give path → line, without the blanks around it → the first commit that had it.

    Args:
        root: the ledger root.
        zone: of the ledger.
        paths: of records, below the ledger root.

    Raises:
        UsageError: there is no commit yet.
        SystemFailedError: no git or no repository.
    """
    asked = sorted(paths) if len(paths) <= MANY else []
    listed = commits(root, zone, rev_parse(root, "HEAD"), paths=asked, ours=True)
    steps = [one for one in touched(root, listed, asked) if one.path in paths]
    wanted = {oid for one in steps for oid in (*one.befores, one.after) if oid}
    lines = {oid: frozenset(line.strip() for line in data.split(b"\n")) for oid, data in blobs(root, sorted(wanted)).items()}
    found: dict[str, dict[bytes, Commit]] = {}
    for one in steps:
        known = frozenset[bytes]().union(*(lines[oid] for oid in one.befores if oid))
        for line in lines.get(one.after, frozenset()) - known:
            found.setdefault(one.path, {}).setdefault(line, one.commit)
    return found


def event_lines(root: Path, path: str) -> Mapping[int, bytes]:
    """Give position in the history → the line of that event in the work tree, without the blanks around it."""
    try:
        data = read_file(root / path, root)
    except RefusedError:
        return {}
    lines = data.split(b"\n")
    places = parse(data, places=True).places
    return {
        trail[1]: lines[place.line - 1].strip()
        for trail, place in places.items()
        if len(trail) == 2 and trail[0] == "history" and isinstance(trail[1], int)
    }
