"""A table as a file holds it: bytes to text, text to rows, every row with the line it begins on.

Nothing is guessed that the bytes do not show: a byte order mark decides, then strict UTF-8, then strict GB18030; of comma,
tab and semicolon the one that gives most rows the same number of cells. The full-width `，` is a letter of a sentence.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from hazardctl.errors import UsageError
from hazardctl.language import Text

MOST_BYTES: Final = 64 * 2**20
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 2**20
SAMPLE: Final = 200

DELIMITERS: Final[Mapping[str, str]] = {"comma": ",", "tab": "\t", "semicolon": ";"}
ENCODINGS: Final = ("utf-8", "gb18030", "utf-16", "big5", "cp1252")
_SPELLINGS: Final = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "ansi": "gb18030",
    "utf16": "utf-16", "latin-1": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252",
}  # fmt: skip
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP: Final = re.compile(r"\s*(<(!doctype|html|head|meta|body|table|style|div|\?xml|\?mso-|workbook|!--)|mime-version:)", re.IGNORECASE)
"""What systems give out as .xls and spreadsheet programs open all the same: HTML, the XML of 2003, a web archive."""
_NOT_TEXT: Final = ((b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"))


class Row(NamedTuple):
    """One row.

    Attributes:
        line: it begins on, from 1.
        cells: as written.
        sheet: of the workbook; empty in a text file.
        repeated: positions of the cells that repeat the one above because the two are merged.
        hidden: a person who opens the workbook does not see it.
        failed: positions of the cells that show an error or a formula in the place of a value.
    """

    line: int
    cells: tuple[str, ...]
    sheet: str = ""
    repeated: frozenset[int] = frozenset()
    hidden: bool = False
    failed: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Say whether no cell holds anything of its own."""
        return not any(cell.strip() for position, cell in enumerate(self.cells) if position not in self.repeated)


class Merge(NamedTuple):
    """Cells merged into one, both corners inclusive, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows.

    Attributes:
        encoding: how its bytes were read, one of `ENCODINGS`; of a workbook its format.
        delimiter: the character between cells; empty in a workbook.
        rows: every row in file order, blank ones included.
        sheet: of the workbook; empty in a text file.
        merges: the cells that are merged.
        hidden: positions of the columns that a person does not see.
    """

    encoding: str
    delimiter: str
    rows: tuple[Row, ...]
    sheet: str = ""
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()

    @property
    def delimiter_name(self) -> str:
        """Give the delimiter in a word, as the mapping file writes it; empty in a workbook."""
        return next((name for name, character in DELIMITERS.items() if character == self.delimiter), "")


