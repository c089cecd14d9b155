"""What touches one record opens as many files in a large ledger as in a small one."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called

CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\npeople: [{name: 张三}]\n"
UNIT: Final = "id: works-{n}\nschema: unit/1\nname: 第{n}厂\n"
HAZARD: Final = """id: YH-20240312-{n:05}
schema: hazard/1
description: 第{n}处通道被货物占用
found_on: 2024-03-12
found_by_org: works-1
unit: works-{unit}
site: 一号库
grade: general
history:
  - {{date: 2024-03-12, do: register, by: 张三}}
  - {{date: 2024-03-12, do: assign, by: 张三, to: works-{unit}, due: 2024-03-27}}
"""
ONE: Final = "YH-20240312-00007"
COMMANDS: Final[Sequence[Sequence[str]]] = (
    ("show", ONE),
    ("show", ONE[-5:]),
    ("note", ONE, "--note", "看过", "--by", "张三"),
    ("rectify", ONE, "--note", "已清理", "--by", "张三"),
    ("extend", ONE, "--due", "2024-04-10", "--by", "张三", "--reason", "等配件"),
    ("correct", ONE, "--set", "site=二号库", "--reason", "笔误", "--by", "张三"),
)


def laid(root: Path, hazards: int) -> Path:
    (root / "units").mkdir(parents=True)
    (root / "hazards/2024/03").mkdir(parents=True)
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    for n in range(hazards):
        (root / f"hazards/2024/03/YH-20240312-{n:05}.yaml").write_text(HAZARD.format(n=n, unit=n // 4), encoding="utf-8")
    for n in range(hazards // 4):
        (root / f"units/works-{n}.yaml").write_text(UNIT.format(n=n), encoding="utf-8")
    return root


def opened(monkeypatch: pytest.MonkeyPatch, root: Path, command: Sequence[str]) -> list[str]:
    """Run a command; name the records it opened, the digits of new ids left out."""
    found: list[str] = []
    original = os.open

    def noted(path: str | Path, *others: int, **named: int | None) -> int:
        if str(path).endswith(".yaml"):
            found.append(re.sub(r"-\w{5}\.yaml$", "", Path(path).name))
        return original(path, *others, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", noted)
        called(["-C", str(root), *command])
    return sorted(found)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_as_many_files_are_opened_in_a_ledger_of_any_size(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: Sequence[str], capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-03-20")
    small, large = laid(tmp_path / "small", 40), laid(tmp_path / "large", 400)
    few = opened(monkeypatch, small, command)
    assert few
    assert opened(monkeypatch, large, command) == few
    said = capfd.readouterr().out
    assert ONE[-5:] in said


def test_registering_opens_the_units_it_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-03-20")
    rows = tmp_path / "rows.yaml"
    rows.write_text("- {description: 灯不亮, unit: works-7, org: works-1, by: 张三}\n", encoding="utf-8")
    command = ("add", "--from", str(rows), "--by", "张三")
    few = opened(monkeypatch, laid(tmp_path / "small", 40), command)
    assert few
    assert opened(monkeypatch, laid(tmp_path / "large", 400), command) == few
