"""The house rules a linter does not know: lengths, pages, names, decisions, and what may be loaded at the start."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tools.lengths import (
    COMMAND_LINES,
    FUNCTION_LINES,
    MODULE_LINES,
    command_lengths,
    function_lengths,
    functions,
    module_lengths,
    modules,
    tree,
)

ROOT: Final = Path(__file__).resolve().parents[1]
HEAVY: Final = ("pydantic", "ruamel", "rich", "tabulate", "yaml")
NO_COVER_MARKS: Final = 0
TYPERS_NAMES: Final = frozenset({"get_command", "get_help", "get_params", "get_usage"})

pytestmark = pytest.mark.timeout(60)


def tracked(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Give the files git knows, or every file where there is no git, that hold text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*")]
    for name in sorted(filter(None, names)):
        path = ROOT / name
        if path.is_file() and (not suffixes or path.suffix in suffixes):
            data = path.read_bytes()
            if b"\0" not in data:
                yield path, data.decode("utf-8", errors="replace")


# ---------------------------------------------------------------------------------------------------------- size and pages


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    assert [length for length in module_lengths() if length.lines > MODULE_LINES] == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [length for length in function_lengths() if length.lines > FUNCTION_LINES] == []


def test_a_command_decides_nothing() -> None:
    assert [length for length in command_lengths() if length.lines > COMMAND_LINES] == []


def test_every_public_thing_has_a_docstring() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
        for path in modules()
        for node in _public(tree(path))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def _public(module: ast.Module) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    yield module
    holders: list[ast.Module | ast.ClassDef] = [module]
    while holders:
        for node in holders.pop().body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node
                if isinstance(node, ast.ClassDef):
                    holders.append(node)


def test_nothing_is_left_out_of_the_coverage() -> None:
    marks = [f"{path.relative_to(ROOT)}" for path in modules() if "pragma: no" + " cover" in path.read_text("utf-8")]
    assert len(marks) <= NO_COVER_MARKS, marks


def test_nothing_is_left_open() -> None:
    open_ends = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X:|NotImplemented" + r"Error)\b")
    assert [f"{path.relative_to(ROOT)}" for path in modules() if open_ends.search(path.read_text("utf-8"))] == []


# -------------------------------------------------------------------------------------------------------------------- names


def test_no_room_is_called_for_nothing() -> None:
    nobody = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}
    assert [str(path) for path in modules() if path.stem in nobody or path.parent.name in nobody] == []


def test_functions_are_named_for_what_they_give() -> None:
    empty = re.compile(r"_?(get|process|handle)_")
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(tree(path))
        if empty.match(node.name) and node.name not in TYPERS_NAMES
    ]
    assert named == []


def test_no_yaml_key_is_a_boolean_to_an_older_reader() -> None:
    key = re.compile(r"(?m)^\s*(?:- )?\{?(on|off|yes|no|y|n):\s", re.IGNORECASE)
    ledger = ROOT / "ledger"
    assert [str(path) for path in ledger.rglob("*.yaml") if key.search(path.read_text("utf-8"))] == []


# ------------------------------------------------------------------------------------------------------------- the repository


def test_no_file_names_a_folder_of_one_machine() -> None:
    folders = re.compile(r"(?<![\w.~/-])/(?:wor" + r"k|far" + r"m|roo" + r"t|Users|hom" + r"e)/[\w.]")
    assert [str(path.relative_to(ROOT)) for path, text in tracked() if folders.search(text)] == []


def test_no_file_names_a_package_index() -> None:
    index = re.compile(r"(index-" + r"url|find-" + r"links|pypi\.(?:org|tuna)|files\.python" + r"hosted)")
    named = [path for path, text in tracked() if index.search(text)]
    assert [str(path.relative_to(ROOT)) for path in named] == []


def test_every_pin_is_exact_and_has_one_line() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9A-Za-z.]+", line)] == []
    names = [re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in lines]
    assert len(set(names)) == len(names)
    assert names == sorted(names)


def test_every_decision_has_a_number_a_status_and_a_day() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for path in pages:
        text = path.read_text("utf-8")
        assert re.match(rf"# {int(path.name[:4])}\. \S", text), path.name
        assert re.search(r"(?m)^- Status: (proposed|accepted|superseded by \[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\))$", text), path.name
        assert re.search(r"(?m)^- Date: \d{4}-\d{2}-\d{2}$", text), path.name
        parts = re.findall(r"(?m)^## (.+)$", text)
        assert parts == ["Context", "Decision", "Price", "What would change our mind"], path.name


def test_every_link_between_pages_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
    dead = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path, text in tracked(".md")
        for target in link.findall(text)
        if not (path.parent / target).exists()
    ]
    assert dead == []


def test_every_fragment_of_the_changelog_says_what_kind_it_is() -> None:
    name = re.compile(r"(\d+|\+[a-z0-9-]+)\.(breaking|added|changed|fixed)\.md")
    assert [p.name for p in (ROOT / "changes").iterdir() if p.name != "README.md" and not name.fullmatch(p.name)] == []


# ------------------------------------------------------------------------------------------------------------------ starting

START: Final = """
import sys
from hazardctl.cli.app import run
try:
    sys.argv[1:] = {words}
    {call}
except SystemExit as end:
    assert not end.code, end.code
print("heavy:", *sorted({{name.partition(".")[0] for name in sys.modules}} & {{{heavy}}}), file=sys.stderr)
"""


def start(words: list[str], call: str = "run()", **environment: str) -> str:
    """Start the program anew and give which heavy packages it loaded."""
    script = START.format(words=words, call=call, heavy=", ".join(map(repr, HEAVY)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["-h"], ["assign", "--help"], ["report", "--help"], ["validate", "-h"]])
def test_the_quick_answers_load_nothing_heavy(words: list[str]) -> None:
    assert start(words) == "heavy:"


def test_importing_the_door_loads_nothing_heavy() -> None:
    assert start([], "pass") == "heavy:"


@pytest.mark.parametrize("line", ["hazardctl ", "hazardctl rep", "hazardctl report --", "hazardctl report --basis "])
def test_completion_loads_nothing_heavy(line: str) -> None:
    asked = {"_HAZARDCTL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    assert start([], **asked) == "heavy:"
