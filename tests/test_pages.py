"""The README and the guide are console sessions that run: every command they show prints what they show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.test_transcripts import HERE, home, shell, steps, wildcard
from tools import samples

ROOT = HERE.parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
SAMPLE_DAY = "2023-10-20"

__all__ = ["home"]


def pattern(expected: str) -> str:
    """Make a pattern of what a page shows: `…` on a line of its own stands for any lines, the size of a file for any size."""
    parts = (re.sub(r"\d+\\ KB", r"\\d+\\ KB", wildcard(part)) for part in re.split(r"^…\n", expected, flags=re.MULTILINE))
    return r"(?:.*\n)*".join(parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_shows_what_the_program_prints(page: Path, tmp_path: Path, home: Path) -> None:
    shutil.copytree(ROOT / "docs" / "samples", tmp_path / "docs" / "samples")
    for kind, name, content in steps(page.read_text(encoding="utf-8")):
        if kind == "file":
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        else:
            said = shell(tmp_path, home, name, today=SAMPLE_DAY)
            assert re.fullmatch(pattern(content), said), f"$ {name}\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_samples_are_what_their_tool_writes() -> None:
    assert samples.main(["--check"]) == 0


def test_the_first_screen_of_the_readme_holds_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:12]
    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)
