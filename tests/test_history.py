"""The fold: DOMAIN §3.2 row by row, then its laws over histories nobody thought of."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from hazardctl.history import END, MOVES, Replay, allowed, move, next_verbs, replay
from hazardctl.model import events as ev
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.typed import typed
from tests import oracle, strategies, worked

# Ways into each state, written as cells of the worked example.
INTO: dict[str, list[str]] = {
    "registered": [],
    "assigned": ["01-02 assign 01-20"],
    "rectifying": ["01-02 assign 01-20", "01-03 start"],
    "rectified": ["01-02 assign 01-20", "01-04 rectify"],
    "verified": ["01-02 assign 01-20", "01-04 rectify", "01-05 pass"],
    "closed": ["01-02 assign 01-20", "01-04 rectify", "01-05 pass", "01-06 close"],
    "closed for another reason": ["01-02 assign 01-20", "01-06 unit_closed"],
    "withdrawn": ["01-06 duplicate"],
    "transferred": ["01-06 transfer"],
}
ACTS: dict[str, dict[str, Raw]] = {
    "register": {"do": "register"},
    "assign": {"do": "assign", "to": "yy-gas", "due": "2024-01-25"},
    "start": {"do": "start"},
    "extend": {"do": "extend", "decision": "granted", "due": "2024-01-30", "reason": "雨天"},
    "progress": {"do": "progress"},
    "rectify": {"do": "rectify"},
    "rectify:on_spot": {"do": "rectify", "on_spot": "true"},
    "verify:pass": {"do": "verify", "result": "pass"},
    "verify:fail": {"do": "verify", "result": "fail"},
    "close": {"do": "close", "reason": "rectified"},
    "close:other": {"do": "close", "reason": "removed"},
    "reopen": {"do": "reopen", "to": "yy-gas", "due": "2024-02-10"},
    "transfer": {"do": "transfer", "to": "县消防救援大队"},
    "regrade": {"do": "regrade", "now": "major"},
    "withdraw": {"do": "withdraw", "reason": "entry_error"},
    "correct": {"do": "correct", "field": "site", "now": "二层"},
    "note": {"do": "note"},
    "supervise": {"do": "supervise", "level": "county"},
    "release": {"do": "release"},
}
# DOMAIN 3.2, column "from → to": what each verb does in each state; a state that is not named does not fit.
BEFORE = ("registered", "assigned", "rectifying")
OPEN = (*BEFORE, "rectified", "verified")
ALL = (*OPEN, "closed", "closed for another reason", "withdrawn", "transferred")
TABLE: dict[str, dict[str, str]] = {
    "register": {},
    "assign": dict.fromkeys(BEFORE, "assigned"),
    "start": {"assigned": "rectifying"},
    "extend": {"assigned": "assigned", "rectifying": "rectifying"},
    "progress": {state: state for state in OPEN},
    "rectify": {"assigned": "rectified", "rectifying": "rectified"},
    "rectify:on_spot": dict.fromkeys(BEFORE, "rectified"),
    "verify:pass": {"rectified": "verified"},
    "verify:fail": {"rectified": "assigned"},
    "close": {"verified": "closed"},
    "close:other": dict.fromkeys(OPEN, "closed"),
    "reopen": {"verified": "assigned", "closed": "assigned"},
    "transfer": dict.fromkeys((*BEFORE, "rectified"), "transferred"),
    "regrade": {state: state for state in OPEN},
    "withdraw": dict.fromkeys([state for state in ALL if state != "withdrawn"], "withdrawn"),
    "correct": {state: state.partition(" ")[0] for state in ALL},
    "note": {state: state.partition(" ")[0] for state in ALL},
    "supervise": {state: state for state in OPEN},
    "release": {},
}


def line(text: str) -> dict[str, Raw]:
    date, _, verb = text.partition(" ")
    return {"date": worked.day(date), "do": "start", "by": "赵六"} if verb == "start" else worked.event(text)


def hazard(*lines: dict[str, Raw], found: str = "2024-01-01", registered: bool = True, **facts: Raw) -> Hazard:
    register: dict[str, Raw] = {"date": found, "do": "register", "by": "李四"}
    tree: Tree = {**worked.tree("A"), "found_on": found, **facts, "history": [*([register] if registered else []), *lines]}
    made = typed(BY_NAME["hazard"], tree)
    assert isinstance(made.record, Hazard), made.findings
    return made.record


def folded(*cells: str, more: tuple[dict[str, Raw], ...] = ()) -> Replay:
    return replay(hazard(*map(line, cells), *more))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(worked.day(text))


def act(verb: str, date: str = "2024-01-10", **more: Raw) -> dict[str, Raw]:
    return {"date": date, "by": "李四", **ACTS[verb], **more}


@pytest.mark.parametrize("verb", sorted(MOVES))
@pytest.mark.parametrize("state", ALL)
def test_a_verb_fits_exactly_where_the_table_says(verb: str, state: str) -> None:
    found = folded(*INTO[state], more=(act(verb),))
    last = found.acts[-1]
    assert last.before == state.partition(" ")[0]
    assert last.fits == (state in TABLE[verb])
    assert found.last.state == TABLE[verb].get(state, state.partition(" ")[0])
    assert bool(found.misfits) == (state not in TABLE[verb])


@pytest.mark.parametrize("verb", sorted(MOVES))
@pytest.mark.parametrize("state", ALL)
def test_the_commands_refuse_what_the_fold_would_skip(verb: str, state: str) -> None:
    before = folded(*INTO[state])
    assert allowed(before, ev.event(act(verb))) == (state in TABLE[verb])


@pytest.mark.parametrize("state", ALL)
def test_the_verbs_named_as_next_are_those_that_fit(state: str) -> None:
    rows = [verb for verb in MOVES if state in TABLE[verb]]
    assert sorted(next_verbs(folded(*INTO[state]).last)) == sorted({verb.partition(":")[0] for verb in rows})


@pytest.mark.parametrize("state", [state for state in ALL if state not in {"withdrawn", "transferred"}])
def test_a_listed_hazard_may_be_released_while_it_is_ours(state: str) -> None:
    listed = hazard(act("supervise", "2024-01-01"), *map(line, INTO[state]))
    assert replay(listed).last.listed
    assert "release" in next_verbs(replay(listed).last)
    assert allowed(replay(listed), ev.event(act("release")))
    released = hazard(act("supervise", "2024-01-01"), *map(line, INTO[state]), act("release"))
    assert not replay(released).last.listed
    assert not replay(released).misfits


@pytest.mark.parametrize("state", ["withdrawn", "transferred"])
def test_a_listing_ends_in_silence_with_the_record(state: str) -> None:
    found = replay(hazard(act("supervise", "2024-01-01"), *map(line, INTO[state]), act("release")))
    assert [misfit.event.do for misfit in found.misfits] == ["release"]


def test_a_move_is_a_verb_with_what_decides_it() -> None:
    assert {verb: move(ev.event(act(verb))) for verb in ACTS} == {verb: verb for verb in ACTS}
    assert move(ev.event({**act("verify:pass"), "result": "perhaps"})) == "verify:perhaps"
    assert move(ev.event({"date": "2024-01-10", "do": "close"})) == "close"


def test_an_unknown_result_is_a_misfit() -> None:
    found = folded(*INTO["rectified"], more=(act("verify:pass", result="perhaps"),))
    assert (found.last.state, len(found.misfits)) == ("rectified", 1)


def test_a_hazard_exists_from_the_day_it_was_found_whatever_the_lines_say() -> None:
    assert [span.state for span in replay(hazard(registered=False)).spans] == ["registered"]
    late = replay(hazard({"date": "2024-01-09", "do": "register", "by": "李四"}, registered=False))
    assert [(span.start, span.stop, span.state) for span in late.spans] == [(day("01-01"), END, "registered")]
    assert not late.misfits


def test_a_register_line_that_is_not_the_first_is_a_misfit() -> None:
    found = replay(hazard(line("01-02 assign 01-20"), {"date": "2024-01-09", "do": "register", "by": "李四"}, registered=False))
    assert [misfit.position for misfit in found.misfits] == [1]
    assert found.last.state == "assigned"


def test_lines_are_folded_by_date_and_lines_of_one_day_as_they_stand() -> None:
    found = folded("01-05 pass", "01-04 rectify", "01-02 assign 01-20")
    assert [one.position for one in found.acts] == [0, 3, 2, 1]
    assert found.last.state == "verified"
    same_day = folded("01-02 assign 01-20", "01-04 pass", "01-04 rectify")
    assert (same_day.last.state, len(same_day.misfits)) == ("rectified", 1)


def test_acts_of_one_day_leave_one_span() -> None:
    found = folded("01-01 on_spot", "01-01 pass", "01-01 close")
    assert [(span.start, span.stop, span.state) for span in found.spans] == [(day("01-01"), END, "closed")]


def test_a_note_a_request_and_a_misfit_open_no_span() -> None:
    request = act("extend", decision="requested", due="2024-03-01")
    refusal = act("extend", "2024-01-11", decision="refused", due="2024-03-01")
    found = folded("01-02 assign 01-20", more=(request, refusal, act("note", "2024-01-12"), act("close", "2024-01-13")))
    assert [span.start for span in found.spans] == [day("01-01"), day("01-02")]
    assert found.last.due == day("01-20")


def test_the_state_of_a_day_is_the_one_at_its_end() -> None:
    found = folded("01-02 assign 01-20", "01-04 rectify")
    assert found.on(day("2023-12-31")) is None
    states = {text: span.state for text in ("01-01", "01-02", "01-03", "01-04", "06-01") if (span := found.on(day(text)))}
    assert states == {"01-01": "registered", "01-02": "assigned", "01-03": "assigned", "01-04": "rectified", "06-01": "rectified"}


def test_a_hand_over_may_shorten_the_deadline_and_never_lengthen_it() -> None:
    found = folded("01-02 assign 01-20", "01-03 assign 01-25", "01-05 assign 01-15", more=(act("assign", to="", due="2024-01-16"),))
    assert (found.last.due, found.last.due0) == (day("01-15"), day("01-20"))
    assert found.last.owner == worked.RESPONSIBLE
    undated = folded(more=(act("assign", due=None),))
    assert (undated.last.state, undated.last.due) == ("assigned", None)


def test_only_a_granted_later_deadline_is_an_extension() -> None:
    earlier = act("extend", "2024-01-12", due="2024-01-15")
    found = folded("01-02 assign 01-20", more=(act("extend"), earlier, act("extend", "2024-01-13", due="2024-02-05")))
    assert [one.added for one in found.acts] == [0, 0, 10, 0, 6]
    assert (found.last.extensions, found.last.extension_days, found.last.extended) == (2, 16, 2)
    assert (found.last.due, found.last.due0) == (day("02-05"), day("01-20"))


def test_a_failed_check_cancels_the_claim_and_keeps_the_deadline_unless_it_names_one() -> None:
    kept = folded(*INTO["rectified"], more=(act("verify:fail"),)).last
    assert (kept.state, kept.claimed, kept.due, kept.returned, kept.first_verdict) == ("assigned", None, day("01-20"), True, "fail")
    moved = folded(*INTO["rectified"], "01-08 fail 02-01").last
    assert (moved.due, moved.due0) == (day("02-01"), day("01-20"))
    first = folded("01-01 on_spot", "01-08 fail 02-01").last
    assert (first.due, first.due0, first.on_spot) == (day("02-01"), day("02-01"), False)
    claimed_again = folded(*INTO["rectified"], "01-08 fail", "01-09 rectify").last
    assert not claimed_again.returned


def test_a_pass_after_a_failure_keeps_the_first_verdict() -> None:
    found = folded(*INTO["rectified"], "01-08 fail", "01-09 rectify", "01-10 pass").last
    assert (found.first_verdict, found.passed) == ("fail", day("01-10"))


def test_a_pass_keeps_the_fingerprint_it_saw() -> None:
    assert folded(*INTO["rectified"], more=(act("verify:pass", fingerprint="9f2c41d884c7"),)).last.fingerprint == "9f2c41d884c7"


def test_a_reopening_begins_a_cycle_with_a_deadline_of_its_own() -> None:
    found = folded(*INTO["closed"], "02-01 reopen 02-15")
    last = found.last
    assert (last.cycle, last.cycle_start, last.cycle_stop) == (2, day("02-01"), END)
    assert (last.due, last.due0, last.claimed, last.passed, last.closed, last.extended) == (day("02-15"), day("02-15"), None, None, None, 0)
    assert {span.cycle_stop for span in found.spans[:-1]} == {day("02-01")}
    undated = folded(*INTO["closed"], more=(act("reopen", "2024-02-01", due=None, to="", person="孙八"),)).last
    assert (undated.due, undated.owner, undated.person) == (None, worked.RESPONSIBLE, "孙八")


def test_a_cycle_that_began_and_ended_on_one_day_leaves_no_span() -> None:
    again = [line(text) for text in ("02-01 reopen 02-15", "02-01 rectify", "02-01 pass", "02-01 close", "02-01 reopen 02-20")]
    found = folded(*INTO["closed"], more=tuple(again))
    assert (found.last.cycle, found.last.due) == (3, day("02-20"))
    assert [span.cycle for span in found.spans] == [1, 1, 1, 1, 1, 3]
    assert found.spans[-2].cycle_stop == day("02-01")


def test_only_a_closing_as_rectified_is_one() -> None:
    assert (folded(*INTO["closed"]).last.closed, folded(*INTO["closed"]).last.removed) == (day("01-06"), None)
    other = folded(*INTO["closed for another reason"]).last
    assert (other.closed, other.removed) == (None, day("01-06"))
    after_a_pass = folded(*INTO["verified"], more=(act("close:other"),)).last
    assert (after_a_pass.closed, after_a_pass.removed, after_a_pass.passed) == (None, day("01-10"), day("01-05"))


def test_a_regrading_to_nonsense_changes_nothing() -> None:
    assert folded(more=(act("regrade"),)).last.grade == "major"
    assert folded(more=(act("regrade", now="serious"),)).last.grade == "general"


def test_a_withdrawal_is_known_by_its_day() -> None:
    assert folded(*INTO["withdrawn"]).withdrawn == day("01-06")
    assert folded(*INTO["closed"]).withdrawn is None


def test_the_days_of_a_child_before_its_split_do_not_count() -> None:
    register: dict[str, Raw] = {"date": "2024-01-01", "do": "register", "by": "李四", "recorded": "2024-01-15"}
    child = hazard(register, line("01-02 assign 01-20"), line("01-18 rectify"), registered=False, split_from=worked.ID["A"])
    spans = [(span.start, span.counted, span.state) for span in replay(child).spans]
    assert spans == [
        (day("01-01"), False, "registered"),
        (day("01-02"), False, "assigned"),
        (day("01-15"), True, "assigned"),
        (day("01-18"), True, "rectified"),
    ]


def test_the_day_of_a_split_may_be_put_right() -> None:
    register: dict[str, Raw] = {"date": "2024-01-01", "do": "register", "by": "李四", "recorded": "2024-01-15"}
    correction = act("correct", field="recorded", event="1", now="2024-01-17")
    child = hazard(register, correction, registered=False, split_from=worked.ID["A"])
    assert [span.start for span in replay(child).spans if span.counted] == [day("01-17")]


def test_a_correction_of_an_event_is_laid_over_it_for_every_day() -> None:
    found = folded(*INTO["rectified"], more=(act("correct", "2024-03-01", field="date", event="3", now="2024-01-08"),))
    assert found.last.claimed == day("01-08")
    assert found.unmatched == ()


def test_a_correction_that_makes_no_event_is_named() -> None:
    beyond = act("correct", field="date", event="99", now="2024-01-08")
    nonsense = act("correct", field="date", event="1", now="八日")
    assert folded(more=(beyond, nonsense)).unmatched == (1, 2)


def test_overdue_begins_the_day_after_the_deadline_and_ends_with_a_claim() -> None:
    span = folded("01-02 assign 01-20").last
    assert [span.overdue_on(day(text)) for text in ("01-19", "01-20", "01-21")] == [False, False, True]
    assert not folded(*INTO["rectified"]).last.overdue_on(day("03-01"))
    assert not folded(*INTO["registered"]).last.overdue_on(day("03-01"))
    assert not folded(*INTO["closed for another reason"]).last.overdue_on(day("03-01"))


@given(tree=strategies.hazards())
def test_no_history_makes_the_fold_raise_and_its_spans_leave_no_gap(tree: Tree) -> None:
    found = replay(strategies.loaded([tree]).hazards[0].record)
    assert found.spans[0].start.isoformat() == tree["found_on"]
    assert found.last.stop == END
    assert all(one.stop == two.start for one, two in zip(found.spans, found.spans[1:], strict=False))
    assert all(one[2:] != two[2:] for one, two in zip(found.spans, found.spans[1:], strict=False))
    assert len(found.acts) == len(tree["history"] or ())
    assert sum(one.added for one in found.acts) == found.last.extension_days


@given(trees=strategies.ledgers(most=3))
def test_every_day_of_every_history_agrees_with_a_replay_of_that_day(trees: list[Tree]) -> None:
    for entry, tree in zip(strategies.loaded(trees).hazards, trees, strict=True):
        case, found = oracle.Case(tree), replay(entry.record)
        for number in range(0, 500, 3):
            on = case.found + dt.timedelta(days=number)
            span, now = found.on(on), case.at(on)
            assert span is not None
            assert span.counted == case.exists(on)
            assert (span.state, span.grade, span.owner, span.cycle, span.cycle_start) == (
                now.state,
                now.grade,
                now.owner,
                now.cycle,
                now.cycle_start,
            )
            assert (span.due, span.due0, span.claimed, span.passed, span.closed) == (
                now.due,
                now.first_due,
                now.claim,
                now.passed,
                now.closed,
            )
            assert (span.removed, span.on_spot, span.first_verdict) == (now.removed, now.on_spot, (now.verdicts or [""])[0])
            assert (span.extensions, span.extension_days) == (len(now.grants), sum(days for _, days in now.grants))
            if now.claim:  # while a claim stands nothing moves the deadline it is judged by (MEASURES §2)
                assert (now.claim_due, now.claim_first_due) == (now.due, now.first_due)


@given(tree=strategies.hazards())
def test_spans_up_to_a_day_do_not_know_what_is_written_later(tree: Tree) -> None:
    lines = oracle.Case(tree).lines
    day_ = max((line["date"] for line in lines[: len(lines) // 2]), default=str(tree["found_on"]))
    known: list[Raw] = [line for line in lines if line["date"] <= day_ and line["do"] != "correct"]
    whole = replay(strategies.loaded([tree]).hazards[0].record)
    early = replay(strategies.loaded([{**tree, "history": known}]).hazards[0].record)
    on = max(dt.date.fromisoformat(day_), dt.date.fromisoformat(str(tree["found_on"])))
    one, two = whole.on(on), early.on(on)
    assert one is not None
    assert two is not None
    assert one._replace(stop=END, cycle_stop=END) == two._replace(stop=END, cycle_stop=END)


def test_the_room_gives_the_fold_when_it_is_asked_for_and_nothing_else() -> None:
    from hazardctl import history

    assert history.replay.__module__ == "hazardctl.history.fold"
    with pytest.raises(AttributeError, match="nothing"):
        history.nothing  # noqa: B018 (asked for its error)
