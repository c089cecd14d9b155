"""The dashboard: the figures of the reports, one file, and nothing that asks anybody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from hazardctl.board import Board, Chart
from hazardctl.errors import MissingExtraError
from hazardctl.language import LANGUAGES, Language
from hazardctl.ops.dashboard import dashed
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import rendered
from hazardctl.render.html import extra
from hazardctl.render.html.page import board_page
from hazardctl.render.page import Page
from tests.boards import PERIOD, SAMPLE, Seen, sample, seen

Json: TypeAlias = Any
CALL = Call(sample(), Words(PERIOD))
CROSS = '<img src=x onerror="alert(1)">\u202e</script><script>alert(2)</script>'


@pytest.fixture(scope="module")
def board() -> Board:
    return dashed(CALL).board


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, board: Board) -> str:
    return board_page(board, request.param)


def told(name: str, words: Words = CALL.words) -> Json:
    """Give what `report NAME --format json` prints."""
    return json.loads(rendered(report(REPORTS[name], Call(sample(), words)).sheet, "json", Page("zh")))


def at(data: Json, path: str) -> Json:
    for part in path.split("/")[1:]:
        data = data[part]
    return data


def printed(value: Json) -> str:
    if isinstance(value, dict):
        return "/" if value["value"] is None else f"{value['value']}%"
    return "∅" if value is None else str(value)


@pytest.mark.parametrize("words", [Words(PERIOD), Words("2023H1"), Words("2023Q2", ("sector:消防",)), Words("2031", as_of="2031-02-01")])
def test_every_key_figure_is_that_of_the_report(words: Words) -> None:
    json_ = told("summary", words)
    figures = seen(board_page(dashed(Call(sample(), words)).board, "zh")).figures
    assert {path: printed(at(json_, path)) for path in figures} == figures
    assert {"report/found", "report/rate", "report/on_time", "report/overdue", "report/awaiting"} <= figures.keys()


def charts(board: Board) -> dict[str, Chart]:
    return {chart.key: chart for section in board.sections for chart in section.charts}


def test_every_point_of_a_chart_is_a_figure_of_a_report(board: Board) -> None:
    drawn = charts(board)
    found = {str(figure["measure"]): figure for stretch in told("trend")["stretches"] for figure in stretch["figures"]}
    assert found
    months = [{one["measure"]: one["value"] for one in stretch["figures"]} for stretch in told("trend")["stretches"]]
    assert list(drawn["months"].series[0].values) == [one["hazards.found"] for one in months]
    assert list(drawn["months"].series[1].values) == [one["hazards.rectified"] for one in months]
    rates = [None if value is None else str(value) for value in drawn["rates"].series[0].values]
    assert rates == [one["hazards.rate"]["value"] for one in months]
    summary = told("summary")
    assert list(drawn["ages"].series[0].values) == list(summary["ages"].values())
    sectors = drawn["sectors"]
    assert sum(sum(int(value or 0) for value in one.values) for one in sectors.series) == summary["found"]
    late = next(one for one in sectors.series if one.meaning == "late")
    assert sum(int(value or 0) for value in late.values) == summary["overdue"]
    regions = {line["name"]: line["figures"] for line in told("league")["lines"]}
    for place, label in enumerate(drawn["regions"].labels):
        assert drawn["regions"].series[0].values[place] == regions[label.say("zh")]["found"]["value"]
        assert drawn["regions"].series[1].values[place] == regions[label.say("zh")]["rectified"]["value"]


def test_the_overdue_list_is_that_of_the_report(page: str) -> None:
    rows = page[page.index('id="rows-overdue"') :].partition("</table>")[0]
    ids = re.findall(r"YH-\d{8}-[0-9A-Z]{5}(?=</a>)", rows)
    assert ids == [one["id"] for one in told("summary")["overdue_list"]]


def test_every_hazard_of_the_period_lies_below_its_unit(board: Board) -> None:
    items = [item.id for unit in board.units for item in unit.items]
    assert len(items) == len(set(items))
    assert len(items) >= told("summary")["found"]
    assert board.more is None


def test_every_figure_has_its_definition(board: Board, page: str) -> None:
    parsed = seen(page)
    stated = {attributes["data-measure"] for _, attributes in parsed.elements if "data-measure" in attributes}
    assert stated <= {one.measure for one in board.definitions}
    assert stated <= set(parsed.texts["code"])


def test_the_page_asks_nobody_for_anything(page: str) -> None:
    parsed = seen(page)
    for tag, attributes in parsed.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), f"<{tag} {name}>"
            assert name not in {"style", "srcset", "action", "formaction", "data", "ping", "poster"}, f"<{tag} {name}>"
            if name in {"src", "href", "xlink:href"}:
                assert value.startswith(("#", "data:")), f"<{tag} {name}={value}>"
            assert not re.search(r"https?:|^//", value), f"<{tag} {name}={value}>"
    assert not {"link", "iframe", "object", "embed", "base", "img"} & {tag for tag, _ in parsed.elements}
    for sheet in parsed.texts["style"]:
        assert "url(" not in sheet
        assert "@import" not in sheet


def test_the_policy_names_each_style_and_script_by_its_hash(page: str) -> None:
    parsed = seen(page)
    policy = next(one["content"] for one in parsed.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    rules = {part.split()[0]: part.strip().partition(" ")[2] for part in policy.split(";")}
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    for tag in ("style", "script"):
        digests = {"'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for text in parsed.texts[tag]}
        assert set(rules[f"{tag}-src"].split()) == digests
        assert len(digests) == len(parsed.all(tag)) == 1


def test_every_id_stands_once_and_every_reference_leads_to_one(page: str) -> None:
    parsed = seen(page)
    ids = Counter(attributes["id"] for _, attributes in parsed.elements if "id" in attributes)
    assert [name for name, times in ids.items() if times > 1] == []
    assert all(ids)
    for _, attributes in parsed.elements:
        for name in ("aria-labelledby", "for"):
            assert set(attributes.get(name, "").split()) <= ids.keys()
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids, attributes


def test_a_reader_without_eyes_finds_landmarks_headings_and_charts_in_words(page: str) -> None:
    parsed = seen(page)
    for tag in ("header", "main", "footer", "h1"):
        assert len(parsed.all(tag)) == 1, tag
    for attributes in parsed.all("nav"):
        assert attributes["aria-label"]
    labelled = {one["for"] for one in parsed.all("label")}
    assert {one["id"] for one in parsed.all("input")} == labelled
    assert all(one.get("scope") in {"row", "col"} for one in parsed.all("th"))
    spoken = [attributes["aria-label"] for _, attributes in parsed.elements if attributes.get("role") == "img"]
    assert len(spoken) == len(parsed.all("svg")) >= 4
    assert all(re.search(r"\d", one) for one in spoken)
    assert all(one["aria-hidden"] == "true" for one in parsed.all("svg"))


def test_a_chart_brings_no_script_no_style_and_no_day(page: str) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert not re.search(r"<script|<style|<!--|pygal|style=|20\d\d-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}", drawing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_same_twice(language: Language, board: Board) -> None:
    assert board_page(board, language) == board_page(dashed(CALL).board, language)


def test_what_a_ledger_says_is_text_and_never_markup(tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    shutil.copytree(SAMPLE, root)
    late = next(root.rglob("YH-20230828-7XYQ0.yaml"))
    changed, times = re.subn(r"(?m)^description: .*$", lambda _: f"description: {json.dumps(CROSS)}", late.read_text(encoding="utf-8"))
    assert times == 1
    late.write_text(changed, encoding="utf-8")
    page = board_page(dashed(Call(sample(root), Words(PERIOD))).board, "zh")
    parsed = seen(page)
    assert len(parsed.all("script")) == 1
    assert not parsed.all("img")
    assert "\u202e" not in page
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;\\u202e&lt;/script&gt;" in page


def test_a_file_that_cannot_be_read_is_named_on_the_page(tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    shutil.copytree(SAMPLE, root)
    next(root.rglob("YH-20230828-7XYQ0.yaml")).write_text("{", encoding="utf-8")
    made = dashed(Call(sample(root), Words(PERIOD)))
    assert made.incomplete
    assert "YH-20230828-7XYQ0.yaml" in "".join(seen(board_page(made.board, "zh")).texts["p"])


def test_a_ledger_of_many_hazards_lays_out_the_most_pressing_and_says_how_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.ops.dashboard.MOST", 5)
    board = dashed(CALL).board
    items = [item.id for unit in board.units for item in unit.items]
    assert set(items) <= {one["id"] for one in told("summary")["overdue_list"]}
    assert len(items) == 5
    assert board.more is not None
    assert "hazardctl list" in board.more.say("zh")


def test_without_the_extra_the_command_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r'pip install "hazardctl\[html\]"'):
        extra.needed("pygal")


def test_a_page_taken_apart_shows_what_is_wrong_with_it() -> None:
    with pytest.raises(AssertionError):
        seen("<main><p></main>")
    assert isinstance(seen("<p>x</p>"), Seen)


def test_drawing_leaves_no_finder_in_the_import_system(page: str) -> None:
    assert "<svg" in page
    assert [finder for finder in sys.meta_path if type(finder).__module__ == "pygal"] == []
