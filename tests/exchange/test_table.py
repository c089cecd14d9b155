"""Bytes become rows, or a sentence that says why not."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.exchange.table import DELIMITERS, MOST_COLUMNS, Table, table

ROWS = [["序号", "隐患描述"], ["1", "消防通道，被占用; 已拍照"], ["2", '堆放 3" 钢管\n两处']]
# A cell as people type it: csv itself cannot tell an empty only cell from a blank line.
CELLS = st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1, max_size=12)
TABLES = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=3, max_size=8))


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def cells(read: Table) -> list[list[str]]:
    return [list(row.cells) for row in read.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", list(DELIMITERS.values()))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_delimiter_and_line_ends_are_seen(encoding: str, delimiter: str, end: str) -> None:
    read = table(written(ROWS, delimiter, end).encode(encoding))
    assert cells(read) == ROWS
    assert (read.delimiter, read.encoding) == (delimiter, "utf-8" if encoding == "utf-8-sig" else encoding)
    assert [row.line for row in read.rows] == [1, 2, 3]


def test_a_full_width_comma_never_parts_columns() -> None:
    assert cells(table("甲，乙\n丙，丁\n".encode())) == [["甲，乙"], ["丙，丁"]]


def test_a_row_after_a_cell_of_two_lines_knows_its_line() -> None:
    read = table(b'a,b\n1,"x\ny"\n2,z\n')
    assert [row.line for row in read.rows] == [1, 2, 4]


def test_a_line_that_names_the_separator_is_obeyed_and_no_row() -> None:
    read = table(b"sep=;\r\na;b\r\n1,2;3\r\n")
    assert (cells(read), read.rows[0].line) == ([["a", "b"], ["1,2", "3"]], 2)


@pytest.mark.parametrize(
    ("stated", "expected"), [("semicolon", [["a,b", "c"]]), (";", [["a,b", "c"]]), ("\\t", [["a,b;c"]]), ("tab", [["a,b;c"]])]
)
def test_a_stated_delimiter_counts_more_than_what_is_seen(stated: str, expected: list[list[str]]) -> None:
    assert cells(table(b"a,b;c\n", delimiter=stated)) == expected


def test_a_stated_encoding_counts_more_than_what_is_seen() -> None:
    assert cells(table("é,b\n".encode("cp1252"), encoding="latin-1")) == [["é", "b"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "xls"),
        (b"a,b\n\xff\xff\n", "line 2"),
        (b"a\0,b\n", "NUL"),
        (b'a,b\n1,"open\n', "line 2"),
        (b",".join([b"x"] * (MOST_COLUMNS + 1)), "columns"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        table(data)


@pytest.mark.parametrize("options", [{"encoding": "klingon"}, {"delimiter": "|"}])
def test_an_unknown_encoding_or_delimiter_names_those_there_are(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="known: "):
        table(b"a,b\n", **options)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.exchange.table.MOST_ROWS", 2)
    with pytest.raises(UsageError, match="more than 2 rows"):
        table(b"a,b\n1,2\n\n3,4\n")


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.exchange.table.MOST_BYTES", 2**20)
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        table(b"a" * (2**20 + 1))


@given(TABLES, st.sampled_from(list(DELIMITERS.values())), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_is_read(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    data = written(rows, delimiter).encode(encoding)
    assert cells(table(data, delimiter=delimiter, encoding=encoding)) == rows


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(UsageError):
        assert isinstance(table(data), Table)


@pytest.mark.parametrize(
    "text",
    ["<html><table>", "\r\n<!DOCTYPE html>", '<?xml version="1.0"?><Workbook/>', "MIME-Version: 1.0\r\n", "<TABLE border=1>", "<!-- x -->"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_that_bears_the_name_of_a_table_is_none(text: str, encoding: str) -> None:
    with pytest.raises(UsageError, match="only bears the name") as failure:
        table((text + "检查日期").encode(encoding))
    assert failure.value.lines("zh") == ["这是网页（HTML、XML），只是名字像表格", "请在表格软件里打开后另存为 xlsx"]


def test_of_two_files_joined_in_two_encodings_the_line_is_named_where_the_second_begins() -> None:
    with pytest.raises(UsageError, match="the bytes on line 3 are not gb18030"):
        table("检查日期,描述\n2025-03-01,漏电\n".encode("gb18030") + "检查日期：中文".encode())
    with pytest.raises(UsageError, match="the bytes on line 2 are not utf-8"):
        table("检查日期,描述\n".encode() + "漏电漏".encode("gb18030"))
