"""What becomes of each row: imported, known already, asked about, refused (DOMAIN §9.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from hazardctl.exchange.desk import Question
from hazardctl.exchange.rows import Draft, Group
from hazardctl.exchange.table import Row
from hazardctl.exchange.work import NOBODY
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.ids import is_id, is_slug
from hazardctl.model.kinds import Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.ops.import_known import Known, place
from hazardctl.ops.import_units import NO_KIND, SAY_KIND, TAKEN, NewUnits, referred
from hazardctl.ops.new import NO_KEY
from hazardctl.rules.engine import Verdict, check_record
from hazardctl.store.characters import HIDDEN, named
from hazardctl.store.layout import mint, path_of

Fate = Literal["imported", "merged", "duplicate", "asked", "refused", "skipped"]
Progress = Callable[[int, int], None]
UNNAMED: Final = "?"
ODD: Final = Text("有 {it}，记录里不能有", "holds {it}, which no record may hold")
UNFIT: Final = Text("记录写不成：{what}", "no record can be made: {what}")
WAIVER: Final = Text("补记人名（correct），或请批准豁免 waivers: [{it}]", "name the person (correct), or ask for a waiver, waivers: [{it}]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the file and its end.

    Attributes:
        row: as in the file.
        fate: how it ended.
        ids: of the records made of it, or that would be.
        of: the record or line it repeats.
        questions: why it waits or is refused.
        remarks: what was imported all the same and should be looked at.
        why: for a row that holds no data.
    """

    row: Row
    fate: Fate
    ids: tuple[str, ...] = ()
    of: Text | None = None
    questions: tuple[Question, ...] = ()
    remarks: tuple[Question, ...] = ()
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A record about to be written: its entry, and what its file will say."""

    entry: Entry[Record]
    tree: Tree


class Bench:
    """Judges rows one after the other; the records of those that stand gather in `made`."""

    def __init__(
        self,
        ledger: Ledger,
        units: NewUnits,
        kind: Kind,
        known: Known,
        *,
        thorough: bool = False,
        prefer: str = "",
    ) -> None:
        """Take the ledger as it is and the units that would be made.

        Args:
            ledger: as it is.
            units: that would be made.
            kind: of the records.
            known: what rows are compared with; of several files the same.
            thorough: a row holds more than its own cells.
            prefer: sheet that holds where another one disagrees.
        """
        self._thorough, self._prefer = thorough, prefer
        self._ledger, self._units, self._kind, self._today = ledger, units, kind, units.today
        self._known = known
        self._taken = set(ledger.by_id)
        self.made: list[Made] = []

    def made_trees(self) -> list[Tree]:
        """Give what the files of the records would say."""
        return [one.tree for one in self.made]

    def judged(self, group: Group) -> Iterator[Outcome]:
        """Decide about a row and the rows that add to its record; all of them end together."""
        first = self.judge(group.row, group.drafts)
        below = {id(question) for _, questions in group.more for question in questions}
        yield replace(first, questions=tuple(question for question in first.questions if id(question) not in below))
        of = plain(first.ids[0]) if first.ids else first.of or place(group.row)
        for row, questions in group.more:
            yield Outcome(row, "merged" if first.fate == "imported" else first.fate, of=of, questions=questions)

    def judge(self, row: Row, drafts: Sequence[Draft]) -> Outcome:
        """Decide about a row; of several drafts all stand or none does."""
        repeated = [self._known.repeated(draft) for draft in drafts]
        if all(repeated):
            return Outcome(row, "duplicate", of=repeated[0])
        questions = tuple(question for draft in drafts for question in (*draft.questions, *self._more(row, draft)))
        if questions:
            return Outcome(row, "refused" if any(question.final for question in questions) else "asked", questions=questions)
        rivals = [self._known.rival(draft) or self._known.alike(draft) for draft in drafts]
        asked = tuple(rival for rival in rivals if isinstance(rival, Question))
        if asked and self._prefer not in {"", row.sheet} and all(rival.key == "alike" for rival in asked):
            return Outcome(row, "duplicate", of=asked[0].reason, remarks=asked)
        if asked:
            return Outcome(row, "asked", questions=asked)
        if rivals and isinstance(rivals[0], Text) and all(rivals):
            return Outcome(row, "duplicate", of=rivals[0])
        return self._stand(row, drafts)

    def _more(self, row: Row, draft: Draft) -> Iterator[Question]:
        """Find what no record may hold, and new units nobody has described."""
        odd_ones = _texts(draft.tree) if self._thorough or HIDDEN.search("\n".join(row.cells)) else ()
        for column, text in odd_ones:
            if odd := HIDDEN.search(text):
                yield Question(column, text, ODD.of(it=named(odd[0])), final=True)
        self._units.add(draft.text("unit"), draft.unit)
        for key in dict.fromkeys(referred(draft.tree)):
            if self._units.undescribed(key):
                name = self._units.trees[key]["name"]
                yield Question("unit", name if isinstance(name, str) else "", NO_KIND, SAY_KIND, key="new-unit")

    def _stand(self, row: Row, drafts: Sequence[Draft]) -> Outcome:
        made: list[Made] = []
        for draft in drafts:
            record_id, doubt = self._identity(draft)
            if doubt:
                return Outcome(row, "refused", questions=(doubt,))
            tree: Tree = {**draft.tree, "id": record_id, "schema": self._kind.schema}
            read = typed(self._kind, tree, self._ledger.config.zone)
            unfit = [finding for finding in read.findings if finding.code != "HZ006"]
            if read.record is None or unfit:
                questions = tuple(
                    Question(".".join(map(str, finding.trail)), _at(tree, finding.trail), UNFIT.of(what=finding.message), final=True)
                    for finding in unfit
                )
                return Outcome(row, "refused", questions=questions)
            self._taken.add(record_id)
            entry = Entry(self._kind, read.record, path_of(self._kind.folder, record_id), read.extras, read.findings)
            made.append(Made(entry, tree))
        for draft in drafts:
            self._known.learn(draft)
        self.made += made
        return Outcome(
            row, "imported", tuple(one.entry.record.id for one in made), remarks=tuple(mark for draft in drafts for mark in draft.remarks)
        )

    def _identity(self, draft: Draft) -> tuple[str, Question | None]:
        """Give the key a row states or its name suggests, or an id of the record's own day; a key that cannot be is a question."""
        kind = self._kind
        if not kind.slug:
            read = typed(kind, {**draft.tree, "id": UNNAMED, "schema": kind.schema}, self._ledger.config.zone)
            day = read.record.day if read.record else None
            return mint(self._ledger.config.id_prefixes.get(kind.name, kind.prefix), day or self._today, self._taken), None
        wanted = draft.text("id")
        if not wanted:
            return self._units.suggested(draft.text("name"), self._taken), None
        if not (is_slug(wanted) or is_id(wanted)):
            return "", Question("id", wanted, NO_KEY.of(it=wanted), final=True)
        if wanted in self._taken:
            return "", Question("id", wanted, TAKEN.of(it=wanted), final=True)
        return wanted, None


