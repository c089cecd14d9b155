"""A template of an office looked at before it is needed: names it does not know, names it leaves out, whether it can be filled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.ops.notices.kinds import FIELDS, ITEM
from hazardctl.ops.notices.notice import read_template
from hazardctl.render.letter import filled, names
from hazardctl.vocabulary import nearest

UNKNOWN: Final = Text("没有“{it}”这个名字{near}", 'there is no name "{it}"{near}')
NEAR: Final = Text("（是不是 {it}？）", " (did you mean {it}?)")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found.

    Attributes:
        faults: the template cannot be filled.
        unused: names it could use and does not.
    """

    faults: tuple[Text, ...]
    unused: tuple[str, ...]


def looked(path: Path) -> Looked:
    """Look at a template.

    Raises:
        UnreadableError: it is no Word file, or cannot be parsed.
        MissingExtraError: the extra `word` is not installed.
    """
    name, template = read_template(path)
    used = names(name, template)
    faults = [UNKNOWN.of(it=one, near=_near(one)) for one in sorted(used - set(FIELDS))]
    if not faults:
        try:
            filled(name, template, _example())  # type: ignore[arg-type]
        except UnreadableError as failure:
            faults.append(failure.what)
    return Looked(tuple(faults), tuple(one for one in FIELDS if one not in used))


def _near(word: str) -> Text:
    found = nearest(list(FIELDS), word)
    return NEAR.of(it=found[0]) if found else Text("", "")


def _example() -> dict[str, object]:
    """Give a value for every name there is, so that a name inside an item that means nothing shows."""
    item = dict.fromkeys(ITEM, "X")
    lists: dict[str, object] = {"items": [item], "passed": [item], "failed": [item], "signers": [{"name": "X", "cert": "X"}]}
    return {**dict.fromkeys(FIELDS, "X"), **lists, "previous": {"title": "X", "number": "X", "date": "X"}}
