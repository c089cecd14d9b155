"""The gallery of errors, `tests/gallery/CODE/`: the smallest broken ledger of each rule, and what `validate` says of it.

    python -m tools.gallery [--check]

A folder of the gallery holds:

- `ledger/`, a ledger one can run `hazardctl validate` in; made from the `Bad:` records on the page of the rule, so that nothing
  is written twice, and by hand where a folder has no such page;
- or, for rules about the past, a *story*: `1/`, `2/`, ... each hold a whole work tree, and each is a commit on top of the one before
  (a file that is not in the next folder was deleted); `theirs/` is one more on a branch of its own, begun at the first.
  `authors.txt` may name who made each, a line a commit: `Name <mail>`; made too where the page of the rule tells commits;
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
from tests.rules.pages import CONFIG, Step, blocks, laid, steps_of, today_of

GALLERY: Final = Path(__file__).resolve().parents[1] / "tests" / "gallery"
SETTLED: Final = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
AUTHOR: Final = "张三 <zhangsan@example.org>"
QUIET: Final = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=")


def laid_down(rule: Rule, folder: Path) -> None:
    """Write the bad records of a rule's page as a ledger, in place of the one that was there."""
    records = blocks(rule).get("Bad", [])
    if steps := steps_of(records):
        _story(steps, folder)
    elif records and not (folder / "1").exists():
        shutil.rmtree(folder / "ledger", ignore_errors=True)
        (folder / "ledger").mkdir(parents=True)
        laid(folder / "ledger", records)
        (folder / "today.txt").write_text(f"{today_of(records)}\n", encoding="utf-8")


def _story(steps: list[Step], folder: Path) -> None:
    """Write the commits a page tells, each as the whole work tree it leaves; what comes before the range is folded into the first."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [one for one in folder.iterdir() if one.is_dir()]:
        shutil.rmtree(old)
    trees: dict[str, dict[str, bytes]] = {}
    files = {CONFIG: b"schema: config/1\n"}
    range_ = sum(kind == "then" for kind, _, _ in steps)
    early = max((place for place, step in enumerate(steps) if step[0] == "before"), default=0)
    deleting = any("gone" in one.directives for kind, _, sheets in steps if kind == "before" for one in sheets)
    for place, (kind, _, sheets) in enumerate(steps):
        here = dict(trees["1"]) if kind == "theirs" else files
        for one in sheets:
            here.pop(one.path, None)
            here |= {} if "gone" in one.directives else {one.path: one.data}
        if kind != "before" or deleting or place == early:
            trees["theirs" if kind == "theirs" else str(len(trees) + 1)] = dict(here)
    for name, tree in trees.items():
        for path, data in tree.items():
            target = folder / name / "ledger" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    (folder / "today.txt").write_text(f"{max(said[:10] for _, said, _ in steps if said)}\n", encoding="utf-8")
    options = "--merged-with theirs" if "theirs" in trees else f"--since HEAD~{range_}"
    (folder / "options.txt").write_text(f"{options}\n", encoding="utf-8")
    authors = [AUTHOR] * (len(trees) - range_ - ("theirs" in trees)) + [_author(said) for kind, said, _ in steps if kind == "then"]
    (folder / "authors.txt").write_text("".join(f"{one}\n" for one in authors), encoding="utf-8")


def _author(said: str) -> str:
    """Give the author of a step, with an address where the page names none."""
    who = said.partition(" ")[2] or AUTHOR
    return who if "<" in who else f"{who} <x@example.org>"


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
    if (folder / "theirs").is_dir():
        day = _read(folder / "today.txt").strip()
        _git(root, "checkout", "--quiet", "-b", "theirs", "HEAD~1")
        shutil.copytree(folder / "theirs", root, dirs_exist_ok=True)
        _git(root, "add", "--all")
        _git(root, "commit", "--quiet", f"--author={AUTHOR}", "--message=theirs", date=f"{day}T09:00:00+08:00")
        _git(root, "checkout", "--quiet", "main")


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
    held = [
        {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()} for place in (folder, fresh)
    ]
    return sorted(name for name in {*held[0], *held[1]} if held[0].get(name) != held[1].get(name))


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
