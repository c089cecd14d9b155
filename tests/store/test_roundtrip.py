"""A changed fact changes its own text; `fmt` keeps every fact and every comment (RELIABILITY 4.2, 5.1, 5.7)."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hazardctl.errors import UnreadableError
from hazardctl.model.raw import Raw
from hazardctl.store.reader import parse
from hazardctl.store.roundtrip import canonical, edit_facts

RECORD = """\
# 头
id: YH-20240312-7K2QF
schema: hazard/1
description: "消防通道: 被货物占用"   # 现场

found_on: "2024-03-12"
site: 卸油区
quantity: 1
basis: [{doc: GB 50156-2021, article: "11.2"}]   # 依据
# 方案
plan:
  target: {text: 六十日内消除}   # 目标
  funds:
    text: 自筹
    done_on: 2024-03-10
tags: []
grid:
evidence:
    # 前
    - {kind: before, path: evidence/2024/03/a-1.jpg}
    # 后
x-own: |
  原样
   保留
history:
  - {date: 2024-03-12, do: register, by: 李四}   # 登记
"""


def changed(old: str, new: str) -> list[str]:
    """Give the lines of a difference, without its frame."""
    return [line for line in difflib.ndiff(old.split("\n"), new.split("\n")) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("name", "value", "lines"),
    [
        ("site", "卸油区2号位", ["- site: 卸油区", "+ site: 卸油区2号位"]),
        ("site", "a: b", ["- site: 卸油区", '+ site: "a: b"']),
        ("description", "新", ['- description: "消防通道: 被货物占用"   # 现场', "+ description: 新   # 现场"]),
        ("found_on", "2024-03-13", ['- found_on: "2024-03-12"', "+ found_on: 2024-03-13"]),
        ("quantity", "2", ["- quantity: 1", "+ quantity: 2"]),
        ("grid", "G-02", ["- grid:", "+ grid: G-02"]),
        ("grid", ["a"], ["- grid:", "+ grid: [a]"]),
        ("tags", ["涉氨"], ["- tags: []", "+ tags: [涉氨]"]),
        ("site", None, ["- site: 卸油区"]),
        ("requirement", "清理", ["+ requirement: 清理"]),
        ("x-new", "z", ["+ x-new: z"]),
        (
            "basis",
            [{"doc": "GB 50156-2021", "article": "11.3", "text": "x"}, {"doc": "z"}],
            [
                '- basis: [{doc: GB 50156-2021, article: "11.2"}]   # 依据',
                '+ basis: [{doc: GB 50156-2021, article: "11.3", text: x}, {doc: z}]   # 依据',
            ],
        ),
        (
            "evidence",
            [{"kind": "before", "path": "evidence/2024/03/a-1.jpg"}, {"kind": "after", "path": "b.jpg", "date": "2024-03-13"}],
            ["+     - {kind: after, path: b.jpg, date: 2024-03-13}"],
        ),
        (
            "plan",
            {"target": {"text": "三十日内消除"}, "funds": {"text": "自筹", "done_on": "2024-03-11", "doc": "x"}, "staff": {"text": "z"}},
            [
                "-   target: {text: 六十日内消除}   # 目标",
                "+   target: {text: 三十日内消除}   # 目标",
                "-     done_on: 2024-03-10",
                "+     done_on: 2024-03-11",
                "+     doc: x",
                "+   staff: {text: z}",
            ],
        ),
        ("x-own", "一", ["- x-own: |", "-   原样", "-    保留", "+ x-own: 一"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_changed_fact_changes_its_own_text_and_no_other_line(name: str, value: Raw, lines: list[str], end: str) -> None:
    new = edit_facts(RECORD.replace("\n", end).encode(), {name: value}).decode()
    assert sorted(changed(RECORD, new.replace("\r\n", "\n"))) == sorted(lines)
    assert new.count("\n") == new.count(end)
    tree = parse(new.encode()).tree
    assert tree is not None
    assert tree.get(name) == value


def test_a_part_taken_out_writes_the_field_anew_and_keeps_its_comments() -> None:
    new = edit_facts(RECORD.encode(), {"plan": {"target": {"text": "六十日内消除"}}}).decode()
    assert changed(RECORD, new) == [
        "+ # 目标",
        "-   target: {text: 六十日内消除}   # 目标",
        "+   target: {text: 六十日内消除}",
        "-   funds:",
        "-     text: 自筹",
        "-     done_on: 2024-03-10",
    ]


def test_several_facts_change_at_once_and_the_same_value_changes_nothing() -> None:
    assert edit_facts(RECORD.encode(), {"site": "卸油区", "none": None}) == RECORD.encode()
    new = edit_facts(RECORD.encode(), {"site": "甲", "quantity": "3"}).decode()
    assert len(changed(RECORD, new)) == 4


def test_a_new_fact_goes_where_its_kind_has_it() -> None:
    new = edit_facts(RECORD.encode(), {"source": "supervision"}).decode().split("\n")
    assert new[new.index("source: supervision") - 1] == 'found_on: "2024-03-12"'
    assert edit_facts(b"a: b", {"c": "d"}) == b"a: b\nc: d"
    assert edit_facts(b"a:\n  - b", {"a": ["b", "c"]}) == b"a:\n  - b\n  - c"
    assert edit_facts(b"a:\n  - b\n", {"a": ["c"]}) == b"a:\n  - c\n"
    assert edit_facts(b"a: {b: c}\n", {"a": {"b": "d"}}) == b"a: {b: d}\n"
    assert edit_facts(b"a: b\nhistory:\n  - {x: y}", {"c": "d"}) == b"a: b\nc: d\nhistory:\n  - {x: y}"
    assert edit_facts("\ufeffa: b\n".encode(), {"c": "d"}) == "\ufeffa: b\nc: d\n".encode()


def test_a_record_in_brackets_is_changed_inside_them() -> None:
    assert edit_facts(b"{id: a, unit: b}\n", {"unit": "c"}) == b"{id: a, unit: c}\n"
    for name in ("new", "unit"):
        with pytest.raises(UnreadableError, match="alone"):
            edit_facts(b"{id: a, unit: b}\n", {name: None if name == "unit" else "x"})


def test_a_value_is_stored_in_nfc() -> None:
    assert edit_facts(b"a: b\n", {"a": "cafe\u0301"}) == "a: café\n".encode()


def test_what_cannot_be_read_is_not_changed() -> None:
    with pytest.raises(UnreadableError):
        edit_facts(b"a: &x b\n", {"a": "c"})
    with pytest.raises(UnreadableError):
        canonical(b"a: &x b\n", [])
    with pytest.raises(UnreadableError):
        canonical("a: 消\n".encode("gbk"), [])


names = st.sampled_from(["description", "site", "tags", "basis", "plan", "x-own", "evidence", "grid", "parties"])
texts = st.sampled_from(["甲", "a: b", "no", "2024-03-12", "x #y", "", "12", "乙\n丙", "u\u3000", "'", '"'])
raws: st.SearchStrategy[Raw] = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["doc", "text", "k", "注"]), inner, max_size=3),
    max_leaves=6,
)


@given(names, raws, names, raws)
def test_any_change_is_read_back_as_it_was_meant(first: str, one: Raw, second: str, two: Raw) -> None:
    try:
        data = edit_facts(edit_facts(RECORD.encode(), {first: one}), {second: two})
    except UnreadableError:
        pytest.fail("a plain layout can always be changed")
    tree = parse(data).tree
    assert tree is not None
    before = parse(RECORD.encode()).tree
    assert before is not None
    assert {**tree, first: None, second: None} == {**before, first: None, second: None}
    assert tree.get(second) == two
    assert b"# \xe5\xa4\xb4" in data


# ----------------------------------------------------------------------------------------------------------------- fmt

ORDER = ["id", "schema", "description", "found_on", "unit", "site", "evidence"]


def test_fmt_orders_fields_and_keeps_comments_and_facts() -> None:
    messy = (
        "\ufeff---\r\n# 头\r\nhistory:\r\n    # 一\r\n"
        '    - date: "2024-03-12"   # 二\r\n      do: register\r\n    - {do: note, date: 2024-03-13}   # 三\r\n'
        "    # 四\r\nx-own: 1   \r\n# 单位\r\nunit: a\r\nid: b\r\nfound_on: '2024-03-12'\r\n...\r\n# 尾\r\n\r\n"
    )
    assert canonical(messy.encode(), ORDER).decode() == (
        "# 头\nid: b\nfound_on: 2024-03-12\n# 单位\nunit: a\nx-own: 1\n"
        "history:\n  # 一\n  # 二\n  - {date: 2024-03-12, do: register}\n  - {do: note, date: 2024-03-13}   # 三\n  # 四\n# 尾\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{history: [{a: b}], id: x}  # 注\n", "# 注\nid: x\nhistory:\n  - {a: b}\n"),
        ("history: [{a: b},  # 一\n  {c: d}]  # 二\nid: x\n", "id: x\nhistory:\n  # 一\n  - {a: b}\n  # 二\n  - {c: d}\n"),
        ("history:   # 流转\n-   {a: b}\n-\n   {c: d}\n", "history:  # 流转\n  - {a: b}\n  - {c: d}\n"),
        ("id: x\nhistory: []\n", "id: x\nhistory: []\n"),
        ("id: x\nhistory: [a]\n", "id: x\nhistory: [a]\n"),
        ("  id: x\n  site: |\n    y\n", "id: x\nsite: |\n  y\n"),
        ("id: \"x\"\nsite: 'y'\n", "id: \"x\"\nsite: 'y'\n"),
        ("a: b", "a: b\n"),
        ("{}\n", "{}\n"),
        ("site: |+\n  y\n\n\n", "site: |+\n  y\n\n\n"),
        ("id: x\nsite: |\n  y", "id: x\nsite: |\n  y"),
        ("site: |+\n  y\n\n\nid: x\n", "id: x\nsite: |+\n  y\n\n\n"),
    ],
)
def test_fmt_gives_every_layout_its_canonical_form(before: str, after: str) -> None:
    assert canonical(before.encode(), ORDER).decode() == after


def test_fmt_leaves_a_canonical_record_as_it_is() -> None:
    text = RECORD.replace('"2024-03-12"', "2024-03-12").replace("\n\n", "\n")
    order = ["id", "schema", "description", "found_on", "site", "quantity", "basis", "plan", "tags", "grid", "evidence"]
    assert canonical(text.encode(), order).decode() == text


fields = st.sampled_from(
    [
        "id: x   ",
        "found_on: '2024-03-12'",
        "site: |\n  甲\n\n  乙",
        "# 注",
        "",
        "x-a: {b: c}  # 自有",
        "evidence:\n- {kind: after}\n# 后\n- {kind: before}",
        "tags: [a,\n  b]",
    ]
)
acts = st.sampled_from(
    [
        "  - {date: 2024-03-12, do: note}  # 一",
        "  - date: 2024-03-12\n    note: |\n      甲",
        "  # 之间",
        "  - {a: b,\n     c: d}",
        "",
        "  -\n    {e: f}",
    ]
)


@given(st.lists(fields, unique=True, max_size=7), st.lists(acts, max_size=5), st.sampled_from(["\n", "\r\n"]), st.integers(0, 7))
@example(
    lines=["id: x", "x-a: {b: c}", "site: |\n  甲\n\n  乙"],
    events=["  - {date: 2024-03-12, do: note}", "", "  # 之间"],
    end="\n",
    at=1,
)
def test_fmt_is_the_same_record_with_the_same_comments_and_doing_it_twice_changes_nothing(
    lines: list[str], events: list[str], end: str, at: int
) -> None:
    history = ["history:", *events] if any("- " in event or "-\n" in event for event in events) else []
    text = "\n".join([*lines[:at], *history, *lines[at:], ""]).replace("\n", end)
    before = parse(text.encode()).tree
    if before is not None:
        once = canonical(text.encode(), ORDER)
        parsed = parse(once)
        assert parsed.tree == before
        assert once.decode().count("#") == text.count("#")
        assert canonical(once, ORDER) == once
        assert not {found.code for found in parsed.findings} & {"HZ011", "HZ012", "HZ017"}
        assert list(parsed.tree or ()) == sorted(parsed.tree or (), key=lambda key: ([*ORDER, key].index(key), key == "history"))
