"""The goals of speed, each a ratio within one run, and how it is told from the medians of the commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stopwatch import Sample

Found: TypeAlias = Mapping[int, Mapping[str, Sample]]
SMALL, MIDDLE, LARGE, HUGE = 1_000, 10_000, 100_000, 1_000_000
ELSEWHERE = "the table of bench/reading.py below"
FAR = "the table of bench/far.py below"


@dataclass(frozen=True)
class Goal:
    """A goal: what is held against what, and where the bar lies.

    Attributes:
        number: of the row.
        zh: what is measured, in Chinese.
        en: the same in English.
        bar: what must be reached.
        value: gives what was measured, in words; KeyError where the run did not measure it.
    """

    number: int
    zh: str
    en: str
    bar: str
    value: Callable[[Found], str]

    def told(self, found: Found) -> str:
        """Give what was measured, or that it was not."""
        try:
            return self.value(found)
        except KeyError:
            return "not in this run / 本次未测"


def _ratio(count: int, name: str, floor: str) -> Callable[[Found], str]:
    def value(found: Found) -> str:
        one, other = found[count][name], found[count][floor]
        return f"{one.wall / other.wall:.2f} × ({one.wall * 1000:.0f} ms)"

    return value


def _watched(found: Found) -> str:
    if LARGE in found and shutil.which("watchman") is None:
        return "watchman not installed / 没有安装 watchman"
    return _ratio(LARGE, "report with fsmonitor", "git status")(found)


def _grown(name: str, small: int, large: int) -> Callable[[Found], str]:
    def value(found: Found) -> str:
        return f"{found[large][name].wall / found[small][name].wall:.2f} × (cpu {found[large][name].cpu / found[small][name].cpu:.2f} ×)"

    return value


def _faster(count: int, name: str, peers: Sequence[str]) -> Callable[[Found], str]:
    def value(found: Found) -> str:
        ours = found[count][name].wall
        there = [f"{peer} {found[count][peer].wall / ours:.1f}" for peer in peers if peer in found[count]]
        if not there:
            raise KeyError(name)
        return ", ".join(there)

    return value


def _changed(found: Found) -> str:
    one = found[LARGE]
    warm = one["report, another day each time"].wall
    return ", ".join(f"{many}: {(one[f'report after {many}'].wall - warm) / warm:+.2f}" for many in ("1 change", "100 changes"))


def _growth(found: Found) -> str:
    start = found[SMALL]["hazardctl --version"].wall
    warm = [found[count]["report of the commit"].wall - start for count in (MIDDLE, LARGE)]
    cold = [found[count]["cold: index and report"].cpu for count in (MIDDLE, LARGE)]
    return f"{warm[1] / warm[0]:.1f} ×; cold {cold[1] / cold[0]:.1f} ×"


def _memory(found: Found) -> str:
    ours, theirs = found[LARGE]["report, json"].rss, found[LARGE]["hledger balance"].rss
    return f"1/{theirs / ours:.0f} ({ours:.0f} MiB : {theirs:,.0f} MiB)"


def _elsewhere(where: str) -> Callable[[Found], str]:
    return lambda _: f"{where} / 见下表"


ALL = ("hledger balance", "bean-query", "ledger balance", "task summary", "todo list")
WARM = "report, another day each time"
GOALS: Sequence[Goal] = (
    Goal(
        1,
        "启动：1 千条的 report / python -c pass",
        "start-up: report on 1k / python -c pass",
        "≤ 8 ×",
        _ratio(SMALL, "report, json", "python -c pass"),
    ),
    Goal(
        2,
        "已提交内容的热报表，10 万条 / git status",
        "warm committed report, 100k / git status",
        "≤ 1.2 ×",
        _ratio(LARGE, "report of the commit", "git status"),
    ),
    Goal(
        3,
        "工作区热报表，10 万条 / git status",
        "warm work-tree report, 100k / git status",
        "≤ 2.0 ×",
        _ratio(LARGE, "report, json", "git status"),
    ),
    Goal(3, "同上，每次换一个问题", "the same, another question each time", "≤ 2.0 ×", _ratio(LARGE, WARM, "git status")),
    Goal(
        4,
        "工作区热报表，100 万条 / git status",
        "warm work-tree report, 1M / git status",
        "≤ 1.4 ×",
        _ratio(HUGE, "report, json", "git status"),
    ),
    Goal(
        5,
        "同上，有 fsmonitor",
        "the same with fsmonitor, 100k / plain git status",
        "≤ 1.5 ×",
        _watched,
    ),
    Goal(6, "冷索引：条/秒，与只读文件之比", "cold index: records/s, and / reading the files", "≥ 30,000; ≤ 8 ×", _elsewhere(ELSEWHERE)),
    Goal(7, "冷索引 / PyYAML 读同样文件", "cold index / PyYAML CBaseLoader on the same", "≤ 1/5", _elsewhere(ELSEWHERE)),
    Goal(8, "add：10 万条 / 1 千条", "add at 100k / at 1k", "≤ 1.1 ×", _grown("add", SMALL, LARGE)),
    Goal(8, "add：100 万条 / 1 千条", "add at 1M / at 1k", "≤ 1.1 ×", _grown("add", SMALL, HUGE)),
    Goal(9, "改 1 条、100 条之后的报表，比热报表多", "report after changes, minus warm / warm, 100k", "≤ +0.6; ≤ +1.0", _changed),
    Goal(10, "1 万到 10 万条的增长（不计启动）；冷", "growth 10k → 100k, start-up apart; cold", "≤ 5 ×; linear", _growth),
    Goal(11, "快过同类多少倍，10 万条", "times faster than peers, 100k", "≥ 100 / 80 / 15 / 4 / 12", _faster(LARGE, "report, text", ALL)),
    Goal(11, "同上，每次换一个问题", "the same, another question each time", "≥ 100 / 80 / 15 / 4 / 12", _faster(LARGE, WARM, ALL)),
    Goal(
        12,
        "从零（冷索引加报表）快过同类多少倍",
        "from nothing, times faster than peers, 100k",
        "≥ 5 / 10",
        _faster(LARGE, "cold: index and report", ("hledger balance", "bean-check")),
    ),
    Goal(
        13,
        "冷 validate 快过同类多少倍",
        "cold validate, times faster than peers, 100k",
        "≥ 5 / 12",
        _faster(LARGE, "cold: validate, no index", ("hledger check", "bean-check")),
    ),
    Goal(14, "热报表最大内存 / hledger", "peak memory: warm report 100k / hledger", "≤ 1/80", _memory),
    Goal(15, "Parquet 报表：1 千万 / 1 百万条", "Parquet report: 10M / 1M", "≤ 12 ×, ≤ 300 MiB", _elsewhere(FAR)),
)
