"""A data set opened as a ledger: one of its ledgers, or several taken together."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from hazardctl.base import Base
from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.agreed import CONVENTIONS, agreed
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.model.seal import Sealed, sealed
from hazardctl.model.settings import Person
from hazardctl.shelf import Unread
from hazardctl.store.dataset import page
from hazardctl.store.dataset.page import Page
from hazardctl.store.dataset.shelf import Held
from hazardctl.store.dataset.tables import tables
from hazardctl.store.index import Keeper
from hazardctl.store.load import said
from hazardctl.store.reader import parse

DECIDING: Final = (*CONVENTIONS, "key_periods")
"""Settings on which figures depend: ledgers that differ in one are not taken together."""

_CONFIG: Final = Text("台账“{key}”的配置无效，须重新导出", 'the configuration of the ledger "{key}" is invalid: export it again')
_DIFFER: Final = Text(
    "“{a}”和“{b}”的设置 {name} 不同，数字不能合在一起", '"{a}" and "{b}" differ in the setting {name}: their figures do not add up'
)
_CHOOSE: Final = Text("用 --ledger-key 选出设置相同的台账", "choose ledgers that agree with --ledger-key")


def opened(
    data: Path, keys: Sequence[str], keeper: Keeper, engine: Callable[[Mapping[str, Sequence[Path]], Mapping[str, str]], Base]
) -> Ledger:
    """Open ledgers of a data set, taken together where there are several.

    Args:
        data: the folder of the data set.
        keys: names of the ledgers; all without any.
        keeper: the relations that questions are asked of.
        engine: makes what asks them, from the files and the columns of each relation.

    Raises:
        UnreadableError: there is no data set, or a part of it is damaged or of another version.
        UsageError: there is no such ledger, or those asked differ in a setting on which figures depend.
        MissingExtraError: the engine is not installed.
    """
    declared = tables(keeper)
    pages = page.pages(data, keys, page.form(declared))
    configs = {one.key: _config(one) for one in pages}
    _agree(configs)
    config = configs[pages[0].key] if len(pages) == 1 else _joined(configs)
    files: dict[str, list[Path]] = {}
    for name, found in itertools.chain.from_iterable(one.files.items() for one in pages):
        files.setdefault(name, []).extend(data / file.path for file in found)
    return Ledger(
        config,
        Held(engine(files, declared), functools.partial(said, config)),
        tuple(Unread(_at(one, pages, it.path), it.kind, (it.finding(),)) for one in pages for it in one.unread),
        tuple((_at(one, pages, it.path), it.finding()) for one in pages for it in one.strays),
        pages[0].commit if len(pages) == 1 else "",
        seals=tuple(_seals(pages[0], config)) if len(pages) == 1 else (),
    )


def _at(one: Page, pages: Sequence[Page], path: str) -> str:
    return path if len(pages) == 1 else f"{one.key}:{path}"


def _config(one: Page) -> Config:
    tree = parse(one.config.encode(), places=False).tree
    config = configured(tree)[0] if tree is not None else None
    if config is None:
        raise UnreadableError(_CONFIG.of(key=one.key))
    return config


def _agree(configs: Mapping[str, Config]) -> None:
    first, *others = configs
    for name in DECIDING:
        for other in others:
            if getattr(configs[other], name) != getattr(configs[first], name):
                raise UsageError(_DIFFER.of(a=first, b=other, name=name), _CHOOSE)


def _joined(configs: Mapping[str, Config]) -> Config:
    """Take configurations together as a roll-up does, with the people of all."""
    said = tuple(Reporter(key=key, source=key, name=one.organisation.name or key) for key, one in configs.items())
    people: dict[str, Person] = {}
    for one in (person for config in configs.values() for person in config.people):
        people.setdefault(one.name, one)
    config = agreed(Rollup(schema_="rollup/1", ledgers=said), configs)
    return config.but(people=tuple(people.values()))


def _seals(one: Page, config: Config) -> list[Sealed]:
    found: list[Sealed] = []
    for path, text in one.seals:
        tree = parse(text.encode(), places=False).tree
        seal = sealed(tree, config.zone)[0] if tree is not None else None
        found += [Sealed(path, seal)] if seal else []
    return found
