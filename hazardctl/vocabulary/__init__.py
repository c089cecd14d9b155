"""The words of the field, once, in both languages (DOMAIN sections 1 and 8).

Nothing here decides anything: rules, commands and reports ask for the key or the name of a term, so that a term is never
typed a second time. A ledger may add words of its own; the configuration joins them to `BUILT_IN`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hazardctl.vocabulary import life, words, works
from hazardctl.vocabulary.kinds import KIND_NAMES, PREFIXES
from hazardctl.vocabulary.life import ACTS, CONDITIONS, FLAGS, GRADES, OPEN_STATES, PLAN_ITEMS, STATES, VERBS
from hazardctl.vocabulary.nouns import NOUNS
from hazardctl.vocabulary.term import Term, find, folded, nearest, terms
from hazardctl.vocabulary.words import CATEGORIES, CAUSES, ENFORCEMENT_KINDS, LEVELS, SECTORS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN: Final[Mapping[str, Mapping[str, Term]]] = MappingProxyType(
    {
        "kinds": KIND_NAMES,
        "states": STATES,
        "flags": FLAGS,
        "conditions": CONDITIONS,
        "record_conditions": life.RECORD_CONDITIONS,
        "verbs": VERBS,
        "grades": GRADES,
        "stops": life.STOPS,
        "withdraw_reasons": life.WITHDRAW_REASONS,
        "close_reasons": life.CLOSE_REASONS,
        "supervise_levels": life.SUPERVISE_LEVELS,
        "decisions": life.DECISIONS,
        "results": life.RESULTS,
        "plan_items": PLAN_ITEMS,
        "evidence_kinds": life.EVIDENCE_KINDS,
        "roles": life.PARTY_ROLES,
        "people_roles": life.PEOPLE_ROLES,
        "approximations": life.APPROXIMATIONS,
        "presets": life.PRESETS,
        "sectors": SECTORS,
        "categories": CATEGORIES,
        "cause_codes": CAUSES,
        "sources": SOURCES,
        "levels": LEVELS,
        "unit_kinds": words.UNIT_KINDS,
        "unit_types": words.UNIT_TYPES,
        "risk_grades": words.RISK_GRADES,
        "inspection_kinds": words.INSPECTION_KINDS,
        "ranks": words.RANKS,
        "selections": words.SELECTIONS,
        "signatures": words.SIGNATURES,
        "enforcement_kinds": ENFORCEMENT_KINDS,
        "enforcement_subs": words.ENFORCEMENT_SUBS,
        "accident_types": words.ACCIDENT_TYPES,
        "accident_classes": words.ACCIDENT_CLASSES,
        "activity_kinds": works.ACTIVITY_KINDS,
        "themes": works.THEMES,
        "bodies": works.BODIES,
        "venues": works.VENUES,
        "resource_kinds": works.RESOURCE_KINDS,
        "purposes": works.PURPOSES,
        "team_kinds": works.TEAM_KINDS,
        "origins": works.ORIGINS,
        "document_kinds": works.DOCUMENT_KINDS,
        "document_levels": works.DOCUMENT_LEVELS,
        "risk_point_types": works.RISK_POINT_TYPES,
        "risk_methods": works.RISK_METHODS,
        "cycles": works.CYCLES,
        "owner_levels": works.OWNER_LEVELS,
        "channels": works.CHANNELS,
        "tip_results": works.TIP_RESULTS,
        "tally_presets": works.TALLY_PRESETS,
        "target_kinds": works.TARGET_KINDS,
        "frequencies": works.FREQUENCIES,
        "regulator_kinds": works.REGULATOR_KINDS,
    }
)
"""Every vocabulary by its name; the name is what `vocabularies:` of the configuration and the model's fields refer to."""

__all__ = [
    "ACTS",
    "BUILT_IN",
    "CATEGORIES",
    "CAUSES",
    "CONDITIONS",
    "ENFORCEMENT_KINDS",
    "FLAGS",
    "GRADES",
    "KIND_NAMES",
    "LEVELS",
    "NOUNS",
    "OPEN_STATES",
    "PLAN_ITEMS",
    "PREFIXES",
    "SECTORS",
    "SOURCES",
    "STATES",
    "VERBS",
    "Term",
    "find",
    "folded",
    "nearest",
    "terms",
]
