"""The ledger as a table: one row a hazard, under names that `import` knows, so that what goes out can come back (EXPERIENCE §8.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from hazardctl.language import Language, Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Event, Extended
from hazardctl.model.hazard import Hazard
from hazardctl.ops.standing import Row

Written = str | dt.date | Decimal | int | None
Looks = Literal["text", "day", "number"]
WAN: Final = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the ledger: its key, its name, how wide it is in characters, what stands in it."""

    key: str
    label: Text
    width: int
    looks: Looks = "text"


def _field(key: str, zh: str, en: str, width: int, looks: Looks = "text") -> Field:
    return Field(key, Text(zh, en), width, looks)


FIELDS: Final = (
    _field("id", "隐患编号", "hazard id", 22),
    _field("found_on", "发现日期", "found on", 11, "day"),
    _field("source", "隐患来源", "source", 10),
    _field("found_by_org", "检查单位", "found by org", 16),
    _field("region", "所属乡镇", "region", 10),
    _field("unit", "受检单位", "unit", 18),
    _field("sector", "行业领域", "sector", 12),
    _field("site", "隐患部位", "site", 14),
    _field("description", "隐患描述", "description", 36),
    _field("grade", "隐患等级", "grade", 8),
    _field("basis", "判定依据", "basis", 18),
    _field("measure", "整改措施", "measure", 24),
    _field("owner", "整改责任单位", "responsible unit", 18),
    _field("person", "整改责任人", "responsible person", 9),
    _field("due", "整改期限", "due", 11, "day"),
    _field("extended", "延期至", "extended to", 11, "day"),
    _field("extended_on", "延期批准日期", "extended on", 11, "day"),
    _field("extension", "延期原因", "reason of extension", 16),
    _field("rectified_on", "整改完成日期", "rectified on", 11, "day"),
    _field("verified_by", "复查人", "verified by", 12),
    _field("verified_on", "复查日期", "verified on", 11, "day"),
    _field("closed_on", "销号日期", "closed on", 11, "day"),
    _field("state", "状态", "status", 8),
    _field("days", "逾期天数", "days overdue", 8, "number"),
    _field("funds", "实际投入资金(万元)", "funds spent(万元)", 10, "number"),
    _field("remark", "备注", "remark", 16),
)
KEYS: Final = tuple(field.key for field in FIELDS)


@dataclass(frozen=True, slots=True)
class Line:
    """A hazard as a row.

    Attributes:
        id: of the record.
        cells: key of a column → what stands in it.
        state, grade, sector: keys, for colours and counting.
        overdue, soon: whether it is late, or falls due shortly, on the as-of day.
    """

    id: str
    cells: Mapping[str, Written]
    state: str
    grade: str
    sector: str
    overdue: bool
    soon: bool


def line(ledger: Ledger, row: Row, entry: Entry[Hazard], as_of: dt.date, language: Language) -> Line:
    """Give a hazard as it stands on a day."""
    hazard = entry.record
    acts = [act.event for act in ledger.replay(entry).acts if act.fits and act.event.date <= as_of]
    rectified, passed = _last(acts, "rectify"), _last(acts, "verify")
    granted = next((act for act in reversed(acts) if isinstance(act, Extended) and act.decision == "granted"), None)

    def said(vocabulary: str, word: object) -> str:
        return ledger.label(vocabulary, str(word)).say(language) if word else ""

    due, first = row["due"], row["due0"]
    cells: dict[str, Written] = {
        "id": hazard.id,
        "found_on": row["found"],
        "source": said("sources", hazard.source),
        "found_by_org": ledger.unit_name(hazard.found_by_org),
        "region": ledger.region_name(row["region"]),
        "unit": ledger.unit_name(hazard.unit),
        "sector": said("sectors", row["sector"]),
        "site": hazard.site,
        "description": hazard.description,
        "grade": said("grades", row["grade"]),
        "basis": "；".join(" ".join(part for part in (one.doc, one.article, one.text) if part) for one in hazard.basis),
        "measure": rectified.note if rectified and row["claimed"] else "",
        "owner": ledger.unit_name(str(row["owner"])) if row["owner"] else "",
        "person": row["person"],
        "due": first or due,
        "extended": due if first and due != first else None,
        "extended_on": granted.date if granted and first and due != first else None,
        "extension": granted.reason if granted and first and due != first else "",
        "rectified_on": row["claimed"],
        "verified_by": "、".join(passed.by) if passed and row["passed"] else "",
        "verified_on": row["passed"],
        "closed_on": row["closed"] or row["removed"],
        "state": said("states", row["state"]),
        "days": row["overdue_days"],
        "funds": (hazard.funds_spent / WAN).normalize() if hazard.funds_spent is not None else None,
        "remark": hazard.remark,
    }
    return Line(hazard.id, cells, str(row["state"]), str(row["grade"]), str(row["sector"]), bool(row["overdue"]), bool(row["due_soon"]))


def _last(acts: Sequence[Event], verb: str) -> Event | None:
    return next((act for act in reversed(acts) if act.do == verb), None)


def text(cell: Written) -> str:
    """Give a cell as text: a day in ISO form, a number without needless digits."""
    return (
        "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    )
