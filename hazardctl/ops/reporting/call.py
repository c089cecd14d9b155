"""A report as it was called, and the one way to make it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from importlib import import_module
from typing import Final, Protocol, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words, foretold, opened
from hazardctl.ops.reporting.names import REPORTS, Name
from hazardctl.sheet import Sheet
from hazardctl.store.load import Progress

SPELLED: Final = {"groups": "--group-by", "working": "--working-days", "brief": "--format wechat"}
NOT_TAKEN: Final = Text("report {name} 不用 {option}", "report {name} takes no {option}")
BY_FILES: Final = Text(
    "report {name} 要读台账的文件，不能由数据集给出", "report {name} reads the files of a ledger; a data set cannot give it"
)
GIVEN: Final = Text("数据集能给出：{names}", "a data set gives: {names}")
NOT_POOLED: Final = Text("{name} 只用于一个台账，不和 --ledger 一起用", "{name} is about one ledger and goes with no --ledger")
TAKEN_BY: Final = Text("{option} 用于：{names}", "{option} belongs to: {names}")


@dataclass(frozen=True, slots=True)
class Options:
    """The options that only some reports take, as typed; which, says `Name.takes`.

    Attributes:
        groups: dimensions, at most two; the usual one without any, `none` for no table.
        sort: key of the lines; a `-` before it turns the order round.
        working: days overdue are working days.
        table: one table of several.
        every: step of a series: `month`, `quarter`, `half`, `year`.
        min_found: fewest hazards found for a place in a ranking.
        between: two revisions or days, `A..B`.
        as_published: the figures as they were sealed.
        brief: a few lines for a chat instead of a page.
    """

    groups: tuple[str, ...] = ()
    sort: str = ""
    working: bool = False
    table: str = ""
    every: str = ""
    min_found: int | None = None
    between: str = ""
    as_published: bool = False
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A report as called.

    Attributes:
        context: which ledger, which day.
        words: the question as typed.
        options: those that only some reports take.
        progress: told (files read, files in all) now and then.
        read: the ledger, where it was read already: several reports of one moment stand on one page.
        page: only what a page shows is wanted, not the whole lists that programs get.
    """

    context: Context
    words: Words
    options: Options = field(default_factory=Options)
    progress: Progress | None = None
    read: Ledger | None = None
    page: bool = False

    def opened(self) -> Ledger:
        """Give the ledger the report is about, reading it unless that was done.

        Raises:
            UnreadableError: there is no ledger, or its configuration is invalid.
            UsageError: there is no such revision, or none so early.
        """
        return self.read or opened(self.context, self.words, self.progress)


@dataclass(frozen=True, slots=True)
class Report:
    """A sheet, and whether its figures leave a file out (`incomplete`) or rest on something missing or guessed (`flawed`)."""

    sheet: Sheet
    incomplete: bool
    flawed: bool


class _Maker(Protocol):
    def make(self, call: Call) -> Report:
        """Make the report."""
        ...


def report(name: Name, call: Call) -> Report:
    """Make a report by its name.

    Raises:
        UsageError: a word that means nothing, or an option that this report does not take.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    for option in fields(Options):
        if getattr(call.options, option.name) != option.default and option.name not in name.takes:
            spelled = SPELLED.get(option.name, "--" + option.name.replace("_", "-"))
            having = [one.key for one in REPORTS.values() if option.name in one.takes]
            raise UsageError(NOT_TAKEN.of(name=name.key, option=spelled), TAKEN_BY.of(option=spelled, names=having))
    if call.context.data is not None and name.by_files:
        raise UsageError(BY_FILES.of(name=name.key), GIVEN.of(names=[one.key for one in REPORTS.values() if not one.by_files]))
    maker = cast("_Maker", import_module(f"hazardctl.ops.reporting.{name.key}"))
    made = foretold(call.context, call.words, lambda ledger: maker.make(replace(call, read=ledger))) if _of_records(name, call) else None
    return made or maker.make(call)


def _of_records(name: Name, call: Call) -> bool:
    """Say whether a report asks the records of a ledger that is still to be read, and nothing else."""
    return call.read is None and not name.by_files and not call.options.as_published
