"""The program: the table of commands.

A command family is one module of this package; a command is one line of `FAMILIES` and is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli.door import PROGRAM
from hazardctl.cli.lazy import SETTINGS, Family, Lazy, both
from hazardctl.errors import FINE
from hazardctl.language import Text

BEGINNING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "init": ("beginning", "init", Text("建立台账", "make a ledger")),
    "doctor": ("doctoring", "doctor", Text("自检：环境和台账是否正常", "is everything in order here?")),
    "config": ("beginning", "config", Text("查看或修改设置", "show or change settings")),
    "completion": (
        "completing",
        "completion",
        Text("打印命令补全脚本（bash、zsh、fish）", "print the completion script of a shell (bash, zsh, fish)"),
    ),
}
REGISTERING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "add": ("adding", "add", Text("登记隐患", "register a hazard")),
    "new": ("beginning", "new", Text("新建单位、专项行动等记录", "make a unit, a campaign or another record")),
}
LOOP: Final[Mapping[str, tuple[str, str, Text]]] = {
    "assign": ("acts", "assign", Text("交办：定责任单位和期限", "hand over to a unit, with a deadline")),
    "start": ("acts", "start", Text("开始整改", "work has begun")),
    "extend": ("acts", "extend", Text("延期：申请、批准或不批准", "ask for, grant or refuse an extension")),
    "progress": ("acts", "progress", Text("报告进展", "report progress")),
    "rectify": ("acts", "rectify", Text("整改完成", "the work is done")),
    "verify": ("acts", "verify", Text("复查验收：合格或不合格", "somebody else looked: passed or failed")),
    "close": ("acts", "close", Text("销号", "strike off")),
    "reopen": ("acts", "reopen", Text("反弹重开", "the same defect is back")),
    "transfer": ("acts", "transfer", Text("移送给有权部门", "pass on to another authority")),
    "regrade": ("acts", "regrade", Text("调整等级", "change the grade")),
    "supervise": ("acts", "supervise", Text("挂牌督办", "list a major hazard")),
    "release": ("acts", "release", Text("摘牌", "end the listing")),
    "withdraw": ("acts", "withdraw", Text("作废（不删除）", "take out of the figures; nothing is deleted")),
}
MENDING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "correct": ("mending", "correct", Text("更正一项事实或一个事件的字段", "put a fact or a field of an event right")),
    "note": ("acts", "note", Text("加备注", "make a remark")),
    "undo": ("mending", "undo", Text("撤回本工作区的上一次写入", "take back the last write of this work tree")),
    "migrate": ("mending", "migrate", Text("把旧版记录写成现行版本", "write records of an older schema in today's")),
    "resolve": ("mending", "resolve", Text("按意思合并冲突的记录", "put records in conflict together")),
}
LOOKING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "list": ("questions", "list_", Text("列出隐患，或另一种记录", "list hazards, or records of another kind")),
    "show": ("questions", "show", Text("看一条记录的全部", "show a record whole")),
    "overdue": ("questions", "overdue", Text("列出逾期的", "list what is overdue")),
    "report": ("questions", "report", Text("统计期的报表", "the reports of a period")),
    "dashboard": ("browsing", "dashboard", Text("看板：一个网页文件", "the period on one page for a browser")),
    "serve": ("browsing", "serve", Text("在本机用浏览器看台账（只读）", "the ledger in a browser of this machine, read only")),
    "explain": ("explaining", "explain", Text("解释指标、规则或用词", "explain a measure, a rule or a word")),
    "log": ("history", "log", Text("台账的提交，用话说", "the commits of the ledger in words")),
    "diff": ("history", "diff", Text("两个状态之间改了什么，数怎么变", "what changed, and what it does to the figures")),
    "template": ("templating", "template", Text("总结所用的句子", "the sentences of the work summary")),
}
CHECKING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "validate": ("checking", "validate", Text("检查台账", "check the ledger")),
    "fmt": ("checking", "fmt", Text("整理记录的写法", "put records in canonical order")),
    "seal": ("sealing", "seal", Text("封存统计期公布的数", "freeze the published figures of a period")),
    "claims": ("claiming", "claims", Text("核对总结里的数字", "check the figures of a work summary")),
    "index": ("indexing", "index", Text("索引：看、重建、删除", "the index: look, make anew, throw away")),
    "trust": ("trusting", "trust", Text("准许这个仓库运行它设置的文件监视程序", "let this repository run the file monitor that it names")),
}
EXCHANGING: Final[Mapping[str, tuple[str, str, Text]]] = {
    "import": ("exchanging", "import_", Text("导入工作簿、CSV 台账或名单", "take records from a workbook or a csv table")),
    "export": ("exporting", "export", Text("导出工作簿、CSV、日历或数据库", "hand out a workbook, csv, a calendar or a data base")),
    "remind": ("papers", "remind", Text("该催谁，催什么", "whom to chase, and for what")),
    "notice": ("papers", "notice", Text("印出通知书、复查意见书等文书", "print a notice, an order, an opinion")),
}

FAMILIES: Final[Sequence[Family]] = (
    Family(Text("开始", "beginning"), BEGINNING),
    Family(Text("登记", "registering"), REGISTERING),
    Family(Text("闭环", "the closed loop"), LOOP),
    Family(Text("修正", "mending"), MENDING),
    Family(Text("查看", "looking"), LOOKING),
    Family(Text("校验", "checking"), CHECKING),
    Family(Text("交换", "exchanging"), EXCHANGING),
)
COMMANDS: Final[Mapping[str, tuple[str, str, Text]]] = {name: row for family in FAMILIES for name, row in family.rows.items()}

ALIASES: Final[Mapping[str, str]] = {
    "登记": "add",
    "交办": "assign",
    "延期": "extend",
    "整改": "rectify",
    "复查": "verify",
    "销号": "close",
    "汇总": "report",
    "看板": "dashboard",
    "封存": "seal",
    "逾期": "overdue",
    "校验": "validate",
    "导入": "import",
    "导出": "export",
}

COMMON: Final[Sequence[tuple[str, Text]]] = (
    ("-C DIR", Text("台账所在文件夹", "folder of the ledger")),
    ("--lang zh|en", Text("输出语言", "language of the output")),
    ("--color auto|always|never", Text("是否用颜色", "whether to use colour")),
    ("--no-input", Text("不提问", "ask no questions")),
    ("--no-index", Text("不用索引，逐个文件读", "read every file, without the index")),
    ("--debug", Text("出错时给出完整跟踪", "show the trace of an error")),
    ("-h, --help", Text("显示帮助", "show help")),
    ("--version", Text("显示版本", "show the version")),
)


class Program(Lazy):
    """hazardctl itself."""

    families = FAMILIES
    aliases = MappingProxyType({name: verb for name, verb in ALIASES.items() if verb in COMMANDS})
    common = COMMON
    about = Text("安全隐患闭环台账：一条隐患一个文件，文件即事实", "a closed loop for safety hazards, on one plain file a record")


app = typer.Typer(
    name=PROGRAM,
    cls=Program,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=dict(SETTINGS),
)


@app.callback()
def entrance(
    context: typer.Context,
    directory: Annotated[str, typer.Option("-C", metavar="DIR", help=both("台账所在文件夹", "folder of the ledger"))] = "",
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=both("输出语言", "language"))] = "",
    version: Annotated[bool, typer.Option("--version", help=both("显示版本", "show the version"))] = False,
) -> int:
    """Say how the ledger stands when no command is named.

    The common options are taken out of the call before it comes here; these two declarations serve completion.
    """
    del directory, lang
    if version:
        return doors.version()
    if context.invoked_subcommand is None:
        from hazardctl.cli.glancing import glance

        return glance(context)
    return FINE
