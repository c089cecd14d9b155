"""A new ledger: configuration, folders, git settings; or a copy of the sample to look at (EXPERIENCE §2.3 `init`).

What stands beside a ledger (for CI, an editor, owners) may be asked for at once or later, for the ledger that is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.model.kinds import KINDS
from hazardctl.model.unit import Unit
from hazardctl.ops.beside import CI, CODEOWNERS, SCHEMAS, ci, editor, owners, schemas
from hazardctl.store import git, writer
from hazardctl.store.emit import scalar
from hazardctl.store.load import load
from hazardctl.store.root import CONFIG_FILE, FOLDER

IGNORE: Final = """# 临时文件与写入锁 / temporary files and the writer's lock
.*.tmp
.lock
"""
ATTRIBUTES: Final = """# 记录一律 UTF-8、LF；绝不用 merge=union：它会悄悄拼坏事件 / never merge=union: it fuses events in silence
*.yaml text eol=lf
evidence/** binary
"""
GIT_FILES: Final[Mapping[str, bytes]] = {".gitignore": IGNORE.encode(), ".gitattributes": ATTRIBUTES.encode()}
SAMPLE: Final = "sample"


ALREADY: Final = Text("{it} 已有台账，未作任何改动", "{it} already holds a ledger; nothing was changed")
ELSEWHERE: Final = Text("另选目录  hazardctl init 目录", "choose another folder  hazardctl init DIR")
NOT_TOP: Final = Text(
    "{what} 只在仓库顶层 {top} 有效，台账在它下面的 {folder}",
    "{what} counts at the top of the repository, {top}; the ledger lies below it, in {folder}",
)
BY_HAND: Final = Text(
    "在别处生成，拷到顶层，并设 HAZARDCTL_LEDGER={inner}", "make it elsewhere, copy it to the top, and set HAZARDCTL_LEDGER={inner} there"
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is wanted beside the ledger: the host of its CI, an editor, CODEOWNERS; each may be empty."""

    ci: str = ""
    editor: str = ""
    owners: bool = False

    def __bool__(self) -> bool:
        """Say whether anything is wanted."""
        return bool(self.ci or self.editor or self.owners)


@dataclass(frozen=True, slots=True)
class Made:
    """What `init` made, or would make.

    Attributes:
        folder: the folder asked for.
        root: the ledger root.
        files: what was written, by path relative to the folder.
        repository: a git repository was made.
        demo: it is the sample.
        kept: files that were asked for and stand there with another content; they were left alone.
        new: there was no ledger before.
    """

    folder: Path
    root: Path
    files: tuple[str, ...]
    repository: bool
    demo: bool
    kept: tuple[str, ...] = ()
    new: bool = True


def init(
    folder: Path,
    *,
    org: str = "",
    language: str = "zh",
    with_git: bool = True,
    demo: bool = False,
    beside: Beside | None = None,
    dry_run: bool = False,
) -> Made:
    """Make a ledger in a folder, and what is wanted beside it; only the latter where there is a ledger already.

    Args:
        folder: where; made when it is not there.
        org: name of the organisation, for headings.
        language: of the new configuration.
        with_git: make a git repository unless the folder lies in one already.
        demo: fill it with the sample ledger.
        beside: what is wanted beside the ledger.
        dry_run: write nothing.

    Raises:
        UsageError: there is a ledger already and nothing is wanted beside it; an unknown host or editor; nobody could own
            anything; the folder is not the top of its repository, where a host looks.
        SystemFailedError: the disk or git failed.
    """
    beside = beside or Beside()
    standing = next((place for place in (folder, folder / FOLDER) if (place / CONFIG_FILE).exists()), None)
    if standing and (demo or not beside):
        raise UsageError(ALREADY.of(it=str(standing)), ELSEWHERE)
    root = standing or folder / FOLDER
    whole: Mapping[str, bytes] = {} if standing else _sample() if demo else _fresh(org, language)
    made = {path: data for path, data in whole.items() if not (folder / path).exists()}
    wanted = _wanted(folder, root, beside, made)
    kept = [path for path, data in wanted.items() if (folder / path).exists() and (folder / path).read_bytes() != data]
    anew = [path for path in kept if path.startswith(f"{SCHEMAS}/")]
    files = {**made, **{path: data for path, data in wanted.items() if not (folder / path).exists()}}
    repository = with_git and not standing and git.top(folder) is None
    if not dry_run:
        _written(folder, files, {path: wanted[path] for path in anew})
        for kind in () if demo or standing else KINDS:
            (root / kind.folder).mkdir(parents=True, exist_ok=True)
        if repository:
            git.init(folder)
    left = tuple(path for path in kept if path not in anew)
    return Made(folder, root, tuple(sorted([*files, *anew])), repository, demo, left, standing is None)


def _written(folder: Path, files: Mapping[str, bytes], anew: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    writer.create_all([(folder / path, data) for path, data in files.items()])
    for path, data in anew.items():
        writer.replace(folder / path, data, expected=(folder / path).read_bytes())


def _wanted(folder: Path, root: Path, beside: Beside, made: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give the files wanted beside the ledger, by path relative to the folder."""
    top, inner = git.top(folder), f"{root.relative_to(folder).as_posix()}/".removeprefix("./")
    if (beside.ci or beside.owners) and top is not None and top.resolve() != folder.resolve():
        below = root.resolve().relative_to(top.resolve()).as_posix()
        what = CI.get(beside.ci, CODEOWNERS)
        raise UsageError(NOT_TOP.of(what=what, top=str(top), folder=str(folder)), BY_HAND.of(inner=below))
    files: dict[str, bytes] = {}
    if beside.ci:
        files |= ci(beside.ci)
    if beside.editor:
        files |= {**editor(beside.editor, inner), **schemas()}
    if beside.owners:
        files |= owners(*_people(root, made), inner)
    return files


def _people(root: Path, made: Mapping[str, bytes]) -> tuple[Config, Mapping[str, Unit]]:
    """Give the configuration and the units of the ledger that stands; one that is yet to be made has nobody who owns anything."""
    found = Ledger() if made else load(root)
    return found.config, found.units


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
    return {f"{FOLDER}/{CONFIG_FILE}": "\n".join(lines).encode(), **GIT_FILES}


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
    return {**{f"{FOLDER}/{path.relative_to(source).as_posix()}": path.read_bytes() for path in found}, **GIT_FILES}


SAMPLE_DAY: Final = dt.date(2023, 10, 20)
"""The day on which the sample shows every state: its second half-year is in progress."""
