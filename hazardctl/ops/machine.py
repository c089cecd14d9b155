"""What `doctor` asks of the machine: versions, the terminal, the parts that are installed. No ledger is needed."""

from __future__ import annotations

import codecs
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hazardctl import __version__
from hazardctl.errors import SystemFailedError
from hazardctl.language import Text, plain
from hazardctl.reports.health import Check, Fault, of
from hazardctl.store import gitcare

NARROW: Final = 40
OLDEST_PYTHON: Final = (3, 11)
OLDEST_GIT: Final = (2, 38)
"""The first that merges two commits without a work tree, for `validate --merged-with`."""
SAMPLE: Final = "隐患整改"
GATHERED: Final = frozenset({"dev", "office", "all"})
"""Extras that only gather others."""
_OF_EXTRA: Final = re.compile(r"^([\w.-]+).*; extra == [\"'](\w+)[\"']$")


@dataclass(frozen=True, slots=True)
class Around:
    """What only the door knows of the machine: the encoding of its output, the columns of the page."""

    encoding: str
    width: int


def machine(around: Around) -> Iterator[Check]:
    """Look at the machine."""
    python = f"{platform.python_version()}"
    yield of("program", ("程序", "program"), f"hazardctl {__version__}", plain("-"))
    old: Fault | None = ("wrong", Text("换用新的 Python", "use a newer Python")) if sys.version_info < OLDEST_PYTHON else None
    yield of("python", ("Python", "Python"), python, _from(OLDEST_PYTHON), old)
    yield _git()
    yield _encoding(around.encoding)
    narrow: Fault | None = ("note", Text("把窗口拉宽，或设 COLUMNS", "widen the window, or set COLUMNS")) if around.width < NARROW else None
    yield of(
        "width",
        ("宽度", "width"),
        Text("{n} 列", "{n} columns", {"n": around.width}),
        Text("{n} 列起", "{n} or more", {"n": NARROW}),
        narrow,
    )
    yield _zones()
    yield _extras()


def _from(version: tuple[int, ...]) -> Text:
    return Text("{it} 起", "{it} or later", {"it": ".".join(map(str, version))})


def _git() -> Check:
    label = ("git", "git")
    try:
        found = gitcare.version(Path())
    except SystemFailedError:
        install = Text("安装 git；不装也能用，只是没有 log、diff、undo", "install git; without it there is no log, diff or undo")
        return of("git", label, Text("没有", "none"), _from(OLDEST_GIT), ("note", install))
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    old: Fault = ("note", Text("升级 git，否则 validate --merged-with 用不了", "upgrade git, or validate --merged-with cannot work"))
    return of("git", label, found, _from(OLDEST_GIT), old if numbers < OLDEST_GIT else None)


def _encoding(name: str) -> Check:
    try:
        SAMPLE.encode(codecs.lookup(name).name)
    except (LookupError, UnicodeEncodeError):
        repair = plain("export PYTHONUTF8=1 LANG=C.UTF-8")
        return of(
            "encoding",
            ("输出编码", "encoding"),
            name or "-",
            Text("能写中文，如 UTF-8、GBK", "one that writes Chinese, such as UTF-8"),
            ("wrong", repair),
        )
    return of("encoding", ("输出编码", "encoding"), name, Text("能写中文", "one that writes Chinese"))


def _zones() -> Check:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        observed = Text("没有时区数据，按 +08:00 计", "no zone data: +08:00 is taken")
        return of("zones", ("时区数据", "time zones"), observed, plain("Asia/Shanghai"), ("note", plain("pip install tzdata")))
    return of("zones", ("时区数据", "time zones"), "Asia/Shanghai", "Asia/Shanghai")


def extras() -> dict[str, bool]:
    """Give each extra of this installation and whether all of it is installed, from the metadata of the package."""
    found: dict[str, bool] = {}
    for line in metadata.requires("hazardctl") or ():
        part = _OF_EXTRA.match(line)
        if part and part[2] not in GATHERED:
            found[part[2]] = found.get(part[2], True) and _installed(part[1])
    return found


def _installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


def _extras() -> Check:
    try:
        known = extras()
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        known = {}
    there, absent = [name for name, it in known.items() if it], [name for name, it in known.items() if not it]
    observed = Text("已装 {there}；未装 {absent}", "installed {there}; not {absent}", {"there": there or ["-"], "absent": absent or ["-"]})
    return of(
        "extras", ("附加部分", "extras"), observed, Text("按需", 'as needed: pip install "hazardctl[office]"') if absent else plain("-")
    )
