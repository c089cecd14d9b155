"""The questions from the command line: streams, files, exit codes (EXPERIENCE 4.1 to 4.4)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from tests import worked

pytest.importorskip("hazardctl.ops.explain_code")

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the worked example on the last day of its June."""
    root = tmp_path / "ledger"
    root.mkdir()
    worked.write(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    monkeypatch.setenv("HAZARDCTL_LANG", "zh")
    return root


def said(capfdbinary: pytest.CaptureFixture[bytes], *words: str, code: int = 0) -> tuple[str, str]:
    """Call the program and give what it printed on stdout and on stderr."""
    assert called(words) == code, capfdbinary.readouterr().err.decode()
    out, err = capfdbinary.readouterr()
    return out.decode(), err.decode()


EVERY: Final[Sequence[Sequence[str]]] = (
    ("report", "-p", "H1"),
    ("report", "summary", "--period", "2024H1", "-g", "sector", "-g", "grade"),
    ("report", "-p", "上半年", "-g", "month", "--basis", "official", "--counting", "places", "--cutoff", "asof", "--cumulative"),
    ("report", "-p", "Q2", "--exclude-on-spot", "--original-due", "--working-days", "--sort", "rate", "sector:消防"),
    ("report", "trend", "-p", "2024", "--every", "quarter"),
    ("report", "重大", "-p", "H1"),
    ("report", "rebound", "-p", "H1", "-g", "sector"),
    ("report", "risk"),
    ("report", "agenda", "--table", "to-verify"),
    ("report", "official", "-p", "2024-06", "--cumulative"),
    ("report", "统计表", "--table", "c", "-p", "H1"),
    ("report", "league", "-p", "H1", "-g", "sector", "--min-found", "1", "--sort", "-on_time"),
    ("report", "coverage", "-p", "H1"),
    ("report", "-p", "H1", "--table", "families"),
    ("list",),
    ("list", "is:逾期", "--columns", "all", "--sort", "due", "--limit", "2"),
    ("list", "unit", "sector:工贸", "--sort", "-name", "--columns", "all"),
    ("list", "单位", "--json", "id,name"),
    ("list", "inspection"),
    ("overdue", "--within", "7d"),
    ("show", "SAMPN", "SAMPI".replace("SAMPI", "SAMP1")),
    ("show", "xx-paper"),
    ("explain", "rate", "-p", "H1", "-v"),
    ("explain", "ttr", "-p", "H1"),
)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_stands_on_stdout_alone(capfdbinary: pytest.CaptureFixture[bytes], words: Sequence[str], language: str) -> None:
    out, err = said(capfdbinary, *words, "--lang", language)
    assert out.endswith("\n")
    assert err == ""
    assert "\x1b" not in out
    assert said(capfdbinary, *words, "--lang", language)[0] == out


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_programs_get_what_the_schemas_say(capfdbinary: pytest.CaptureFixture[bytes], words: Sequence[str]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    if words[0] == "show":
        words = words[:2]
    body = json.loads(said(capfdbinary, *words, "--format", "json")[0])
    name = body["schema"].split("/")[1]
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(body)


@pytest.mark.parametrize("suffix", ["md", "csv", "json", "txt"])
def test_the_suffix_of_the_output_picks_the_format(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, suffix: str) -> None:
    place = tmp_path / f"半年.{suffix}"
    out, err = said(capfdbinary, "report", "-p", "H1", "-o", str(place))
    assert out == ""
    assert f"已写入 {place}" in err
    name = {"txt": "text"}.get(suffix, suffix)
    assert place.read_bytes().decode() == said(capfdbinary, "report", "-p", "H1", "--format", name)[0]


def test_a_csv_for_a_spreadsheet_begins_with_its_mark(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    said(capfdbinary, "list", "-o", str(place))
    assert place.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in place.read_bytes()


def test_no_output_is_written_where_records_or_other_things_stand(
    capfdbinary: pytest.CaptureFixture[bytes], ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "else.md")
    (tmp_path / "folder.md").mkdir()
    for place in (
        ledger / "hazards" / "a.md",
        ledger / "units" / "a.md",
        tmp_path / "link.md",
        tmp_path / "folder.md",
        tmp_path / "no" / "a.md",
    ):
        assert said(capfdbinary, "report", "-o", str(place), code=2)[0] == ""
        assert not place.is_file()
    said(capfdbinary, "report", "-o", str(tmp_path / "a.exe"), code=2)
    said(capfdbinary, "report", "--format", "pdf", code=2)


def test_the_fields_of_a_json_may_be_chosen(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    body = json.loads(said(capfdbinary, "report", "-p", "H1", "--json", "found,rate")[0])
    assert body == {"schema": "hazardctl/report/1", "found": 14, "rate": {"numerator": 5, "denominator": 14, "value": "35.71"}}
    _, err = said(capfdbinary, "report", "--json", "beauty", code=2)
    assert "found" in err
    assert "overdue_list" in said(capfdbinary, "report", "--json", "", code=2)[1]
    first = json.loads(said(capfdbinary, "list", "is:overdue", "--json", "id,days")[0])["hazards"][0]
    assert set(first) == {"id", "days"}


def test_ids_alone_are_for_another_command(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    out, _ = said(capfdbinary, "list", "is:overdue", "--ids")
    assert worked.letters(out.split()) == "E L N"


@pytest.mark.parametrize(("gate", "code"), [("any", 1), ("major", 0), ("30d", 1), ("100d", 0), ("all", 2)])
def test_a_gate_ends_in_its_exit_code(capfdbinary: pytest.CaptureFixture[bytes], gate: str, code: int) -> None:
    said(capfdbinary, "overdue", "--fail-on", gate, code=code)


@pytest.mark.parametrize("words", [("report",), ("list",), ("overdue",), ("explain", "rate"), ("list", "--ids")], ids=" ".join)
def test_a_file_that_could_not_be_read_ends_in_one(capfdbinary: pytest.CaptureFixture[bytes], ledger: Path, words: Sequence[str]) -> None:
    (ledger / worked.path("B")).write_text("<<<<<<< ours\n", encoding="utf-8")
    out, _ = said(capfdbinary, *words, code=1)
    assert worked.path("B") in out or "--ids" in words


def test_strict_refuses_a_guess(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said(capfdbinary, "report", "-p", "2027H1", "--as-of", "2027-06-30", "--working-days")
    said(capfdbinary, "report", "-p", "2027H1", "--as-of", "2027-06-30", "--working-days", "--strict", code=1)


def test_strict_refuses_a_figure_that_nothing_tells(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said(capfdbinary, "report", "official", "-p", "H1")
    assert "∅" in said(capfdbinary, "report", "official", "-p", "H1", "--strict", code=1)[0]


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-p", "2024-h1"),
        ("report", "-p", "H3"),
        ("report", "--as-of", "5/3"),
        ("report", "--basis", "done"),
        ("report", "--cutoff", "never"),
        ("report", "--counting", "heads"),
        ("report", "-g", "colour"),
        ("report", "--sort", "beauty"),
        ("report", "sectr:fire"),
        ("report", "--table", "x"),
        ("report", "official", "--table", "x"),
        ("report", "official", "--basis", "closed"),
        ("report", "official", "grade:major"),
        ("report", "league", "-g", "month"),
        ("report", "league", "--min-found", "-3"),
        ("report", "coverage", "-g", "unit"),
        ("report", "campaign:nothing"),
        ("report", "--unknown"),
        ("list", "is:nice"),
        ("list", "unit", "is:overdue"),
        ("list", "unit", "colour:red"),
        ("list", "unit", "--columns", "colour"),
        ("list", "检查", "kind:派对"),
        ("list", "--limit", "many"),
        ("overdue", "--within", "soon"),
        ("show",),
        ("show", "ZZZZZ"),
        ("explain", "beauty"),
        ("explain", "HZ999"),
        ("list", "\udcff"),
        ("explain",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_word_that_means_nothing_ends_in_two_with_a_hint(
    capfdbinary: pytest.CaptureFixture[bytes], words: Sequence[str], language: str
) -> None:
    out, err = said(capfdbinary, *words, "--lang", language, code=2)
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_without_a_ledger_it_ends_in_four(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said(capfdbinary, "report", "-C", str(tmp_path / "ledger" / "units"), code=4)


def test_rules_and_words_need_no_ledger(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "HZ201" in said(capfdbinary, "explain", "HZ201")[0]
    assert said(capfdbinary, "explain", "已交办")[0]


def test_colour_is_for_terminals_and_for_those_who_insist(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "\x1b[1;31m" in said(capfdbinary, "overdue", "--color", "always")[0]
    assert "\x1b" not in said(capfdbinary, "overdue", "--color", "always", "--format", "json")[0]


def test_chinese_names_of_the_commands_work(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert said(capfdbinary, "汇总", "-p", "H1")[0] == said(capfdbinary, "report", "-p", "H1")[0]
    assert said(capfdbinary, "逾期")[0] == said(capfdbinary, "overdue")[0]


def test_the_page_is_as_wide_as_asked(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "60")
    assert "█" not in said(capfdbinary, "report", "-p", "H1", "-g", "sector")[0].split("存量")[0]


def test_a_question_may_be_put_to_what_the_ledger_knew_then(
    capfdbinary: pytest.CaptureFixture[bytes], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, files in (("2024-07-01", "."), ("2024-07-10", ".")):
        if day == "2024-07-10":
            (ledger / worked.path("A")).unlink()
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T12:00:00+08:00")
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+08:00")
        for command in (("init", "-q"), ("add", "-A", files), ("commit", "-q", "-m", day)):
            subprocess.run(["git", *command], cwd=ledger, check=True)
    now = json.loads(said(capfdbinary, "report", "-p", "H1", "--json", "found,known_at")[0])
    then = json.loads(said(capfdbinary, "report", "-p", "H1", "--known-at", "2024-07-01", "--json", "found,known_at")[0])
    assert (now["found"], now["known_at"], then["found"], then["known_at"]) == (13, None, 14, "2024-07-01")
    assert "按 HEAD~1 时台账所记" in said(capfdbinary, "overdue", "--known-at", "HEAD~1")[0]
    assert "SAMPA" in said(capfdbinary, "list", "--known-at", "HEAD~1", "--ids")[0]
    assert "SAMPA" not in said(capfdbinary, "list", "--ids")[0]
    assert said(capfdbinary, "explain", "rate", "-p", "H1", "--known-at", "HEAD~1")[0]
    assert "SAMPB" in said(capfdbinary, "show", "SAMPB", "--known-at", "HEAD~1")[0]
    said(capfdbinary, "report", "--known-at", "no-such-branch", code=2)
    said(capfdbinary, "report", "--known-at", "2020-01-01", code=2)


def test_a_figure_of_the_year_so_far_can_be_explained(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    words = ("-p", "2024-06", "--cumulative", "--format", "json")
    reported = json.loads(said(capfdbinary, "report", *words)[0])
    explained = json.loads(said(capfdbinary, "explain", "found", *words)[0])
    assert explained["period"] == reported["period"]
    alone = json.loads(said(capfdbinary, "explain", "found", "-p", "2024-06", "--format", "json")[0])
    assert alone["period"]["from"] == "2024-06-01"
    assert explained["period"]["from"] == "2024-01-01"
