"""The reader against every row of the threats (RELIABILITY 3.1 to 3.3): one line each, bounded, never an exception."""

from __future__ import annotations

import gc
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.diagnostics import Finding, Place
from hazardctl.store import stream
from hazardctl.store.build import MAX_DEPTH, MAX_NODES, MAX_TEXT, Builder
from hazardctl.store.characters import named
from hazardctl.store.files import MAX_BYTES
from hazardctl.store.reader import KEY, Parsed, parse
from hazardctl.store.scan import scan
from hazardctl.store.stream import events, pure_events

RECORD = """\
id: YH-20240312-7K2QF
schema: hazard/1
description: 消防通道被货物占用
unit: xx-paper                  # 单位
basis: [{doc: GB 50156-2021, article: "11.2"}]
plan:
  target: {text: 六十日内消除}
history:
  - {date: 2024-03-12, do: register, by: 李四}
  - {date: 2024-03-12, do: assign, by: [李四, 王五], due: 2024-03-27}
"""


def both(text: str | bytes) -> Parsed:
    """Parse with and without positions, which must agree."""
    data = text if isinstance(text, bytes) else text.encode()
    full, quick = parse(data), parse(data, places=False)
    assert (full.tree, full.findings) == (quick.tree, quick.findings)
    for found in full.findings:
        assert found.place is not None
        assert found.repair is not None
        for language in ("zh", "en"):
            assert "\n" not in found.message.say(language) + found.repair.say(language)
    return full


def codes(parsed: Parsed) -> list[str]:
    return [found.code for found in parsed.findings]


def spots(parsed: Parsed, code: str) -> list[tuple[int, int]]:
    return [(found.place.line, found.place.column) for found in parsed.findings if found.code == code and found.place]


def refused(text: str | bytes, code: str) -> Finding:
    """Give the finding of a file that must be unreadable, with HZ001 and the code given."""
    parsed = both(text)
    assert parsed.tree is None
    assert "HZ001" in codes(parsed)
    return next(found for found in parsed.findings if found.code == code)


# ------------------------------------------------------------------------------------------------------- a sound record


def test_a_sound_record_is_read_as_the_text_that_was_written() -> None:
    parsed = both(RECORD)
    assert parsed.findings == ()
    assert parsed.tree is not None
    assert parsed.tree["basis"] == [{"doc": "GB 50156-2021", "article": "11.2"}]
    assert parsed.tree["history"] == [
        {"date": "2024-03-12", "do": "register", "by": "李四"},
        {"date": "2024-03-12", "do": "assign", "by": ["李四", "王五"], "due": "2024-03-27"},
    ]


def test_places_lead_to_values_and_to_keys() -> None:
    places = parse(RECORD.encode()).places
    assert places["unit",] == Place(4, 7, 4, 15)
    assert places["unit", KEY] == Place(4, 1, 4, 5)
    assert places["basis", 0, "article"] == Place(5, 39, 5, 45)
    assert places["history", 1] == Place(10, 5, 10, 66)
    assert places["history", 1, "by", 1] == Place(10, 45, 10, 47)
    assert places["history",].end_line == 10
    assert places[()].line == 1


def test_a_place_counts_lines_and_columns_as_an_editor_does() -> None:
    places = parse("\ufeffa: 中文\r\nb: 二\r\n".encode()).places
    assert places["b",] == Place(2, 4, 2, 5)
    assert places["a",] == Place(1, 4, 1, 6)


def test_nothing_is_absent_and_quotes_are_not() -> None:
    assert both('a:\nb: ~\nc: null\nd: ""\ne: "null"\nf: \'~\'\n').tree == {"a": None, "b": None, "c": None, "d": "", "e": "null", "f": "~"}


def test_comments_blank_lines_and_quotes_of_both_kinds_are_read() -> None:
    assert both("# 头\n\na: 'it''s'  # 尾\nb: \"x\\ty\"\n").tree == {"a": "it's", "b": "x\ty"}


# ---------------------------------------------------------------------------------------------------------------- Y rows


