"""What stands around a call before the ledger is read: the common options, and the two settings scanned from the configuration.

Standard library only: `--help` must know its language without reading YAML.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from hazardctl.errors import UsageError
from hazardctl.language import LANGUAGES, Language, Text

CONFIG: Final = "hazardctl.yaml"
_SETTING: Final = re.compile(r"""^(?P<key>language|timezone):[ \t]+["']?(?P<value>[\w./+-]+)""", re.ASCII)
_FLAGS: Final = {"--debug": "debug", "--no-input": "no_input", "--no-index": "no_index"}
_VALUED: Final = {"-C": "directory", "--lang": "lang", "--color": "color"}


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes, before or after the verb; `wrong` names the first that has no value."""

    directory: str = ""
    lang: str = ""
    color: str = "auto"
    debug: bool = False
    no_input: bool = False
    no_index: bool = False
    wrong: str = ""


def separated(argv: Iterable[str]) -> tuple[Options, list[str]]:
    """Take the options every command has out of a call, wherever they stand; what follows `--` is data.

    Examples:
        >>> separated(["validate", "--lang", "en", "--", "--debug"])[1]
        ['validate', '--', '--debug']
    """
    options, words = Options(), iter(argv)
    rest: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word in _FLAGS:
            options = replace(options, **_said(_FLAGS[word], True))
        elif name in _VALUED and (equals or name == word):
            given = value if equals else next(words, None)
            options = replace(options, **(_said("wrong", name) if given is None else _said(_VALUED[name], given)))
        else:
            rest.append(word)
    return options, rest


def _said(name: str, value: object) -> dict[str, Any]:
    return {name: value}


def language_of(options: Options, environ: Mapping[str, str], start: Path | None) -> tuple[Language, str]:
    """Choose the language, and say where the choice came from (EXPERIENCE 4.8)."""
    nearby = _nearby(options, environ, start)
    stated = (
        (options.lang, "--lang"),
        (nearby.get("language", ""), CONFIG),
        (environ.get("HAZARDCTL_LANG", ""), "HAZARDCTL_LANG"),
        (environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG", ""), "LANG"),
    )
    for text, source in stated:
        for language in LANGUAGES:
            if re.split(r"[-_.@]", text.lower())[0] == language:
                return language, source
    return "zh", ""


def _nearby(options: Options, environ: Mapping[str, str], start: Path | None) -> Mapping[str, str]:
    """Look for the configuration the command would find, without reading YAML or starting anything."""
    given = options.directory or environ.get("HAZARDCTL_LEDGER")
    try:
        begin = (start or Path()).joinpath(given) if given else start
        folders = [begin] if given or begin is None else [begin, *begin.parents]
        for folder in folders:
            for place in (folder, folder / "ledger") if folder else ():
                if (place / CONFIG).is_file():
                    return settings(place / CONFIG)
            if folder and (folder / ".git").exists():
                break
    except (OSError, ValueError):
        pass
    return {}


def settings(path: Path) -> Mapping[str, str]:
    """Scan the lines of the two settings needed before the ledger is read; the store reads the file properly later."""
    try:
        with path.open("rb") as file:
            lines = file.read(1 << 16).decode("utf-8", "replace").splitlines()
    except OSError:
        return {}
    found = [match for line in lines if (match := _SETTING.match(line))]
    return {match["key"]: match["value"] for match in reversed(found)}


def zone(name: str) -> dt.tzinfo:
    """Give the time zone of the ledger, +08:00 where the machine has no zone data (RELIABILITY §5.10)."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name or "Asia/Shanghai")
    except (KeyError, ValueError, OSError):  # no zone data here, or a name the store will refuse in a moment
        return dt.timezone(dt.timedelta(hours=8))


def stated_day(text: str) -> dt.date:
    """Read `HAZARDCTL_TODAY`.

    Raises:
        UsageError: it is no written day.
    """
    from hazardctl import day

    found = day.written(text)
    if found is None:
        raise UsageError(Text("HAZARDCTL_TODAY 不是日期：“{it}”", "HAZARDCTL_TODAY is not a day: “{it}”", {"it": text}), day.FORMS)
    return found
