"""From what was asked for to the fields of an event: defaults, words, days, units (DOMAIN §3.1, §3.2: required).

Everything that is wrong with the words of a call is collected and said at once; what the life cycle thinks of the act is
`ops.policy`'s business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hazardctl import day as days
from hazardctl.calendar import NO_YEARS
from hazardctl.errors import UsageError
from hazardctl.history import Replay, Span
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.model.fields import LONGEST
from hazardctl.model.hazard import Hazard
from hazardctl.ops.deadline import GUESSED, calendar_of, deadline
from hazardctl.ops.lookup import Names, Units
from hazardctl.store.characters import HIDDEN, named
from hazardctl.vocabulary import find, nearest

MISSING: Final = Text("缺少 {it}", "missing: {it}")
MISPLACED: Final = Text("{option} 只能与 {other} 同用", "{option} goes with {other} only")
WHO: Final = Text("不知道是谁经办", "who does this is not known")
SAY_WHO: Final = Text("加 --by 姓名，或设 HAZARDCTL_ACTOR", "add --by NAME, or set HAZARDCTL_ACTOR")
NO_WORD: Final = Text("{option} 没有“{it}”这个词，可用：{words}", "{option} knows no word “{it}”; there are: {words}")
NO_RULE: Final = Text("配置里没有适用的整改期限，请写 --due", "no configured deadline applies: give --due")
FUTURE: Final = Text("{option} {day} 在今天（{today}）之后", "{option} {day} lies after today ({today})")
ODD: Final = Text("{option} 里有 {it}，记录里不能有", "{option} holds {it}, which no record may hold")
LONG: Final = Text("{option} 超过 {n} 字", "{option} is longer than {n} characters")


@dataclass(frozen=True, slots=True)
class Asked:
    """One act as it was asked for, every value as it was typed.

    Attributes:
        do: the verb of the event.
        said: the verb's own options by the name of the field; empty ones are as good as absent.
        date: the day it happened, as typed; empty means today.
        by: who did it; empty means the actor of the context.
        note: what was remarked; likewise `number`, `doc`.
        photos: files to be copied into the ledger.
        yuan: money spent, written by a `correct` line.
        dry_run: show, write nothing.
        commit: commit what was written; None means as configured.
    """

    do: str
    said: Mapping[str, str | bool | tuple[str, ...]] = field(default_factory=dict[str, str | bool | tuple[str, ...]])
    date: str = ""
    by: tuple[str, ...] = ()
    note: str = ""
    number: str = ""
    doc: str = ""
    photos: tuple[Path, ...] = ()
    yuan: str = ""
    dry_run: bool = False
    commit: bool | None = None

    def text(self, name: str) -> str:
        """Give one of the verb's own options that is a text."""
        value = self.said.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give one of the verb's own options that is a list."""
        value = self.said.get(name, ())
        return value if isinstance(value, tuple) else ()


@dataclass(slots=True)
class Form:
    """What is known while the fields of one event are put together.

    Attributes:
        config: of the ledger.
        asked: the act as typed.
        on: the day of the act.
        today: of the context.
        units: the register, for names.
        names: the records of the kind it aims at, for `of` and `into`.
        faults: what is wrong with the words of the call.
        warnings: what is worth a word.
    """

    config: Config
    asked: Asked
    on: dt.date
    today: dt.date
    units: Units
    names: Names
    faults: list[Text] = field(default_factory=list[Text])
    warnings: list[Text] = field(default_factory=list[Text])

    def need(self, **options: object) -> None:
        """Note what is missing, by the names of the options."""
        missing = [f"--{name.replace('_', '-')}" if name != "m" else "-m" for name, value in options.items() if not value]
        if missing:
            self.faults.append(MISSING.of(it=missing))

    def word(self, option: str, vocabulary: str, text: str) -> str:
        """Give the key a word means, in either language; otherwise note the fault."""
        return word(self.config, option, vocabulary, text, self.faults)

    def day(self, text: str, base: dt.date | None = None) -> dt.date | None:
        """Read a day that may lie in the future; note a fault when it is none."""
        return read_day(self.config, text, self.today, base or self.on, self.faults, self.warnings)

    def unit(self, text: str) -> str:
        """Give the key of a unit; otherwise note the fault."""
        return self.units.key(text, self.faults) if text else ""


@dataclass(slots=True, kw_only=True)
class Draft(Form):
    """The same for a hazard.

    Attributes:
        hazard: the record it aims at.
        replay: its history, folded.
        span: what holds at the end of `on`.
    """

    hazard: Hazard
    replay: Replay
    span: Span

    def due(self) -> dt.date | None:
        """Give the deadline asked for, else the configured one counted from the day of the act."""
        typed = self.asked.text("due")
        if typed:
            return self.day(typed)
        found = deadline(self.config, self.hazard, self.span.grade, self.on)
        if found is None:
            self.faults.append(NO_RULE)
            return None
        if found.guessed:
            self.warnings.append(GUESSED.of(years=sorted(found.guessed)))
        return found.day


def word(config: Config, option: str, vocabulary: str, text: str, faults: list[Text]) -> str:
    """Give the key a word means, in either language; otherwise note the fault with the nearest words."""
    if not text:
        return ""
    words = Ledger(config).words[vocabulary]
    key = find(words, text)
    if key is None:
        near = nearest([*words, *(term.zh for term in words.values())], text) or list(words)
        faults.append(NO_WORD.of(option=option, it=text, words=near))
        return ""
    return key


def read_day(  # noqa: PLR0917 (two of them are where it says what is wrong)
    config: Config, text: str, today: dt.date, base: dt.date, faults: list[Text], warnings: list[Text]
) -> dt.date | None:
    """Read a day as people type it; what is wrong goes to `faults`, guessed working days to `warnings`."""
    guessed: set[int] = set()

    def working(start: dt.date, count: int) -> dt.date:
        worked = calendar_of(config).add(start, count)
        guessed.update(worked.guessed_years or NO_YEARS)
        return worked.day

    try:
        found = days.day(text, today=today, base=base, working=working)
    except UsageError as failure:
        faults.extend((failure.what, *failure.hints))
        return None
    if not 1990 <= found.year <= 2100:
        faults.append(Text("年份应在 1990 至 2100 之间：{day}", "the year must lie in 1990..2100: {day}").of(day=found))
        return None
    if guessed:
        warnings.append(GUESSED.of(years=sorted(guessed)))
    return found


def happened(config: Config, option: str, text: str, today: dt.date, faults: list[Text]) -> dt.date:
    """Read the day on which something happened: today when nothing is said, never later."""
    if not text:
        return today
    found = read_day(config, text, today, today, faults, [])
    if found and found > today:
        faults.append(FUTURE.of(option=option, day=found, today=today))
    return found or today


def sound(texts: Iterable[tuple[str, str]], faults: list[Text]) -> None:
    """Note the texts that no record may hold: control characters, halves of characters, more than 8 000 characters."""
    for option, text in texts:
        odd = HIDDEN.search(text)
        if odd:
            faults.append(ODD.of(option=option, it=named(odd[0])))
        if len(text) > LONGEST:
            faults.append(LONG.of(option=option, n=LONGEST))


def refuse(faults: Sequence[Text]) -> None:
    """Raise what was noted, if anything was.

    Raises:
        UsageError: at least one fault.
    """
    if faults:
        raise UsageError(faults[0], *faults[1:])
