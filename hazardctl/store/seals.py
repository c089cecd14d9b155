"""The files of sealed periods: written once, then lines are added to their restatements, every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.model.seal import SCHEMA
from hazardctl.store.emit import Value, flow, record_text, scalar
from hazardctl.store.insert import readable
from hazardctl.store.layout import SEALS, SUFFIX
from hazardctl.store.reader import parse

ORDER: Final = ("schema", "period", "as_of", "preset", "cutoff", "counting", "scope", "sealed_on", "by", "commit", "definitions")
LINES: Final = "restatements"
_ODD: Final = re.compile(r"[^\w.=+-]+")
_EMPTY: Final = re.compile(r"^restatements:[ \t]*(?:\[[ \t]*\]|~|null)?[ \t]*(?:\n|$)", re.MULTILINE)
_LAYOUT: Final = Text("{it} 的 restatements 不在末尾，无法原样追加", "in {it} restatements do not stand last: no line can be added")
_LAST: Final = Text("把 restatements 移到文件末尾，一行一条", "move restatements to the end of the file, one a line")


def path_of(period: str, scope: Mapping[str, str]) -> str:
    """Give the path of a seal below the ledger root: by its period, and its scope where it has one.

    Examples:
        >>> path_of("2024H1", {}), path_of("2024H1", {"sector": "fire"})
        ('seals/2024H1.yaml', 'seals/2024H1.sector=fire.yaml')
    """
    parts = [period, *(f"{key}={value}" for key, value in sorted(scope.items()))]
    return f"{SEALS}/{'.'.join(_ODD.sub('-', part) for part in parts)}{SUFFIX}"


def text(seal: Mapping[str, Value], figures: Mapping[str, Value]) -> str:
    """Write a seal: what it is about, then its figures, one a line."""
    lines = [f"  {scalar(measure)}: {flow(value)}\n" for measure, value in figures.items()]
    return "".join([record_text({"schema": SCHEMA, **seal}, ORDER), "figures:\n", *lines])


def with_restatements(data: bytes, restatements: Sequence[Mapping[str, Value]], path: str) -> bytes:
    """Give the bytes of a seal with lines added to its restatements, every other byte as it was.

    Raises:
        UnreadableError: the file cannot be read, or other things stand behind its restatements.
    """
    before = readable(data)
    said = data.decode("utf-8")
    said = _EMPTY.sub("", said) if not before.get(LINES) else said
    said = said if not said or said.endswith("\n") else f"{said}\n"
    head = "" if before.get(LINES) else f"{LINES}:\n"
    lines = "".join(f"  - {flow(one)}\n" for one in restatements)
    new = f"{said}{head}{lines}".encode()
    after = parse(new, places=False).tree
    old = before.get(LINES)
    added = parse(f"{LINES}:\n{lines}".encode(), places=False).tree
    kept = old if isinstance(old, list) else []
    more = added.get(LINES) if added else None
    if after is None or not isinstance(more, list) or after != {**before, LINES: [*kept, *more]}:
        raise UnreadableError(_LAYOUT.of(it=path), _LAST)
    return new
