"""What is in the ledger already or came earlier in a table: by fingerprint, by number, by likeness (DOMAIN §9.2)."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, Protocol, TypeVar, cast

from hazardctl.exchange.desk import Question
from hazardctl.exchange.rows import Draft
from hazardctl.exchange.table import Row
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.fact import facts
from hazardctl.model.fields import Part
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import Kind
from hazardctl.model.raw import Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed

K = TypeVar("K")
V = TypeVar("V")
LINE: Final = Text("第 {n} 行", "line {n}")
LINE_OF: Final = Text("“{sheet}”第 {n} 行", "“{sheet}” line {n}")
SAME_NUMBER: Final = Text("编号 {it} 已用于 {of}，内容不同", "the number {it} belongs to {of}, whose content differs")
DECIDE: Final = Text("改正编号，或用 correct 更正已有记录", "put the number right, or correct the record there is")
DIFFERS: Final = Text("与 {of} 是同一隐患，{fields} 不同", "the same hazard as {of}, but {fields} differ")
KEEP_ONE: Final = Text("改正其中一行", "put one of the two right")
SAME_NAME: Final = Text("“{it}”已登记为 {of}，{fields} 不同", "“{it}” is registered as {of}, but {fields} differ")
UNNAMED: Final = "?"
NO_NAMES: Final[Mapping[str, Text]] = {}
BESIDE: Final = frozenset({"id", "schema", "external_ids", "history", "waivers"})


def place(row: Row | Draft) -> Text:
    """Say where a row stands."""
    return LINE_OF.of(sheet=row.sheet, n=row.line) if row.sheet else LINE.of(n=row.line)


class Known(Protocol):
    """What rows are compared with."""

    def repeated(self, draft: Draft) -> Text | None:
        """Give what a row repeats word for word."""
        ...

    def rival(self, draft: Draft) -> Question | None:
        """Ask about a row that has the number of another record."""
        ...

    def alike(self, draft: Draft) -> Text | Question | None:
        """Give the record that a row is about again; ask where the two disagree."""
        ...

    def learn(self, draft: Draft) -> None:
        """Remember a row that will be imported, while its file is read."""
        ...

    def settle(self, ledger: Ledger, entries: Iterable[Entry[Record]], called: Mapping[str, Text]) -> None:
        """Take what came of a file, the rows of which were learnt, as records like those of the ledger.

        Args:
            ledger: as the file would leave it.
            entries: what the file would add, of any kind.
            called: id → what a record is called that is not written yet.
        """
        ...


def known(ledger: Ledger, kind: Kind, called: Mapping[str, Text] = NO_NAMES) -> Known:
    """Gather what the records of a kind show.

    Args:
        ledger: as it is, or as the files before this one would leave it.
        kind: of the records.
        called: id → what a record is called that is not written yet: its file and line.
    """
    return KnownHazards(ledger, called) if kind.name == "hazard" else KnownRecords(ledger, kind, called)


class Like(NamedTuple):
    """A hazard that another may be like: what it is called, its number, what its row says if it came with this file."""

    of: Text
    number: str
    tree: Tree | None


class Layers(ChainMap[K, V]):
    """What the rows of this file show, over what records show."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows, self.records = dict[K, V](), dict[K, V]()
        super().__init__(self.rows, self.records)

    def sink(self) -> None:
        """Take what the rows showed for what records show; what a record showed before stays."""
        self.records |= {key: value for key, value in self.rows.items() if key not in self.records}
        self.rows.clear()


