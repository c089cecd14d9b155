"""The configuration of several ledgers counted together: what the roll-up says, else what they agree on, else the usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hazardctl.model.config import Config
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.model.settings import Organisation, Region, Vocabularies, Word

USUAL: Final = "-"
"""How a setting is written that a ledger leaves at its default."""
CONVENTIONS: Final = ("timezone", "fiscal_year_start", "calendar", "policy", "close", "measures")
"""What decides how is counted, by its name in a configuration."""


def agreed(rollup: Rollup, configs: Mapping[str, Config]) -> Config:
    """Give the configuration of a pool.

    Args:
        rollup: its ledgers, sorted by key.
        configs: of those that could be read, by key.
    """
    regions = tuple(_tree(rollup, configs))
    return Config(
        organisation=_organisation(rollup, configs, regions),
        language=_settled("language", rollup, configs),
        regions=regions,
        vocabularies=_vocabularies(configs),
        key_periods=tuple(_key_periods(rollup, configs)),
        **{name: _settled(name, rollup, configs) for name in CONVENTIONS},
    )


def _settled(name: str, rollup: Rollup, configs: Mapping[str, Config]) -> Any:  # noqa: ANN401 (each setting has a type of its own)
    """Give one setting: as the roll-up states it, as all have it, or the usual one."""
    if stated := getattr(rollup, name, None):
        return stated
    said = [getattr(one, name) for one in configs.values()]
    return said[0] if said and all(one == said[0] for one in said) else getattr(Config(), name)


def differing(name: str, configs: Mapping[str, Config]) -> dict[str, list[str]]:
    """Give each value that a setting has, as text, with the ledgers that have it; nothing where all agree."""
    found: dict[str, list[str]] = {}
    for key, one in configs.items():
        held = getattr(one, name)
        said = held if isinstance(held, str) else ", ".join(f"{part}: {value}" for part, value in held.said().items())
        found.setdefault(said or USUAL, []).append(key)
    return found if len(found) > 1 else {}


# --------------------------------------------------------------------------------------------------------------------- regions


def _tree(rollup: Rollup, configs: Mapping[str, Config]) -> Iterator[Region]:
    """Give every region of every ledger once; the region of each ledger hangs below that of the office."""
    known: dict[str, Region] = {}
    for config in configs.values():
        for region in config.regions:
            if region.key not in known or (region.parent and not known[region.key].parent):
                known[region.key] = region
    home = rollup.organisation.region
    if home and home not in known:
        known = {home: Region(key=home, name=rollup.organisation.name or home, level=rollup.organisation.level), **known}
    for one in rollup.ledgers:
        key = region_of(one, configs)
        if key and key not in known:
            known[key] = Region(key=key, name=one.name or key, level=one.level, parent=home)
        elif key and key != home and home and not known[key].parent:
            known[key] = known[key].but(parent=home)
    yield from known.values()


def region_of(one: Reporter, configs: Mapping[str, Config]) -> str:
    """Give the region a ledger is of: as the roll-up says, else as the ledger does."""
    return one.region or (configs[one.key].organisation.region if one.key in configs else "")


def _organisation(rollup: Rollup, configs: Mapping[str, Config], regions: tuple[Region, ...]) -> Organisation:
    """Give whose pool it is: as stated, else the region right above those of the ledgers, else their names."""
    said = rollup.organisation
    parents = {one.key: one.parent for one in regions}
    above = {parents.get(region_of(one, configs), "") for one in rollup.ledgers}
    shared = above.pop() if len(above) == 1 else ""
    named = next((one.name for one in regions if one.key == (said.region or shared)), "")
    name = said.name or named or "、".join(one.name or one.key for one in rollup.ledgers)
    return said.but(name=name, region=said.region or shared)


# ---------------------------------------------------------------------------------------------------------------- vocabularies


def _vocabularies(configs: Mapping[str, Config]) -> Vocabularies:
    """Give the words of all; where two mean different things, those of the first ledger by key stand, and it is a finding."""
    grades: dict[str, str] = {}
    added: dict[str, dict[str, Word]] = {}
    for config in configs.values():
        grades = {**config.vocabularies.local_grades, **grades}
        for name, words in config.vocabularies.added().items():
            added[name] = {**words, **added.get(name, {})}
    return Vocabularies(local_grades=grades, own=added)


def _key_periods(rollup: Rollup, configs: Mapping[str, Config]) -> Iterator[Any]:
    """Give the key periods: as stated, else those that no two ledgers date differently."""
    if rollup.key_periods:
        yield from rollup.key_periods
        return
    found: dict[str, set[Any]] = {}
    for config in configs.values():
        for one in config.key_periods:
            found.setdefault(one.id, set()).add(one)
    yield from (next(iter(same)) for same in found.values() if len(same) == 1)
