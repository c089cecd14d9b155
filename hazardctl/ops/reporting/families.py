"""The other work of a period, family by family: which figures each has, and by which field it is divided (DOMAIN §4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.vocabulary import BUILT_IN, ENFORCEMENT_KINDS, KIND_NAMES


@dataclass(frozen=True, slots=True)
class Parts:
    """A figure divided by a field of the records behind it: one figure for each word that records use, in the order of a vocabulary."""

    measure: str
    kind: str
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of figures.

    Attributes:
        key: of the block.
        label: its name.
        figures: measures shown where they are known.
        beside: measures shown where they are known and not nil: parts of the figures above.
        parts: figures divided by a field.
    """

    key: str
    label: Text
    figures: tuple[str, ...]
    beside: tuple[str, ...] = ()
    parts: tuple[Parts, ...] = ()

    @property
    def heads(self) -> frozenset[str]:
        """Give the first parts of the ids of its figures."""
        return frozenset(one.partition(".")[0] for one in self.figures)


def _all(head: str, names: str) -> tuple[str, ...]:
    return tuple(f"{head}.{name}" for name in names.split())


BUCKETS: Final = "found rectified awaiting within_due overdue no_due closed_other rate"
HAZARDS: Final = Family(
    "hazards",
    Text("隐患", "hazards"),
    (
        *_all("hazards", BUCKETS),
        *_all("hazards.general", BUCKETS),
        *_all("hazards.major", BUCKETS),
        "due.on_time",
        "stock.closing",
        "stock.overdue",
    ),
)
"""Shown where tallies tell hazards; where records do, they stand above."""

OTHERS: Final[Sequence[Family]] = (
    Family(
        "inspections",
        KIND_NAMES["inspection"].label,
        _all("inspections", "count teams covert_teams person_times unit_visits units"),
        _all("inspections", "led_by.principal led_by.leader led_by.branch joint covert random"),
    ),
    Family("campaigns", KIND_NAMES["campaign"].label, ("campaigns.count",)),
    Family(
        "enforcement",
        KIND_NAMES["enforcement"].label,
        _all("enforcement", "times units persons amount"),
        tuple(f"enforcement.{kind}.{part}" for kind in ENFORCEMENT_KINDS for part in ("times", "units", "persons", "amount")),
    ),
    Family(
        "accidents",
        KIND_NAMES["accident"].label,
        _all("accidents", "count deaths serious_injuries injuries loss"),
        tuple(f"accidents.class.{one}" for one in BUILT_IN["accident_classes"]),
    ),
    Family("meetings", BUILT_IN["activity_kinds"]["meeting"].label, ("meetings.count", "meetings.attendees", "consultations.count")),
    Family(
        "trainings",
        BUILT_IN["activity_kinds"]["training"].label,
        _all("trainings", "count attendees cost planned delivery team_coverage"),
    ),
    Family("drills", BUILT_IN["activity_kinds"]["drill"].label, _all("drills", "count attendees teams"), ("drills.hosted",)),
    Family(
        "publicity",
        BUILT_IN["activity_kinds"]["publicity"].label,
        _all("publicity", "events attendees contests materials units"),
        parts=(Parts("publicity.events", "activity", "theme", "themes"),),
    ),
    Family("warnings", BUILT_IN["activity_kinds"]["warning"].label, ("warnings.issued",)),
    Family("duty", BUILT_IN["activity_kinds"]["duty"].label, ("duty.days",)),
    Family("programmes", BUILT_IN["activity_kinds"]["programme"].label, ("programmes.completed",)),
    Family(
        "teams",
        BUILT_IN["resource_kinds"]["team"].label,
        ("teams.count", "teams.members"),
        parts=tuple(
            Parts(f"teams.{part}", "resource", field, f"{field}s") for field in ("level", "team_kind") for part in ("count", "members")
        ),
    ),
    Family(
        "funds",
        BUILT_IN["resource_kinds"]["fund"].label,
        ("funds.amount", "funds.beneficiaries"),
        parts=(Parts("funds.amount", "resource", "purpose", "purposes"),),
    ),
    Family("supplies", BUILT_IN["resource_kinds"]["supply"].label, _all("supplies", "amount kinds sets received")),
    Family(
        "resources",
        Text("其他资源", "other resources"),
        ("resources.count",),
        parts=(Parts("resources.count", "resource", "kind", "resource_kinds"),),
    ),
    Family(
        "documents",
        KIND_NAMES["document"].label,
        ("documents.count", "documents.regions"),
        parts=(Parts("documents.count", "document", "kind", "document_kinds"),),
    ),
    Family(
        "risk_points",
        KIND_NAMES["risk_point"].label,
        ("risk_points.count", "risk_points.checks_due"),
        parts=(
            Parts("risk_points.count", "risk_point", "type", "risk_point_types"),
            Parts("risk_points.count", "risk_point", "grade", "risk_grades"),
        ),
    ),
    Family("tips", KIND_NAMES["tip"].label, _all("tips", "received verified rewards")),
    Family(
        "targets",
        KIND_NAMES["target"].label,
        ("targets.attainment", "obligations.due", "obligations.kept", "obligations.met", "filings.due", "filings.missing", "filings.rate"),
    ),
)
BY_HEAD: Final[Mapping[str, Family]] = {head: one for one in (HAZARDS, *OTHERS) for head in one.heads}
"""First part of an id → the family it stands in."""
