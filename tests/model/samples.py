"""Made-up records as a file would say them, for the tests of the model."""

from __future__ import annotations

from hazardctl.model.raw import Raw, Tree


def hazard(**more: Raw) -> Tree:
    """Give a sound general hazard of 2024-03-12, with fields changed or added; None takes one away."""
    tree: Tree = {
        "id": "YH-20240312-7K2QF",
        "schema": "hazard/1",
        "description": "消防通道被货物占用，无法通行",
        "found_on": "2024-03-12",
        "source": "supervision",
        "found_by_org": "qingshan-safety-office",
        "unit": "xx-paper",
        "sector": "fire",
        "grade": "general",
        "history": history(),
    }
    return {**tree, **more}


def history() -> list[Raw]:
    """Give the lines of a closed loop."""
    return [
        {"date": "2024-03-12", "do": "register", "by": "李四"},
        {"date": "2024-03-12", "do": "assign", "by": "李四", "to": "xx-paper", "due": "2024-03-27"},
        {"date": "2024-03-20", "do": "rectify", "by": ["赵六", "孙八"], "note": "货物移走"},
        {"date": "2024-03-21", "do": "verify", "by": "王五", "result": "pass"},
        {"date": "2024-03-21", "do": "close", "by": "钱七", "reason": "rectified"},
    ]
