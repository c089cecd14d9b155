"""Text in the two languages of the program, chosen at the door.

Every sentence of ours stands in the code once, Chinese and English side by side, so that neither can be forgotten and a
reviewer sees both (docs/adr/0002). Below the door nobody knows which one a person will read: a message travels as a
`Text` and is said in one language only when it is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, cast

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages, with the values that fill its braces.

    Values may be `Text` themselves, days, numbers, strings or sequences of these; data never becomes part of a template,
    so braces typed by people are harmless.

    Examples:
        >>> Text("{n} 条", "{n} records").of(n=3).say("en")
        '3 records'
    """

    zh: str
    en: str
    values: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)

    def of(self, **values: object) -> Text:
        """Give the same sentence with its braces filled."""
        return Text(self.zh, self.en, {**self.values, **values})

    def say(self, language: Language) -> str:
        """Give the sentence in one language."""
        template = self.zh if language == "zh" else self.en
        if not self.values:
            return template
        return template.format(**{name: spoken(value, language) for name, value in self.values.items()})


def spoken(value: object, language: Language) -> str:
    """Say any value: a `Text` in the language, a day in ISO form, a sequence joined as the language joins."""
    match value:
        case Text():
            return value.say(language)
        case str():
            return value
        case dt.date():
            return value.isoformat()
        case Decimal() | int() | float():
            return str(value)
        case None:
            return ""
        case Iterable():
            parts = cast("Iterable[object]", value)
            return ("、" if language == "zh" else ", ").join(spoken(part, language) for part in parts)
        case _:
            return str(value)


def plain(text: str) -> Text:
    """Wrap data (an id, a name, a path) that reads the same in both languages."""
    return Text("{it}", "{it}", {"it": text})
