"""Where a finding stands: line, column and the lines around it, looked up in the few files that have one (docs/adr/0004)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hazardctl.diagnostics import START, Diagnostic, Finding, Place, Severity, Trail
from hazardctl.store.files import RefusedError
from hazardctl.store.source import Source, WorkTree


@dataclass(frozen=True, slots=True)
class Told:
    """A finding on its way to a place: the file, the record's id, the finding, its severity after configuration."""

    path: str
    record: str
    finding: Finding
    severity: Severity


def locate(root: Path, told: Iterable[Told], source: Source | None = None) -> list[Diagnostic]:
    """Give every finding its line, column and excerpt, in the order of reports; in the work tree, or in another source."""
    source = source or WorkTree(root)
    done: list[Diagnostic] = []
    for path, group in itertools.groupby(sorted(told, key=lambda one: one.path), key=lambda one: one.path):
        places, lines = _positions(source, path)
        done += (_placed(one, places, lines) for one in group)
    return sorted(done, key=Diagnostic.key)


def _positions(source: Source, path: str) -> tuple[Mapping[Trail, Place], Sequence[str]]:
    from hazardctl.store.spots import places_of

    try:
        data = source.read(path)
    except RefusedError:
        return {}, ()
    return places_of(data), data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")


def _placed(one: Told, places: Mapping[Trail, Place], lines: Sequence[str]) -> Diagnostic:
    finding = one.finding
    place = finding.place or nearest(places, finding.trail)
    around = range(max(place.line - 1, 1), place.line + 1)
    excerpt = tuple((number, lines[number - 1].rstrip("\r")) for number in around if number <= len(lines)) if lines != [""] else ()
    return Diagnostic(
        one.path, place, finding.code, one.severity, finding.message, one.record, finding.trail, finding.because, finding.repair, excerpt,
        finding.title, finding.notes,
    )  # fmt: skip


def nearest(places: Mapping[Trail, Place], trail: Trail) -> Place:
    """Give the place of a trail; where its end is not in the file, that of the nearest part that is; else the first line."""
    from hazardctl.store.build import KEY

    for length in range(len(trail), 0, -1):
        part = trail[:length]
        found = places.get(part) or places.get((*part, KEY))
        if found:
            return found
    return START
