"""The gallery of errors: every code has the smallest ledger that is wrong in its way, and says there what it must say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hazardctl.language import LANGUAGES
from hazardctl.rules.registry import registry
from tools import gallery
from tools.gallery import GALLERY, differing, laid_down, page, validated

FOLDERS = sorted(path.name for path in GALLERY.iterdir())


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    assert list(registry()) == FOLDERS, "make gallery writes those that pages give; the others are made by hand (tools/gallery.py)"


@pytest.mark.parametrize("code", FOLDERS)
def test_a_folder_is_what_its_page_and_the_program_make_of_it(code: str, tmp_path: Path) -> None:
    fresh = tmp_path / code
    shutil.copytree(GALLERY / code, fresh)
    laid_down(registry()[code], fresh)
    assert differing(GALLERY / code, fresh) == [], "make gallery"
    for language in LANGUAGES:
        expected = (GALLERY / code / f"expected.{language}.txt").read_text(encoding="utf-8")
        assert page(GALLERY / code, language) == expected, "make gallery, and look at the difference"
        assert re.match(rf"(error|warning|info)\[{code}\]: \S", expected)


def test_one_can_run_validate_in_a_ledger_of_the_gallery() -> None:
    assert "[HZ302]" in validated(GALLERY / "HZ302" / "ledger", GALLERY / "HZ302", "en")


def test_a_story_is_a_folder_a_commit(tmp_path: Path) -> None:
    folder, ledger = tmp_path / "HZ302", GALLERY / "HZ302" / "ledger"
    shutil.copytree(ledger, folder / "1" / "ledger")
    (folder / "1" / "ledger" / "goes.txt").write_text("", encoding="utf-8")
    shutil.copytree(ledger, folder / "2" / "ledger")
    (folder / "2" / "ledger" / "comes.txt").write_text("", encoding="utf-8")
    (folder / "today.txt").write_text("2024-06-30\n", encoding="utf-8")
    (folder / "authors.txt").write_text("李四 <lisi@example.org>\n", encoding="utf-8")
    (folder / "options.txt").write_text("--no-baseline\n", encoding="utf-8")
    assert page(folder, "en").startswith("error[HZ302]")
    assert page(folder, "zh").count("HZ302]") == 1
    root = tmp_path / "repository"
    gallery._told(folder, root)
    log = subprocess.run(["git", "log", "--format=%an %s", "--name-status"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert "张三 2" in log
    assert "李四 1" in log
    assert {path.name for path in (root / "ledger").iterdir()} == {"comes.txt", "hazards", "hazardctl.yaml"}
