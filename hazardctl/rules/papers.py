"""The files that a record names: photographs, and the papers themselves (HZ402 HZ403)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from hazardctl.diagnostics import Trail
from hazardctl.model.document import Document
from hazardctl.model.hazard import Hazard
from hazardctl.rules.case import Case


class Paper(NamedTuple):
    """A file by its path below the ledger root, with the trail to the path, the SHA-256 stated and the URL beside it."""

    trail: Trail
    path: str
    sha256: str
    url: str


def papers(case: Case) -> Iterator[Paper]:
    """Give the files a record names; paths that leave the ledger have a rule of their own (HZ016)."""
    record = case.record
    if isinstance(record, Hazard):
        for position, one in enumerate(record.evidence):
            if one.path and not escapes(one.path):
                yield Paper(("evidence", position, "path"), one.path, one.sha256, one.url)
    elif isinstance(record, Document) and record.path and not escapes(record.path):
        yield Paper(("path",), record.path, record.sha256, record.url)


def escapes(path: str) -> bool:
    """Say whether a path leaves the ledger by its own words."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return parts[:1] == ("/",) or ".." in parts or not parts or parts[0][1:2] == ":"
