"""Records of every kind are listed: by the language of the measures' scopes, in the columns of their models."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.errors import UsageError
from hazardctl.measures import CATALOGUE, Book, Question
from hazardctl.measures.definition import Sum
from hazardctl.measures.recordlist import grammar
from hazardctl.measures.sources import SOURCES
from hazardctl.model.kinds import BY_NAME, KINDS
from hazardctl.ops.act import act
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import Asked
from hazardctl.ops.kind import named, parted
from hazardctl.ops.listing import Listed, Wanted
from hazardctl.ops.question import Words
from hazardctl.ops.records import listed, order
from hazardctl.reports.records import Item, columns, usual
from hazardctl.sheet import Table
from hazardctl.store.load import load
from tests.every import OTHERS, TODAY, every, identity, place

WITHDRAW = Asked("withdraw", {"reason": "entry_error"}, by=("张三", "李四"))
EVER = Question(dt.date(2020, 1, 1), TODAY, TODAY)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return every(tmp_path)


def asked(context: Context, kind: str, *words: str, as_of: str = "", wanted: Wanted | None = None) -> Listed:
    return listed(context, BY_NAME[kind], Words(filters=words, as_of=as_of), wanted or Wanted())


def ids(context: Context, kind: str, *words: str, as_of: str = "", sort: str = "") -> list[str]:
    return list(asked(context, kind, *words, as_of=as_of, wanted=Wanted(sort=sort)).ids)


def heads(made: Listed) -> list[str]:
    table = made.sheet.table("records")
    assert table is not None
    return [column.key for column in table.columns]


@pytest.mark.parametrize("kind", OTHERS)
def test_a_record_of_every_kind_is_listed_until_it_is_withdrawn(context: Context, kind: str) -> None:
    one = identity(kind)
    assert one in ids(context, kind)
    assert one in ids(context, kind, "not:is:withdrawn")
    assert ids(context, kind, f"id:{one}") == [one]
    assert one in ids(context, kind, one[-5:].lower())
    act(context, [one], WITHDRAW)
    assert one not in ids(context, kind)
    assert ids(context, kind, "is:作废") == [one]
    assert one in ids(context, kind, as_of="2025-12-31")


@pytest.mark.parametrize("kind", OTHERS)
def test_every_field_is_a_column_and_the_usual_ones_are_few(context: Context, kind: str) -> None:
    made = asked(context, kind, wanted=Wanted(columns="all"))
    assert heads(made) == list(columns(BY_NAME[kind]))
    assert set(heads(made)) == {"id", *BY_NAME[kind].model.order()} - {"schema", "history"}
    assert heads(asked(context, kind)) == list(usual(BY_NAME[kind]))
    assert 3 <= len(usual(BY_NAME[kind])) <= 7
    assert usual(BY_NAME[kind])[0] == "id"
    some = [name for name in columns(BY_NAME[kind]) if name not in {"id", "number"}][:3]
    labels = ",".join(columns(BY_NAME[kind])[name].zh for name in some)
    assert heads(asked(context, kind, wanted=Wanted(columns=labels))) == some
    loaded = load(context.root)
    items = [Item(entry) for entry in loaded.of(kind)]
    for name in columns(BY_NAME[kind]):
        assert len(order(loaded, BY_NAME[kind], items, f"-{name}")) == len(items)
    data = made.sheet.data["records"]
    assert isinstance(data, list)
    assert set(data[0]) == set(columns(BY_NAME[kind]))


@pytest.mark.parametrize("kind", OTHERS)
def test_every_key_may_be_asked_and_no_other(context: Context, kind: str) -> None:
    known = grammar(kind)
    for key in known.keys:
        if key in {"is", "key"}:
            continue
        word = "2025" if key in known.ranges or key == "period" else "0"
        try:
            ids(context, kind, f"{key}:{word}")
        except UsageError as failure:
            said = "\n".join(failure.lines("en"))
            assert "this ledger has no" in said or "day" in said or "number" in said or "period" in said, (key, said)
    with pytest.raises(UsageError, match="colour"):
        ids(context, kind, "colour:red")
    with pytest.raises(UsageError):
        ids(context, kind, "is:overdue")


DATED = sorted(
    name
    for name, one in CATALOGUE.items()
    if isinstance(one, Sum) and (one.where, one.value) == ("1 = 1", "1") and SOURCES[one.view].sql.endswith(" r WHERE {dated}")
    if not SOURCES[one.view].who
)


@pytest.mark.parametrize("name", DATED)
def test_a_list_names_the_records_behind_the_measure(context: Context, name: str) -> None:
    one = CATALOGUE[name]
    assert isinstance(one, Sum)
    kind = SOURCES[one.view].kind
    for number, day in enumerate(("2025-02-01", "2025-09-30")):
        place(context.root, kind, id=f"{BY_NAME[kind].prefix}-{day.replace('-', '')}-0000{number}", date=day)
    for start, end, word in (("2025-01-01", "2025-06-30", "2025H1"), ("2025-07-01", "2025-12-31", "2025H2")):
        question = Question(dt.date.fromisoformat(start), dt.date.fromisoformat(end), TODAY)
        behind = {member.id for member in Book(load(context.root)).members(question, name)["members"]}
        assert set(ids(context, kind, f"found:{word}")) == behind
        assert behind


@pytest.mark.parametrize("kind", OTHERS)
def test_a_withdrawal_takes_a_record_out_of_every_measure_of_its_kind(context: Context, kind: str) -> None:
    measures = [name for name, one in CATALOGUE.items() if isinstance(one, Sum) and SOURCES[one.view].kind == kind]

    def behind(day: dt.date) -> set[str]:
        book = Book(load(context.root))
        asking = Question(EVER.start, day, day)
        return {member.id for name in measures for part in book.members(asking, name).values() for member in part}

    one = identity(kind)
    counted = one in behind(TODAY)
    assert counted or kind in {"target", "tally", "declaration"}
    act(context, [one], WITHDRAW)
    assert one not in behind(TODAY)
    assert (one in behind(TODAY - dt.timedelta(days=1))) == counted


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("unit:XX纸业",), True),
        (("受检单位:xx-paper",), True),
        (("units:XX食品厂",), False),
        (("org:XX食品厂",), True),
        (("sector:工贸",), True),
        (("sector:消防,工贸",), True),
        (("not:sector:工贸",), False),
        (("kind:日常",), True),
        (("people:3",), True),
        (("date:2025-03",), True),
        (("date>=2025-03-12",), False),
        (("found:2025H2",), False),
        (("led_by.rank:主要领导",), True),
        (("random.seed:9",), False),
        (("signed.XX纸业:已签字",), True),
        (("signed:拒签",), False),
        (("external_ids.province:77-1",), True),
        (("external_ids.city:77-1",), False),
        (("campaign:dust",), True),
        (("campaign:9RWK4",), False),
        (("docs:A1B2C",), True),
        (("除尘",), True),
        (("纸业",), True),
        (("喷漆", "除尘"), False),
    ],
)
def test_a_scope_is_asked_in_the_words_of_the_field(context: Context, words: tuple[str, ...], found: bool) -> None:
    place(
        context.root, "inspection", parts=["除尘间"], led_by={"rank": "principal"}, signed={"xx-paper": "signed"},
        external_ids={"province": "77-1"}, campaign=["ZX-20250301-9RWK4"], docs=["WJ-20250318-A1B2C"],
    )  # fmt: skip
    place(context.root, "document", id="WJ-20250318-A1B2C", date="2025-03-18")
    assert bool(ids(context, "inspection", *words)) is found


def test_a_unit_nobody_knows_is_refused_and_one_that_is_only_written_is_not(context: Context) -> None:
    for words in (("unit:无此单位",), ("orgs:无此单位",), ("unit:xx-papre",)):
        with pytest.raises(UsageError, match="this ledger has no"):
            ids(context, "inspection", *words)
    with pytest.raises(UsageError):
        ids(context, "risk_point", "owner.unit:无此单位")
    place(context.root, "inspection", id="JC-20250401-00001", date="2025-04-01", units=["路边摊"])
    assert ids(context, "inspection", "unit:路边摊") == ["JC-20250401-00001"]


def test_fields_of_parts_are_asked_with_a_dot(context: Context) -> None:
    place(context.root, "risk_point", checks=[{"what": "裂缝", "cycle": "weekly", "post": "巡查员"}], owner={"unit": "xx-food"})
    assert ids(context, "risk_point", "checks.cycle:每周")
    assert not ids(context, "risk_point", "checks.cycle:daily")
    assert ids(context, "risk_point", "owner.unit:XX食品厂")
    assert ids(context, "tally", "figures.value:0")
    for word in ("checks.colour:red", "checks.cycle:fast", "figures.value:many", "amount:x"):
        with pytest.raises(UsageError):
            ids(context, "tally" if "value" in word else "risk_point", word)


def test_the_latest_stands_first_and_any_column_sorts(context: Context) -> None:
    place(context.root, "inspection", id="JC-20250401-00001", date="2025-04-01", people="12")
    place(context.root, "inspection", id="JC-20250402-00002", date="2025-04-02", people="2")
    place(context.root, "inspection", id="JC-20250403-00003", date="2025-04-03", people=None, inspectors=["李四"])
    first, second, third, fourth = "JC-20250403-00003", "JC-20250402-00002", "JC-20250401-00001", identity("inspection")
    assert ids(context, "inspection") == [first, second, third, fourth]
    assert ids(context, "inspection", sort="date") == [fourth, third, second, first]
    assert ids(context, "inspection", sort="检查人数") == [second, fourth, third, first]
    assert ids(context, "inspection", sort="-people") == [third, fourth, second, first]
    made = asked(context, "inspection", wanted=Wanted(limit=1, fields="id,people"))
    assert (made.ids, made.sheet.data["count"]) == ((first,), 4)
    assert made.sheet.data["records"] == [{"id": first, "people": None}]
    for wrong in (Wanted(sort="beauty"), Wanted(sort="id,date"), Wanted(columns="beauty"), Wanted(fields=""), Wanted(limit=-1)):
        with pytest.raises(UsageError):
            asked(context, "inspection", wanted=wrong)


def test_a_record_is_listed_from_its_day_on_and_a_plan_before_it_begins(context: Context) -> None:
    assert not ids(context, "inspection", as_of="2025-03-10")
    assert ids(context, "campaign", as_of="2025-01-01")
    assert ids(context, "target", as_of="2024-12-31")


def test_a_grade_that_is_computed_stands_in_its_column(context: Context) -> None:
    place(
        context.root,
        "risk_point",
        id="FX-20250216-2TB6N",
        date="2025-02-16",
        grade=None,
        method="LEC",
        inputs={"L": "3", "E": "6", "C": "15"},
    )
    assert ids(context, "risk_point", "grade:橙") == ["FX-20250216-2TB6N"]
    data = asked(context, "risk_point", "grade:orange", wanted=Wanted(fields="grade")).sheet.data["records"]
    assert data == [{"grade": "orange"}]


def test_checks_that_fell_due_stand_with_their_days(context: Context) -> None:
    rows = [
        {"what": "裂缝", "method": "目测", "cycle": "weekly", "post": "巡查员"},
        {"what": "渗流", "cycle": "yearly"},
        {"what": "雨后", "cycle": "event"},
    ]
    place(context.root, "risk_point", checks=rows)  # type: ignore[arg-type]
    made = asked(context, "risk_point", "is:check-due", as_of="2025-03-01")
    table = made.sheet.table("records")
    assert isinstance(table, Table)
    assert len(table.rows) == 1
    assert heads(made)[-6:] == ["checks.what", "checks.method", "checks.cycle", "checks.post", "checked", "fell_due"]
    assert table.rows[0][-2:] == (dt.date(2025, 2, 15), dt.date(2025, 2, 22))
    data = made.sheet.data["records"]
    assert isinstance(data, list)
    assert [row["what"] for row in data[0]["due"]] == ["裂缝"]
    question = Question(dt.date(2025, 1, 1), dt.date(2025, 3, 1), dt.date(2025, 3, 1))
    behind = Book(load(context.root)).members(question, "risk_points.checks_due")["members"]
    assert [(one.id, one.value) for one in behind] == [(made.ids[0], 1)]
    assert not asked(context, "risk_point", "is:check-due", as_of="2025-02-20").ids
    assert asked(context, "risk_point", "not:is:check-due", as_of="2025-02-20").ids
    everything = asked(context, "risk_point", "is:check-due,withdrawn", as_of="2025-03-01")
    assert everything.ids == made.ids


def test_a_file_that_could_not_be_read_is_told(context: Context) -> None:
    place(context.root, "tip").write_text("<<<<<<< ours\n", encoding="utf-8")
    made = asked(context, "tip")
    assert made.incomplete
    assert made.ids == ()
    assert made.sheet.data["unread"]


def test_the_first_word_may_be_a_kind() -> None:
    assert [parted(words)[0].name for words in (["检查"], ["Risk-Point"], ["activities", "x"], ["is:open"], [])] == [
        "inspection", "risk_point", "activity", "hazard", "hazard",
    ]  # fmt: skip
    assert parted(["tip", "a", "b"])[1] == ("a", "b")
    assert named("纸业") is None
    assert {kind.name for kind in KINDS} == {*OTHERS, "hazard"}


def test_a_key_period_is_asked_by_its_name(tmp_path: Path) -> None:
    context = every(tmp_path)
    with (context.root / "hazardctl.yaml").open("a", encoding="utf-8") as file:
        file.write("key_periods:\n  - {id: spring, zh: 春检, every: 03-01..03-20}\n")
    place(context.root, "inspection", id="JC-20240315-00001", date="2024-03-15")
    assert ids(context, "inspection", "key:春检") == [identity("inspection"), "JC-20240315-00001"]
    assert ids(context, "inspection", "key:2024-spring") == ["JC-20240315-00001"]
