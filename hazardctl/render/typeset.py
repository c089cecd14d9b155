"""A Word file set as a PDF by typst (the extra `pdf`): the same words in the same order, for who may not change them.

The PDF holds its typefaces, as an archive wants it (PDF/A-2b), and says no time but the day the file states. The office program
that a Word file is made for is not needed, nor any other program. What people typed reaches typst as data, never as markup.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any, Final, cast

from hazardctl.errors import MissingExtraError, UnreadableError, lacks
from hazardctl.language import Language, Text
from hazardctl.render import fonts
from hazardctl.render.manuscript import Part, manuscript, opened, texts
from hazardctl.render.terminal import clean, numbered

STANDARD: Final = "a-2b"
LACKING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
NO_FONT: Final = Text(
    "本机没有显示汉字的字体（缺“{it}”）；装上一种再试：Noto Serif CJK SC（Debian：apt install fonts-noto-cjk）、思源宋体、宋体",
    'no typeface here has Chinese ("{it}"); install one: Noto Serif CJK SC (Debian: apt install fonts-noto-cjk), Source Han Serif SC',
)
CANNOT: Final = Text("这份 Word 文件排不成 PDF：{why}", "this Word file cannot be set as a PDF: {why}")
MOST: Final = 60
"""Rounds in which characters that no typeface has are looked for."""


def needed() -> ModuleType:
    """Give the library that sets a PDF.

    Raises:
        MissingExtraError: the extra `pdf` is not installed.
    """
    try:
        return import_module("typst")
    except ImportError:
        raise lacks("pdf", Text("PDF", "a PDF")) from None


def typeset(data: bytes, language: Language) -> bytes:
    """Set a Word file as a PDF; the same file gives the same bytes on one machine.

    A rare character that no typeface of the machine has is shown by its number, as on a terminal.

    Raises:
        MissingExtraError: the extra `pdf` is not installed, or no typeface has Chinese.
        UnreadableError: the file, which may be made from a template of an office, holds something that cannot be set.
    """
    typst = needed()
    found = typst.Fonts()
    families = found.families()
    paper = manuscript(opened(data))
    told: Part = {"language": language, "latin": fonts.present(fonts.LATINS, families), "faces": _faces(paper, families), **paper}
    template = (files("hazardctl") / "templates" / "paper.typ").read_bytes()
    year, month, day = told["day"]
    stamp = int(dt.datetime(year, month, day, tzinfo=dt.UTC).timestamp())
    instead: dict[str, str] = {}
    for _ in range(MOST):
        inputs = {"paper": json.dumps(_spelled(told, instead), ensure_ascii=False)}
        try:
            made: bytes = typst.compile(
                template, font_paths=found, format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=stamp
            )
        except typst.TypstError as failure:
            lacking = _lacking(failure.diagnostic) - set(instead)
            if not lacking:
                raise UnreadableError(CANNOT.of(why=clean(failure.message))) from failure
            _refuse(lacking)
            instead.update((character, numbered(character)) for character in lacking)
        else:
            return made
    raise MissingExtraError(NO_FONT.of(it="".join(sorted(instead))[:10]))


def _faces(paper: Part, families: Sequence[str]) -> dict[str, list[str]]:
    """Give the typefaces of this machine for each that the file names."""
    named = {run["face"] for run in texts(paper)}
    return {name: fonts.present((name, *fonts.LIKE.get(fonts.kind(name), ()), *fonts.ANY), families) for name in sorted(named)}


def _lacking(diagnostic: str) -> set[str]:
    """Read from what typst says which characters no typeface has."""
    quoted = "".join(LACKING.findall(diagnostic))
    return set(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), quoted))


def _refuse(lacking: set[str]) -> None:
    """Refuse where it is not a rare character but Chinese that is lacking: the usual set of 1980 has it."""
    for character in sorted(lacking):
        if fonts.usual(character):
            raise MissingExtraError(NO_FONT.of(it=character))


def _spelled(paper: Any, instead: Mapping[str, str]) -> Any:  # noqa: ANN401 (a tree of values)
    if not instead:
        return paper
    match paper:
        case str():
            return "".join(instead.get(character, character) for character in paper)
        case dict():
            return {key: _spelled(value, instead) for key, value in cast("Part", paper).items()}
        case list():
            return [_spelled(value, instead) for value in cast("list[object]", paper)]
        case _:
            return paper
