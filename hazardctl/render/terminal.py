"""The one sanitiser of what goes to a terminal or into a line of text (RELIABILITY §5.5).

A ledger is written by people we do not know. A description may hold escape sequences that rename the window or repaint the
screen, marks that turn the reading direction round, or line breaks that fake a second record. Each such character is shown
by its number instead; everything a person can see stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from hazardctl.language import Language, Text

# C0, DEL and C1; what has no width or turns the direction (format characters, fillers, variation selectors, tags);
# line and paragraph separators; surrogates, which no encoding can carry; noncharacters.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

STAND_INS: Final[Mapping[str, Text]] = {"∅": Text("（缺）", "n/a")}
"""Signs of ours that old encodings lack, and what a person reads instead; before a number ∅ is a diameter, which is data."""

_SIGNS: Final = re.compile(rf"[{''.join(STAND_INS)}](?!\s?\d)")


def clean(text: str) -> str:
    r"""Show every character a terminal could obey, or could hide, by its number; a line break as `\n`.

    Examples:
        >>> print(clean("卸油区\x1b[2J\n\u202egpj"))
        卸油区\x1b[2J\n\u202egpj
    """
    return _UNSEEN.sub(lambda found: numbered(found[0]), text)


def numbered(character: str) -> str:
    """Give the number of a character, as it stands where the character itself cannot."""
    if character == "\n":
        return "\\n"
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return f"\\u{number:04x}" if number > 0xFF else f"\\x{number:02x}"


def lacking(encoding: str, language: Language) -> dict[str, str]:
    """Give the signs of ours that an encoding lacks, with what is read instead in it.

    Examples:
        >>> lacking("gbk", "zh"), lacking("ascii", "zh"), lacking("utf-8", "zh")
        ({'∅': '（缺）'}, {'∅': 'n/a'}, {})
    """
    return {
        sign: word.say(language) if writes(encoding, word.say(language)) else word.en
        for sign, word in STAND_INS.items()
        if not writes(encoding, sign)
    }


def writes(encoding: str, text: str) -> bool:
    """Say whether an encoding has every character of a text; one that is unknown is taken to have them."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:
        return True
    return True


def spelled(text: str, instead: Mapping[str, str]) -> str:
    """Put what is read instead in the place of the signs that are lacking; data is left alone."""
    return _SIGNS.sub(lambda found: instead.get(found[0], found[0]), text) if instead else text


def sign_at(text: str, place: int) -> str:
    """Give the sign of ours that stands at a place of a text, or nothing."""
    found = _SIGNS.match(text, place)
    return found[0] if found else ""
