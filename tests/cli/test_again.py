"""Whatever was done between two calls, an answer that was kept says what the files say."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.cli import again
from hazardctl.cli.app import called
from hazardctl.ops import keeping
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.store import answers, noting, own, system
from hazardctl.store.index import bring, bygit, shelf, since

QUESTIONS: Final = (
    ("report", "-p", "2024H1", "--format", "json"),
    ("report", "-p", "2024H1"),
    ("list", "--columns", "all"),
    ("逾期", "--format", "json"),
    ("report", "narrative", "-p", "2024H1", "--lang", "en"),
    ("list", "unit:nobody"),
    ("report", "-p", "2024H1", "--known-at", "HEAD"),
    ("report", "restate", "-p", "2024H1", "--between", "HEAD..HEAD"),
    ("validate",),
    ("校验", "--format", "concise", "--fail-on", "warning"),
)
IDS: Final = ("YH-20240105-AAAAA", "YH-20240106-BBBBB", "YH-20240207-CCCCC")
CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\n"


def hazard(name: str, site: str = "库房", due: str = "2024-03-01") -> str:
    day = f"{name[3:7]}-{name[7:9]}-{name[9:11]}"
    return (
        f"id: {name}\nschema: hazard/1\ndescription: 灭火器过期\nfound_on: {day}\nsource: patrol\nunit: 甲厂\nsite: {site}\n"
        f"sector: chem\ngrade: general\nhistory:\n  - {{date: {day}, do: register, by: 张三}}\n"
        f"  - {{date: {day}, do: assign, by: 张三, to: 甲厂, due: {due}}}\n"
    )


def path_of(root: Path, name: str) -> Path:
    return root / "hazards" / name[3:7] / name[7:9] / f"{name}.yaml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=False, capture_output=True)


def made(top: Path) -> Path:
    """Make a committed ledger in a folder of a repository."""
    root = top / "ledger"
    write(root / "hazardctl.yaml", CONFIG)
    write(top / ".gitignore", "*-EEEEE.yaml\n")
    write(top / ".gitattributes", "*.yaml text eol=lf\n")
    for name in IDS:
        write(path_of(root, name), hazard(name))
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "begin")
    return root


def answered(words: Sequence[str]) -> tuple[int, bytes, bytes]:
    """Make a call and give its exit code and everything it printed."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = called(words)
        out.flush()
        err.flush()
    return code, out.buffer.getvalue(), err.buffer.getvalue()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep answers of three records, and of files that were written a moment ago: these file systems count finely."""
    monkeypatch.setattr(keeping, "LEAST", 1)
    monkeypatch.delenv("GIT_CONFIG_NOSYSTEM")  # with settings of git in the environment it is asked for more, and nothing is kept
    monkeypatch.setattr(shelf, "LARGE", 0)  # two connections ask of three records
    for module in (answers, bygit, bring, since):
        monkeypatch.setattr(module, "TICK", 0)


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the answers that were printed again."""
    found: list[str] = []
    original = answers.recalled

    def recalled(path: str, key: bytes) -> answers.Answer | None:
        answer = original(path, key)
        found.extend([path] if answer else [])
        return answer

    monkeypatch.setattr(answers, "recalled", recalled)
    return found


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-01")
    root = made(tmp_path / "top")
    monkeypatch.chdir(root)
    return root


def settled(words: Sequence[str]) -> None:
    """Ask until the answer is kept: what was young is looked at once more."""
    with pytest.MonkeyPatch.context() as patch:
        keeps: list[bool] = []
        original = answers.keep
        patch.setattr(answers, "keep", lambda *given: keeps.append(original(*given)))
        for _ in range(6):
            time.sleep(0.03)
            answered(words)
            if keeps and keeps[-1]:
                return
    pytest.fail(f"{words} is not kept")


# ------------------------------------------------------------------------------------------------------------ the law

Step = Callable[[Path, pytest.MonkeyPatch], object]


def _same_size(root: Path, _: pytest.MonkeyPatch) -> None:
    path = path_of(root, IDS[0])
    if path.exists():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("库房", "车间") if "库房" in text else text.replace("车间", "库房"), encoding="utf-8")


def _other_line_endings(root: Path, _: pytest.MonkeyPatch) -> None:
    """Write a file as a program of another system does: git calls it the same."""
    path = path_of(root, IDS[0])
    if path.exists():
        text = path.read_bytes()
        path.write_bytes(text.replace(b"\r\n", b"\n") if b"\r\n" in text else text.replace(b"\n", b"\r\n"))


def _damaged(root: Path, _: pytest.MonkeyPatch) -> None:
    with suppress(OSError):
        for one in Path(answers.place()).iterdir():
            one.write_bytes(one.read_bytes()[:-3] + b"???")


