"""List, overdue, show and explain on the worked example of DOMAIN §4.5."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from wcwidth import wcswidth

from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures import REGISTRY
from hazardctl.model.hazard import Evidence
from hazardctl.ops import explain, listing, overdue, show
from hazardctl.ops.context import Context
from hazardctl.ops.listing import Wanted
from hazardctl.ops.photos import filed
from hazardctl.ops.question import Words
from hazardctl.ops.standing import headline
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests import worked
from tests.golden import GOLDEN_WIDTHS, LANGUAGES, held

JUNE: Final = "2024-06-30"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(worked.write(tmp_path), dt.date(2024, 8, 31))


def data(sheet: Sheet, language: Language = "zh") -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(rendered(sheet, "json", Page(language)))
    return body


def text(sheet: Sheet, width: int = 100, language: Language = "zh") -> str:
    return rendered(sheet, "text", Page(language, width))


def listed(context: Context, *filters: str, as_of: str = JUNE, wanted: Wanted | None = None) -> listing.Listed:
    return listing.listed(context, Words(filters=filters, as_of=as_of), wanted or Wanted())


# ------------------------------------------------------------------------------------------------------------------- list


@pytest.mark.parametrize(
    ("filters", "letters"),
    [
        (("is:overdue",), "E L N"),
        (("is:逾期",), "E L N"),
        (("is:major",), "H I"),
        (("found:H1", "is:done", "not:is:withdrawn"), "A B H I K"),
        (("state:rectified",), "C P"),
        (("is:undated",), "F"),
        (("is:transferred",), "M"),
        (("found:2023",), "J"),
        (("due:..2024-05-31", "is:open", "not:is:to_verify"), "E L"),
        (("sector:chem,fire", "grade:major"), "H I"),
        (("B号隐患",), "B"),
        (("closed:2024-04",), "G"),
    ],
)
def test_a_list_holds_what_the_filter_says(context: Context, filters: Sequence[str], letters: str) -> None:
    assert worked.letters(listed(context, *filters).ids) == letters


def test_e6_before_it_was_found_a_hazard_is_invisible(context: Context) -> None:
    assert worked.letters(listed(context, as_of="2024-01-09").ids) == "J"


def test_majors_come_first_then_overdue_ones_then_those_due_soonest(context: Context) -> None:
    made = listed(context, "is:open", as_of="2024-06-14")
    assert [worked.LETTER[one] for one in made.ids][:5] == ["I", "E", "L", "C", "N"]


@pytest.mark.parametrize(("sort", "first"), [("found", "J"), ("-found", "F"), ("id", "J"), ("due", "J"), ("days", "E"), ("person", "")])
def test_another_order_may_be_asked(context: Context, sort: str, first: str) -> None:
    ids = listed(context, wanted=Wanted(sort=sort)).ids
    assert not first or worked.LETTER[ids[0]] == first
    with pytest.raises(UsageError):
        listed(context, wanted=Wanted(sort="beauty"))


def test_a_list_says_how_many_it_leaves_out(context: Context) -> None:
    made = listed(context, wanted=Wanted(limit=3))
    assert len(made.ids) == 3
    assert "还有 13 条未列出" in text(made.sheet)
    assert data(made.sheet)["count"] == 16
    with pytest.raises(UsageError):
        listed(context, wanted=Wanted(limit=-1))


def test_an_empty_list_says_so(context: Context) -> None:
    made = listed(context, "is:suspect")
    assert made.ids == ()
    assert text(made.sheet).startswith("没有符合条件的隐患（截至 2024-06-30）")


def test_columns_are_chosen_by_name_in_either_language(context: Context) -> None:
    made = listed(context, "is:overdue", wanted=Wanted(columns="id,期限，Days,unit,region,sector,source,category,campaign,found_by"))
    head = text(made.sheet, 140).split("\n")[1].split()
    assert head[:3] == ["编号", "期限", "天数"]
    assert "XX纸业" in text(made.sheet, 140)
    assert "青山镇" in text(made.sheet, 140)
    rows = list(csv.reader(io.StringIO(rendered(made.sheet, "csv", Page()).lstrip("\ufeff"))))
    assert rows[1][:3] == [worked.ID["E"], "2024-04-16", "75"]
    with pytest.raises(UsageError) as caught:
        listed(context, wanted=Wanted(columns="sectr"))
    assert "sector" in "".join(caught.value.lines("en"))
    assert len(data(listed(context, wanted=Wanted(columns="all")).sheet)["hazards"]) == 16


def test_fields_are_chosen_for_programs(context: Context) -> None:
    made = listed(context, "is:overdue", wanted=Wanted(fields="id,days,flags"))
    assert data(made.sheet)["hazards"][0] == {"id": worked.ID["E"], "days": 75, "flags": ["overdue"]}
    assert data(listed(context, "is:overdue", wanted=Wanted(fields="flags")).sheet)["hazards"][0] == {"flags": ["overdue"]}
    with pytest.raises(UsageError) as caught:
        listed(context, wanted=Wanted(fields=" "))
    assert "found_on" in "".join(caught.value.lines("en"))


def test_the_state_says_what_presses(context: Context) -> None:
    page = text(listed(context, as_of="2024-06-12").sheet, 140)
    assert "已交办，逾期 57 天" in page
    assert "已交办，临期" in page
    assert "已交办，退回" in text(listed(context, "id:SAMPN", as_of="2024-04-06").sheet, 140)
    assert "一般 -> 重大" not in page


def test_a_list_from_an_incomplete_ledger_says_so(context: Context) -> None:
    (context.root / worked.path("A")).write_bytes(b"\xff")
    made = listed(context)
    assert made.incomplete
    assert worked.path("A") in text(made.sheet)


# ---------------------------------------------------------------------------------------------------------------- overdue


def chased(context: Context, *filters: str, as_of: str = JUNE, **words: Any) -> overdue.Overdue:  # noqa: ANN401 (options by name)
    return overdue.listed(context, Words(filters=filters, as_of=as_of), overdue.Wanted(**words))


def test_the_overdue_list_of_the_worked_example(context: Context) -> None:
    body = data(chased(context).sheet)
    assert [(worked.LETTER[one["id"]], one["days"]) for one in body["overdue"]] == [("E", 75), ("L", 40), ("N", 15)]
    assert worked.letters(one["id"] for one in body["no_due"]) == "F"
    assert worked.letters(one["id"] for one in body["due_soon"]) == "D O"


def test_e12_the_due_day_itself_is_not_overdue(context: Context) -> None:
    assert worked.ID["O"] not in [one["id"] for one in data(chased(context).sheet)["overdue"]]
    assert worked.ID["O"] in [one["id"] for one in data(chased(context, as_of="2024-07-01").sheet)["overdue"]]


def test_e9_a_failed_check_brings_the_deadline_back(context: Context) -> None:
    assert "N" not in worked.letters(one["id"] for one in data(chased(context, as_of="2024-04-06").sheet)["overdue"])


def test_what_falls_due_soon_is_told_or_listed(context: Context) -> None:
    assert "7 天内到期 2 项：hazardctl overdue --within 7d" in text(chased(context).sheet)
    page = text(chased(context, within="3d").sheet)
    assert "3 天内到期 1 项" in page
    assert "剩余天数" in page
    assert "0 天内到期 0 项" in text(chased(context, as_of="2024-02-10", within="0d").sheet)
    for wrong in ("7", "7wd", "soon"):
        with pytest.raises(UsageError):
            chased(context, within=wrong)


def test_hazards_without_a_deadline_are_listed_apart(context: Context) -> None:
    page = text(chased(context).sheet)
    assert "未定期限 1 项（没有期限，谈不上逾期）" in page
    assert page.index("SAMPN") < page.index("SAMPF")


def test_when_nothing_is_overdue_it_says_so(context: Context) -> None:
    page = text(chased(context, as_of="2024-01-20").sheet)
    assert page.startswith("没有逾期未整改的隐患（截至 2024-01-20）\n\n台账")
    assert "7 天内到期 1 项" in text(chased(context, as_of="2024-01-19").sheet)


@pytest.mark.parametrize(
    ("gate", "failing"), [("", False), ("any", True), ("overdue:any", True), ("major", False), ("74d", True), ("75d", False)]
)
def test_a_gate_fails_on_what_it_names(context: Context, gate: str, failing: bool) -> None:
    assert chased(context, fail_on=gate).failing is failing


def test_a_gate_on_majors_sees_a_late_major_and_an_unknown_gate_is_refused(context: Context) -> None:
    assert chased(context, fail_on="major", as_of="2024-06-16").failing is False
    with pytest.raises(UsageError):
        chased(context, fail_on="minor")


def test_days_may_be_working_days(context: Context) -> None:
    sheet = chased(context, working=True).sheet
    assert [one["days"] for one in data(sheet)["overdue"]] == [51, 27, 10]
    assert "逾期天数按工作日" in text(sheet)


# ------------------------------------------------------------------------------------------------------------------- show


def page_of(context: Context, letter: str, **words: str) -> Sheet:
    return show.shown(context, [worked.ID[letter][-5:]], replace(Words(), **words)).sheets[0]  # type: ignore[arg-type]


def test_a_hazard_is_shown_whole(context: Context) -> None:
    page = text(page_of(context, "N", as_of=JUNE))
    assert page.startswith("YH-20240320-SAMPN   一般   已交办（退回重改 1 次，反弹 1 次）   逾期 15 天\n")
    assert "不合格：仍有缺口，期限 2024-04-20" in page
    assert "文件  hazards/2024/03/YH-20240320-SAMPN.yaml" in page
    assert "hazards.overdue  逾期未整改：期限 2024-06-15 早于 2024-06-30，没有整改申报" in page
    assert "stock.reopened   返回：2024-06-01" in page


def test_as_of_an_earlier_day_later_lines_are_hidden_and_counted(context: Context) -> None:
    sheet = page_of(context, "N", as_of="2024-04-06")
    assert "截至日之后还有 4 行，未显示" in text(sheet)
    assert len(data(sheet)["history"]) == 4
    assert "尚未发现" in text(page_of(context, "N", as_of="2024-01-01"))
    assert data(page_of(context, "N", as_of="2024-01-01"))["now"] is None


def test_a_major_shows_its_plan_and_its_extension(context: Context) -> None:
    page = text(page_of(context, "I", as_of=JUNE))
    assert "2024-06-15（原 2024-04-15，延期 1 次，批准人 钱七）" in page
    assert "2024-04-15 -> 2024-06-15" in page
    assert "目标任务 √" in page
    assert "计划投入 12000 元" in page


def test_each_verb_says_what_matters(context: Context) -> None:
    assert "单位关停" in text(page_of(context, "G"))
    assert "移送 县消防救援大队，职责，青安移〔2024〕1号" in text(page_of(context, "M"))
    assert f"重复登记，保留 {worked.ID['E']}" in text(page_of(context, "L"))
    assert "当场整改" in text(page_of(context, "K"))


def test_why_it_is_in_each_figure(context: Context) -> None:
    def why(letter: str, **words: str) -> dict[str, str]:
        return {one["measure"]: one["why"] for one in data(page_of(context, letter, **{"as_of": JUNE, **words}))["figures"]}

    assert why("A")["hazards.rectified"] == "2024-01-22 复查合格"
    assert why("A", basis="closed")["hazards.rectified"] == "2024-01-22 销号"
    assert why("H", basis="official")["hazards.awaiting"] == "2024-05-20 报整改完成，尚未销号"
    assert why("C")["hazards.awaiting"] == "2024-06-08 报整改完成，尚未复查合格"
    assert why("C")["due.unconfirmed"] == "期限 2024-06-10，2024-06-08 报整改完成"
    assert why("F")["hazards.no_due"] == "没有期限，也没有整改申报"
    assert why("G")["hazards.closed_other"] == "2024-04-10 因其他原因销号"
    assert why("L", as_of="2024-07-31", period="2024H1")["hazards.withdrawn"] == "2024-07-05 作废"
    assert why("D")["hazards.within_due"] == "期限 2024-07-05，没有整改申报"
    assert why("O")["due.undecided"] == "期限 2024-06-30，没有整改申报"
    assert set(why("M")) == {"hazards.transferred", "stock.found", "stock.transferred"}
    assert why("A", as_of="2025-01-01") == {}
    assert "没有指标计入它" in text(page_of(context, "A", as_of="2025-01-01"))


def test_several_are_shown_in_the_order_asked_each_once(context: Context) -> None:
    pages = show.shown(context, ["SAMPB", "sampa", worked.ID["B"]], Words()).sheets
    assert [data(page)["id"] for page in pages] == [worked.ID["B"], worked.ID["A"]]


def test_an_unknown_id_is_refused_and_an_unreadable_record_said(context: Context) -> None:
    with pytest.raises(UsageError):
        show.shown(context, ["ZZZZZ"], Words())
    (context.root / worked.path("A")).write_text("id: [\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        show.shown(context, ["SAMPA"], Words())


def rewritten(context: Context, letter: str, before: str, after: str) -> None:
    place = context.root / worked.path(letter)
    body = place.read_text(encoding="utf-8")
    assert before in body
    place.write_text(body.replace(before, after), encoding="utf-8")


def test_what_does_not_fit_and_what_was_put_right_are_marked(context: Context) -> None:
    rewritten(context, "D", "\nhistory:", "\ntitle: 护栏\nhistory:")
    extra = (
        "  - {date: 2024-06-21, do: close, by: 钱七, reason: rectified}\n"
        "  - {date: 2024-06-22, do: correct, by: 李四, event: 2, field: due, was: 2024-07-05, now: 2024-07-06, reason: 录入错误}\n"
        "  - {date: 2024-06-22, do: correct, by: 李四, field: title, was: '', now: 护栏, reason: 补题}\n"
        "  - {date: 2024-06-23, do: extend, by: 赵六, decision: requested, due: 2024-07-20, reason: 雨天, interim: 专人值守}\n"
        "  - {date: 2024-06-24, do: note, by: 李四, note: 电话催办, recorded: 2024-06-25}\n"
    )
    place = context.root / worked.path("D")
    place.write_text(place.read_text(encoding="utf-8") + extra, encoding="utf-8")
    sheet = page_of(context, "D", as_of=JUNE)
    page = text(sheet)
    assert "护栏\nD号隐患" in page
    assert "整改合格，（不合流转规则，未计入）" in page
    assert "已更正 due（原 2024-07-05）" in page
    assert "事件 2 due：2024-07-05 -> 2024-07-06，理由 录入错误" in page
    assert "title：/ -> 护栏，理由 补题" in page
    assert "申请，至 2024-07-20，雨天，管控：专人值守" in page
    assert "电话催办，2024-06-25 补录" in page
    assert [one["fits"] for one in data(sheet)["history"]] == [True, True, False, True, True, True, True]


def test_evidence_is_compared_with_its_checksum(context: Context) -> None:
    photo = context.root / "evidence" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"photo")
    good, other = hashlib.sha256(b"photo").hexdigest(), hashlib.sha256(b"other").hexdigest()
    (context.root / "evidence" / "link.jpg").symlink_to("/etc/hostname")
    lines = (
        f"\nevidence:\n  - {{kind: after, path: evidence/a.jpg, sha256: {good}}}\n"
        f"  - {{kind: after, path: evidence/a.jpg, sha256: {other}}}\n"
        f"  - {{kind: after, path: evidence/b.jpg, sha256: {good}}}\n"
        "  - {kind: after, url: 'https://example.org/a.jpg'}\n  - {kind: after, path: evidence/a.jpg}\n"
    )
    rewritten(context, "D", "\nhistory:", f"{lines}history:")
    named = {("a.jpg", good): "ok", ("a.jpg", other): "changed", ("b.jpg", good): "missing", ("a.jpg", ""): "unknown"}
    for (name, sha256), told in named.items():
        assert filed(context.root, Ledger(), Evidence(path=f"evidence/{name}", sha256=sha256)).check == told
    for odd in ("../x", "/etc/hostname", "evidence/link.jpg", "evidence", "evidence/a\0b"):
        assert filed(context.root, Ledger(), Evidence(path=odd, sha256=good)).check in {"unread", "missing"}
    page = text(page_of(context, "D"))
    assert f"evidence/b.jpg   sha256 {good[:8]} × 文件不存在" in page
    assert "https://example.org/a.jpg   网址，未核对" in page


# ---------------------------------------------------------------------------------------------------------------- explain


def explained(context: Context, what: str, *, verbose: bool = False, **words: Any) -> Sheet:  # noqa: ANN401 (options by name)
    return explain.explained(context, what, Words(**{"period": "2024H1", **words}), verbose=verbose).sheet


def ids(body: Mapping[str, Any], side: str) -> str:
    return " ".join(sorted(worked.LETTER[one["id"]] for one in body["records"][side]))


def test_a_rate_names_exactly_the_records_behind_it(context: Context) -> None:
    body = data(explained(context, "rate"))
    assert ids(body, "numerator") == "A B H I K"
    assert ids(body, "denominator") == "A B C D E F G H I K L N O P"
    assert body["figure"] == {"numerator": 5, "denominator": 14, "value": "35.71"}
    assert {one["name"]: one["n"] for one in body["difference"]} == {"待复查": 2, "限期整改": 2, "逾期": 3, "未定期限": 1, "非整改销号": 1}


@pytest.mark.parametrize(
    ("what", "words", "above", "below"),
    [
        ("due.on_time", {}, "A H I J", "A B C E G H I J L N P"),
        ("on_time", {"original_due": True}, "A H J", "A B C E G H I J L N P"),
        ("due.on_time", {"as_of": "2024-07-31"}, "A C H I J", "A B C E G H I J N O P"),
        ("reopen.rate", {}, "N", "A B I J K N"),
        ("extension.rate", {}, "I", "A B C D E F G H I K L N O P"),
    ],
)
def test_the_sets_of_the_worked_example(context: Context, what: str, words: Mapping[str, Any], above: str, below: str) -> None:
    body = data(explained(context, what, **words))
    assert (ids(body, "numerator"), ids(body, "denominator")) == (above, below)


def test_an_unknown_measure_is_refused(context: Context) -> None:
    with pytest.raises(UsageError):
        explained(context, "beauty")


def test_a_hazard_that_counts_twice_stands_twice(context: Context) -> None:
    body = data(explained(context, "stock.resolved", basis="official"))
    assert ids(body, "members") == "A B C I J K N N P"
    assert body["figure"] == 9


@pytest.mark.parametrize("name", sorted(REGISTRY))
@pytest.mark.parametrize("preset", ["default", "official"])
def test_recounting_the_records_gives_every_figure(context: Context, name: str, preset: str) -> None:
    body = data(explained(context, name, basis=preset))
    sums = {side: sum(one["value"] for one in parts) for side, parts in body["records"].items()}
    figure = body["figure"]
    if isinstance(figure, int):
        assert sums == {"members": figure}
    elif "numerator" in figure:
        assert sums == {"numerator": figure["numerator"], "denominator": figure["denominator"]}
    else:
        assert len(body["records"]["members"]) == figure["n"]


def test_list_commands_name_the_very_records(context: Context) -> None:
    page = text(explained(context, "rate"))
    assert "hazardctl list found:2024H1 is:done --as-of 2024-06-30" in page
    assert "别的口径  official 一般 5/12 = 41.67%，重大 1/2 = 50.00%   rectified 7/14 = 50.00%" in page
    assert "编号清单加 -v" in page


def test_the_ids_are_listed_on_demand(context: Context) -> None:
    page = text(explained(context, "rate", verbose=True))
    assert "分子 5 项" in page
    assert page.count("SAMPA") == 2
    assert "编号清单加 -v" not in page
    weighed = text(explained(context, "plan.funds_planned", verbose=True))
    assert "24000.00 元" in weighed
    assert "1200000" in weighed
    assert "5 个值，合计 232，平均 46.4，中位 24，p90 118，最大 118" in text(explained(context, "ttr"))
    assert "official n 6，中位 17" in text(explained(context, "ttr"))


def test_other_bases_are_those_not_asked(context: Context) -> None:
    page = text(explained(context, "rate", basis="official"))
    assert "verified 5/14 = 35.71%" in page
    assert "official 一般" not in page.split("别的口径")[1]
    assert "别的口径" not in text(explained(context, "reopen.rate"))


def test_explanations_are_for_spreadsheets_too(context: Context) -> None:
    rows = list(csv.reader(io.StringIO(rendered(explained(context, "rate"), "csv", Page()).lstrip("\ufeff"))))
    assert len(rows) == 1 + 5 + 14


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        ("HZ302", False),
        ("hz302", False),
        ("assigned", False),
        ("逾期", False),
        ("extend", False),
        ("rate", True),
        ("ttr", True),
        ("nonsense", True),
    ],
)
def test_rules_and_words_are_told_from_measures(word: str, measure: bool) -> None:
    assert explain.is_measure(word) is measure


# ------------------------------------------------------------------------------------------------------------ transcripts


def sheets(context: Context) -> Mapping[str, Sheet]:
    return {
        "list": listed(context).sheet,
        "overdue": chased(context, within="7d").sheet,
        "show": page_of(context, "N", as_of=JUNE),
        "show-major": page_of(context, "I", as_of=JUNE),
        "explain": explained(context, "rate", verbose=True),
        "explain-spread": explained(context, "ttr"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", GOLDEN_WIDTHS)
def test_the_pages_are_as_they_were_seen(context: Context, width: int, language: Language) -> None:
    for name, sheet in sheets(context).items():
        page = text(sheet, width, language)
        assert all(wcswidth(line) <= width for line in page.split("\n")), (name, page)
        page.encode("gbk")
        held(f"{name}-{width}-{language}", page)


def test_what_is_likely_next_is_named_by_the_state(context: Context) -> None:
    def hints(letter: str) -> list[str]:
        return [command for command, _ in show.shown(context, [worked.ID[letter]], Words()).sheets[0].hints]

    assert hints("F") == [f"hazardctl assign {worked.ID['F'][-5:]}"]
    assert hints("P") == [f"hazardctl verify {worked.ID['P'][-5:]}"]
    assert hints("L") == []


def test_e17_a_changed_grade_shows_both(context: Context) -> None:
    place = context.root / worked.path("D")
    line = "  - {date: 2024-06-25, do: regrade, by: 钱七, was: general, now: major, reason: 现场核实, basis: [{doc: 判定标准}]}\n"
    place.write_text(place.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert "一般 -> 重大" in text(listed(context, "id:SAMPD").sheet, 140)
    assert data(listed(context, "id:SAMPD").sheet)["hazards"][0]["grade"] == "major"
    assert "一般 -> 重大，现场核实" in text(page_of(context, "D"))


@pytest.mark.parametrize(
    ("title", "description", "shown"),
    [
        ("护栏", "三号车间护栏缺失", "护栏"),
        ("短", "短", "短"),
        ("一" * 20, "一" * 21, "一" * 20 + "..."),
        ("a" * 20, "a" * 40, "a" * 40),
        ("section 27 of the co", "section 27 of the code: repair the leak at the ceiling", "section 27 of the code: repair the leak..."),
    ],
)
def test_a_short_name_is_cut_by_its_width_and_says_so(title: str, description: str, shown: str) -> None:
    assert headline({"title": title, "description": description}) == shown


def test_the_sides_of_a_rate_say_what_they_add_up_to(context: Context) -> None:
    """A stock rate takes a transfer away: its denominator is the sum of its lines, not their number."""
    page = text(explained(context, "stock.rate"))
    assert "算式      7 / 16" in page
    assert "分母      16（18 笔相加）" in page
