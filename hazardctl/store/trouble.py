"""What a parser's complaint means for a person, and how to mend it."""

from __future__ import annotations

import re
from typing import Final

from yaml.error import MarkedYAMLError

from hazardctl.diagnostics import Finding, Place
from hazardctl.language import Text

_BLANK_AFTER_COLON: Final = Text(
    "字段名后用半角冒号加一个空格：`{key}: {rest}`", "write the field name, a colon and a blank: `{key}: {rest}`"
)
_QUOTE_TEXT: Final = Text(
    '文字里有“冒号加空格”，整段加双引号：`{key}: "{rest}"`',
    'the text holds a colon and a blank, put it in double quotes: `{key}: "{rest}"`',
)
_QUOTE: Final = Text("把这段文字用双引号括起来", "put the text in double quotes")

_CURES: Final[tuple[tuple[str, Text, Text], ...]] = (
    (
        "mapping values are not allowed",
        Text("这里不该再有冒号", "a colon is not expected here"),
        Text(
            "文字里有“冒号加空格”就加双引号；若是新字段，对齐缩进",
            "quote a text that holds a colon and a blank; align a new field with the others",
        ),
    ),
    (
        "expected ':'",
        Text("这一行不是“字段: 值”", "the line is not `field: value`"),
        Text("字段名后用半角冒号加一个空格", "write the field name, a colon and a blank"),
    ),
    ("tab character", Text("用制表符缩进", "a tab as indentation"), Text("改用空格缩进", "indent with blanks")),
    ("cannot start any token", Text("值不能以这个字符开头", "a value cannot begin with this character"), _QUOTE),
    ("unexpected end of stream", Text("引号没有配对", "a quotation mark is never closed"), Text("补上后一个引号", "close it")),
    ("unexpected document indicator", Text("引号没有配对", "a quotation mark is never closed"), Text("补上后一个引号", "close it")),
    (
        "',' or '}'",
        Text("大括号里缺逗号或右括号", "a comma or `}` is missing"),
        Text("各项之间用半角逗号，末尾用 }", "put commas between the parts and } at the end"),
    ),
    (
        "',' or ']'",
        Text("方括号里缺逗号或右括号", "a comma or `]` is missing"),
        Text("各项之间用半角逗号，末尾用 ]", "put commas between the parts and ] at the end"),
    ),
    (
        "unknown escape",
        Text("双引号里的反斜杠后面是不认识的字符", "an unknown escape after a backslash"),
        Text("反斜杠本身写作 \\\\", "write a backslash as \\\\"),
    ),
    (
        "Unicode character escape",
        Text("转义写出的不是字符", "an escape that is no character"),
        Text("直接写这个字", "type the character itself"),
    ),
    ("hexdecimal", Text("转义的十六进制数不全", "an escape lacks hexadecimal digits"), Text("直接写这个字", "type the character itself")),
    (
        "sequence entries are not allowed",
        Text("列表项不能从这里开始", "a list cannot begin here"),
        Text("另起一行写 `- `，或把文字加双引号", "begin `- ` on a line of its own, or quote the text"),
    ),
    (
        "'-' indicator",
        Text("列表中间夹了别的内容", "something else stands between list items"),
        Text("每项以 `- ` 开头并对齐缩进", "begin every item with `- `, at one indentation"),
    ),
    (
        "expected key",
        Text("缩进不齐，或值后面多了内容", "the indentation is off, or something follows a value"),
        Text("对齐缩进；有引号或括号的文字整段加双引号", "align the fields; quote a text that holds quotes or brackets"),
    ),
    (
        "block end",
        Text("缩进不齐，或值后面多了内容", "the indentation is off, or something follows a value"),
        Text("对齐缩进；有引号或括号的文字整段加双引号", "align the fields; quote a text that holds quotes or brackets"),
    ),
    (
        "node content",
        Text("缺少值，或多了一个括号", "a value is missing, or there is a bracket too many"),
        Text("补上值；以括号开头的文字加双引号", "write the value; quote a text that begins with a bracket"),
    ),
    (
        "document start",
        Text("记录之后还有别的内容", "something follows the record"),
        Text("一个文件只写一条记录", "one file holds one record"),
    ),
)
_PLAINLY: Final = Text("不是可读的 YAML", "not readable as YAML")
_ALIGN: Final = Text("检查这一行的缩进、引号和括号", "look at the indentation, quotes and brackets of the line")

_PAIR: Final = re.compile(r"^\s*(?:- )?([^\s:#'\"{\[][^:]{0,40}): +([^\"'{\[|>].{0,80}?)\s*$")
_UNSPACED: Final = re.compile(r"^\s*(?:- )?([^\s:：]{1,40})[:：](\S.{0,80}?)\s*$")
_FROM_CONTEXT: Final = ("expected ':'", "unexpected end of stream", "unexpected document indicator")


def explained(failure: Exception, text: str) -> Finding:
    """Turn what a parser raised into one line with a place and a cure."""
    problem = (failure.problem or "") if isinstance(failure, MarkedYAMLError) else ""
    place = _place(failure, problem)
    line = _line(text, place.line)
    if "start any token" in problem and line[place.column - 1 : place.column] == "\t":
        problem = "tab character"
    message, cure = next(((what, how) for sign, what, how in _CURES if sign in problem), (_PLAINLY, _ALIGN))
    code = "HZ003" if "document start" in problem else "HZ001"  # something after the record is a second document
    return Finding(code, message, place=place, repair=_shown(line, problem) or cure)


def cure_for_line(line: str) -> Text | None:
    """Show how a line `标题:消防` without a blank, or with a full-width colon, is to be written."""
    found = _UNSPACED.match(line)
    return _BLANK_AFTER_COLON.of(key=found[1], rest=found[2]) if found else None


def _place(failure: Exception, problem: str) -> Place:
    mark = None
    if isinstance(failure, MarkedYAMLError):
        of_context = any(sign in problem for sign in _FROM_CONTEXT)
        mark = (failure.context_mark if of_context else None) or failure.problem_mark or failure.context_mark
    if mark is None:
        return Place(1, 1, 1, 2)
    return Place(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


def _shown(line: str, problem: str) -> Text | None:
    if "expected ':'" in problem:
        return cure_for_line(line)
    found = _PAIR.match(line) if "mapping values are not allowed" in problem else None
    return _QUOTE_TEXT.of(key=found[1], rest=found[2]) if found and ": " in found[2] and '"' not in found[2] else None
