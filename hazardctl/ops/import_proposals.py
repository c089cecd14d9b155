"""What would record the edits of an exported workbook: acts where a step is new, corrections where one is changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.hazard import Hazard

Changed: TypeAlias = tuple[str, str, bool, str]
"""Id, key of the column, whether something stood there, what stands there now."""
FACTS: Final[Mapping[str, str]] = {
    "found_on": "found_on", "source": "source", "found_by_org": "found_by_org", "unit": "unit", "sector": "sector", "site": "site",
    "description": "description", "remark": "remark",
}  # fmt: skip
ACTS: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("assign", ("owner", "person", "due")),
    ("extend", ("extended",)),
    ("rectify", ("rectified_on", "measure")),
    ("verify", ("verified_on", "verified_by")),
    ("close", ("closed_on",)),
    ("regrade", ("grade",)),
)
"""Verb → the columns that tell of it, in the order of the life cycle."""
OPTIONS: Final[Mapping[str, str]] = {
    "owner": "--to", "person": "--person", "due": "--due", "extended": "--due", "rectified_on": "--date", "measure": "-m",
    "verified_on": "--date", "verified_by": "--by", "closed_on": "--date", "grade": "--grade",
}  # fmt: skip
"""Column → the option of its act."""
OPEN: Final = "…"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would record an edit.

    Attributes:
        id: of the record.
        verb: an act, or `correct`.
        said: option → value, of an act.
        sets: `field=value`, of a correction.
        event: number of the event that is corrected; 0 for facts.
    """

    id: str
    verb: str
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    sets: tuple[str, ...] = ()
    event: int = 0

    @property
    def reasoned(self) -> bool:
        """Say whether it has to be given a reason."""
        return self.verb in {"correct", "extend", "regrade"}

    @property
    def command(self) -> str:
        """Give it as it is typed; what nobody but a person knows is `…`."""
        words = [part for one in self.sets for part in ("--set", one)] + [part for pair in self.said.items() for part in pair]
        words = [*(["--event", str(self.event)] if self.event else []), *words]
        words += ["--pass"] if self.verb == "verify" else ["--reason", OPEN] if self.reasoned else []
        words += ["-m", OPEN] if self.verb == "rectify" and "-m" not in self.said else []
        return shlex.join(["hazardctl", self.verb, self.id, *words])


def proposals(edits: Iterable[Changed], ledger: Ledger) -> Iterator[Proposal]:
    """Give what would record each edit: an act where a step is new, a correction where one is changed."""
    by_id: dict[str, dict[str, Changed]] = {}
    for edit in edits:
        by_id.setdefault(edit[0], {})[edit[1]] = edit
    for identity, cells in by_id.items():
        facts = tuple(f"{FACTS[key]}={edit[3]}" for key, edit in cells.items() if key in FACTS)
        if facts:
            yield Proposal(identity, "correct", sets=facts)
        for verb, keys in ACTS:
            given = {key: cells[key] for key in keys if key in cells}
            if given:
                yield _act(verb, identity, given, ledger)


def _act(verb: str, identity: str, given: Mapping[str, Changed], ledger: Ledger) -> Proposal:
    said = {key: edit[3] for key, edit in given.items()}
    if any(edit[2] for edit in given.values()) and verb in {"rectify", "verify", "close"}:
        field = {"measure": "note", "verified_by": "by"}
        sets = tuple(f"{field.get(key, 'date')}={text}" for key, text in said.items())
        return Proposal(identity, "correct", sets=sets, event=_event(ledger, identity, verb))
    return Proposal(identity, verb, {OPTIONS[key]: text for key, text in said.items()})


def _event(ledger: Ledger, identity: str, verb: str) -> int:
    """Give the number of the last act of a kind that fits, as `show` counts them; the hazard has one, for the table tells its day."""
    hazard = cast("Entry[Hazard]", ledger.by_id[identity])
    return max(act.position + 1 for act in ledger.replay(hazard).acts if act.fits and act.event.do == verb)
