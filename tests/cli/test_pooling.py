"""Several ledgers from the command line: folders, commits, roll-ups, what cannot be read, what goes with one ledger only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.cli.app import called
from tests.measures.made import Maker

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
TOWNS: Final = {"liulin": "柳林镇", "shiqiao": "石桥镇"}


def git(folder: Path, *words: str, day: str = "2024-06-01") -> None:
    """Run git as somebody on some day."""
    at = f"{day}T12:00:00+08:00"
    who = {
        f"GIT_{role}_{part}": text
        for role in ("AUTHOR", "COMMITTER")
        for part, text in (("NAME", "李四"), ("EMAIL", "x@example.org"), ("DATE", at))
    }
    subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **who}, capture_output=True)


def town(key: str, *days: str, done: bool = True) -> Maker:
    """Make the ledger of a town with a hazard a day."""
    region = {"key": key, "name": TOWNS.get(key, key)}
    make = Maker({"organisation": {"name": region["name"], "region": key, "level": "township"}, "regions": [region]})
    make.add("unit", id="shunfa", name="顺发加油站")
    for day in days:
        make.hazard(day, unit="shunfa", sector="fire", done=done)
    return make


@pytest.fixture(autouse=True)
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside two towns: one a folder, the other a bare repository with two commits."""
    town("liulin", "2024-03-01", "2024-06-20").write(tmp_path / "liulin")
    work = tmp_path / "work"
    town("shiqiao", "2024-02-01", done=False).write(work / "ledger")
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "一", day="2024-02-02")
    git(work, "tag", "february")
    town("shiqiao", "2024-02-01", "2024-04-01", done=False).write(work / "ledger")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "二", day="2024-04-02")
    git(tmp_path, "clone", "-q", "--bare", "work", "shiqiao.git")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    monkeypatch.setenv("HAZARDCTL_LANG", "en")
    return tmp_path


def said(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    """Call the program and give what it printed on stdout and on stderr."""
    assert called(words) == code, capfd.readouterr()
    return capfd.readouterr()


def data(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:  # noqa: ANN401 (JSON)
    """Call the program for JSON, and hold it against the schema it names."""
    jsonschema = pytest.importorskip("jsonschema")
    found = json.loads(said(capfd, *words, "--format", "json", code=code)[0])
    name = found["schema"].split("/")[1]
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))).validate(found)
    return found


BOTH: Final = ("--ledger", "liulin", "--ledger", "shiqiao.git@main")


@pytest.mark.parametrize(
    "name", ["summary", "official", "league", "ledgers", "coverage", "narrative", "trend", "major", "rebound", "risk", "agenda"]
)
def test_every_report_is_about_several_ledgers(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    found = data(capfd, "report", name, "-p", "2024H1", *BOTH)
    assert [one["key"] for one in found["ledgers"]] == ["liulin", "shiqiao"]
    text, _ = said(capfd, "report", name, "-p", "2024H1", *BOTH)
    assert "2 ledgers together" in text


@pytest.mark.parametrize("words", [("overdue",), ("list",), ("list", "unit"), ("explain", "rate", "-p", "2024H1", "-v")])
def test_the_other_questions_too(words: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    text, _ = said(capfd, *words, *BOTH)
    assert "shiqiao:" in text
    data(capfd, *words, *BOTH)


def test_the_order_of_ledgers_changes_no_byte(capfd: pytest.CaptureFixture[str]) -> None:
    for words in (("report", "ledgers", "-p", "2024H1"), ("report", "-p", "2024H1", "-g", "unit"), ("list", "unit"), ("validate",)):
        code = 1 if words == ("validate",) else 0
        one = said(capfd, *words, *BOTH, code=code)
        assert said(capfd, *words, *BOTH[2:], *BOTH[:2], code=code)[0] == one[0]


def test_the_ledgers_stand_side_by_side_with_their_last_record_and_commit(capfd: pytest.CaptureFixture[str]) -> None:
    found = data(capfd, "report", "ledgers", "-p", "2024H1", *BOTH)
    lines = {one["key"]: one for one in found["lines"]}
    assert [one["figures"]["found"]["value"] for one in lines.values()] == [2, 2]
    assert (lines["liulin"]["last"], lines["liulin"]["silent_days"], lines["liulin"]["last_commit"]) == ("2024-06-20", 10, None)
    assert (lines["shiqiao"]["last"], lines["shiqiao"]["silent_days"], lines["shiqiao"]["last_commit"]) == ("2024-04-01", 90, "2024-04-02")
    assert found["silent"] == ["shiqiao"]
    assert found["total"]["figures"]["rate"]["value"] == {"numerator": 2, "denominator": 4, "value": "50.00"}
    assert called(["report", "ledgers", "-p", "2024H1", "--strict", *BOTH]) == 1


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("shiqiao.git@main", 2),
        ("shiqiao.git@february", 1),
        ("shiqiao.git", 2),
        ("work@february", 1),
        ("work/ledger@main~1", 1),
        ("work", 2),
    ],
)
def test_a_ledger_is_a_folder_or_a_commit(place: str, found: int, capfd: pytest.CaptureFixture[str]) -> None:
    lines = data(capfd, "report", "ledgers", "-p", "2024H1", "--ledger", "liulin", "--ledger", place)["lines"]
    assert lines[1]["figures"]["found"]["value"] == found
    assert lines[1]["last_commit"] == ("2024-02-02" if found == 1 else "2024-04-02")


