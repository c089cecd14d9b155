"""The evidence of hazards for who comes to check: a page of contents, then each hazard whole with its files and commits (EXPERIENCE §1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.between import Commit
from hazardctl.language import Text, plain
from hazardctl.model.hazard import Evidence
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.record import CHECKS, Shown, record
from hazardctl.sheet import Block, Cell, Column, Figures, Line, Mark, Sheet, Table
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name}隐患治理佐证", "{name}: evidence of hazards")
BAD: Final = frozenset({"changed", "missing", "unread"})
"""What is wrong with a file."""
FILES: Final = Text("佐证文件", "files")
COMMITS: Final = Text("写过这条记录的提交", "commits that wrote this record")
NO_FILES: Final = Text("没有佐证文件", "no files of evidence")
NO_PICTURES: Final = Text("用代号的佐证不附照片：照片会认出人和单位", "with pseudonyms no pictures: people and places are known by them")
NO_COMMITS: Final = Text("没有写进提交：这条记录还没有提交，或台账不在 git 里", "in no commit yet, or not in git")
HOW: Final = Text(
    "校验值是 SHA-256；与登记相符说明文件自登记起未变。照片已缩小，不含拍摄位置和设备；原件在台账的 evidence 文件夹。",
    "checksums are SHA-256; one that matches says the file is what was recorded. Pictures are made small, without place and device; "
    "the originals lie in the folder evidence of the ledger.",
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A hazard in the pack.

    Attributes:
        shown: the hazard as `show` has it.
        files: each file as recorded, key of `CHECKS`, and the SHA-256 it has now.
        commits: that wrote the record, oldest first.
    """

    shown: Shown
    files: Sequence[tuple[Evidence, str, str]]
    commits: Sequence[Commit]

    @property
    def wrong(self) -> int:
        """Count the files that are not what was recorded."""
        return sum(check in BAD for _, check, _ in self.files)


def pack(frame: Frame, packed: Sequence[Packed], *, incognito: bool) -> tuple[Sheet, ...]:
    """Lay out the pack: contents, then a sheet a hazard."""
    return (_contents(frame, packed, incognito=incognito), *(_page(one) for one in packed))


def _contents(frame: Frame, packed: Sequence[Packed], *, incognito: bool) -> Sheet:
    checks = [check for one in packed for _, check, _ in one.files]
    counted = {
        "hazards": (Text("隐患", "Hazards"), len(packed)),
        "files": (FILES, len(checks)),
        "ok": (Text("与登记相符", "As recorded"), checks.count("ok")),
        "wrong": (Text("不符、缺失、读不出", "Changed, missing, unreadable"), sum(check in BAD for check in checks)),
        "unknown": (Text("未记校验值或在别处", "No checksum, or elsewhere"), sum(check in {"unknown", "url"} for check in checks)),
    }
    figures: list[Cell] = [Mark(n, "alarm") if key == "wrong" and n else n for key, (_, n) in counted.items()]
    columns = (
        Column("id", NOUNS["id"].heading, fixed=True),
        Column("unit", Text("单位", "Unit")),
        Column("hazard", Text("隐患", "Hazard")),
        Column("state", Text("状态", "State")),
        Column("files", FILES, "right"),
        Column("wrong", Text("有问题", "Wrong"), "right"),
    )
    rows = tuple(tuple(_row(one)) for one in packed)
    blocks: list[Block] = [
        Figures("counted", tuple(Column(key, label) for key, (label, _) in counted.items()), tuple(figures)),
        Table("contents", columns, rows),
        Line(HOW),
        *([Line(NO_PICTURES)] if incognito else []),
    ]
    title = TITLE.of(name=frame.organisation)
    return Sheet("pack", title, (frames.head(frame),), tuple(blocks), frames.foot(frame, headed=True), {"as_of": frame.as_of}, "contents")


def _row(one: Packed) -> Iterator[Cell]:
    hazard, span, ledger = one.shown.entry.record, one.shown.span, one.shown.ledger
    yield hazard.id
    yield ledger.unit_name(hazard.unit)
    yield hazard.description
    yield ledger.label("states", span.state) if span else "/"
    yield len(one.files)
    yield Mark(one.wrong, "alarm") if one.wrong else 0


def _page(one: Packed) -> Sheet:
    sheet = record(one.shown)
    return replace(sheet, blocks=(Line(plain(one.shown.entry.record.description)), *sheet.blocks, *_evidence(one)), head=())


def _evidence(one: Packed) -> Iterator[Block]:
    ledger = one.shown.ledger
    if not one.files:
        yield Line(NO_FILES)
    columns = (
        Column("kind", Text("类别", "Kind")),
        Column("file", NOUNS["file"].heading),
        Column("date", NOUNS["date"].heading, fixed=True),
        Column("by", Text("提供人", "By")),
        Column("recorded", Text("登记的校验值", "Checksum recorded")),
        Column("now", Text("现在的校验值", "Checksum now")),
        Column("check", Text("核对", "Check")),
    )
    rows = tuple(
        (
            ledger.label("evidence_kinds", file.kind),
            file.path or file.url,
            file.date,
            file.by,
            file.sha256,
            Text("同左", "the same") if check == "ok" else now,
            Mark(CHECKS[check], "alarm") if check in BAD else CHECKS[check],
        )
        for file, check, now in one.files
    )
    if rows:
        yield Table("files", columns, rows, FILES)
    history = (
        Column("commit", Text("提交", "Commit")),
        Column("day", Text("提交日", "Committed"), fixed=True),
        Column("author", Text("提交人", "Author")),
        Column("subject", Text("说明", "Subject")),
    )
    if one.commits:
        yield Table("commits", history, tuple((c.oid, c.day, c.name, c.subject) for c in one.commits), COMMITS)
    else:
        yield Line(NO_COMMITS)
