"""What would record the edits of an exported workbook: acts where a step is new, corrections where one is changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.hazard import Hazard
from hazardctl.vocabulary import find

Changed: TypeAlias = tuple[str, str, str]
"""Id, key of the column, what stands there now."""
FACTS: Final[Mapping[str, str]] = {
    **{name: f"{name}={{it}}" for name in ("found_on", "source", "found_by_org", "unit", "sector", "site", "description")},
    "funds": "funds_spent={it}万元", "remark": "remark={it}",
}  # fmt: skip
"""Column → the fact it gives, as `correct --set` takes it; an amount stands in 万元."""


class Step(NamedTuple):
    """A step of the closed loop as columns tell of it.

    Attributes:
        verb: its act.
        shown: the columns that show that it was taken.
        options: column → option of the act.
        fields: column → field of the line in the history.
    """

    verb: str
    shown: tuple[str, ...]
    options: Mapping[str, str]
    fields: Mapping[str, str]


STEPS: Final = (
    Step(
        "assign", ("owner", "due"), {"owner": "--to", "person": "--person", "due": "--due"},
        {"owner": "to", "person": "person", "due": "due"},
    ),
    Step(
        "extend", ("extended",), {"extended": "--due", "extended_on": "--date", "extension": "--reason"},
        {"extended": "due", "extended_on": "date", "extension": "reason"},
    ),
    Step("rectify", ("rectified_on",), {"rectified_on": "--date", "measure": "-m"}, {"rectified_on": "date", "measure": "note"}),
    Step("verify", ("verified_on",), {"verified_on": "--date", "verified_by": "--by"}, {"verified_on": "date", "verified_by": "by"}),
    Step("close", ("closed_on",), {"closed_on": "--date"}, {"closed_on": "date"}),
    Step("regrade", (), {"grade": "--grade"}, {}),
)  # fmt: skip
"""The steps in the order of the life cycle."""
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
        major: it makes a hazard a major one, which takes a clause.
    """

    id: str
    verb: str
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    sets: tuple[str, ...] = ()
    event: int = 0
    major: bool = False

    @property
    def reasoned(self) -> bool:
        """Say whether it has to be given a reason that no cell says."""
        return self.verb in {"correct", "extend", "regrade"} and "--reason" not in self.said

    @property
    def brief(self) -> str:
        """Give it as it is typed, without what nobody but a person knows."""
        return shlex.join(self._words())

    @property
    def command(self) -> str:
        """Give it as it is typed; what nobody but a person knows is `…`."""
        unknown = ["--clause", OPEN] if self.major else []  # nothing in a table says which clause makes it one
        unknown += ["--reason", OPEN] if self.reasoned else []
        unknown += ["-m", OPEN] if self.verb == "rectify" and "-m" not in self.said else []
        return shlex.join([*self._words(), *unknown])

    def _words(self) -> list[str]:
        words = [part for one in self.sets for part in ("--set", one)] + [part for pair in self.said.items() for part in pair]
        number = ["--event", str(self.event)] if self.event else []
        return ["hazardctl", self.verb, self.id, *number, *words, *(["--pass"] if self.verb == "verify" else [])]


def proposals(edits: Iterable[Changed], now: Mapping[str, Mapping[str, str]], ledger: Ledger) -> Iterator[Proposal]:
    """Give what would record each edit: an act where a step is new, a correction of its line where it was taken.

    Args:
        edits: the cells.
        now: id → key of a column → what the ledger says.
        ledger: as read.
    """
    by_id: dict[str, dict[str, str]] = {}
    for identity, key, text in edits:
        by_id.setdefault(identity, {})[key] = text
    for identity, cells in by_id.items():
        facts = tuple(form.format(it=cells[key]) if cells[key] else form.partition("{")[0] for key, form in FACTS.items() if key in cells)
        if facts:
            yield Proposal(identity, "correct", sets=facts)
        for step in STEPS:
            given = {key: cells[key] for key in step.options if key in cells}
            if given and any(now[identity][key] for key in step.shown):
                yield from _corrections(step, identity, given, ledger)
            elif given:
                yield _act(step, identity, given, ledger)


def _act(step: Step, identity: str, given: Mapping[str, str], ledger: Ledger) -> Proposal:
    said = {step.options[key]: text for key, text in given.items()}
    major = "grade" in given and find(ledger.words["grades"], given["grade"]) == "major"
    return Proposal(identity, step.verb, said, major=major)


def _corrections(step: Step, identity: str, given: Mapping[str, str], ledger: Ledger) -> Iterator[Proposal]:
    """Give the corrections of the lines that say what the cells said before, one for each line."""
    by_line: dict[int, list[str]] = {}
    for key, text in given.items():
        by_line.setdefault(_line(ledger, identity, step, key), []).append(f"{step.fields[key]}={text}")
    for number, sets in sorted(by_line.items()):
        yield Proposal(identity, "correct", sets=tuple(sets), event=number)


def _line(ledger: Ledger, identity: str, step: Step, key: str) -> int:
    """Give the number of the line a cell tells of, as `show` counts them.

    It is the last one of its act; of those that give a deadline, an assignment may follow another, it is the first of the cycle.
    """
    hazard = cast("Entry[Hazard]", ledger.by_id[identity])
    acts = [act for act in ledger.replay(hazard).acts if act.fits]
    cycle = max((act.position for act in acts if act.event.do == "reopen"), default=0)
    verbs = {"assign", "reopen"} if step.verb == "assign" else {step.verb}
    lines = [act for act in acts if act.event.do in verbs and act.position >= cycle]
    saying = [act.position for act in lines if getattr(act.event, step.fields[key], None)]
    return 1 + (min(saying) if key == "due" and saying else max(saying or [act.position for act in lines]))