def test_y1_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    parsed = both("\n".join(lines))
    assert parsed.tree is None
    assert refused("\n".join(lines), "HZ003").place == Place(1, 5, 1, 10)
    assert codes(parsed).count("HZ003") == 50


def test_y2_a_merge_key_is_refused() -> None:
    assert refused("a: 1\n<<: {b: 2}\n", "HZ003").place == Place(2, 1, 2, 3)


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_y3_deep_nesting_stops_at_twelve(unit: str) -> None:
    assert both(unit * 100_000).tree is None


def test_y3_twelve_levels_are_read_and_thirteen_are_not() -> None:
    def nested(depth: int) -> str:
        return "a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1)

    assert both(nested(MAX_DEPTH)).findings == ()
    assert refused(nested(MAX_DEPTH + 1), "HZ001").trail == ("a", *[0] * (MAX_DEPTH - 1))


def test_y4_an_alias_of_nothing_is_refused() -> None:
    assert refused("a: b\nc: *x\n", "HZ003").place == Place(2, 4, 2, 6)


def test_y4_a_list_that_holds_itself_is_refused() -> None:
    assert spots(both("a: &x [*x]\n"), "HZ003") == [(1, 4), (1, 8)]


def test_y5_a_file_too_large_is_refused_unread() -> None:
    assert refused(b"a: " + b"x" * MAX_BYTES, "HZ001").message.en.startswith("{size}")


def test_y5_too_many_parts_are_refused() -> None:
    assert refused("a: [" + "x," * MAX_NODES + "]", "HZ001").message.en.endswith("20 000 parts")
    assert both("a: [" + "x," * (MAX_NODES - 4) + "]").findings == ()


def test_y5_a_long_text_is_a_finding_and_the_record_counts() -> None:
    parsed = both(f"a: {'长' * (MAX_TEXT + 1)}\nb: {'x' * MAX_TEXT}\n")
    assert parsed.tree is not None
    assert [(found.code, found.trail) for found in parsed.findings] == [("HZ007", ("a",))]


def test_y5_numbers_are_text() -> None:
    assert both("a: 1e400\nb: " + "9" * 5_000 + "\n").tree == {"a": "1e400", "b": "9" * 5_000}


def test_y6_a_key_twice_is_refused_and_shown_where_it_stands_again() -> None:
    assert refused("grade: general\nunit: a\ngrade: major\n", "HZ002").place == Place(3, 1, 3, 6)
    assert refused("history:\n  - {by: 李四, by: 王五}\n", "HZ002").trail == ("history", 0, "by")


def test_y6_keys_are_compared_after_nfc() -> None:
    assert refused("signed: {caf\u00e9: a, cafe\u0301: b}\n", "HZ002").place == Place(1, 19, 1, 24)


def test_y6_an_invisible_character_in_a_key_is_shown() -> None:
    assert codes(both("grade: a\ngra\u200bde: b\n")) == ["HZ019"]


@pytest.mark.parametrize("value", ["!!python/object/apply:os.system [x]", "!!bool maybe", "!x y", "! y", "!!map {a: b}"])
def test_y7_a_tag_is_refused(value: str) -> None:
    assert refused(f"a: {value}\n", "HZ003").place is not None


@pytest.mark.parametrize("line", ["%YAML 1.1", "%TAG ! x", "%", "%%%%"])
def test_y8_a_directive_is_refused_before_parsing(line: str) -> None:
    assert refused(f"{line}\n---\na: no\n", "HZ003").place == Place(1, 1, 1, 1 + len(line))


@pytest.mark.parametrize("text", ["a: b\n---\nc: d\n", "a: b\n...\nc: d\n", "a: b\n...\n---\nc: d\n", "{a: b}\n{c: d}\n"])
def test_y9_a_second_document_is_refused(text: str) -> None:
    refused(text, "HZ003")


def test_y9_marks_of_one_document_are_style() -> None:
    parsed = both("---\na: b\n...\n")
    assert parsed.tree == {"a": "b"}
    assert spots(parsed, "HZ017") == [(1, 1), (3, 1)]


