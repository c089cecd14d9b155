"""What lies between two states: lines are known by what they say, and commits by what they brought."""

from __future__ import annotations

import datetime as dt

from hazardctl.between import GONE, Between, Change, Commit, Touch, Version, mark, said
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.config import Config
from hazardctl.model.events import event
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.settings import Person
from hazardctl.model.unit import Unit

UNIT = BY_NAME["unit"]
NOTE = {"date": "2024-03-01", "do": "note", "by": "李四", "note": "x"}
COMMIT = Commit("a" * 40, (), "李四", "li4@example.org", dt.date(2024, 3, 1))


def unit(*notes: str, key: str = "a") -> Version:
    history = [{**NOTE, "note": note} for note in notes]
    return Version(Entry(UNIT, Unit.model_validate({"id": key, "schema": "unit/1", "history": history}), f"units/{key}.yaml"))


def test_a_line_is_known_by_what_it_says_and_not_by_its_layout() -> None:
    assert mark(event(NOTE)) == mark(event({**NOTE, "by": ["李四"]}))
    assert mark(event(NOTE)) != mark(event({**NOTE, "note": "y"}))


def test_the_kind_of_a_change_is_told_by_any_version_that_says_it() -> None:
    assert Change("units/a.yaml", GONE, GONE).kind == ""
    assert Change("units/a.yaml", unit(), GONE).kind == "unit"
    assert Change("units/a.yaml", GONE, Version(Unread("units/a.yaml", "unit", ()))).kind == "unit"
    assert Change("hazardctl.yaml", GONE, Version(Config())).kind == "configuration"
    assert Change("units/a.yaml", GONE, GONE, (Touch(None, (GONE,), unit()),)).kind == "unit"


def test_who_brought_and_who_dropped_a_line_is_named() -> None:
    first, second = Touch(COMMIT, (unit(),), unit("x")), Touch(None, (unit("x"),), unit())
    change = Change("units/a.yaml", unit(), unit(), (first, second))
    line = unit("x").marks[0]
    assert (change.wrote(line), first.added(), second.added()) == (first, [0], [])
    assert change.lost(line).say("en") == "not committed yet"
    assert first.who.say("en") == f"commit {COMMIT.short}, 李四, 2024-03-01" == said(COMMIT).say("en")
    assert Change("units/a.yaml", unit(), GONE).ended().say("en") == "not committed yet"


def test_a_pair_is_two_records_that_can_be_read() -> None:
    pair = Change("units/a.yaml", unit("x"), unit("x", "y")).pair
    assert pair is not None
    assert [len(record.history) for record in pair] == [1, 2]
    assert Change("units/a.yaml", GONE, unit()).pair is None


def test_a_line_of_either_parent_is_not_new_in_a_merge() -> None:
    merge = Touch(COMMIT, (unit("x"), unit("y")), unit("x", "y", "z"))
    assert merge.added() == [2]
    assert merge.drops(unit("x").marks[0]) is False


def test_a_record_that_went_elsewhere_is_found_by_its_id_or_its_history() -> None:
    old = Change("units/a.yaml", unit("x"), GONE)
    assert Between(Ledger(), Ledger(), (old, Change("units/b.yaml", GONE, unit("x", key="b")))).moves == {"units/b.yaml": "units/a.yaml"}
    assert Between(Ledger(), Ledger(), (old, Change("units/x/a.yaml", GONE, unit("z")))).moves == {"units/x/a.yaml": "units/a.yaml"}
    assert Between(Ledger(), Ledger(), (old, Change("units/c.yaml", GONE, unit("z", key="c")))).moves == {}


def test_an_author_is_known_by_address_at_the_beginning_of_the_range() -> None:
    config = Config(people=(Person(name="李四", emails=("li4@example.org",)),))
    span = Between(Ledger(config), Ledger(), (Change("units/a.yaml", GONE, unit()), Change("hazardctl.yaml", GONE, Version(Config()))))
    assert span.author(COMMIT) == "李四"
    assert span.author(Commit("b" * 40, (), "李四", "李四", dt.date(2024, 3, 1))) == ""
    assert [change.path for change in span.of("")] == ["units/a.yaml"]
    assert [change.path for change in span.of("configuration")] == ["hazardctl.yaml"]
    undo = Commit("c" * 40, (), "李四", "", dt.date(2024, 3, 1), undoes="a" * 40)
    assert Between(Ledger(), Ledger(), commits=(COMMIT, undo)).undone == {undo.oid}
