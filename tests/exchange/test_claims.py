"""Claims of a text: every figure of the contract in sentences of our own, garbled writing, and laws on any text."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.exchange.claims.numerals import NUMBER, Number, number, spelled
from hazardctl.exchange.claims.reading import Claim, Text, read
from hazardctl.exchange.claims.scopes import Lexicon
from hazardctl.vocabulary import BUILT_IN

NAMED: Final = {"sectors": "sector", "unit_types": "unit_type", "themes": "theme", "bodies": "body", "purposes": "purpose"}
LEXICON: Final = Lexicon(
    [
        *((name, key, term.key) for words, key in NAMED.items() for term in BUILT_IN[words].values() for name in (term.zh, *term.also)),
        ("年末整治", "campaign", "year-end"),
        ("强安行动", "campaign", "qiangan-2023"),
        ("集中治理行动", "campaign", "centralised-2022"),
        ("重点时段", "key", "all"),
    ]
)

TOWNSHIP: Final = """2024年上半年安全工作小结

2023年上半年，镇里同各村签下责任书11份。走访检查各类单位X家次，查出隐患X处，整改X处，整改率100%。
组织X余人次参加宣传咨询日。发布预警信息200余条。
现有半专业队伍363人、应急队伍204人。办培训7次，队伍覆盖面100%，开展率100%。
添置物资装备1余万元，上级配发的消防车1辆，签物资储备协议3份。上级配发的物资有8种302套。
编总体预案1个，专项预案7个。搞应急演练58次，参演1422人。
年末整治期间，派出16个检查组，检查企业45家，查出隐患31项，已全部整改。
强安行动中，组成检查小组11个，执法人员8人次，检查企业27家，发现隐患22条，整改22条。
重点时段，共检查企业24家，发现隐患26条，全部整改，整改率100%。
全镇无事故。
"""
DISTRICT: Final = """截至2024年10月16日的工作

召开常委会、常务会、专题会议20余次。理出18个区级部门安全生产责任清单。
投入(略)万元，改造视频会议系统。
镇街应急队伍9支300余人，村社区应急队伍95支1800余人。办各类培训130余次4000余人。
编2个总体预案、4个专项预案，9个镇街30余份预案。各式演练40余次。
承办省、市演练，7支队伍110余人参与。
宣传活动200余场次，知识竞赛4期，发小册子3700余本。
警示教育700余场，受教育群众1万人次。
投入8万元，举办1期培训班，**余人参加。
公路总里程730.485公里。辖区有8座水库、9个淤地坝、19处地质灾害点、29处山洪灾害威胁区。
"""
COUNTY: Final = """安全形势

仅9月份就有3起道路交通事故，造成4人死亡2人受伤。
今年完成3个乡镇的安全社区创建。明年计划办2-3期安全教育培训班。
"""
GREAT: Final = """201x年大检查情况

4次召开区委常委会研究。每季度召开政府常务会议，每月开安委会。
全区组成检查组54个，暗查暗访组3个，主要领导带队7次，区级领导带队25次，乡镇街道及部门主要领导带队208次，出动检查人员2150人次，检查单位1164家，排查隐患1317处，已经整改1299处，限期整改18处，责令停产停业整顿1家，提请关闭2家。
去年区财政投入近70万元，为28户规上企业建双重预防机制。17个成员单位明确监管职责。修订应急预案61份。
危化、烟花爆竹领域：检查全覆盖，发现隐患26项，打击违法行为1起。
消防领域：检查单位868家，发现隐患584处，已整改538处，临时查封61家，“三停”30家，罚款万元，拘留10人。
工贸领域：查出隐患200余项，取缔2户，停产整顿1户。
宣传：投入2万元。
"""
BUREAU: Final = """2022年商贸领域工作

