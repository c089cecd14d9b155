"""The registry of record kinds: a kind is one module and one line here (DESIGN §4).

The reader, the layout, `new`, `list`, the JSON Schemas and the reference pages all read this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.model.accident import Accident
from hazardctl.model.activity import Activity
from hazardctl.model.campaign import Campaign
from hazardctl.model.declaration import Declaration
from hazardctl.model.document import Document
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.hazard import Hazard
from hazardctl.model.inspection import Inspection
from hazardctl.model.record import Record
from hazardctl.model.resource import Resource
from hazardctl.model.risk_point import RiskPoint
from hazardctl.model.tally import Tally
from hazardctl.model.target import Target
from hazardctl.model.tip import Tip
from hazardctl.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: singular, as in `schema: hazard/1`.
        folder: where its files lie under the ledger root.
        prefix: of its ids, until the configuration says otherwise.
        model: the class of its records.
        version: of its schema.
        slug: whether a key such as `shunfa` may stand for an id.
    """

    name: str
    folder: str
    prefix: str
    model: type[Record]
    version: int = 1
    slug: bool = False

    @property
    def schema(self) -> str:
        """Give what `schema:` says in its files."""
        return f"{self.name}/{self.version}"


KINDS: Final[tuple[Kind, ...]] = (
    Kind("hazard", "hazards", "YH", Hazard),
    Kind("inspection", "inspections", "JC", Inspection),
    Kind("campaign", "campaigns", "ZX", Campaign),
    Kind("unit", "units", "DW", Unit, slug=True),
    Kind("enforcement", "enforcement", "ZF", Enforcement),
    Kind("activity", "activities", "HD", Activity),
    Kind("accident", "accidents", "SG", Accident),
    Kind("resource", "resources", "ZY", Resource),
    Kind("document", "documents", "WJ", Document),
    Kind("risk_point", "risk_points", "FX", RiskPoint),
    Kind("tip", "tips", "JB", Tip),
    Kind("tally", "tallies", "TJ", Tally),
    Kind("declaration", "declarations", "SM", Declaration),
    Kind("target", "targets", "MB", Target),
)

BY_NAME: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
BY_FOLDER: Final[Mapping[str, Kind]] = {kind.folder: kind for kind in KINDS}