def _texts(tree: Raw, column: str = "") -> Iterator[tuple[str, str]]:
    match tree:
        case str():
            yield column, tree
        case dict():
            for name, part in tree.items():
                yield from _texts(name, column)
                yield from _texts(part, column or name)
        case list():
            for part in tree:
                yield from _texts(part, column)
        case None:
            return


def _at(tree: Raw, trail: Sequence[str | int]) -> str:
    """Give the text a finding means, or the empty string."""
    for part in trail:
        if isinstance(tree, dict) and isinstance(part, str):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
    return tree if isinstance(tree, str) else ""


def checked(made: Sequence[Made], ledger: Ledger, today: dt.date, progress: Progress | None = None) -> Mapping[str, tuple[Question, ...]]:
    """Give id → what the rules say of each record that would be written, as remarks; states of the world are left out."""
    found: dict[str, tuple[Question, ...]] = {}
    for done, one in enumerate(made):
        verdicts = check_record(one.entry, ledger, today)
        marks = tuple(
            _mark(verdict)
            for verdict in verdicts
            if verdict.severity.value in {"error", "warning"} and verdict.finding.code not in STATES_OF_THE_WORLD
        )
        if marks:
            found[one.entry.record.id] = marks
        if progress and done % 64 == 0:
            progress(done, len(made))
    return found


def _mark(verdict: Verdict) -> Question:
    """Give a finding as a remark; where nobody is named as verifier or closer the remedy is a waiver to be asked for (DOMAIN §9.2)."""
    finding = verdict.finding
    unnamed = finding.code in {"HZ205", "HZ206"} and NOBODY in finding.message.say("en").split()
    remedy = WAIVER.of(it=f"{{code: {finding.code}, reason: …, by: …, until: …}}") if unnamed else finding.repair
    return Question(".".join(map(str, finding.trail)), verdict.severity.value, finding.message, remedy, key=finding.code)


STATES_OF_THE_WORLD: Final = frozenset({"HZ219", "HZ220", "HZ221", "HZ315", "HZ316", "HZ401", "HZ409", "HZ417"})
"""Findings that say how things stand, not how the table was filled in; `validate` lists them afterwards."""
