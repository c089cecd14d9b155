"""The baseline of a ledger, `baseline.txt` in its root: the findings it began with, a line each.

    3f2a90c41b7d5e68 HZ306 YH-20230109-3QY9J history.1.due

The fingerprint decides; the rest of the line is for people. Lines may be deleted, and a merge of two such files is their union.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.store.files import read_file

FILE: Final = "baseline.txt"
MOST: Final = 64 << 20
HEAD: Final = """\
# 启用校验时已有的问题：不再列出，也不算不通过；改好一条就删一行。hazardctl validate --write-baseline 重写本文件。
# What validate found when this ledger began to use it: counted, not shown. Mended ones are told as HZ715; delete their lines.
"""
_LINE: Final = re.compile(r"([0-9a-f]{16}) (\S+) (.*)", re.ASCII)
_BAD: Final = Text("{path} 第 {n} 行不是基线的写法", "{path}: line {n} is none of a baseline")
_AGAIN: Final = Text(
    "改正这一行，或重写  hazardctl validate --write-baseline", "put the line right, or write it anew: hazardctl validate --write-baseline"
)


class Known(NamedTuple):
    """A finding that was there: its fingerprint, code, record (or file) with the field behind it, and its line in the file."""

    fingerprint: str
    code: str
    about: str
    line: int = 0


def read(root: Path) -> tuple[Known, ...]:
    """Give the baseline of a ledger; nothing where there is none.

    Raises:
        UnreadableError: a line is none of a baseline, or the file cannot be opened.
    """
    if not os.path.lexists(root / FILE):
        return ()
    data = read_file(root / FILE, root, MOST)
    found: list[Known] = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            parts = _LINE.fullmatch(line.strip())
            if parts is None:
                raise UnreadableError(_BAD.of(path=FILE, n=number), _AGAIN)
            found.append(Known(parts[1], parts[2], parts[3], number))
    return tuple(found)


def text(known: Iterable[Known]) -> bytes:
    """Give the file of a baseline: a line a finding, in the order of records, so that two branches seldom meet in one line."""
    lines = sorted({(one.about, one.code, one.fingerprint) for one in known})
    return (HEAD + "".join(f"{print_} {code} {about}\n" for about, code, print_ in lines)).encode("utf-8", "backslashreplace")
