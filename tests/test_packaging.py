"""What an install brings, what is declared, and that the set-up is the same everywhere."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lengths import modules, tree
from tools.pins import pins

ROOT: Final = Path(__file__).resolve().parents[1]
SETTINGS: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT: Final[dict[str, Any]] = SETTINGS["project"]
EXTRAS: Final[dict[str, list[str]]] = PROJECT["optional-dependencies"]
CORE_MODULES: Final = frozenset({"typer", "rich", "pydantic", "pydantic_core", "tabulate", "wcwidth", "yaml"})
EXTRA_MODULES: Final = frozenset(
    {"jinja2", "pygal", "python_calamine", "xlsxwriter", "openpyxl", "docxtpl", "docx", "chinese_calendar", "questionary"}
    | {"xlrd", "rapidfuzz", "icalendar", "typst", "starlette", "uvicorn", "PIL", "duckdb", "pyarrow", "pyspark"}
)


def pinned() -> dict[str, str]:
    """Give the version of every distribution in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def imported(module: ast.Module) -> Iterator[tuple[str, bool]]:
    """Give the first part of every import of a module, and whether it is loaded with the module."""
    at_the_top = {id(node) for node in module.body}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], id(node) in at_the_top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0], id(node) in at_the_top


def test_five_packages_are_the_base() -> None:
    names = sorted(canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"])
    assert names == ["pydantic", "pyyaml", "rich", "tabulate", "typer"]


def test_the_base_brings_seventeen_distributions_or_fewer() -> None:
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    found = {"hazardctl"}
    while wanted:
        need = wanted.pop()
        name = canonicalize_name(need.name)
        extras = {"", *need.extras}
        parts = [Requirement(line) for line in metadata.requires(name) or []]
        wanted += [
            part
            for part in parts
            if canonicalize_name(part.name) not in found
            and (part.marker is None or any(part.marker.evaluate({"extra": extra}) for extra in extras))
        ]
        found.add(name)
    assert len(found) <= 17, sorted(found)


def test_the_extras_are_those_the_guide_names() -> None:
    assert sorted(set(EXTRAS) - {"dev"}) == [
        "all",
        "ask",
        "cn",
        "excel",
        "fuzzy",
        "html",
        "ics",
        "office",
        "parquet",
        "pdf",
        "photo",
        "serve",
        "spark",
        "word",
    ]


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *EXTRAS["dev"]])
def test_what_is_declared_is_pinned_within_its_range(line: str) -> None:
    need = Requirement(line)
    if need.name != "hazardctl":
        assert need.specifier.contains(pinned()[canonicalize_name(need.name)])


def test_what_is_imported_is_declared() -> None:
    known = CORE_MODULES | EXTRA_MODULES | sys.stdlib_module_names | {"hazardctl"}
    strange = {f"{path.relative_to(ROOT)} {name}" for path in modules() for name, _ in imported(tree(path)) if name not in known}
    assert strange == set()


def test_what_the_base_brings_is_used() -> None:
    used = {name for path in modules() for name, _ in imported(tree(path))}
    assert used >= CORE_MODULES


def test_an_extra_is_imported_inside_the_function_that_needs_it() -> None:
    early = {
        f"{path.relative_to(ROOT)} {name}"
        for path in modules()
        for name, at_the_top in imported(tree(path))
        if at_the_top and name in EXTRA_MODULES
    }
    assert early == set()


def test_pins_leave_out_ourselves_and_stand_in_order() -> None:
    frozen = "Zeta==1\nalpha_b==2\nhazardctl==0.1.0\npip==26\n-e ./here\nAlpha-c==3\n"
    assert pins(frozen) == ["alpha_b==2", "Alpha-c==3", "Zeta==1"]


def test_the_integration_runs_what_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"(?m)^exec make test$", script.read_text("utf-8"))


def test_every_target_for_people_is_explained() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"(?m)^\.PHONY: (.+)$", text)
    unexplained = [name for name in targets if not name.endswith("-check") and not re.search(rf"(?m)^{name}:.*## \S", text)]
    assert unexplained == []


def test_the_inner_gate_of_coverage_holds_every_floor_below_the_rooms() -> None:
    floors: list[str] = SETTINGS["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = next(position for position, floor in enumerate(floors) if "store" in floor)
    inner = {name.strip() for floor in floors[rooms + 1 :] for name in floor.split("|")}
    gate = re.search(r"(?m)^INNER := (.+)$", (ROOT / "Makefile").read_text("utf-8"))
    assert gate
    assert {path.removeprefix("hazardctl/").removesuffix("/*").removesuffix(".py") for path in gate[1].split(",")} == inner
    assert all(next(ROOT.glob(path), None) for path in gate[1].split(","))


def test_an_installed_program_brings_the_sample_ledger() -> None:
    """`init --demo` must work from a wheel too, where there is no repository beside the package."""
    wheel = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"ledger": "hazardctl/sample"}
