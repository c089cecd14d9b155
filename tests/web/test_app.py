"""The ledger served: the pages of the commands, for a browser of this machine only, and nothing that writes."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.ops.dashboard import dashed
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call
from hazardctl.render.html.page import board_page, policy
from hazardctl.web import app, server
from tests.boards import PERIOD, SAMPLE, sample, seen

LATE = "YH-20230828-7XYQ0"
OWN = "http://127.0.0.1:8700"


def client(root: Path = SAMPLE, *, host: str = OWN) -> TestClient:
    return TestClient(app.application(lambda: sample(root), app.Asked(Words(PERIOD), "zh")), base_url=host)


def test_the_first_page_is_the_dashboard() -> None:
    got = client().get("/")
    assert got.status_code == 200
    expected = seen(board_page(dashed(Call(sample(), Words(PERIOD))).board, "zh")).figures
    assert seen(got.text).figures == expected


def test_another_period_is_asked_in_the_address() -> None:
    assert "2023-01-01..2023-06-30" in client().get("/", params={"period": "2023H1"}).text


def test_records_are_listed_searched_and_shown_with_their_history() -> None:
    asking = client()
    assert LATE in asking.get("/hazards").text
    assert LATE in asking.get("/hazards", params={"q": "is:逾期 泄爆"}).text
    assert LATE not in asking.get("/hazards", params={"q": "is:逾期 轮胎"}).text
    page = asking.get(f"/record/{LATE}").text
    assert "泄爆片已订货" in page
    assert "YH-20230828-7XYQ0.yaml" in page


def test_a_record_of_another_kind_is_shown_too() -> None:
    assert client().get("/record/jiahe-flour").status_code == 200


@pytest.mark.parametrize("path", ["/record/YH-29990101-ZZZZZ", "/hazards?q=is:nonsense", "/?period=nonsense"])
def test_nonsense_is_said_in_words(path: str) -> None:
    got = client().get(path)
    assert got.status_code == 400
    assert "Traceback" not in got.text
    assert seen(got.text).texts["h1"]


def test_what_was_searched_for_is_text() -> None:
    got = client().get("/hazards", params={"q": '"><script>alert(1)</script>'})
    assert len(seen(got.text).all("script")) == 1


def test_a_changed_file_is_seen_by_the_next_request(tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    shutil.copytree(SAMPLE, root)
    asking = client(root)
    before = seen(asking.get("/").text).figures
    next(root.rglob(f"{LATE}.yaml")).unlink()
    after = seen(asking.get("/").text).figures
    assert int(after["report/found"]) == int(before["report/found"]) - 1


@pytest.mark.parametrize(
    "host", ["http://evil.example", "http://evil.example:8700", "http://127.0.0.1.evil.example", "http://10.0.0.1:8700"]
)
def test_nobody_who_names_another_host_is_answered(host: str) -> None:
    got = client(host=host).get("/")
    assert got.status_code == 421
    assert "report/found" not in got.text


@pytest.mark.parametrize("host", [OWN, "http://localhost:8700", "http://localhost", "http://[::1]:8700"])
def test_this_machine_is_answered_by_each_of_its_names(host: str) -> None:
    assert client(host=host).get("/hazards").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/hazards", f"/record/{LATE}"])
def test_nothing_can_be_written(method: str, path: str) -> None:
    assert client().request(method, path).status_code == 405


def test_there_is_no_other_page_and_no_way_to_a_file() -> None:
    for path in ("/favicon.ico", "/record/../../etc/passwd", "/ledger/hazardctl.yaml", "/record/..%2f..%2fetc%2fpasswd"):
        assert client().get(path).status_code in {400, 404}


@pytest.mark.parametrize("path", ["/", "/hazards", f"/record/{LATE}", "/none", "/?period=nonsense"])
def test_every_answer_carries_the_policy_and_lets_no_other_origin_read_it(path: str) -> None:
    got = client().get(path, headers={"Origin": "http://evil.example"})
    assert got.headers["content-security-policy"].startswith(policy())
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "no-store"
    assert not [name for name in got.headers if name.startswith("access-control-")]


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    client().get("/hazards")
    assert threading.active_count() == before


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        server.served(sample, app.Asked(Words(), "zh"), 70_000, lambda _: None)


def test_without_the_extra_the_command_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(app, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r'pip install "hazardctl\[serve\]"'):
        app.needed("starlette")


def test_served_pages_take_pseudonyms() -> None:
    started = app.Asked(Words(PERIOD), "zh", incognito=True)
    asked = TestClient(app.application(sample, started), base_url="http://127.0.0.1")
    for address in ("/", "/hazards", "/record/YH-20230828-7XYQ0"):
        page = asked.get(address).text
        assert "嘉禾面粉厂" not in page
        assert "冯十二" not in page
        assert re.search(r"〔[0-9A-F]{8}〕", page)
