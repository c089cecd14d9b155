"""A sealed period: what was published stays, what moved is found, named with its records, and restated; never sealed twice."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.diagnostics import Severity
from hazardctl.errors import ForbiddenError, HazardctlError, UnreadableError, UsageError
from hazardctl.language import LANGUAGES, Text, plain
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.ops.seal import Done, Wish, restate, seal
from hazardctl.ops.undo import take_back
from hazardctl.ops.validate import validate
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page, said
from hazardctl.reports.frame import Frame
from hazardctl.reports.official import FORMS
from hazardctl.reports.published import Figure, Published, published
from hazardctl.sheet import Sheet, Table
from hazardctl.store.load import load
from tests.acting import TODAY

CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇安监站}\ncalendar: {name: plain}\npeople: [{name: 李四}]\n"
SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
LATER: Final = TODAY.replace(month=8, day=1)


def hazard(root: Path, end: str, day: str, *, done: bool = True, sector: str = "fire") -> Path:
    """Write a hazard down, rectified and verified on its day unless said otherwise."""
    path = root / f"hazards/{day[:4]}/{day[5:7]}/YH-{day.replace('-', '')}-{end}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{{date: {day}, do: register, by: 李四}}"]
    if done:
        lines += [
            f"{{date: {day}, do: rectify, by: 赵六, on_spot: true, note: 货物移走}}",
            f"{{date: {day}, do: verify, by: 王五, result: pass}}",
        ]
    head = f"id: {path.stem}\nschema: hazard/1\ndescription: 消防通道被货物占用\nfound_on: {day}\nsource: supervision\nfound_by_org: a\n"
    path.write_text(
        f"{head}unit: b\nsector: {sector}\ngrade: general\nhistory:\n" + "".join(f"  - {line}\n" for line in lines), encoding="utf-8"
    )
    return path


def git(root: Path, *words: str, day: str = "2024-07-02", author: str = "张三") -> str:
    stamp = f"{day}T12:00:00+08:00"
    who = [f"GIT_AUTHOR_DATE={stamp}", f"GIT_COMMITTER_DATE={stamp}", f"GIT_AUTHOR_NAME={author}"]
    return subprocess.run(["env", *who, "git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a ledger of two hazards, in no repository."""
    root = tmp_path / "repo" / "ledger"
    root.mkdir(parents=True)
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    hazard(root, "AAAAA", "2024-03-12")
    hazard(root, "BBBBB", "2024-04-02", done=False)
    return root


@pytest.fixture
def kept(root: Path) -> Path:
    """Give the same in a repository, committed."""
    git(root.parent, "init", "--quiet")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "--quiet", "-m", "台账")
    return root


def here(root: Path, **more: Any) -> Context:  # noqa: ANN401 (any field of a context)
    return replace(Context(root, LATER, "李四"), **more)


def wish(period: str = "2024H1", *filters: str, as_of: str = "", basis: str = "", **more: Any) -> Wish:  # noqa: ANN401 (any field of a wish)
    return Wish(Words(period, filters, as_of, basis), **more)


def sealed(root: Path, *words: str, **more: Any) -> Done:  # noqa: ANN401 (as `wish`)
    return seal(here(root), wish(*words, **more))


