"""What this user lets the repository of a ledger run, which is nothing until they say so (docs/adr/0025)."""

from __future__ import annotations

from typing import Final

from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.language import Text
from hazardctl.ops.context import Context
from hazardctl.store import git, trust
from hazardctl.store.trust import State
from hazardctl.store.worktree import Repository

NO_REPOSITORY: Final = Text("{path} 不在 git 仓库里，没有什么要信任", "{path} lies in no git repository: there is nothing to trust")
NOTHING: Final = Text(
    "这个仓库没有设置 core.fsmonitor，没有什么要信任", "core.fsmonitor is not set in this repository: there is nothing to trust"
)
SET_IT: Final = Text(
    "先装 watchman，再在仓库顶层运行：cp .git/hooks/fsmonitor-watchman.sample .git/hooks/query-watchman && "
    "git config core.fsmonitor .git/hooks/query-watchman && hazardctl trust && git status",
    "install watchman, then at the top of the repository: cp .git/hooks/fsmonitor-watchman.sample .git/hooks/query-watchman && "
    "git config core.fsmonitor .git/hooks/query-watchman && hazardctl trust && git status",
)


def state(context: Context) -> State:
    """Say what the repository would run, and whether it may.

    Raises:
        SystemFailedError: there is no repository, or git failed.
    """
    return trust.state(_here(context))


def given(context: Context) -> State:
    """Let the repository run the monitor that its settings name, once it was tried.

    Raises:
        UsageError: they name none.
        SystemFailedError: there is no repository, the monitor does not do what git wants of it, or the mark cannot be kept.
    """
    here = _here(context)
    value = trust.setting(here)
    if not value:
        raise UsageError(NOTHING, SET_IT)
    trust.tried(context.root, here, value)
    trust.give(here, value)
    return trust.state(here)


def revoked(context: Context) -> State:
    """Let the repository run nothing any more.

    Raises:
        SystemFailedError: there is no repository, or the mark cannot be taken away.
    """
    here = _here(context)
    trust.revoke(here)
    return trust.state(here)


def _here(context: Context) -> Repository:
    here = git.repository(context.root)
    if here is None:
        raise SystemFailedError(NO_REPOSITORY.of(path=str(context.root)))
    return here
