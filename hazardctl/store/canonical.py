"""The canonical reader: the form our own writer gives a record, read line by line without a YAML parser.

It takes only what `emit` writes: fields one a line, short lists and mappings in brackets, longer ones one part a line, plain
words of letters that no YAML reader takes for anything else, and double quotes without escapes; above it, perhaps, the line that
tells an editor the schema. Whatever it does not recognise goes to the careful reader. A property test holds that what it
accepts reads alike (docs/adr/0006): about seven times as fast.
"""

from __future__ import annotations

import re
from typing import Final

from hazardctl.model.raw import Raw, Tree
from hazardctl.store.build import AMBIGUOUS, FORBIDDEN_KEYS, MAX_TEXT, NOTHING

_NEVER: Final = r"\x00-\x20!\"#%&'*,:<>?@\[\\\]`{|}\x7f"
_WORD: Final = rf"[^-.)+=~$^;{_NEVER}][^{_NEVER}]*(?: [^{_NEVER}]+)*(?<!-)"
_QUOTED: Final = r'"[^"\\\x00-\x1f\x7f]*"'
_SCALAR: Final = rf"{_WORD}|{_QUOTED}"
_KEY: Final = r"[a-z][a-z0-9_]{0,63}"
_FREE_KEY: Final = r"[A-Za-z][A-Za-z0-9_.]{0,63}"
"""A key inside braces may be that of a map with free keys: the id of a measure, the letter of an input."""
_LIST: Final = rf"\[(?:{_SCALAR})(?:, (?:{_SCALAR}))*\]"

_MODELINE: Final = re.compile(r"# yaml-language-server: [!-~]+\n")
"""The one comment it reads over: the line that `editor: {modeline: true}` puts above a record."""
_PLAIN: Final = re.compile(rf"({_KEY}): (?:({_WORD})|({_QUOTED}))")
"""A field of one line with one value, as most are."""
_LISTED: Final = re.compile(rf"({_KEY}): ({_LIST})")
"""One with a list of values."""
_FIELD: Final = re.compile(rf"({_KEY}):(?: (?:({_SCALAR})|({_LIST})|(\[?\{{)))?(\n)?")
_PART: Final = re.compile(rf"  (?:- (?:(\{{)|({_SCALAR})\n)|({_KEY}): (?:(\{{)|({_SCALAR})\n|({_LIST})\n))")
_PAIR: Final = re.compile(rf"({_FREE_KEY}): (?:({_SCALAR})|({_LIST}))(, |\}})")
_ITEM: Final = re.compile(_SCALAR)
_ODD: Final = NOTHING | AMBIGUOUS


class NotCanonicalError(Exception):
    """Something the careful reader must look at."""


def canonical(text: str) -> Tree | None:
    """Give the record of a text in canonical form, None for any other text.

    Args:
        text: a file without a byte order mark, with LF, that `scan` had nothing to say about.
    """
    if not _readable(text):
        return None
    try:
        return _record(_fields(text)) or None
    except NotCanonicalError:
        return None


def body(data: bytes) -> str | None:
    """Give the fields of a file as text, where its bytes could be those of a record in canonical form; else None."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return _fields(text) if _readable(text) else None


def _readable(text: str) -> bool:
    """Say whether a text is short and of letters that every YAML reader takes as they stand: no blank but the space, no mark."""
    return len(text) <= MAX_TEXT and text.replace("\n", "").isprintable()


def _fields(text: str) -> str:
    head = _MODELINE.match(text)
    return text[head.end() :] if head else text


def part(lines: str) -> tuple[str, Raw]:
    """Give the name of one field and what it says, from its lines without the end of the last.

    Raises:
        NotCanonicalError: they are not one field in canonical form.
    """
    plain = _PLAIN.fullmatch(lines)
    if plain is not None:
        key, word, quoted = plain.groups()
        if key in FORBIDDEN_KEYS or key == "history" or word in _ODD:
            raise NotCanonicalError
        return key, quoted[1:-1] if word is None else word
    listed = _LISTED.fullmatch(lines)
    if listed is not None and (key := listed[1]) not in FORBIDDEN_KEYS and key != "history":
        return key, _list(listed[2])
    tree = _record(f"{lines}\n")
    if len(tree) != 1:
        raise NotCanonicalError
    return tree.popitem()


def _record(text: str) -> Tree:
    tree: Tree = {}
    at, end = 0, len(text)
    while at < end:
        line = _FIELD.match(text, at)
        if line is None:
            raise NotCanonicalError
        key, scalar, items, opening, ending = line.groups()
        if key in tree or key in FORBIDDEN_KEYS or "history" in tree:
            raise NotCanonicalError
        at = line.end()
        if opening is not None:
            tree[key], at = _bracketed(text, at, opening)
        elif ending is None:
            raise NotCanonicalError
        elif scalar is not None:
            tree[key] = _scalar(scalar)
        elif items is not None:
            tree[key] = _list(items)
        else:
            tree[key], at = _block(text, at, events=key == "history")
        if key == "history" and not (scalar is None and items is None and opening is None):
            raise NotCanonicalError
    return tree


def _bracketed(text: str, at: int, opening: str) -> tuple[Raw, int]:
    """Read `{…}` or `[{…}, {…}]` up to the end of its line."""
    pairs, at = _map(text, at)
    if opening == "{":
        return pairs, _after(text, at, "\n")
    maps: list[Raw] = [pairs]
    while text.startswith(", {", at):
        pairs, at = _map(text, at + 3)
        maps.append(pairs)
    return maps, _after(text, at, "]\n")


def _after(text: str, at: int, expected: str) -> int:
    if not text.startswith(expected, at):
        raise NotCanonicalError
    return at + len(expected)


def _block(text: str, at: int, *, events: bool) -> tuple[Raw, int]:
    """Read the indented parts below a field: all items of a list, or all pairs of a mapping; a history has mappings alone."""
    items: list[Raw] = []
    pairs: dict[str, Raw] = {}
    while part := _PART.match(text, at):
        item_map, item, key, inner, scalar, listed = part.groups()
        at = part.end()
        if key is None:
            value: Raw = item
            if item_map is not None:
                value, at = _bracketed(text, at, item_map)
            elif events:
                raise NotCanonicalError
            else:
                value = _scalar(item)
            items.append(value)
        elif key in pairs or key in FORBIDDEN_KEYS or events:
            raise NotCanonicalError
        elif inner is not None:
            pairs[key], at = _bracketed(text, at, inner)
        else:
            pairs[key] = _scalar(scalar) if scalar is not None else _list(listed)
    if bool(items) == bool(pairs):
        raise NotCanonicalError
    return items or pairs, at


def _scalar(word: str) -> str:
    if word[0] == '"':
        return word[1:-1]
    if word in _ODD:
        raise NotCanonicalError
    return word


def _list(text: str) -> list[Raw]:
    return [_scalar(word) for word in _ITEM.findall(text, 1, len(text) - 1)]


def _map(text: str, at: int) -> tuple[dict[str, Raw], int]:
    """Read the pairs behind an opening brace, to behind the closing one."""
    pairs: dict[str, Raw] = {}
    if text.startswith("}", at):
        return pairs, at + 1
    while pair := _PAIR.match(text, at):
        key, scalar, items, separator = pair.groups()
        if key in pairs or key.lower() in FORBIDDEN_KEYS:
            raise NotCanonicalError
        pairs[key] = _scalar(scalar) if scalar is not None else _list(items)
        at = pair.end()
        if separator == "}":
            return pairs, at
    raise NotCanonicalError
