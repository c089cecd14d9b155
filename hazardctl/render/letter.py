"""A Word template of an office, filled (docxtpl, the extra `word`).

A template is data that may come with a ledger somebody else wrote: it is filled in a sandbox that reaches nothing but the values
handed in, every value is escaped, a name it does not know is a fault and never an empty place, and a file that would fetch something
or run something is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hazardctl.errors import UnreadableError, lacks
from hazardctl.language import Text
from hazardctl.render.archive import undated
from hazardctl.render.terminal import clean

if TYPE_CHECKING:
    from jinja2 import Environment

Values: TypeAlias = Mapping[str, "str | Values | Sequence[Values]"]
"""What a template is filled with: text, or things and lists of things that have text."""

MOST_BYTES: Final = 50_000_000
EXTERNAL: Final = re.compile(rb"<Relationship\b[^>]*TargetMode=[\"']External[\"'][^>]*>")
LINK: Final = b"/relationships/hyperlink"
NOT_WORD: Final = Text("不是 Word 文档（.docx）", "it is no Word document (.docx)")
TOO_LARGE: Final = Text("解开后太大", "it is too large unpacked")
FETCHES: Final = Text("含外部链接的内容或宏（{part}）", "it fetches or runs something ({part})")
FAULT: Final = Text("模板 {name}：{why}", "template {name}: {why}")


def filled(name: str, template: bytes, values: Values) -> bytes:
    """Fill a template; the same template and values give the same bytes.

    Args:
        name: of the template, for what is said of it.
        template: the Word file.
        values: by the names that the template uses.

    Raises:
        UnreadableError: it is no Word file, is not safe, or uses a name or an expression that means nothing.
        MissingExtraError: the extra `word` is not installed.
    """
    paper = _opened(name, template)
    try:
        paper.render(_harmless(values), _environment(), autoescape=True)
    except Exception as failure:
        raise UnreadableError(FAULT.of(name=name, why=clean(str(failure)))) from failure
    out = io.BytesIO()
    paper.save(out)
    return undated(out.getvalue())


def names(name: str, template: bytes) -> frozenset[str]:
    """Give the names of the values that a template uses.

    Raises:
        UnreadableError: it is no Word file, is not safe, or cannot be parsed.
        MissingExtraError: the extra `word` is not installed.
    """
    paper = _opened(name, template)
    try:
        return frozenset(paper.get_undeclared_template_variables(_environment()))
    except Exception as failure:
        raise UnreadableError(FAULT.of(name=name, why=clean(str(failure)))) from failure


def _opened(name: str, template: bytes) -> Any:  # noqa: ANN401 (docxtpl ships no types)
    try:
        made: Any = import_module("docxtpl").DocxTemplate
    except ImportError:
        raise lacks("word", Text("文书", "a paper")) from None
    if why := _unsafe(template):
        raise UnreadableError(FAULT.of(name=name, why=why))
    return made(io.BytesIO(template))


def _unsafe(template: bytes) -> Text | None:
    """Say why a file is not to be opened; None where nothing speaks against it."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                return TOO_LARGE
            parts = archive.namelist()
            if "word/document.xml" not in parts:
                return NOT_WORD
            for part in parts:
                outside = EXTERNAL.findall(archive.read(part)) if part.endswith(".rels") else []
                if "vbaproject" in part.lower() or any(LINK not in one for one in outside):
                    return FETCHES.of(part=part)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        return NOT_WORD
    return None


def _harmless(value: Any) -> Any:  # noqa: ANN401 (a tree of values)
    """Show what cannot be seen by its number; a line break stays one."""
    if isinstance(value, str):
        return "\n".join(map(clean, value.split("\n")))
    if isinstance(value, Mapping):
        return {key: _harmless(part) for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return [_harmless(part) for part in value]


def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Room(ImmutableSandboxedEnvironment):
        """Nothing is multiplied: a template that fills the memory is a fault as well."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002 (jinja2's own signature)
            """Refuse it."""
            message = f"{operator} has no place in a template"
            raise SecurityError(message)

    return Room(autoescape=True, undefined=StrictUndefined)
