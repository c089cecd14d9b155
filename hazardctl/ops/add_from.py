"""Many hazards out of one file: a list in YAML or JSON, or a table with field names or their Chinese names as headings.

Every value is the text that was written, and the line it stands on goes with it, so that a fault can be found again. Tables
of other people, with columns to be mapped, are the business of `import`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from hazardctl.errors import UsageError
from hazardctl.exchange.table import table
from hazardctl.language import Text
from hazardctl.model.fields import facts
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw
from hazardctl.ops.registering import Wanted, known_fields
from hazardctl.store.reader import parse

LARGEST: Final = 64 << 20
_ITEM: Final = re.compile(r"-(?=[ \t]|$)")

NOT_A_LIST: Final = Text("应为一列记录", "a list of records is expected")
UNREADABLE: Final = Text("第 {n} 行：{what}", "line {n}: {what}")
NOT_JSON: Final = Text("JSON 第 {n} 行读不懂：{it}", "line {n} of the JSON cannot be read: {it}")
NO_HEADER: Final = Text(
    "表头里没有认得的字段；应有 unit（受检单位）、description（隐患描述）等",
    "no heading is known; unit, description and so on are expected",
)
LARGE: Final = Text("文件超过 {n} MiB", "the file is larger than {n} MiB")
LONG_ROW: Final = Text("第 {n} 行比表头多 {more} 格", "line {n} has {more} cells more than the heading")
SHORT_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("单位", "责任单位"), "unit"),
    **dict.fromkeys(("隐患", "隐患内容", "描述"), "description"),
    **dict.fromkeys(("等级", "级别"), "grade"),
    **dict.fromkeys(("期限", "整改期限"), "due"),
    **dict.fromkeys(("整改责任人", "责任人"), "person"),
    **dict.fromkeys(("经办人", "登记人"), "by"),
    "整改责任单位": "to",
    "部位": "site",
    "行业": "sector",
    "来源": "source",
    "依据": "clause",
    "当场整改": "on_spot",
    "备注": "remark",
    "检查人": "found_by",
    "found": "found_on",
    "campaigns": "campaign",
}


def rows(data: bytes, name: str) -> list[Wanted]:
    """Read the records of a file.

    Args:
        data: all of it.
        name: of the file, for its suffix; where that says nothing the first character decides.

    Raises:
        UsageError: it cannot be read; everything that is wrong at once, with lines.
    """
    if len(data) > LARGEST:
        raise UsageError(LARGE.of(n=LARGEST >> 20))
    form = _form(data, name)
    if form == "csv":
        return list(_csv(data))
    return list(_json(data)) if form == "json" else _yaml(data)


def _form(data: bytes, name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    if suffix in {"csv", "tsv", "txt"}:
        return "csv"
    if suffix in {"json", "yaml", "yml"}:
        return "yaml" if suffix == "yml" else suffix
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in {b"[", b"{"}:
        return "json"
    first = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    return "csv" if b"," in first or b"\t" in first or b";" in first else "yaml"


def field_of(heading: str) -> str:
    """Give the field a key or a heading means: its name, its Chinese name, its English one; else the text itself."""
    text = heading.strip()
    plain = text.replace("-", "_").replace(" ", "_")
    if plain in known_fields():
        return plain
    labels = {name: key for key, fact in facts(Hazard).items() for name in (fact.zh, fact.en)}
    return SHORT_NAMES.get(text) or labels.get(text) or plain


def _csv(data: bytes) -> Iterator[Wanted]:
    read = table(data)
    lines = [row for row in read.rows if not row.blank]
    if not lines:
        return
    heading = [field_of(cell) for cell in lines[0].cells]
    if not set(heading) & known_fields():
        raise UsageError(NO_HEADER)
    faults = [
        LONG_ROW.of(n=row.line, more=len(row.cells) - len(heading))
        for row in lines[1:]
        if any(cell.strip() for cell in row.cells[len(heading) :])
    ]
    if faults:
        raise UsageError(faults[0], *faults[1:])
    for row in lines[1:]:
        yield Wanted({name: cell.strip() for name, cell in zip(heading, row.cells, strict=False) if name and cell.strip()}, row.line)


def _json(data: bytes) -> Iterator[Wanted]:
    try:
        found: Any = json.loads(data.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as failure:
        raise UsageError(NOT_JSON.of(n=failure.lineno, it=failure.msg)) from None
    except (UnicodeDecodeError, RecursionError):
        raise UsageError(NOT_JSON.of(n=1, it="UTF-8")) from None
    records = cast("list[object]", found if isinstance(found, list) else [found])
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise UsageError(NOT_A_LIST)
        yield Wanted({field_of(str(key)): _raw(value) for key, value in cast("Mapping[object, object]", record).items()}, number)


def _raw(value: object) -> Raw:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return [_raw(part) for part in cast("list[object]", value)]
        case dict():
            return {str(key): _raw(part) for key, part in cast("Mapping[object, object]", value).items()}
        case None:
            return None
        case _:
            return str(value)


def _yaml(data: bytes) -> list[Wanted]:
    """Read a list of mappings, item by item, each by the one reader; one mapping alone is a list of one."""
    faults: list[Text] = []
    found: list[Wanted] = []
    for line, text in _items(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")):
        parsed = parse(text.encode("utf-8", "surrogateescape"))
        if parsed.tree is None:
            faults += [
                UNREADABLE.of(n=line - 1 + (finding.place.line if finding.place else 1), what=finding.message)
                for finding in parsed.findings[:1]
            ]
        else:
            found.append(Wanted({field_of(key): value for key, value in parsed.tree.items()}, line))
    if faults:
        raise UsageError(faults[0], *faults[1:])
    return found


def _items(text: str) -> Iterator[tuple[int, str]]:
    """Cut the text at its top-level dashes and document marks; a dash becomes a blank, so that columns stay true."""
    begin, item = 1, list[str]()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if _ITEM.match(line) or line.rstrip() == "---":
            if _says(item):
                yield begin, "\n".join(item) + "\n"
            begin, item = number, ["" if line.startswith("---") else f" {line[1:]}"]
        else:
            item.append(line)
    if _says(item):
        yield begin, "\n".join(item) + "\n"


def _says(lines: list[str]) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)
