"""What a dry run of `import --update` announces is what happens, and what happens is what its commands would have done."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.cli.app import called
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.export_rows import KEYS
from hazardctl.ops.import_apply import applied, page
from hazardctl.ops.import_proposals import Proposal
from hazardctl.ops.question import Words
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests.acting import STATES, TODAY, context, hazard, ledger

pytest.importorskip("python_calamine")

ENDINGS: Final = {state: f"AAAA{ending}" for state, ending in zip(STATES, "23456789BCD", strict=True)}
BY: Final = "孙八"
WHY: Final = "照单位回函"
DAYS: Final = ("2024-02-01", "2024-03-01", "2024-03-04", "2024-03-10", "2024-06-11", "2024-06-29", "2024-07-25", "2099-01-01", "某日")
TEXTS: Final = ("", "二号车间", "XX食品厂", "无此单位", "李四", "王五、赵六", "坏\u202e字")
POOLS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("found_on", "due", "extended", "extended_on", "rectified_on", "verified_on", "closed_on"), DAYS),
    **dict.fromkeys(("site", "unit", "description", "owner", "person", "measure", "verified_by", "extension", "remark"), TEXTS),
    "grade": ("重大", "一般", "很大"),
    "source": ("群众举报", "梦见"),
    "sector": ("消防", "某行业"),
    "funds": ("1.5", "许多"),
    "state": ("已销号", "看情况"),
}
edits = st.lists(
    st.tuples(
        st.sampled_from(list(STATES)),
        st.sampled_from(list(POOLS)).flatmap(lambda key: st.tuples(st.just(key), st.sampled_from(POOLS[key]))),
    ),
    min_size=1,
    max_size=14,
)


class Office:
    """A ledger with a hazard in every state, and the workbook of it that went out."""

    def __init__(self, folder: Path) -> None:
        self.root = ledger(folder)
        self.context = context(self.root)
        self.paths = {state: hazard(self.root, ENDINGS[state], *lines) for state, lines in STATES.items()}
        self.place = folder / "台账.xlsx"
        self.place.write_bytes(export(self.context, Words(), Wanted("x.xlsx")).data)

    def edit(self, cells: Sequence[tuple[str, tuple[str, str]]]) -> None:
        """Edit cells by the state of their hazard and the key of their column."""
        book = openpyxl.load_workbook(self.place)
        page_: Any = book["隐患台账"]
        lines = {str(page_.cell(line, 1).value)[-5:]: line for line in range(4, page_.max_row + 1)}
        for state, (key, text) in cells:
            page_.cell(lines[ENDINGS[state]], KEYS.index(key) + 1).value = text
        book.save(self.place)

    def tree(self) -> dict[str, bytes]:
        """Give every file of the ledger."""
        return tree(self.root)


def tree(root: Path) -> dict[str, bytes]:
    """Give every file of a ledger, but for the lock."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".lock" and ".git" not in path.parts
    }


def typed(one: Proposal, root: Path, patch: pytest.MonkeyPatch) -> int:
    """Type the command of a proposal, with what a person adds to it."""
    words = shlex.split(one.brief)[1:]
    words += ["--reason", WHY] if one.reasoned else []
    words += ["-m", WHY] if one.verb == "rectify" and "-m" not in one.said else []
    words += ["--by", BY] if "--by" not in one.said else []
    patch.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    return called(["-C", str(root), *words])


