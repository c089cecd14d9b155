"""What we write is read back as it was meant, by our reader and by every other one at hand (RELIABILITY 5.7)."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hazardctl.errors import UsageError
from hazardctl.store.emit import Value, flow, is_plain, record_text, scalar
from hazardctl.store.reader import parse

HARD = [
    *"-.:,?[]{}#&*!|>'\"%@`~ \n\t\\/()=+$^;_<",
    "a",
    "Z",
    "0",
    "1e5",
    "消防",
    "〔2024〕",
    "no",
    "null",
    "\u3000",
    "\xa0",
    "é",
    "𠮷",
    "0x",
    ": ",
    " #",
    "- ",
    "--",
]
words = st.lists(st.sampled_from(HARD), max_size=8).map("".join)


def ruamel(typ: str, *, pure: bool) -> Callable[[str], object]:
    def load(text: str) -> object:
        return YAML(typ=typ, pure=pure).load(io.StringIO(text))

    return load


READERS: dict[str, Callable[[str], object]] = {
    "PyYAML C": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "PyYAML pure": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
    "ruamel round-trip": ruamel("rt", pure=True),
    "ruamel pure": ruamel("safe", pure=True),
    "ruamel C": ruamel("safe", pure=False),
}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("柳安改〔2024〕17号", "柳安改〔2024〕17号"),
        ("evidence/2024/03/7k2qf-1.jpg", "evidence/2024/03/7k2qf-1.jpg"),
        ("李强", "李强"),
        ("GB 50156-2021", "GB 50156-2021"),
        ("2024年", "2024年"),
        ("11.2", '"11.2"'),
        ("7e5", '"7e5"'),
        ("2024-03", '"2024-03"'),
        ("2024-03-12", '"2024-03-12"'),
        ("https://example.org/a", '"https://example.org/a"'),
        ("no", '"no"'),
        ("NaN", '"NaN"'),
        ("", '""'),
        ("x -", '"x -"'),
        ("a  b", '"a  b"'),
        ("a\u3000", '"a\u3000"'),
        ("-x", '"-x"'),
        ("第一行\n第二行", '"第一行\\n第二行"'),
        ('引"号\\', '"引\\"号\\\\"'),
        ("a\xa0b", '"a\\xA0b"'),
        ("0x1f", '"0x1f"'),
        (
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        ("1e" + "0" * 62, '"1e' + "0" * 62 + '"'),
        ("𠮷野", "𠮷野"),
    ],
)
def test_a_text_is_plain_for_people_and_quoted_where_a_reader_would_take_it_otherwise(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_text_is_stored_in_nfc() -> None:
    assert scalar("cafe\u0301 \uf900") == "café 豈"


def test_half_a_character_is_refused_before_any_file_is_opened() -> None:
    with pytest.raises(UsageError, match="udce4"):
        scalar("a\udce4")


@given(words)
def test_every_reader_takes_a_written_text_for_that_text(text: str) -> None:
    meant = unicodedata.normalize("NFC", text)
    written = scalar(text)
    sample = f"a: {written}\nb: {{c: {written}, d: [{written}, {written}]}}\n"
    expected = {"a": meant, "b": {"c": meant, "d": [meant, meant]}}
    assert parse(sample.encode()).tree == expected
    for name, load in READERS.items():
        assert load(sample) == expected, name


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=20))
def test_any_printable_text_is_written_and_read_alike(text: str) -> None:
    assert parse(f"a: {scalar(text)}\n".encode()).tree == {"a": unicodedata.normalize("NFC", text)}


values = st.recursive(
    words.map(lambda text: unicodedata.normalize("NFC", text)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(words.map(lambda key: "k" + unicodedata.normalize("NFC", key)), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["description", "site", "basis", "plan", "evidence", "history", "x-own", "remark"]), values, max_size=6)
)
def test_a_record_written_is_the_record_read(record: dict[str, Value]) -> None:
    text = record_text(record, ["description", "site", "basis"])
    if record:
        parsed = parse(text.encode())
        assert parsed.tree == record
        known = [key for key in ("description", "site", "basis") if key in record]
        others = [key for key in record if key not in known and key != "history"]
        assert list(parsed.tree or ()) == [*known, *others, *(["history"] if "history" in record else [])]


def test_days_numbers_and_flags_are_plain_in_their_fields_and_quoted_elsewhere() -> None:
    event: dict[str, Value] = {"date": dt.date(2024, 3, 12), "due": "2024-03-27", "note": "2024-03-27", "on_spot": True, "number": "12"}
    assert flow(event) == '{date: 2024-03-12, due: 2024-03-27, note: "2024-03-27", on_spot: true, number: "12"}'
    assert flow({"funds_spent": Decimal("118600.00"), "quantity": 3, "on_spot": False, "site": None}) == (
        "{funds_spent: 118600.00, quantity: 3, on_spot: false, site: null}"
    )
    assert flow({"quantity": "007", "found_on": "2024-3-1"}) == '{quantity: "007", found_on: "2024-3-1"}'


def test_a_record_is_laid_out_as_people_read_it() -> None:
    record: dict[str, Value] = {
        "history": [{"date": "2024-03-12", "do": "register", "by": "李四"}],
        "id": "YH-20240305-Q4ZB8",
        "basis": [{"doc": "工贸企业重大事故隐患判定标准", "text": "涉氨制冷情形"}],
        "campaign": ["ZX-20240301-9RWK4"],
        "plan": {"target": {"text": "六十日内消除", "done_on": "2024-03-08"}},
        "external_ids": {"province": "330200-2024-0117"},
        "evidence": [{"kind": "before", "path": "evidence/2024/03/q4zb8-1.jpg"}],
        "site": None,
        "tags": [],
        "x-old": {},
    }
    assert record_text(record, ["id", "external_ids", "campaign", "basis", "site", "plan", "evidence", "tags", "history"]) == (
        "id: YH-20240305-Q4ZB8\n"
        'external_ids: {province: "330200-2024-0117"}\n'
        "campaign: [ZX-20240301-9RWK4]\n"
        "basis: [{doc: 工贸企业重大事故隐患判定标准, text: 涉氨制冷情形}]\n"
        "plan:\n"
        "  target: {text: 六十日内消除, done_on: 2024-03-08}\n"
        "evidence:\n"
        "  - {kind: before, path: evidence/2024/03/q4zb8-1.jpg}\n"
        "tags: []\n"
        "x-old: {}\n"
        "history:\n"
        "  - {date: 2024-03-12, do: register, by: 李四}\n"
    )


def test_a_list_too_wide_for_a_line_stands_one_part_a_line() -> None:
    assert record_text({"parties": [{"unit": "a" * 60}, {"unit": "b" * 60}]}, []).splitlines()[0] == "parties:"
    assert record_text({"signed": {"a" * 60: "signed", "b" * 60: "refused"}}, []).splitlines()[1].startswith("  aaa")


def test_the_rule_and_the_predicate_agree() -> None:
    assert is_plain("消防")
    assert not is_plain("")
