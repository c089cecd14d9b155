"""The same events for other programs, and what is asked of them: the nearest each has to our summary and overdue list.

A ledger program gets one transaction of two postings an event, a task list one task a hazard. Only what is installed is used.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generate import Made
from stopwatch import Command

NOW = dt.date(2026, 2, 28)
CLOSED = ("close", "withdraw", "transfer")


def prepare(hazards: Sequence[Made], folder: Path) -> Mapping[str, Command]:
    """Write the files of every peer that is installed; give what is timed: name → command."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Command] = {}
    events = sorted((day, made.id, verb) for made in hazards for day, verb in made.acts)
    if shutil.which("hledger") or shutil.which("ledger"):
        journal = folder / "events.journal"
        journal.write_text("\n".join(f"{day} {one}\n  state:{verb}  1\n  ledger\n" for day, one, verb in events), encoding="utf-8")
        if shutil.which("hledger"):
            found["hledger balance"] = Command(["hledger", "-f", str(journal), "balance"], slow=True)
            found["hledger check"] = Command(["hledger", "-f", str(journal), "check"], slow=True)
        if shutil.which("ledger"):
            found["ledger balance"] = Command(["ledger", "-f", str(journal), "balance"], slow=True)
    if shutil.which("bean-check"):
        book = folder / "events.beancount"
        book.write_text("\n".join(_beans(events)), encoding="utf-8")
        found["bean-check"] = Command(["bean-check", "--no-cache", str(book)], slow=True)
        if shutil.which("bean-query"):
            ask = "SELECT account, sum(number) GROUP BY account"
            found["bean-query"] = Command(["bean-query", str(book), ask], slow=True)
    if shutil.which("task"):
        found["task summary"] = Command(_tasks(hazards, folder / "task"))
    if shutil.which("todo"):
        found["todo list"] = Command(_todos(hazards, folder / "todo"), slow=True)
    return found


def _beans(events: Sequence[tuple[dt.date, str, str]]) -> Iterator[str]:
    verbs = sorted({verb for _, _, verb in events})
    yield from (f"2020-01-01 open Assets:{verb.title()} N" for verb in verbs)
    yield "2020-01-01 open Equity:Ledger N\n"
    yield from (f'{day} * "{one}"\n  Assets:{verb.title()}  1 N\n  Equity:Ledger  -1 N\n' for day, one, verb in events)


def _seconds(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())


def _tasks(hazards: Sequence[Made], folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {"pending": [], "completed": []}
    for number, made in enumerate(hazards):
        over = made.acts[-1][1] in CLOSED
        said = {
            "description": made.id,
            "due": str(_seconds(made.due)),
            "entry": str(_seconds(made.found)),
            "project": made.unit,
            "status": "completed" if over else "pending",
            "uuid": f"00000000-0000-4000-8000-{number:012d}",
        }
        if over:
            said["end"] = str(_seconds(made.acts[-1][0]))
        lines["completed" if over else "pending"].append("[" + " ".join(f'{key}:"{value}"' for key, value in sorted(said.items())) + "]")
    for name, found in lines.items():
        (folder / f"{name}.data").write_text("\n".join([*found, ""]), encoding="utf-8")
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=nothing\n", encoding="utf-8")
    return ["task", f"rc:{settings}", "summary"]


def _todos(hazards: Sequence[Made], folder: Path) -> list[str]:
    calendar = folder / "hazards"
    calendar.mkdir(parents=True, exist_ok=True)
    for made in hazards:
        over = made.acts[-1][1] in CLOSED
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//bench//EN",
            "BEGIN:VTODO",
            f"UID:{made.id}",
            f"DTSTAMP:{made.found:%Y%m%d}T000000Z",
            f"SUMMARY:{made.id} {made.unit}",
            f"DUE;VALUE=DATE:{made.due:%Y%m%d}",
            f"STATUS:{'COMPLETED' if over else 'NEEDS-ACTION'}",
            "END:VTODO",
            "END:VCALENDAR",
            "",
        )
        (calendar / f"{made.id}.ics").write_text("\r\n".join(lines), encoding="utf-8")
    settings = folder / "config.py"
    settings.write_text(
        f'path = "{folder}/*"\ncache_path = "{folder}/cache.sqlite3"\ndate_format = "%Y-%m-%d"\ndefault_list = "hazards"\n',
        encoding="utf-8",
    )
    return ["todo", "--config", str(settings), "list", "--due", "1"]