def findings(root: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    found = validate(here(root)).review.diagnostics
    return [
        (str(one.trail[-1]), one.message.say("en"), tuple(note.say("en") for note in one.notes)) for one in found if one.code == "HZ515"
    ]


def page(root: Path, name: str, *, between: str = "", as_published: bool = False, words: Words | None = None) -> Sheet:
    options = Options(between=between, as_published=as_published)
    return report(REPORTS[name], Call(here(root), words or Words("2024H1"), options)).sheet


def told(failure: HazardctlError) -> str:
    return " | ".join(failure.lines("en"))


# ------------------------------------------------------------------------------------------------------------------ sealing


def test_a_seal_holds_what_is_published_of_a_period(root: Path) -> None:
    done = sealed(root)
    (one,) = load(root).seals
    assert (one.path, done.path) == ("seals/2024H1.yaml",) * 2
    assert (one.seal.period, one.seal.as_of.isoformat(), one.seal.preset, one.seal.scope) == ("2024H1", "2024-06-30", "default", {})
    assert (one.seal.sealed_on, one.seal.by, one.seal.commit, one.seal.restatements) == (LATER, ("李四",), "", ())
    said = one.seal.figures
    assert (said["hazards.found"], said["hazards.rectified"], said["hazards.rate"], said["stock.closing"]) == ("2", "1", "50.00", "1")
    assert said["hazards.general.found[basis=official]"] == "2"
    assert said["hazards.major.rate"] == "/"
    assert not [name for name in said if name.startswith(("registry.", "coverage", "accidents."))], "unknown, or of the register"
    assert findings(root) == []


def test_a_dry_run_shows_the_file_and_writes_nothing(root: Path) -> None:
    done = sealed(root, dry_run=True)
    assert "+  hazards.found: 2\n" in done.diff
    assert not (root / "seals").exists()


def test_a_period_is_sealed_once(root: Path) -> None:
    before = sealed(root).path
    data = (root / before).read_bytes()
    with pytest.raises(ForbiddenError) as failure:
        sealed(root, "上半年", as_of="2024-06-30")
    assert "hazardctl seal 2024H1 --restate" in told(failure.value)
    assert (root / before).read_bytes() == data


def test_a_scope_has_a_seal_of_its_own(root: Path) -> None:
    hazard(root, "CCCCC", "2024-05-01", sector="gas")
    assert sealed(root, "2024H1", "sector:消防").figures["hazards.found"] == "2"
    assert sealed(root).figures["hazards.found"] == "3"
    assert [one.path for one in load(root).seals] == ["seals/2024H1.sector=fire.yaml", "seals/2024H1.yaml"]
    assert load(root).seals[0].seal.scope == {"sector": "fire"}
    hazard(root, "DDDDD", "2024-05-02")
    assert [name for name, *_ in findings(root)].count("hazards.found") == 2
    assert len(restate(here(root), wish("2024H1.sector=fire", reason="补录")).moved) > 0
    assert [name for name, *_ in findings(root)].count("hazards.found") == 1


def test_another_basis_and_tallies_are_sealed_as_they_are_published(root: Path) -> None:
    (root / "tallies/2024/06").mkdir(parents=True)
    figures = (
        "[{measure: drills.count, value: 20, approx: over}, {measure: publicity.events, missing: true}, {measure: hazards.found, value: 9}]"
    )
    (root / "tallies/2024/06/TJ-20240630-2JW9D.yaml").write_text(
        "id: TJ-20240630-2JW9D\nschema: tally/1\ndate: 2024-06-30\nperiod: 2024H1\nscope: {}\npreset: unknown\n"
        f"figures: {figures}\nsource: {{title: 半年小结}}\nby: 李四\n",
        encoding="utf-8",
    )
    done = sealed(root, basis="closed")
    assert done.figures["drills.count"] == "over 20"
    assert "publicity.events" not in done.figures
    assert "hazards.found" in done.twice
    assert "hazards.found" not in done.figures
    assert done.figures["hazards.rectified"] == "0"
    assert load(root).seals[0].seal.preset == "closed"
    text = rendered(page(root, "summary", as_published=True), "text", Page("zh", 100))
    assert "20余" in text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"period": "2025H1", "as_of": "2024-06-30"}, "2025H1 has not begun on 2024-06-30"),
        ({"period": "H9"}, '"H9" is not a period'),
        ({"by": ("",)}, ""),
        ({"reason": "x"}, "--reason goes with --restate only"),
        ({"date": "2030-01-01"}, "--date 2030-01-01 lies after today (2024-08-01)"),
    ],
)
def test_what_makes_no_sense_is_said(root: Path, said: dict[str, Any], why: str) -> None:
    if not why:
        with pytest.raises(UsageError, match="who does this"):
            seal(here(root, actor=""), wish())
        return
    with pytest.raises(UsageError) as failure:
        sealed(root, said.pop("period", "2024H1"), **said)
    assert why in told(failure.value)


