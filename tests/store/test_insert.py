"""An act adds one line and changes no other byte, in any layout (RELIABILITY 5.1 and 6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import BugError, UnreadableError, UsageError
from hazardctl.store.insert import with_event
from hazardctl.store.reader import parse

EVENT = "{date: 2024-03-27, do: note, by: 李四}"
READ = {"date": "2024-03-27", "do": "note", "by": "李四"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("history:\n  - {a: b}\n", "history:\n  - {a: b}\n  - @\n"),
        ("history:\n  - {a: b}", "history:\n  - {a: b}\n  - @\n"),
        ("history:\r\n  - {a: b}\r\n", "history:\r\n  - {a: b}\r\n  - @\r\n"),
        ("x: y\r\nhistory:\r\n  - {a: b}", "x: y\r\nhistory:\r\n  - {a: b}\r\n  - @\r\n"),
        ("history:\n- {a: b}\n", "history:\n- {a: b}\n- @\n"),
        ("history:\n    - {a: b}\n", "history:\n    - {a: b}\n    - @\n"),
        ("history:\n  - {a: b}  # 注\n# 尾\n\n", "history:\n  - {a: b}  # 注\n  - @\n# 尾\n\n"),
        ("history:\n  - {a: b}\nx: y\n", "history:\n  - {a: b}\n  - @\nx: y\n"),
        ("history:\n  - a: b\n    c: d\n", "history:\n  - a: b\n    c: d\n  - @\n"),
        ("history:\n  - a: |\n      b\n\n", "history:\n  - a: |\n      b\n\n  - @\n"),
        ("history:\n  - {a: b,\n     c: d}\n", "history:\n  - {a: b,\n     c: d}\n  - @\n"),
        ("history:\n  -\n    {a: b}\n", "history:\n  -\n    {a: b}\n  - @\n"),
        ("---\nhistory:\n  - {a: b}\n...\n", "---\nhistory:\n  - {a: b}\n  - @\n...\n"),
        ("history: [{a: b}]\n", "history: [{a: b}, @]\n"),
        ("history: [\n  {a: b},\n]\n", "history: [\n  {a: b}, @,\n]\n"),
        ("history:\n  [{a: b}]\n", "history:\n  [{a: b}, @]\n"),
        ("history: []\n", "history:\n  - @\n"),
        ("history: []  # 空\nx: y\n", "history:  # 空\n  - @\nx: y\n"),
        ("history: ~\r\n", "history:\r\n  - @\r\n"),
        ("history: null", "history:\n  - @\n"),
        ("history:\n", "history:\n  - @\n"),
        ("history:   # null\n", "history:   # null\n  - @\n"),
        ("x: y\n", "x: y\nhistory:\n  - @\n"),
        ("x: y", "x: y\nhistory:\n  - @\n"),
        ("a: b\r\nx: y\r\n", "a: b\r\nx: y\r\nhistory:\r\n  - @\r\n"),
        ("x: y\n# 尾\n", "x: y\n# 尾\nhistory:\n  - @\n"),
        ("x: y\n...\n", "x: y\nhistory:\n  - @\n...\n"),
        ("  x: y\n  z: w\n", "  x: y\n  z: w\n  history:\n    - @\n"),
        ("x: |\n  y\n", "x: |\n  y\nhistory:\n  - @\n"),
        ("\ufeffx: y\n", "\ufeffx: y\nhistory:\n  - @\n"),
        ("{x: y}\n", "{x: y, history: [@]}\n"),
        ("{}\n", "{history: [@]}\n"),
        ("{x: y, history: []}\n", "{x: y, history: [@]}\n"),
        ("{x: y, history: }\n", "{x: y, history: [@]}\n"),
        ("{x: y, history: [{a: b}]}\n", "{x: y, history: [{a: b}, @]}\n"),
    ],
)
def test_one_event_more_and_every_other_byte_as_it_was(before: str, after: str) -> None:
    assert with_event(before.encode(), EVENT).decode() == after.replace("@", EVENT)


ends = st.sampled_from(["\n", "\r\n"])
noise = st.sampled_from(["", "# 注", "", "   ", "  # 又注"])
events = st.sampled_from(
    ["{date: 2024-03-12, do: register, by: 李四}", '{do: "x #y", by: [李四, 王五]}', "{note: 中文}   # 尾注", "{a: {b: [c]}}"]
)
facts = st.sampled_from(
    ["id: x", "note: |-\n    <段>\n    二", "list:\n  - a\n  - {b: c}", 'q: "a: b"', "x-own: {k: v}   # 自有", "# 全行注释"]
)


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Draw a record as people and editors leave it."""
    end, indentation = draw(ends), draw(st.sampled_from(["", "  ", "    "]))
    lines = ["id: YH-20240312-7K2QF", *dict.fromkeys(draw(st.lists(facts.filter(lambda fact: not fact.startswith("id")), max_size=3)))]
    if draw(st.booleans()):
        lines.append("history:" + draw(st.sampled_from(["", "   ", "  # 流转"])))
        for event in draw(st.lists(events, min_size=1, max_size=4)):
            lines += [draw(noise), f"{indentation}- {event}"]
        lines += draw(st.lists(noise, max_size=2))
    text = end.join("\n".join(lines).split("\n")) + draw(st.sampled_from(["", end, end + end]))
    return draw(st.sampled_from(["", "\ufeff"])) + text


@given(layouts())
def test_the_old_bytes_stay_around_one_inserted_piece(text: str) -> None:
    old = text.encode()
    new = with_event(old, EVENT)
    before, after = parse(old).tree, parse(new).tree
    assert before is not None
    assert after is not None
    history = before.get("history") or []
    assert isinstance(history, list)
    assert after == {**before, "history": [*history, READ]}
    prefix = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    suffix = len(old) - prefix
    assert new.endswith(old[len(old) - suffix :])
    inserted = new[prefix : len(new) - suffix].decode()
    assert inserted.count("\n") <= 3
    assert EVENT in inserted + new[len(new) - suffix :].decode()[:80]
    assert ("\r\n" in text) == (b"\r\n" in new) or "\n" not in text
    assert with_event(new, EVENT).count(b"do: note") == 2


def test_a_record_that_cannot_be_read_takes_no_event() -> None:
    with pytest.raises(UnreadableError, match="line 2"):
        with_event(b"a: b\n<<<<<<< x\n", EVENT)


@pytest.mark.parametrize("text", ["history: x\n", "history: {a: b}\n"])
def test_a_history_that_is_no_list_takes_no_event(text: str) -> None:
    with pytest.raises(UnreadableError, match="not a list"):
        with_event(text.encode(), EVENT)


def test_a_layout_that_takes_no_line_is_refused_rather_than_guessed() -> None:
    with pytest.raises(UnreadableError, match="hazardctl fmt"):
        with_event(b"history:\n  [\n  ]\n", EVENT)


@pytest.mark.parametrize("line", ["{a: b", "a: b", "{a: b}\nx: y", "[a]", "{a: b}  # x\n"])
def test_what_is_not_one_event_is_a_bug_of_ours(line: str) -> None:
    with pytest.raises(BugError):
        with_event(b"a: b\n", line)


@pytest.mark.parametrize("text", ["甲\u202e乙", "a\u200bb"])
def test_u5_invisible_characters_are_not_written(text: str) -> None:
    with pytest.raises(UsageError, match="invisible"):
        with_event(b"a: b\n", f"{{note: {text}}}")


def test_u4_control_characters_are_not_written_even_as_escapes() -> None:
    with pytest.raises(UsageError, match="control"):
        with_event(b"a: b\n", '{note: "\\e[2J"}')
