"""The kinds of record where one may be named: offered while somebody types, and listed below the help of a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import typer

from hazardctl.cli.lazy import listing
from hazardctl.language import Language, Text

HEADING: Final = Text("记录种类", "kinds of record")


def kind_names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the kinds of record, with their names beside them."""
    from hazardctl.cli import door
    from hazardctl.vocabulary.kinds import KIND_NAMES

    language = door.of(ctx).language
    return [(name, term.label.say(language)) for name, term in KIND_NAMES.items() if name.startswith(incomplete)]


def kinds_listed(_: Sequence[str], language: Language, *, hazards: bool = True) -> list[str]:
    """List the kinds below a help page, with the prefixes of their ids; their Chinese names are accepted as well."""
    from hazardctl.vocabulary.kinds import KIND_NAMES, PREFIXES

    said = Text("{it}（{prefix}）", "{it} ({prefix})")
    prefixes = {kind: prefix for prefix, (kind, _) in PREFIXES.items()}
    terms = [term for term in KIND_NAMES.values() if hazards or term.key != "hazard"]
    rows = [(term.key, said.of(it=term.label, prefix=prefixes[term.key]).say(language)) for term in terms]
    return ["", HEADING.say(language), *listing(rows)]
