"""All that a use case may know of the world outside the ledger; built once, at the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from hazardctl.language import Language


@dataclass(frozen=True, slots=True)
class DataSet:
    """Ledgers that were exported, to be asked in the place of a ledger of files.

    Attributes:
        folder: of the data set.
        keys: names of the ledgers in it that are asked, taken together; all without any.
        engine: by its name in `hazardctl.ops.dataset`; the usual one without.
    """

    folder: Path
    keys: tuple[str, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the ledger is, who asks, on which day, in which language.

    Attributes:
        root: the ledger root, the folder that holds `hazardctl.yaml`.
        today: the day, in the ledger's time zone; nothing else reads a clock.
        actor: who acts by default (`HAZARDCTL_ACTOR`, else the person of this git e-mail, else empty).
        language: of every sentence printed.
        interactive: whether questions may be asked: stdin and stderr are terminals, no `--no-input`, no `CI`.
        width: columns of the page.
        index: whether the index may be used; no output depends on it, but for the hint of `add` (docs/adr/0026).
        data: a data set to be asked in the place of the ledger.
        why: how each of these was chosen, for `config`.
    """

    root: Path
    today: dt.date
    actor: str = ""
    language: Language = "zh"
    interactive: bool = False
    width: int = 100
    index: bool = True
    data: DataSet | None = None
    why: dict[str, str] = field(default_factory=dict[str, str])
