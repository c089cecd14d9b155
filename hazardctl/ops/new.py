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
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model import ids
from hazardctl.model.fields import Fact, as_day, as_flag, facts
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Tree
from hazardctl.model.record import HEAD, TAIL
from hazardctl.model.shape import shapes
from hazardctl.model.typed import typed
from hazardctl.ops.beside import headed
from hazardctl.ops.changes import Change, write
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.saying import Saying
from hazardctl.store.emit import record_text
from hazardctl.store.layout import mint, path_of, taken
from hazardctl.store.load import load
from hazardctl.store.lock import lock
from hazardctl.vocabulary import BUILT_IN, KIND_NAMES, find, nearest

NOT_ASKED: Final = frozenset({"id", "schema", "history", "waivers", "approx", "external_ids"})
NAMED_FIRST: Final = ("name", "title", "subject", "content", "measure", "period", "unit", "units")
UNNAMED: Final = "?"
MADE: Final = Text("新建{kind} {id}", "new {kind} {id}")
NO_KEY: Final = Text(
    "“{it}”不能作键：只用小写字母、数字和连字符，且不是 Windows 的设备名（con、nul 等）",
    "“{it}” is no key: lower-case letters, digits, hyphens, and no name that Windows has for a device (con, nul and the like)",
)
FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record that was made, or would be with a dry run: its id, its path, its text, the commit or the empty string."""

    id: str
    path: str
    text: str
    commit: str = ""


def kind_named(text: str, *, hazards: bool = False) -> Kind:
    """Find a kind by its name, in either language; hazards only where they are meant too.

    Raises:
        UsageError: there is none; the kinds are listed.
    """
    key = find({name: KIND_NAMES[name] for name in BY_NAME}, text)
    if key is None or (key == "hazard" and not hazards):
        hints = [Text("可选：{it}", "one of: {it}", {"it": tuple(BY_NAME) if hazards else kinds()})]
        hints += [] if hazards else [Text("登记隐患用  hazardctl add", "for a hazard  hazardctl add")]
        raise UsageError(Text("没有“{it}”这类记录", "no kind of record “{it}”", {"it": text}), *hints)
    return BY_NAME[key]


def kinds() -> tuple[str, ...]:
    """Name the kinds `new` makes; hazards have `add`."""
    return tuple(name for name in BY_NAME if name != "hazard")


def options(kind: Kind) -> Mapping[str, Fact]:
    """Give what may be said of a new record of a kind, its own fields first: option name → what the field means."""
    known = facts(kind.model)
    own = [name for name in known if name not in {*HEAD, *TAIL}]
    return {name.replace("_", "-"): known[name] for name in (*own, *known) if name not in NOT_ASKED}


def new(
    context: Context, kind: Kind, said: Mapping[str, Sequence[str]], *, key: str = "", dry_run: bool = False, commit: bool | None = None
) -> Drawn:
    """Make a record of a kind from options.

    Args:
        context: the door's.
        kind: any but hazard.
        said: option name → values as typed; words may be said in either language, units by name.
        key: a slug for kinds that take one.
        dry_run: write nothing.
        commit: True or False as asked, None as configured.

    Raises:
        UsageError: an unknown option, a bad word, something needed is missing: all at once.
        ChangedError: the key is taken.
    """
    with lock(context.root):
        ledger = load(context.root, keeper=keeper(context))
        tree, faults = _tree(context, ledger, kind, said)
        made = typed(kind, {"id": UNNAMED, "schema": kind.schema, **tree}, ledger.config.zone)
        faults += [finding.message for finding in made.findings]
        if faults or made.record is None:
            raise UsageError(Text("不能新建{kind}", "cannot make the {kind}", {"kind": KIND_NAMES[kind.name].label}), *faults)
        record_id = _identity(context, ledger, kind, made.record.day, key)
        tree = {"id": record_id, "schema": kind.schema, **tree}
        path = path_of(kind.folder, record_id)
        text = headed(ledger.config, context.root, kind.name, path, record_text(tree, kind.model.order()))
        if dry_run:
            return Drawn(record_id, path, text)
        message = MADE.of(kind=KIND_NAMES[kind.name].label, id=ids.short(record_id))
        written = write(context, ledger.config, [Change(path, None, text.encode())], message, act="new", commit=commit)
    return Drawn(record_id, path, text, written.commit)


def _identity(context: Context, ledger: Ledger, kind: Kind, day: dt.date | None, key: str) -> str:
    """Give the key asked for, or an id of the record's own day."""
    if key:
        if not (kind.slug and ids.is_slug(key)):
            raise UsageError(NO_KEY.of(it=key))
        if key in ledger.by_id:
            raise UsageError(Text("键 {it} 已被占用", "the key {it} is taken", {"it": key}))
        return key
    day = day or context.today
    prefix = ledger.config.id_prefixes.get(kind.name, kind.prefix)
    return mint(prefix, day, taken(context.root, kind.folder, day))


def _tree(context: Context, ledger: Ledger, kind: Kind, said: Mapping[str, Sequence[str]]) -> tuple[Tree, list[Text]]:
    """Turn options into fields; everything wrong is told at once."""
    known = options(kind)
    saying = Saying(ledger, context.today)
    tree: Tree = usual(context, ledger, kind)
    for name, values in said.items():
        if name in known:
            field = name.replace("-", "_")
            tree[field] = saying.value(kind.model, field, values)
        else:
            near = nearest(list(known), name)
            near_by = f" (--{near[0]}?)" if near else ""
            saying.faults.append(Text("没有选项 --{it}{near}", "no option --{it}{near}", {"it": name, "near": near_by}))
    return {name: tree[name] for name in kind.model.order() if tree.get(name) not in (None, [])}, saying.faults


def usual(context: Context, ledger: Ledger, kind: Kind) -> Tree:
    """Give what holds unless it is said: today, who acts, whose ledger it is, and what the kind assumes."""
    model = kind.model
    usual: Tree = dict(model.assumed)
    if _dated(kind):
        usual[model.own_date] = context.today.isoformat()
    if "by" in model.model_fields:
        usual["by"] = context.actor or None
    ours = ledger.config.organisation.name
    return {**usual, **{name: ledger.unit_key(ours) for name in model.ours if ours}}


def _dated(kind: Kind) -> bool:
    """Say whether the date in its ids is a day, which is today unless said."""
    return kind.model.own_date != "" and shapes(kind.model)[kind.model.own_date].reader is as_day


def flags(kind: Kind) -> frozenset[str]:
    """Name the options that are true by being named."""
    return frozenset(name.replace("_", "-") for name, shape in shapes(kind.model).items() if shape.reader is as_flag)


def described(kind: Kind) -> Iterator[tuple[str, Text]]:
    """Give each option with what it means: its label, whether it is needed, its words where they are few."""
    expected = {*kind.model.assumed, *kind.model.ours, *([kind.model.own_date] if _dated(kind) else [])}
    for name, fact in options(kind).items():
        words = BUILT_IN.get(fact.words, {})
        few = Text("：{it}", ": {it}").of(it=[term.label for term in words.values()]) if 0 < len(words) <= FEW else plain("")
        need = Text("（必填）", " (needed)") if fact.required and name not in expected else plain("")
        yield f"--{name}", Text("{label}{need}{words}", "{label}{need}{words}").of(label=fact.label, need=need, words=few)


def first_field(kind: Kind) -> str:
    """Name the field that the bare word after the kind fills: its name."""
    return next((name for name in NAMED_FIRST if name in kind.model.model_fields), "remark")
