"""The mapping file that the program writes and a person corrects: columns as recognised, open points marked `?`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from hazardctl.exchange.dates import FORMS
from hazardctl.exchange.facts import NEEDED
from hazardctl.exchange.mapping import SCHEMA
from hazardctl.exchange.words import ON_SPOT, STAGES
from hazardctl.model.fields import facts
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.vocabulary import BUILT_IN

HAZARD: Final = BY_NAME["hazard"]
WIDEST: Final = 28
COLUMN: Final = 48
MOST_WORDS: Final = 60
_PLAIN: Final = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff./()（）-]*")
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]")

_HEAD: Final = """\
# {file}：列与字段的对应。改好后运行  hazardctl import {file} --map 本文件
# {file}: which column fills which field. Correct it, then run  hazardctl import {file} --map THIS FILE
#
#   列名: 字段     column: field
#   x-import  原样保留                 kept as it is, under x-import
#   derived   由程序推算，不保存       calculated by the program, not kept
#   "?"       待定：写上字段或 x-import  not decided: write a field or x-import
{more}schema: {schema}
file: {{{form}}}
"""
_STATUS: Final = """\
#   status    说明进度的词：{stages}
#             a word for how far the work is
"""
_SET: Final = """
# 没有一列直接给出的字段。三种写法：文字；"{{列}} {{列}}" 填入单元格；[列, 列] 取第一个非空的。
# What no single column gives: a text; "{{Column}} {{Column}}" with cells filled in; [A, B] the first that holds something.
set:
"""
_VALUES: Final = """
# 表里的词各是什么意思；"?" 待定。
# What the words of a column mean; "?" is not decided.
values:
"""
_MORE: Final = """
# 其他可写的内容                                      # more that may be said
# dates: [MM/DD/YYYY]                                 # {forms}
# fill_down: [受检单位]                               # 空格沿用上一行  an empty cell repeats the one above
# new_units: {{"*": {{kind: enterprise, sector: industry}}}}   # 与 --new-units 同用  goes with --new-units
"""
_OF_HAZARDS: Final = """\
# answers: {{assume_year: 2025, immediate: same-day, numbered: split, assume_due: true}}
# events:
#   - {{do: verify, date: [复查日期], by: [复查人], result: fail, reason: [复查意见], when: {{复查结论: 不合格}}}}
"""


def template(  # noqa: PLR0917 (what a mapping file is made of)
    file: str,
    form: Mapping[str, str | int],
    targets: Mapping[str, str],
    samples: Mapping[str, str],
    undecided: Mapping[str, Sequence[str]],
    kind: Kind = HAZARD,
) -> str:
    """Write a mapping file.

    Args:
        file: name of the table's file.
        form: what is known of the file, as `file:` says it: encoding and delimiter or sheet, line of the column names.
        targets: column name → target; `?` for what is not decided.
        samples: column name → a value met there.
        undecided: column name → words whose meaning is not decided.
        kind: of the records the table holds.
    """
    known = ", ".join(f"{key}: {it if isinstance(it, int) else quoted(it)}" for key, it in form.items() if it)
    name = _UNSEEN.sub(" ", file)
    more = _STATUS.format(stages=" ".join((*STAGES, ON_SPOT))) if kind is HAZARD else ""
    schema = SCHEMA if kind is HAZARD else f"{SCHEMA}\nkind: {kind.name}"
    parts = [_HEAD.format(file=name, more=more, schema=schema, form=known), "\ncolumns:\n"]
    parts += _columns(targets, samples)
    needed = NEEDED if kind is HAZARD else required(kind)
    missing = [name for name in needed if name not in targets.values()]
    parts += [_SET.format() if missing else "", *_missing(kind, missing)]
    if any(undecided.values()):
        parts += [_VALUES, *_undecided(undecided)]
    more = _MORE + (_OF_HAZARDS if kind is HAZARD else "")
    return "".join(parts) + more.format(forms=" ".join(FORMS))


def _columns(targets: Mapping[str, str], samples: Mapping[str, str]) -> Iterator[str]:
    for name, target in targets.items():
        entry = f"  {quoted(name)}: {quoted(target)}"
        sample = _UNSEEN.sub(" ", samples.get(name, ""))[:WIDEST].strip()
        yield f"{entry}{' ' * (COLUMN - _width(entry))} # {sample}\n" if sample else f"{entry}\n"


def _width(text: str) -> int:
    """Give the columns a text takes where Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def required(kind: Kind) -> tuple[str, ...]:
    """Name what every record of a kind needs and a table has to say."""
    known = facts(kind.model)
    usual = {"id", "schema", *kind.model.assumed, *kind.model.ours}
    return tuple(name for name, fact in known.items() if fact.required and name not in usual)


def _missing(kind: Kind, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        fact = facts(kind.model)[name]
        words = " ".join(BUILT_IN[fact.words]) if fact.words in BUILT_IN else ""
        yield f'  {name}: "?"'.ljust(COLUMN) + f" # {fact.zh} {fact.en}{'：' + words if words else ''}\n"


def _undecided(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, values in words.items():
        if values:
            yield f"  {quoted(name)}:\n"
            yield from (f'    {quoted(value)}: "?"\n' for value in values[:MOST_WORDS])


def quoted(text: str) -> str:
    """Write a text so that every YAML reader takes it as that text, in quotes unless it is a plain word."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
