"""Fragments of a county and its year (seed 002)."""

from __future__ import annotations

from tests.measures.made import Maker


def records(make: Maker) -> None:
    """Add the records."""
    for n, (deaths, injuries) in enumerate(((2, 1), (1, 0), (1, 1))):
        make.add("accident", f"2023-09-0{n + 1}", sector="road", deaths=deaths, injuries=injuries)
    make.add("accident", "2023-08-30", sector="road", deaths=1)
    make.add("accident", "2023-09-09", sector="fire", deaths=1)
    for n in range(3):
        make.add("activity", f"2023-11-0{n + 1}", kind="programme", theme="safe_community", subject=f"第{n}镇创建")
    make.add("target", kind="figure", period="2024", measure="trainings.count", min=2, max=3)
