"""The file of a seal: lines go to its end, every other byte stays; its name is its period and scope."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UnreadableError
from hazardctl.model.seal import Seal, sealed
from hazardctl.store.emit import Value
from hazardctl.store.reader import parse
from hazardctl.store.seals import path_of, text, with_restatements

HEAD: dict[str, Value] = {
    "period": "2024H1", "as_of": "2024-06-30", "preset": "default", "scope": {}, "sealed_on": "2024-07-02", "by": "孙八",
}  # fmt: skip
LINE = {"date": "2024-07-20", "by": "孙八", "measure": "hazards.found", "was": "2", "now": "3", "reason": "补录：一条, 两处"}


def read(data: bytes) -> Seal:
    made, findings = sealed(parse(data, places=False).tree or {})
    assert made is not None, findings
    return made


numbers = st.integers(0, 10**6).map(str) | st.sampled_from(["98.63", "/", "∅", "over 200", "nearly 70", "about 5"])


@given(st.dictionaries(st.sampled_from(["hazards.found", "hazards.rate", "stock.closing", "hazards.rate[basis=official]"]), numbers))
def test_what_is_written_is_read_back(figures: dict[str, str]) -> None:
    if figures:
        assert read(text(HEAD, figures).encode()).figures == figures


@pytest.mark.parametrize("end", ["", "restatements: []\n", "restatements:\n", "restatements: ~", "x-note: 甲\n"])
def test_lines_are_added_at_the_end(end: str) -> None:
    data = (text(HEAD, {"hazards.found": "2"}) + end).encode()
    once = with_restatements(data, [LINE], "a")
    twice = with_restatements(once, [{**LINE, "was": "3", "now": "4"}], "a")
    assert twice.startswith(once)
    assert [(one.was, one.now) for one in read(twice).restatements] == [("2", "3"), ("3", "4")]
    assert read(twice).restatements[0].reason == LINE["reason"]
    if not end.startswith("restatements"):
        assert once.startswith(data)


def test_a_file_without_its_last_newline_gets_one() -> None:
    data = text(HEAD, {"hazards.found": "2"}).encode().rstrip(b"\n")
    assert read(with_restatements(data, [LINE], "a")).standing("hazards.found") == "3"


@pytest.mark.parametrize("end", ["restatements: [{date: 2024-07-20, by: 孙八, measure: a, was: 1, now: 2, reason: 甲}]\n", "figures: ["])
def test_a_layout_that_takes_no_line_is_refused(end: str) -> None:
    data = (text(HEAD, {"hazards.found": "2"}) + end).encode()
    with pytest.raises(UnreadableError):
        with_restatements(data, [LINE], "a")


@given(
    st.text(string.printable + "消防:/\\", max_size=20),
    st.dictionaries(st.sampled_from(["sector", "site"]), st.text(max_size=8), max_size=2),
)
def test_a_name_is_one_file_in_the_folder_of_seals(period: str, scope: dict[str, str]) -> None:
    path = path_of(f"2024{period}", scope)
    assert path.startswith("seals/2024")
    assert path.count("/") == 1
    assert not set(path) & set(':\\*?"<>| \n')