class KnownHazards:
    """What is in the ledger or came earlier in the file, by fingerprint, by number, by likeness."""

    def __init__(self, ledger: Ledger, called: Mapping[str, Text] = NO_NAMES) -> None:
        """Gather what the hazards of a ledger show."""
        self.ids: dict[str, Text] = {}
        self.stamps, self.numbers = Layers[str, Text](), Layers[str, Text]()
        self.likes = Layers[tuple[str, ...], Like]()
        self._gather(ledger, ledger.hazards, called)

    def settle(self, ledger: Ledger, entries: Iterable[Entry[Record]], called: Mapping[str, Text]) -> None:
        """Take what came of a file as records like those of the ledger."""
        for layers in (self.stamps.rows, self.numbers.rows, self.likes.rows):
            layers.clear()
        self._gather(ledger, (cast("Entry[Hazard]", entry) for entry in entries if entry.kind.name == "hazard"), called)

    def _gather(self, ledger: Ledger, entries: Iterable[Entry[Hazard]], called: Mapping[str, Text]) -> None:
        for entry in entries:
            hazard = entry.record
            name = self.ids[hazard.id] = called.get(hazard.id) or plain(hazard.id)
            if stamp := hazard.external_ids.get("import"):
                self.stamps.records[stamp] = name
            if any(act.do == "withdraw" for act in hazard.history):
                continue  # its row adds nothing a second time, but another row may take its place
            number = hazard.external_ids.get("source", "")
            if number:
                self.numbers.records.setdefault(number, name)
            like = (folded(ledger.unit_key(hazard.unit)), folded(hazard.site), folded(hazard.description), hazard.found_on.isoformat())
            self.likes.records.setdefault(like, Like(name, number, None))

    def repeated(self, draft: Draft) -> Text | None:
        """Give what a row repeats word for word, or the hazard of this ledger whose own id is its number (an export that came back)."""
        return self.ids.get(draft.source) or self.stamps.get(draft.fingerprint) or self.stamps.get(f"{draft.fingerprint}-1")

    def rival(self, draft: Draft) -> Question | None:
        """Ask about a row that has the number of another hazard."""
        of = self.numbers.get(draft.source) if draft.source else None
        return Question("external_ids.source", draft.source, SAME_NUMBER.of(it=draft.source, of=of), DECIDE, key="source") if of else None

    def alike(self, draft: Draft) -> Text | Question | None:
        """Give the hazard of the same unit, place, text and day; ask where both rows are in the file and disagree.

        A row that names no place is never alike: two of them may well be two hazards.
        """
        found = self.likes.get(draft.likeness) if draft.text("site") else None
        if found is None:
            return None
        of, number, tree = found
        if number and draft.source and number != draft.source:
            return None
        differing = [
            name
            for name in {**draft.tree, **(tree or {})}
            if name not in {"external_ids", "x-import"} and tree is not None and draft.tree.get(name) != tree.get(name)
        ]
        if not differing:
            return of
        return Question("、".join(differing), "", DIFFERS.of(of=of, fields=differing), KEEP_ONE, key="alike")

    def learn(self, draft: Draft) -> None:
        """Remember a row that will be imported."""
        line = place(draft)
        self.stamps[draft.fingerprint] = line
        if draft.source:
            self.numbers.setdefault(draft.source, line)
        self.likes.setdefault(draft.likeness, Like(line, draft.source, draft.tree))


