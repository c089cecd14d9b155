"""Write `docs/samples/*.xlsx`, the workbooks that the README takes in, or check that they are what stands here; all names are made up.

python -m tools.samples [--check]
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from hazardctl.exchange.workbook import workbook
from hazardctl.render.workbook import CREATED

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "samples"
LEDGER: Final = "台账2023.xlsx"
NAMES: Final = (
    "序号", "检查时间", "被检查单位", "部位", "存在的问题及隐患", "隐患\n等级", "行业领域", "整改责任人", "整改时限", "完成情况",
    "完成时间", "复查人", "复查时间", "销号时间", "备注",
)  # fmt: skip
DAY: Final = dt.date(2023, 7, 20)
ROWS: Final[tuple[tuple[object, ...], ...]] = (
    (1, "2023.7.5", "顺发加油站", "卸油区", "静电接地报警器失效", "一般", "危险化学品", "王五", DAY, "已销号", "2023年7月12日", "赵六",
     "2023.7.13", "2023.7.14", ""),
    (2, "2023.7.5", None, "营业厅", "两具灭火器过期", "一般", "危险化学品", "王五", DAY, "己整改", "2023年7月10日", "", "", "", ""),
    (3, "2023年8月9日", "福星超市", "一楼", "疏散通道堆放货物", "一般", "消防", "孙八", "8月31日", "未整改", "", "", "", "", "催办两次"),
    (4, "2023年8月9日", "福星超市", "二楼", "1.应急照明灯不亮；2.安全出口上锁", "一般", "消防", "孙八", "2023-10-31", "", "", "", "",
     "", ""),
    (5, "2023/9/1", "顺兴物流", "停车场", "电动三轮车违规充电", "一般", "消防", "周九", "立即", "现场整改", "", "", "", "", ""),
    (6, "2023/9/4", "顺发加油站有限公司", "配电室", "电缆桥架未封堵", "一般", "危险化学品", "王五", "2023-10-25", "整改中",
     "", "", "", "", ""),
    (7, "2023/9/6", "嘉禾粮油", "烘干塔", "除尘系统未设泄爆装置", "重大", "工贸", "郑十", "2023-10-10", "未整改", "", "", "", "", "已停用"),
)  # fmt: skip
"""As a town may hand it over: days in four forms, one without its year, a merged unit, two hazards in a cell, a slip of the pen."""


def ledger(path: Path) -> None:
    """Write the workbook of a town: title rows, a merged unit, a row that nobody sees, a row of sums."""
    library: Any = import_module("xlsxwriter")
    with library.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        sheet: Any = book.add_worksheet("2023年三季度")
        head, cell = book.add_format({"bold": True, "text_wrap": True, "border": 1}), book.add_format({"border": 1})
        title, day = (
            book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            book.add_format({"num_format": "yyyy-mm-dd", "border": 1}),
        )
        sheet.merge_range(0, 0, 0, len(NAMES) - 1, "柳林镇事故隐患排查治理台账", title)
        sheet.merge_range(1, 0, 1, len(NAMES) - 1, "填报单位：柳林镇应急管理站")
        sheet.write_row(2, 0, NAMES, head)
        for line, row in enumerate(ROWS, 3):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), day)
                elif value is not None:
                    sheet.write(line, column, value, cell)
        sheet.merge_range(3, 2, 4, 2, ROWS[0][2], cell)
        sheet.write_row(3 + len(ROWS), 0, ["合计", "", "", "", f"{len(ROWS)}条"], head)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.set_column(1, len(NAMES) - 1, 13)
        sheet.set_column(4, 4, 30)


def main(words: Sequence[str]) -> int:
    """Write the workbooks, or say that one differs."""
    place = FOLDER / LEDGER
    if "--check" not in words:
        FOLDER.mkdir(exist_ok=True)
        ledger(place)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / LEDGER
        ledger(fresh)
        same = workbook(fresh.read_bytes(), LEDGER) == workbook(place.read_bytes(), LEDGER)
    if not same:
        print(f"docs/samples/{LEDGER} is not what tools/samples.py says: run python -m tools.samples")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
