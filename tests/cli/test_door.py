from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.cli import door
from hazardctl.cli.app import called
from hazardctl.cli.door import Door, Options
from hazardctl.cli.program import COMMANDS
from hazardctl.errors import UsageError
from tests.acting import ASSIGN, RECTIFY, REGISTER, hazard, ledger

HEAVY = ("pydantic", "pydantic_core", "ruamel", "rich", "tabulate", "yaml", "sqlite3", "questionary", "subprocess_of_ours")


def run(*words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, as a person would."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), **environ}
    return subprocess.run(
        [sys.executable, "-m", "hazardctl", *words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


def modules_after(*words: str, cwd: Path, **environ: str) -> set[str]:
    """Name the modules a call has imported, as `sys.modules` says at its end."""
    call = f"called({list(words)!r})"
    code = f"import sys\nfrom hazardctl.cli.app import called\ntry:\n {call}\nexcept SystemExit: pass\n"
    code += "print('|'.join(sys.modules), file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), **environ}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=env, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split("|"))


@pytest.mark.parametrize(
    "words", [("--help",), ("-h",), ("--version",), ("completion", "bash"), ("--lang", "en", "--help"), ("assign", "-h"), ("add", "-h")]
)
def test_help_version_and_completion_load_nothing_heavy(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\nlanguage: en\n")
    assert not modules_after(*words, cwd=tmp_path) & set(HEAVY)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completing_a_word_loads_nothing_heavy(shell: str, tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\n")
    loaded = modules_after(
        cwd=tmp_path,
        _HAZARDCTL_COMPLETE=f"complete_{shell}",
        COMP_WORDS="hazardctl assign ",
        COMP_CWORD="2",
        _TYPER_COMPLETE_ARGS="hazardctl assign ",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    assert not loaded & set(HEAVY)


def test_common_options_stand_before_or_after_the_verb() -> None:
    before, words = door.separated(["--lang", "en", "-C", "x", "validate", "a"])
    after, same = door.separated(["validate", "--debug", "a", "--lang=en", "--color", "never", "-C=x"])
    assert (words, same) == (["validate", "a"], ["validate", "a"])
    assert (before.lang, before.directory, after.lang, after.directory, after.debug, after.color) == ("en", "x", "en", "x", True, "never")


def test_what_follows_a_double_hyphen_is_data() -> None:
    assert door.separated(["note", "--", "--debug"]) == (Options(), ["note", "--", "--debug"])


@pytest.mark.parametrize(
    ("lang", "config", "environ", "expected"),
    [
        ("", "", {}, "zh"),
        ("", "", {"LANG": "en_US.UTF-8"}, "en"),
        ("", "", {"LANG": "C.UTF-8"}, "zh"),
        ("", "", {"HAZARDCTL_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ("", "language: en", {"HAZARDCTL_LANG": "zh"}, "en"),
        ("", 'language: "zh-CN"', {"HAZARDCTL_LANG": "en"}, "zh"),
        ("en", "language: zh-CN", {}, "en"),
    ],
)
def test_the_language_comes_from_the_option_the_ledger_the_environment(
    lang: str, config: str, environ: dict[str, str], expected: str, tmp_path: Path
) -> None:
    if config:
        (tmp_path / "ledger").mkdir()
        (tmp_path / "ledger" / "hazardctl.yaml").write_text(f"schema: config/1\n{config}\n")
    assert door.opened(Options(lang=lang), environ, tmp_path).language == expected


@pytest.mark.parametrize(
    ("color", "environ", "expected"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_obeys_the_option_and_the_environment(color: str, environ: dict[str, str], expected: bool) -> None:
    assert Door(Options(color=color), environ).coloured(sys.stdout) is expected


def test_the_width_is_that_of_COLUMNS_else_100_when_piped() -> None:  # noqa: N802 (the name of the variable)
    assert (Door(environ={"COLUMNS": "40"}).width, Door(environ={}).width, Door(environ={"COLUMNS": "x"}).width) == (40, 100, 100)
    assert Door(environ={"COLUMNS": "1"}).width == 20  # a full-width character would never fit


def test_a_closed_stream_is_a_result_nobody_got(tmp_path: Path) -> None:
    env = {**os.environ, "HAZARDCTL": str(Path(sys.executable).parent / "hazardctl")}
    for script, code in (('"$HAZARDCTL" --help >&-', 4), ('"$HAZARDCTL" --help >&- 2>&-', 4), ('"$HAZARDCTL" nosuch 2>&-', 2)):
        done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert "Traceback" not in done.stderr


def test_a_day_of_the_environment_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        Door(environ={"HAZARDCTL_TODAY": "26-1-1"}).today(None)


def test_control_characters_are_shown_not_obeyed() -> None:
    assert door.clean("a\x1b[2Jb\u202ec\nd\x00") == "a\\x1b[2Jb\\u202ec\\nd\\x00"


@pytest.mark.parametrize(
    "words",
    [
        ("asign",), ("--foo",), ("completion", "--foo"), ("completion",), ("completion", "a", "b"), ("completion", "tcsh"),
        ("--lang", "fr"), ("-C",), ("--color", "red"), ("\x1b[31m",), ("",), ("--",), ("add", "--unit"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nonsense_is_two_with_our_own_words(
    words: tuple[str, ...], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_LANG", language)
    code = called(words)
    said = capsys.readouterr()
    assert code == (4 if words == ("--",) else 2)
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err
    assert said.err.isascii() == (language == "en") or (not said.err.isascii() and "“" in said.err)
    assert said.out == ""


def test_a_mistyped_verb_is_met_with_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["asign", "--lang", "en"]) == 2
    assert "hazardctl assign" in capsys.readouterr().err


def test_chinese_names_of_commands_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["交办", "--help"]) == 0
    assert "hazardctl assign" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called([name, "--help", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"hazardctl {name}")
    assert "\x1f" not in out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_narrow_encoding_never_ends_in_a_trace(encoding: str, tmp_path: Path) -> None:
    done = run("没有\U00020bb7这个", cwd=tmp_path, PYTHONIOENCODING=encoding, LANG="C", LC_ALL="C")
    assert done.returncode == 2


def test_outside_a_ledger_the_way_in_is_named(tmp_path: Path) -> None:
    done = run("--lang", "en", cwd=tmp_path)
    assert (done.returncode, "hazardctl init" in done.stderr) == (4, True)


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    script = f"{sys.executable} -m hazardctl --help | true"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_said_and_ends_in_four(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        done = subprocess.run(
            [sys.executable, "-m", "hazardctl", "--help"],
            cwd=tmp_path,
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, "Traceback" in done.stderr) == (4, False)


def test_a_bug_is_one_line_and_seventy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("hazardctl.cli.calling._invoked", lambda *_: 1 // 0)
    assert called(["--lang", "en"]) == 70
    assert "ZeroDivisionError" in (said := capsys.readouterr().err)
    assert len(said.splitlines()) == 1
    assert called(["--lang", "en", "--debug"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("hazardctl.cli.calling._invoked", interrupted)
    assert called([]) == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_program_of_that_name_on_the_path_is_a_command(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "hazardctl-hello"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho hello $1\n", encoding="utf-8")
    program.chmod(0o755)
    assert run("hello", "there", cwd=tmp_path, PATH=f"{program.parent}:{os.environ['PATH']}").stdout == "hello there\n"
    assert run("hello", "there", cwd=tmp_path, PATH=f"bin:{os.environ['PATH']}").returncode == 2


def test_alone_it_says_how_the_ledger_stands_and_three_next_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ledger(tmp_path)
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    hazard(root, "BBBBB", REGISTER, ASSIGN, RECTIFY)
    hazard(root, "CCCCC", REGISTER, ASSIGN.replace("07-20", "06-29"), grade="major")
    hazard(root, "DDDDD", REGISTER, ASSIGN.replace("07-20", "07-07"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    assert called([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "青山镇安监站   截至 2024-06-30   未整改 3（逾期 1，其中重大 1）   待复查 1   待销号 0   7 天内到期 1"
    assert [line.split()[-2] for line in lines[1:]] == ["overdue", "is:to-verify", "add"]
    (root / "hazards" / "2024" / "03" / "YH-20240301-BADXX.yaml").write_text("[", encoding="utf-8")
    assert called(["--lang", "en"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("青山镇安监站   as of 2024-06-30   open 3 (overdue 1, of these major 1)")
    assert "1 files could not be read" in said.err
