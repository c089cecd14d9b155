"""Measures: every figure by its id, asked of a ledger's spans in portable SQL (DESIGN §5, DOMAIN §4)."""

from hazardctl.measures.answer import Figures
from hazardctl.measures.book import Book
from hazardctl.measures.catalogue import CATALOGUE, named, scoped
from hazardctl.measures.dimensions import DIMENSIONS, Dimension, dimension
from hazardctl.measures.figure import Answer, Figure, Known, Range, Spread, TwiceError
from hazardctl.measures.known import noun
from hazardctl.measures.member import Lapsed, Member
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY, resolve

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
