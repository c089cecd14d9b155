"""Which commit wrote each line of a record: who stood for an event, beyond what the event says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError
from hazardctl.store import git
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.reader import parse

SHORT: Final = 7
_HEAD: Final = re.compile(rb"([0-9a-f]{40,64}) \d+ \d+(?: \d+)?")


def events(root: Path, path: str) -> Mapping[int, str]:
    """Give the short commit that wrote each line of a history, by its position from 0.

    Git is asked about the last commit, not about the work tree, so that no filter of the repository runs; a line that is in
    no commit yet has none. Without git, or with a record git does not know, nothing has.
    """
    try:
        data = read_file(root / path, root)
        written = _written(root, path)
    except (RefusedError, SystemFailedError):
        return {}
    lines = data.split(b"\n")
    places = parse(data, places=True).places
    found = {trail[1]: lines[place.line - 1].strip() for trail, place in places.items() if len(trail) == 2 and trail[0] == "history"}
    return {position: written[line] for position, line in found.items() if isinstance(position, int) and line in written}


def _written(root: Path, path: str) -> Mapping[bytes, str]:
    """Give line → short commit; of two equal lines the earlier."""
    top, head = git.top(root), git.head(root)
    if top is None or head is None:
        return {}
    inside = (root / path).relative_to(top).as_posix()
    arguments = ("blame", "--porcelain", "--no-textconv", head, "--", inside)
    commit, found = "", dict[bytes, str]()
    for line in git.ask(root, *arguments, settings=("blame.ignoreRevsFile=",)).split(b"\n"):
        if line.startswith(b"\t"):
            found.setdefault(line[1:].strip(), commit)
        elif seen := _HEAD.fullmatch(line):
            commit = seen[1][:SHORT].decode()
    return found
