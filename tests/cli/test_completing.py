"""Completion offers commands, options, words, units and ids, from file names alone (EXPERIENCE 4.12)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.cli.described import described
from tests.acting import REGISTER, hazard, ledger
from tests.every import place

REPOSITORY = Path(__file__).resolve().parents[2]


def offered(folder: Path, line: str, shell: str = "bash") -> list[str]:
    """Give what is offered at the end of a line."""
    words = line.split(" ")
    env = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "_HAZARDCTL_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(
        [sys.executable, "-m", "hazardctl"], cwd=folder, env=env, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    for suffix in ("7K2QF", "7M000", "AAAAA"):
        hazard(root, suffix, REGISTER)
    (root / "hazards" / "2024" / "03" / "YH-20240301-BROKE.yaml").write_text("[", encoding="utf-8")
    place(root, "inspection", id="JC-20240301-4T7QA", date="2024-03-01")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("hazardctl ass", ["assign"]),
        ("hazardctl assign 7k", ["7k2qf"]),
        ("hazardctl assign 7K", ["7K2QF"]),
        ("hazardctl assign YH-20240301-7", ["YH-20240301-7M000  消防通道被货物占用", "YH-20240301-7K2QF  消防通道被货物占用"]),
        ("hazardctl assign AAAAA --to xx-p", ["xx-paper"]),
        ("hazardctl assign AAAAA --per", ["--person"]),
        ("hazardctl close AAAAA --reason u", ["unit_closed"]),
        ("hazardctl add --sector ch", ["chem"]),
        ("hazardctl withdraw AAAAA --of B", ["BROKE"]),
        ("hazardctl new t", ["tip", "tally", "target"]),
        ("hazardctl trust r", ["revoke"]),
        ("hazardctl show JC", ["JC-20240301-4T7QA"]),
        ("hazardctl note 4t", ["4t7qa"]),
        ("hazardctl correct xx-f", ["xx-food"]),
        ("hazardctl withdraw YH-20240301-A", ["YH-20240301-AAAAA"]),
        ("hazardctl assign JC", []),
    ],
)
def test_words_are_completed(line: str, expected: list[str], folder: Path) -> None:
    assert offered(folder, line) == expected


def test_descriptions_stand_beside_the_words_where_the_shell_shows_them(folder: Path) -> None:
    assert offered(folder, "hazardctl add --grade m", "fish") == ["major\t重大"]
    assert "危险化学品" in "".join(offered(folder, "hazardctl add --sector chem", "zsh"))


def test_ids_are_described_by_the_head_of_their_file(folder: Path) -> None:
    assert offered(folder, "hazardctl assign 7m", "fish") == ["7m000\t消防通道被货物占用"]
    assert "消防通道被货物占用" in "".join(offered(folder, "hazardctl assign 7m", "zsh"))
    assert offered(folder, "hazardctl show xx", "fish") == ["xx-paper\tXX纸业有限公司", "xx-food\tXX食品厂"]


def test_a_long_list_is_not_described(folder: Path) -> None:
    for number in range(41):
        hazard(folder / "ledger", f"{number:05}", REGISTER)
    assert offered(folder, "hazardctl assign 00", "fish") == [f"{number:05}" for number in reversed(range(41))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("description: 通道堵塞\n", "通道堵塞"),
        ("id: x\nname: 甲厂\n", "甲厂"),
        ("description: |\n  多行\n", ""),
        ("description: 'a $(b) `c` \\\\ \"d\" & e'\n", "a b c d e"),
        (f"description: {'长' * 40}\n", "长" * 29 + "."),
        ("[", ""),
    ],
)
def test_only_what_is_harmless_to_a_shell_is_shown(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert described(path) == told
    assert described(tmp_path / "absent.yaml") == ""


def test_outside_a_ledger_there_is_nothing_to_offer(tmp_path: Path) -> None:
    assert offered(tmp_path, "hazardctl assign 7") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_a_script(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hazardctl", "completion", shell],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "_HAZARDCTL_COMPLETE" in done.stdout
