"""The gallery of errors, `tests/gallery/CODE/`: the smallest broken ledger of each rule, and what `validate` says of it.

    python -m tools.gallery [--check]

A folder of the gallery holds:

- `ledger/`, a ledger one can run `hazardctl validate` in; made from the `Bad:` records on the page of the rule, so that nothing
  is written twice, and by hand where a folder has no such page;
- or, for rules about the past, a *story*: `1/`, `2/`, ... each hold a whole work tree, and each is a commit on top of the one before
  (a file that is not in the next folder was deleted). `authors.txt` may name who made each, a line a commit: `Name <mail>`;
- `today.txt`, the day it is judged on; `options.txt`, more words for `validate`, such as `--since HEAD~1`;
- `expected.zh.txt` and `expected.en.txt`, the findings of this code as the command prints them. Made; look at them when they change.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from unittest import mock

from hazardctl.cli.app import called
from hazardctl.language import LANGUAGES, Language
from hazardctl.rules.registry import Rule, registry
from tests.rules.pages import blocks, laid, today_of

GALLERY: Final = Path(__file__).resolve().parents[1] / "tests" / "gallery"
SETTLED: Final = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
AUTHOR: Final = "张三 <zhangsan@example.org>"
QUIET: Final = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=")


def laid_down(rule: Rule, folder: Path) -> None:
    """Write the bad records of a rule's page as a ledger, in place of the one that was there."""
    records = blocks(rule).get("Bad", [])
    if records and not (folder / "1").exists():
        shutil.rmtree(folder / "ledger", ignore_errors=True)
        (folder / "ledger").mkdir(parents=True)
        laid(folder / "ledger", records)
        (folder / "today.txt").write_text(f"{today_of(records)}\n", encoding="utf-8")


def page(folder: Path, language: Language) -> str:
    """Give what `validate` prints about the code of a gallery folder, and nothing of what it says about other codes."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "repository"
        if (folder / "1").is_dir():
            _told(folder, root)
        else:
            shutil.copytree(folder / "ledger", root / "ledger")
        printed = validated(root, folder, language)
    found = [block for block in printed.split("\n\n") if re.match(rf"\w+\[{folder.name}\]", block)]
    return "".join(f"{block}\n\n" for block in found)[:-1]


def validated(root: Path, folder: Path, language: Language) -> str:
    """Give all that `validate` prints in a place, with the day and the options of a gallery folder."""
    options, today = (_read(folder / name) for name in ("options.txt", "today.txt"))
    words = ["-C", str(root), "validate", "--preview", "--lang", language, *options.split()]
    page_ = io.StringIO()
    with mock.patch.dict(os.environ, {**SETTLED, "HAZARDCTL_TODAY": today.strip()}), contextlib.redirect_stdout(page_):
        called(words)
    return page_.getvalue()


def _told(folder: Path, root: Path) -> None:
    """Make the commits of a story, one for each numbered folder."""
    root.mkdir()
    _git(root, "init", "--quiet", "--initial-branch=main")
    authors = _read(folder / "authors.txt").splitlines()
    for number, tree in enumerate(sorted((one for one in folder.iterdir() if one.name.isdigit()), key=lambda one: int(one.name))):
        for old in [one for one in root.iterdir() if one.name != ".git"]:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copytree(tree, root, dirs_exist_ok=True)
        author = authors[number] if number < len(authors) else AUTHOR
        _git(root, "add", "--all")
        _git(
            root,
            "commit",
            "--quiet",
            "--allow-empty",
            f"--author={author}",
            f"--message={tree.name}",
            date=f"{_read(folder / 'today.txt').strip()}T0{number}:00:00+08:00",
        )


def _git(root: Path, *words: str, date: str = "") -> None:
    who = {
        f"GIT_{role}_{what}": text
        for role in ("AUTHOR", "COMMITTER")
        for what, text in (("NAME", "张三"), ("EMAIL", "zhangsan@example.org"))
    }
    days = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    subprocess.run(["git", *QUIET, *words], cwd=root, check=True, env={**os.environ, **who, **days})


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def made(gallery: Path) -> Iterator[Path]:
    """Write every folder of a gallery: the ledgers that pages give, and what is said of each."""
    for rule in registry().values():
        laid_down(rule, gallery / rule.code)
    for folder in sorted(gallery.iterdir()):
        for language in LANGUAGES:
            (folder / f"expected.{language}.txt").write_text(page(folder, language), encoding="utf-8")
        yield folder


def differing(folder: Path, fresh: Path) -> list[str]:
    """Name the files that are not as the program makes them."""
    names = {path.relative_to(place).as_posix() for place in (folder, fresh) for path in place.rglob("*") if path.is_file()}
    return sorted(name for name in names if not (folder / name).is_file() or (folder / name).read_bytes() != (fresh / name).read_bytes())


def main() -> int:
    """Write the gallery, or name what is not as the program makes it."""
    if "--check" not in sys.argv[1:]:
        print(f"{len(list(made(GALLERY)))} codes")
        return 0
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / "gallery"
        shutil.copytree(GALLERY, fresh)
        stale = [f"{folder.name}/{name}" for folder in made(fresh) for name in differing(GALLERY / folder.name, folder)]
    if stale:
        print(f"not what the program makes: {', '.join(stale)}; run make gallery")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
