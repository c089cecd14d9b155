"""Every report says the same of a ledger read file by file and of one that an index holds, however often it is asked."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest

from hazardctl.ledger import Ledger
from hazardctl.measures import kept
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.load import load

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("indexed")
    shutil.copytree(SAMPLE, place / "ledger")
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    return place / "ledger"


def page(name: str, ledger: Ledger, root: Path, words: Words, options: Options) -> str:
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        made = report(REPORTS[name], Call(Context(root, dt.date(2023, 10, 20)), words, options))
    return rendered(made.sheet, "json", Page())


@pytest.mark.parametrize("name", [name for name, one in REPORTS.items() if "between" not in one.takes])  # two states are two ledgers
def test_a_report_is_the_same_with_an_index_and_without(root: Path, name: str) -> None:
    plain, indexed = load(root), load(root, keeper=kept)
    assert indexed.shelf is not None
    steps = ("month", "quarter", "month") if name == "trend" else ("", "")
    for every in steps:  # the same statements over other stretches are other questions
        for period in ("2023", "2023H1"):
            words, options = Words(period), Options(every=every)
            assert page(name, indexed, root, words, options) == page(name, plain, root, words, options)
