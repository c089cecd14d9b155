"""What is asked of an import: on the command line, and in a mapping file."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import UsageError, reason
from hazardctl.exchange.mapping import Plan, constants, mapping
from hazardctl.exchange.table import MOST_BYTES
from hazardctl.language import Text
from hazardctl.ops.new import kind_named
from hazardctl.store.files import MAX_BYTES
from hazardctl.store.reader import parse

SPOILT: Final = frozenset({"HZ001", "HZ002", "HZ003", "HZ004", "HZ019"})
NOT_OPENED: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
NO_FILE: Final = Text("{path} 不是普通文件", "{path} is not a regular file")
TOO_LARGE: Final = Text("{path} 太大", "{path} is too large")
OPEN_BESIDE: Final = Text(
    "“{path}”不是表，是表格软件开着工作簿时放在旁边的文件",
    "“{path}” is no table: a spreadsheet program puts it beside a workbook that is open",
)
NAME_IT: Final = Text("写明要导入的文件，或关掉表格软件", "name the files to be imported, or close the spreadsheet program")
BAD_MAP: Final = Text("{path}:{line}:{column} {what}", "{path}:{line}:{column} {what}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line; empty means as the mapping file or the bytes say."""

    file: Path
    map: Path | None = None
    dry_run: bool = False
    assume_year: int | None = None
    immediate: str = ""
    split_numbered: bool = False
    assume_due: bool = False
    encoding: str = ""
    delimiter: str = ""
    by: str = ""
    new_units: bool = False
    commit: bool | None = None
    kind: str = ""
    sheet: str = ""
    header: int = 0
    prefer: str = ""
    set: tuple[str, ...] = ()
    called: str = ""

    @property
    def name(self) -> str:
        """Give what the file is called in every message: its name, or its path where another of the call has that name too."""
        return self.called or self.file.name


def table_of(file: Path, most: int = MOST_BYTES) -> bytes:
    """Give the bytes of a table, of which there are not more than so many.

    Raises:
        UsageError: it cannot be opened, is too large, or lies beside a workbook that is open somewhere.
    """
    if file.name.startswith(("~$", ".~")):
        raise UsageError(OPEN_BESIDE.of(path=file.name), NAME_IT)
    return _bytes(file, most)


def _bytes(path: Path, most: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(NO_FILE.of(path=str(path)))
        if status.st_size > most:
            raise UsageError(TOO_LARGE.of(path=str(path)))
        return path.read_bytes()
    except OSError as failure:
        raise UsageError(NOT_OPENED.of(path=str(path), why=reason(failure))) from failure


def stated(asked: Asked) -> Plan:
    """Give what the mapping file says, and before it what the command line says of the file."""
    plan = constants(_mapping_of(asked), asked.set)
    return replace(
        plan,
        encoding=asked.encoding or plan.encoding,
        delimiter=asked.delimiter or plan.delimiter,
        sheet=asked.sheet or plan.sheet,
        header=asked.header or plan.header,
    )


def _mapping_of(asked: Asked) -> Plan:
    """Read the mapping file, or give an empty mapping."""
    if asked.map is None:
        return mapping({}, _kind(asked))
    parsed = parse(_bytes(asked.map, MAX_BYTES))
    spoilt = [finding for finding in parsed.findings if finding.code in SPOILT]
    if parsed.tree is None or spoilt:
        lines = [
            BAD_MAP.of(
                path=asked.map.name, line=one.place.line if one.place else 1, column=one.place.column if one.place else 1, what=one.message
            )
            for one in (spoilt or parsed.findings)
        ]
        raise UsageError(lines[0], *lines[1:])
    return mapping(parsed.tree, _kind(asked))


def _kind(asked: Asked) -> str:
    """Give the kind that was asked for by name, in either language; empty where none was."""
    return kind_named(asked.kind, hazards=True).name if asked.kind else ""


def answers(asked: Asked) -> Mapping[str, str]:
    """Give the answers given as options, by their names in a mapping file."""
    return {
        "assume_year": str(asked.assume_year or ""), "immediate": asked.immediate, "numbered": "split" if asked.split_numbered else "",
        "assume_due": "true" if asked.assume_due else "",
    }  # fmt: skip