集中治理行动，分安排、检查、整治、总结四个阶段。
检查正常营业的35户加油站。现有**户规上工业企业、**户限上商贸企业。
共排查安全隐患和问题*个。
**家企业入企宣传，发放资料**份。每季度集中培训。
"""

FIGURES: Final = {
    TOWNSHIP: """
        documents.count[kind=responsibility_letter] 11 | inspections.unit_visits ∅ | hazards.found ∅ | hazards.rectified ∅
        hazards.rate 100 | publicity.attendees ∅余 | warnings.issued 200余 | teams.members[team_kind=semi_professional] 363
        teams.members[team_kind=emergency] 204 | trainings.count 7 | trainings.team_coverage 100 | trainings.delivery 100
        supplies.amount 10000余 | supplies.received[item=消防车] 1 | documents.count[kind=agreement] 3
        supplies.kinds[origin=allocated] 8 | supplies.sets[origin=allocated] 302 | documents.count[kind=plan,level=general] 1
        documents.count[kind=plan,level=special] 7 | drills.count 58 | drills.attendees 1422
        inspections.teams[campaign=year-end] 16 | inspections.units[campaign=year-end] 45 | hazards.found[campaign=year-end] 31
        hazards.rectified[campaign=year-end] 31 | inspections.teams[campaign=qiangan-2023] 11
        inspections.person_times[campaign=qiangan-2023] 8 | inspections.units[campaign=qiangan-2023] 27
        hazards.found[campaign=qiangan-2023] 22 | hazards.rectified[campaign=qiangan-2023] 22 | inspections.units[key=all] 24
        hazards.found[key=all] 26 | hazards.rectified[key=all] 26 | hazards.rate[key=all] 100 | accidents.count 0
    """,
    DISTRICT: """
        meetings.count 20余 | documents.count[kind=duty_list,level=department] 18 | funds.amount[purpose=video_conference] ∅
        teams.count[level=township] 9 | teams.members[level=township] 300余 | teams.count[level=village] 95
        teams.members[level=village] 1800余 | trainings.count 130余 | trainings.attendees 4000余
        documents.count[kind=plan,level=general] 2 | documents.count[kind=plan,level=special] 4
        documents.regions[kind=plan,level=township] 9 | documents.count[kind=plan,level=township] 30余 | drills.count 40余
        drills.teams[hosted=true] 7 | drills.attendees[hosted=true] 110余 | publicity.events 200余 | publicity.contests 4
        publicity.materials 3700余 | publicity.events[theme=warning_education] 700余
        publicity.attendees[theme=warning_education] 10000 | trainings.cost[outsourced=true] 80000
        trainings.count[outsourced=true] 1 | trainings.attendees[outsourced=true] ∅余 | registry.length_km[sector=road] 730.485
        risk_points.count[type=reservoir] 8 | risk_points.count[type=check_dam] 9 | risk_points.count[type=geo_hazard] 19
        risk_points.count[type=flash_flood] 29
    """,
    COUNTY: """
        accidents.count[sector=road] 3 | accidents.deaths[sector=road] 4 | accidents.injuries[sector=road] 2
        programmes.completed[theme=safe_community] 3 | trainings.planned 2-3
    """,
    GREAT: """
        meetings.count[body=party_committee] 4 | obligations.met ∅ | inspections.teams 54 | inspections.covert_teams 3
        inspections.led_by.principal 7 | inspections.led_by.leader 25 | inspections.led_by.branch 208
        inspections.person_times 2150 | inspections.units 1164 | hazards.found 1317 | hazards.rectified 1299 | hazards.within_due 18
        enforcement.stop_production.units 1 | enforcement.closure_requested.units 2
        funds.amount[purpose=dual_prevention] 近700000 | funds.beneficiaries[purpose=dual_prevention] 28
        documents.count[kind=duty_list] 17 | documents.count[kind=plan] 61 | hazards.found[sector=chem+fireworks] 26
        enforcement.illegal_activity.times[sector=chem+fireworks] 1 | coverage[sector=chem+fireworks] 100
        inspections.units[sector=fire] 868 | hazards.found[sector=fire] 584 | hazards.rectified[sector=fire] 538
        enforcement.temp_sealed.units[sector=fire] 61 | enforcement.three_stops.units[sector=fire] 30
        enforcement.fine.amount[sector=fire] ∅ | enforcement.detention.persons[sector=fire] 10 | hazards.found[sector=industry] 200余
        enforcement.banned.units[sector=industry] 2 | enforcement.stop_production.units[sector=industry] 1
        funds.amount[purpose=publicity] 20000
    """,
    BUREAU: """
        campaign.phases[campaign=centralised-2022] 4 | inspections.units[unit_type=gas_station] 35
        registry.units[unit_type=above_scale_industry] ∅ | registry.units[unit_type=above_quota_commerce] ∅ | hazards.found ∅
        publicity.units ∅ | publicity.materials ∅ | obligations.met ∅
    """,
}


def said(one: Number) -> str:
    if one.least is None or one.most is None:
        return "∅余" if one.mark == "over" else "∅"
    ends = f"{one.least:f}" if one.least == one.most else f"{one.least:f}-{one.most:f}"
    return {"over": f"{ends}余", "nearly": f"近{ends}", "about": f"约{ends}", "": ends}[one.mark]


def known(text: str) -> Text:
    return read(text, LEXICON)


def figures(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in known(text).claims:
        found.setdefault(one.id, []).append(said(one.number))
    return found


@pytest.mark.parametrize("text", FIGURES, ids=["township", "district", "county", "great", "bureau"])
def test_every_figure_of_the_contract_is_found(text: str) -> None:
    found = figures(text)
    parts = [one.strip().rpartition(" ") for one in FIGURES[text].replace("\n", "|").split("|") if one.strip()]
    wanted = [(name, value) for name, _, value in parts]
    assert {name: found.get(name, ["-"]) for name, value in wanted if value not in found.get(name, [])} == {}
    assert {name: value for name, value in found.items() if name not in dict(wanted)} == {}


def one(text: str) -> Claim:
    (claim,) = known(f"小结\n\n{text}").claims
    return claim


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("查出隐患三十二处。", "32"),
        ("查出隐患一千零八处。", "1008"),
        ("查出隐患1,317处。", "1317"),
        ("查出隐患１３１７处。", "1317"),
        ("查出隐患近200处。", "近200"),
        ("查出隐患200多处。", "200余"),
        ("查出隐患超过200处。", "200余"),
        ("查出隐患约200处。", "约200"),
        ("查出隐患1.2万处。", "12000"),
        ("查出隐患1万余处。", "10000余"),
        ("查出隐患12-15处。", "12-15"),
        ("查出隐患**32**处。", "32"),
        ("查出隐患∅处。", "∅"),
        ("查出隱患３２處。", "32"),
        ("排查(pái chá)安全 隐患(yǐn huàn) 32 处。", "32"),
        ("未发现隐患。", "0"),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, value: str) -> None:
    claim = one(text)
    assert (claim.measure, said(claim.number)) == ("hazards.found", value)


@pytest.mark.parametrize(
    "text",
    [
        "依照第三十二条查处。",
        "2023年5月12日印发。",
        "共32页。",
        "发文〔2023〕17号。",
        "较上年增加12个百分点。",
        "查出隐患一二三处。",
        "目标160家次。",
        "查出隐患15-12处。",
    ],
)
def test_what_is_no_figure_of_a_measure_is_no_claim(text: str) -> None:
    found = known(f"小结\n\n{text}")
    assert found.claims == ()
    assert found.left >= 1


def test_a_claim_stands_where_its_words_begin_also_in_wrapped_lines() -> None:
    text = "小结\n\n全镇上下齐动手，各村各部门一起上，全力以赴抓排查抓整改，一共查\n出隐患32处，已全部整改。\n"
    assert [(one.line, one.column, one.words) for one in known(text).claims] == [(3, 31, "查出隐患32处"), (4, 8, "已全部整改")]


def test_figures_after_major_hazards_are_theirs() -> None:
    assert figures("小结\n\n排查出重大事故隐患3处，已整改2处。") == {"hazards.major.found": ["3"], "hazards.major.rectified": ["2"]}
    assert figures("小结\n\n排查隐患9处，其中重大隐患3处，已整改7处。")["hazards.rectified"] == ["7"]


def test_a_heading_holds_for_what_stands_below_it() -> None:
    text = "小结\n\n（一）消防领域\n\n查出隐患3处。\n\n（二）总体情况\n\n查出隐患5处。\n"
    assert figures(text) == {"hazards.found[sector=fire]": ["3"], "hazards.found": ["5"]}


def test_the_name_of_a_unit_makes_no_sector() -> None:
    assert figures("小结\n\n在实验学校查出隐患2处。") == {"hazards.found": ["2"]}


def test_a_part_of_a_whole_ends_with_its_clause() -> None:
    assert figures("小结\n\n检查企业45家，其中消防重点单位10家，发现隐患30处。") == {
        "inspections.units": ["45"],
        "inspections.units[sector=fire]": ["10"],
        "hazards.found": ["30"],
    }


def test_a_list_of_sectors_with_more_is_about_everything() -> None:
    assert figures("小结\n\n对消防、工贸等领域检查单位9家。") == {"inspections.units": ["9"]}


def test_a_campaign_that_nobody_told_of_is_a_scope_of_its_own() -> None:
    assert figures("小结\n\n“春雷”专项行动中，查出隐患3处。") == {"hazards.found[campaign=?春雷]": ["3"]}


def test_months_and_years_of_their_own_are_kept() -> None:
    text = "小结\n\n仅9月份就查出隐患3处。去年查出隐患4处。2022年3月查出隐患5处。"
    assert [one.when for one in known(text).claims] == ["9月", "去年", "2022年3月"]


def test_tables_are_no_prose() -> None:
    assert known("小结\n\n| 隐患 | 32处 |\n隐患32处   整改30处   逾期2处\n").claims == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = known(text)
    for claim in found.claims:
        assert claim.line >= 1
        assert claim.column >= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "检查",
                "隐患",
                "X",
                "**",
                "余",
                "3",
                "12",
                "万元",
                "处",
                "家次",
                "整改",
                "。",
                "，",
                "\n",
                "两",
                "十",
                "率",
                "%",
                "全部",
                "(yǐn)",
            ]
        )
    )
)
def test_any_words_of_the_genre_in_any_order_are_read(words: list[str]) -> None:
    for claim in known("".join(words)).claims:
        assert claim.number.blank or claim.number.least is not None


@given(st.integers(1, 99_999_999))
def test_chinese_digits_say_their_number(value: int) -> None:
    assert spelled(in_characters(value)) == value


def in_characters(value: int) -> str:
    digits, whole = "零一二三四五六七八九", ""
    for power, unit in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        part, value = divmod(value, power)
        if part:
            whole += (in_characters(part) if power == 10_000 else digits[part]) + unit
        elif whole and value and not whole.endswith("零"):
            whole += "零"
    return whole


@given(st.integers(0, 10**8), st.sampled_from(["", "余", "近", "约"]))
def test_the_least_and_the_most_a_number_may_mean_hold_it(value: int, mark: str) -> None:
    text = f"{value}余" if mark == "余" else f"{mark}{value}"
    found = NUMBER.search(text)
    read_ = number(found) if found else None
    assert read_ is not None
    assert read_.floor is not None
    assert read_.ceiling is not None
    assert read_.floor <= Decimal(value) <= read_.ceiling
