"""`add` on a terminal: what is missing is asked for, `<` steps back, what resembles an open hazard is shown (EXPERIENCE §3.4)."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from hazardctl.cli.completion_of_add import completed
from hazardctl.cli.dialogue import Step, talk
from hazardctl.cli.door import Door
from hazardctl.language import Text
from hazardctl.ops.remembered import answers, remember
from tests.acting import ASSIGN, REGISTER, context, hazard, ledger

REPOSITORY = Path(__file__).resolve().parents[2]


def said(*replies: str) -> tuple[list[tuple[str, str]], object]:
    """Make somebody who answers in this order and keeps what was asked and offered."""
    asked: list[tuple[str, str]] = []
    rest: Iterator[str] = iter(replies)

    def ask(question: str, offered: str, choices: Sequence[str]) -> str:
        del choices
        asked.append((question, offered))
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return asked, ask


STEPS = [
    Step("unit", Text("单位", "Unit"), needed=True),
    Step("site", Text("部位", "Site")),
    Step("grade", Text("等级", "Grade"), "general"),
]


def script(answers: Mapping[str, str]) -> list[Step]:
    """Ask for a reason once the grade is major."""
    return [*STEPS, *([Step("cause", Text("原因", "Cause"))] if answers.get("grade") == "major" else [])]


def test_enter_takes_what_is_offered_and_a_needed_answer_is_asked_for_again() -> None:
    asked, ask = said("", "XX纸业", "", "")
    assert talk(Door(language="en"), script, ask) == {"unit": "XX纸业", "site": "", "grade": "general"}  # type: ignore[arg-type]
    assert [question for question, _ in asked] == ["? Unit", "? Unit", "? Site", "? Grade"]


def test_a_step_back_keeps_the_answers() -> None:
    asked, ask = said("XX纸业", "一车间", "general<", "<", "", "二车间", "major", "老化")
    assert talk(Door(), script, ask) == {"unit": "XX纸业", "site": "二车间", "grade": "major", "cause": "老化"}  # type: ignore[arg-type]
    assert asked[3:6] == [("? 部位", "一车间"), ("? 单位", "XX纸业"), ("? 部位", "一车间")]


def test_the_end_of_the_input_gives_up() -> None:
    _, ask = said("XX纸业")
    with pytest.raises(KeyboardInterrupt):
        talk(Door(), script, ask)  # type: ignore[arg-type]


def test_what_the_unit_and_the_ledger_suggest_is_offered(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    asked, ask = said("没有的", "XX纸业", "通道堵塞", "", "一车间", "", "", "", "", "")
    given = completed(Door(), context(root), {}, ask)  # type: ignore[arg-type]
    offered = dict(asked)
    assert offered["? 行业领域"] == "工贸"
    assert offered["? 隐患来源"] == "上级或部门检查"
    assert (given["unit"], given["sector"], given["site"], given["found_by"]) == ("XX纸业", "工贸", "一车间", "孙八")


def test_a_call_that_lacks_nothing_is_not_asked_anything(tmp_path: Path) -> None:
    asked, ask = said()
    given = {"unit": "XX纸业", "description": "通道堵塞"}
    assert completed(Door(), context(ledger(tmp_path)), given, ask) == given  # type: ignore[arg-type]
    assert asked == []


def test_the_last_answers_are_kept_in_the_cache_and_never_in_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = ledger(tmp_path)
    before = sorted(root.rglob("*"))
    remember(root, {"source": "patrol", "unit": "xx-paper", "found_by": "李四"})
    assert answers(root) == {"source": "patrol", "found_by": "李四"}
    assert sorted(root.rglob("*")) == before
    next((tmp_path / "cache").rglob("*.json")).write_text("[", encoding="utf-8")
    assert answers(root) == {}


def test_a_home_that_cannot_be_written_costs_only_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    remember(tmp_path, {"source": "patrol"})
    assert answers(tmp_path) == {}


CTRL_C = "\x03"


def on_a_terminal(folder: Path, words: Sequence[str], *talk: tuple[str, str], **more: str) -> tuple[int, str]:
    """Run the program on a terminal of its own; wait for each prompt and answer it; give exit code and all it showed."""
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "HAZARDCTL_TODAY": "2024-06-30", "HAZARDCTL_ACTOR": "孙八", **more}
    env["XDG_CACHE_HOME"] = str(folder / "cache")
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background has it switched off
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "hazardctl", *words], env)  # noqa: S606 (our own program)
    shown, rest, end, again = "", list(talk), time.monotonic() + 60, 0.0
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        try:
            piece = os.read(terminal, 4096) if ready else b""
        except OSError:
            break
        shown += piece.decode("utf-8", "replace")
        if rest and rest[0][0] in shown:
            os.write(terminal, rest.pop(0)[1].encode())
            again = time.monotonic() + 2
        elif not rest and talk and talk[-1][1] == CTRL_C and time.monotonic() > again:
            os.write(terminal, CTRL_C.encode())  # one pressed while the terminal changes its mode is lost, as for a person
            again = time.monotonic() + 2
    else:
        os.kill(child, signal.SIGKILL)  # the test fails on the code; nobody waits for ever
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.replace("\r\n", "\n")


def test_a_similar_open_hazard_is_shown_and_enter_means_no(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    hazard(root, "7K2QF", REGISTER, ASSIGN)
    code, shown = on_a_terminal(tmp_path, ["add", "-u", "XX纸业", "-m", "消防通道被货物占用了"], ("[y/N]", "\n"))
    assert code == 0
    assert "! 与 7K2QF“消防通道被货物占用”（XX纸业有限公司，已交办）相似度 94%。仍要登记？[y/N]" in shown
    assert "已取消，未写入任何文件。查看原记录：hazardctl show 7K2QF" in shown
    assert len(list((root / "hazards").rglob("*.yaml"))) == 1


def test_the_dialogue_registers_a_hazard(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    code, shown = on_a_terminal(
        tmp_path, ["add", "--lang", "en"], ("Unit", "XX纸业\n"), ("Description", "灭火器过期\n"), ("Sector", "\n" * 7)
    )
    assert (code, len(list((root / "hazards").rglob("*.yaml")))) == (0, 1), shown
    assert "next  hazardctl assign" in shown


@pytest.mark.parametrize("more", [{"CI": "1"}, {}])
def test_nothing_is_asked_where_it_must_not_be(more: dict[str, str], tmp_path: Path) -> None:
    ledger(tmp_path)
    code, shown = on_a_terminal(tmp_path, ["add"] if more else ["add", "--no-input"], **more)
    assert (code, "缺少 -u、-m" in shown) == (2, True)


def test_interrupting_the_dialogue_writes_nothing(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    code, shown = on_a_terminal(tmp_path, ["add"], ("受检单位", "XX纸业\n"), ("隐患描述", CTRL_C))
    assert (code, list((root / "hazards").rglob("*.yaml"))) == (130, [])
    assert "Traceback" not in shown
