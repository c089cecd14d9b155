"""Reading the page of a rule: its blocks of records, laid down as a small ledger, and the lines marked with the code.

The first lines of a record may be directives: `# file: PATH`, `# today: DATE`, `# as: bom|crlf|gb18030`, `# times: N` (so many
records like it, each with an id of its own). They are not part of the file.

A page about a range tells commits: `# before: DATE` is one at the beginning, `# then: DATE NAME <mail>` one of the range, in the order
they come; what stands in neither is at the beginning too. `# gone: PATH` deletes a file in the commit named above it. With
`# theirs: …` in the place of `then` the commit is on another branch, and the two are merged.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Diagnostic
from hazardctl.model.kinds import KINDS
from hazardctl.ops.context import Context
from hazardctl.ops.figures import BookFigures
from hazardctl.ops.pooling_check import validated
from hazardctl.ops.ranging import between
from hazardctl.rules.case import Beyond
from hazardctl.rules.engine import check, check_range
from hazardctl.rules.registry import Rule
from hazardctl.store.attached import Attached
from hazardctl.store.load import load
from hazardctl.store.locating import Told, locate

BLOCK: Final = re.compile(r"^(Bad|Good):\n\s+```yaml\n(.*?)\n\s+```", re.DOTALL | re.MULTILINE)
DIRECTIVE: Final = re.compile(r"^# (file|today|as|times|before|then|theirs|gone): (.+)$")
CONFIG: Final = "hazardctl.yaml"
ROLLUP: Final = "rollup.yaml"
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
        if gone := self.directives.get("gone"):  # told on other days, a record lies in another month
            return re.sub(r"^(\w+)/\d{4}/\d\d/(\w+-(\d{4})(\d\d))", r"\1/\3/\4/\2", gone)
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
        while lines and (stated := DIRECTIVE.match(lines[0])):
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
    if not (folder / CONFIG).exists() and not (folder / ROLLUP).exists():
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


Step = tuple[str, str, list[Sheet]]


def steps_of(records: list[Sheet]) -> list[Step]:
    """Give the commits a block tells: `before`, `then` or `theirs`, day and author, the files; none where it tells no commits."""
    steps: list[Step] = []
    for one in records:
        kind = next((kind for kind in ("then", "theirs") if kind in one.directives), "before")
        said = one.directives.get(kind, "")
        if steps and steps[-1][:2] == (kind, said) and one.path not in {other.path for other in steps[-1][2]}:
            steps[-1][2].append(one)
        else:
            steps.append((kind, said, [one]))
    return steps if any(one.directives.keys() & {"before", "then", "theirs"} for one in records) else []


def told(folder: Path, records: list[Sheet]) -> None:
    """Write the commits of a block, those before the range with a tag `start` on the last one; the work tree stands on the end."""
    git(folder, "init", "--quiet", "-b", "main")
    laid(folder, [])
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "settings", day="2024-01-01")
    steps = steps_of(records)
    _commits(folder, [step for step in steps if step[0] == "before"])
    git(folder, "tag", "start")
    _commits(folder, [step for step in steps if step[0] == "then"])
    git(folder, "checkout", "--quiet", "-b", "theirs", "start")
    _commits(folder, [step for step in steps if step[0] == "theirs"])
    git(folder, "checkout", "--quiet", "main")


def _commits(folder: Path, steps: list[Step]) -> None:
    for _, said, sheets_ in steps:
        for one in sheets_:
            if "gone" in one.directives:
                (folder / one.path).unlink()
        laid(folder, [one for one in sheets_ if "gone" not in one.directives])
        day, _, who = said.partition(" ")
        git(folder, "add", "-A")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", "一步", day=day or "2024-01-02", who=who or "李四")


def git(folder: Path, *words: str, day: str = "2024-01-01", who: str = "李四") -> None:
    """Run git as somebody on some day."""
    name, _, mail = who.partition(" <")
    at = f"{day}T12:00:00+08:00"
    names = {f"GIT_{role}_{part}": text for role in ("AUTHOR", "COMMITTER") for part, text in
             (("NAME", name), ("EMAIL", mail.rstrip(">") or "x@example.org"), ("DATE", at))}  # fmt: skip
    subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **names}, capture_output=True)


def ranged(folder: Path, records: list[Sheet], *codes: str) -> list[Diagnostic]:
    """Give what the rules named find between the beginning and the end of a block, or in the merge of its two branches."""
    told(folder, records)
    days = [text[:10] for one in records for kind, text in one.directives.items() if kind in {"before", "then", "theirs"}]
    context = Context(folder, max(map(dt.date.fromisoformat, days)))
    if any("theirs" in one.directives for one in records):
        from hazardctl.ops.merging import merged

        seen = merged(context, "theirs")
        return locate(folder, (Told(*one) for one in seen.verdicts if one.finding.code in codes), seen.source)
    return locate(folder, (Told(*verdict) for verdict in check_range(between(context, "start"), codes or None)))


def found(folder: Path, records: list[Sheet], *codes: str, today: dt.date | None = None) -> list[Diagnostic]:
    """Give what the rules named find in a block, on its day or another; all rules when none is named."""
    if steps_of(records):
        return ranged(folder, records, *codes)
    root = laid(folder, records)
    if (root / ROLLUP).exists():
        seen = validated(Context(root, today or today_of(records)), [ROLLUP])
        return [one for one in seen.review.diagnostics if not codes or one.code in codes]
    ledger, day = load(root), today or today_of(records)
    verdicts = check(ledger, day, codes or None, beyond=Beyond(Attached(root), figures=BookFigures(ledger, day)))
    return locate(root, (Told(*verdict) for verdict in verdicts))


def marked(records: list[Sheet], code: str) -> set[tuple[str, int]]:
    """Give path and line of each line marked with the code; a mark in a record that stands for many means the last of them."""
    last = [copies(record)[-1] for record in records]
    return {(one.path, number) for one in last for number, line in enumerate(one.lines, 1) if f"# {code}" in line}