def test_y10_conflict_markers_are_found_wherever_they_stand() -> None:
    plain = both("a: b\n<<<<<<< HEAD\nb: c\n||||||| base\nb: x\n=======\nb: d\n>>>>>>> other\n")
    assert spots(plain, "HZ001") == [(2, 1), (4, 1), (6, 1), (8, 1)]
    inside = both("note: |\n  <<<<<<< HEAD\n  a\n  =======\n  b\n  >>>>>>> other\n")
    assert spots(inside, "HZ001") == [(2, 3), (4, 3), (6, 3)]
    assert inside.tree is None


def test_y10_a_row_of_signs_inside_a_text_is_no_marker() -> None:
    assert both('a: "x ======= y"\nb: x <<<<<<<y\n').findings == ()


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t", b"\0" * 4096, b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_y11_an_empty_file_is_unreadable(data: bytes) -> None:
    assert "crash" in refused(data, "HZ001").message.en


def test_y11_a_tail_of_nul_bytes_is_unreadable() -> None:
    assert refused(RECORD.encode() + b"\0" * 4096, "HZ001").place == Place(11, 1, 11, 2)


def test_y11_a_file_of_comments_holds_no_record() -> None:
    assert refused("# x\n", "HZ001").message.en == "the file holds comments and no record"


def test_y11_a_cut_inside_a_character_is_called_a_cut() -> None:
    data = "a: 消防".encode()
    assert "middle of a character" in refused(data[:-1], "HZ001").message.en


def test_y11_every_cut_of_a_record_is_read_or_named() -> None:
    data = RECORD.encode()
    for length in range(len(data)):
        parsed = both(data[:length])
        assert (parsed.tree is None) == ("HZ001" in codes(parsed))


# ---------------------------------------------------------------------------------------------------------------- C rows


def test_c1_c2_every_scalar_is_the_text_that_was_written() -> None:
    text = "a: 010\nb: 013800138000\nc: 1e5\nd: 1.10\ne: 0x1F\nf: 2024-02-30\ng: 440106199001011234\n"
    parsed = both(text)
    assert parsed.findings == ()
    assert parsed.tree == {line[0]: line[3:] for line in text.splitlines()}


@pytest.mark.parametrize("word", ["no", "NO", "Yes", "on", "y", "N", "Null", "1:20", "12:30:45", "-1:20", ".nan"])
def test_c1_c5_words_that_other_readers_take_otherwise_are_pointed_out(word: str) -> None:
    parsed = both(f'a: {word}\nb: "{word}"\n')
    assert parsed.tree == {"a": word, "b": word}
    assert spots(parsed, "HZ018") == [(1, 4)]


def test_c3_a_comment_that_cuts_a_value_off_is_pointed_out() -> None:
    parsed = both("title: 3 #泵房\nsite: #2泵房\nb: x # 说明\nc: z\t#d\n#e\n  #f\nd: x # 见 #3\n")
    assert parsed.tree == {"title": "3", "site": None, "b": "x", "c": "z", "d": "x"}
    assert spots(parsed, "HZ018") == [(1, 10), (2, 7), (4, 6)]


def test_c3_a_hash_inside_quotes_is_text() -> None:
    assert both("a: \"3 #泵房\"\nb: |\n  4 #泵房\nc: {d: '5 #泵'}\n").findings == ()


def test_c3_a_hash_after_quotes_is_still_a_comment() -> None:
    assert spots(both('a: "3 #泵"   #房\n'), "HZ018") == [(1, 13)]


def test_c3_a_colon_in_a_text_gets_its_cure_in_words() -> None:
    found = refused("id: x\ntitle: 消防: 通道\n", "HZ001")
    assert found.place == Place(2, 10, 2, 11)
    assert found.repair is not None
    assert found.repair.say("en").endswith('`title: "消防: 通道"`')


