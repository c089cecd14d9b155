"""The one reader: bytes of a record to plain data, all that is wrong with them, and where everything stands.

In this order (RELIABILITY 5.7): size, encoding, characters, directives, conflict markers, then libyaml's events through a
builder of our own that counts depth and parts as they come. Every scalar is the text that was written; the model alone
types it. Time and memory are bounded whatever the bytes, and nothing but a `Parsed` ever comes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hazardctl.diagnostics import Finding, Place, Trail
from hazardctl.model.raw import Tree
from hazardctl.store.build import KEY, Builder
from hazardctl.store.canonical import canonical
from hazardctl.store.faults import settled
from hazardctl.store.scan import scan
from hazardctl.store.stream import events
from hazardctl.store.swift import swift

__all__ = ["KEY", "Parsed", "parse"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file says.

    Attributes:
        tree: the record as written; None when it is unreadable, and then a finding HZ001 says so.
        places: trail -> place of a value, `(*trail, KEY)` -> place of a key; empty when positions were not asked for.
        findings: all that is wrong with the file as a file, in the order of its lines, each with its place.
    """

    tree: Tree | None
    places: Mapping[Trail, Place] = field(default_factory=dict[Trail, Place])
    findings: tuple[Finding, ...] = ()


def parse(data: bytes, *, places: bool = True) -> Parsed:
    """Read one record from bytes; never raises.

    Args:
        data: the whole file.
        places: whether positions of all parts are wanted; without them a sound record costs a third less. Tree and
            findings are the same either way.
    """
    scanned = scan(data)
    if scanned.text is None:
        return Parsed(None, {}, settled(scanned.findings))
    if not places:
        tree = (None if scanned.findings else canonical(scanned.text)) or swift(scanned.text)
        if tree is not None:
            return Parsed(tree, {}, settled(scanned.findings))
    builder = Builder(scanned.text, events(scanned.text), places=places)
    tree = builder.record()
    return Parsed(tree, builder.places or {}, settled([*scanned.findings, *builder.findings]))
