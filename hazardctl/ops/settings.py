"""Each setting and where its value came from: option, environment, `hazardctl.yaml`, built-in (EXPERIENCE §2.3 `config`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.flat import flat, shown
from hazardctl.model.migrations import CONFIG
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops.changes import Change, of_today, write
from hazardctl.ops.context import Context
from hazardctl.sheet import Column, Sheet, Table
from hazardctl.store.emit import scalar
from hazardctl.store.files import read_file
from hazardctl.store.load import load_config
from hazardctl.store.lock import lock
from hazardctl.store.reader import parse
from hazardctl.store.root import CONFIG_FILE
from hazardctl.vocabulary import nearest

FILE: Final = Text("文件", "file")
BUILT_IN: Final = Text("默认", "built-in")
BY_HAND: Final = Text("不能用命令设置 {it}，请编辑 {file}", "{it} cannot be set here; edit {file}")
MESSAGE: Final = Text("设置 {key} 为 {value}", "set {key} to {value}")
REFUSED: Final = Text("{key} 不能设为“{it}”", "{key} cannot be “{it}”")


def settings(context: Context, key: str = "") -> Sheet:
    """Lay out every setting, or those at and below a key, with the source of each.

    Raises:
        UsageError: no such key; the nearest ones are named.
        UnreadableError: the configuration is invalid.
    """
    config = load_config(context.root)
    tree = parse(read_file(context.root / CONFIG_FILE, context.root)).tree or {}
    rows = [(name, shown(value), _source(tree, name)) for name, value in flat(config)]
    chosen = [row for row in rows if not key or row[0] == key or row[0].startswith(f"{key}.")]
    if not chosen:
        near = nearest([row[0] for row in rows] + [row[0].partition(".")[0] for row in rows], key)
        raise UsageError(
            Text("没有设置项 {it}", "no setting {it}", {"it": key}),
            *(Text("相近：{it}", "did you mean {it}", {"it": one}) for one in near[:3]),
        )
    door = [] if key else [(f"({name})", value, plain(context.why.get(name, ""))) for name, value in _at_the_door(context)]
    columns = (
        Column("key", Text("设置", "setting"), fixed=True),
        Column("value", Text("值", "value")),
        Column("source", Text("来源", "source")),
    )
    table = Table("settings", columns, (*door, *chosen))
    data = {name: {"value": value, "source": source.en} for name, value, source in chosen}
    title = Text("配置  {it}", "configuration  {it}", {"it": str(context.root / CONFIG_FILE)})
    return Sheet("config", title, blocks=(table,), data={"settings": data}, main="settings")


def _at_the_door(context: Context) -> Iterator[tuple[str, str]]:
    yield "root", str(context.root)
    yield "today", context.today.isoformat()
    yield "actor", context.actor
    yield "language", context.language


def _source(tree: Tree, name: str) -> Text:
    place: Raw = tree
    for part in name.split("."):
        if not isinstance(place, dict) or place.get(part) is None:
            return BUILT_IN
        place = place[part]
    return FILE


def schema_keys() -> tuple[str, ...]:
    """Name every setting, for completion."""
    return tuple(name for name, _ in flat(Config()))


def change(context: Context, key: str, value: str, *, commit: bool | None = None) -> tuple[str, str, str]:
    """Set one value in `hazardctl.yaml`; every other byte stays.

    Args:
        context: the door's.
        key: dotted, e.g. `measures.preset`.
        value: as it is written in the file.
        commit: True or False as asked, None as configured before the change.

    Returns:
        The value before and after, as written, and the commit or the empty string.

    Raises:
        UsageError: no such key, a key that holds several values, or a value the configuration refuses; nothing was written.
        ForbiddenError: the file is of an older schema.
    """
    was = load_config(context.root)
    of_today(CONFIG_FILE, CONFIG, was.schema_)
    before = dict(flat(was))
    if key not in before or isinstance(before[key], tuple | dict):
        near = nearest(list(before), key)[:3]
        hints = [Text("相近：{it}", "did you mean {it}", {"it": near})] if near else []
        raise UsageError(BY_HAND.of(it=key, file=CONFIG_FILE), *hints)
    path = context.root / CONFIG_FILE
    with lock(context.root):
        data = read_file(path, context.root)
        new = edited(data, tuple(key.split(".")), scalar(value) if isinstance(before[key], str) else value)
        config, findings = configured(parse(new).tree or {})
        if config is None:
            raise UsageError(REFUSED.of(key=key, it=value), *(finding.message for finding in findings))
        if new == data:
            return shown(before[key]), shown(before[key]), ""
        message = MESSAGE.of(key=key, value=value)
        made = write(context, was, [Change(CONFIG_FILE, data, new)], message, act="config", commit=commit)
    return shown(before[key]), shown(dict(flat(config))[key]), made.commit


def edited(data: bytes, trail: tuple[str, ...], written: str) -> bytes:
    """Put a value where a trail of keys leads, as text: into the line that holds it, or as a new line where there is none."""
    parsed = parse(data)
    text = data.decode("utf-8")
    place = parsed.places.get(trail)
    lines = text.split("\n")
    if place is not None:
        line = lines[place.line - 1]
        lines[place.line - 1] = line[: place.column - 1] + written + line[place.end_column - 1 :]
        return "\n".join(lines).encode()
    if len(trail) == 1:
        return f"{text.rstrip()}\n{trail[0]}: {written}\n".encode()
    parent = parsed.places.get(trail[:1])
    if parent is None:
        return f"{text.rstrip()}\n{trail[0]}: {{{trail[1]}: {written}}}\n".encode()
    line = lines[parent.line - 1]
    if line[parent.column - 1 : parent.column] == "{":
        inside = ", " if line[parent.column :].lstrip()[:1] != "}" else ""
        lines[parent.line - 1] = f"{line[: parent.column]}{trail[1]}: {written}{inside}{line[parent.column :]}"
    else:
        lines.insert(parent.line - 1, f"{' ' * (parent.column - 1)}{trail[1]}: {written}")
    return "\n".join(lines).encode()
