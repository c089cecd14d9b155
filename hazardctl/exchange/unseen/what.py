"""What stands unseen in one sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 60
"""Letters of a formula that are shown."""


@dataclass(slots=True)
class Unseen:
    """What stands in one sheet unseen.

    Attributes:
        rows: lines of the hidden rows, from 1.
        columns: positions of the hidden columns, from 0.
        cells: (line, position) → what a person sees in a cell the reader takes for empty: an error, or a formula.
    """

    rows: set[int] = field(default_factory=set[int])
    columns: set[int] = field(default_factory=set[int])
    cells: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])


NOTHING: Final = Unseen()

ERRORS: Final = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
"""The errors of the binary formats by their number ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""