class KnownRecords:
    """The records of another kind: a row is known by its fingerprint or by saying the same throughout.

    A number, its own or that of another system, belongs to one record; a kind without a date, to its name.
    """

    def __init__(self, ledger: Ledger, kind: Kind, called: Mapping[str, Text] = NO_NAMES) -> None:
        """Take what the records of a ledger show; withdrawn ones only by their fingerprint."""
        self._ledger, self._kind = ledger, kind
        self._stamps = Layers[str, Text]()
        self._numbers, self._names = Layers[tuple[str, str], tuple[Text, Record]](), Layers[str, tuple[Text, Record]]()
        self._same = Layers[str, Text]()
        self._gather(ledger.of(kind.name), called)

    def settle(self, ledger: Ledger, entries: Iterable[Entry[Record]], called: Mapping[str, Text]) -> None:
        """Take what came of a file as records like those of the ledger."""
        self._ledger = ledger
        for layers in (self._stamps.rows, self._numbers.rows, self._names.rows, self._same.rows):
            layers.clear()
        self._gather((entry for entry in entries if entry.kind is self._kind), called)

    def _gather(self, entries: Iterable[Entry[Record]], called: Mapping[str, Text]) -> None:
        """Learn records, below the rows of the file that comes next."""
        for entry in entries:
            of = called.get(entry.record.id) or plain(entry.record.id)
            if stamp := entry.record.external_ids.get("import"):
                self._stamps[stamp] = of
            if not any(act.do == "withdraw" for act in entry.record.history):
                self._learn(entry.record, of)
        for layers in (self._stamps, self._numbers, self._names, self._same):
            layers.sink()

    def repeated(self, draft: Draft) -> Text | None:
        """Give what a row repeats word for word."""
        return self._stamps.get(draft.fingerprint)

    def rival(self, draft: Draft) -> Question | None:
        """Ask about a row that has the number or the name of another record and says something else."""
        record = self._record(draft)
        for key in _numbers(record) if record else ():
            if (found := self._numbers.get(key)) and _differing(found[1], draft, self._kind):
                return Question(key[0], key[1], SAME_NUMBER.of(it=key[1], of=found[0]), DECIDE, key="number")
        for name in _names(record, self._kind) if record else ():
            if (found := self._names.get(folded(name))) and (fields := _differing(found[1], draft, self._kind)):
                return Question("name", name, SAME_NAME.of(it=name, of=found[0], fields=fields), DECIDE, key="alike")
        return None

    def alike(self, draft: Draft) -> Text | Question | None:
        """Give the record that says the same throughout, or that has the number or name and says no less."""
        record = self._record(draft)
        if record is None:
            return None
        by_number = [found[0] for key in _numbers(record) if (found := self._numbers.get(key))]
        by_name = [found[0] for name in _names(record, self._kind) if (found := self._names.get(folded(name)))]
        return next(iter([*by_number, *by_name]), self._same.get(_content(record)))

    def learn(self, draft: Draft) -> None:
        """Remember a row that will be imported."""
        of = place(draft)
        self._stamps[draft.fingerprint] = of
        if record := self._record(draft):
            self._learn(record, of)

    def _learn(self, record: Record, of: Text) -> None:
        for key in _numbers(record):
            self._numbers.setdefault(key, (of, record))
        for name in _names(record, self._kind):
            self._names.setdefault(folded(name), (of, record))
        self._same.setdefault(_content(record), of)

    def _record(self, draft: Draft) -> Record | None:
        tree: Tree = {**draft.tree, "id": UNNAMED, "schema": self._kind.schema}
        return typed(self._kind, tree, self._ledger.config.zone).record


def _numbers(record: Record) -> list[tuple[str, str]]:
    """Give the numbers that are one record's alone: in its own register, in other systems."""
    own = [("number", record.number)] if record.number else []
    return own + [(f"external_ids.{name}", text) for name, text in record.external_ids.items() if name not in {"import", "row"} and text]


def _names(record: Record, kind: Kind) -> list[str]:
    """Give the names of a record without a date of its own: two of them with one name are one."""
    if kind.model.own_date:
        return []
    names: tuple[str, ...] = (getattr(record, "name", ""), *getattr(record, "aliases", ()))
    return [name for name in names if name]


def _differing(record: Record, draft: Draft, kind: Kind) -> list[str]:
    """Name the fields a row says otherwise than a record; what it does not say does not differ."""
    new = typed(kind, {**draft.tree, "id": UNNAMED, "schema": kind.schema}).record
    said = [name for name in facts(kind.model) if name in draft.tree and name not in BESIDE]
    return [name for name in said if new is not None and _held(new, name) != _held(record, name)]


def _held(record: Part, name: str) -> object:
    attribute = next((key for key, info in type(record).model_fields.items() if info.alias == name), name)
    value: object = getattr(record, attribute)
    return value


def _content(record: Record) -> str:
    """Give all a record says of the world as one text."""
    return repr([(name, value) for name in facts(type(record)) if name not in BESIDE and (value := _held(record, name))])
