"""Nothing is imported for what is not asked: which modules a command may not need, family by family (DESIGN §8)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from hazardctl.ops.keeping import LEAST

WRITERS: Final = frozenset({"ruamel", "rich", "jinja2", "openpyxl", "docx", "pygal", "PIL", "duckdb", "pyarrow", "uvicorn", "starlette"})
"""What makes files of other programs, pages and pictures."""
READERS: Final = frozenset({"pydantic", "pydantic_core", "yaml", "_yaml", "importlib.metadata", "email", "zipfile"})
"""What reads a record, and what that imports."""
WORKERS: Final = frozenset({"multiprocessing", "concurrent.futures", "asyncio", "logging", "unittest"})
TABLES: Final = frozenset({"tabulate", "wcwidth"})
TYPER: Final = frozenset({"typer", "annotated_doc", "shellingham", "_distutils_hack", "typing_extensions"})
"""Typer and what it imports itself."""
OURS: Final = frozenset({"cli", "language", "errors", "day", "render"})
"""Our rooms that a call needs before it needs the ledger."""
AGAIN: Final = frozenset(
    {f"hazardctl.{name}" for name in ("cli", "cli.app", "cli.again", "store", "store.answers", "store.noting", "store.own", "store.system")}
)
"""All of ours that prints an answer of before."""
ELSEWHERE: Final = frozenset(
    {
        *(f"measures.{name}" for name in ("catalogue", "known", "told", "duties", "sums", "sources", "pooling", "runs")),
        *("pool.making", "pool.doubles", "reports.told", "reports.work", "reports.chat", "ops.reporting.work", "ops.deadline"),
        *("store.locating", "store.index.condition"),
    }
)
"""Ours that a summary needs where records speak of other work, several ledgers are asked, or something is wrong."""
CODE: Final = """
import sys
from hazardctl.cli.app import called
try:
    called({words!r})
except SystemExit:
    pass
print("|".join(f"{{name}}={{getattr(one, '__file__', None) or ''}}" for name, one in list(sys.modules.items())), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger just large enough to have an index, which has been made."""
    root = tmp_path_factory.mktemp("book")
    (root / "hazardctl.yaml").write_text("schema: config/1\norganisation: {name: 青山镇}\n", encoding="utf-8")
    for number in range(LEAST):
        name = f"YH-202401{number % 28 + 1:02}-{number:05}"
        path = root / "hazards" / "2024" / "01" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        day = f"2024-01-{number % 28 + 1:02}"
        path.write_text(
            f"id: {name}\nschema: hazard/1\ndescription: 灭火器过期\nfound_on: {day}\nsource: patrol\nunit: 甲厂\nsite: 库房\n"
            f"sector: chem\ngrade: general\nhistory:\n  - {{date: {day}, do: register, by: 张三}}\n",
            encoding="utf-8",
        )
    loaded(root, "report", "-p", "2024H1")
    return root


def loaded(root: Path, *words: str) -> dict[str, str]:
    """Run a command in a process of its own and give the modules it has at its end, with their files."""
    environment = {**os.environ, "HAZARDCTL_TODAY": "2024-06-01", "XDG_CACHE_HOME": str(root / ".cache"), "NO_COLOR": "1"}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    call = [sys.executable, "-c", CODE.format(words=list(words))]
    done = subprocess.run(call, cwd=root, env=environment, capture_output=True, text=True, check=True)
    return dict(part.split("=", 1) for part in done.stderr.splitlines()[-1].split("|"))


def heavy(modules: dict[str, str], *kinds: frozenset[str]) -> set[str]:
    names = frozenset().union(*kinds)
    return {name for name in modules if name in names or name.partition(".")[0] in names}


@pytest.mark.parametrize(
    "words",
    [("--version",), ("--help",), ("report", "--help"), ("add", "--help"), ("validate", "-h"), ("completion", "bash")],
    ids=" ".join,
)
def test_help_version_and_completion_load_typer_and_the_door_alone(book: Path, words: tuple[str, ...]) -> None:
    modules = loaded(book, *words)
    assert heavy(modules, WRITERS, READERS, WORKERS, TABLES) == set()
    beside = {name.partition(".")[0] for name, file in modules.items() if "site-packages" in file}
    assert beside - {"hazardctl"} <= TYPER
    rooms = {name.split(".")[1] for name in modules if name.startswith("hazardctl.") and name not in AGAIN} | {"cli"}
    assert rooms <= OURS | ({"ops", "sheet", "vocabulary"} if words[0] in {"report", "add", "validate"} else set())


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-p", "2024H1", "--format", "json"),
        ("report", "-p", "2024H1", "--as-of", "2024-03-01", "--format", "json"),
        ("report", "-p", "2024H1", "--group-by", "month", "--format", "csv"),
        ("report", "-p", "2024H1", "sector:chem", "--format", "json"),
        ("report", "trend", "-p", "2024", "--format", "json"),
        ("overdue", "--format", "json"),
        ("overdue",),
        ("list", "is:overdue", "--format", "json"),
    ],
    ids=" ".join,
)
def test_a_question_over_the_index_reads_no_record(book: Path, words: tuple[str, ...]) -> None:
    loaded(book, *words)
    unwanted = (WRITERS, READERS, WORKERS) if words == ("overdue",) else (WRITERS, READERS, WORKERS, TABLES)
    assert heavy(loaded(book, *words), *unwanted) == set()


@pytest.mark.parametrize("words", [("--format", "json"), ("--as-of", "2024-03-02"), ("sector:chem", "--format", "csv")], ids=" ".join)
def test_a_summary_of_hazards_alone_knows_no_other_family_and_no_pool(book: Path, words: tuple[str, ...]) -> None:
    modules = loaded(book, "report", "-p", "2024H1", *words)
    assert "hazardctl.measures.book" in modules
    assert ELSEWHERE.isdisjoint(name.removeprefix("hazardctl.") for name in modules)


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-p", "2024H1"),
        ("report", "official", "-p", "2024H1", "--format", "json"),
        ("list", "--limit", "3"),
        ("show", "00001", "--format", "json"),
        ("explain", "hazards.found", "-p", "2024H1", "--format", "json"),
        ("explain", "HZ302"),
        ("validate", "--format", "json"),
        ("assign", "00002", "--to", "甲厂", "--due", "2024-06-30", "-n"),
        ("config",),
        (),
    ],
    ids=" ".join,
)
def test_no_command_loads_what_makes_files_of_other_programs(book: Path, words: tuple[str, ...]) -> None:
    assert heavy(loaded(book, *words), WRITERS - {"rich"}) == set()


def test_a_question_asked_before_loads_what_prints_it_and_nothing_else(book: Path, tmp_path: Path) -> None:
    root = shutil.copytree(book, tmp_path / "book", ignore=shutil.ignore_patterns(".cache"))
    (root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "begin")):
        subprocess.run(["git", *words], cwd=root, check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GIT_CONFIG_NOSYSTEM")
        modules = {"typer": ""}
        for _ in range(8):
            modules = loaded(root, "report", "-p", "2024H1", "--format", "json")
            if "typer" not in modules:
                break
            time.sleep(1.1)  # what is young is not trusted
    ours = {name for name in modules if name.startswith("hazardctl.")}
    assert ours == AGAIN
    assert (
        heavy(
            modules, WRITERS, READERS, WORKERS, TABLES, TYPER - {"_distutils_hack"}, frozenset({"sqlite3", "pathlib", "subprocess", "json"})
        )
        == set()
    )
