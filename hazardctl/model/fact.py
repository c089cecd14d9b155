"""What a field means in words: its labels, when it is needed, its vocabulary, the kind of record it names."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack

from pydantic import BaseModel, Field

from hazardctl.language import Text

Need = Literal["always", "should", "major", ""]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a field means.

    Attributes:
        zh: label in Chinese.
        en: label in English.
        need: `always`; `should`; `major` (always for a major hazard); or empty.
        words: name of the vocabulary its value is taken from, or empty.
        ref: kind of record its value names (`unit`, `hazard`, …), or empty. In a mapping the vocabulary is that of the values,
            and what the keys name is the kind.
        when: `FIELD: WORD WORD` where it is needed only while another field holds one of these words, or empty.
        unless: fields, apart by blanks, any of which stands in its place, or empty.
        after: the day it may not lie before (HZ311), a field beside it, or empty.
        code: the rule that says so where it is needed and absent.
    """

    zh: str
    en: str
    need: Need = ""
    words: str = ""
    ref: str = ""
    when: str = ""
    unless: str = ""
    after: str = ""
    code: str = "HZ006"

    @property
    def label(self) -> Text:
        """Give the label in both languages."""
        return Text(self.zh, self.en)

    @property
    def condition(self) -> tuple[str, tuple[str, ...]]:
        """Give the field that decides whether this one is needed, and its words; both empty without a condition."""
        name, _, words = self.when.partition(":")
        return name, tuple(words.split())

    @property
    def instead(self) -> tuple[str, ...]:
        """Name the fields that may stand in its place."""
        return tuple(self.unless.split())

    @property
    def required(self) -> bool:
        """Say whether it is needed whatever else the record says."""
        return self.need == "always" and not self.when and not self.unless


class More(TypedDict, total=False):
    """What a declaration may add, as in `Fact`."""

    words: str
    ref: str
    when: str
    unless: str
    after: str
    code: str


def fact(zh: str, en: str, default: object = "", *, need: Need = "", **more: Unpack[More]) -> Any:  # noqa: ANN401 (pydantic's own signature)
    """Declare a field: its labels, whether and when it is needed, its vocabulary, the kind it refers to (see `Fact`).

    A needed field still has a default: a record that lacks it is a finding (HZ006), and goes on counting
    (docs/adr/0005).
    """
    extra: dict[str, Any] = {"zh": zh, "en": en, "need": need, "words": "", "ref": "", **more}
    return Field(default=default, description=f"{zh} / {en}", json_schema_extra=extra)


@functools.cache
def facts(model: type[BaseModel]) -> Mapping[str, Fact]:
    """Give what each field of a model means, by the name written in files, in the order of declaration."""
    found: dict[str, Fact] = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and "zh" in extra:
            found[info.alias or name] = Fact(**extra)  # type: ignore[arg-type]
    return found
