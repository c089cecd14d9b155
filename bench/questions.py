"""Ask everything the program can be asked of one large ledger, its index warm, and say what each question costs beside `git status`.

    python bench/questions.py [COUNT] [--folder DIR] [--runs N] [--only WORD] [--page FILE]

Every command of the program stands in `QUESTIONS` or, with a reason, in `NOT_ASKED`; a test holds that. What is asked was never asked
before: the as-of day moves with each run, so no answer that was kept is printed again. Commands that write only try to (`--dry-run`).
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from page import put
from run import ENV, PLAIN, PROGRAM, Ledger
from stopwatch import Command, Sample, in_turn

DAY = ("--as-of", "2026-02-1{run}")
YEAR = ("-p", "2025", *DAY)
BY = ("--by", "张三", "--date", "2026-02-28", "--dry-run")
QUESTIONS: Mapping[str, Sequence[str]] = {
    "(none)": (),
    "report": ("report", *YEAR),
    "report --format json": ("report", *YEAR, "--format", "json"),
    "report --group-by unit": ("report", *YEAR, "--group-by", "unit"),
    "report official": ("report", "official", *YEAR),
    "report league": ("report", "league", *YEAR),
    "report ledgers": ("report", "ledgers", *YEAR, "--ledger", "{folder}@HEAD"),
    "report coverage": ("report", "coverage", *YEAR),
    "report restate": ("report", "restate", *YEAR, "--between", "HEAD..HEAD"),
    "report narrative": ("report", "narrative", *YEAR),
    "report trend": ("report", "trend", *YEAR),
    "report major": ("report", "major", *YEAR),
    "report rebound": ("report", "rebound", *YEAR),
    "report risk": ("report", "risk", *YEAR),
    "report agenda": ("report", "agenda", *YEAR),
    "list": ("list", *DAY),
    "list --ids": ("list", "--ids", *DAY),
    "list is:overdue": ("list", "is:overdue", *DAY),
    "list --limit 20": ("list", "--limit", "20", *DAY),
    "list unit": ("list", "unit", *DAY),
    "overdue": ("overdue", *DAY),
    "remind": ("remind", *DAY),
    "show": ("show", "{id}", *DAY),
    "show --log": ("show", "{id}", "--log", *DAY),
    "dashboard": ("dashboard", *YEAR, "-o", "{out}/{run}.html"),
    "explain rate": ("explain", "rate", *YEAR),
    "explain rate -v": ("explain", "rate", *YEAR, "-v"),
    "explain due.late": ("explain", "due.late", *YEAR),
    "explain stock.overdue --blame": ("explain", "stock.overdue", "unit:unit-00001", *YEAR, "--blame"),
    "explain HZ302": ("explain", "HZ302"),
    "log": ("log",),
    "log ID": ("log", "{id}"),
    "diff": ("diff", "HEAD", *YEAR),
    "template": ("template",),
    "validate": ("validate", "--format", "concise"),
    "validate PATH": ("validate", "{path}"),
    "validate --since": ("validate", "--since", "HEAD"),
    "fmt --check": ("fmt", "--check"),
    "seal --dry-run": ("seal", "2025H1", "--as-of", "2026-02-1{run}", *BY),
    "claims check": ("claims", "check", "{text}", *YEAR),
    "index status": ("index", "status"),
    "trust status": ("trust", "status"),
    "doctor": ("doctor",),
    "config": ("config",),
    "export found:2025-06": ("export", "found:2025-06", *DAY, "-o", "{out}/{run}.csv", "--format", "csv"),
    "notice": ("notice", "{open}", "-o", "{out}/{run}.docx"),
    "add": ("add", "-u", "unit-00000", "-m", "灯不亮", "--site", "{run}", *BY),
    "an act": ("note", "{id}", "-m", "已通报", *BY),
    "correct": ("correct", "{id}", "--set", "site={run}", "--reason", "写错", *BY),
    "migrate": ("migrate", "--dry-run"),
    "new": ("new", "unit", "试验厂", "--dry-run"),
}
NOT_ASKED: Mapping[str, str] = {
    "init": "makes a ledger",
    "completion": "prints a script",
    "import": "reads another's table",
    "serve": "stays; a page of it is a dashboard",
    "resolve": "needs a conflict",
    "undo": "needs a write",
    **dict.fromkeys(("assign", "start", "extend", "progress", "rectify", "verify"), "an act, as `note`"),
    **dict.fromkeys(("close", "reopen", "transfer", "regrade", "supervise", "release", "withdraw"), "an act, as `note`"),
}
ENDS = ("rectify", "transfer", "withdraw")
SUMMARY = "{date}年隐患排查治理工作总结。2025年全年共排查隐患{count}条。"


def filled(folder: Path, out: Path) -> dict[str, str]:
    """Give what stands for the names in braces: a hazard in the middle of the ledger, an open one, a text with a figure."""
    files = sorted((folder / "ledger" / "hazards").rglob("*.yaml"))
    middle = files[len(files) // 2]
    texts = ((one, one.read_text(encoding="utf-8")) for one in reversed(files))
    standing = next(one for one, text in texts if "do: assign" in text and not any(f"do: {done}" in text for done in ENDS))
    told = out / "told.txt"
    told.write_text(SUMMARY.format(date=2025, count=len(files) // 2), encoding="utf-8")
    named = {"folder": folder, "out": out, "text": told, "path": middle, "id": middle.stem, "open": standing.stem}
    return {name: str(value) for name, value in named.items()}


def asked(folder: Path, out: Path, only: str) -> Mapping[str, Command]:
    """Give the commands to be timed, `git status` first."""
    named = filled(folder, out)
    table = {"git status": Command([*PLAIN, "-C", str(folder), "status", "--short"])}
    for name, words in QUESTIONS.items():
        if only in name:
            said = [word.format(run="{run}", **named) for word in words]
            table[f"`{name}`"] = Command([PROGRAM, "-C", str(folder), *said])
    return table


def table(count: int, found: Mapping[str, Sample], runs: int) -> list[str]:
    """Lay the medians out, the dearest first."""
    floor = found["git status"]
    rows = [
        f"{count:,} hazards, index warm, {runs} runs in turn, medians; a question that was not asked before\n",
        "| command | × git status, wall | × git status, cpu | MiB |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, one in sorted(found.items(), key=lambda pair: -pair[1].wall):
        rows.append(f"| {name} | {one.wall / floor.wall:.1f} | {one.cpu / floor.cpu:.1f} | {one.rss:.0f} |")
    return rows


def main() -> None:
    """Read the words of the call, ask, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int, nargs="?", default=100_000)
    words.add_argument("--folder", type=Path, help="a ledger in a repository that is there already; its index is made anew")
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--only", default="", help="questions with this word in their name")
    words.add_argument("--page", type=Path, help="a page with marks, where the table is written as well")
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = said.folder or Ledger(said.count, Path(place)).folder
        for call in (("index", "drop"), ("validate", "--format", "concise")):  # answers of before go with the index they stand in
            subprocess.run([PROGRAM, "-C", str(folder), *call], stdout=subprocess.DEVNULL, check=False, env=ENV)
        found = in_turn(asked(folder, Path(place), said.only), ENV, said.runs, said.runs)
    rows = table(said.count, found, said.runs)
    print("\n".join(rows))
    if said.page:
        put(said.page, "questions", rows)


if __name__ == "__main__":
    main()
