"""Pages for a browser: jinja2 templates, each value escaped, each style and script named by its hash in the policy."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from hazardctl.board import Board, Chart
from hazardctl.language import Language, Text
from hazardctl.render.html.drawing import drawn
from hazardctl.render.html.extra import needed
from hazardctl.render.html.words import WORDS
from hazardctl.render.page import Page, said, silent
from hazardctl.render.terminal import clean
from hazardctl.sheet import Block, Cell, Heading, Line, Mark, Picture, Pictures, Rate, Sheet, Table, bare

if TYPE_CHECKING:
    from jinja2 import Environment

LONG_WORD: Final = 36
Link = Callable[[str], str]


def board_page(board: Board, language: Language, *, bar: str = "", link: Link | None = None) -> str:
    """Give the dashboard as one file that asks nothing of anybody.

    Args:
        board: the page.
        language: of its words.
        bar: what the navigation of a running server adds: its own page name; empty in a file.
        link: gives the address of a record by its id; within the page without one.

    Raises:
        MissingExtraError: the extra `html` is not installed.
    """
    shown = {item.id for unit in board.units for item in unit.items}
    inside: Link = lambda id_: f"#{anchor(id_)}" if id_ in shown else ""  # noqa: E731 (one line, used once)
    return _rendered("board.html", language, board=board, bar=bar, link=link or inside, title=board.title, live=True)


def sheet_page(sheet: Sheet, language: Language, *, bar: str = "", link: Link | None = None, query: str | None = None) -> str:
    """Give any sheet as a page.

    Args:
        sheet: what stands on it.
        language: of its words.
        bar: as of `board_page`.
        link: gives the address of a record by its id.
        query: what was searched for, where the page has a search box.

    Raises:
        MissingExtraError: the extra `html` is not installed.
    """
    return _rendered("sheet.html", language, sheet=sheet, bar=bar, link=link or _nowhere, query=query, title=sheet.title, live=True)


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write sheets one after another on one page that is read, printed and kept: no script, nothing to follow.

    Raises:
        MissingExtraError: the extra `html` is not installed.
    """
    title = sheets[0].title if sheets else ""
    made = _rendered("document.html", page.language, sheets=sheets, link=_nowhere, title=title, live=False)
    return made.encode("utf-8", "backslashreplace")


def _nowhere(id_: str) -> str:
    del id_
    return ""


def policy(live: bool = True) -> str:  # noqa: FBT001, FBT002 (a template says it by its place)
    """Give the content security policy of a page: nothing but its own style, its own script where it has one, pictures within it."""
    script = f" script-src '{_hash(_text('page.js'))}';" if live else ""
    style = _hash(_text("style.css"))
    form = "'self'" if live else "'none'"
    return f"default-src 'none'; style-src '{style}';{script} img-src data:; base-uri 'none'; form-action {form}"


def anchor(id_: str) -> str:
    """Give the name of a record within the page."""
    return f"r-{id_}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _text(name: str) -> str:
    return (files("hazardctl.render.html") / "templates" / name).read_text("utf-8").strip()


def _rendered(template: str, language: Language, **values: object) -> str:
    return str(_environment(language).get_template(template).render(**values))


@functools.cache
def _environment(language: Language) -> Environment:
    made: Any = needed("jinja2").Environment(
        loader=needed("jinja2").FunctionLoader(_text),
        undefined=needed("jinja2").StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless(language),
        keep_trailing_newline=True,
    )
    made.globals.update(_globals(language))
    filters = {"said": functools.partial(said, language=language), "tone": _tone, "kind": _kind, "figure": _is_figure}
    made.filters.update(**filters, inline=_inline, unbroken=_unbroken, speaks=functools.partial(_speaks, page=Page(language)))
    environment: Environment = made
    return environment


def _harmless(language: Language) -> Callable[[object], object]:
    """Neutralise what a browser could obey or a page could hide; markup of ours passes."""
    markup: type = needed("markupsafe").Markup

    def harmless(value: object) -> object:
        if isinstance(value, markup):
            return value
        said_ = value.say(language) if isinstance(value, Text) else str(value)
        return "\n".join(map(clean, said_.split("\n")))

    return harmless


def _globals(language: Language) -> Mapping[str, object]:
    markup = needed("markupsafe").Markup

    def drawing(chart: Chart) -> object:
        return markup(drawn(chart, language))

    return {
        "language": language,
        "words": WORDS,
        "policy": policy,
        "style": markup(_text("style.css")),
        "script": markup(_text("page.js")),
        "anchor": anchor,
        "drawing": drawing,
        "alternative": functools.partial(_alternative, language=language),
    }


def _tone(cell: Cell) -> str:
    return cell.tone if isinstance(cell, Mark) else ""


def _speaks(block: Block, page: Page) -> bool:
    return not silent(block, page)


def _is_figure(cell: Cell) -> bool:
    return isinstance(bare(cell), int | Rate)


def _unbroken(text: str) -> bool:
    """Say whether a text is one long word, such as a checksum, that has to be broken anywhere."""
    return max(map(len, text.split()), default=0) >= LONG_WORD and text.isascii()


def _inline(picture: Picture) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(picture.data).decode()


def _kind(block: object) -> str:
    names: Mapping[type, str] = {Table: "table", Line: "line", Heading: "heading", Pictures: "pictures"}
    return names.get(type(block), "figures")


def _alternative(chart: Chart, language: Language) -> str:
    """Say a chart in words, for those who hear a page."""
    points = (
        f"{label.say(language)} "
        + ", ".join(f"{one.label.say(language)} {'∅' if value is None else value}" for one, value in zip(chart.series, values, strict=True))
        for label, values in zip(chart.labels, zip(*(one.values for one in chart.series), strict=True), strict=True)
    )
    return f"{chart.title.say(language)}: " + "; ".join(points)