@pytest.mark.parametrize("colon", [":", "："])
def test_c3_a_colon_without_a_blank_gets_its_cure_in_words(colon: str) -> None:
    for text in (f"标题{colon}消防\n", f"# 注\nid: x\n标题{colon}消防\nunit: y\n"):
        found = refused(text, "HZ001")
        assert found.place is not None
        assert found.place.line == text.count("\n", 0, text.index("标题")) + 1
        assert found.repair is not None
        assert found.repair.say("en").endswith("`标题: 消防`")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: b\n\tc: d\n", (2, 1), "a tab as indentation"),
        ("a:\n\t- c\n", (2, 1), "a tab as indentation"),
        ('a: "x\nb: c\n', (1, 4), "a quotation mark is never closed"),
        ("a: 'x\n---\n", (1, 4), "a quotation mark is never closed"),
        ("h:\n  - {a: b\n  - {c: d}\n", (3, 5), "a comma or `}` is missing"),
        ("a: [b, c\nd: e\n", (2, 2), "a comma or `]` is missing"),
        ("a: @x\n", (1, 4), "a value cannot begin with this character"),
        ("a:\n  b: c\n d: e\n", (3, 2), "the indentation is off, or something follows a value"),
        ("- a\nb: c\n", (2, 1), "something else stands between list items"),
        ("a: - b\n", (1, 4), "a list cannot begin here"),
        ("a: ]\n", (1, 4), "a value is missing, or there is a bracket too many"),
        ("a: b\n  c: d\n", (2, 4), "a colon is not expected here"),
        ('a: "\\q"\n', (1, 5), "an unknown escape after a backslash"),
        ('a: "\\xg0"\n', (1, 7), "an escape lacks hexadecimal digits"),
        ("- a\n", (1, 1), "a record is a list of `field: value` lines"),
        ("[a]\n", (1, 1), "a record is a list of `field: value` lines"),
    ],
)
def test_a_fault_of_syntax_is_said_in_words_at_its_place(text: str, place: tuple[int, int], said: str) -> None:
    parsed = both(text)
    assert [found.message.en for found in parsed.findings] == [said]
    assert spots(parsed, "HZ001") == [place]


def test_keys_that_other_readers_turn_into_truth_are_pointed_out() -> None:
    parsed = both('on: 1\nhistory:\n  - {No: 2, "y": 3, ~: 4, "": 5}\n')
    assert parsed.tree is not None
    assert codes(parsed) == ["HZ004"] * 5
    assert parsed.findings[0].trail == ("on", KEY)


def test_a_key_longer_than_parsers_allow_is_refused_by_every_way_of_reading() -> None:
    assert refused("a" * 1_100 + ": b\n", "HZ001").place is not None


def test_a_key_that_is_a_list_is_refused() -> None:
    assert refused("? [a, b]\n: c\nd: {[e]: f, *g : h}\n", "HZ003").place == Place(1, 3, 1, 4)


# ---------------------------------------------------------------------------------------------------------------- U rows


@pytest.mark.parametrize(("encoding", "guess"), [("gbk", "GB18030"), ("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")])
def test_u1_another_encoding_is_named_and_never_converted(encoding: str, guess: str) -> None:
    data = "a: b\ntitle: 消防通道被货物占用\n".encode(encoding)
    assert both(data).tree is None
    if encoding != "utf-16-le":
        assert codes(both(data)) == ["HZ001", "HZ011"]
        assert guess in refused(data, "HZ011").message.say("en")


def test_u1_bytes_of_no_encoding_are_called_damage() -> None:
    assert "damage" in refused(b"a: \xff\xff\xff\n", "HZ011").message.say("en")


def test_u2_one_byte_order_mark_is_stripped_and_a_second_refused() -> None:
    one = both("\ufeffid: a\n")
    assert one.tree == {"id": "a"}
    assert codes(one) == ["HZ011"]
    assert refused("\ufeff\ufeffid: a\n", "HZ001").place == Place(1, 1, 1, 2)
    assert refused("id: a\n\ufeffb: c\n", "HZ001").place == Place(2, 1, 2, 2)


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\r"])
def test_u3_line_ends_that_editors_do_not_count_are_refused(end: str) -> None:
    assert refused(f"a: x{end}b: y\n", "HZ001").place == Place(1, 5, 1, 6)


def test_u3_windows_line_ends_are_read_and_pointed_out_once() -> None:
    parsed = both(RECORD.replace("\n", "\r\n"))
    assert parsed.tree == both(RECORD).tree
    assert codes(parsed) == ["HZ011"]


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\x0c"])
def test_u4_raw_controls_are_refused(control: str) -> None:
    assert refused(f"a: x\nb: y{control}\n", "HZ001").place == Place(2, 5, 2, 6)


