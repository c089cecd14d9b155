"""Units that an import makes on the way: one record a name that is not in the register (DOMAIN §2.5)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.work import names
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.fields import facts as meanings
from hazardctl.model.ids import is_id, is_slug
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.model.unit import Unit
from hazardctl.ops.context import Context
from hazardctl.ops.new import NO_KEY
from hazardctl.store.layout import mint, path_of, taken
from hazardctl.vocabulary import find

UNIT: Final = BY_NAME["unit"]
ANY: Final = "*"
NO_KIND: Final = Text("新单位的性质未说明", "the kind of the new unit is not stated")
SAY_KIND: Final = Text("映射文件 new_units: {it}", "new_units: {it} in the mapping file").of(it='{"*": {kind: enterprise}}')
WRONG: Final = Text("映射文件 new_units：{name}：{what}", "mapping file, new_units: {name}: {what}")
TAKEN: Final = Text("键 {it} 已被占用", "the key {it} is taken")


class NewUnits:
    """The units that would be made, by key."""

    def __init__(self, context: Context, ledger: Ledger, plan: Plan) -> None:
        """Take the ledger, for keys that are taken, and the facts the mapping states."""
        self._context, self._ledger, self._stated = context, ledger, plan.new_units
        self._keys: dict[str, str] = {}
        self._taken = {*ledger.by_id, *taken(context.root, UNIT.folder, context.today)}
        self.trees: dict[str, Tree] = {}

    def key(self, name: str) -> str:
        """Give the key of the unit of that name; the same for every spelling that folds to it."""
        if folded(name) not in self._keys:
            stated = {**self._stated.get(ANY, {}), **self._stated.get(name, {})}
            key = self._minted(name, stated)
            self._taken.add(key)
            self._keys[folded(name)] = key
            facts = {field: value for field, value in stated.items() if field != "id"}
            self.trees[key] = {"id": key, "schema": UNIT.schema, "name": name, **facts}
        return self._keys[folded(name)]

    def _minted(self, name: str, stated: Tree) -> str:
        wanted = stated.get("id")
        if isinstance(wanted, str) and wanted:
            if not (is_slug(wanted) or is_id(wanted)):
                raise UsageError(WRONG.of(name=name, what=NO_KEY.of(it=wanted)))
            if wanted in self._taken:
                raise UsageError(WRONG.of(name=name, what=TAKEN.of(it=wanted)))
            return wanted
        return self.suggested(name, self._taken)

    @property
    def today(self) -> dt.date:
        """Give the day of the import."""
        return self._context.today

    def suggested(self, name: str, used: Collection[str]) -> str:
        """Give a key made of a name in Latin letters, else an id of today."""
        plain = unicodedata.normalize("NFKC", name).lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") if plain.isascii() else ""
        if is_slug(slug) and slug not in used:
            return slug
        prefix = self._ledger.config.id_prefixes.get(UNIT.name, UNIT.prefix)
        return mint(prefix, self.today, used)

    def add(self, key: str, facts: Mapping[str, object]) -> None:
        """Add what a row says of a unit that is made, where nothing is stated yet; a word nobody knows stays with the hazard."""
        tree = self.trees.get(key)
        if tree is None:
            return
        for name, value in facts.items():
            if isinstance(value, str) and (read := self._read(name, value)):
                tree.setdefault(name, read)

    def _read(self, name: str, value: str) -> Raw:
        vocabulary = meanings(Unit)[name].words
        if not vocabulary:
            return value
        words = self._ledger.words[vocabulary]
        keys: list[Raw] = [key for part in names(value) if (key := find(words, str(part)))]
        return keys if name == "types" else keys[0] if keys else None

    def undescribed(self, key: str) -> bool:
        """Say whether a unit would be made without its kind."""
        return key in self.trees and not self.trees[key].get("kind")

    def entries(self, keys: Iterable[str]) -> list[tuple[Entry[Record], Tree]]:
        """Give the records of the units that are needed, in the order they were met.

        Raises:
            UsageError: the mapping states something of a unit that no unit has.
        """
        wanted = set(keys)
        made: list[tuple[Entry[Record], Tree]] = []
        for key, tree in self.trees.items():
            if key not in wanted:
                continue
            read = typed(UNIT, tree, self._ledger.config.zone)
            wrong = [finding for finding in read.findings if finding.code != "HZ006"]
            if read.record is None or wrong:
                raise UsageError(WRONG.of(name=tree["name"], what=wrong[0].message if wrong else NO_KIND))
            made.append((Entry(UNIT, read.record, path_of(UNIT.folder, key)), tree))
        return made


def referred(tree: Raw) -> Iterator[str]:
    """Give every text of a record that may be the key of a unit: all of them."""
    match tree:
        case str():
            yield tree
        case dict():
            yield from tree
            for part in tree.values():
                yield from referred(part)
        case list():
            for part in tree:
                yield from referred(part)
        case None:
            return
