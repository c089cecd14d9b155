"""The index by hand: look at it, make it anew, throw it away (DESIGN §6). No figure depends on it."""

from __future__ import annotations

from typing import Final

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.measures import kept
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import LEAST, keeper
from hazardctl.store import index
from hazardctl.store.files import read_file
from hazardctl.store.index import condition
from hazardctl.store.index.condition import State
from hazardctl.store.index.past import Held, held
from hazardctl.store.load import Progress, load
from hazardctl.store.root import CONFIG_FILE

__all__ = ["LEAST", "commits", "dropped", "rebuilt", "state", "wanted"]

NO_PLACE: Final = Text(
    "索引建不起来：{path} 处写不了，或另一进程正占用", "no index can be made: {path} cannot be written, or another process holds it"
)
ALL_WELL: Final = Text("没有索引一切照常，只是慢一些", "everything works without one, only slower")


def state(context: Context) -> State:
    """Look at the index, as it stands."""
    return condition.state(context.root, read_file(context.root / CONFIG_FILE, context.root))


def wanted(context: Context) -> bool:
    """Say whether the next question makes one: a small ledger is read without."""
    return keeper(context) is not None


def commits(context: Context) -> Held:
    """Look at what is kept of commits that were asked."""
    return held(context.root)


def rebuilt(context: Context, progress: Progress | None = None) -> State:
    """Throw the index away, those of commits with it, and make it anew.

    Raises:
        UnreadableError: the configuration cannot be read.
        SystemFailedError: it cannot be made here.
    """
    index.drop(context.root)
    if load(context.root, keeper=kept, progress=progress).shelf is None:
        raise SystemFailedError(NO_PLACE.of(path=str(state(context).path)), ALL_WELL)
    return state(context)


def dropped(context: Context) -> bool:
    """Throw the index away, those of commits with it; say whether there was any."""
    any_ = bool(commits(context).commits)
    return index.drop(context.root) or any_
