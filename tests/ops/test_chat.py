"""`report --format wechat`: a message whose figures add up, the overdue by name, never a table (EXPERIENCE §8.8)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from hazardctl.cli.app import called
from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests import strategies, worked
from tests.golden import LANGUAGES
from tests.measures.made import Maker

TODAY = dt.date(2024, 8, 31)


def made(ledger: Ledger, words: Words) -> Sheet:
    return report(REPORTS["summary"], Call(Context(Path("/nowhere"), TODAY), words, Options(brief=True), read=ledger)).sheet


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(worked.write(tmp_path), TODAY)


def message(context: Context, period: str, language: Any = "zh", **more: Any) -> str:  # noqa: ANN401 (a language, any word)
    sheet = report(REPORTS["summary"], Call(context, Words(period, **more), Options(brief=True))).sheet
    return rendered(sheet, "wechat", Page(language))


def test_the_worked_example_as_a_message(context: Context) -> None:
    first, figures, *_ = message(context, "2024H1").splitlines()
    assert first.endswith("2024年上半年隐患通报】截至 2024-06-30")
    assert figures == "本期发现14项，已整改5项，待复查2项，限期整改2项，逾期3项，未定期限1项，因其他原因销号1项，整改率35.71%。"


def test_a_month_is_told_with_its_year_so_far(context: Context) -> None:
    figures = message(context, "2024-06").splitlines()[1]
    assert figures.startswith("本期")
    assert "2024年累计14项，已整改5项" in figures


def test_the_overdue_are_named_and_counted(context: Context) -> None:
    said = message(context, "2024H1")
    named = int(re.search(r"逾期未整改(\d+)项：", said)[1])  # type: ignore[index]
    listed = re.findall(r"(?m)^\d\. ", said)
    assert len(listed) == min(named, 5)
    assert ("另有" in said) is (named > 5)
    assert said.splitlines()[-1].startswith("请责任单位")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_message(context: Context, language: Any) -> None:  # noqa: ANN401 (a language)
    said = message(context, "2024H1", language)
    assert len(said) < 700
    assert "|" not in said
    said.encode("gbk")


def test_more_than_five_overdue_are_counted() -> None:
    make = Maker({"organisation": {"name": "青山镇"}})
    for _ in range(7):
        lines = [
            {"date": "2024-05-02", "do": "register", "by": "李四"},
            {"date": "2024-05-02", "do": "assign", "by": "李四", "to": "mill", "due": "2024-05-20"},
        ]
        make.add("hazard", "2024-05-02", history=lines)
    sheet = made(make.ledger(), Words("2024H1"))
    said = rendered(sheet, "wechat", Page())
    assert "逾期未整改7项：" in said
    assert "另有2项。" in said


def test_nothing_found_is_no_rate() -> None:
    make = Maker({"organisation": {"name": "青山镇"}})
    make.hazard("2023-05-02")
    said = rendered(made(make.ledger(), Words("2024H1")), "wechat", Page())
    assert "本期未发现隐患。" in said
    assert "%" not in said


def test_a_period_that_has_not_begun_says_so(context: Context) -> None:
    assert message(context, "2031", as_of="2024-06-30").splitlines()[1:] == ["统计期尚未开始。"]


def test_what_could_not_be_read_is_told(context: Context, capfd: pytest.CaptureFixture[str]) -> None:
    (context.root / "hazards" / "2024" / "01").mkdir(parents=True, exist_ok=True)
    (context.root / "hazards" / "2024" / "01" / "YH-20240102-7K2QF.yaml").write_text("id: [", encoding="utf-8")
    assert called(["-C", str(context.root), "report", "-p", "2024H1", "--as-of", "2024-06-30", "--format", "wechat"]) == 1
    assert "有1个文件读不出，以上未计入。" in capfd.readouterr().out


def test_other_reports_have_no_message(context: Context) -> None:
    with pytest.raises(UsageError) as caught:
        report(REPORTS["league"], Call(context, Words("2024H1"), Options(brief=True)))
    assert "--format wechat" in caught.value.lines("en")[0]


@given(strategies.ledgers())
def test_the_parts_add_up_to_the_found(trees: list[Tree]) -> None:
    sheet = made(strategies.loaded(trees), Words("2024", as_of="2024-08-31"))
    line = rendered(sheet, "wechat", Page()).splitlines()[1]
    found = re.match(r"本期发现(\d+)项，(.+)。$", line)
    if found:
        assert int(found[1]) == sum(map(int, re.findall(r"(\d+)项", found[2])))
