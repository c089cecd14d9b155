"""`doctor`: each thing that may be out of order is seen, said with what repairs it, and after the repair it is well."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfoNotFoundError

import pytest

from hazardctl import calendar
from hazardctl.cli.app import called
from hazardctl.errors import MissingExtraError, SystemFailedError, UnreadableError
from hazardctl.language import plain
from hazardctl.model.migrations import STEPS, Step
from hazardctl.ops import doctor as run
from hazardctl.ops import machine as machines
from hazardctl.ops import people, trust
from hazardctl.ops.context import Context
from hazardctl.ops.init import init
from hazardctl.ops.machine import Around
from hazardctl.render.width import width as display_width
from hazardctl.reports.health import Check
from hazardctl.store import git, gitcare, lock
from hazardctl.store.load import load
from tests.acting import ASSIGN, REGISTER, hazard, ledger
from tests.monitors import monitor, runs

AROUND = Around("utf-8", 100)
TODAY = dt.date(2024, 6, 30)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(init(tmp_path / "台账", org="青山镇").root, TODAY, actor="李四", index=False)


def checks(context: Context | None, around: Around = AROUND) -> dict[str, Check]:
    found = run.doctor(context, around, UnreadableError(plain("nowhere")))
    made = {one.key: one for one in found}
    assert len(made) == len(found), "a check is named once"
    for one in found:
        assert (one.state == "ok") == (one.repair is None), one.key
        assert one.observed.say("zh")
        assert one.observed.say("en")
    return made


def states(found: dict[str, Check]) -> dict[str, str]:
    return {key: one.state for key, one in found.items() if one.state != "ok"}


def test_a_fresh_ledger_is_well(context: Context) -> None:
    assert states(checks(context)) == {"worktree": "note"}


def test_without_a_ledger_the_machine_is_looked_at_and_init_is_named() -> None:
    found = checks(None)
    assert states(found) == {"ledger": "wrong"}
    assert "hazardctl init" in str(found["ledger"].repair)


# ---------------------------------------------------------------------------------------------------------------- the machine


@pytest.mark.parametrize(
    ("encoding", "state"), [("utf-8", "ok"), ("gbk", "ok"), ("cp936", "ok"), ("ascii", "wrong"), ("latin-1", "wrong"), ("x", "wrong")]
)
def test_an_encoding_without_chinese_is_wrong(encoding: str, state: str) -> None:
    assert checks(None, Around(encoding, 100))["encoding"].state == state


def test_a_narrow_page_is_worth_a_word() -> None:
    assert checks(None, Around("utf-8", 39))["width"].state == "note"
    assert checks(None, Around("utf-8", 40))["width"].state == "ok"


@pytest.mark.parametrize(("said", "state"), [("2.37.9", "note"), ("2.38.0", "ok"), ("3.0", "ok"), ("?", "note")])
def test_an_old_git_is_worth_a_word(monkeypatch: pytest.MonkeyPatch, said: str, state: str) -> None:
    monkeypatch.setattr(gitcare, "version", lambda _path: said)
    assert checks(None)["git"].state == state


def test_no_git_no_zone_data_and_an_old_python_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_git(_path: Path) -> NoReturn:
        raise SystemFailedError(plain("no git"))

    def no_zone(_name: str) -> NoReturn:
        raise ZoneInfoNotFoundError

    monkeypatch.setattr(gitcare, "version", no_git)
    monkeypatch.setattr(machines, "ZoneInfo", no_zone)
    monkeypatch.setattr(machines, "OLDEST_PYTHON", (9, 0))
    assert states(checks(None)) == {"git": "note", "zones": "note", "python": "wrong", "ledger": "wrong"}


def test_extras_are_those_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    known = machines.extras()
    assert {"html", "excel", "word", "cn", "ask", "fuzzy", "ics", "pdf"} <= set(known)
    assert known["cn"]
    assert not {"office", "all", "dev"} & set(known)

    def unknown(_name: str) -> NoReturn:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", unknown)
    assert checks(None)["extras"].state == "ok"


# ----------------------------------------------------------------------------------------------------------------- the ledger


def test_settings_that_are_wrong_are_not_healthy(context: Context) -> None:
    (context.root / "hazardctl.yaml").write_text("schema: config/1\ncolour: red\n", encoding="utf-8")
    found = checks(context)
    assert found["settings"].state == "wrong"
    assert "records" not in found, "no figure without settings"


def test_what_cannot_be_read_is_never_healthy(context: Context) -> None:
    path = hazard(context.root, "AAAAA", REGISTER, ASSIGN)
    assert checks(context)["records"].state == "ok"
    path.write_text("id: [\n", encoding="utf-8")
    found = checks(context)
    assert found["records"].state == "wrong"
    assert found["records"].observed.say("en") == "0, unreadable 1, no records 0"
    path.unlink()
    (context.root / "hazards" / "读我.txt").write_text("x", encoding="utf-8")
    assert checks(context)["records"].state == "note"


def test_a_disk_that_fails_is_not_healthy(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> NoReturn:
        raise SystemFailedError(plain("too many open files"))

    monkeypatch.setattr(run, "load", failing)
    found = checks(context)
    assert (found["records"].state, found["records"].observed.say("en")) == ("wrong", "too many open files")
    assert "schemas" not in found


def test_a_calendar_that_is_missing_or_too_old_is_said(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Context(context.root, dt.date(2099, 1, 1), actor="李四", index=False)
    assert checks(late)["calendar"].state == "note"
    with monkeypatch.context() as patch:
        patch.setattr(calendar, "notices", lambda: (_ for _ in ()).throw(MissingExtraError(plain("none"))))
        assert checks(context)["calendar"].state == "wrong"
    text = (context.root / "hazardctl.yaml").read_text(encoding="utf-8")
    (context.root / "hazardctl.yaml").write_text(f"{text}calendar: {{name: plain}}\n", encoding="utf-8")
    assert checks(late)["calendar"].state == "ok"


def test_somebody_the_ledger_does_not_know_is_said(context: Context) -> None:
    path = context.root / "hazardctl.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "people:\n  - {name: 王五}\n", encoding="utf-8")
    assert checks(context)["actor"].state == "note"
    assert checks(Context(context.root, TODAY, actor="王五", index=False))["actor"].state == "ok"


def test_nobody_at_all_is_said(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "of_this_machine", lambda _root: "")
    found = checks(Context(context.root, TODAY, index=False))
    assert (found["actor"].state, found["actor"].observed.say("en")) == ("note", "unknown")


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("*.yaml text eol=lf", "ok"),
        ("*.yaml text eol=lf merge=union", "wrong"),
        ("*.yaml text eol=lf merge=hazardctl", "note"),
        ("*.yaml text", "note"),
        ("*.yaml text eol=lf -merge", "ok"),
    ],
)
def test_attributes_that_would_spoil_a_record_are_seen(context: Context, line: str, state: str) -> None:
    (context.root.parent / ".gitattributes").write_text(f"{line}\n", encoding="utf-8")
    assert checks(context)["attributes"].state == state


def test_a_merge_driver_that_is_set_up_is_well(context: Context) -> None:
    (context.root.parent / ".gitattributes").write_text("*.yaml text eol=lf merge=hazardctl\n", encoding="utf-8")
    command = checks(context)["attributes"].repair
    assert command is not None
    subprocess.run(["sh", "-c", command.say("en")], cwd=context.root, check=True)
    assert checks(context)["attributes"].state == "ok"


def test_our_own_files_that_git_would_take_in_are_seen(context: Context) -> None:
    (context.root.parent / ".gitignore").unlink()
    git.commit(context.root, [context.root / "hazardctl.yaml"], "begin", {})
    with lock.lock(context.root):
        pass
    assert checks(context)["ignored"].state == "note"


def test_without_git_the_ledger_is_looked_at_all_the_same(tmp_path: Path) -> None:
    found = checks(Context(ledger(tmp_path), TODAY, actor="李四", index=False))
    assert states(found) == {"repository": "note"}
    assert "attributes" not in found


def test_a_repository_that_git_refuses_is_wrong(context: Context) -> None:
    (context.root.parent / ".git" / "config").write_text("[core\n", encoding="utf-8")
    assert checks(context)["repository"].state == "wrong"


def test_a_lock_that_is_held_or_cannot_be_taken_is_seen(context: Context) -> None:
    assert checks(context)["lock"].state == "ok"
    assert not (context.root / lock.NAME).exists(), "nothing is written"
    with lock.lock(context.root):
        held = checks(context)["lock"]
    assert (held.state, held.observed.values["pid"]) == ("note", str(os.getpid()))
    assert checks(context)["lock"].state == "ok"
    (context.root / lock.NAME).unlink()
    (context.root / lock.NAME).mkdir()
    assert checks(context)["lock"].state == "wrong"
    (context.root / lock.NAME).rmdir()
    os.mkfifo(context.root / lock.NAME)
    assert checks(context)["lock"].state == "wrong"


def test_a_write_that_was_interrupted_is_worth_a_word(context: Context) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    (context.root / f".batch.{gone}.tmp").write_text("hazardctl batch 1\n", encoding="utf-8")
    assert checks(context)["interrupted"].state == "note"
    with lock.lock(context.root):
        pass
    assert checks(context)["interrupted"].state == "ok"


def test_an_index_of_another_form_is_worth_a_word(context: Context) -> None:
    indexed = Context(context.root, TODAY, actor="李四")
    assert checks(indexed)["index"].observed.say("en").startswith("none")
    from hazardctl.measures import kept

    load(context.root, keeper=kept)
    assert checks(indexed)["index"].state == "ok"
    path = context.root / "hazardctl.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "x-more: 1\n", encoding="utf-8")
    assert checks(indexed)["index"].state == "note"


def test_records_of_an_older_schema_are_counted(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    hazard(context.root, "AAAAA", REGISTER, ASSIGN)
    assert checks(context)["schemas"].state == "ok"
    monkeypatch.setitem(STEPS, "hazard", (Step(dict),))
    found = checks(context)["schemas"]
    assert (found.state, found.observed.values["it"]) == ("note", ["hazard/1 1"])


def test_a_large_ledger_is_told_how_git_status_gets_quicker(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MANY", 0)
    hazard(context.root, "AAAAA", REGISTER, ASSIGN)
    assert checks(context)["untracked"].state == "note"
    subprocess.run(["git", "config", "core.untrackedCache", "true"], cwd=context.root, check=True)
    assert checks(context)["untracked"].state == "ok"


def test_a_monitor_is_worth_a_word_until_it_is_trusted_and_remembered(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert "fsmonitor" not in checks(context)
    monkeypatch.setattr(run, "VERY_MANY", 0)
    hazard(context.root, "AAAAA", REGISTER, ASSIGN)
    found = checks(context)["fsmonitor"]
    assert found.state == "note"
    assert found.repair
    assert "watchman" in found.repair.say("zh")
    top = context.root.parent
    monkeypatch.setattr(run, "VERY_MANY", 50_000)
    monitor(top, tmp_path / "monitor")
    found = checks(context)["fsmonitor"]
    assert (found.state, found.repair) == ("note", plain("hazardctl trust"))
    assert "not trusted" in found.observed.say("en")
    assert runs(tmp_path / "monitor") == 0
    assert trust.given(context).trusted
    assert checks(context)["fsmonitor"].repair == plain("git status")
    for words in (("add", "-A"), ("commit", "-q", "-m", "x"), ("status",)):
        subprocess.run(["git", *words], cwd=top, check=True, capture_output=True)
    assert checks(context)["fsmonitor"].state == "ok"
    (tmp_path / "monitor" / "how").write_text("printf nonsense", encoding="utf-8")
    hazard(context.root, "AAAAA", REGISTER)
    assert (checks(context)["fsmonitor"].state, checks(context)["fsmonitor"].repair) == ("wrong", plain("hazardctl trust revoke"))


# ------------------------------------------------------------------------------------------------------------------- the door


def test_the_command_says_it_in_both_languages_and_ends_in_1_when_something_is_wrong(
    context: Context, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(context.root)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    assert called(["doctor", "--no-index"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("自检\n")
    assert "修复  工作区：git status\n" in out
    assert out.endswith("项：有误 0，留意 1\n")
    (context.root / "units" / "a.yaml").write_text("id: [\n", encoding="utf-8")
    assert called(["doctor", "--lang", "en"]) == 1
    assert "repair  records: hazardctl validate\n" in capsys.readouterr().out


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_page(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], context: Context
) -> None:
    monkeypatch.chdir(context.root)
    monkeypatch.setenv("COLUMNS", str(width))
    called(["doctor"])
    assert max(display_width(line) for line in capsys.readouterr().out.splitlines()) <= width


def test_json_fits_its_schema(
    repository: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jsonschema: Any = pytest.importorskip("jsonschema")
    monkeypatch.chdir(tmp_path)
    assert called(["doctor", "--format", "json"]) == 1
    told = json.loads(capfdbinary.readouterr().out)
    jsonschema.validate(told, json.loads((repository / "schemas" / "doctor.schema.json").read_text(encoding="utf-8")))
    assert told["healthy"] is False
