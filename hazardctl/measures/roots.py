"""What makes a figure nil: without accidents there are no deaths, without hazards found none is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "hazards.general": ("hazards.general.found", "hazards.found"),
    "hazards.major": ("hazards.major.found", "hazards.found"),
    "hazards": ("hazards.found",),
    "accidents": ("accidents.count",),
    "inspections": ("inspections.count", "inspections.unit_visits", "inspections.units"),
    "enforcement": ("enforcement.times", "enforcement.units"),
    "meetings": ("meetings.count",),
    "trainings": ("trainings.count",),
    "drills": ("drills.count",),
    "publicity": ("publicity.events",),
    "teams": ("teams.count",),
    "tips": ("tips.received",),
    "documents": ("documents.count",),
}
"""Head of ids → the figures whose nil makes all of them nil."""


def roots(name: str) -> tuple[str, ...]:
    """Give the figures whose nil makes a figure nil."""
    head = name.rpartition(".")[0]
    if head.startswith("enforcement."):
        return (f"{head}.times", f"{head}.units", *ROOTS["enforcement"])
    while head and head not in ROOTS:
        head = head.rpartition(".")[0]
    return ROOTS.get(head, ())
