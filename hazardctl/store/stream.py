"""YAML as a stream of events: libyaml's, or PyYAML's own parser where libyaml is missing.

Only events are taken, never nodes: PyYAML's composer recurses in C and dies on deep nesting (RELIABILITY 4.1).
"""

# pyright: reportUnknownMemberType=false
# The stubs of PyYAML leave its scanner untyped; what crosses this module's edge is typed.

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

Next = Callable[[], Event]
"""Gives the next event; asked for no more than the end of the stream."""


class PureParser(Reader, Scanner, Parser):
    """PyYAML's parser without libyaml, taught to take a tab between tokens as libyaml does."""

    def __init__(self, text: str) -> None:
        """Take the whole text."""
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and, where no indentation is at stake, tabs."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()


def pure_events(text: str) -> Next:
    """Give the events of a text one by one, by PyYAML's own parser."""
    return cast("Next", PureParser(text).get_event)


def c_events() -> Callable[[str], Next] | None:
    """Give libyaml's stream, or None where PyYAML was built without it."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None

    def opened(text: str) -> Next:
        return cast("Next", CParser(text).get_event)

    return opened


events: Callable[[str], Next] = c_events() or pure_events
"""Give the events of a text one by one, by the fastest parser at hand; raises YAMLError, ValueError and OverflowError."""