@pytest.mark.parametrize("word", ["is:overdue", "not:sector:fire", "通道", "found:2024-03"])
def test_a_scope_is_keys_and_values(root: Path, word: str) -> None:
    with pytest.raises(UsageError, match="key:value"):
        sealed(root, "2024H1", word)


def test_nothing_known_is_nothing_to_seal(root: Path) -> None:
    with pytest.raises(UsageError, match="nothing is known of 2020"):
        sealed(root, "2020")


def test_figures_that_leave_a_file_out_are_not_sealed(root: Path) -> None:
    (root / "hazards/2024/03/YH-20240313-CCCCC.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(UnreadableError, match="1 files cannot be read"):
        sealed(root)
    assert not (root / "seals").exists()


def test_sealing_is_taken_back_like_any_write(kept: Path) -> None:
    sealed(kept)
    take_back(here(kept))
    assert load(kept).seals == ()


def test_a_seal_names_the_commit_it_was_made_from(kept: Path) -> None:
    done = sealed(kept, commit=True)
    (one,) = load(kept).seals
    assert one.seal.commit == git(kept, "rev-parse", "HEAD~1")[:9]
    assert done.commit == git(kept, "rev-parse", "HEAD")[:9]
    assert git(kept, "log", "-1", "--format=%s") == "封存 2024H1"


# -------------------------------------------------------------------------------------------------------- what moved (E7)


def test_a_hazard_found_in_june_and_written_down_in_july_moves_the_seal(kept: Path) -> None:
    sealed(kept, commit=True)
    late = hazard(kept, "CCCCC", "2024-06-20")
    found = findings(kept)
    assert found[0] == ("hazards.found", "found: 2 as sealed, 3 now", (f"records that came or went since, 1: {late.stem}",))
    assert all(one.severity is Severity.ERROR for one in validate(here(kept)).review.diagnostics if one.code == "HZ515")
    git(kept, "add", ".")
    assert validate(here(kept)).failed


def test_what_is_withdrawn_after_the_as_of_day_moves_nothing(root: Path) -> None:
    path = hazard(root, "CCCCC", "2024-05-20")
    sealed(root)
    line = "  - {date: 2024-07-20, do: withdraw, by: [李四, 王五], reason: not_a_hazard}\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert findings(root) == []


def test_without_git_it_is_still_found_that_a_figure_moved(root: Path) -> None:
    sealed(root)
    (root / "hazards/2024/04/YH-20240402-BBBBB.yaml").unlink()
    assert ("hazards.found", "found: 2 as sealed, 1 now", ()) in findings(root)


def test_a_restatement_says_what_moved_and_then_validate_is_content(root: Path) -> None:
    sealed(root)
    before = (root / "seals/2024H1.yaml").read_bytes()
    hazard(root, "CCCCC", "2024-06-20")
    done = restate(here(root), wish(reason="六月一条补录", by=("王五",)))
    assert ("hazards.found", "2", "3") in [(one.measure, one.was, one.now) for one in done.moved]
    assert findings(root) == []
    after = (root / "seals/2024H1.yaml").read_bytes()
    assert after.startswith(before), "lines are added, nothing else"
    hazard(root, "DDDDD", "2024-06-21")
    restate(here(root), wish(reason="又补录一条"))
    again = (root / "seals/2024H1.yaml").read_bytes()
    assert again.startswith(after)
    (one,) = load(root).seals
    assert [each.now for each in one.seal.restatements if each.measure == "hazards.found"] == ["3", "4"]
    assert (one.seal.standing("hazards.found"), one.seal.figures["hazards.found"]) == ("4", "2")
    assert findings(root) == []


def test_where_nothing_moved_nothing_is_restated(root: Path) -> None:
    sealed(root)
    before = (root / "seals/2024H1.yaml").read_bytes()
    assert restate(here(root), wish(reason="x")).moved == ()
    assert (root / "seals/2024H1.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": " "}, "missing: --reason"),
        ({"reason": "x", "as_of": "2024-07-01"}, "a restatement keeps the --as-of of the seal"),
        ({"reason": "x", "period": "2023H1"}, 'nothing is sealed as "2023H1" | sealed are: 2024H1'),
    ],
)
def test_a_restatement_that_makes_no_sense(root: Path, said: dict[str, Any], why: str) -> None:
    sealed(root)
    with pytest.raises(UsageError) as failure:
        restate(here(root), wish(said.pop("period", "2024H1"), **said))
    assert why in told(failure.value)


