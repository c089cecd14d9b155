"""What changed between two versions of a schema: one function a version, in this file alone.

The step that is added last makes the version that the program writes, so that version 2 of a kind is the change in its
module and one function here. A step takes what a record of the version before says and gives what it says in the next one; the
reader, `hazardctl migrate` and `hazardctl doctor` all follow. How one is written is told in docs/guide/migrate.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.model.raw import Tree

CONFIG: Final = "config"
"""The name under which the configuration has steps of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one version of a schema to the next.

    Attributes:
        change: gives the fields of the next version; it gets a copy it may change, and gives every field back, `x-` fields and
            the words of `correct` lines included. What it cannot make sense of it leaves as it is.
        lossless: nothing has to be decided, so that an old record is read as it stands, in the past of the ledger too. Where it
            is not, an old record is unread until `hazardctl migrate` was run and somebody looked at the difference.
    """

    change: Callable[[Tree], Tree]
    lossless: bool = True


STEPS: Final[dict[str, tuple[Step, ...]]] = {}
"""Name of a kind, or `config` → its steps, from version 1 on; no kind has changed yet."""


def version_of(name: str, steps: Mapping[str, tuple[Step, ...]] = STEPS) -> int:
    """Give the version the program writes of a kind, or of the configuration."""
    return 1 + len(steps.get(name, ()))
