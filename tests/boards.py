"""Pages as a browser reads them, for the tests of the dashboard and of the server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from hazardctl.ops.context import Context

SAMPLE: Final = Path(__file__).resolve().parents[1] / "ledger"
DAY: Final = dt.date(2023, 12, 31)
PERIOD: Final = "2023"
VOID: Final = frozenset({"meta", "input", "link", "br"})


@dataclass
class Seen(HTMLParser):
    """A page taken apart: its elements with their attributes, the figures it states, its style and its script."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in VOID:
            self.stack.append((tag, found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.stack.pop()
        assert opened == tag, f"</{tag}> ends <{opened}>"

    def handle_data(self, data: str) -> None:
        if self.stack:
            tag, attributes = self.stack[-1]
            self.texts.setdefault(tag, []).append(data)
            if tag == "data":
                self.figures[attributes["data-path"]] = data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    found.close()
    assert not found.stack, "every element is closed"
    return found


def sample(root: Path = SAMPLE) -> Context:
    return Context(root, DAY, index=False)
