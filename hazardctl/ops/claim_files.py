"""The files that summaries come in, as text: plain text, Markdown, and Word documents with their tables."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.language import Text

MOST: Final = 20_000_000
SUFFIXES: Final = (".txt", ".md", ".docx")
NO_FILE: Final = Text("读不了文件 {file}", "cannot read the file {file}")
NOT_TEXT: Final = Text("{file} 不是 UTF-8 或 GB18030 编码的文字", "{file} is text neither in UTF-8 nor in GB18030")
TOO_LARGE: Final = Text("{file} 太大（超过 {n} MB）", "{file} is too large (over {n} MB)")
SUFFIX: Final = Text("不认得 {file} 的格式", "{file} is of no known format")
THERE_ARE: Final = Text("可用：{all}", "there are: {all}")
NEEDS_WORD: Final = Text("读 docx 要有扩展 word", "docx needs the extra word")
INSTALL: Final = Text("安装：pip install 'hazardctl[word]'", "install it: pip install 'hazardctl[word]'")


def content(file: str) -> str:
    """Give the text of a file.

    Raises:
        UsageError: there is none, it is too large, or no text.
        MissingExtraError: it is a docx, and the extra is not installed.
    """
    path = Path(file)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(SUFFIX.of(file=file), THERE_ARE.of(all=SUFFIXES))
    try:
        if path.stat().st_size > MOST:
            raise UsageError(TOO_LARGE.of(file=file, n=MOST // 1_000_000))
        data = path.read_bytes()
    except (OSError, ValueError) as failure:
        raise UsageError(NO_FILE.of(file=file)) from failure
    if path.suffix.lower() == ".docx":
        return _docx(path, file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(NOT_TEXT.of(file=file))


def _docx(path: Path, file: str) -> str:
    """Give the paragraphs of a document, a line each."""
    try:
        docx = cast("Any", import_module("docx"))  # python-docx, which the extra brings
    except ImportError as missing:
        raise MissingExtraError(NEEDS_WORD, INSTALL) from missing
    try:
        return "\n\n".join(_parts(docx.Document(str(path))))
    except Exception as failure:  # what a broken archive or broken XML raises is not one class
        raise UsageError(NO_FILE.of(file=file)) from failure


def _parts(document: Any) -> Iterator[str]:  # noqa: ANN401
    """Give the paragraphs and tables of a document in their order, a table as rows between bars."""
    for part in document.iter_inner_content():
        if not hasattr(part, "rows"):
            yield part.text
            continue
        rows: list[str] = []
        for row in part.rows:
            texts = [" ".join(cell.text.split()).replace("|", " ") for cell in row.cells]
            rows.append(f"| {' | '.join(texts)} |")
        yield "\n".join(rows)