def test_u4_controls_as_escapes_are_findings_and_the_record_counts() -> None:
    parsed = both('a: "\\e]52;c;x\\a"\n"b\\x9b": c\n')
    assert parsed.tree == {"a": "\x1b]52;c;x\x07", "b\x9b": "c"}
    assert spots(parsed, "HZ019") == [(1, 4), (1, 4), (2, 1)]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\UFFFFFFFF", "\\U00110000"])
def test_u4_an_escape_that_is_no_character_is_refused(escape: str) -> None:
    assert refused(f'a: "{escape}"\n', "HZ001").place is not None


def test_u5_bidirectional_and_zero_width_characters_are_findings() -> None:
    parsed = both("a: 甲\u202e乙\nb: 丙\u200b丁\u200b\nc: \u8fbb\U000e0100\n")
    assert parsed.tree is not None
    assert spots(parsed, "HZ019") == [(1, 5), (2, 5)]


def test_u4_every_character_that_cannot_be_shown_has_a_name() -> None:
    assert [named(one).say("en") for one in "\0\x1b\u200b\ud800"] == [
        "U+0000 (NUL)",
        "U+001B (control character)",
        "U+200B (invisible mark)",
        "U+D800 (half a character)",
    ]


def test_u5_an_escaped_invisible_character_is_a_finding_too() -> None:
    assert spots(both('a: \u200bx\nb: "\\u200b"\n'), "HZ019") == [(1, 4), (2, 4)]


# ----------------------------------------------------------------------------------------------------- form of history


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("history:\n  - {a: b}\nunit: c\n", (3, 1)),
        ("history:\n  - a: b\n    c: d\n", (2, 5)),
        ("history:\n  - {a: b,\n     c: d}\n", (2, 5)),
        ("history: [{a: b}]\n", (1, 11)),
        ('history:\n  - {a: "b\n    c"}\n', (2, 5)),
    ],
)
def test_an_event_stands_on_a_line_of_its_own_and_history_is_last(text: str, place: tuple[int, int]) -> None:
    parsed = both(text)
    assert parsed.tree is not None
    assert codes(parsed) == ["HZ012"]
    assert spots(parsed, "HZ012") == [place]


def test_comments_and_blank_lines_in_the_history_are_fine() -> None:
    assert both("history:\n\n  # 一\n  - {a: b}  # 二\n\n  - {c: d}\n# 三\n").findings == ()


def test_an_empty_history_has_no_form_to_keep() -> None:
    assert both("history: []\n").findings == ()
    assert both("history:\n").findings == ()


# ------------------------------------------------------------------------------------------------------ all, and bounded


def test_all_that_is_wrong_is_reported_in_the_order_of_lines() -> None:
    parsed = both("a: &x 1\nb: !t 2\nc: no\na: *x\non: 3\n")
    assert [(found.code, found.place.line) for found in parsed.findings if found.place and found.code != "HZ001"] == [
        ("HZ003", 1),
        ("HZ003", 2),
        ("HZ018", 3),
        ("HZ002", 4),
        ("HZ003", 4),
        ("HZ004", 5),
    ]


def test_a_crowd_of_findings_is_capped_and_counted() -> None:
    parsed = both("".join(f"k{n}: no\n" for n in range(70)))
    assert len(parsed.findings) == 50
    assert parsed.findings[-1].message.say("en").endswith("(and 20 more of this kind in this file)")
    assert len(both("".join(f"k{n}: no\n" for n in range(50))).findings) == 50


