"""Records of any kind: found by id, key or the end of an id, and laid out whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.day import day
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import ids
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.reports.facts import page
from hazardctl.sheet import Sheet
from hazardctl.store.load import load
from hazardctl.vocabulary import nearest

MOST: Final = 8
UNKNOWN: Final = Text("没有以“{it}”结尾的记录", "no record whose id ends in {it}")
AMBIGUOUS: Final = Text("“{it}”对应 {n} 条记录：{ids}", "{it} stands for {n} records: {ids}")
MEANT: Final = Text("是否想写：{ids}", "did you mean: {ids}")


def pages(context: Context, typed: Sequence[str], *, as_of: str = "") -> tuple[Sheet, ...]:
    """Show records of any kind, each once, in the order named.

    Args:
        context: which ledger, which day.
        typed: ids or their ends, keys of units.
        as_of: the day whose history is shown; today without one.

    Raises:
        UsageError: a text that names no record, or several; all of them at once.
        UnreadableError: the configuration cannot be read.
    """
    ledger = load(context.root)
    faults: list[Text] = []
    entries = {entry.path: entry for text in typed for entry in named(ledger, text, faults)}
    if faults:
        raise UsageError(faults[0], *faults[1:])
    on = day(as_of, today=context.today) if as_of else context.today
    return tuple(page(entry, ledger, on) for entry in entries.values())


def named(ledger: Ledger, text: str, faults: list[Text]) -> Iterator[Entry[Record]]:
    """Give the one record a text names; otherwise say why not, in `faults`."""
    slug, wanted = text.strip().lower(), ids.typed_by_hand(text)
    exact = ledger.by_id.get(slug) or ledger.by_id.get(wanted)
    found = [exact] if exact else [one for key, one in ledger.by_id.items() if wanted and ids.is_id(key) and key.endswith(wanted)]
    if len(found) == 1:
        yield found[0]
    elif found:
        faults.append(AMBIGUOUS.of(it=text, n=len(found), ids=[one.record.id for one in found[:MOST]]))
    else:
        faults.append(UNKNOWN.of(it=text))
        near = nearest(ledger.by_id, wanted) or nearest(ledger.units, slug)
        faults += [MEANT.of(ids=near)] if near else []
