"""A past state of a large repository, asked without a check-out: the report is that of the check-out, and nothing is touched.

Five hundred commits of a clerk who enters ten hazards a day and takes the next step on those of the day before.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.cli.app import called

COMMITS: Final = 500
A_DAY: Final = 10
MIDDLE: Final = 250
FIRST: Final = dt.date(2022, 1, 1)
CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇安监站, level: township}\n"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECTORS: Final = ("fire", "industry", "chem", "construction", "road")


def hazard(number: int) -> tuple[str, str, list[str]]:
    """Give path, facts and the lines of one hazard, each taken a day after the one before."""
    found = FIRST + dt.timedelta(days=number // A_DAY)
    suffix = "".join(ALPHABET[number >> 5 * place & 31] for place in range(4, -1, -1))
    key = f"YH-{found:%Y%m%d}-{suffix}"
    facts = (
        f"id: {key}\nschema: hazard/1\ndescription: 第{number}号隐患，防护栏杆缺失\nfound_on: {found}\nsource: supervision\n"
        f"found_by_org: office\nunit: unit-{number % 97}\nsite: {number % 7}号车间\nsector: {SECTORS[number % 5]}\n"
        "grade: general\nhistory:\n"
    )
    days = [found + dt.timedelta(days=n) for n in range(4)]
    lines = [
        f"  - {{date: {days[0]}, do: register, by: 李四}}\n",
        f"  - {{date: {days[1]}, do: assign, by: 李四, to: unit-{number % 97}, due: {found + dt.timedelta(days=number % 20)}}}\n",
        f"  - {{date: {days[2]}, do: rectify, by: 赵六, note: 已补装}}\n",
        f"  - {{date: {days[3]}, do: verify, by: 王五, result: pass}}\n",
    ]
    return f"ledger/hazards/{found:%Y/%m}/{key}.yaml", facts, lines if number % 3 else lines[:2]


def stream() -> Iterator[bytes]:
    """Give the repository as `git fast-import` reads it."""
    hazards = [hazard(number) for number in range(COMMITS * A_DAY)]
    for commit in range(COMMITS):
        seconds = int(dt.datetime.combine(FIRST, dt.time(12), dt.UTC).timestamp()) + commit * 86_400
        message = f"第{commit}日".encode()
        yield f"commit refs/heads/main\nmark :{commit + 1}\ncommitter 李四 <li4@example.org> {seconds} +0000\n".encode()
        yield b"data %d\n%s\n" % (len(message), message)
        if commit == 0:
            yield _file("ledger/hazardctl.yaml", CONFIG)
        for age in range(4):
            start = (commit - age) * A_DAY
            for path, facts, lines in hazards[max(start, 0) : max(start + A_DAY, 0)]:
                if age < len(lines):
                    yield _file(path, facts + "".join(lines[: age + 1]))
    yield b"done\n"


def _file(path: str, text: str) -> bytes:
    body = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(body), body)


def git(folder: Path, *words: str, said: bytes | None = None) -> str:
    return subprocess.run(["git", *words], cwd=folder, input=said, check=True, capture_output=True).stdout.decode().strip()


def asked(capture: pytest.CaptureFixture[bytes], root: Path, *words: str) -> tuple[str, Mapping[str, Any]]:
    """Give the report as text and as JSON."""
    said: list[str] = []
    for format_ in ("csv", "json"):
        capture.readouterr()
        assert called(["-C", str(root), "report", "--period", "2022", *words, "--format", format_]) == 0
        said.append(capture.readouterr().out.decode())
    return said[0], {key: value for key, value in json.loads(said[1]).items() if key not in {"ledger", "known_at"}}


def written(repository: Path) -> Mapping[Path, tuple[int, ...]]:
    """Give what changes when a file of the work tree is written."""
    stats = {path: path.stat() for path in repository.glob("ledger/**/*.yaml")}
    return {path: (one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for path, one in stats.items()}


@pytest.mark.slow
def test_a_past_state_of_a_large_repository_is_that_of_a_check_out(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-12-31")
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "--quiet", "--initial-branch", "main")
    git(repository, "fast-import", "--quiet", "--done", said=b"".join(stream()))
    git(repository, "reset", "--quiet", "--hard")
    files = written(repository)
    assert (len(files), git(repository, "rev-list", "--count", "HEAD")) == (COMMITS * A_DAY + 1, str(COMMITS))
    middle = git(repository, "rev-parse", f"HEAD~{COMMITS - MIDDLE}")

    as_of = ("--as-of", (FIRST + dt.timedelta(days=MIDDLE)).isoformat())
    then = asked(capfdbinary, repository / "ledger", "--known-at", middle, *as_of)
    by_day = asked(capfdbinary, repository / "ledger", "--known-at", (FIRST + dt.timedelta(days=MIDDLE - 1)).isoformat(), *as_of)
    git(repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "then"), middle)
    there = asked(capfdbinary, tmp_path / "then" / "ledger", *as_of)

    assert then[1]["found"] == MIDDLE * A_DAY
    assert then == there == by_day
    assert asked(capfdbinary, repository / "ledger", *as_of)[1] != then[1], "what was entered since changed the figures"
    assert git(repository, "status", "--porcelain") == ""
    assert written(repository) == files
