"""Characters that a record must not hold, or that people cannot see.

Three sorts: those that no file may hold (they would move line numbers or stop a parser), controls that come in through an
escape in quotes, and invisible ones (bidirectional marks, zero-width) by which two texts look alike and are not.
Variation selectors are allowed: rare Chinese characters need them.
"""

from __future__ import annotations

import re
from typing import Final

from hazardctl.language import Text

_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINES: Final = "\u2028\u2029"
_INVISIBLE: Final = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_SURROGATES: Final = "\ud800-\udfff"

FORBIDDEN: Final = re.compile(f"[{_CONTROLS}{_LINES}\ufeff\ufffe\uffff{_SURROGATES}]|\r(?!\n)")
"""What no file may hold: controls but TAB and LF, line ends that editors do not count, a byte order mark inside."""

HIDDEN: Final = re.compile(f"[{_CONTROLS}\r{_LINES}{_INVISIBLE}\ufffe\uffff{_SURROGATES}]")
"""What no text may hold, however it was written: controls, other line ends, invisible characters, halves of characters."""

INVISIBLE: Final = re.compile(f"[{_INVISIBLE}]")
SURROGATE: Final = re.compile(f"[{_SURROGATES}]")

_NAMED: Final = {
    "\0": Text("空字符", "NUL"),
    "\r": Text("单独的回车", "carriage return alone"),
    "\x85": Text("换行符 NEL", "line end NEL"),
    "\u2028": Text("行分隔符", "line separator"),
    "\u2029": Text("段分隔符", "paragraph separator"),
    "\ufeff": Text("文件中间的字节序标记", "byte order mark inside the text"),
}


def named(character: str) -> Text:
    """Name a character that cannot be printed: `U+202E (invisible mark)`."""
    if INVISIBLE.match(character):
        kind = Text("不可见字符", "invisible mark")
    elif SURROGATE.match(character):
        kind = Text("半个字符", "half a character")
    else:
        kind = Text("控制字符", "control character")
    return Text("{code}（{kind}）", "{code} ({kind})").of(code=f"U+{ord(character):04X}", kind=_NAMED.get(character, kind))
