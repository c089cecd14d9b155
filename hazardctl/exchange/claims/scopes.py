"""What a figure of a text is about: the sector, campaign, key period, theme, purpose that its sentence, paragraph or heading names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

ANYWHERE: Final = {"accidents": ("sector", "accident"), "funds": ("purpose",)}
"""Families whose figures are told before what they are about: 3 accidents on the road, money for a purpose."""

TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "hazards": ("sector", "campaign", "key", "unit_type"),
    "on_spot": ("sector", "campaign", "key"),
    "due": ("sector", "campaign", "key"),
    "inspections": ("sector", "campaign", "key", "unit_type"),
    "coverage": ("sector", "campaign", "key"),
    "zero_hazard": ("sector", "campaign", "key"),
    "enforcement": ("sector", "campaign", "key"),
    "accidents": ("sector",),
    "registry": ("unit_type",),
    "publicity": ("theme",),
    "programmes": ("theme",),
    "meetings": ("body",),
    "funds": ("purpose",),
    "supplies": ("origin",),
    "campaign": ("campaign",),
    "obligations": ("name",),
}
"""The keys of a scope that the measures of a family are told by in a text."""

_FIELD: Final = r"(?:安全|生产|防火|重点)*(?:行业|领域|方面|企业|单位|系统|[:：]|(?i:sector|industry|field))"
_LABEL: Final = re.compile(
    r"^(?:\d{1,2}[.、](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[-+*#]+)*(?P<label>[^，。；：:\d]{1,24})(?:[：:]|$)"
)
_NUMBERED: Final = re.compile(r"^(?:\d{1,2}[.、](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[-+*#]+)*")
UNKNOWN: Final = re.compile(
    r"[“\"「](?P<quoted>[^“”\"「」，。]{2,20})[”\"」](?=(?:专项|执法|整治|行动|大检查|集中|攻坚)*(?:行动|整治|检查|期间|中))"
    r"|(?P<named>[^，。；：“”（）()]{2,18}?(?:专项行动|专项整治|执法行动|集中整治|大检查|大整治))(?=期间|中，|以来|，)"
)
"""A campaign that nobody told us of: its figures are its own."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a scope in a text: where it begins and ends, which key, which value."""

    start: int
    end: int
    key: str
    value: str


class Lexicon:
    """The names that mean something: of sectors and other words, of campaigns and key periods of a ledger."""

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        """Take (name, key, value); of two with one name and key the first counts."""
        self._known: dict[str, dict[str, str]] = {}
        for name, key, value in names:
            if len(name) > 1:
                self._known.setdefault(key, {}).setdefault(name, value)
        self._patterns = {key: self._pattern(key, list(known)) for key, known in self._known.items()}

    def _pattern(self, key: str, names: list[str]) -> re.Pattern[str]:
        one = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        match key:
            case "sector":  # its names stand in many others, 学校 in that of a school: they count before a word for a field
                return re.compile(rf"(?P<names>(?:{one})(?:(?:、|和|及|与|以及)?(?:{one}))*)(?P<more>等)?(?:{_FIELD}|(?P<accident>事故))")
            case "key":
                return re.compile(rf"(?P<names>{one})(?:重点时段)?(?:期间|假期|前后|时段|[（(：:，])")
            case _:
                return re.compile(rf"(?P<names>(?:{one})(?:(?:、|和|及|与|以及)(?:{one}))*)(?P<more>等)?")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Give what a text names, in reading order for each key."""
        for key, pattern in self._patterns.items():
            for found in pattern.finditer(text):
                groups, values = found.groupdict(), list(dict.fromkeys(self._values(key, found["names"])))
                if not groups.get("more") and (key == "sector" or len(values) == 1):
                    yield Mention(found.start(), found.end(), "accident" if groups.get("accident") else key, "+".join(values))
        if "campaign" not in self._known or not any(one in text for one in self._known["campaign"]):
            for found in UNKNOWN.finditer(text):
                yield Mention(found.start(), found.end(), "campaign", "?" + (found["quoted"] or found["named"]))

    def _values(self, key: str, names: str) -> Iterator[str]:
        known = self._known[key]
        while names:
            one = next((name for name in sorted(known, key=len, reverse=True) if names.startswith(name)), "")
            if one:
                yield known[one]
            names = names[len(one) or 1 :]

    def label(self, text: str) -> Iterator[Mention]:
        """Give what the label at the head of a paragraph, or a heading, names as a whole."""
        found = _LABEL.match(text)
        if found is None:
            return
        words = found["label"]
        for key, known in self._known.items():
            for end in ("", "领域", "行业", "行业领域", "安全", "方面", "企业", "一级"):
                bare = words.removesuffix(end)
                if bare in known:
                    yield Mention(0, len(words), key, known[bare])
                    break

    def head(self, text: str) -> Iterator[Mention]:
        """Give the campaign that a paragraph begins with."""
        bare = text[len(_NUMBERED.match(text)[0]) :] if _NUMBERED.match(text) else text  # type: ignore[index]
        for name, value in sorted(self._known.get("campaign", {}).items(), key=lambda one: -len(one[0])):
            if bare.startswith(name):
                yield Mention(0, len(name), "campaign", value)
                return
