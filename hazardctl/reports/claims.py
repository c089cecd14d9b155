"""The claims of a text on their lines: what the ledger says to each, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.told import Told, number
from hazardctl.sheet import Block, Column, Line, Mark, Sheet, Table, Value

Verdict = Literal["agrees", "contradicts", "not_kept", "blank", "not_compared"]
VERDICTS: Final = {
    "agrees": Text("相符", "agrees"),
    "contradicts": Text("不符", "contradicts"),
    "not_kept": Text("台账没有", "not kept"),
    "blank": Text("留空", "blank"),
    "not_compared": Text("未比对", "not compared"),
}
TITLE: Final = Text(
    "{file}：{n} 个数字，不符 {against}，自相矛盾 {faults}", "{file}: {n} figures, {against} contradict the ledger, {faults} themselves"
)
AGAINST: Final = Text(
    "{at}: 不符  文中“{words}”，台账为 {it}（{measure}）  查看：{command}",
    '{at}: contradicts  "{words}" in the text, {it} in the ledger ({measure})  see: {command}',
)
ITSELF: Final = Text("{at}: {code} 自相矛盾  {words}{what}", "{at}: {code} contradicts itself  {words}{what}")
QUOTED: Final = Text("“{it}”：", '"{it}": ')
LEFT: Final = Text(
    "另有 {n} 个数不是台账能记的数字（日期、条款、别的数量），没有核对",
    "{n} other numbers are no figures a ledger keeps (days, articles, other amounts): not checked",
)
NO_LEDGER: Final = Text("只核对了文中各数之间的关系，没有与台账比对", "checked within the text only, against no ledger")
NONE: Final = Text("没有找到可核对的数字", "no figure was found that could be checked")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and what became of it.

    Attributes:
        line: from 1.
        column: from 1.
        words: as printed.
        measure: id with its scope.
        verdict: what the ledger says to it.
        told: the figure of the ledger, where it was asked.
        value: least and most of what the text says; none where it is blank.
        mark: `over`, `nearly`, `about` or nothing.
        command: shows the records behind the figure of the ledger.
    """

    line: int
    column: int
    words: str
    measure: str
    verdict: Verdict
    told: Told | None
    value: tuple[str, str] | None
    mark: str
    command: str


@dataclass(frozen=True, slots=True)
class Against:
    """What contradicts itself: the rule, the place, the words there, how."""

    code: str
    line: int
    column: int
    words: str
    what: Text


@dataclass(frozen=True, slots=True)
class Page:
    """Everything found in a text.

    Attributes:
        file: its name as typed.
        rows: the claims, in reading order.
        faults: what contradicts itself.
        left: numbers that are no claim.
        talkative: say how many these are.
    """

    file: str
    rows: Sequence[Row]
    faults: Sequence[Against]
    left: int
    talkative: bool = False

    @property
    def contradicted(self) -> Sequence[Row]:
        """Give the claims that the ledger contradicts."""
        return [one for one in self.rows if one.verdict == "contradicts"]


def claims(page: Page, frame: Frame | None) -> Sheet:
    """Lay out the claims of a text; without a frame they were held against no ledger."""
    notes = [*([LEFT.of(n=page.left)] if page.talkative else []), *([NO_LEDGER] if frame is None else [])]
    return Sheet(
        name="claims",
        title=TITLE.of(file=page.file, n=len(page.rows), against=len(page.contradicted), faults=len(page.faults)),
        head=() if frame is None else (frames.head(frame),),
        blocks=tuple(_blocks(page)),
        foot=(*notes, *(frames.foot(frame) if frame else ())),
        data={
            **(frames.stated(frame) if frame else {}),
            "file": page.file,
            "period": None
            if frame is None or frame.period is None
            else {"name": frame.period.name, "from": frame.period.start, "to": frame.period.end},
            "claims": [_claim(one) for one in page.rows],
            "faults": [
                {"code": one.code, "line": one.line, "column": one.column, "words": one.words, "what": one.what} for one in page.faults
            ],
            "other_numbers": page.left,
            **(frames.unread(frame) if frame else {}),
        },
        main="claims",
        stamp=frames.stamp(frame) if frame else (),
    )


def _blocks(page: Page) -> Iterator[Block]:
    for fault in page.faults:
        words = QUOTED.of(it=fault.words) if fault.words else plain("")
        yield Line(ITSELF.of(at=f"{page.file}:{fault.line}:{fault.column}", code=fault.code, words=words, what=fault.what))
    for row in page.contradicted:
        it = number(row.told) if row.told else plain("")
        at = f"{page.file}:{row.line}:{row.column}"
        yield Line(AGAINST.of(at=at, words=row.words, it=it, measure=row.measure, command=row.command))
    if not page.rows:
        yield Line(NONE)
        return
    columns = (
        Column("place", Text("行:列", "line:column"), fixed=True),
        Column("verdict", Text("结果", "verdict")),
        Column("words", Text("文中", "in the text")),
        Column("ledger", Text("台账", "ledger"), "right", drop=1),
        Column("measure", Text("指标", "measure"), drop=2),
    )
    rows = tuple(
        (
            f"{one.line}:{one.column}",
            Mark(VERDICTS[one.verdict], "alarm") if one.verdict == "contradicts" else VERDICTS[one.verdict],
            one.words,
            number(one.told) if one.told else "",
            one.measure,
        )
        for one in page.rows
    )
    yield Table("claims", columns, rows)


def _claim(one: Row) -> dict[str, Value]:
    value = None if one.value is None else {"least": one.value[0], "most": one.value[1]}
    return {
        "line": one.line,
        "column": one.column,
        "words": one.words,
        "measure": one.measure,
        "value": value,
        "mark": one.mark,
        "verdict": one.verdict,
        "ledger": number(one.told) if one.told else None,
        "explain": one.command or None,
    }
