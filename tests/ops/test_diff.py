"""What lies between two states, in words and figures: the figures are those `report` prints, and nothing unread is passed over."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final

import pytest
from wcwidth import wcswidth

from hazardctl.cli.app import called
from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.measures import CATALOGUE, REGISTRY
from hazardctl.ops.blaming import blamed
from hazardctl.ops.context import Context
from hazardctl.ops.diff import told
from hazardctl.ops.log import Wanted, logged
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call
from hazardctl.ops.reporting.summary import make
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests.acting import ledger
from tests.ops.test_ranges import Desk
from tests.test_merges import CLOSE, EXTEND, OTHER, PASSED, PATH, RECTIFY

jsonschema: Any = pytest.importorskip("jsonschema")
TODAY: Final = dt.date(2024, 6, 30)
SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def here(desk: Desk, language: Language = "zh") -> Context:
    return Context(desk.root, TODAY, language=language)


def data(sheet: Sheet, language: Language = "en") -> dict[str, Any]:
    """Give a sheet as programs get it, and hold it against its schema."""
    said: dict[str, Any] = json.loads(rendered(sheet, "json", Page(language)))
    schema = json.loads((SCHEMAS / f"{sheet.name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(said)
    return said


def text(sheet: Sheet, language: Language = "zh", width: int = 100) -> str:
    page = rendered(sheet, "text", Page(language, width))
    assert all(wcswidth(line) <= width for line in page.split("\n"))
    page.encode("gbk")
    return page


def differing(desk: Desk, ends: str = "start", period: str = "2024H1") -> dict[str, Any]:
    return data(told(here(desk), ends, Words(period)).sheet)


def test_acts_are_told_with_the_states_they_moved(desk: Desk) -> None:
    desk.act(RECTIFY.replace("03-10", "03-20"), PASSED.replace("03-11", "03-21"))
    made = told(here(desk), "start", Words("2024H1"))
    page = text(made.sheet)
    assert "整改  7K2QF  已交办 -> 待复查  2024-03-20  王五  已清理，逾期 4 天后完成" in page
    assert "复查  7K2QF  待复查 -> 待销号  2024-03-21  李四  合格" in page
    assert "整改率 0.00% -> 100.00%" in page
    assert "逾期清单  1 -> 0   移出 7K2QF" in page
    assert "口径、期限规则未变" in page
    assert not made.incomplete
    assert "7K2QF" in text(made.sheet, "en", 40)


def test_the_figures_are_those_of_the_report(desk: Desk) -> None:
    desk.act(RECTIFY, PASSED, CLOSE)
    desk.write(OTHER)
    said = differing(desk)
    report = json.loads(rendered(make(Call(here(desk), Words("2024H1"))).sheet, "json", Page()))
    for name in ("found", "rectified", "awaiting", "within_due", "overdue", "rate"):
        assert said["figures"][f"hazards.{name}"]["after"] == report[name], name
    assert said["figures"]["stock.closing"]["after"] == report["stock"]["closing"]
    assert said["figures"]["hazards.found"]["before"] == 1


def test_new_records_corrections_and_silent_changes_are_told(desk: Desk) -> None:
    desk.write(OTHER)
    desk.act("{date: 2024-03-12, do: correct, by: 李四, field: site, was: 一号库, now: 二号库, reason: 笔误}")
    desk.edit("site: 一号库\n", "site: 二号库\n")
    desk.edit("sector: fire", "sector: industry")
    (desk.root / "units/new-one.yaml").write_text("id: new-one\nschema: unit/1\nname: 新厂\nkind: enterprise\n", encoding="utf-8")
    (desk.root / "hazardctl.yaml").write_text("schema: config/1\npolicy: {review_days: 3}\nlanguage: en\n", encoding="utf-8")
    said = differing(desk)
    deeds = [(one["sort"], one["id"][-7:], one["what"]) for one in said["deeds"]]
    assert ("found", "1-8R5TC", "XX纸业有限公司, 灭火器压力不足") in deeds
    assert ("correct", "1-7K2QF", "site: 一号库 -> 二号库, because 笔误") in deeds
    assert ("fact", "1-7K2QF", "sector fire -> industry") in deeds
    assert ("record", "new-one", "unit, 新厂") in deeds
    assert any(sort == "settings" and "policy.review_days 10 -> 3" in what for sort, _, what in deeds)
    assert said["settings"] == ["calendar.name", "policy.review_days"]
    assert said["untouched"] == 0


def test_altered_pasts_and_deletions_are_told_loudly(desk: Desk) -> None:
    desk.write(OTHER)
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.edit("due: 2024-03-16", "due: 2024-04-30")
    (desk.root / "hazards/2024/03/YH-20240301-8R5TC.yaml").unlink()
    said = differing(desk)
    assert [(one["sort"], one["alarm"]) for one in said["deeds"]] == [("edited", True), ("deleted", True)]
    desk.edit("  - {date: 2024-03-01, do: register, by: 李四}\n", "")
    assert "removed" in [one["sort"] for one in differing(desk)["deeds"]]


def test_unreadable_records_of_either_side_are_named(desk: Desk) -> None:
    desk.write(OTHER).write_text("id: [\n", encoding="utf-8")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.write(OTHER)
    (desk.root / PATH).write_text("id: [\n", encoding="utf-8")
    made = told(here(desk), "start", Words("2024H1"))
    assert made.incomplete
    page = text(made.sheet, "en")
    assert "cannot be read in start, and left out of the figures: hazards/2024/03/YH-20240301-8R5TC.yaml" in page
    assert "UNREAD" in page
    said = data(made.sheet)
    assert (said["unread_before"], [one["path"] for one in said["unread"]]) == (["hazards/2024/03/YH-20240301-8R5TC.yaml"], [PATH])
    assert called(["-C", str(desk.root), "diff", "start"]) == 1


def test_a_name_alone_means_what_the_branch_brings(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "branch")
    desk.act(RECTIFY)
    desk.commit("2024-03-10")
    desk.git("checkout", "--quiet", "main")
    desk.write(OTHER)
    desk.commit("2024-03-11")
    desk.git("checkout", "--quiet", "branch")
    assert [one["sort"] for one in differing(desk, "main")["deeds"]] == ["act"]
    assert [one["sort"] for one in differing(desk, "main...branch")["deeds"]] == ["act"]
    assert [one["sort"] for one in differing(desk, "main..branch")["deeds"]] == ["act", "deleted"]
    assert [one["sort"] for one in differing(desk, "..main")["deeds"]] == ["found", "act", "removed"]
    assert [one["sort"] for one in differing(desk, "2024-03-05")["deeds"]] == ["act"]


def test_nothing_typed_means_what_is_not_committed(desk: Desk) -> None:
    assert differing(desk, "")["deeds"] == []
    assert "记录没有改动" in text(told(here(desk), "", Words("2024H1")).sheet)
    desk.act(EXTEND)
    (one,) = differing(desk, "")["deeds"]
    assert one["what"] == "2024-03-16 -> 2024-03-26, 雨天"


@pytest.mark.parametrize("ends", ["nowhere", "a..b..c", "start..nowhere", "--output=x", "2020-01-01"])
def test_ends_that_are_none_are_usage_errors(desk: Desk, ends: str) -> None:
    with pytest.raises(UsageError):
        told(here(desk), ends, Words())


def test_it_needs_git_and_says_so(tmp_path: Path) -> None:
    context = Context(ledger(tmp_path), TODAY)
    for ask in (lambda: told(context, "", Words()), lambda: logged(context, (), Wanted()), lambda: blamed(context, "rate", Words())):
        with pytest.raises(UsageError, match="no git repository"):
            ask()


@pytest.mark.parametrize("format_", ["text", "md", "csv", "json"])
def test_every_format_takes_the_words_of_the_records_as_data(desk: Desk, format_: str, capfd: pytest.CaptureFixture[str]) -> None:
    desk.act('{date: 2024-03-12, do: note, by: 李四, note: "=cmd|x <b>*a*"}')
    desk.commit("2024-03-12")
    for words in (["diff", "start"], ["log"], ["explain", "rate", "-p", "2024H1", "--blame"]):
        assert called(["-C", str(desk.root), *words, "--format", format_]) == 0
    said = capfd.readouterr().out
    assert "<b>" not in said or format_ in {"text", "json", "csv"}


# ------------------------------------------------------------------------------------------------------------- log, blame


def test_the_log_tells_commits_in_words_newest_first(desk: Desk) -> None:
    desk.act(EXTEND)
    desk.commit("2024-03-09", "王五 <wang5@example.org>")
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "l <li4@example.org>")
    sheet = logged(here(desk), (), Wanted())
    said = data(sheet)
    assert [(one["author"], len(one["deeds"])) for one in said["commits"][:2]] == [("李四", 1), ("王五", 1)]
    assert said["commits"][1]["deeds"][0]["what"] == "2024-03-16 -> 2024-03-26, 雨天"
    page = text(sheet)
    assert page.index("整改  7K2QF") < page.index("延期  7K2QF") < page.index("登记  7K2QF")
    assert text(sheet, "en", 40)


def test_the_log_is_narrowed_by_record_period_person_and_number(desk: Desk) -> None:
    desk.write(OTHER)
    desk.commit("2024-03-05", "王五 <wang5@example.org>")
    desk.act(RECTIFY)
    desk.commit("2024-04-02")

    def subjects(*ids: str, period: str = "", by: str = "", limit: int = 50) -> list[str]:
        return [one["day"] for one in data(logged(here(desk), ids, Wanted(period, by, limit)))["commits"]]

    assert subjects("7K2QF") == ["2024-04-02", "2024-03-01"]
    assert subjects(period="2024-03") == ["2024-03-05", "2024-03-01"]
    assert subjects(by="王五") == ["2024-04-02", "2024-03-05"]  # one he committed, one he did
    assert subjects(by="老李", period="2024-04") == ["2024-04-02"]
    assert subjects(limit=1) == ["2024-04-02"]
    assert data(logged(here(desk), (), Wanted(limit=1)))["more"] is True
    with pytest.raises(UsageError, match="--limit"):
        logged(here(desk), (), Wanted(limit=0))
    with pytest.raises(UsageError):
        logged(here(desk), ("ZZZZZ",), Wanted())


def test_a_merge_is_told_by_what_it_adds_to_both(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "other")
    desk.write(OTHER)
    desk.commit("2024-03-05")
    desk.git("checkout", "--quiet", "main")
    desk.act(RECTIFY)
    desk.commit("2024-03-10")
    desk.git("merge", "--quiet", "-m", "合并", "other")
    assert len(data(logged(here(desk), (), Wanted()))["commits"]) == 3


def test_show_adds_the_log_of_the_record(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.act(EXTEND)
    desk.commit("2024-03-09")
    assert called(["-C", str(desk.root), "show", "7K2QF", "--log"]) == 0
    assert "YH-20240301-7K2QF 的历史：2 个提交" in capfd.readouterr().out


def test_each_record_of_a_figure_is_traced_to_line_and_commit(desk: Desk) -> None:
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.act(PASSED)
    desk.commit("2024-03-11")
    desk.write(OTHER)
    said = data(blamed(here(desk), "rate", Words("2024H1")).sheet)
    (one,) = said["records"]["numerator"]
    assert (one["event"], one["do"], one["date"], one["author"], one["committed"]) == (4, "verify", "2024-03-11", "李四", "2024-03-11")
    found = {one["id"][-5:]: one for one in said["records"]["denominator"]}
    assert (found["7K2QF"]["do"], found["7K2QF"]["committed"]) == ("register", "2024-03-01")
    assert found["8R5TC"]["commit"] is None
    by_claim = data(blamed(here(desk), "rate", Words("2024H1", basis="rectified")).sheet)
    assert by_claim["records"]["numerator"][0]["do"] == "rectify"
    late = data(blamed(here(desk), "stock.overdue", Words("2024H1")).sheet)
    assert [one["do"] for one in late["records"]["members"]] == ["assign"]
    assert "未提交" in text(blamed(here(desk), "rate", Words("2024H1")).sheet)


def test_blame_has_its_limits_and_names_them(desk: Desk) -> None:
    with pytest.raises(UsageError, match="known-at"):
        blamed(here(desk), "rate", Words(known_at="HEAD"))
    with pytest.raises(UsageError, match="no line to name"):
        blamed(here(desk), next(name for name in CATALOGUE if name not in REGISTRY), Words())


def test_an_extension_that_is_only_asked_for_puts_nobody_off(desk: Desk) -> None:
    desk.act(EXTEND.replace("granted", "requested").replace("雨天", "雨天, interim: 值守"))
    desk.commit("2024-03-09")
    late = data(blamed(here(desk), "stock.overdue", Words("2024H1")).sheet)
    assert [one["do"] for one in late["records"]["members"]] == ["assign"]
