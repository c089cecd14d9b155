"""What a rule is, and how the rules are found: every module `hzNNN` of this package holds one, no list names them.

The code of a rule stands once, in its decorator, which puts it on every finding. The function's name is the fault
(`due_before_assign`); people read it in kebab case. Its docstring is the English page, with a `Bad:` and a `Good:` record.
"""

from __future__ import annotations

import functools
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, Literal, NotRequired, Required, TypedDict, Unpack

from hazardctl.diagnostics import Finding, Severity, Trail
from hazardctl.language import Text

Scope = Literal["reader", "record", "ledger", "waivers", "range", "merge", "rollup"]
Status = Literal["preview", "stable", "deprecated"]
Check = Callable[..., Iterable[Any] | None]
Briefing = Callable[..., Iterable[tuple[str, Any]]]
PACKAGE: Final = "hazardctl.rules"
AT_KEY: Final = "@key"
"""Last part of a trail that means the name of a field and not its value: for values that stand on lines of their own."""
_MODULE: Final = re.compile(r"hz\d{3}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found, before the rule's code is put on it; the fields are those of `Finding`."""

    message: Text
    trail: Trail = ()
    repair: Text | None = None
    title: Text | None = None
    because: Text | None = None
    notes: tuple[Text, ...] = ()
    severity: Severity | None = None


class Facts(TypedDict, total=False):
    """What a decorator says of its rule.

    Attributes:
        title: the fault in a few words, as the head of its page.
        why: why it matters, one sentence.
        repair: what to do, unless the finding knows better.
        severity: error unless said otherwise; a ledger may change it.
        scope: who looks. `reader`: the store says it while reading, the module holds the page. `record`: one record, with the
            ledger for look-ups. `ledger`: records against each other. `waivers`: what excuses, when all others have spoken.
            `range`: a file before and after, with the commits that touched it. `merge`: said while two lines of work are merged,
            the module holds the page. `rollup`: the ledgers of a roll-up against each other.
        kind: the only kind of record it is about; empty for all; of a range rule also `configuration`.
        verbs: a rule about acts is asked for each act of these verbs that fits the life cycle.
        misfits: it is asked for acts that do not fit as well; without verbs, only where an act does not fit.
        unordered: it is asked only where acts do not stand in the order of their days, or one is dated before the finding.
        fields: it is asked only where one of these is said: of the act where it is about acts, else of the record itself.
        acts: it is asked only where the history has an act of these verbs.
        states: it is asked only of a hazard that is in one of these today; `grade`: only of one that is of this grade today.
        texts: it is asked only where one of these is found in what people wrote.
        layout: `validate --fix` mends it: it is about how a record is written down, never about what it says.
        since: the version that brought it.
        brief: of a rule that compares records: what it must know of one, as plain data. It gives (bucket, data) pairs, and the check
            asks the `Setting` for its groups: so a ledger of a million records is compared without one of them being read again.
        status: `stable`; `preview`: off unless the ledger names it or `--preview` is given; `deprecated`: on, and on its way out.
    """

    title: Required[Text]
    why: Required[Text]
    repair: NotRequired[Text | None]
    severity: NotRequired[Severity]
    scope: NotRequired[Scope]
    kind: NotRequired[str]
    verbs: NotRequired[tuple[str, ...]]
    misfits: NotRequired[bool]
    unordered: NotRequired[bool]
    fields: NotRequired[tuple[str, ...]]
    acts: NotRequired[tuple[str, ...]]
    states: NotRequired[tuple[str, ...]]
    grade: NotRequired[str]
    texts: NotRequired[tuple[re.Pattern[str], ...]]
    layout: NotRequired[bool]
    since: Required[str]
    brief: NotRequired[Briefing]
    status: NotRequired[Status]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its facts (see `Facts`), its page, and the function that looks."""

    code: str
    name: str
    page: str
    check: Check
    title: Text
    why: Text
    since: str
    repair: Text | None = None
    severity: Severity = Severity.ERROR
    scope: Scope = "record"
    kind: str = "hazard"
    verbs: tuple[str, ...] = ()
    misfits: bool = False
    unordered: bool = False
    fields: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    grade: str = ""
    texts: tuple[re.Pattern[str], ...] = ()
    layout: bool = False
    brief: Briefing | None = None
    status: Status = "stable"

    def finding(self, fault: Fault) -> Finding:
        """Put the code on what the check found, and the rule's own words where the check has none."""
        return Finding(
            self.code, fault.message, fault.trail, None, fault.because or self.why, fault.repair or self.repair,
            fault.severity, fault.title, fault.notes,
        )  # fmt: skip


def rule(code: str, **facts: Unpack[Facts]) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    Its shape depends on the scope: a reader or merge rule takes nothing and gives nothing; a record rule takes a `Case` and gives
    faults, with `verbs` a `Case` and a `Step`; a rule about the ledger or its waivers takes a `Setting` and gives pairs of entry or
    `Brief` (the path of a file that is no record, None for the configuration) and fault; a range rule takes a `Change` and the `Between`
    around it and gives faults; a rule about roll-ups takes a `Rolling` and gives pairs of `Where` and fault.
    """

    def made(check: Check) -> Rule:
        return Rule(code, check.__name__.replace("_", "-"), inspect.getdoc(check) or "", check, **facts)

    return made


@functools.cache
def registry() -> Mapping[str, Rule]:
    """Give every rule by its code, in the order of codes."""
    path = import_module(PACKAGE).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path) if _MODULE.fullmatch(module.name))
    return MappingProxyType({found.code: found for found in map(_held, names)})


def rule_of(code: str) -> Rule | None:
    """Give one rule, without importing the others; None when there is none of that code."""
    name = code.strip().lower()
    if not _MODULE.fullmatch(name):
        return None
    try:
        return _held(name)
    except ModuleNotFoundError:
        return None


def _held(name: str) -> Rule:
    module = import_module(f"{PACKAGE}.{name}")
    return next(value for value in vars(module).values() if isinstance(value, Rule))
