"""Measures: every figure by its id, asked of a ledger's spans in portable SQL (DESIGN §5, DOMAIN §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hazardctl.measures.answer import Figures
from hazardctl.measures.book import Book
from hazardctl.measures.dimensions import DIMENSIONS, Dimension, dimension
from hazardctl.measures.figure import Answer, Figure, Known, Range, Spread, TwiceError
from hazardctl.measures.member import Lapsed, Member
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY, resolve

if TYPE_CHECKING:
    from hazardctl.measures.catalogue import CATALOGUE, named, scoped
    from hazardctl.measures.known import noun

__all__ = [
    "CATALOGUE",
    "DIMENSIONS",
    "REGISTRY",
    "Answer",
    "Book",
    "Dimension",
    "Figure",
    "Figures",
    "Known",
    "Lapsed",
    "Member",
    "Question",
    "Range",
    "Spread",
    "TwiceError",
    "dimension",
    "named",
    "noun",
    "resolve",
    "scoped",
]


def __getattr__(name: str) -> object:
    """Import the other families when they are first asked for: many a report is of hazards alone."""
    if name not in __all__:
        raise AttributeError(name)
    from hazardctl.measures import catalogue, known

    return getattr(known if name == "noun" else catalogue, name)
