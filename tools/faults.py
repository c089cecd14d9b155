"""The small faults a module can have: cosmic-ray's for Python, and ours for the SQL that stands in strings.

One fault a place and kind: `<` becomes `<=` and `>=`, not each of the seven others. Left out is what changes nothing when the
program runs (annotations, protocols, docstrings, whether a class is frozen), sentences for people (`Text`) and what is no Python.
"""

from __future__ import annotations

# cosmic-ray ships no types: what comes from it is not known to the last part.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportIncompatibleMethodOverride=false
import ast
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

PYTHON: Final = (
    "AddNot",
    "NumberReplacer",
    "RemoveDecorator",
    "ReplaceAndWithOr",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceBinaryOperator_BitOr_BitAnd",
    "ReplaceBinaryOperator_FloorDiv_Mul",
    "ReplaceBinaryOperator_Mod_Mul",
    "ReplaceBinaryOperator_Mul_Add",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBreakWithContinue",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_GtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_Gt_LtE",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_LtE_Gt",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Lt_GtE",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceContinueWithBreak",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ZeroIterationForLoop",
)
"""Names of cosmic-ray's operators."""

SQL: Final[Mapping[str, tuple[str, str]]] = {
    "between": (r"(?<!NOT )BETWEEN (\S+(?: - \S+)?) AND", r"NOT BETWEEN \1 AND"),
    "and": (r"(?<!BETWEEN \$s) (?<!BETWEEN \$s - \$look_back )(?<!\$from\{n\} )AND ", " OR "),
    "or": (" OR ", " AND "),
    "at most": (" <= ", " < "),
    "less": (" < ", " <= "),
    "at least": (" >= ", " > "),
    "more": (" > ", " >= "),
    "is": (" = ", " <> "),
    "is not": (" <> ", " = "),
    "null": ("IS NULL", "IS NOT NULL"),
    "not null": ("IS NOT NULL", "IS NULL"),
    "not in": ("NOT IN", "IN"),
    "in": (r"(?<!NOT )\bIN \(", "NOT IN ("),
    "greatest": (r"MAX\(", "MIN("),
    "sum": (r" \+ ", " - "),
    "difference": (" - ", " + "),
    "cut-off": (r"\$k\b", "$t"),
    "as of": (r"\$t\b", "$k"),
    "last day": (r"\$c\b", "$t"),
    "first day": (r"\$s\b", "$c"),
    "eve": (r"\$o\b", "$s"),
    "never": (r"\$far\b", "$s"),
    "all": ("UNION ALL", "UNION"),
    "outer": (r"LEFT JOIN", "JOIN"),
}
"""Name → what is looked for in a string, what stands there then. `$k` and its like are the days a view binds (measures.views)."""


class InSql(Operator):  # type: ignore[misc]  # cosmic-ray ships no types
    """One kind of fault in the text of a string; the n-th place is the n-th match in it."""

    def __init__(self, pattern: str, new: str) -> None:
        """Take a pattern and what replaces it."""
        self.pattern, self.new = re.compile(pattern), new

    def mutation_positions(self, node: Any) -> Iterator[Any]:  # noqa: ANN401 (a node of parso)
        """Give one place a match."""
        if node.type in {"string", "fstring_string"}:
            yield from ((node.start_pos, node.end_pos) for _ in self.pattern.finditer(node.value))

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401
        """Give the string with one match replaced."""
        found = list(self.pattern.finditer(node.value))[index]
        node.value = node.value[: found.start()] + found.expand(self.new) + node.value[found.end() :]
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """Give none: cosmic-ray asks for them in its own tests."""
        return ()


class Membership(InSql):
    """`in` becomes `not in` and the other way about; cosmic-ray leaves these alone."""

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__("", "")

    def mutation_positions(self, node: Any) -> Iterator[Any]:  # noqa: ANN401
        """Give the place of the word in a comparison."""
        if node.type == "comparison" and node.children[1].get_code().strip() in {"in", "not in"}:
            yield (node.start_pos, node.end_pos)

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401, ARG002 (the operator's form)
        """Give the comparison turned round."""
        word = node.children[1]
        if word.type == "comp_op":
            word.children = word.children[1:]
        else:
            word.value = "not in"
        return node


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault.

    Attributes:
        module: path below the repository.
        line: where the text first differs.
        fault: name of the kind.
        change: the lines that differ, with `-` and `+` before them.
        source: the whole text.
    """

    module: str
    line: int
    fault: str
    change: str
    source: str


def operators() -> dict[str, Any]:
    """Give every kind of fault by name."""
    ours = {f"sql: {name}": InSql(*words) for name, words in SQL.items()}
    return {**{name: get_operator(f"core/{name}")() for name in PYTHON}, "in": Membership(), **ours}


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """Give every mutant of a module that differs from it when it runs, each once."""
    tree, seen = get_ast(source), {_meaning(source)}
    for name, operator in operators().items():
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))):
            text = mutate_code(source, operator, occurrence) or source
            try:
                meaning = _meaning(text)
            except SyntaxError:
                continue
            if meaning not in seen:
                seen.add(meaning)
                yield _mutant(module, name, source, text)


def _mutant(module: str, name: str, source: str, text: str) -> Mutant:
    _, _, *lines = difflib.unified_diff(source.splitlines(), text.splitlines(), lineterm="", n=0)
    line = int(re.findall(r"\d+", lines[0])[0])
    return Mutant(module, line, name, "\n".join(one for one in lines if not one.startswith("@@")), text)


class _Bare(ast.NodeTransformer):
    """Leaves out what does nothing when the program runs."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "Text":
            node.args = []
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST | None:
        return None if node.arg in {"slots", "frozen"} else self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            node.body = [ast.Pass()]
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Pass() if isinstance(node.value, ast.Constant) else self.generic_visit(node)


def _meaning(source: str) -> str:
    return ast.dump(_Bare().visit(ast.parse(source)))
