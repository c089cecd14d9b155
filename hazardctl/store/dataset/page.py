"""The page of a ledger in a data set: which files count, the configuration, the seals, what could not be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from hazardctl import __version__
from hazardctl.diagnostics import Finding
from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import Text, plain
from hazardctl.store import writer

SCHEMA: Final = "hazardctl/dataset/1"
PAGES: Final = "_ledgers"
LOCAL: Final = 27
"""Bits of a key that count the records of one ledger and kind; those above them tell the ledger."""
MOST_KEY: Final = 80
NONE: Final = "__HIVE_DEFAULT_PARTITION__"
"""The year of records without a day, as Hive spells nothing."""

_BAD_KEY: Final = Text("“{it}”不能作数据集里台账的名字", '"{it}" cannot name a ledger in a data set')
_KEY_FORM: Final = Text("用文字、数字和 - _ . ，最多 80 字", "letters, digits and - _ . do, 80 of them at most")
_NO_SET: Final = Text("{path} 不是数据集", "{path} is no data set")
_MAKE: Final = Text("先导出  hazardctl export --format parquet -o DIR", "make one  hazardctl export --format parquet -o DIR")
_OTHER: Final = Text("台账“{key}”由另一版本导出，须重新导出", 'the ledger "{key}" was exported by another version: export it again')
_SPOILT: Final = Text("台账“{key}”的清单读不懂，须重新导出", 'the page of the ledger "{key}" cannot be read: export it again')
_GONE: Final = Text("台账“{key}”缺少数据文件 {path}，须重新导出", 'the ledger "{key}" lacks its data file {path}: export it again')
_NO_LEDGER: Final = Text("数据集里没有台账“{key}”", 'there is no ledger "{key}" in the data set')
_THERE: Final = Text("有：{keys}", "there are: {keys}")
_SAME: Final = Text("台账“{a}”和“{b}”的编号相撞，给其中一个换名字", 'the ledgers "{a}" and "{b}" got one number: give one another name')


@dataclass(frozen=True, slots=True)
class File:
    """A data file: where below the data set, and how many rows it holds."""

    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class Said:
    """A file that is no readable record, and why: path, kind of its folder, code of the finding, the finding in both languages."""

    path: str
    kind: str
    code: str
    zh: str
    en: str

    def finding(self) -> Finding:
        """Give it as a finding."""
        return Finding(self.code, Text(self.zh, self.en))


def said(path: str, kind: str, finding: Finding) -> Said:
    """Give what is kept of a finding."""
    return Said(path, kind, finding.code, finding.message.say("zh"), finding.message.say("en"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a data set says of a ledger beside its relations.

    Attributes:
        key: its name in the data set.
        form: of the relations; those of another form answer nothing.
        commit: short commit of what was exported, `+` behind it when files differ; empty without git.
        known_at: the revision or day that was exported, as typed; empty for the work tree.
        config: text of its configuration.
        seals: path and text of each sealed period.
        unread: files that hold no readable record.
        strays: what else lies in the record folders.
        files: relation → its data files.
    """

    key: str
    form: str
    commit: str
    known_at: str
    config: str
    seals: tuple[tuple[str, str], ...] = ()
    unread: tuple[Said, ...] = ()
    strays: tuple[Said, ...] = ()
    files: Mapping[str, tuple[File, ...]] = field(default_factory=dict[str, tuple[File, ...]])

    def text(self) -> bytes:
        """Give it as JSON; the same page is the same bytes."""
        said = {"schema": SCHEMA, "program": __version__, **asdict(self)}
        return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def checked(key: str) -> str:
    """Give a name of a ledger if it can be one.

    Raises:
        UsageError: it is empty, too long, begins as a hidden file does, or has a character that folders or commands do not take.
    """
    if not key or len(key) > MOST_KEY or key[0] in "._-" or not all(one.isalnum() or one in "-_." for one in key):
        raise UsageError(_BAD_KEY.of(it=key), _KEY_FORM)
    return key


def number(key: str) -> int:
    """Give the number by which the rows of a ledger are told from those of others; it depends on the name alone."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> (LOCAL + 1) << LOCAL


def form(tables: Mapping[str, str]) -> str:
    """Give what must be equal for relations to be of use."""
    return hashlib.blake2b(repr((SCHEMA, sorted(tables.items()))).encode(), digest_size=8).hexdigest()


def folder(relation: str, key: str, year: str = "") -> str:
    """Give where the files of a relation lie below the data set; names are escaped as Hive escapes them."""
    return "/".join((relation, f"ledger={quote(key, safe='')}", *([f"year={year}"] if year else [])))


def place(data: Path, key: str) -> Path:
    """Give where the page of a ledger lies."""
    return data / PAGES / f"{quote(key, safe='')}.json"


def written(data: Path, page: Page) -> None:
    """Put the page of a ledger into the data set, in one step.

    Raises:
        SystemFailedError: the disk failed; the old page stands.
    """
    writer.output(place(data, page.key), page.text())


def read(path: Path) -> Page:
    """Read the page of a ledger.

    Raises:
        UnreadableError: it is damaged.
    """
    try:
        said: dict[str, Any] = json.loads(path.read_bytes())
        files = {name: tuple(File(**one) for one in found) for name, found in said["files"].items()}
        unread, strays = (tuple(Said(**one) for one in said[name]) for name in ("unread", "strays"))
        seals = tuple((str(one[0]), str(one[1])) for one in said["seals"])
        key, now, commit, known_at, config = (str(said[name]) for name in ("key", "form", "commit", "known_at", "config"))
        return Page(key, now, commit, known_at, config, seals, unread, strays, files)
    except (OSError, ValueError, TypeError, KeyError, LookupError):
        raise UnreadableError(_SPOILT.of(key=plain(path.stem))) from None


def pages(data: Path, keys: Sequence[str], now: str) -> tuple[Page, ...]:
    """Give the pages of a data set, by name.

    Args:
        data: the folder of the data set.
        keys: of the ledgers that are wanted; all without any.
        now: the form that this program understands.

    Raises:
        UnreadableError: there is no data set, or a page or a data file is missing, damaged, or of another version.
        UsageError: there is no ledger of that name.
    """
    found = {page.key: page for page in map(read, sorted((data / PAGES).glob("*.json")))}
    if not found:
        raise UnreadableError(_NO_SET.of(path=str(data)), _MAKE)
    for key in keys:
        if key not in found:
            raise UsageError(_NO_LEDGER.of(key=key), _THERE.of(keys=list(found)[:20]))
    wanted = tuple(found[key] for key in sorted(set(keys) or found))
    numbers: dict[int, str] = {}
    for page in wanted:
        if page.form != now:
            raise UnreadableError(_OTHER.of(key=page.key))
        if (other := numbers.setdefault(number(page.key), page.key)) != page.key:
            raise UnreadableError(_SAME.of(a=other, b=page.key))
        for path in (one.path for files in page.files.values() for one in files):
            if ".." in path or path.startswith("/") or not (data / path).is_file():
                raise UnreadableError(_GONE.of(key=page.key, path=plain(path)))
    return wanted