def test_a_figure_that_nothing_tells_any_more_is_restated_as_missing(root: Path) -> None:
    sealed(root)
    for path in (root / "hazards").rglob("*.yaml"):
        path.unlink()
    assert ("hazards.found", "found: 2 as sealed, ∅ now", ()) in findings(root)
    restate(here(root), wish(reason="全部移交"))
    assert findings(root) == []


def test_a_definition_that_changed_since_is_told_apart(root: Path) -> None:
    sealed(root)
    path = root / "seals/2024H1.yaml"
    text = path.read_text(encoding="utf-8")
    hazards = next(line for line in text.splitlines() if line.startswith("  hazards: "))
    path.write_text(text.replace(hazards, "  hazards: 00000000").replace("hazards.found: 2", "hazards.found: 7"), encoding="utf-8")
    (found,) = findings(root)
    assert found[2] == ("this version of the program counts the measure otherwise than the one that sealed it",)
    assert "this version counts hazards otherwise" in rendered(page(root, "summary", as_published=True), "text", Page("en", 120)).replace(
        "\n", " "
    )


def test_a_seal_of_a_campaign_that_is_gone_is_all_moved(root: Path) -> None:
    (root / "seals").mkdir()
    (root / "seals/c.yaml").write_text(
        "schema: seal/1\nperiod: campaign:ZX-20240101-AAAAA\nas_of: 2024-06-30\npreset: default\nscope: {}\n"
        "sealed_on: 2024-07-01\nby: 李四\nfigures: {hazards.found: 3}\n",
        encoding="utf-8",
    )
    assert [message for _, message, _ in findings(root)] == ["found: 3 as sealed, ∅ now"]


# ------------------------------------------------------------------------------------------------------- files in the folder


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("2024H1.yaml", "schema: seal/1\nperiod: 2024H1\n", "HZ006"),
        ("2024H1.yaml", "schema: seal/2\n", "HZ009"),
        ("2024H1.yaml", "schema: seal/1\ncolour: red\n", "HZ005"),
        ("2024H1.yaml", "figures: [", "HZ001"),
        ("2024H1.yaml", "figures: {hazards.found: many}\n", "HZ007"),
        ("2024H1.txt", "x", "HZ010"),
        ("sub/2024H1.yaml", "x: 1\n", "HZ010"),
    ],
)
def test_a_seal_that_cannot_be_read_is_a_finding(root: Path, name: str, text: str, code: str) -> None:
    path = root / "seals" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    found = validate(here(root))
    assert code in {one.code for one in found.review.diagnostics if one.path.startswith("ledger/seals")}
    assert found.failed
    if name == "2024H1.yaml":
        with pytest.raises(UnreadableError):
            sealed(root)


def test_links_among_the_seals_are_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/2024H1.yaml").write_text("schema: seal/1\n", encoding="utf-8")
    (root / "seals").symlink_to(tmp_path / "other")
    assert [path for path, _ in load(root).strays] == ["seals"]
    (root / "seals").unlink()
    (root / "seals").mkdir()
    (root / "seals/a.yaml").symlink_to(tmp_path / "other/2024H1.yaml")
    (root / "seals/.hidden").write_text("", encoding="utf-8")
    assert [(path, finding.code) for path, finding in load(root).strays] == [("seals/a.yaml", "HZ016")]


