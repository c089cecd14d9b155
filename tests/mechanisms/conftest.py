"""The program as the mechanisms are tried with it: a ledger in a folder, a day, commands, and what they print."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.cli.app import called
from tests.measures.made import Maker
from tests.seeds.ledgers import SAMPLE, items, tallies
from tests.seeds.table import printed

CONFIG: Final[Mapping[str, Any]] = {
    "organisation": {"name": "青山镇安监站", "level": "township", "region": "qingshan"},
    "calendar": {"name": "plain"},
    "regions": [
        {"key": "qingshan", "name": "青山镇", "level": "township"},
        {"key": "east", "name": "东村", "level": "village", "parent": "qingshan"},
        {"key": "west", "name": "西村", "level": "village", "parent": "qingshan"},
    ],
}


@dataclass
class Program:
    """One ledger and the program on it."""

    root: Path
    today: str
    capture: pytest.CaptureFixture[bytes]
    patch: pytest.MonkeyPatch

    def run(self, *words: str, code: int | None = 0, today: str = "", by: str = "李四") -> str:
        """Call the program and give what it printed."""
        self.patch.setenv("HAZARDCTL_TODAY", today or self.today)
        self.patch.setenv("HAZARDCTL_ACTOR", by)
        self.capture.readouterr()
        found = called(["-C", str(self.root), *words])
        out, err = self.capture.readouterr()
        assert code in {None, found}, (out + err).decode()
        return out.decode()

    def said(self, *words: str, code: int | None = 0, today: str = "") -> Any:  # noqa: ANN401 (a document)
        """Call the program and read the JSON it printed."""
        return json.loads(self.run(*words, "--format", "json", code=code, today=today))

    def figure(self, measure: str, period: str, as_of: str = "", like: str = "") -> str:
        """Ask a figure as `explain` gives it; `like` a value with a `/`, as the share it is."""
        words = ["explain", measure, "--period", period, *(["--as-of", as_of] if as_of else [])]
        return printed(self.said(*words)["figure"], like)

    def behind(self, measure: str, period: str, side: str = "members") -> list[str]:
        """Name the records behind a figure."""
        return [one["id"] for one in self.said("explain", measure, "--period", period)["records"][side]]

    def listed(self, *filters: str, today: str = "") -> list[str]:
        """List the ids of hazards."""
        return self.run("list", *filters, "--ids", today=today).split()

    def lines(self, period: str, dimension: str) -> Mapping[str, Mapping[str, Any]]:
        """Report by a dimension: line → its figures."""
        groups = self.said("report", "--period", period, "--group-by", dimension)["groups"]
        return {str(one[dimension]["key"]): one for one in groups}

    def codes(self, today: str = "") -> set[str]:
        """Validate and give the codes of what is found."""
        document = self.said("validate", code=None, today=today)
        return {one["code"] for one in document["findings"]}


Make = Callable[..., Program]
"""Write a ledger of a maker, and give the program on it."""


@pytest.fixture
def town(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Program:
    """Give a copy of the sample ledger on the day its pages are from."""
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    return Program(tmp_path / "ledger", "2023-10-20", capfdbinary, monkeypatch)


@pytest.fixture
def on(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Make:
    """Write a made-up ledger, and give the program on it."""

    def opened(maker: Maker, today: str = "2024-06-30") -> Program:
        return Program(maker.write(tmp_path / "made"), today, capfdbinary, monkeypatch)

    return opened


@pytest.fixture
def seed(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Program]:
    """Write the small ledger of a seed, by its name and `items` or `tallies`."""

    def opened(name: str, kind: str = "items") -> Program:
        maker = {"items": items, "tallies": tallies}[kind](name)
        return Program(maker.write(tmp_path / f"{name}-{kind}"), "2026-07-01", capfdbinary, monkeypatch)

    return opened


def unit(make: Maker, key: str, name: str, **fields: Any) -> str:  # noqa: ANN401 (any field of a unit)
    """Register a unit."""
    return make.add("unit", id=key, name=name, **fields)


def ledger(*units: Sequence[str] | tuple[str, str], config: Mapping[str, Any] = CONFIG, also: Iterable[Mapping[str, Any]] = ()) -> Maker:
    """Begin a ledger with an office, an enterprise and what else is named: (key, name)."""
    make = Maker(config)
    for key, name in (("qingshan-safety-office", "青山镇安监站"), ("xx-paper", "XX纸业有限公司"), *units):
        kind = "government" if key.endswith(("office", "bureau")) else "enterprise"
        unit(make, key, name, kind=kind)
    for fields in also:
        make.add("unit", **fields)
    return make
