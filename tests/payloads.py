"""What people and machines may put into a record to break an output (RELIABILITY §3.4), one list for every renderer."""

from __future__ import annotations

from typing import Final

TERMINAL: Final = (
    "\x1b[2J\x1b[1;1H清屏",
    "\x1b]0;改标题\x07",
    "\x1b]8;;https://evil.example\x1b\\点这里\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x9b31m红字",
    "\x00空",
    "删\x7f除",
    "换\r行",
    "假的一行\n合计 0",
    "制\t表",
    "\u202e倒着念\u202c",
    "\u2066隔离\u2069",
    "看\u200b不见\u200d的\ufeff",
    "行\u2028段\u2029",
    "\ud800半个",
    "标\U000e0041签",
    "软\u00ad连字",
)
MARKUP: Final = ("[/]", "[/foo]", "[link=file:///etc/passwd]点[/link]", ":warning:", "[on red]红[/]", "{0} {name} {", "%s %n", "\\x1b[2J")
FORMULAS: Final = ("=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x")
HTML: Final = ("<img src=x onerror=alert(1)>", "</script><script>", "a&b<c>\"d'e", "javascript:alert(1)")
MARKDOWN: Final = (
    "|管|道|",
    "![图](https://evil.example/x.png)",
    "[点](javascript:alert(1))",
    "# 标题",
    "- 一项",
    "1. 一项",
    "`码` *强* _调_ ~删~",
    "<b>",
)
NUMBERS: Final = ("1e5", "1.10", "012", "08771234567", "110101199001011234", "nan", "inf")
WIDE: Final = ("䶮𠮷㐂", "👍🏻🇨🇳❤️", "한국어", "é́́́", "ﷺ", "“引号”…—×√", "长" * 300, "a" * 300)
EVERY: Final = (*TERMINAL, *MARKUP, *FORMULAS, *HTML, *MARKDOWN, *NUMBERS, *WIDE, "", " ")
