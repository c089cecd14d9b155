"""Small ledgers of any kinds of record, made up in a line each."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Answer, Book, Known, Question
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.ids import ALPHABET
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.store.emit import record_text
from hazardctl.store.layout import path_of

OFFICE: Final = "qingshan-safety-office"
NEEDED: Final[Mapping[str, Mapping[str, Any]]] = {
    "hazard": {"source": "supervision", "found_by_org": OFFICE, "grade": "general", "description": "防护设施缺失", "unit": "xx-paper"},
    "inspection": {"kind": "special", "org": OFFICE},
    "campaign": {"name": "专项整治", "issuer": OFFICE},
    "enforcement": {"org": OFFICE},
    "activity": {"subject": "安全工作", "org": OFFICE},
    "accident": {"sector": "road", "deaths": 0},
    "resource": {"name": "应急资源", "org": OFFICE},
    "document": {"title": "文件", "issuer": OFFICE},
    "risk_point": {"name": "风险点", "grade": "blue"},
    "tip": {"channel": "12350", "content": "反映通道堆物"},
    "tally": {"scope": {}, "source": {"title": "年度总结"}, "by": "李四"},
    "declaration": {"by": "孙八", "scope": {}, "value": 0},
    "target": {"name": "目标", "scope": {}},
    "unit": {"kind": "enterprise", "sector": "industry"},
}
OWN_DATE: Final = {"hazard": "found_on", "campaign": "start", "target": "period"}


def raw(value: Any) -> Raw:  # noqa: ANN401 (whatever a test writes down)
    """Write a value as a file would."""
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case Mapping():
            return {str(key): raw(part) for key, part in value.items()}
        case Iterable():
            return [raw(part) for part in value]
        case _:
            return str(value)


def number(n: int) -> str:
    """Write a number as the five letters at the end of an id."""
    return "".join(ALPHABET[n >> 5 * place & 31] for place in range(4, -1, -1))


def tree(kind: str, n: int, day: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the fields of one record; every value it needs and a test does not care for is filled in."""
    it = BY_NAME[kind]
    day = day or fields.get("start", "") or "2024-01-01"
    known: dict[str, Any] = {"id": f"{it.prefix}-{day.replace('-', '')}-{number(n)}", "schema": it.schema, **NEEDED[kind]}
    if kind not in {"unit", "target"}:
        known[OWN_DATE.get(kind, "date")] = day
    if kind == "hazard":
        known["history"] = [{"date": day, "do": "register", "by": "李四"}]
    return {**known, **fields}


def entry(kind: str, fields: Mapping[str, Any]) -> Entry[Record]:
    """Make one record of its fields."""
    it = BY_NAME[kind]
    made = typed(it, {key: raw(value) for key, value in fields.items()})
    assert made.record is not None, made.findings
    assert not [one for one in made.findings if one.code in {"HZ005", "HZ007"}], made.findings
    return Entry(it, made.record, f"{it.folder}/{made.record.id}.yaml")


class Maker:
    """Collects records and gives their ledger."""

    def __init__(self, config: Mapping[str, Any] | None = None) -> None:
        """Begin with a configuration."""
        self._configuration = {"schema": "config/1", **{key: raw(value) for key, value in (config or {}).items()}}
        found, findings = configured(self._configuration)
        assert found is not None, findings
        self.config: Config = found
        self.entries: list[Entry[Record]] = []
        self._trees: list[tuple[str, Mapping[str, Any]]] = []
        self._count = itertools.count(1)

    def add(self, kind: str, day: str = "", /, **fields: Any) -> str:  # noqa: ANN401 (any field of any kind)
        """Add a record and give its id."""
        said = tree(kind, next(self._count), day, fields)
        made = entry(kind, said)
        self.entries.append(made)
        self._trees.append((kind, said))
        return made.record.id

    def hazard(self, day: str, /, *, done: bool = True, **fields: Any) -> str:  # noqa: ANN401 (any field of a hazard)
        """Add a hazard, rectified and verified on its day unless said otherwise."""
        lines: list[Any] = [{"date": day, "do": "register", "by": "李四"}]
        if done:
            lines += [
                {"date": day, "do": "rectify", "by": "赵六", "on_spot": True, "note": "当场清理"},
                {"date": day, "do": "verify", "by": "王五", "result": "pass"},
            ]
        return self.add("hazard", day, history=lines, **fields)

    def tally(self, day: str, period: str, scope: Mapping[str, str], *figures: Mapping[str, Any], **fields: Any) -> str:  # noqa: ANN401
        """Add a tally."""
        return self.add("tally", day, period=period, scope=scope, figures=figures, **fields)

    def ledger(self) -> Ledger:
        """Give the ledger, sorted by path."""
        return Ledger(self.config, tuple(sorted(self.entries, key=lambda one: one.path)))

    def write(self, root: Path) -> Path:
        """Write the ledger as files below a folder and give the folder."""
        root.mkdir(parents=True, exist_ok=True)
        (root / "hazardctl.yaml").write_text(record_text(self._configuration, ()), encoding="utf-8")
        for kind, said in self._trees:
            it = BY_NAME[kind]
            path = root / path_of(it.folder, said["id"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(record_text({key: raw(value) for key, value in said.items()}, it.model.order()), encoding="utf-8")
        return root

    def book(self) -> Book:
        """Give its book."""
        return Book(self.ledger())


def question(start: str, end: str, as_of: str = "", **more: Any) -> Question:  # noqa: ANN401 (any field of a question)
    """Ask for the days between two, as of the last unless said otherwise."""
    first, last, on = (dt.date.fromisoformat(one) for one in (start, end, as_of or end))
    return Question(first, last, on, **more)


def value(answer: Answer) -> object:
    """Give the number of a figure that is known, with its mark where it has one."""
    assert isinstance(answer, Known), answer
    return (answer.value, answer.mark) if answer.mark else answer.value


def ids(book: Book, asked: Question, measure: str) -> Sequence[str]:
    """Give the ids behind a figure."""
    return [one.id for one in book.members(asked, measure)["members"]]