def test_nothing_is_written_to_a_repository(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def seen() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (towns / "shiqiao.git").rglob("*") if path.is_file()}

    before = seen()
    said(capfd, "report", "-p", "2024H1", *BOTH)
    said(capfd, "validate", *BOTH, code=1)
    assert seen() == before


def test_nothing_of_a_repository_runs(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    trap = towns / "trap"
    config = towns / "shiqiao.git" / "config"
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[core]\n\tfsmonitor = "touch {trap}"\n\tpager = "touch {trap}"\n\thooksPath = {towns}\n')
    said(capfd, "report", "ledgers", "-p", "2024H1", *BOTH)
    assert not trap.exists()


@pytest.mark.parametrize(
    "place", ["gone", "gone.git@main", "shiqiao.git@gone", "empty", "bare.git@main", "broken", "https://example.org/x.git"]
)
def test_a_ledger_that_cannot_be_read_is_never_nil(place: str, towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "empty").mkdir()
    git(towns, "init", "-q", "--bare", "bare.git")
    town("broken").write(towns / "broken")
    (towns / "broken" / "hazardctl.yaml").write_text("schema: config/1\nregions: [{key: a, name: A, parent: b}]\n", encoding="utf-8")
    found = data(capfd, "report", "ledgers", "-p", "2024H1", "--ledger", "liulin", "--ledger", place, code=1)
    lost = next(one for one in found["lines"] if one["key"] != "liulin")
    assert found["absent"] == [lost["key"]]
    assert lost["read"] is False
    assert lost["why"]
    assert {one["state"] for one in lost["figures"].values()} == {"missing"}
    text, _ = said(capfd, "report", "-p", "2024H1", "--ledger", "liulin", "--ledger", place, code=1)
    assert "ledgers that could not be read: 1; the totals are incomplete" in text
    assert "HZ802" in said(capfd, "validate", "--format", "concise", "--ledger", "liulin", "--ledger", place, code=1)[0]


def test_an_unread_file_is_named_with_its_ledger(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = next((towns / "liulin" / "hazards").rglob("*.yaml"))
    path.write_text("\t", encoding="utf-8")
    text, _ = said(capfd, "report", "-p", "2024H1", *BOTH, code=1)
    assert f"liulin:{path.relative_to(towns / 'liulin').as_posix()}" in text
    found = json.loads(said(capfd, "validate", "--format", "json", *BOTH, code=1)[0])
    assert any(one["path"] == path.relative_to(towns).as_posix() for one in found["findings"])


def test_where_no_ledger_can_be_read_there_is_nothing_to_report(capfd: pytest.CaptureFixture[str]) -> None:
    _, err = said(capfd, "report", "--ledger", "gone", "--ledger", "away", code=4)
    assert "none of the ledgers listed can be read" in err
    assert said(capfd, "validate", "--ledger", "gone", code=4)[1]


@pytest.mark.parametrize(
    "twice",
    [
        ("liulin", "liulin"),
        ("liulin", "./liulin"),
        ("shiqiao.git@main", "shiqiao.git"),
        ("gone", "gone"),
        ("work", "work@main"),
        ("work@main", "work/ledger"),
    ],
)
def test_a_ledger_listed_twice_is_refused(twice: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    _, err = said(capfd, "report", *(word for one in twice for word in ("--ledger", one)), code=2)
    assert "twice" in err


def test_keys_come_from_regions_else_from_folders(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(towns / "liulin", towns / "Copy of 柳林")
    (towns / "a" / "ledger").mkdir(parents=True)
    (towns / "b" / "a").mkdir(parents=True)
    for place in ("a/ledger", "b/a"):
        town("x").write(towns / place)
        (towns / place / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    places = ("liulin", "Copy of 柳林", "a", "b/a", "work")
    found = data(capfd, "report", "ledgers", "-p", "2024H1", *(word for one in places for word in ("--ledger", one)))
    assert [one["key"] for one in found["ledgers"]] == ["a", "a-2", "copy-of", "liulin", "shiqiao"]


def test_known_at_asks_each_ledger_as_git_knew_it(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(towns / "liulin", "init", "-q", "-b", "main")
    git(towns / "liulin", "add", "-A")
    git(towns / "liulin", "commit", "-qm", "一", day="2024-03-01")
    found = data(capfd, "report", "ledgers", "-p", "2024H1", "--known-at", "2024-03-15", *BOTH)
    assert [one["figures"]["found"]["value"] for one in found["lines"]] == [2, 1]
    early = data(capfd, "report", "ledgers", "-p", "2024H1", "--known-at", "2024-02-15", *BOTH, code=1)
    assert early["absent"] == ["liulin"]


@pytest.mark.parametrize(
    "words",
    [
        ("report", "restate", "--between", "a..b"),
        ("report", "--as-published", "-p", "2024H1"),
        ("explain", "rate", "--blame"),
        ("validate", "--since", "HEAD~1"),
        ("validate", "--fix", "-y"),
        ("validate", "--write-baseline"),
        ("validate", "--fail-on", "overdue"),
        ("validate", "liulin"),
    ],
)
def test_what_is_about_one_ledger_takes_no_other(words: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    assert said(capfd, *words, *BOTH, code=2)[1]


def test_one_ledger_alone_is_a_table_of_one_line(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = data(capfd, "-C", str(towns / "liulin"), "report", "ledgers", "-p", "2024H1")
    assert [(one["key"], one["name"], one["last"]) for one in found["lines"]] == [("liulin", "柳林镇", "2024-06-20")]


# ----------------------------------------------------------------------------------------------------------------- the roll-up

ROLLUP: Final = """\
schema: rollup/1
organisation: {name: 示例县, region: shili}
ledgers:
  - {key: liulin, name: 柳林镇, en: Liulin, source: liulin}
  - {key: shiqiao, name: 石桥镇, source: shiqiao.git@main}
"""


def test_a_roll_up_is_found_where_one_stands(towns: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "rollup.yaml").write_text(ROLLUP, encoding="utf-8")
    here = said(capfd, "report", "ledgers", "-p", "2024H1")[0]
    assert "Liulin" in here
    for words in (("--ledger", "rollup.yaml"), ("--ledger", ".")):
        assert said(capfd, "report", "ledgers", "-p", "2024H1", *words)[0] == here
    monkeypatch.chdir(towns / "liulin")
    assert said(capfd, "-C", "..", "report", "ledgers", "-p", "2024H1")[0] == here
    assert "2 ledgers" not in said(capfd, "report", "-p", "2024H1")[0]


def test_commands_that_a_page_suggests_ask_the_same_ledgers(capfd: pytest.CaptureFixture[str]) -> None:
    text, _ = said(capfd, "explain", "hazards.found", "-p", "2024H1", *BOTH)
    command = next(line for line in text.splitlines() if "hazardctl list" in line).partition("hazardctl list ")[2]
    assert said(capfd, "list", "--ids", *command.split())[0].count("\n") == 4


def test_a_roll_up_stands_alone(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "rollup.yaml").write_text(ROLLUP, encoding="utf-8")
    assert "stands alone" in said(capfd, "report", "--ledger", "rollup.yaml", "--ledger", "liulin", code=2)[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ROLLUP.replace("shiqiao,", "liulin,"), "rollup.yaml:5:11: HZ801"),
        (ROLLUP.replace("rollup/1", "rollup/2"), "rollup.yaml:1:9: HZ801"),
        (ROLLUP + "town: x\n", "rollup.yaml:6"),
        ("\tschema", "HZ801"),
        ("[1, 2]", "HZ801"),
    ],
)
def test_a_roll_up_that_is_wrong_is_told_with_its_place(text: str, told: str, towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "rollup.yaml").write_text(text, encoding="utf-8")
    assert told in said(capfd, "report", code=4)[1]
    assert told in said(capfd, "validate", "--format", "concise", code=1)[0]


def test_validate_is_clean_where_nothing_is_wrong(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "rollup.yaml").write_text(ROLLUP.replace("ledgers:", "silent_days: 400\nledgers:"), encoding="utf-8")
    found = json.loads(said(capfd, "validate", "--format", "json", code=1)[0])
    assert not [one for one in found["findings"] if one["code"].startswith("HZ8")]
    assert {one["path"].partition("/")[0] for one in found["findings"]} >= {"liulin", "shiqiao.git@main:hazards"}


def test_same_findings_without_a_file_stand_at_the_ledger(capfd: pytest.CaptureFixture[str]) -> None:
    text, _ = said(capfd, "validate", "--format", "concise", *BOTH, code=1)
    assert "shiqiao:1:1: HZ809" in text


def test_a_figure_that_some_ledgers_do_not_tell_says_which(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = town("liulin", "2024-03-01")
    told.add("inspection", "2024-03-01", units=["shunfa"])
    shutil.rmtree(towns / "liulin")
    told.write(towns / "liulin")
    words = ("explain", "inspections.count", "-p", "2024H1", *BOTH)
    assert "at least 1" in said(capfd, *words)[0]
    assert data(capfd, *words)["figure"]["silent"] == ["shiqiao"]
    tally = town("tangkou")
    tally.tally("2024-06-30", "2024H1", {}, {"measure": "inspections.count", "value": 150})
    tally.write(towns / "tangkou")
    three = (*words, "--ledger", "tangkou", "not:ledger:shiqiao")
    assert "150 of it by tallies" in said(capfd, *three)[0]
    assert data(capfd, *three)["figure"]["tallied"] == "150"
    coverage = data(capfd, "report", "-p", "2024H1", "--table", "families", *BOTH, "--ledger", "tangkou")
    assert "at least 151" in said(capfd, "report", "-p", "2024H1", "--table", "families", *BOTH, "--ledger", "tangkou")[0]
    assert "tallied" in json.dumps(coverage)


def test_a_word_with_two_meanings_is_a_warning(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for key, zh in (("liulin", "民宿"), ("work/ledger", "客栈")):
        with (towns / key / "hazardctl.yaml").open("a", encoding="utf-8") as file:
            file.write(f"vocabularies: {{sectors: {{homestay: {{zh: {zh}}}}}}}\n")
    shutil.rmtree(towns / "work" / ".git")
    text, _ = said(capfd, "validate", "--format", "concise", "--ledger", "liulin", "--ledger", "work", code=1)
    assert "HZ806 sectors: “homestay” differs, that of 柳林镇 (liulin) is used" in text


def test_a_linked_roll_up_and_a_ledger_elsewhere(towns: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    (towns / "office").mkdir()
    (towns / "real.yaml").write_text(ROLLUP, encoding="utf-8")
    (towns / "office" / "rollup.yaml").symlink_to(towns / "real.yaml")
    monkeypatch.chdir(towns / "office")
    assert "HZ801" in said(capfd, "report", code=4)[1]
    text, _ = said(capfd, "validate", "--format", "concise", "--ledger", "../liulin", code=1)
    assert f"{towns.as_posix()}/liulin/" in text


def test_a_repository_whose_commit_holds_no_ledger(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(towns, "init", "-q", "-b", "main", "other")
    git(towns / "other", "commit", "-q", "--allow-empty", "-m", "一")
    text, _ = said(capfd, "report", "--ledger", "liulin", "--ledger", "other@main", code=1)
    assert "the commit other@main holds no ledger" in text


def test_a_repository_that_fails_while_it_is_read_is_named(towns: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path in (towns / "shiqiao.git" / "objects").rglob("*"):
        if path.is_file() and len(path.parent.name) == 2:
            name = path.parent.name + path.name
            blob = subprocess.run(["git", "cat-file", "-p", name], cwd=towns / "shiqiao.git", capture_output=True, check=True)
            if b"schema: hazard/1" in blob.stdout:
                path.chmod(0o644)
                path.unlink()
    found = data(capfd, "report", "ledgers", "-p", "2024H1", *BOTH, code=1)
    assert found["absent"] == ["shiqiao"]
