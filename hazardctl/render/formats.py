"""The formats of a sheet: a new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        module: in this package.
        suffixes: of its files.
        people: read on a terminal.
        whole: several sheets are one document; its module gives bytes.
        filed: only a file takes it.
    """

    module: str
    suffixes: tuple[str, ...]
    people: bool
    whole: bool = False
    filed: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format("text", (".txt",), people=True),
    "md": Format("markdown", (".md", ".markdown"), people=True),
    "csv": Format("csv", (".csv",), people=False),
    "json": Format("json", (".json",), people=False),
    "wechat": Format("wechat", (".wechat.txt",), people=True),
    "ics": Format("ics", (".ics",), people=False, whole=True),
    "html": Format("html.page", (".html", ".htm"), people=False, whole=True),
    "xlsx": Format("xlsx", (".xlsx",), people=False, whole=True, filed=True),
    "docx": Format("docx", (".docx",), people=False, whole=True, filed=True),
    "pdf": Format("pdf", (".pdf",), people=False, whole=True, filed=True),
}


class _Renderer(Protocol):
    def rendered(self, sheet: Sheet, page: Page) -> str:
        """Give the sheet as text."""
        ...


class _Maker(Protocol):
    def document(self, sheets: Sequence[Sheet], page: Page) -> bytes:
        """Give the sheets as one document."""
        ...


def rendered(sheet: Sheet, name: str, page: Page) -> str:
    """Render a sheet in a format of text by its name.

    Raises:
        UsageError: there is no such format, or none that is text.
    """
    if known(name).whole:
        raise UsageError(Text("{name} 要写成文件", "{name} is written as a file").of(name=name))
    module = cast("_Renderer", import_module(f"hazardctl.render.{known(name).module}"))
    return module.rendered(sheet, page)


def document(sheets: Sequence[Sheet], name: str, page: Page) -> bytes:
    """Render sheets as what a file holds.

    Raises:
        UsageError: there is no such format, or it has no room for one of the sheets.
        MissingExtraError: an optional part it needs is not installed.
    """
    if not known(name).whole:
        return "\n".join(rendered(sheet, name, page) for sheet in sheets).encode("utf-8", "backslashreplace")
    module = cast("_Maker", import_module(f"hazardctl.render.{known(name).module}"))
    return module.document(sheets, page)


def known(name: str) -> Format:
    """Find a format by its name.

    Raises:
        UsageError: there is none.
    """
    if found := FORMATS.get(name):
        return found
    raise UsageError(Text("没有格式“{name}”", 'there is no format "{name}"').of(name=name), _known())


def by_suffix(file: str) -> str:
    """Give the name of the format that a file's suffix picks.

    Raises:
        UsageError: none of them.
    """
    fits = {suffix: name for name, format_ in FORMATS.items() for suffix in format_.suffixes if file.lower().endswith(suffix)}
    if fits:
        return fits[max(fits, key=len)]
    raise UsageError(Text("从“{file}”的扩展名看不出格式", 'the suffix of "{file}" names no format').of(file=file), _known())


def _known() -> Text:
    suffixes = [f"{name} ({', '.join(one.suffixes)})" for name, one in FORMATS.items()]
    return Text("可用：{it}", "there are: {it}").of(it=suffixes)
