"""The JSON Schemas of what goes out and what comes back: `export --format json` and `import --update --format json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hazardctl.ops.export_formats import SCHEMA
from hazardctl.ops.export_rows import FIELDS, KEYS
from hazardctl.vocabulary import BUILT_IN

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"type": ["string", "null"]},
    "day": {"type": ["string", "null"], "pattern": _DAY},
    "number": {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"},
}
UPDATE: Final = "hazardctl/update/1"
NONE: Final[Mapping[str, Any]] = {}
_COUNT: Final = {"type": "integer", "minimum": 0}


def exchange_schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give file name and schema of each."""
    yield "export.schema.json", exported()
    yield "update.schema.json", updated()


def exported() -> dict[str, Any]:
    """Give the schema of an export: every cell a text, so that no digit and no leading zero is lost; empty ones are null."""
    fields = {field.key: {**_LOOKS[field.looks], "description": f"{field.label.zh} / {field.label.en}"} for field in FIELDS}
    fields["id"] = {**fields["id"], "type": "string"}
    fields["state_key"] = {"enum": list(BUILT_IN["states"]), "description": "状态的键 / key of the state"}
    fields["grade_key"] = {"enum": list(BUILT_IN["grades"]), "description": "等级的键 / key of the grade"}
    return _closed(
        SCHEMA,
        "导出的隐患，按某一天的情形 / hazards as exported, as they stood on a day",
        {
            "ledger": {"type": "string", "description": "台账的提交号，未用 git 为空 / commit of the ledger; empty without git"},
            "as_of": {"type": "string", "pattern": _DAY, "description": "截至日 / the day it stands for"},
            "count": {**_COUNT, "description": "条数 / hazards"},
            "hazards": {"type": "array", "description": "隐患，按编号 / hazards by id", "items": _object(fields)},
        },
    )


_OF: Final[Mapping[str, Any]] = {"file": {"type": "string", "description": "所在文件，几个文件才有 / its file, where there are several"}}


def updated() -> dict[str, Any]:
    """Give the schema of what an edited export proposes."""
    edit = {
        "line": {**_COUNT, "description": "表里的行，表里没有为 0 / line of the table; 0 for what is no longer in it"},
        "id": {"type": "string", "description": "编号 / id"},
        "column": {"enum": list(KEYS), "description": "列的键 / key of the column"},
        "base": {"type": "string", "description": "导出时的值 / as exported"},
        "edited": {"type": "string", "description": "表里的值 / as edited"},
        "now": {"type": "string", "description": "台账现在的值 / what the ledger says now"},
        "outcome": {
            "enum": ["proposed", "same", "conflict", "fixed", "apart"],
            "description": "可提议、台账已如此、冲突、不能改、像另一条隐患 / "
            "proposed, so already, in conflict, not to be edited, reads as another hazard",
        },
    }
    return _closed(
        UPDATE,
        "改过的导出表提议什么 / what an edited export proposes",
        {
            "file": {"type": "string", "description": "文件名，几个文件时为第一个 / name of the file; of several the first"},
            "rows": {**_COUNT, "description": "有编号的行 / rows with an id"},
            "edits": {"type": "array", "description": "改过的格 / cells that were edited", "items": _object(edit, _OF)},
            "commands": {
                "type": "array",
                "description": "相应的命令 / commands that record them",
                "items": {"type": "string"},
            },
        },
        {
            "files": {"type": "array", "description": "各文件，几个文件才有 / of several files all", "items": {"type": "string"}},
            **_recorded(),
        },
    )


def _recorded() -> Mapping[str, Any]:
    """Give what stands there with `--apply` or `-n`."""
    command = {"command": {"type": "string", "description": "命令 / command"}}
    refused = {
        **command,
        "why": {"type": "string", "description": "原因 / why"},
        "hints": {"type": "array", "description": "怎样解决 / what settles it", "items": {"type": "string"}},
    }
    note = {**command, "what": {"type": "string", "description": "说明 / what is worth a word"}}
    return {
        "dry_run": {
            "type": "boolean",
            "description": "试运行，未写入；--apply 或 -n 才有，以下同 / nothing written; with --apply or -n, as are the next",
        },
        "written": {"type": "array", "description": "写入（将写入）的命令 / what is written, or would be", "items": {"type": "string"}},
        "refused": {"type": "array", "description": "不写入的命令和原因 / what is not, and why", "items": _object(refused)},
        "notes": {"type": "array", "description": "写入但请留意 / written, worth a word", "items": _object(note)},
        "commit": {"type": "string", "description": "提交号，没有提交为空 / commit; empty without one"},
    }


def _object(properties: Mapping[str, Any], more: Mapping[str, Any] = NONE) -> dict[str, Any]:
    """Close an object: every property is there, `more` may be."""
    shape = {"type": "object", "properties": {**properties, **more}, "required": list(properties)}
    return {**shape, "additionalProperties": False}


def _closed(name: str, title: str, properties: Mapping[str, Any], more: Mapping[str, Any] = NONE) -> dict[str, Any]:
    return {"$schema": _DRAFT, "$id": name, "title": title, **_object({"schema": {"const": name}, **properties}, more)}