def table(data: bytes, *, encoding: str = "", delimiter: str = "") -> Table:
    """Read a delimited file.

    Args:
        data: the whole file, at most 64 MiB.
        encoding: stated by a person; empty to look at the bytes.
        delimiter: stated by a person, as a word or the character; empty to look at the rows.

    Raises:
        UsageError: the file is no such text, or larger than the limits, or a quote is left open (with its line).
    """
    text, used = decoded(data, encoding)
    text, stated = _separator_line(text)
    character = _character(delimiter) or stated or _detected(text)
    return Table(used, character, tuple(_bounded(text, character, 2 if stated else 1)))


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Give the text of a file and the encoding it was read with."""
    if len(data) > MOST_BYTES:
        raise UsageError(Text("文件超过 {n} MiB，请分成几份", "the file is larger than {n} MiB: split it").of(n=MOST_BYTES // 2**20))
    for mark, kind in _NOT_TEXT:
        if data.startswith(mark):
            raise UsageError(
                Text("这是 {kind} 文件，不是 CSV", "this is a {kind} file, not csv").of(kind=kind),
                Text("请在表格软件里另存为 CSV UTF-8", "save it as csv UTF-8 in the spreadsheet program"),
            )
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    stated = [_named(encoding)] if encoding else []
    wanted = marked if marked == ["utf-8"] else stated or marked or ["utf-8", "gb18030"]  # nothing else begins with that mark
    for name in wanted:
        try:
            text = data.decode("utf-8-sig" if name == "utf-8" else name)
        except UnicodeDecodeError:
            continue
        return _clean(text), name
    raise _undecodable(data, max(wanted, key=lambda name: _fits(data, name)))


def _named(encoding: str) -> str:
    name = encoding.strip().lower().replace("_", "-")
    name = _SPELLINGS.get(name, name)
    if name not in ENCODINGS:
        raise UsageError(
            Text("不识得编码“{it}”", "unknown encoding “{it}”").of(it=encoding),
            Text("可用：{known}", "known: {known}").of(known=ENCODINGS),
        )
    return name


def _clean(text: str) -> str:
    if "\0" in text:
        raise UsageError(Text("文件里有空字符，不是文本", "the file holds NUL characters: it is not text"))
    if _MARKUP.match(text):
        raise UsageError(
            Text("这是网页（HTML、XML），只是名字像表格", "this is a page (HTML or XML) that only bears the name of a table"),
            Text("请在表格软件里打开后另存为 xlsx", "open it in the spreadsheet program and save it as xlsx"),
        )
    return text


def _fits(data: bytes, name: str) -> int:
    """Say how many bytes can be read in an encoding."""
    try:
        data.decode(name)
    except UnicodeDecodeError as failure:
        return failure.start
    return len(data)


def _undecodable(data: bytes, name: str) -> UsageError:
    """Name the line on which the encoding fails that fits furthest: of two that were joined into one file, the second begins there."""
    start = _fits(data, name)
    what = Text("第 {line} 行的字节不是 {name}", "the bytes on line {line} are not {name}").of(
        line=data.count(b"\n", 0, start) + 1, name=name
    )
    return UsageError(what, Text("用 --encoding 说明编码：{known}", "state the encoding with --encoding: {known}").of(known=ENCODINGS))


def _character(delimiter: str) -> str:
    """Give the delimiter a person stated; a tab may be typed as backslash and t."""
    if not delimiter:
        return ""
    character = DELIMITERS.get(delimiter.strip().lower() or delimiter, delimiter.replace("\\t", "\t"))
    if character not in DELIMITERS.values():
        raise UsageError(
            Text("不能以“{it}”分列", "“{it}” cannot separate columns").of(it=delimiter),
            Text("可用：{known}", "known: {known}").of(known=tuple(DELIMITERS)),
        )
    return character


def _separator_line(text: str) -> tuple[str, str]:
    """Take away a first line `sep=;`, which spreadsheet programs write."""
    first, _, rest = text.partition("\n")
    line = first.rstrip("\r")
    if len(line) == 5 and line.lower().startswith("sep=") and line[4] in DELIMITERS.values():
        return rest, line[4]
    return text, ""


def _detected(text: str) -> str:
    """Give the delimiter that gives most rows the same number of cells, at least two; comma where none does."""
    return max(DELIMITERS.values(), key=lambda character: _agreement(text, character))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for row in _rows(text, delimiter, 1):
            if not row.blank:
                widths[len(row.cells)] += 1
            if widths.total() >= SAMPLE:
                break
    except UsageError:
        return (0, 0)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (0, 0)
    width, count = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    return (count, width)


def _rows(text: str, delimiter: str, first: int) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            yield Row(line, tuple(cells))
            line = reader.line_num + first
    except csv.Error as failure:
        raise UsageError(
            Text("第 {line} 行的引号不成对，或一格过长", "line {line}: a quote is left open, or a cell is too long").of(line=line),
            Text("检查这一行的双引号，或另存为 CSV UTF-8", "look at the quotes of this line, or save the table as csv UTF-8 again"),
        ) from failure


def _bounded(text: str, delimiter: str, first: int) -> Iterator[Row]:
    filled = 0
    for row in _rows(text, delimiter, first):
        filled += not row.blank
        if filled > MOST_ROWS:
            raise UsageError(Text("超过 {n} 行，请分成几份", "more than {n} rows: split the file").of(n=MOST_ROWS))
        if len(row.cells) > MOST_COLUMNS:
            raise UsageError(Text("第 {line} 行超过 {n} 列", "line {line} has more than {n} columns").of(line=row.line, n=MOST_COLUMNS))
        yield row
