"""How long the modules and the functions of hazardctl are, and the longest of them by name."""

from __future__ import annotations

import ast
import functools
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1] / "hazardctl"
MODULE_LINES: Final = 300
FUNCTION_LINES: Final = 40
COMMAND_LINES: Final = 20


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """The lines of one module, or of one function without its docstring."""

    lines: int
    name: str


def modules(package: Path = PACKAGE) -> list[Path]:
    """Give every module, sorted."""
    return sorted(package.rglob("*.py"))


@functools.cache
def tree(path: Path) -> ast.Module:
    """Give a module as Python parses it."""
    return ast.parse(path.read_text("utf-8"))


def module_lengths(package: Path = PACKAGE) -> list[Length]:
    """Give the lines of every module, docstrings, comments and blank lines counted."""
    return [Length(len(path.read_text("utf-8").splitlines()), _name(path, package)) for path in modules(package)]


def function_lengths(package: Path = PACKAGE) -> list[Length]:
    """Give the lines of every function from `def` to its end.

    The docstring is a page, not code, and does not count. The signature of a command is the table of its options, one a
    line, as long as people need; of a command the body is counted.
    """
    return [
        Length(_body(node) if is_command(node) else _body(node) + _signature(node), f"{_name(path, package)}:{node.lineno} {node.name}")
        for path in modules(package)
        for node in functions(tree(path))
    ]


def command_lengths(package: Path = PACKAGE) -> list[Length]:
    """Give the lines of the body of every command, docstring not counted."""
    return [
        Length(_body(node), f"{_name(path, package)}:{node.lineno} {node.name}")
        for path in modules(package / "cli")
        for node in functions(tree(path))
        if is_command(node)
    ]


def is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether Typer calls this function: it takes the context, and options by name."""
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return bool(node.decorator_list) and [ast.unparse(part.annotation) for part in first if part.annotation] == ["typer.Context"]


@functools.cache
def functions(module: ast.Module) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    """Give every function of a module, inner ones too."""
    return tuple(node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return max(node.body[0].lineno - node.lineno, 1)


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    page = 0
    if ast.get_docstring(node) is not None:
        page = (first.end_lineno or first.lineno) - first.lineno + 1
    return (node.end_lineno or node.lineno) - first.lineno + 1 - page


def _name(path: Path, package: Path) -> str:
    return path.relative_to(package.parent).as_posix()


def _say(what: str, lengths: list[Length]) -> None:
    sizes = [length.lines for length in lengths]
    print(f"{what}: {len(sizes)}, {sum(sizes)} lines, median {statistics.median(sizes):g}, longest {max(sizes)}")
    for length in sorted(lengths, reverse=True)[:5]:
        print(f"  {length.lines:4} {length.name}")


if __name__ == "__main__":
    _say("modules", module_lengths())
    _say("functions", function_lengths())
    _say("commands", command_lengths())
