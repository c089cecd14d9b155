"""The bar comes late, goes away, and is nobody's business but a person's."""

from __future__ import annotations

import io

import pytest

from hazardctl.render import progress as bars
from hazardctl.render.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_where_nobody_looks_there_is_no_bar() -> None:
    out = io.StringIO()
    with progress(out, "导入", shown=False) as report:
        assert report is None
    assert out.getvalue() == ""


def test_work_of_less_than_a_second_shows_no_bar() -> None:
    out = io.StringIO()
    with progress(out, "导入", shown=True) as report:
        assert report is not None
        report(1, 2)
    assert out.getvalue() == ""


def test_longer_work_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    with progress(out, "导入 [/]", shown=True) as report:
        assert report is not None
        report(1, 2)
        report(2, 2)
    assert "导入 [/]" in out.getvalue()
    assert "2/2" in out.getvalue()
