"""A correction as it was typed: `field=value` pairs read as their fields want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.model.fields import Fact, facts
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops import people
from hazardctl.ops.act import Read
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import read_day, refuse, sound, word
from hazardctl.ops.lookup import Units
from hazardctl.store.reader import parse
from hazardctl.vocabulary import nearest

UNTOUCHED: Final = frozenset({"id", "schema", "history"})
DAYS: Final = frozenset({"date", "due", "recorded", "found_on", "done_on"})
LISTS: Final = frozenset({"by", "with", "evidence", "into"})

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

    def __init__(self, context: Context, config: Config, found: Read, wish: Wish) -> None:
        """Take what the door knows, the configuration, the record as read, and the wish."""
        self.context, self.config, self.found, self.wish = context, config, found, wish
        self.faults: list[Text] = []
        self.units = Units(context.root, config)
        self.tree: Tree = parse(found.data, places=False).tree or {}

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
        known = self._known()
        fact = known.get(name.split(".", maxsplit=1)[0])
        if fact is None:
            near = nearest(list(known), name)
            self.faults += [NO_FIELD.of(it=name), *([MEANT.of(it=near)] if near else [])]
            return "", None
        return name, self._value(name, fact, value.strip())

    def _known(self) -> Mapping[str, Fact]:
        number, history = self.wish.event, self.found.hazard.history
        if not number:
            return {name: fact for name, fact in facts(Hazard).items() if name not in UNTOUCHED}
        if not 1 <= number <= len(history):
            self.faults.append(NO_EVENT.of(n=number, all=len(history)))
            self.insist()
        return facts(type(history[number - 1]))

    def _value(self, name: str, fact: Fact, text: str) -> Raw:
        last = name.rpartition(".")[2]
        if not text:
            return None
        if last in DAYS:
            day = read_day(self.config, text, self.context.today, self.context.today, self.faults, [])
            return day.isoformat() if day else None
        if last in LISTS:
            return cast("Raw", list(people.split([text])))
        if fact.words and "." not in name:
            many = self._many(name)
            keys = [
                word(self.config, f"--set {name}", fact.words, part, self.faults) for part in (people.split([text]) if many else [text])
            ]
            return cast("Raw", keys) if many else keys[0]
        if fact.ref == "unit" and "." not in name:
            return self.units.key(text, self.faults)
        if self._many(name) or text.startswith(("[", "{")):
            return self._structure(name, text)
        return text

    def _many(self, name: str) -> bool:
        model = Hazard if not self.wish.event else type(self.found.hazard.history[self.wish.event - 1])
        info = model.model_fields.get(name)
        return info is not None and isinstance(info.default, tuple)

    def _structure(self, name: str, text: str) -> Raw:
        """Read a list or mapping written as in a file; a bare text is a list of names."""
        if not text.startswith(("[", "{")):
            return cast("Raw", list(people.split([text])))
        tree = parse(f"it: {text}\n".encode("utf-8", "replace"), places=False).tree
        if tree is None:
            self.faults.append(NOT_A_SET.of(it=f"{name}={text}"))
            return None
        return tree["it"]
