"""The same ledger gives the same bytes: whoever asks, wherever, in which order the files came to lie there.

Every report in every format, and the other questions, asked of the sample ledger by three processes, one of them with a copy.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import FORMATS

ROOT: Final = Path(__file__).resolve().parents[1]
DAY: Final = "2023-10-20"
WORDS: Final = ("--period", "2023", "--as-of", DAY)
OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("list", "found:2023", "--columns", "all"),
    "overdue": ("overdue", "--within", "30d"),
    "explain": ("explain", "rate", "--period", "2023", "-v"),
    "show": ("show", "7XYQ0"),
}
ASKED: Final[Mapping[str, tuple[str, ...]]] = {**{f"report {name}": ("report", name, *WORDS) for name in REPORTS}, **OTHERS}
CASES: Final = [(name, format_, language) for name in ASKED for format_ in FORMATS for language in ("zh", "en")]
NOT_ALONE: Final = (2, 5)
"""Exit codes of a report that wants more words, and of a format whose extra is not installed."""

PROGRAM: Final = """
import json, sys
from hazardctl.cli.app import called
calls, out = json.load(sys.stdin), {}
for name, words in calls.items():
    out[name] = called(words)
json.dump(out, open(sys.argv[1], "w"))
"""


def answered(ledger: Path, folder: Path, **surroundings: str) -> Mapping[str, int]:
    """Ask everything of a ledger in a process of its own; each answer is a file in the folder, its exit code is given."""
    folder.mkdir()
    calls = {
        name: ["-C", str(ledger), "--lang", language, *ASKED[asked], "--format", format_, "-o", str(folder / name)]
        for asked, format_, language in CASES
        if (name := file(asked, format_, language))
    }
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HAZARDCTL_TODAY": DAY, **surroundings}
    words = [sys.executable, "-c", PROGRAM, str(folder / "codes.json")]
    done = subprocess.run(words, input=json.dumps(calls).encode(), env=env, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    codes: Mapping[str, int] = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    return codes


def file(asked: str, format_: str, language: str) -> str:
    return f"{asked.replace(' ', '-')}-{language}{FORMATS[format_].suffixes[0]}"


def copied(place: Path, *, backwards: bool = False) -> Path:
    """Copy the sample ledger file by file, from the first or from the last."""
    for path in sorted((ROOT / "ledger").rglob("*.yaml"), reverse=backwards):
        target = place / path.relative_to(ROOT / "ledger")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return place


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Mapping[str, int]]]:
    """Ask everything three times."""
    base = tmp_path_factory.mktemp("answers")
    first, other = copied(base / "ledger"), copied(base / "一个 别的 地方" / "深" / "ledger", backwards=True)
    elsewhere = {"LANG": "de_DE.ISO-8859-1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "3"}
    asked = {
        "once": (first, {"PYTHONHASHSEED": "1"}),
        "twice": (first, {"PYTHONHASHSEED": "2"}),
        "elsewhere": (other, elsewhere),
    }
    return {name: (base / name, answered(ledger, base / name, **env)) for name, (ledger, env) in asked.items()}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("asked", "format_", "language"), CASES, ids="-".join)
def test_the_same_ledger_gives_the_same_bytes(
    asked: str, format_: str, language: str, answers: Mapping[str, tuple[Path, Mapping[str, int]]]
) -> None:
    name = file(asked, format_, language)
    codes = {codes[name] for _, codes in answers.values()}
    assert len(codes) == 1
    if codes & set(NOT_ALONE):
        pytest.skip(f"{name} is not made by these words alone here")
    assert codes <= {0, 1}
    first, *others = ((folder / name).read_bytes() for folder, _ in answers.values())
    assert first
    assert all(other == first for other in others)
