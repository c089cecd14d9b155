"""From what people type to the one record or unit they mean, without reading the ledger (EXPERIENCE §2.1: ids)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Entry, folded
from hazardctl.model import ids
from hazardctl.model.config import Config
from hazardctl.model.unit import Unit
from hazardctl.store.layout import path_of, record_files
from hazardctl.store.load import load_one
from hazardctl.vocabulary.term import nearest

ENDING: Final = 5
SHOWN: Final = 8

NONE_NAMED: Final = Text("没有给出编号", "no id given")
NAME_ONE: Final = Text(
    "写出编号，或其后几位；- 表示从标准输入读取", "name a record by its id or the end of it; - reads ids from standard input"
)
UNKNOWN: Final = Text("没有以“{it}”结尾的隐患", "no hazard whose id ends in {it}")
MEANT: Final = Text("是否想写：{ids}", "did you mean: {ids}")
AMBIGUOUS: Final = Text("“{it}”对应 {n} 条隐患，请写得更长", "{it} stands for {n} hazards: write more of the id")
CANDIDATES: Final = Text("{ids}", "{ids}")
NO_UNIT: Final = Text("没有登记过单位“{it}”", "no unit is registered as “{it}”")
NEW_UNIT: Final = Text("新建单位  hazardctl new unit {it}", "register it  hazardctl new unit {it}")
MANY_UNITS: Final = Text("有 {n} 家单位叫“{it}”，请写键：{keys}", "{n} units are called “{it}”; write the key: {keys}")


def short(record_id: str) -> str:
    """Give the end of an id that people use."""
    return record_id[-ENDING:] if ids.is_id(record_id) else record_id


def hazards(root: Path, config: Config, typed: Sequence[str]) -> list[str]:
    """Find the paths of the hazards that people named, each once, in the order given.

    Raises:
        UsageError: nothing named, an ending that fits no hazard or several; all of them at once.
    """
    if not typed:
        raise UsageError(NONE_NAMED, NAME_ONE)
    named = Names(root, config.id_prefixes.get("hazard", "YH"))
    faults: list[Text] = []
    paths = [named.path(text, faults) for text in typed]
    if faults:
        raise UsageError(faults[0], *faults[1:])
    return list(dict.fromkeys(path for path in paths if path))


class Names:
    """The hazards of a ledger by the names of their files; walked only when an ending is asked for."""

    def __init__(self, root: Path, prefix: str) -> None:
        """Take the ledger root and the prefix of hazards."""
        self.root, self.prefix = root, prefix

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Give id → path; of two files of one name the first by path."""
        found: dict[str, str] = {}
        for one in record_files(self.root):
            if one.kind == "hazard":
                found.setdefault(one.path.rpartition("/")[2].removesuffix(".yaml"), one.path)
        return found

    def path(self, text: str, faults: list[Text]) -> str:
        """Give the path of the one hazard a text names; otherwise say why not, in `faults`."""
        wanted = ids.typed_by_hand(text)
        if ids.is_id(wanted):
            path = path_of("hazards", wanted)
            if (self.root / path).is_file():
                return path
        found = [name for name in self.paths if wanted and name.endswith(wanted)]
        if len(found) == 1:
            return self.paths[found[0]]
        if found:
            faults.append(AMBIGUOUS.of(it=text, n=len(found)))
            more = ["…"] if len(found) > SHOWN else []
            faults.append(CANDIDATES.of(ids=[*found[:SHOWN], *more]))
        else:
            faults.append(UNKNOWN.of(it=text))
            near = nearest([name[-ENDING:] for name in self.paths], wanted[-ENDING:])
            faults += [MEANT.of(ids=near)] if near else []
        return ""

    def id(self, text: str, faults: list[Text]) -> str:
        """Give the id of the one hazard a text names; otherwise say why not, in `faults`."""
        return self.path(text, faults).rpartition("/")[2].removesuffix(".yaml")


class Units:
    """The units of a ledger, read only when a name has to be understood."""

    def __init__(self, root: Path, config: Config) -> None:
        """Take the ledger root and its configuration."""
        self.root, self.config = root, config

    @cached_property
    def all(self) -> Mapping[str, Unit]:
        """Give every unit that can be read, by key."""
        entries = (load_one(self.root, self.config, one.path) for one in record_files(self.root) if one.kind == "unit")
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
        if self.one(text):
            return text
        wanted = folded(text)
        found = [key for key, unit in self.all.items() if any(folded(name) == wanted for name in (key, unit.name, *unit.aliases) if name)]
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

    def like(self, text: str) -> list[str]:
        """Name the units whose names resemble or hold a text."""
        names = [name for unit in self.all.values() for name in (unit.name, *unit.aliases) if name]
        holding = [name for name in names if text and (folded(text) in folded(name))]
        return list(dict.fromkeys([*holding, *nearest([*names, *self.all], text)]))[:SHOWN]


_SAFE: Final = re.compile(r"[\w./:@%+=,（）〔〕-]+")


def quoted(text: str) -> str:
    """Write a text as a word of a command line that can be copied into a shell."""
    return text if _SAFE.fullmatch(text) else "'" + text.replace("'", "'\"'\"'") + "'"


def required(missing: Iterable[tuple[str, object]]) -> None:
    """Refuse a call that lacks something, naming all of it at once.

    Raises:
        UsageError: at least one of the values is empty.
    """
    names = [name for name, value in missing if not value]
    if names:
        raise UsageError(Text("缺少 {it}", "missing: {it}").of(it=names))


Resolve = Callable[[str], str]
