"""Measures: every figure by its id, asked of a ledger's spans in portable SQL (DESIGN §5, DOMAIN §4)."""

from hazardctl.measures.answer import Figures
from hazardctl.measures.book import Book, Member
from hazardctl.measures.dimensions import DIMENSIONS, Dimension, dimension
from hazardctl.measures.figure import Figure, Spread
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY, resolve

__all__ = [
    "DIMENSIONS",
    "REGISTRY",
    "Book",
    "Dimension",
    "Figure",
    "Figures",
    "Member",
    "Question",
    "Spread",
    "dimension",
    "resolve",
]
