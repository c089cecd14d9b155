"""Verbs and checks agree: every state with every verb, generated from the one transition table (DOMAIN §3.2)."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from hazardctl.diagnostics import Severity
from hazardctl.errors import ForbiddenError
from hazardctl.history import MOVES, allowed, replay
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.hazard import Hazard
from hazardctl.ops.act import act
from hazardctl.ops.drafting import Asked
from hazardctl.ops.permission import lawful
from hazardctl.rules.engine import check_record
from hazardctl.store.load import load_config, load_one
from tests.acting import STATES, TODAY, context, hazard, ledger

TWO = ("孙八", "周九")
ASKED: dict[str, Asked] = {
    "assign": Asked("assign", {"to": "xx-food", "due": "2024-07-10"}),
    "start": Asked("start"),
    "extend": Asked("extend", {"decision": "granted", "due": "2024-08-20", "reason": "设备到货延迟"}),
    "progress": Asked("progress", note="已到货"),
    "rectify": Asked("rectify", note="已整改"),
    "rectify:on_spot": Asked("rectify", {"on_spot": True}, note="当场清理", date="2024-03-01"),
    "verify:pass": Asked("verify", {"result": "pass"}, by=TWO),
    "verify:fail": Asked("verify", {"result": "fail", "reason": "仍有堆放"}, by=TWO),
    "close": Asked("close"),
    "close:other": Asked("close", {"reason": "unit_closed"}, note="单位已注销"),
    "reopen": Asked("reopen", {"reason": "再次堆放", "to": "xx-paper"}),
    "transfer": Asked("transfer", {"to": "县住建局", "reason": "职责"}, number="移〔2024〕2号"),
    "regrade": Asked("regrade", {"grade": "major", "reason": "现场核实", "basis": "判定标准第四条"}),
    "withdraw": Asked("withdraw", {"reason": "not_a_hazard"}, by=TWO),
    "note": Asked("note", note="已电话催办"),
    "supervise": Asked("supervise", {"level": "county"}, number="督〔2024〕9号"),
    "release": Asked("release", number="摘〔2024〕1号"),
}
LINES = {
    "assign": {"to": "xx-food", "due": "2024-07-10"}, "extend": {"decision": "granted", "due": "2024-08-20", "reason": "r"},
    "verify:pass": {"result": "pass"}, "verify:fail": {"result": "fail", "reason": "r"}, "close": {"reason": "rectified"},
    "close:other": {"reason": "unit_closed", "note": "n"}, "reopen": {"to": "xx-paper", "due": "2024-07-15", "reason": "r"},
    "transfer": {"to": "x", "reason": "r", "number": "n"}, "withdraw": {"reason": "not_a_hazard"},
    "supervise": {"level": "county", "number": "n"}, "release": {"number": "n"}, "rectify:on_spot": {"on_spot": "true", "note": "n"},
    "regrade": {"was": "general", "now": "major", "reason": "r", "basis": "b"},
}  # fmt: skip


def grade_for(state: str, move: str) -> str:
    """Give the grade under which the policy itself has nothing against the move."""
    listed = state.startswith("listed") or move in {"supervise", "release"}
    return "major" if listed and move != "regrade" else "general"


def event_for(move: str, date: str = TODAY.isoformat()) -> ev.Event:
    """Make the bare event of a move, as the table sees it."""
    fields = {"date": date, "do": move.partition(":")[0], "by": ["孙八", "周九"], **LINES.get(move, {})}
    return ev.event(fields)


def errors(root: Path, path: Path) -> set[str]:
    """Give the codes of the life-cycle errors that `validate` finds in one record."""
    config = load_config(root)
    entry = load_one(root, config, path.relative_to(root).as_posix())
    assert isinstance(entry, Entry)
    verdicts = check_record(entry, Ledger(config, (entry,)), TODAY)
    return {one.finding.code for one in verdicts if one.severity is Severity.ERROR and one.finding.code[:3] in {"HZ2", "HZ3"}}


@pytest.mark.parametrize("move", [move for move in MOVES if move not in {"register", "correct"}])
@pytest.mark.parametrize("state", STATES)
def test_a_verb_is_allowed_exactly_where_the_table_allows_it(state: str, move: str, tmp_path: Path) -> None:
    root = ledger(tmp_path)
    grade = grade_for(state, move)
    path = hazard(root, "AAAAA", *STATES[state], grade=grade)
    before = path.read_bytes()
    entry = load_one(root, load_config(root), path.relative_to(root).as_posix())
    assert isinstance(entry, Entry)
    folded = replay(cast("Hazard", entry.record))
    date = "2024-03-01" if move == "rectify:on_spot" else TODAY.isoformat()
    event = event_for(move, date)
    candidate = cast("Hazard", entry.record).model_copy(update={"history": (*cast("Hazard", entry.record).history, event)})
    fits = not replay(candidate).misfits
    if date == TODAY.isoformat():
        assert fits == allowed(folded, event)
    if grade == "major" and move == "rectify:on_spot":
        fits = False
    if fits:
        done = act(context(root), ["AAAAA"], ASKED[move])
        assert path.read_bytes() != before
        assert done.done[0].after.state == (MOVES[move][1] or done.done[0].before.state)
        assert errors(root, path) == set()
    else:
        with pytest.raises(ForbiddenError) as refusal:
            act(context(root), ["AAAAA"], ASKED[move])
        assert refusal.value.exit_code == 3
        assert path.read_bytes() == before
        assert "cannot" in refusal.value.what.say("en")
        assert "不能" in refusal.value.what.say("zh")


@pytest.mark.parametrize("move", [move for move in MOVES if move not in {"register", "correct", "regrade"}])
@pytest.mark.parametrize("state", STATES)
def test_what_a_verb_refuses_the_checks_report(state: str, move: str, tmp_path: Path) -> None:
    root = ledger(tmp_path)
    path = hazard(root, "AAAAA", *STATES[state], grade=grade_for(state, move))
    date = "2024-03-01" if move == "rectify:on_spot" else TODAY.isoformat()
    fields = ", ".join(f"{name}: {value}" for name, value in LINES.get(move, {"note": "n"}).items())
    with path.open("a", encoding="utf-8") as file:
        file.write(f"  - {{date: {date}, do: {move.partition(':')[0]}, by: [孙八, 周九], {fields}}}\n")
    found = errors(root, path)
    try:
        hazard(root, "BBBBB", *STATES[state], grade=grade_for(state, move))
        act(context(root), ["BBBBB"], ASKED[move])
        refused = False
    except ForbiddenError:
        refused = True
    assert bool(found) == refused, found


def test_the_next_verbs_are_those_of_the_mock_up(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    hazard(root, "M3V8K", *STATES["assigned"])
    with pytest.raises(ForbiddenError) as refusal:
        act(context(root), ["M3V8K"], Asked("close"))
    assert refusal.value.lines("en") == [
        "cannot close: M3V8K is assigned, not yet rectified and verified",
        "allowed now: start rectify extend assign progress regrade transfer withdraw correct note",
    ]
    assert refusal.value.lines("zh") == [
        "不能销号：M3V8K 已交办，尚未整改、复查",
        "允许的下一步：start rectify extend assign progress regrade transfer withdraw correct note",
    ]


@pytest.mark.parametrize("state", STATES)
def test_every_verb_offered_can_be_done(state: str, tmp_path: Path) -> None:
    root = ledger(tmp_path)
    path = hazard(root, "AAAAA", *STATES[state], grade="major" if state.startswith("listed") else "general")
    entry = load_one(root, load_config(root), path.relative_to(root).as_posix())
    assert isinstance(entry, Entry)
    span = replay(cast("Hazard", entry.record)).last
    for verb in lawful(span):
        if verb == "correct" or (verb == "regrade" and span.grade == "major") or (verb == "rectify" and span.state == "registered"):
            continue  # `rectify` of a registered one fits only on the day it was found
        asked = ASKED["verify:pass" if verb == "verify" else verb]
        act(context(root), ["AAAAA"], Asked(asked.do, asked.said, asked.date, asked.by, asked.note, asked.number, dry_run=True))
