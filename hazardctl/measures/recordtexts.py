"""What a search looks at in a record, and the entries of its mappings with free keys: two relations of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from hazardctl.ledger import Ledger, folded
from hazardctl.measures.relations import Row
from hazardctl.model.fields import Part
from hazardctl.model.kinds import Kind
from hazardctl.model.parts import fields, parts


def words(kind: Kind, ledger: Ledger) -> Iterator[Row]:
    """Give what people wrote in each record, and the names of the units it names, folded for a search."""
    for key, entry in enumerate(ledger.of(kind.name)):
        said = [entry.record.id, *(text for holder in parts(entry.record) for text in _said(holder.value, ledger))]
        yield (key, "\n".join(folded(text) for text in said))


def _said(part: Part, ledger: Ledger) -> Iterator[str]:
    for one in fields(type(part)):
        value: object = getattr(part, one.attribute)
        texts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for text in texts if not one.fact.words else ():
            if isinstance(text, str) and text:
                yield text
                if one.fact.ref == "unit":
                    yield ledger.unit_name(text)


def maps(kind: Kind, ledger: Ledger) -> Iterator[Row]:
    """Give the entries of the mappings with free keys."""
    for key, entry in enumerate(ledger.of(kind.name)):
        for one in fields(kind.model):
            value: object = getattr(entry.record, one.attribute)
            pairs = cast("Mapping[str, object]", value).items() if isinstance(value, Mapping) else ()
            unit = one.fact.ref == "unit"
            yield from ((key, one.name, ledger.unit_key(name) if unit else name, str(said)) for name, said in pairs)
