"""A configuration taken apart into single settings, and a value as the file would write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from hazardctl.model.section import Section


def flat(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Walk a configuration down to its values by dotted key; a list counts as one value."""
    if not isinstance(value, Section):
        yield name, value
        return
    for key, part in value.items():
        yield from flat(part, f"{name}.{key}" if name else key)


def shown(value: object) -> str:
    """Write a value the way the file would: flags as true and false, lists and parts in brackets."""
    match value:
        case Section():
            return shown({key: part for key, part in value.items() if part not in ("", (), None)})
        case tuple() | list():
            return f"[{', '.join(shown(part) for part in cast('Sequence[object]', value))}]"
        case Mapping():
            return f"{{{', '.join(f'{key}: {shown(part)}' for key, part in cast('Mapping[str, object]', value).items())}}}"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
