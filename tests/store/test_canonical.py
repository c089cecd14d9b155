"""The canonical reader: whatever it accepts, the careful reader reads alike and has nothing to say about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.model.kinds import BY_NAME
from hazardctl.store.canonical import NotCanonicalError, canonical, part
from hazardctl.store.emit import record_text
from hazardctl.store.reader import parse

HOSTILE = "abnoyY019 -.:,?[]{}#&*!|>%@\\`\"'~^$;()+=/_消防隐患，。（）【】〔〕＃：　\n\t\r\u00a0\u2028\u200b\ufeffx"
WORDS = st.text(HOSTILE, max_size=12)
KEYS = st.sampled_from(["id", "schema", "site", "plan", "basis", "on", "x-note", "evidence", "no", "tags"])
FLAT = st.dictionaries(
    st.sampled_from(["date", "do", "by", "to", "note", "due", "y", "L", "No", "hazards.found"]),
    WORDS | st.lists(WORDS, max_size=3),
    max_size=5,
)
VALUES = (
    WORDS | st.lists(WORDS, max_size=3) | FLAT | st.lists(FLAT, max_size=3) | st.dictionaries(st.sampled_from(["target", "funds"]), FLAT)
)
RECORDS = st.builds(
    lambda facts, history: {**facts, **history},
    st.dictionaries(KEYS, VALUES, max_size=6),
    st.just({}) | st.fixed_dictionaries({"history": st.lists(FLAT, max_size=4)}),
)


def agrees(text: str) -> bool:
    """Hold one text against the careful reader; say whether the canonical one took it."""
    found = canonical(text)
    if found is None:
        return False
    parsed = parse(text.encode("utf-8", "surrogatepass"))
    assert parsed.tree == found, text
    assert parsed.findings == (), text
    return True


@settings(max_examples=200)
@given(RECORDS)
def test_what_our_writer_writes_reads_alike(record: dict[str, object]) -> None:
    agrees(record_text(record, BY_NAME["hazard"].model.order()))  # type: ignore[arg-type,unused-ignore]


MODELINE = "# yaml-language-server: $schema=../../../../schemas/hazard.schema.json\n"


@given(RECORDS)
def test_the_line_for_editors_is_read_over(record: dict[str, object]) -> None:
    text = record_text(record, BY_NAME["hazard"].model.order())  # type: ignore[arg-type,unused-ignore]
    assert agrees(MODELINE + text) == agrees(text)


@pytest.mark.parametrize("head", ["# a\n", f"{MODELINE}{MODELINE}", "# yaml-language-server: $schema=x y\n", MODELINE.rstrip()])
def test_any_other_comment_is_left_to_the_careful_reader(head: str) -> None:
    assert canonical(f"{head}id: a\n") is None


@settings(max_examples=300)
@given(st.data())
def test_a_record_spoilt_anywhere_reads_alike_or_is_left_to_the_careful_reader(data: st.DataObject) -> None:
    text = record_text(data.draw(RECORDS), BY_NAME["hazard"].model.order())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + data.draw(st.text(HOSTILE, max_size=4)) + text[stop:]
    if not parse(text.encode(), places=True).findings or canonical(text) is not None:
        agrees(text)


def test_every_record_of_the_sample_ledger_is_canonical(repository: Path) -> None:
    files = list((repository / "ledger").glob("*/**/*.yaml"))
    assert files
    assert all(agrees(path.read_text(encoding="utf-8")) for path in files)


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nid: b\n",
        "on: a\n",
        "id: {on: a}\n",
        "id: {a: b, a: c}\n",
        "id: yes\n",
        "id: null\n",
        "id: [a, no]\n",
        "id: a # b\n",
        "id: 'a'\n",
        "id: a\n\nsite: b\n",
        "id: a\nplan:\n  a: b\n  a: c\n",
        "id: a\nplan:\n  - b\n  a: c\n",
        "id: a\nplan:\n",
        "history: []\n",
        "history: {date: a}\n",
        "history:\n  - note\n",
        "history:\n  date: a\n",
        "history:\n  - {date: a}\nid: b\n",
        "id: {a: b\n",
        "id: {a: b} c\n",
        "id: [{a: b}, c]\n",
        "id: a",
        "id: a\nplan:\n  a: {b: c} d\n",
        "id: a\nplan:\n  - {b: c} d\n",
        "x: " + "a" * 9000 + "\n",
        "",
    ],
)
def test_what_is_not_canonical_is_left_to_the_careful_reader(text: str) -> None:
    assert canonical(text) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("id: a b\n", {"id": "a b"}),
        ('id: "a: b"\n', {"id": "a: b"}),
        ("id: [a, b]\n", {"id": ["a", "b"]}),
        ("id: {a: b, c: [d]}\n", {"id": {"a": "b", "c": ["d"]}}),
        ("id: [{a: b}, {c: d}]\n", {"id": [{"a": "b"}, {"c": "d"}]}),
        ("plan:\n  a: b\n  c: {d: e}\n  f: [g]\n", {"plan": {"a": "b", "c": {"d": "e"}, "f": ["g"]}}),
        ("tags:\n  - a\n  - {b: c}\n", {"tags": ["a", {"b": "c"}]}),
        ("history:\n  - {date: 2024-03-12, do: note}\n", {"history": [{"date": "2024-03-12", "do": "note"}]}),
    ],
)
def test_every_canonical_form_is_taken(text: str, tree: dict[str, object]) -> None:
    assert canonical(text) == tree
    assert agrees(text)


@pytest.mark.parametrize("line", ["history: x", "on: x", "grade: no", "grade: ~", "grade: null", "grade: x # y", "grade: x-", "grade: 'x'"])
def test_one_field_of_one_value_is_as_careful_as_a_whole_record(line: str) -> None:
    assert canonical(f"{line}\n") is None
    with pytest.raises(NotCanonicalError):
        part(line)


@pytest.mark.parametrize("line", ["grade: general", 'grade: "a: b"', "site: 3 号 车间", "funds: 12.50", "tags: [a, b]"])
def test_one_field_says_what_it_says_in_a_record(line: str) -> None:
    assert dict([part(line)]) == canonical(f"{line}\n") == parse(f"{line}\n".encode()).tree
