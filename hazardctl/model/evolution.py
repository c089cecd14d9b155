"""Records of another version than today's: an older one is brought forward step by step, a newer one is never guessed at (HZ009)."""

from __future__ import annotations

import copy
import re
from typing import Final

from hazardctl.diagnostics import Finding
from hazardctl.language import Text
from hazardctl.model.migrations import STEPS, Step, version_of
from hazardctl.model.raw import Raw, Tree

_STATED: Final = re.compile(r"([a-z_]+)/([1-9]\d{0,5})", re.ASCII)

NEWER: Final = Text("由更新版本的程序写成（{it}），本程序只识得 {known}", "written by a newer program ({it}); this one knows {known}")
UPGRADE: Final = Text("升级 hazardctl", "upgrade hazardctl")
FOREIGN: Final = Text("本程序只识得 {known}，此文件写的是“{it}”", "this program knows {known}, the file says “{it}”")
MEND: Final = Text("升级 hazardctl，或改正 schema 一行", "upgrade hazardctl, or put the schema line right")
OLDER: Final = Text("旧版 {it} 迁移时须有人过目，迁移之前不读", "{it} is old, and somebody must look at its migration before it is read")
MIGRATE: Final = Text("hazardctl migrate -n 看一遍，再 hazardctl migrate", "look with hazardctl migrate -n, then hazardctl migrate")
STUMBLED: Final = Text("旧版 {it} 无法迁移到 {known}：写法不合旧版", "{it} cannot be brought to {known}: it is not what that version says")


def schema_of(name: str) -> str:
    """Give what `schema:` says in a file of today, for a kind or for the configuration."""
    return f"{name}/{version_of(name)}"


def brought(name: str, tree: Tree, *, looked: bool = False) -> Tree | Finding:
    """Bring a record to the version of today.

    Args:
        name: of the kind, or `config`.
        tree: what the file says; it is not changed.
        looked: somebody will look at the difference, so that steps which are not lossless are taken too (`migrate`).

    Returns:
        What the record says today, but for `schema`, which stays as stated; or why it cannot be read.
    """
    known, stated = schema_of(name), tree.get("schema")
    if stated is None or stated == known:
        return tree
    version = _version(name, stated)
    if version is None:
        return _finding(FOREIGN, known, stated, MEND)
    if version > version_of(name):
        return _finding(NEWER, known, stated, UPGRADE)
    steps = STEPS[name][version - 1 :]
    if not (looked or all(step.lossless for step in steps)):
        return _finding(OLDER, known, stated, MIGRATE)
    return _taken(steps, tree) or _finding(STUMBLED, known, stated, MEND)


def _version(name: str, stated: Raw) -> int | None:
    found = _STATED.fullmatch(stated) if isinstance(stated, str) else None
    return int(found[2]) if found and found[1] == name else None


def _taken(steps: tuple[Step, ...], tree: Tree) -> Tree | None:
    """Take the steps one after the other; None where a record is not what a step expects of its version."""
    made = copy.deepcopy(tree)
    try:
        for step in steps:
            made = step.change(made)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return None
    return {**made, "schema": tree["schema"]}


def _finding(message: Text, known: str, stated: Raw, repair: Text) -> Finding:
    said = stated if isinstance(stated, str) else "…"
    return Finding("HZ009", message.of(known=known, it=said), ("schema",), repair=repair)
