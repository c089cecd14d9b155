"""From what people type to the one record or unit they mean, without reading the ledger (EXPERIENCE §2.1: ids)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model import ids
from hazardctl.model.config import Config
from hazardctl.model.ids import short
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.unit import Unit
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.layout import Found, files_of, path_of, record_files
from hazardctl.store.load import load_one
from hazardctl.vocabulary import KIND_NAMES
from hazardctl.vocabulary.term import nearest

__all__ = ["Names", "Units", "paths", "quoted", "short"]

SHOWN: Final = 8

NONE_NAMED: Final = Text("没有给出编号", "no id given")
NAME_ONE: Final = Text(
    "写出编号，或其后几位；- 表示从标准输入读取", "name a record by its id or the end of it; - reads ids from standard input"
)
UNKNOWN: Final = Text("没有以“{it}”结尾的{kind}", "no {kind} whose id ends in {it}")
ELSE: Final = Text("{it} 是{kind}（{id}），这里要{wanted}", "{it} is {id} ({kind}); what is wanted here: {wanted}")
ELSE_DO: Final = Text("其他记录可用：{verbs}", "for other records there are: {verbs}")
MEANT: Final = Text("是否想写：{ids}", "did you mean: {ids}")
AMBIGUOUS: Final = Text("“{it}”对应 {n} 条{kind}，请写得更长", "{it} stands for {n} {kind}: write more of the id")
CANDIDATES: Final = Text("{ids}", "{ids}")
ONE_RECORD: Final = Text("记录", "record")
RECORDS: Final = Text("记录", "records")
HAZARDS: Final = Text("隐患", "hazards")
NO_UNIT: Final = Text("没有登记过单位“{it}”", "no unit is registered as “{it}”")
NEW_UNIT: Final = Text("新建单位  hazardctl new unit {it}", "register it  hazardctl new unit {it}")
MANY_UNITS: Final = Text("有 {n} 家单位叫“{it}”，请写键：{keys}", "{n} units are called “{it}”; write the key: {keys}")


def paths(root: Path, config: Config, typed: Sequence[str], kind: str = "") -> list[Found]:
    """Find the files of the records that people named, each once, in the order given.

    Args:
        root: of the ledger.
        config: of the ledger, for the prefixes of ids.
        typed: ids or their ends, keys and names of units.
        kind: the only kind meant; any without it.

    Raises:
        UsageError: nothing named, a text that fits no record or several; all of them at once.
    """
    if not typed:
        raise UsageError(NONE_NAMED, NAME_ONE)
    named = Names(root, config, kind)
    faults: list[Text] = []
    found = [named.one(text, faults) for text in typed]
    if faults:
        raise UsageError(faults[0], *faults[1:])
    return list({one.path: one for one in found if one}.values())


class Names:
    """The records of a ledger by the names of their files; walked only when an ending is asked for."""

    def __init__(self, root: Path, config: Config, kind: str = "") -> None:
        """Take the ledger root, its configuration, and the only kind that is meant, if one is."""
        self.root, self.config, self.kind = root, config, kind

    @cached_property
    def all(self) -> Mapping[str, Found]:
        """Give id → file for every kind; of two files of one name the first by path."""
        found: dict[str, Found] = {}
        for one in record_files(self.root):
            if one.kind:
                found.setdefault(one.path.rpartition("/")[2].removesuffix(".yaml"), one)
        return found

    @cached_property
    def wanted(self) -> Mapping[str, Found]:
        """Give id → file for the kind that is meant."""
        return {name: one for name, one in self.all.items() if self.kind in {"", one.kind}}

    def one(self, text: str, faults: list[Text]) -> Found | None:
        """Give the file of the one record a text names; otherwise say why not, in `faults`."""
        end = ids.typed_by_hand(text)
        if direct := self._direct(text.strip().lower(), end):
            return direct
        found = [name for name in self.wanted if end and ids.is_id(name) and name.endswith(end)] or self._units(text)
        if len(found) == 1:
            return self.wanted[found[0]]
        if found:
            faults.append(AMBIGUOUS.of(it=text, n=len(found), kind=HAZARDS if self.kind == "hazard" else RECORDS))
            faults.append(CANDIDATES.of(ids=[*found[:SHOWN], *(["…"] if len(found) > SHOWN else [])]))
        else:
            self._unknown(text, end, faults)
        return None

    def path(self, text: str, faults: list[Text]) -> str:
        """Give the path of the one record a text names; otherwise say why not, in `faults`."""
        found = self.one(text, faults)
        return found.path if found else ""

    def id(self, text: str, faults: list[Text]) -> str:
        """Give the id of the one record a text names; otherwise say why not, in `faults`."""
        return self.path(text, faults).rpartition("/")[2].removesuffix(".yaml")

    def _direct(self, slug: str, end: str) -> Found | None:
        """Give the record of a whole id or key, without a walk."""
        if ids.is_id(end):
            prefixes = Ledger(self.config).prefixes()
            kinds, name = [BY_NAME[prefixes[ids.prefix(end)]]] if ids.prefix(end) in prefixes else [], end
        else:
            kinds, name = [kind for kind in BY_NAME.values() if kind.slug and ids.is_slug(slug)], slug
        places = ((kind.name, path_of(kind.folder, name)) for kind in kinds if self.kind in {"", kind.name})
        return next((Found(path, kind) for kind, path in places if (self.root / path).is_file()), None)

    def _units(self, text: str) -> list[str]:
        """Give the keys of the units a name stands for."""
        return Units(self.root, self.config).called(text) if self.kind in {"", "unit"} and text.strip() else []

    def _unknown(self, text: str, end: str, faults: list[Text]) -> None:
        noun = KIND_NAMES[self.kind].label if self.kind else ONE_RECORD
        others = [name for name in self.all if end and (name == text.strip().lower() or (ids.is_id(name) and name.endswith(end)))]
        if self.kind and others:
            what = KIND_NAMES[self.all[others[0]].kind].label
            faults.append(ELSE.of(it=text, kind=what, id=others[0], wanted=noun))
            faults += [ELSE_DO.of(verbs=list(ANY_KIND))] if self.kind == "hazard" else []
            return
        faults.append(UNKNOWN.of(it=text, kind=noun))
        near = nearest([ids.short(name) for name in self.wanted], end[-ids.ENDING :]) or nearest(self.wanted, text.strip().lower())
        faults += [MEANT.of(ids=near)] if near else []


ANY_KIND: Final = ("show", "correct", "note", "withdraw")
"""The commands that take a record of any kind."""


class Units:
    """The units of a ledger, read only when a name has to be understood."""

    def __init__(self, root: Path, config: Config, *, index: bool = True) -> None:
        """Take the ledger root and its configuration, and whether an index may be asked where to look."""
        self.root, self.config, self.index = root, config, index

    @cached_property
    def all(self) -> Mapping[str, Unit]:
        """Give every unit that can be read, by key."""
        entries = (load_one(self.root, self.config, one.path) for one in files_of(self.root, "unit"))
        return {one.record.id: cast("Unit", one.record) for one in entries if isinstance(one, Entry)}

    def one(self, key: str) -> Unit | None:
        """Read the unit of a key; None when there is none or it cannot be read."""
        if not (ids.is_slug(key) or ids.is_id(key)):
            return None
        path = path_of("units", key)
        if not (self.root / path).is_file():
            return None
        entry = load_one(self.root, self.config, path)
        return cast("Unit", entry.record) if isinstance(entry, Entry) else None

    def name(self, text: str) -> str:
        """Give the registered name of a unit, or the text itself."""
        unit = self.one(text)
        return unit.name if unit and unit.name else text

    def key(self, text: str, faults: list[Text]) -> str:
        """Give the key a key, name or alias stands for; otherwise say why not, in `faults`."""
        text = text.strip()
        found = self.meant(text)
        if len(found) == 1:
            return found[0]
        if found:
            faults.append(MANY_UNITS.of(it=text, n=len(found), keys=found))
            return ""
        faults.append(NO_UNIT.of(it=text))
        near = self.like(text)
        faults += [MEANT.of(ids=near)] if near else []
        faults.append(NEW_UNIT.of(it=quoted(text)))
        return ""

    def meant(self, text: str, *, surely: bool = True) -> list[str]:
        """Give the keys a key, name or alias stands for; a key is one whatever else is called so.

        Args:
            text: as a person typed it.
            surely: where the index knows of none, every file is looked at: one may have been written over since.
        """
        text = text.strip()
        return [text] if self.one(text) else self.called(text, surely=surely)

    def called(self, text: str, *, surely: bool = True) -> list[str]:
        """Give the keys of the units that a key, name or alias stands for; as `meant` takes it."""
        from hazardctl.store.index import glance

        wanted = folded(text)
        known = glance.units_called(self.root, text) if self.index else None
        near = (load_one(self.root, self.config, path) for path in known or ())
        found = _called(wanted, (cast("Unit", one.record) for one in near if isinstance(one, Entry)))
        return found if found or (known is not None and not surely) else _called(wanted, self._saying(wanted))

    def _saying(self, wanted: str) -> Iterator[Unit]:
        """Give the units whose files hold a folded text somewhere; all of them where it may be written otherwise there.

        Looking for it in the bytes is quicker by far than reading each file as a record.
        """
        if "all" in self.__dict__ or "'" in wanted:
            yield from self.all.values()
            return
        for one in files_of(self.root, "unit"):
            try:
                data = read_file(self.root / one.path, self.root)
            except RefusedError:
                continue
            there = b"\\" in data or wanted in folded(data.decode("utf-8", "replace"))
            entry = load_one(self.root, self.config, one.path) if there else None
            if isinstance(entry, Entry):
                yield cast("Unit", entry.record)

    def like(self, text: str) -> list[str]:
        """Name the units whose names resemble or hold a text."""
        names = [name for unit in self.all.values() for name in (unit.name, *unit.aliases) if name]
        holding = [name for name in names if text and (folded(text) in folded(name))]
        return list(dict.fromkeys([*holding, *nearest([*names, *self.all], text)]))[:SHOWN]


def _called(wanted: str, units: Iterable[Unit]) -> list[str]:
    return [unit.id for unit in units if any(folded(name) == wanted for name in (unit.id, unit.name, *unit.aliases) if name)]


_SAFE: Final = re.compile(r"[\w./:@%+=,（）〔〕-]+")


def quoted(text: str) -> str:
    """Write a text as a word of a command line that can be copied into a shell."""
    return text if _SAFE.fullmatch(text) else "'" + text.replace("'", "'\"'\"'") + "'"
