"""The options that the questions share: what is asked, and how the answer is handed over (EXPERIENCE 2.1 `reading`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli.completing import report_names, words_of
from hazardctl.cli.kinds import kind_names
from hazardctl.cli.lazy import both

READING: Final = both("查询", "reading")
OUTPUT: Final = both("输出", "output")

Filters = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILTER...]", help=both("筛选，如 sector:消防 is:逾期", "filters, such as sector:fire is:overdue")),
]
Listed = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KIND] [FILTER...]",
        autocompletion=kind_names,
        help=both("记录种类（隐患可不写），再写筛选", "the kind of record, hazards without it, then filters"),
    ),
]
Report = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME] [FILTER...]",
        autocompletion=report_names,
        help=both("报表名，再写筛选", "the report, then filters"),
    ),
]
Period = Annotated[
    str,
    typer.Option(
        "-p",
        "--period",
        metavar="PERIOD",
        rich_help_panel=READING,
        help=both("统计期：2026H1、上半年、6月、本月、A..B", "2026H1, Q3, 2026-06, this-month, A..B"),
    ),
]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", rich_help_panel=READING, help=both("截至哪一天", "as of which day"))]
KnownAt = Annotated[
    str,
    typer.Option(
        "--known-at",
        metavar="REF|DATE",
        rich_help_panel=READING,
        help=both("按某个提交或某天时台账所记", "as the ledger knew it at a commit or on a day"),
    ),
]
Ledgers = Annotated[
    list[str] | None,
    typer.Option(
        "--ledger",
        metavar="DIR|REPO@REF|FILE",
        rich_help_panel=READING,
        help=both(
            "汇总几个台账：目录、仓库@提交，可重复；或一个 rollup.yaml", "pool ledgers: folders, REPO@REF, repeatable; or one rollup.yaml"
        ),
    ),
]
Basis = Annotated[
    str,
    typer.Option(
        "--basis",
        metavar="BASIS",
        rich_help_panel=READING,
        autocompletion=words_of("presets"),
        help=both("口径：verified、rectified、closed、official", "basis: verified, rectified, closed, official"),
    ),
]
Cutoff = Annotated[
    str,
    typer.Option(
        "--cutoff",
        metavar="period|asof",
        rich_help_panel=READING,
        help=both("按期末还是截至日的状态", "judged at the period's end or on the as-of day"),
    ),
]
Counting = Annotated[
    str,
    typer.Option("--counting", metavar="records|places", rich_help_panel=READING, help=both("按条还是按处数", "count records or places")),
]
Cumulative = Annotated[bool, typer.Option("--cumulative", rich_help_panel=READING, help=both("从 1 月 1 日起累计", "from 1 January on"))]
NoOnSpot = Annotated[
    bool, typer.Option("--exclude-on-spot", rich_help_panel=READING, help=both("不含当场整改", "without those rectified on the spot"))
]
OriginalDue = Annotated[
    bool, typer.Option("--original-due", rich_help_panel=READING, help=both("按最初的期限判定", "judge by first deadlines"))
]
WorkingDays = Annotated[
    bool, typer.Option("--working-days", rich_help_panel=READING, help=both("逾期天数按工作日", "days overdue as working days"))
]
GroupBy = Annotated[
    list[str] | None,
    typer.Option(
        "-g",
        "--group-by",
        metavar="DIM",
        rich_help_panel=READING,
        help=both("分组：sector unit region grade…，可写两次；none 不分", "sector unit region grade …; twice for a cross table; none"),
    ),
]
Format = Annotated[
    str, typer.Option("--format", metavar="text|md|csv|json|html|docx|xlsx|pdf", rich_help_panel=OUTPUT, help=both("输出格式", "format"))
]
Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        help=both("写入文件，扩展名决定格式", "write a file; its suffix picks the format"),
    ),
]
Fields = Annotated[
    str | None,
    typer.Option("--json", metavar="FIELDS", rich_help_panel=OUTPUT, help=both("只要这些字段的 JSON", "JSON with these fields only")),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort", metavar="KEY", rich_help_panel=OUTPUT, help=both("排序；前面加 - 反过来", "order; a - before it turns it round")
    ),
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", rich_help_panel=OUTPUT, help=both("列出编号", "list the ids"))]
Table = Annotated[
    str,
    typer.Option(
        "--table",
        metavar="NAME",
        rich_help_panel=READING,
        help=both("只要哪一张表：official a|b|c，summary groups|families", "one table: official a|b|c, summary groups|families"),
    ),
]
Every = Annotated[
    str,
    typer.Option(
        "--every",
        metavar="month|quarter|half|year",
        rich_help_panel=READING,
        help=both("trend 的步长", "step of trend"),
    ),
]
MinFound = Annotated[
    int | None,
    typer.Option(
        "--min-found", metavar="N", rich_help_panel=READING, help=both("league 参加排名的最少发现数", "fewest found to be ranked in league")
    ),
]
Between = Annotated[
    str,
    typer.Option(
        "--between", metavar="REF..REF", rich_help_panel=READING, help=both("restate 比较的两个提交或日期", "what restate compares")
    ),
]
AsPublished = Annotated[
    bool,
    typer.Option("--as-published", rich_help_panel=READING, help=both("按封存时公布的数字", "the figures as they were sealed")),
]

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", rich_help_panel=READING, help=both("问数据集，不问台账文件", "ask a data set, not a ledger of files")
    ),
]
Engine = Annotated[
    str,
    typer.Option("--engine", metavar="duckdb|spark", rich_help_panel=READING, help=both("用什么问数据集", "what asks the data set")),
]
LedgerKey = Annotated[
    list[str] | None,
    typer.Option(
        "--ledger-key",
        metavar="KEY",
        rich_help_panel=READING,
        help=both("数据集里的哪一本，可多次", "which ledger of the data set; repeatable"),
    ),
]


Incognito = Annotated[
    bool, typer.Option("--incognito", rich_help_panel=OUTPUT, help=both("人名和单位换成代号", "pseudonyms for people and units"))
]
Contacts = Annotated[
    Path | None,
    typer.Option(
        "--with-contacts",
        metavar="FILE.csv",
        rich_help_panel=OUTPUT,
        help=both("附上电话：台账外的通讯录（姓名,单位,电话）", "telephone numbers, from a file outside the ledger (name,unit,phone)"),
    ),
]


def format_of(format_: str, fields: str | None) -> str:
    """Give the format asked for; fields of JSON ask for JSON."""
    return format_ or ("json" if fields is not None else "")
