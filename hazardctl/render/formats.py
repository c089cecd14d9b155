"""The formats of a sheet: a new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module here, the suffixes of its files, and whether people read it on a terminal."""

    module: str
    suffixes: tuple[str, ...]
    people: bool


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format("text", (".txt",), people=True),
    "md": Format("markdown", (".md", ".markdown"), people=True),
    "csv": Format("csv", (".csv",), people=False),
    "json": Format("json", (".json",), people=False),
}


class _Renderer(Protocol):
    def rendered(self, sheet: Sheet, page: Page) -> str:
        """Give the sheet as text."""
        ...


def rendered(sheet: Sheet, name: str, page: Page) -> str:
    """Render a sheet in a format by its name.

    Raises:
        UsageError: there is no such format.
    """
    module = cast("_Renderer", import_module(f"hazardctl.render.{known(name).module}"))
    return module.rendered(sheet, page)


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
    for name, format_ in FORMATS.items():
        if file.lower().endswith(format_.suffixes):
            return name
    raise UsageError(Text("从“{file}”的扩展名看不出格式", 'the suffix of "{file}" names no format').of(file=file), _known())


def _known() -> Text:
    suffixes = [f"{name} ({', '.join(one.suffixes)})" for name, one in FORMATS.items()]
    return Text("可用：{it}", "there are: {it}").of(it=suffixes)
