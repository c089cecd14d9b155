"""Which rules are asked of a record: those that its fields, its history and its words give something to look at.

A hundred rules are about one record, and of most records most of them have nothing to say: there is no evidence, nothing was
withdrawn, it is no major hazard. Each rule says in its decorator where it has to be asked at all (`registry.Facts`), and which are
concerned is looked up once for all records of one shape. A test asks the others too, and none of them finds anything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, cast

from hazardctl.diagnostics import Finding
from hazardctl.rules.case import Case
from hazardctl.rules.parts import SHAPES, Said
from hazardctl.rules.registry import Fault, Rule, registry

Run = tuple[Callable[..., Iterable[Fault]], Rule]
"""A rule, and its check at hand: it is called for every record."""
TEXTS: Final = 1 << 16
"""Texts that are remembered: names and phrases come again and again."""
_NONE: Final = frozenset[str]()


class Signs(NamedTuple):
    """What decides which rules are asked of a whole record.

    Attributes:
        said: the fields it says.
        verbs: of its history.
        state: of today, as `grade`; both empty where there is none.
        words: codes of the rules about words that its words concern.
        fits: whether every act fits the life cycle.
        ordered: whether all stand in the order of their days (`Case.ordered`).
    """

    said: Said
    verbs: frozenset[str]
    state: str
    grade: str
    words: frozenset[str]
    fits: bool
    ordered: bool


class Runs:
    """The rules of one kind of record.

    Attributes:
        whole: gives those to be asked of a whole record, by its signs.
        of_line: gives those to be asked of an act: of what its line says, the verb, and whether it fits.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which they are asked."""
        self._whole = [rule for rule in rules if not rule.verbs]
        self._of_lines = [rule for rule in rules if rule.verbs]
        self.whole = functools.lru_cache(SHAPES)(self._of_record)
        self.of_line = functools.lru_cache(SHAPES)(self._of_line)

    def _of_record(self, signs: Signs) -> tuple[Run, ...]:
        return tuple(_run(rule) for rule in self._whole if _concerns(rule, signs))

    def _of_line(self, said: Said, verb: str, fits: bool) -> tuple[Run, ...]:  # noqa: FBT001 (a key, its parts without their names)
        return tuple(_run(rule) for rule in self._of_lines if verb in rule.verbs and (fits or rule.misfits) and _says(rule, said))

    def findings(self, case: Case) -> Iterator[Finding]:
        """Ask the rules concerned."""
        now = case.now
        state, grade = (now.state, now.grade) if now else ("", "")
        verbs = frozenset([act.do for _, act in case.acts])
        signs = Signs(case.holders[0].said, verbs, state, grade, _worded(case), case.fits, case.ordered)
        for check, rule in self.whole(signs):
            for fault in check(case):
                yield rule.finding(fault)
        for step in case.steps:
            for check, rule in self.of_line(case.lines[step.position].said, step.act.do, step.fits):
                for fault in check(case, step):
                    yield rule.finding(fault)


def _run(rule: Rule) -> Run:
    return cast("Callable[..., Iterable[Fault]]", rule.check), rule


def _concerns(rule: Rule, signs: Signs) -> bool:
    return (
        _says(rule, signs.said)
        and (not rule.acts or not signs.verbs.isdisjoint(rule.acts))
        and (not rule.states or signs.state in rule.states)
        and (not rule.grade or signs.grade == rule.grade)
        and (not rule.texts or rule.code in signs.words)
        and not (rule.misfits and signs.fits)
        and not (rule.unordered and signs.ordered)
    )


def _says(rule: Rule, said: Said) -> bool:
    return not rule.fields or not said.names.isdisjoint(rule.fields)


@functools.cache
def _about_words() -> tuple[Rule, ...]:
    return tuple(rule for rule in registry().values() if rule.texts)


@functools.lru_cache(TEXTS)
def _concerned(text: str) -> frozenset[str]:
    """Give the codes of the rules about words that must look at a text."""
    found = [rule.code for rule in _about_words() if any(pattern.search(text) for pattern in rule.texts)]
    return frozenset(found) if found else _NONE


def _worded(case: Case) -> frozenset[str]:
    """Give the codes of the rules about words that must look at a record: at what people wrote in it, as `Case.texts` gives it."""
    found = _NONE
    for one in case.holders:
        for field in one.said.worded:
            held = getattr(one.value, field.attribute)
            for text in (held,) if isinstance(held, str) else held if isinstance(held, tuple) else ():
                if isinstance(text, str) and (codes := _concerned(text)):
                    found |= codes
    for text in case.entry.extras.values():
        if isinstance(text, str):
            found |= _concerned(text)
    return found


@functools.cache
def runs(codes: frozenset[str]) -> Callable[[str], Runs]:
    """Sort the rules about one record by its kind, which is what the function given takes."""
    rules = [rule for code, rule in registry().items() if code in codes and rule.scope == "record"]
    return functools.cache(lambda kind: Runs([rule for rule in rules if rule.kind in {"", kind}]))
