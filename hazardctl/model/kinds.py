"""The registry of record kinds: a kind is one module and one line here (DESIGN §4).

The reader, the layout, `new`, `list`, the JSON Schemas and the reference pages all read this table.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from hazardctl.model.evolution import schema_of

if TYPE_CHECKING:
    from hazardctl.model.record import Record


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: singular, as in `schema: hazard/1`.
        folder: where its files lie under the ledger root.
        prefix: of its ids, until the configuration says otherwise.
        record: name of the class of its records; it stands in the module of the kind's name, which is imported when the
            first record of the kind turns up: a ledger of hazards does not wait for the other eleven.
        slug: whether a key such as `shunfa` may stand for an id.
    """

    name: str
    folder: str
    prefix: str
    record: str
    slug: bool = False

    @property
    def model(self) -> type[Record]:
        """Give the class of its records."""
        return _model(self.name, self.record)

    @property
    def schema(self) -> str:
        """Give what `schema:` says in its files."""
        return schema_of(self.name)


@functools.cache
def _model(name: str, record: str) -> type[Record]:
    found: type[Record] = getattr(import_module(f"hazardctl.model.{name}"), record)
    return found


KINDS: Final[tuple[Kind, ...]] = (
    Kind("hazard", "hazards", "YH", "Hazard"),
    Kind("inspection", "inspections", "JC", "Inspection"),
    Kind("campaign", "campaigns", "ZX", "Campaign"),
    Kind("unit", "units", "DW", "Unit", slug=True),
    Kind("enforcement", "enforcement", "ZF", "Enforcement"),
    Kind("activity", "activities", "HD", "Activity"),
    Kind("accident", "accidents", "SG", "Accident"),
    Kind("resource", "resources", "ZY", "Resource"),
    Kind("document", "documents", "WJ", "Document"),
    Kind("risk_point", "risk_points", "FX", "RiskPoint"),
    Kind("tip", "tips", "JB", "Tip"),
    Kind("tally", "tallies", "TJ", "Tally"),
    Kind("declaration", "declarations", "SM", "Declaration"),
    Kind("target", "targets", "MB", "Target"),
)

BY_NAME: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
BY_FOLDER: Final[Mapping[str, Kind]] = {kind.folder: kind for kind in KINDS}
