"""The list as a walk: every hazard of a day, one after the other, for a table that may be as long as the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.ledger import Ledger
from hazardctl.measures import listing
from hazardctl.measures.asker import Asker
from hazardctl.measures.engine import Engine
from hazardctl.measures.question import Question

COLUMNS: Final = (
    "id", "path", "headline", "region", "sector", "state", "grade", "owner", "person", "found", "due", "due0", "claimed", "passed",
    "closed", "removed", "overdue", "due_soon",
)  # fmt: skip
"""What a table needs of a hazard beside its record."""


class Walk:
    """The hazards that exist on the as-of day of a question and fit it, in the order of their ids.

    Attributes:
        day: the as-of day.
    """

    def __init__(self, ledger: Ledger, engine: Engine, question: Question) -> None:
        """Take the ledger, where its relations lie, and what is asked.

        Raises:
            UsageError: a clause that names nothing.
        """
        self.day, self._engine = question.as_of, engine
        asked = Question(self.day, self.day, self.day, question.preset, clauses=question.clauses)
        self._frame, self._bound = Asker(ledger, engine).asked(asked)

    def __len__(self) -> int:
        """Count them."""
        return listing.number(self._engine.rows, self._frame, self._bound)

    def __iter__(self) -> Iterator[dict[str, listing.Value]]:
        """Give each as a mapping of the columns, those that `hazardctl.measures.listing.row` adds among them."""
        rows = self._engine.each(listing.sql(self._frame, COLUMNS), self._bound)
        return (listing.row(row, self.day, COLUMNS) for row in rows)