def _committed(root: Path, _: pytest.MonkeyPatch) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")


def _coloured(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.delenv("NO_COLOR", raising=False)
    patch.setenv("FORCE_COLOR", "1")


STEPS: Final[dict[str, Step]] = {
    "nothing": lambda *_: None,
    "edit": _same_size,
    "endings": _other_line_endings,
    "due": lambda root, _: write(path_of(root, IDS[1]), hazard(IDS[1], due="2024-12-01")),
    "back": lambda root, _: git(root, "checkout", "--", "."),
    "new": lambda root, _: write(path_of(root, "YH-20240301-DDDDD"), hazard("YH-20240301-DDDDD")),
    "ignored": lambda root, _: write(path_of(root, "YH-20240302-EEEEE"), hazard("YH-20240302-EEEEE", site="另一处")),
    "gone": lambda root, _: path_of(root, IDS[2]).unlink(missing_ok=True),
    "broken": lambda root, _: write(path_of(root, IDS[1]), "id: ["),
    "touch": lambda root, _: path_of(root, IDS[0]).touch(),
    "commit": _committed,
    "unwatched": lambda root, _: git(root, "update-index", "--assume-unchanged", str(path_of(root, IDS[0]))),
    "config": lambda root, _: write(root / "hazardctl.yaml", CONFIG.replace("青山", "绿水")),
    "policy": lambda root, _: write(root / "hazardctl.yaml", CONFIG + "language: en\n"),
    "seal": lambda root, _: write(root / "seals" / "2024H1.yaml", "nonsense"),
    "template": lambda root, _: write(root / "templates" / "narrative.zh.txt", "{nonsense}"),
    "unit": lambda root, _: write(root / "units" / "jia.yaml", "id: jia\nschema: unit/1\nname: 甲厂\nkind: enterprise\n"),
    "language": lambda _, patch: patch.setenv("HAZARDCTL_LANG", "en"),
    "width": lambda _, patch: patch.setenv("COLUMNS", "40"),
    "day": lambda _, patch: patch.setenv("HAZARDCTL_TODAY", "2024-02-15"),
    "colour": _coloured,
    "elsewhere": lambda root, patch: patch.chdir(root.parent),
    "damage": _damaged,
    "attributes": lambda root, _: write(root / ".gitattributes", "*.yaml ident\n"),
    "rollup": lambda root, _: write(root / "rollup.yaml", "nonsense"),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=6), st.sampled_from(QUESTIONS))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_kept_answer_is_what_the_files_say(steps: list[str], words: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{folder}/cache")
        patch.setenv("HAZARDCTL_TODAY", "2024-06-01")
        root = made(Path(folder) / "top")
        patch.chdir(root)
        answered(words)
        time.sleep(0.03)
        answered(words)
        for step in steps:
            STEPS[step](root, patch)
            plain = answered([*words, "--no-index"])
            assert [answered(words) for _ in range(3)] == [plain] * 3, step
            time.sleep(0.03)
            assert answered(words) == plain, step
        patch.chdir("/")


def test_a_commit_says_what_it_says_whatever_becomes_of_the_files(root: Path, prints: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("report", "-p", "2024H1", "--known-at", "HEAD")
    settled(words)
    before = answered(words)
    STEPS["gone"](root, monkeypatch)
    assert answered(words) == before
    assert len(prints) == 2
    _committed(root, monkeypatch)
    after = answered(words)
    assert len(prints) == 2
    assert after == answered([*words, "--no-index"]) != before


def test_other_line_endings_are_noticed_by_who_speaks_of_them(root: Path, prints: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("validate",)
    settled(words)
    before = answered(words)
    assert len(prints) == 1
    _other_line_endings(root, monkeypatch)
    after = answered(words)
    assert len(prints) == 1
    assert after == answered([*words, "--no-index"]) != before


@pytest.mark.parametrize("step", sorted(set(STEPS) - {"nothing", "touch", "back", "unwatched", "endings"}))
def test_every_change_is_noticed(step: str, root: Path, prints: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    words = QUESTIONS[2]
    settled(words)
    assert answered(words) == answered([*words, "--no-index"])
    assert len(prints) == 1
    STEPS[step](root, monkeypatch)
    plain = answered([*words, "--no-index"])
    assert answered(words) == plain
    assert len(prints) == 1 or step in {"seal", "template"}  # `list` looks at neither


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_the_second_call_prints_what_the_first_did(words: tuple[str, ...], root: Path, prints: list[str]) -> None:
    if answered(words)[0] not in {0, 1}:
        assert answered(words) == answered([*words, "--no-index"])
        return
    settled(words)
    prints.clear()
    assert answered(words) == answered([*words, "--no-index"])
    assert len(prints) == 1


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample ledger in a repository of its own."""
    top = tmp_path_factory.mktemp("sample")
    shutil.copytree(Path(__file__).resolve().parents[2] / "ledger", top / "ledger")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "begin")):
        git(top, *words)
    return top / "ledger"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*(f"report {one}" for one in REPORTS), "overdue", "list", "remind", "validate"])
def test_everything_that_is_printed_again_is_what_the_files_say(
    name: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    monkeypatch.chdir(sample)
    period = ["-p", "2023", "--as-of", "2023-10-20"] if name.startswith("report") else []
    for form in ("json", "full" if name == "validate" else "text"):
        words = [*name.split(), *period, "--format", form]
        plain = answered([*words, "--no-index"])
        for _ in range(4):
            assert answered(words) == plain
            time.sleep(0.03)


def test_a_day_ends_at_midnight(root: Path, prints: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HAZARDCTL_TODAY")
    words = QUESTIONS[3]
    settled(words)
    answered(words)
    assert len(prints) == 1
    tomorrow = time.time() + 86_400  # noqa: TID251 (another day than that of the answer)
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    answered(words)
    assert len(prints) == 1


def test_what_is_thrown_away_is_asked_anew(root: Path, prints: list[str]) -> None:
    settled(QUESTIONS[0])
    answered(["index", "drop"])
    assert list(Path(answers.place()).iterdir()) == []
    assert answered(QUESTIONS[0]) == answered([*QUESTIONS[0], "--no-index"])
    assert prints == []


def test_without_the_index_nothing_is_kept(root: Path) -> None:
    settled(QUESTIONS[0])
    before = list(Path(answers.place()).iterdir())
    for _ in range(3):
        answered([*QUESTIONS[1], "--no-index"])
    assert list(Path(answers.place()).iterdir()) == before


def test_the_oldest_answers_make_room(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MANY", 2)
    for words in QUESTIONS[:3]:
        settled(words)
    assert len(list(Path(answers.place()).iterdir())) == 2


def test_an_answer_that_git_does_not_confirm_is_not_printed(root: Path, prints: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    settled(QUESTIONS[0])
    plain = answered([*QUESTIONS[0], "--no-index"])
    monkeypatch.setattr(answers, "PATIENCE", 0.0)
    assert answered(QUESTIONS[0]) == plain
    monkeypatch.setattr(answers, "PATIENCE", 8.0)
    monkeypatch.setattr(os, "posix_spawnp", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    assert answered(QUESTIONS[0]) == plain
    monkeypatch.setattr(system, "SPAWNS", False)
    assert answered(QUESTIONS[0]) == plain
    assert prints == []


# ----------------------------------------------------------------------------------------------------- what is noted


@pytest.mark.parametrize(
    "look",
    [
        Path.exists,
        Path.is_file,
        Path.is_dir,
        os.path.exists,
        os.path.isfile,
        Path.stat,
        Path.lstat,
        Path.resolve,
        Path.is_symlink,
        Path.read_bytes,
    ],
    ids=lambda one: f"{one.__module__}.{one.__name__}",
)
def test_every_way_to_look_at_a_path_is_noted(look: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_text("x", encoding="utf-8")
    with noting.noting() as noted:
        look(path)
    assert str(path) in {one.path for one in noted.looks}
    assert not noted.spoilt


@pytest.mark.parametrize("look", [os.listdir, lambda path: list(Path(path).iterdir()), lambda path: list(Path(path).glob("*"))])
def test_every_way_to_list_a_folder_is_noted(look: Callable[[Path], object], tmp_path: Path) -> None:
    with noting.noting() as noted:
        look(tmp_path)
    assert noting.Look(str(tmp_path), whole=True) in noted.looks


@pytest.mark.parametrize(
    "act",
    [
        lambda path: path.write_text("y"),
        Path.unlink,
        lambda path: path.rename(f"{path}2"),
        lambda path: path.chmod(0o600),
        lambda _: noting.unsure(),
    ],
)
def test_an_act_spoils_the_note(act: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_text("x", encoding="utf-8")
    with noting.noting() as noted:
        act(path)
    assert noted.spoilt


def test_a_closed_stream_and_an_unknown_user_keep_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert again.asked(["report", "-o", "x.csv"]) is None
    assert again.asked(["add"]) is None
    monkeypatch.setattr(sys, "stdout", None)
    assert again.asked(["report"]) is None
    monkeypatch.undo()
    assert again.asked(["report"]) is None or Path(own.folder(), "key").exists()