HOSTILE = {
    "anchors": b"a:\n" + b"- &a x\n" * 100_000,
    "keys": b"".join(b"k%d: v\n" % n for n in range(80_000)),
    "escapes": b'a: "' + b"\\x07" * 200_000 + b'"\n',
    "invisible": ("a: " + "\u200b" * 300_000).encode(),
    "returns": b"a: b\r" * 200_000,
    "markers": b"<<<<<<< \n" * 100_000,
    "hashes": b"a: b " + b" #x" * 300_000,
    "colons": b"a: " * 300_000,
    "same keys": b"{" + b"a," * 500_000,
    "comments": b"# x\n" * 250_000 + b"a: b\n",
    "blanks": b" " * 1_000_000 + b"a",
    "newlines": b'a: "' + b"\n" * 1_000_000 + b'"',
    "directives": b"%TAG !a! x\n" * 90_000,
    "brackets": b"[" * 1_000_000,
    "tag": b"a: !" + b"x" * 1_000_000,
    "block history": b"history:\n" + b"  - a: b\n" * 100_000,
}


def seconds(data: bytes) -> float:
    """Time one reading, the collector at rest as it is when a ledger is loaded: else what other tests left behind is timed too."""
    gc.disable()
    try:
        started = time.process_time()
        parsed = parse(data[:MAX_BYTES], places=False)
        spent = time.process_time() - started
    finally:
        gc.enable()
    assert len(parsed.findings) < 200
    return spent


def test_a_hostile_mebibyte_costs_little_more_than_a_sound_file_of_many_parts() -> None:
    sound = b"".join(b"k%d: {a: b}\n" % n for n in range(6_000))
    usual = min(seconds(sound) for _ in range(3))
    slow = {shape: cost / usual for shape, data in HOSTILE.items() if (cost := seconds(data)) > 12 * usual}
    assert slow == {}


# ----------------------------------------------------------------------------------------------------------------- laws


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_tree_or_in_hz001(data: bytes) -> None:
    parsed = both(data)
    assert (parsed.tree is None) == ("HZ001" in codes(parsed))


SNIPPETS = [
    *"[]{},:-?&*!|>'\"%@`#~ \n\t\\",
    "\r\n",
    ": ",
    "- ",
    "a",
    "消防",
    "12:30",
    "no",
    "<<",
    "history:\n",
    "  ",
    "\\u200b",
    "\u200b",
    "...",
    "---\n",
    "{a: b}",
    "=======\n",
]


@given(st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join))
def test_any_text_of_yaml_parts_is_read_alike_with_and_without_places(text: str) -> None:
    parsed = both(text)
    assert (parsed.tree is None) == ("HZ001" in codes(parsed))


@given(st.integers(0, len(RECORD.encode()) - 1), st.integers(0, 255), st.booleans())
def test_a_changed_byte_is_read_or_named(at: int, value: int, insert: bool) -> None:
    data = bytearray(RECORD.encode())
    data[at : at + (0 if insert else 1)] = bytes([value])
    parsed = both(bytes(data))
    assert (parsed.tree is None) == ("HZ001" in codes(parsed))


def test_without_libyaml_the_pure_parser_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stream.c_events() is not None
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    assert stream.c_events() is None


PURE_SNIPPETS = [part for part in SNIPPETS if part not in {"?", "\t", "|", ">", "%", "\\", "\\u200b", "\r\n", "\u200b", "=======\n"}]


@given(st.lists(st.sampled_from(PURE_SNIPPETS), max_size=25).map("".join))
def test_the_parser_without_libyaml_gives_the_same_verdict(text: str) -> None:
    scanned = scan(text.encode())
    if scanned.text is not None:
        libyaml, pure = Builder(text, events(text), places=True), Builder(text, pure_events(text), places=True)
        tree = libyaml.record()
        assert pure.record() == tree
        assert tree is None or pure.places == libyaml.places


@pytest.mark.parametrize(
    "text",
    [
        RECORD,
        "a:\tb\t# c\n",
        'a: "\\ud800"\n',
        'a: "\\UFFFFFFFF"\n',
        "a: &x [*x]\n",
        "[" * 5_000,
        "a: b\n...\nc: d\n",
        "a: b: c\n",
        "标题：消防\nb: c\n",
        "a: {b: [c, 'd']}\n",
    ],
)
def test_without_libyaml_the_rows_end_alike(text: str) -> None:
    pure = Builder(text, pure_events(text), places=True)
    tree, parsed = pure.record(), parse(text.encode())
    assert tree == parsed.tree
    assert {found.code for found in pure.findings} <= {found.code for found in parsed.findings}
