"""The options that several commands share, each declared once: the same word means the same everywhere (EXPERIENCE §2.1)."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from hazardctl.cli.completing import hazard_ids, record_ids, unit_keys, words_of
from hazardctl.cli.lazy import both

WRITING: Final = both("写入", "writing")

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID...",
        autocompletion=hazard_ids,
        help=both("编号或其后几位；- 从标准输入读", "ids or their ends; - reads them from standard input"),
    ),
]
AnyIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID...",
        autocompletion=record_ids,
        help=both(
            "任一种记录的编号或其后几位，单位的键或名称；- 从标准输入读",
            "ids of any kind or their ends, keys or names of units; - reads them",
        ),
    ),
]
AnyId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        autocompletion=record_ids,
        help=both("任一种记录的编号或其后几位，单位的键或名称", "an id of any kind or its end, the key or name of a unit"),
    ),
]
Date = Annotated[
    str,
    typer.Option("--date", metavar="DATE", rich_help_panel=WRITING, help=both("发生日期，默认今天", "day it happened; today if not given")),
]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="NAME", rich_help_panel=WRITING, help=both("经办人，多人用逗号分开", "who did it; several with commas")),
]
Note = Annotated[str, typer.Option("-m", "--note", metavar="TEXT", rich_help_panel=WRITING, help=both("备注", "a remark"))]
Number = Annotated[str, typer.Option("--number", metavar="NUMBER", rich_help_panel=WRITING, help=both("文号", "number of the document"))]
Doc = Annotated[str, typer.Option("--doc", metavar="ID", rich_help_panel=WRITING, help=both("文书记录的编号", "id of the document"))]
Photos = Annotated[
    list[str] | None,
    typer.Option(
        "--photo",
        metavar="FILE",
        rich_help_panel=WRITING,
        help=both("照片或文件，复制入台账；可重复", "a photograph or paper, copied into the ledger; repeatable"),
    ),
]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", rich_help_panel=WRITING, help=both("只显示会写什么", "show what would be written, write nothing"))
]
Commit = Annotated[
    bool | None,
    typer.Option("--commit/--no-commit", rich_help_panel=WRITING, help=both("写入后提交一次", "make one commit of what is written")),
]
Yes = Annotated[bool, typer.Option("-y", "--yes", rich_help_panel=WRITING, help=both("不再询问", "take every question as answered yes"))]
Due = Annotated[
    str,
    typer.Option("--due", metavar="DATE", help=both("期限：日期、15d 或 15wd（工作日）", "deadline: a date, 15d or 15wd (working days)")),
]
To = Annotated[str, typer.Option("--to", metavar="UNIT", autocompletion=unit_keys, help=both("整改责任单位", "the responsible unit"))]
Person = Annotated[str, typer.Option("--person", metavar="NAME", help=both("整改责任人", "the responsible person"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=both("理由", "the reason"))]
CloseReason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="WORD",
        autocompletion=words_of("close_reasons"),
        help=both("rectified（默认）、unit_closed 或 removed", "rectified (if not given), unit_closed or removed"),
    ),
]
WithdrawReason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="WORD",
        autocompletion=words_of("withdraw_reasons"),
        help=both("not_a_hazard、entry_error、duplicate、merged 或 split", "not_a_hazard, entry_error, duplicate, merged or split"),
    ),
]
Grade = Annotated[
    str,
    typer.Option(
        "--grade", metavar="GRADE", autocompletion=words_of("grades"), help=both("general（一般）或 major（重大）", "general or major")
    ),
]
Sector = Annotated[str, typer.Option("--sector", metavar="WORD", autocompletion=words_of("sectors"), help=both("行业领域", "sector"))]


def ids_of(typed: Sequence[str] | None) -> list[str]:
    """Give the ids of a call; `-` stands for the lines of standard input."""
    found: list[str] = []
    for text in typed or ():
        if text == "-":
            found += [line.split()[0] for line in sys.stdin.read().splitlines() if line.strip()]
        else:
            found.append(text)
    return found


def paths_of(typed: Sequence[str] | None) -> tuple[Path, ...]:
    """Give the files of a call; a text no file system takes is kept as typed, and then not found."""
    return tuple(Path(text) for text in typed or ())


@dataclass(frozen=True, slots=True)
class How:
    """What every writing command takes beside its own options, as typed (EXPERIENCE §2.1: writing)."""

    date: str = ""
    by: tuple[str, ...] = ()
    note: str = ""
    number: str = ""
    doc: str = ""
    photo: tuple[str, ...] = ()
    dry_run: bool = False
    commit: bool | None = None
    yes: bool = False


_SHARED: Final[Mapping[str, Any]] = MappingProxyType(
    {"date": Date, "by": By, "note": Note, "number": Number, "doc": Doc, "photo": Photos, "dry_run": DryRun, "commit": Commit, "yes": Yes}
)


def writing(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of writing; its last parameter `how` gets them as one value."""
    own = inspect.signature(function, eval_str=True)
    kept = [parameter for parameter in own.parameters.values() if parameter.name != "how"]
    defaults = {field.name: None if field.name in {"by", "photo", "commit"} else field.default for field in fields(How)}
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=kind) for name, kind in _SHARED.items()
    ]

    @functools.wraps(function)
    def command(**values: Any) -> int:  # noqa: ANN401 (Typer calls with whatever the signature says)
        common = {name: values.pop(name) for name in _SHARED}
        common = {name: tuple(value or ()) if name in {"by", "photo"} else value for name, value in common.items()}
        return function(**values, how=How(**common))

    signature = own.replace(parameters=[*kept, *shared])
    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    return command