def test_a_seal_laid_out_by_hand_takes_lines_only_at_its_end(root: Path) -> None:
    sealed(root)
    path = root / "seals/2024H1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("figures:\n", "restatements: []\nfigures:\n"), encoding="utf-8")
    hazard(root, "CCCCC", "2024-06-20")
    restate(here(root), wish(reason="补录"))
    assert path.read_text(encoding="utf-8").splitlines()[-1].endswith("reason: 补录}")
    moved = "\n".join(sorted(path.read_text(encoding="utf-8").splitlines(), key=lambda line: line.startswith("x-note")))
    path.write_text(f"{moved}\nx-note: 甲\n", encoding="utf-8")
    hazard(root, "DDDDD", "2024-06-21")
    with pytest.raises(UnreadableError, match="restatements do not stand last"):
        restate(here(root), wish(reason="补录"))


# ---------------------------------------------------------------------------------------------------------- the two reports


def test_what_was_published_is_printed_again_with_its_restatements(root: Path) -> None:
    sealed(root)
    assert "nothing was restated since" in rendered(page(root, "summary", as_published=True), "text", Page("en", 100))
    hazard(root, "CCCCC", "2024-06-20")
    restate(here(root), wish(reason="六月一条补录"))
    sheet = page(root, "summary", as_published=True)
    figures: Any = sheet.data["figures"]
    assert {"measure": "hazards.found", "published": 2, "now": 3}.items() <= figures[0].items()
    for language in LANGUAGES:
        for kind in ("text", "md", "csv", "json"):
            assert "hazards.found" in rendered(sheet, kind, Page(language, 140))
        assert "六月一条补录" in rendered(sheet, "text", Page(language, 40)).replace("\n", "").replace(" ", "")
    fits(sheet)


