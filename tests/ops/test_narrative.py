"""The work summary: an office's own sentences, what they may not do, formats, and laws on ledgers nobody thought of."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UnreadableError, UsageError
from hazardctl.ledger import Ledger
from hazardctl.measures import Question
from hazardctl.model.raw import Tree
from hazardctl.ops import templates
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import narrative
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.reports.answers import COHORT
from hazardctl.reports.narrative.outline import SECTIONS
from tests import strategies, worked
from tests.golden import GOLDEN_WIDTHS, LANGUAGES, held
from tests.measures.made import Maker
from tests.ops.test_any_ledger import BASES, CUTOFFS, body, words

TODAY: Final = dt.date(2024, 8, 31)
CONFIG: Final = {
    "organisation": {"name": "青山镇人民政府", "level": "township", "region": "town"},
    "regions": [
        {"key": "town", "name": "青山镇", "level": "township"},
        *({"key": f"v{n}", "name": f"{'东西南北中'[n]}村", "level": "village", "parent": "town"} for n in range(5)),
    ],
    "key_periods": [{"id": "may", "zh": "五一", "en": "May Day", "ranges": ["2024-05-01..2024-05-05"]}],
}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(worked.write(tmp_path), TODAY)


def made(ledger: Ledger, *filters: str, period: str = "2024H1", as_of: str = "2024-06-30", root: str = "/nowhere") -> Report:
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        return narrative.make(Call(Context(Path(root), TODAY), Words(period, filters, as_of)))


def of(context: Context, **more: Any) -> Report:  # noqa: ANN401 (any field of the words)
    return narrative.make(Call(context, Words("2024H1", **more)))


def text(report: Report, language: Any = "zh", width: int = 200) -> str:  # noqa: ANN401 (a language)
    return rendered(report.sheet, "text", Page(language, width))


def data(report: Report) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(rendered(report.sheet, "json", Page()))
    return said


def own(context: Context, content: str, language: str = "zh") -> Path:
    path = context.root / "templates" / f"narrative.{language}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------------------- what the program says


def test_the_worked_example_in_words(context: Context) -> None:
    said = text(of(context))
    assert (
        "到2024-06-30，排查出隐患14处，其中整改到位5处，等待复查2处，在期限内整改2处，逾期未整改3处，未定期限1处，因其他原因销号1处，整改率35.71%"
        in said
    )
    assert "本期到期应整改11处，按期完成4处，按期整改率36.36%" in said
    assert "排查出重大事故隐患2处，已全部整改" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", GOLDEN_WIDTHS)
def test_pages_are_as_they_were_last_looked_at(context: Context, language: Any, width: int) -> None:  # noqa: ANN401
    held(f"narrative-{width}-{language}", text(of(context), language, width))


def works() -> Maker:
    """Give a ledger with a bit of everything that a half-year has."""
    make = Maker(CONFIG)
    run = make.add(
        "campaign", start="2024-03-01", end="2024-04-30", name="百日行动", alias="hundred", phases=[{"name": "部署", "start": "2024-03-01"}]
    )
    make.add("campaign", start="2024-07-02", name="下半年行动")
    make.add("unit", id="mill", name="面粉厂", sector="industry", region="v0", types=["small_micro"])
    for n in range(3):
        make.hazard(f"2024-03-0{n + 1}", unit="mill", sector="industry", region="v0", campaign=[run])
    for n in range(3):
        lines = [
            {"date": "2024-05-02", "do": "register", "by": "李四"},
            {"date": "2024-05-02", "do": "assign", "to": "mill", "due": "2024-05-20"},
        ]
        make.add("hazard", "2024-05-02", unit="mill", sector="industry", region="v1" if n else "v0", history=lines)
    make.add("inspection", "2024-03-02", team="一组", units=["mill"], people=2, campaign=[run], region="v0")
    make.add("target", kind="figure", period="2024H2", name="培训场次", measure="trainings.count", min=2, max=3)
    make.add("target", kind="figure", period="2024H2", name="投入", measure="funds.amount", value=200000)
    make.add("target", kind="figure", period="2024H2", name="误", measure="no.such", value=2)
    make.add(
        "target", kind="obligation", period="2024", name="安委会会议", every="quarter", met_by={"record": "activity", "kind": "meeting"}
    )
    make.add("target", kind="obligation", period="2024", name="一岗，双责", every="year", met_by={"record": "document", "kind": "report"})
    make.add("activity", "2024-02-01", kind="meeting")
    return make


def test_a_bit_of_everything() -> None:
    said = text(made(works().ledger()))
    for part in (
        "1. 百日行动（2024-03-01 至 2024-04-30）。分部署1个阶段推进，组成检查组1个，",
        "，执法检查2人次，走到单位1家，查出隐患3处，已全部整改，整改率100.00%。",
        "2024年重点时段（五一），查出隐患3处，整改到位0处，逾期未整改3处，整改率0.00%。",
        "小微：在册1家，检查1家。",
        "1. 到2024-06-30有3处逾期未整改；单位较集中的：面粉厂3处；行业领域较集中的：工贸3处；地域较集中的：西村2处。",
        "整改率低于总体的地域：西村0.00%。",
        "本期没有隐患记录、也没有检查记录的地域：南村、北村、中村。",
        "安委会会议：应履行2次，已履行1次，未足次。",
        "培训场次：目标2-3次。",
        "投入：目标20万元。",
        "每季度：安委会会议。",
    ):  # fmt: skip
        assert part in said, part
    assert "下半年行动" not in said
    assert "误" not in said


def test_a_filter_narrows_every_sentence_and_silences_what_it_cannot_ask() -> None:
    said = text(made(works().ledger(), "campaign:hundred"))
    assert "百日行动" in said
    assert "排查出隐患3处，已全部整改" in said
    narrow = text(made(works().ledger(), "region:v0"))
    assert "排查出隐患4处" in narrow


def test_key_periods_stand_one_by_one_where_only_each_is_told() -> None:
    make = Maker(
        {**CONFIG, "key_periods": [*CONFIG["key_periods"], {"id": "qingming", "zh": "清明", "ranges": ["2024-04-04..2024-04-06"]}]}
    )
    make.tally("2024-06-30", "2024H1", {"key": "may"}, {"measure": "inspections.units", "value": 24})
    said = text(made(make.ledger()))
    assert "五一，检查单位24家，排查" not in said
    assert "五一，检查单位24家，查出隐患∅处，整改到位∅处。" in said
    assert "重点时段（" not in said


def test_a_sentence_whose_parts_are_not_the_whole_is_counted_and_refused_by_strict() -> None:
    make = Maker(CONFIG)
    figures = [{"measure": "hazards.found", "value": 10}, {"measure": "hazards.rectified", "value": 6}]
    make.tally("2024-06-30", "2024H1", {}, *figures, {"measure": "hazards.within_due", "value": 1})
    report = made(make.ledger())
    assert "排查出隐患10处，其中整改到位6处，在期限内整改1处，整改率60.00%，其余3处去向∅。" in text(report)
    assert "文中 1 句的各项与总数不符或去向不明，请核实" in text(report)
    assert report.flawed


def test_a_scope_in_the_bracket_of_a_tally_is_a_thing_of_its_own() -> None:
    make = Maker(CONFIG)
    figures = [{"measure": "inspections.units[unit_type=gas_station]", "value": 35}, {"measure": "inspections.units[what]", "value": 1}]
    make.tally("2024-06-30", "2024H1", {}, *figures)
    assert "加油站：检查35家。" in text(made(make.ledger()))


def test_a_long_list_of_overdue_hazards_ends_in_a_command() -> None:
    make = Maker(CONFIG)
    lines = [
        {"date": "2024-05-02", "do": "register", "by": "李四"},
        {"date": "2024-05-02", "do": "assign", "to": "mill", "due": "2024-05-20"},
    ]
    for _ in range(51):
        make.add("hazard", "2024-05-02", unit="mill", history=lines)
    said = text(made(make.ledger()))
    assert "附表2 截至 2024-06-30 逾期未整改 51 项" in said
    assert "另有 1 项：hazardctl overdue" in said


def test_a_campaign_that_was_withdrawn_is_not_told() -> None:
    make = Maker(CONFIG)
    gone = [{"date": "2024-03-02", "do": "withdraw", "by": "李四", "reason": "entry_error"}]
    make.add("campaign", start="2024-03-01", name="误建行动", history=gone, phases=[{"name": "部署", "start": "2024-03-01"}])
    assert "误建行动" not in text(made(make.ledger()))


def test_a_period_that_has_not_begun_says_so_and_nothing_else(context: Context) -> None:
    report = narrative.make(Call(context, Words("2030", as_of="2024-06-30")))
    assert "统计期尚未开始" in text(report)
    assert "未发现" not in text(report)
    assert "period has not begun" in text(report, "en")
    assert data(report)["sections"] == []


def test_nothing_is_said_of_a_sector_nobody_looked_at() -> None:
    ledger = works().ledger()
    assert "工贸：" not in text(made(ledger, period="2024-06", as_of="2024-06-30")).partition("附表")[0].partition("存在问题")[0]


def test_an_empty_ledger_has_places_to_fill_and_no_figure() -> None:
    report = made(Maker(CONFIG).ledger())
    said = text(report)
    assert "台账里没有这一时期可写的数字" in said
    assert "【请填写：本期事故情况" in said
    assert not report.flawed
    assert not re.search(r"\d处|∅|0家", said)


def test_a_major_hazard_is_listed_with_its_plan() -> None:
    make = Maker(CONFIG)
    lines = [
        {"date": "2024-03-01", "do": "register", "by": "李四"},
        {"date": "2024-03-01", "do": "assign", "to": "mill", "due": "2024-04-01"},
        {"date": "2024-03-02", "do": "supervise", "level": "county", "number": "县督1号"},
    ]
    plan = {"target": {"text": "改造", "done_on": "2024-03-05"}}
    make.add("hazard", "2024-03-01", grade="major", unit="mill", history=lines, plan=plan)
    make.add(
        "hazard",
        "2024-03-03",
        grade="major",
        unit="mill",
        history=[*lines[:2], {"date": "2024-03-03", "do": "supervise", "level": "county"}],
    )
    said = text(made(make.ledger()))
    assert "已交办，整改期限2024-04-01，逾期90天，已挂牌督办（县督1号）；治理方案已落实：目标任务，尚缺：治理措施、" in said
    assert "逾期90天，已挂牌督办。" in said


# ------------------------------------------------------------------------------------------------------------ an office's own


def test_an_office_replaces_one_section_in_one_language(context: Context) -> None:
    own(context, "== overall ==\n全镇共查隐患{hazards.found}处，整改率{hazards.rate}。\n")
    report = of(context)
    assert "全镇共查隐患14处，整改率35.71%，已整改5处，待复查2处，限期整改2处，逾期未整改3处，未定期限1处，非整改销号1处。" in text(report)
    assert "句子采用 templates/narrative.zh.txt" in text(report)
    assert "14 hazards found" in text(report, "en")
    assert data(report)["templates"] == ["templates/narrative.zh.txt"]


def test_an_empty_section_leaves_it_out(context: Context) -> None:
    own(context, "== opening ==\n== overall ==\n")
    assert "排查出隐患14处" not in text(of(context))
    own(context, "")
    assert "排查出隐患14处" in text(of(context))


def test_a_section_left_empty_in_one_language_leaves_no_heading_and_no_gap_there(context: Context) -> None:
    own(context, "== opening ==\n== sector ==\n== repeat ==\n")
    report = of(context)
    chinese, english = text(report), text(report, "en")
    assert "重点行业领域" not in chinese
    assert "\n\n\n" not in chinese
    assert "（二）重大事故隐患" in chinese
    assert "3. 1处报了整改而没有按时复查" in chinese
    assert "1.2 Key sectors" in english
    assert "1.3 Major hazards" in english
    assert "（二）重大事故隐患" in rendered(report.sheet, "md", Page("zh"))


def test_every_fault_is_told_at_once_with_its_place_and_what_was_meant(context: Context) -> None:
    lines = ("查{hazard.found}处，{inspections.unit}家{ ", "已全部整改{theme}", "{hazards.found[grad=major]}", "{all}[[period=0? a]]")
    own(context, "\n".join(("== overal ==", "== overall ==", *lines)))
    own(context, "== sector ==\n{hazards.found[sector=nowhere]} {sectr}", "en")
    with pytest.raises(UnreadableError) as failure:
        of(context)
    hints = [hint.say("zh") for hint in failure.value.hints]
    for start, part in (
        ("templates/narrative.zh.txt:1:1: ", "overall"),
        ("templates/narrative.zh.txt:3:37: ", "没有结束"),
        ("templates/narrative.zh.txt:4:2: ", "全部"),
        ("templates/narrative.zh.txt:4:6: ", "没有名为“theme”"),
        ("templates/narrative.zh.txt:5:1: ", "grad"),
        ("templates/narrative.zh.txt:6:1: ", "all"),
        ("templates/narrative.zh.txt:6:8: ", "=0"),
        ("templates/narrative.en.txt:2:1: ", "nowhere"),
        ("templates/narrative.en.txt:2:33: ", "sector"),
    ):
        assert any(hint.startswith(start) and part in hint for hint in hints), (start, hints)
    assert failure.value.exit_code == 4


def test_an_unknown_slot_is_refused_with_what_was_meant(context: Context) -> None:
    own(context, "== overall ==\n查{hazards.fuond}处")
    with pytest.raises(UnreadableError) as failure:
        of(context)
    (hint,) = failure.value.hints
    assert hint.say("zh").startswith("templates/narrative.zh.txt:2:2: 没有名为“hazards.fuond”的空或条件（是不是想写 hazards.found")


@pytest.mark.parametrize(
    "attack",
    [
        "{organisation.__class__}", "{organisation.__init__.__globals__}", "{0}", "{}", "{organisation!r}", "{organisation:>99999999}",
        "{% for x in y %}", "{__import__('os').system('true')}", "{period[0]}", "[[__import__('os')? a{x}]]",
    ],
)  # fmt: skip
def test_a_template_executes_nothing(context: Context, attack: str) -> None:
    own(context, f"== overall ==\n查{{hazards.found}}处{attack}。")
    with pytest.raises(UnreadableError) as failure:
        of(context)
    assert "narrative.zh.txt:2:" in failure.value.hints[0].say("zh")


@pytest.mark.parametrize("words", ["%(organisation)s", "${{organisation}}", "{{% for x in y %}}", "$(id)", "`id`", "=1+1"])
def test_what_other_grammars_would_run_is_words_here(context: Context, words: str) -> None:
    own(context, f"== overall ==\n查{{hazards.found}}处{words}。")
    assert f"查14处{words.replace('{{', '{').replace('}}', '}')}，" in text(of(context))


def test_what_a_value_holds_is_no_template() -> None:
    make = Maker(CONFIG)
    make.add("campaign", start="2024-03-01", name="{hazards.found}[[all? x]]")
    make.add("inspection", "2024-03-02", team="一组", units=["mill"], people=2, campaign=[next(iter(make.ledger().campaigns))])
    assert "{hazards.found}[[all? x]]（2024-03-01" in text(made(make.ledger()))


def test_a_file_that_cannot_be_read_is_told(context: Context) -> None:
    path = own(context, "")
    path.write_bytes("== overall ==\n隐患".encode("gbk"))
    with pytest.raises(UnreadableError) as failure:
        of(context)
    assert "narrative.zh.txt:1:1" in failure.value.hints[0].say("zh")
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(UnreadableError):
        of(context)


def test_sections_are_listed_copied_and_checked(context: Context) -> None:
    said = body(templates.listed(context))
    assert [one["section"] for one in said["sections"]] == [*SECTIONS]
    assert {one["from_zh"] for one in said["sections"]} == {"随程序"}
    own(context, templates.text(["risk", "tip"], "zh"))
    said = body(templates.listed(context))
    assert [one["section"] for one in said["sections"] if one["from_zh"] != "随程序"] == ["risk", "tip"]
    assert said["own"] == ["templates/narrative.zh.txt"]
    own(context, "== risk ==\n{no}")
    with pytest.raises(UnreadableError):
        templates.listed(context)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_is_without_a_fault_as_an_office_s_own(context: Context, language: Any) -> None:  # noqa: ANN401 (a language)
    before = text(of(context), language)
    own(context, templates.text(["all"], language), language)
    after = text(of(context), language)
    assert (
        after.replace(f"句子采用 templates/narrative.{language}.txt\n", "").replace(
            f"sentences from templates/narrative.{language}.txt\n", ""
        )
        == before
    )


def test_a_section_that_is_not_there_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UsageError) as failure:
        templates.text(["campain"], "zh")
    assert "campaign" in str(failure.value)
    with pytest.raises(UsageError) as failure:
        templates.text(["甲"], "en")
    assert "opening" in str(failure.value)


# -------------------------------------------------------------------------------------------------------------------- formats


def test_csv_has_a_line_for_each_figure_of_each_sentence(context: Context) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(of(context).sheet, "csv", Page()).removeprefix("\ufeff"))))
    found = next(row for row in rows if row["指标"] == "hazards.found")
    assert (found["节"], found["空"], found["数值"], found["单位"], found["来源"]) == ("overall", "hazards.found", "14", "处", "明细")
    assert "排查出隐患14处" in found["句子"]


def test_markdown_has_headings(context: Context) -> None:
    lines = rendered(of(context).sheet, "md", Page()).splitlines()
    assert "## 一、工作开展情况" in lines
    assert "### （一）总体情况" in lines


# ----------------------------------------------------------------------------------------------------------------------- laws

LEDGERS: Final = strategies.ledgers()
QUESTIONS: Final = strategies.questions()


@given(trees=LEDGERS, question=QUESTIONS, preset=BASES, cutoff=CUTOFFS)
def test_sentences_add_up_and_claim_nothing_that_is_not_so(trees: list[Tree], question: Question, preset: str, cutoff: str) -> None:
    ledger = strategies.loaded(trees)
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        call = Call(Context(Path("/nowhere"), TODAY), words(question, preset, cutoff))
        first, second = narrative.make(call), narrative.make(call)
    said = body(first.sheet)
    assert all(
        rendered(first.sheet, name, Page("zh")) == rendered(second.sheet, name, Page("zh")) for name in ("text", "md", "csv", "json")
    )
    for section in said["sections"]:
        for sentence in section["sentences"]:
            holds(sentence)


def holds(sentence: dict[str, Any]) -> None:
    """Hold the laws of one sentence: I1, no claim that is not so, no 0 for what is missing."""
    figures = {one["slot"].removesuffix("?"): one for one in sentence["figures"]}
    for head in ("hazards", "hazards.major"):
        whole = figures.get(f"{head}.found")
        if whole and isinstance(whole["value"], int):
            parts = [figures[name]["value"] for part in COHORT if (name := f"{head}.{part}") in figures]
            done = [one["value"] for slot, one in figures.items() if slot in {"all", "major.all"}]
            assert sum(parts) + sum(done) == whole["value"], sentence
    if "全部" in sentence["text"]:
        key = "hazards.major" if "major.all" in figures else "hazards"
        assert figures[f"{key}.found"]["value"] == figures["major.all" if key != "hazards" else "all"]["value"] > 0
    for one in figures.values():
        if isinstance(one["value"], dict) and one["value"].get("value") == "100.00":
            assert one["value"]["numerator"] == one["value"]["denominator"] > 0
        if one["state"] == "missing":
            assert "∅" in sentence["text"]


TOKENS: Final = ["{", "}", "[[", "]]", "|", "all? ", "hazards.found", "=0? ", "{hazards.found}", "处", "，", "。", "\n"]


@given(tokens=st.lists(st.sampled_from(TOKENS), max_size=12))
def test_any_template_of_ours_is_filled_or_refused(tokens: list[str]) -> None:
    content = "== overall ==\n" + "".join(tokens)
    with patch("hazardctl.ops.reporting.narrating.templates._own", lambda _, path: content if "zh" in path else None):
        try:
            report = made(EVERYTHING)
        except UnreadableError:
            return
    for section in data(report)["sections"]:
        for sentence in section["sentences"]:
            holds(sentence)


EVERYTHING: Final = works().ledger()
