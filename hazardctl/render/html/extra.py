"""The libraries of the extra `html`, asked for when a page is made."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from hazardctl.errors import MissingExtraError
from hazardctl.language import Text


def needed(name: str) -> ModuleType:
    """Give a library of the extra.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError(
            Text('缺少网页支持：pip install "hazardctl[html]"', 'pages for a browser need: pip install "hazardctl[html]"')
        ) from None
