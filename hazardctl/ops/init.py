"""A new ledger: configuration, folders, git settings; or a copy of the sample to look at (EXPERIENCE §2.3 `init`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.model.kinds import KINDS
from hazardctl.store import git, writer
from hazardctl.store.emit import scalar
from hazardctl.store.load import CONFIG_FILE, FOLDER

IGNORE: Final = """# 临时文件与写入锁 / temporary files and the writer's lock
.*.tmp
.lock
"""
ATTRIBUTES: Final = """# 记录一律 UTF-8、LF；绝不用 merge=union：它会悄悄拼坏事件 / never merge=union: it fuses events in silence
*.yaml text eol=lf
evidence/** binary
"""
SAMPLE: Final = "sample"


@dataclass(frozen=True, slots=True)
class Made:
    """What `init` made: the ledger root, the files by path relative to the folder asked for, whether git was set up."""

    folder: Path
    root: Path
    files: tuple[str, ...]
    repository: bool
    demo: bool


def init(folder: Path, *, org: str = "", language: str = "zh", with_git: bool = True, demo: bool = False) -> Made:
    """Make a ledger in a folder.

    Args:
        folder: where; made when it is not there.
        org: name of the organisation, for headings.
        language: of the new configuration.
        with_git: make a git repository unless the folder lies in one already.
        demo: fill it with the sample ledger.

    Raises:
        UsageError: there is a ledger already.
        SystemFailedError: the disk or git failed.
    """
    root = folder / FOLDER
    for place in (folder, root):
        if (place / CONFIG_FILE).exists():
            raise UsageError(
                Text("{it} 已有台账，未作任何改动", "{it} already holds a ledger; nothing was changed", {"it": str(place)}),
                Text("另选目录  hazardctl init 目录", "choose another folder  hazardctl init DIR"),
            )
    files = {**_sample(), ".gitignore": IGNORE.encode(), ".gitattributes": ATTRIBUTES.encode()} if demo else _fresh(org, language)
    files = {path: data for path, data in files.items() if not (folder / path).exists()}
    folder.mkdir(parents=True, exist_ok=True)
    writer.create_all([(folder / path, data) for path, data in files.items()])
    if not demo:
        for kind in KINDS:
            (root / kind.folder).mkdir(parents=True, exist_ok=True)
    repository = with_git and git.top(folder) is None
    if repository:
        git.init(folder)
    return Made(folder, root, tuple(sorted(files)), repository, demo)


def _fresh(org: str, language: str) -> Mapping[str, bytes]:
    name = org or folder_name(language)
    lines = [
        "# 台账配置；每一项都有默认值，用 hazardctl config 查看 / the ledger's settings; every one has a default: hazardctl config",
        "schema: config/1",
        f"organisation: {{name: {scalar(name)}}}",
        f"language: {'zh-CN' if language == 'zh' else 'en'}",
        "timezone: Asia/Shanghai",
        "deadlines:",
        "  rules:",
        "    - {grade: major, days: 30, count: calendar}",
        "    - {grade: general, days: 15, count: calendar}",
        "",
    ]
    return {f"{FOLDER}/{CONFIG_FILE}": "\n".join(lines).encode(), ".gitignore": IGNORE.encode(), ".gitattributes": ATTRIBUTES.encode()}


def folder_name(language: str) -> str:
    """Give the name a ledger has until somebody names it."""
    return Text("（未命名单位）", "(unnamed organisation)").say("zh" if language == "zh" else "en")


def sample_folder() -> Path:
    """Find the sample ledger: beside the package in a checkout, inside it in an installed wheel.

    Raises:
        UsageError: this installation came without it.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / SAMPLE, package.parent / FOLDER):
        if (place / CONFIG_FILE).is_file():
            return place
    raise UsageError(Text("此安装不含示例台账", "this installation came without the sample ledger"))


def _sample() -> Mapping[str, bytes]:
    source = sample_folder()
    found = sorted(path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {f"{FOLDER}/{path.relative_to(source).as_posix()}": path.read_bytes() for path in found}


SAMPLE_DAY: Final = dt.date(2023, 10, 20)
"""The day on which the sample shows every state: its second half-year is in progress."""
