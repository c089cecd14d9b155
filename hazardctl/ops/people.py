"""Who acts when the command does not say (EXPERIENCE §2.1, `--by`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hazardctl.model.config import Config

_BETWEEN: Final = re.compile(r"[,，、;；]")


def of_this_machine(root: Path) -> str:
    """Give the person of this git e-mail as the ledger names them, else git's own name for the user, else nothing."""
    from hazardctl.store import git
    from hazardctl.store.load import load_config

    name, email = git.identity(root)
    person = load_config(root).person(email) if email else None
    return person.name if person else name


def split(texts: Iterable[str]) -> tuple[str, ...]:
    """Split names as people separate them; each name once, in the order given.

    Examples:
        >>> split(["李四，王五、李四"])
        ('李四', '王五')
    """
    names = (part.strip() for text in texts for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def named(config: Config, typed: Iterable[str], actor: str) -> tuple[str, ...]:
    """Give who acts by the one name each has in the ledger: those named, else the actor (RELIABILITY H4)."""
    return tuple(dict.fromkeys(config.named(name) for name in split(typed) or split([actor])))