@settings(max_examples=30)
@given(cells=edits)
def test_a_dry_run_announces_what_happens_and_that_is_what_the_commands_do(
    cells: list[tuple[str, tuple[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("apply")
    here = Office(folder)
    here.edit(cells)
    before = here.tree()
    copy = shutil.copytree(here.root, folder / "typed")
    dry = applied(here.context, [here.place], BY, WHY, dry_run=True)
    assert here.tree() == before
    real = applied(here.context, [here.place], BY, WHY)
    assert replace(dry, dry_run=False) == real
    assert dry.exit_code == real.exit_code
    stopped: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for one in real.made.proposals:
            if one.id not in stopped and typed(one, copy, patch) != FINE:
                stopped.add(one.id)
    assert {one.proposal.id for one in real.refused} == stopped
    assert tree(copy) == here.tree()
    assert len(real.written) + len(real.refused) == len(real.made.proposals)


@pytest.fixture
def here(tmp_path: Path) -> Office:
    """Give an office."""
    return Office(tmp_path)


def test_what_the_life_cycle_refuses_is_named_with_what_follows_it_and_the_rest_is_written(here: Office) -> None:
    here.edit(
        [("registered", ("rectified_on", "2024-02-01")), ("registered", ("closed_on", "2024-06-01")), ("assigned", ("remark", "催过"))]
    )
    dry = applied(here.context, [here.place], BY, WHY, dry_run=True)
    assert [(one.proposal.verb, bool(one.hints)) for one in dry.refused] == [("rectify", True), ("close", False)]
    assert [one.verb for one in dry.written] == ["correct"]
    assert dry.exit_code == FINDINGS
    text = rendered(page(dry), "text", Page("zh", 120))
    assert "不会写入：hazardctl rectify" in text
    assert "前一步没有写入，这一步也不写" in text
    assert "将写入 1 处，1 条记录（试运行，未写入）" in text
    assert applied(here.context, [here.place], BY, WHY).exit_code == FINDINGS
    assert "催过" in here.paths["assigned"].read_text(encoding="utf-8")
    assert "rectify" not in here.paths["registered"].read_text(encoding="utf-8")


def test_steps_of_one_row_are_judged_one_upon_the_other(here: Office) -> None:
    steps = {"rectified_on": "2024-06-10", "verified_on": "2024-06-11", "verified_by": "王五", "closed_on": "2024-06-12"}
    here.edit([("assigned", pair) for pair in steps.items()])
    dry = applied(here.context, [here.place], BY, WHY, dry_run=True)
    assert [one.verb for one in dry.written] == ["rectify", "verify"]
    assert [one.proposal.verb for one in dry.refused] == ["close"]  # whoever did the work does not strike it off


def test_a_dry_run_says_what_a_correction_would_break(here: Office) -> None:
    here.edit([("closed", ("rectified_on", "2024-06-25"))])
    (one,) = applied(here.context, [here.place], BY, WHY, dry_run=True).refused
    assert one.hints  # which line no longer fits, or which rule speaks against it


def test_a_dry_run_asks_for_the_same_words_and_leaves_not_even_a_lock(here: Office) -> None:
    here.edit([("assigned", ("remark", "催过"))])
    for dry_run in (True, False):
        with pytest.raises(UsageError, match="reason"):
            applied(here.context, [here.place], BY, "", dry_run=dry_run)
        with pytest.raises(UsageError, match="git"):
            applied(here.context, [here.place], BY, WHY, commit=True, dry_run=dry_run)
    (here.root / ".lock").unlink()
    applied(here.context, [here.place], BY, WHY, dry_run=True)
    assert not (here.root / ".lock").exists()


def test_at_the_command_line_a_dry_run_is_told_like_the_run(
    here: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], repository: Path
) -> None:
    jsonschema: Any = pytest.importorskip("jsonschema")
    schema = json.loads((repository / "schemas" / "update.schema.json").read_text(encoding="utf-8"))
    here.edit([("assigned", ("site", "二号车间")), ("rectified", ("verified_on", "2024-06-11")), ("rectified", ("verified_by", "王五"))])
    monkeypatch.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=here.root, check=True)
    words = ["-C", str(here.root), "import", str(here.place), "--update", "--by", BY, "--reason", WHY, "--commit", "--format", "json"]
    told: list[dict[str, Any]] = []
    for more in (["-n"], ["--apply", "-n"], ["--apply"]):
        assert called([*words, *more]) == FINDINGS
        told.append(json.loads(capsys.readouterr().out))
        jsonschema.Draft202012Validator(schema).validate(told[-1])
    dry, also, real = told
    assert dry == also
    assert {**dry, "dry_run": False, "commit": real["commit"]} == real
    assert (len(real["written"]), len(real["refused"]), len(real["commit"]) > 6) == (1, 1, True)
