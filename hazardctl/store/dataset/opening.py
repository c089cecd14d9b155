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
from hazardctl.ledger import Ledger, Unread
from hazardctl.model.config import Config, configured
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.seal import Sealed, sealed
from hazardctl.store.dataset import page
from hazardctl.store.dataset.page import Page
from hazardctl.store.dataset.shelf import Held
from hazardctl.store.dataset.tables import tables
from hazardctl.store.index import Keeper
from hazardctl.store.load import said
from hazardctl.store.reader import parse

DECIDING: Final = ("measures", "policy", "close", "key_periods", "fiscal_year_start", "calendar", "extension", "timezone")
"""Settings on which figures depend: ledgers that differ in one are not taken together."""
NAMED: Final = 3

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
    trees = [_tree(one) for one in pages]
    configs = [_config(one.key, tree) for one, tree in zip(pages, trees, strict=True)]
    _agree(pages, configs)
    together = len(pages) > 1
    config = _config(pages[0].key, _joined(trees, [one.organisation.name for one in configs])) if together else configs[0]
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


def _tree(one: Page) -> Tree:
    tree = parse(one.config.encode(), places=False).tree
    if tree is None:
        raise UnreadableError(_CONFIG.of(key=one.key))
    return tree


def _config(key: str, tree: Tree) -> Config:
    config, _ = configured(tree)
    if config is None:
        raise UnreadableError(_CONFIG.of(key=key))
    return config


def _agree(pages: Sequence[Page], configs: Sequence[Config]) -> None:
    for one, config in zip(pages, configs, strict=True):
        for name in DECIDING:
            if getattr(config, name) != getattr(configs[0], name):
                raise UsageError(_DIFFER.of(a=pages[0].key, b=one.key, name=name), _CHOOSE)


def _joined(trees: Sequence[Tree], names: Sequence[str]) -> Tree:
    """Take configurations together: the first, with the regions, words and people of all."""
    said = [name for name in names if name]
    more = f" (+{len(said) - NAMED})" if len(said) > NAMED else ""
    organisation = {"name": " + ".join(said[:NAMED]) + more} if said else {}
    words: dict[str, dict[str, Raw]] = {}
    for tree in reversed(trees):
        for name, added in _mapping(tree.get("vocabularies")).items():
            words.setdefault(name, {}).update(_mapping(added))
    held: dict[str, Raw] = {name: found for name, key in (("regions", "key"), ("people", "name")) if (found := _listed(trees, name, key))}
    if words:
        held["vocabularies"] = {name: dict(added) for name, added in words.items()}
    return {**trees[0], **held, "organisation": {**_mapping(trees[0].get("organisation")), **organisation}}


def _mapping(value: Raw) -> dict[str, Raw]:
    return dict(value) if isinstance(value, Mapping) else {}


def _listed(trees: Sequence[Tree], name: str, key: str) -> list[Raw]:
    found: dict[Raw, Raw] = {}
    for tree in trees:
        value = tree.get(name)
        for one in value if isinstance(value, list) else []:
            found.setdefault(_mapping(one).get(key), one)
    return list(found.values())


def _seals(one: Page, config: Config) -> list[Sealed]:
    found: list[Sealed] = []
    for path, text in one.seals:
        tree = parse(text.encode(), places=False).tree
        seal = sealed(tree, config.zone)[0] if tree is not None else None
        found += [Sealed(path, seal)] if seal else []
    return found
