"""From bytes to text: size, encoding, characters, directives and conflict markers, before any parser sees the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hazardctl.diagnostics import START, Finding, Place
from hazardctl.language import Text
from hazardctl.store.characters import FORBIDDEN, INVISIBLE, named
from hazardctl.store.faults import place_at, placed
from hazardctl.store.files import MAX_BYTES

_BOM: Final = b"\xef\xbb\xbf"
_MARKER: Final = re.compile(r"^[ \t]*(<{7,}|>{7,}|\|{7,}|={7,})(?=[ \t\r\n]|\Z)", re.MULTILINE)
_DIRECTIVE: Final = re.compile(r"^%.*", re.MULTILINE)
_MARKERS: Final = ("<<<<<<<", ">>>>>>>", "=======", "|||||||")

_TOO_LARGE: Final = Text("文件有 {size} 字节，记录最多 1 MiB", "{size} bytes; a record has at most 1 MiB")
_ATTACH: Final = Text("大件作为附件放在 evidence/ 下", "keep large things as files below evidence/")
_EMPTY: Final = Text("文件是空的（可能是死机或断电留下的）", "the file is empty (left by a crash?)")
_TORN: Final = Text("文件里是空字符（可能是死机或断电留下的）", "the file holds NUL bytes (left by a crash?)")
_CUT: Final = Text("文件在一个字的中间断了（可能是死机或断电留下的）", "the file ends in the middle of a character (left by a crash?)")
_RESTORE: Final = Text("用 git restore 取回这个文件", "take the file back with git restore FILE")
_NOT_UTF8: Final = Text("不是 UTF-8 文本，看来是 {guess}", "not UTF-8 text; it looks like {guess}")
_SAVE: Final = Text("在编辑器里另存为 UTF-8；程序不猜着转换", "save it as UTF-8 in an editor; nothing is converted by guessing")
_UNKNOWN: Final = Text("其他编码或损坏的文件", "another encoding, or damage")
_HAS_BOM: Final = Text("开头有字节序标记（BOM）", "a byte order mark at the start")
_HAS_CRLF: Final = Text("行尾是 CRLF", "lines end in CRLF")
_PLAIN_UTF8: Final = Text(
    "另存为无 BOM、LF 换行的 UTF-8，或运行 hazardctl fmt", "save as UTF-8 without BOM and with LF, or run hazardctl fmt"
)
_BAD: Final = Text("文件里有 {name}", "{name} in the file")
_DELETE: Final = Text("删掉这个字符；换行只用 LF", "delete it; lines end in LF")
_INVISIBLE: Final = Text("文字里有 {name}，看不见却使两个词不相等", "{name} in the text: nobody sees it, yet it makes two words differ")
_RETYPE: Final = Text("删掉它，或重新输入这几个字", "delete it, or type the words again")
_CONFLICT: Final = Text("合并冲突标记", "a conflict marker of a merge")
_RESOLVE: Final = Text("两边的内容都看过后留下对的，再删掉标记行", "look at both sides, keep what is right, delete the marker lines")
_HAS_DIRECTIVE: Final = Text("以 % 开头的行（YAML 指令）不允许", "a line that begins with % (a YAML directive) is not allowed")
_DROP_LINE: Final = Text("删掉这一行", "delete the line")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file as text.

    Attributes:
        text: without a leading byte order mark; None when no parser may see it.
        findings: what was noticed so far.
    """

    text: str | None
    findings: list[Finding]


def scan(data: bytes) -> Scanned:
    """Check the bytes of a record and decode them; never raises."""
    if len(data) > MAX_BYTES:
        return Scanned(None, [Finding("HZ001", _TOO_LARGE.of(size=len(data)), place=START, repair=_ATTACH)])
    body = data.removeprefix(_BOM)
    if not body.strip(b"\0 \t\r\n"):
        return Scanned(None, [Finding("HZ001", _TORN if b"\0" in body else _EMPTY, place=START, repair=_RESTORE)])
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as failure:
        return Scanned(None, _undecoded(body, failure))
    if len(body) == len(data) and (text.replace("\n", "").isprintable() and not _suspect(text)):
        return Scanned(text, [])
    return _closely(text, bom=len(body) < len(data))


def _suspect(text: str) -> bool:
    return text.startswith("%") or "\n%" in text or any(marker in text for marker in _MARKERS)


def _closely(text: str, *, bom: bool) -> Scanned:
    fatal = [*_forbidden(text), *_directives(text), *_conflicts(text)]
    return Scanned(None if fatal else text, [*fatal, *_encoding(text, bom=bom), *_invisible(text)])


def _undecoded(body: bytes, failure: UnicodeDecodeError) -> list[Finding]:
    at = failure.start
    line_start, line = body.rfind(b"\n", 0, at) + 1, body.count(b"\n", 0, at) + 1
    column = len(body[line_start:at].decode("utf-8", "replace")) + 1
    place = Place(line, column, line, column + 1)
    if failure.reason == "unexpected end of data" and not body[:at].isascii():
        return [Finding("HZ001", _CUT, place=place, repair=_RESTORE)]
    message = _NOT_UTF8.of(guess=_guess(body))
    return [Finding("HZ001", message, place=place, repair=_SAVE), Finding("HZ011", message, place=place, repair=_SAVE)]


def _guess(body: bytes) -> str | Text:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or body[:200].count(0) > len(body[:200]) // 4:
        return "UTF-16"
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return _UNKNOWN
    return "GB18030（GBK）"


def _forbidden(text: str) -> Iterator[Finding]:
    last: tuple[int, str] | None = None
    for found, place in placed(FORBIDDEN, text):
        if (place.line, found[0]) != last:
            last = (place.line, found[0])
            yield Finding("HZ001", _BAD.of(name=named(found[0])), place=place, repair=_RESTORE if found[0] == "\0" else _DELETE)


def _invisible(text: str) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for found, place in placed(INVISIBLE, text):
        if found[0] != "\ufeff" and (place.line, found[0]) not in seen:  # the mark is refused by _forbidden
            seen.add((place.line, found[0]))
            yield Finding("HZ019", _INVISIBLE.of(name=named(found[0])), place=place, repair=_RETYPE)


def _directives(text: str) -> Iterator[Finding]:
    return (Finding("HZ003", _HAS_DIRECTIVE, place=place, repair=_DROP_LINE) for _, place in placed(_DIRECTIVE, text))


def _conflicts(text: str) -> Iterator[Finding]:
    return (Finding("HZ001", _CONFLICT, place=place, repair=_RESOLVE) for _, place in placed(_MARKER, text))


def _encoding(text: str, *, bom: bool) -> Iterator[Finding]:
    if bom:
        yield Finding("HZ011", _HAS_BOM, place=START, repair=_PLAIN_UTF8)
    at = text.find("\r\n")
    if at >= 0:
        yield Finding("HZ011", _HAS_CRLF, place=place_at(text, at), repair=_PLAIN_UTF8)
