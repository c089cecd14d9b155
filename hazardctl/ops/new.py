"""A new record of any kind but a hazard: its options are the fields of the kind's model (EXPERIENCE §2.3 `new`).

Nothing here knows a kind: what may be said, how it is labelled, which vocabulary a word comes from and which reference a
name stands for is read from the model, so that a new kind brings its own command along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model import ids
from hazardctl.model.fields import Fact, facts
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.typed import typed
from hazardctl.ops.context import Context
from hazardctl.store import writer
from hazardctl.store.emit import record_text
from hazardctl.store.layout import mint, path_of, taken
from hazardctl.store.load import load
from hazardctl.store.lock import lock
from hazardctl.vocabulary import KIND_NAMES, find, nearest

NOT_ASKED: Final = frozenset({"id", "schema", "history", "waivers", "approx", "external_ids"})
NAMED_FIRST: Final = ("name", "description", "title")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record that was made, or would be with a dry run: its id, its path, its text."""

    id: str
    path: str
    text: str


def kind_named(text: str) -> Kind:
    """Find a kind by its name, in either language.

    Raises:
        UsageError: there is none; the kinds are listed.
    """
    key = find({name: KIND_NAMES[name] for name in BY_NAME}, text)
    if key is None or key == "hazard":
        hints = [Text("可选：{it}", "one of: {it}", {"it": kinds()})]
        hints += [Text("登记隐患用  hazardctl add", "for a hazard  hazardctl add")]
        raise UsageError(Text("没有“{it}”这类记录", "no kind of record “{it}”", {"it": text}), *hints)
    return BY_NAME[key]


def kinds() -> tuple[str, ...]:
    """Name the kinds `new` makes; hazards have `add`."""
    return tuple(name for name in BY_NAME if name != "hazard")


def options(kind: Kind) -> Mapping[str, Fact]:
    """Give what may be said of a new record of a kind: option name → what the field means."""
    return {name.replace("_", "-"): fact for name, fact in facts(kind.model).items() if name not in NOT_ASKED}


def new(context: Context, kind: Kind, said: Mapping[str, Sequence[str]], *, key: str = "", dry_run: bool = False) -> Drawn:
    """Make a record of a kind from options.

    Args:
        context: the door's.
        kind: any but hazard.
        said: option name → values as typed; words may be said in either language, units by name.
        key: a slug for kinds that take one.
        dry_run: write nothing.

    Raises:
        UsageError: an unknown option, a bad word, something needed is missing: all at once.
        ChangedError: the key is taken.
    """
    with lock(context.root):
        ledger = load(context.root)
        tree, faults = _tree(ledger, kind, said, context.today)
        record_id = _identity(context, ledger, kind, tree, key)
        tree = {"id": record_id, "schema": kind.schema, **tree}
        made = typed(kind, tree, ledger.config.zone)
        faults += [finding.message for finding in made.findings]
        if faults or made.record is None:
            raise UsageError(Text("不能新建{kind}", "cannot make the {kind}", {"kind": KIND_NAMES[kind.name].label}), *faults)
        text = record_text(tree, kind.model.order())
        path = path_of(kind.folder, record_id)
        if not dry_run:
            writer.create(context.root / path, text.encode())
    return Drawn(record_id, path, text)


def _identity(context: Context, ledger: Ledger, kind: Kind, tree: Tree, key: str) -> str:
    if key:
        if not (kind.slug and ids.is_slug(key)):
            raise UsageError(
                Text("“{it}”不能作键：只用小写字母、数字和连字符", "“{it}” is no key: lower-case letters, digits, hyphens", {"it": key})
            )
        if key in ledger.by_id:
            raise UsageError(Text("键 {it} 已被占用", "the key {it} is taken", {"it": key}))
        return key
    own = tree.get(kind.model.own_date) if kind.model.own_date else None
    day = dt.date.fromisoformat(own) if isinstance(own, str) and _is_day(own) else context.today
    prefix = ledger.config.id_prefixes.get(kind.name, kind.prefix)
    return mint(prefix, day, taken(context.root, kind.folder, day))


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _tree(ledger: Ledger, kind: Kind, said: Mapping[str, Sequence[str]], today: dt.date) -> tuple[Tree, list[Text]]:
    """Turn options into fields; everything wrong is told at once."""
    known = options(kind)
    tree: Tree = {}
    faults: list[Text] = []
    for name, values in said.items():
        fact = known.get(name)
        if fact is None:
            near = nearest(list(known), name)
            faults.append(Text("没有选项 --{it}{near}", "no option --{it}{near}", {"it": name, "near": f" (--{near[0]}?)" if near else ""}))
            continue
        field = name.replace("-", "_")
        many = isinstance(kind.model.model_fields[field].default, tuple)
        spoken = list(_split(values)) if many else [values[-1]]
        meant = [_meant(ledger, fact, value, faults) for value in spoken]
        tree[field] = list[Raw](meant) if many else meant[0]
    own = kind.model.own_date
    tree = {**kind.model.assumed, **({own: today.isoformat()} if own in known else {}), **tree}
    return {name: tree[name] for name in kind.model.order() if name in tree}, faults


def _split(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        for separator in ("，", "、", ";", "；"):
            value = value.replace(separator, ",")  # noqa: PLW2901 (people separate names as they please)
        yield from (part.strip() for part in value.split(",") if part.strip())


def _meant(ledger: Ledger, fact: Fact, value: str, faults: list[Text]) -> str:
    """Give the key a word or a name stands for; a word no vocabulary knows is a fault."""
    if fact.words:
        words = ledger.words.get(fact.words, {})
        key = find(words, value)
        if key is None:
            near = nearest([term.zh for term in words.values()], value) or nearest(list(words), value)
            template = Text("{label}没有“{it}”{near}", "{label}: no word “{it}”{near}")
            faults.append(template.of(label=fact.label, it=value, near=f"（{near[0]}？）" if near else ""))
        return key or value
    return ledger.unit_key(value) if fact.ref == "unit" else value


def first_field(kind: Kind) -> str:
    """Name the field that the bare word after the kind fills: its name."""
    return next((name for name in NAMED_FIRST if name in kind.model.model_fields), "remark")
