"""The libraries of the extra `html`, asked for when a page is made."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from hazardctl.errors import lacks
from hazardctl.language import Text


def needed(name: str) -> ModuleType:
    """Give a library of the extra.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise lacks("html", Text("网页", "a web page")) from None
