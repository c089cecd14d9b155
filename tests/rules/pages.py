"""Reading the page of a rule: its blocks of records, laid down as a small ledger, and the lines marked with the code.

The first lines of a record may be directives: `# file: PATH`, `# today: DATE`, `# as: bom|crlf|gb18030`, `# times: N` (so many
records like it, each with an id of its own). They are not part of the file.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Diagnostic
from hazardctl.model.kinds import KINDS
from hazardctl.ops.figures import BookFigures
from hazardctl.rules.case import Beyond
from hazardctl.rules.engine import check
from hazardctl.rules.registry import Rule
from hazardctl.store.attached import Attached
from hazardctl.store.load import Told, load, locate

BLOCK: Final = re.compile(r"^(Bad|Good):\n\s+```yaml\n(.*?)\n\s+```", re.DOTALL | re.MULTILINE)
DIRECTIVE: Final = re.compile(r"^# (file|today|as|times): (.+)$")
CONFIG: Final = "hazardctl.yaml"
TODAY: Final = dt.date(2024, 6, 30)
FOLDERS: Final = {kind.name: kind.folder for kind in KINDS}


@dataclass
class Sheet:
    """One record of a block."""

    lines: list[str]
    directives: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        if stated := self.directives.get("file"):
            return stated
        text = "\n".join(self.lines)
        name = re.search(r"^id: (\S+)", text, re.MULTILINE)
        kind = re.search(r"^schema: (\w+)/", text, re.MULTILINE)
        assert name, text
        assert kind, text
        day = re.search(r"-(\d{4})(\d\d)\d\d-", name[1])
        return f"{FOLDERS[kind[1]]}/{f'{day[1]}/{day[2]}/' if day else ''}{name[1]}.yaml"

    @property
    def data(self) -> bytes:
        text = "\n".join(self.lines) + "\n"
        match self.directives.get("as"):
            case "bom":
                return b"\xef\xbb\xbf" + text.encode()
            case "crlf":
                return text.replace("\n", "\r\n").encode()
            case str(encoding):
                return text.encode(encoding)
            case None:
                return text.encode()


def blocks(rule: Rule) -> dict[str, list[Sheet]]:
    """Give the records of the Bad and the Good block."""
    return {side: sheets(textwrap.dedent(text)) for side, text in BLOCK.findall(rule.page)}


def sheets(text: str) -> list[Sheet]:
    """Take a block apart into records."""
    found: list[Sheet] = []
    for part in re.split(r"^---\n", text, flags=re.MULTILINE):
        lines, directives = part.rstrip("\n").split("\n"), dict[str, str]()
        while stated := DIRECTIVE.match(lines[0]):
            directives[stated[1]] = stated[2]
            lines = lines[1:]
        found.append(Sheet(lines, directives))
    return found


def laid(folder: Path, records: list[Sheet]) -> Path:
    """Write the records of a block as a ledger."""
    for one in [copy for record in records for copy in copies(record)]:
        place = folder / one.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(one.data)
    if not (folder / CONFIG).exists():
        (folder / CONFIG).write_text("schema: config/1\n", encoding="utf-8")
    return folder


def copies(one: Sheet) -> list[Sheet]:
    """Give the records a sheet stands for: itself, or so many with ids of their own."""
    times = int(one.directives.get("times", "1"))
    if times == 1:
        return [one]
    return [Sheet([re.sub(r"^(id: .+-)\w{5}$", rf"\g<1>{number:05}", line) for line in one.lines]) for number in range(times)]


def today_of(records: list[Sheet]) -> dt.date:
    """Give the day a block is judged on."""
    stated = next((one.directives["today"] for one in records if "today" in one.directives), None)
    return dt.date.fromisoformat(stated) if stated else TODAY


def found(folder: Path, records: list[Sheet], *codes: str, today: dt.date | None = None) -> list[Diagnostic]:
    """Give what the rules named find in a block, on its day or another; all rules when none is named."""
    root = laid(folder, records)
    ledger, day = load(root), today or today_of(records)
    verdicts = check(ledger, day, codes or None, beyond=Beyond(Attached(root), figures=BookFigures(ledger, day)))
    return locate(root, (Told(*verdict) for verdict in verdicts))


def marked(records: list[Sheet], code: str) -> set[tuple[str, int]]:
    """Give path and line of each line marked with the code; a mark in a record that stands for many means the last of them."""
    last = [copies(record)[-1] for record in records]
    return {(one.path, number) for one in last for number, line in enumerate(one.lines, 1) if f"# {code}" in line}
