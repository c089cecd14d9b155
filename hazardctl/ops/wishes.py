"""A correction as it was typed: `field=value` pairs read as their fields want them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.config import Config
from hazardctl.model.fields import Part, as_day, as_gainers, as_numbers, as_open_map, facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.shape import held_by, shapes
from hazardctl.ops import people
from hazardctl.ops.acting import Fresh
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import read_day, refuse, sound, word
from hazardctl.ops.lookup import Units
from hazardctl.ops.saying import Saying
from hazardctl.store.later import Later
from hazardctl.store.layout import files_of
from hazardctl.store.load import load_one
from hazardctl.store.reader import parse
from hazardctl.vocabulary import nearest

UNTOUCHED: Final = frozenset({"id", "schema", "history"})
MAPS: Final = frozenset({as_open_map, as_numbers})

NOT_A_SET: Final = Text("--set 写作 字段=值，这里是“{it}”", "--set is written FIELD=VALUE, not “{it}”")
NO_FIELD: Final = Text("没有字段“{it}”", "there is no field “{it}”")
MEANT: Final = Text("是否想写：{it}", "did you mean: {it}")
NO_EVENT: Final = Text("没有第 {n} 行事件，共 {all} 行", "there is no event {n}; there are {all}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A correction as typed: `field=value` pairs, the number of the event or 0 for facts, and who says why and when."""

    sets: tuple[str, ...]
    reason: str
    event: int = 0
    date: str = ""
    by: tuple[str, ...] = ()
    note: str = ""
    number: str = ""
    doc: str = ""
    dry_run: bool = False
    commit: bool | None = None


class Desk:
    """What the parts of one correction share; what is wrong with its words gathers in `faults`."""

    def __init__(self, context: Context, config: Config, found: Fresh, wish: Wish) -> None:
        """Take what the door knows, the configuration, the record as read, and the wish."""
        self.context, self.config, self.found, self.wish = context, config, found, wish
        self.faults: list[Text] = []
        self.units = Units(context.root, config, index=context.index)
        self.tree: Tree = parse(found.data, places=False).tree or {}

    @cached_property
    def around(self) -> tuple[Entry[Record] | Unread, ...]:
        """Read what a record may be about: every record that is no hazard."""
        root = self.context.root
        kinds = [kind for kind in BY_NAME if kind != "hazard"]
        return tuple(load_one(root, self.config, one.path) for kind in kinds for one in files_of(root, kind))

    def insist(self) -> None:
        """Refuse what is wrong with the words of the call."""
        refuse(self.faults)

    def pair(self, text: str) -> tuple[str, Raw]:
        """Read one `field=value`."""
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            self.faults.append(NOT_A_SET.of(it=text))
            return "", None
        sound([(f"--set {name}", value)], self.faults)
        model = self._model()
        known = {one: fact for one, fact in facts(model).items() if self.wish.event or one not in UNTOUCHED}
        if name.split(".", maxsplit=1)[0] not in known:
            near = nearest(list(known), name)
            self.faults += [NO_FIELD.of(it=name), *([MEANT.of(it=near)] if near else [])]
            return "", None
        return name, self._value(model, name, value.strip())

    def _model(self) -> type[Part]:
        """Give the class whose fields may be put right: the record's, or that of the event meant."""
        number, history = self.wish.event, self.found.record.history
        if not number:
            return self.found.kind.model
        if not 1 <= number <= len(history):
            self.faults.append(NO_EVENT.of(n=number, all=len(history)))
            self.insist()
        return type(history[number - 1])

    def _value(self, model: type[Part], name: str, text: str) -> Raw:
        """Read a value as its field wants it; a field of no known class is taken as it was typed."""
        holder, last = held_by(model, name)
        if not text:
            return None
        if holder is None:
            return self._entry(model, name, text)
        shape = shapes(holder)[last]
        if shape.reader is as_day:
            day = read_day(self.config, text, self.context.today, self.context.today, self.faults, [])
            return day.isoformat() if day else None
        if shape.part is not None or shape.reader in MAPS:
            return self._said(holder, last, text)
        if text.startswith(("[", "{")) or (shape.reader is as_gainers and text.isdigit()):
            return self._structure(name, text)
        return self._named(holder, last, name, text)

    def _named(self, holder: type[Part], last: str, name: str, text: str) -> Raw:
        """Read words of a vocabulary and units by their keys or names; else what the shape of the field says."""
        shape, fact = shapes(holder)[last], facts(holder)[last]
        if fact.words:
            keys = [word(self.config, f"--set {name}", fact.words, one, self.faults) for one in people.split([text] if shape.many else ())]
            return cast("Raw", keys) if shape.many else word(self.config, f"--set {name}", fact.words, text, self.faults)
        if fact.ref == "unit":
            return self._unit(text, many=shape.many)
        if shape.many:
            return cast("Raw", list(people.split([text])))
        return self._said(holder, last, text)

    def _entry(self, model: type[Part], name: str, text: str) -> Raw:
        """Read one entry of a mapping with free keys: a word where the mapping holds words."""
        holder, last = held_by(model, name.rpartition(".")[0])
        fact = facts(holder)[last] if holder is not None else None
        if fact is not None and fact.words:
            return word(self.config, f"--set {name}", fact.words, text, self.faults)
        return self._structure(name, text)

    def _unit(self, text: str, *, many: bool) -> Raw:
        keys = [self.units.key(one, self.faults) for one in (people.split([text]) if many else [text])]
        return cast("Raw", keys) if many else keys[0]

    def _said(self, holder: type[Part], last: str, text: str) -> Raw:
        """Read what needs the ledger or the shape of a part, as `new` does."""
        ledger = Ledger(self.config, Later(lambda: [one for one in self.around if isinstance(one, Entry)]))
        saying = Saying(ledger, self.context.today, self.faults)
        return saying.value(holder, last, [text])

    def _structure(self, name: str, text: str) -> Raw:
        """Read a list or mapping written as in a file; another text stands for itself."""
        if not text.startswith(("[", "{")):
            return text
        tree = parse(f"it: {text}\n".encode("utf-8", "replace"), places=False).tree
        if tree is None:
            self.faults.append(NOT_A_SET.of(it=f"{name}={text}"))
            return None
        return tree["it"]