@pytest.mark.parametrize("said", [{"as_of": "2024-07-01"}, {"basis": "closed"}, {"no_on_spot": True}])
def test_published_figures_stand_as_they_were_sealed(root: Path, said: dict[str, Any]) -> None:
    sealed(root)
    with pytest.raises(UsageError, match="does not go with --as-published"):
        page(root, "summary", as_published=True, words=Words("2024H1", **said))
    with pytest.raises(UsageError, match="nothing is sealed"):
        page(root, "summary", as_published=True, words=Words("2023H1"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_to_file_are_printed_again_as_they_were_published(root: Path, language: Any) -> None:  # noqa: ANN401 (a language)
    sealed(root)
    before = page(root, "official", as_published=True)
    assert [block.key for block in before.blocks if isinstance(block, Table)] == ["a", "b", "c"]
    hazard(root, "CCCCC", "2024-06-20")
    restate(here(root), wish(reason="六月一条补录"))
    sheet = page(root, "official", as_published=True)
    form = sheet.table("a")
    assert isinstance(form, Table)
    keys = [column.key for column in form.columns]
    rows = [dict(zip(keys, (said(cell, language) for cell in row), strict=True)) for row in form.rows]
    assert [row["general_found"] for row in rows] == ["2", "3"]
    assert [row["plan_target"] for row in rows] == ["∅", "∅"]
    assert all(re.fullmatch(r"[\d.]+%|/", row["general_rate"]) for row in rows)
    assert "2" in str(rendered(sheet, "csv", Page(language)))
    assert "六月一条补录" in rendered(sheet, "text", Page(language, 140))
    fits(sheet)
    with pytest.raises(UsageError, match="does not go with --as-published"):
        page(root, "official", as_published=True, words=Words("2024H1", so_far=True))


def test_money_and_marks_are_said_as_a_form_says_them() -> None:
    def figure(unit: str, value: str) -> Figure:
        return Figure("plan.funds_planned", plain("x"), Text(unit, "yuan"), value, value)

    form = FORMS["a"]
    for one, told in ((figure("元", "158000"), "15.8"), (figure("元", "over 20000"), "2余"), (figure("家", "/"), "/")):
        sheet = published(Frame("x", "", dt.date(2024, 7, 1)), Published("p", dt.date(2024, 7, 1), ("张三",), [one], ()), [form])
        table = sheet.table("a")
        assert isinstance(table, Table)
        assert said(table.rows[0][-1], "zh") == told


def fits(sheet: Sheet) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / f"{sheet.name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(rendered(sheet, "json", Page("zh", 100))))


def test_what_moved_between_two_states_is_named_with_records_and_commits(kept: Path) -> None:
    git(kept, "tag", "first")
    late = hazard(kept, "CCCCC", "2024-06-20")
    git(kept, "add", ".")
    git(kept, "commit", "--quiet", "-m", "补录六月一条", day="2024-07-15", author="王五")
    other = kept / "hazards/2024/04/YH-20240402-BBBBB.yaml"
    other.write_text(other.read_text(encoding="utf-8") + "  - {date: 2024-04-03, do: assign, by: 李四, to: b, due: 2024-06-30}\n"
                     "  - {date: 2024-06-25, do: rectify, by: 赵六, note: 好了}\n"
                     "  - {date: 2024-06-26, do: verify, by: 王五, result: pass}\n", encoding="utf-8")  # fmt: skip
    git(kept, "commit", "--quiet", "-am", "补记整改", day="2024-07-20", author="钱七")
    sheet = page(kept, "restate", between="first..2024-07-16")
    data: Any = json.loads(rendered(sheet, "json", Page("zh", 100)))
    moved = {one["measure"]: one for one in data["moved"]}
    assert {"was": 2, "now": 3, "change": "+1", "entered": {"members": [late.stem]}, "left": {"members": []}}.items() <= moved[
        "hazards.found"
    ].items()
    assert moved["hazards.rate"]["entered"] == {"numerator": [late.stem], "denominator": [late.stem]}
    assert data["records"] == [{"id": late.stem, "headline": "消防通道被货物占用", "commits": [data["commits"][0]["commit"]]}]
    commits = [(one["author"], one["date"], one["subject"], one["records"]) for one in data["commits"]]
    assert commits == [("王五", "2024-07-15", "补录六月一条", 1)]
    all_of_it: Any = page(kept, "restate", between="first..HEAD").data
    assert {one["measure"]: one["now"] for one in all_of_it["moved"]}["hazards.rectified"] == 3
    assert [one["subject"] for one in all_of_it["commits"]] == ["补记整改", "补录六月一条"]
    fits(sheet)
    for language in LANGUAGES:
        text = rendered(sheet, "text", Page(language, 100))
        assert "补录六月一条" in text
        assert "hazards.found" in text
        assert rendered(sheet, "text", Page(language, 40))


def test_from_the_seal_to_the_work_tree_is_what_is_meant_without_words(kept: Path) -> None:
    sealed(kept, commit=True)
    assert "no figure moved" in rendered(page(kept, "restate"), "text", Page("en", 100))
    hazard(kept, "CCCCC", "2024-06-20")
    text = rendered(page(kept, "restate"), "text", Page("en", 100))
    assert "not committed" in text
    assert "the work tree" in text


def test_a_change_of_the_configuration_moves_figures_without_records(kept: Path) -> None:
    path = hazard(kept, "CCCCC", "2024-05-20", done=False)
    path.write_text(path.read_text(encoding="utf-8") + "  - {date: 2024-05-21, do: close, by: 李四, reason: unit_closed, note: 停业}\n",
                    encoding="utf-8")  # fmt: skip
    git(kept, "add", ".")
    git(kept, "commit", "--quiet", "-m", "停业")
    config = kept / "hazardctl.yaml"
    config.write_text(CONFIG + "close: {other_reasons_count_as_rectified: true}\n", encoding="utf-8")
    data: Any = page(kept, "restate", between="HEAD..").data
    assert "hazards.rectified" in {one["measure"] for one in data["moved"]}


@pytest.mark.parametrize(("between", "why"), [("", "which two states"), ("..HEAD", "which two states"), ("nix", "is no commit")])
def test_states_that_are_none(kept: Path, between: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        page(kept, "restate", between=between)


def test_one_way_to_name_a_state(kept: Path) -> None:
    with pytest.raises(UsageError, match="not both"):
        page(kept, "restate", between="HEAD", words=Words("2024H1", known_at="HEAD"))
