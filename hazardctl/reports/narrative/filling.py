"""A sentence filled with figures: what it says, which figures it prints, and what it may not leave out (DOMAIN §6.3 rules 1 to 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Language, Text
from hazardctl.reports.answers import COHORT, Answers, checked
from hazardctl.reports.narrative.grammar import Clause, Condition, Literal, Nodes, Option, Slot, walked
from hazardctl.reports.narrative.judging import VERDICT, WHOLE, Facts, Inside, exact, head_of, holds, marked, state, verdict
from hazardctl.reports.told import Known, Told, number
from hazardctl.sheet import Rate

PLACEHOLDER: Final = re.compile(r"【[^】]*】")
_END: Final = re.compile(r"[。！!；;.]*\s*$")
_BREAKS: Final = "、，；：,;:（(。."
_SOFT: Final = "、，；,; "
RANKS: Final[Mapping[str, int]] = {"、": 1, "，": 2, ",": 2, "；": 3, ";": 3}

ADDED: Final[Mapping[str, Text]] = {
    "rectified": Text("，已整改{n}处", ", {n} put right"),
    "awaiting": Text("，待复查{n}处", ", {n} waiting for a check"),
    "within_due": Text("，限期整改{n}处", ", {n} within the deadline"),
    "overdue": Text("，逾期未整改{n}处", ", {n} overdue"),
    "no_due": Text("，未定期限{n}处", ", {n} without a deadline"),
    "closed_other": Text("，非整改销号{n}处", ", {n} closed for another reason"),
}
"""The clauses that no template can leave out: they are put at the end of a sentence that gives the whole and not them."""

REST: Final = Text("，其余{n}处去向∅", ", of the other {n} nothing is known: ∅")
UNEQUAL: Final = Text("，各项相加为{n}处，与排查数不符，请核实", "; the parts add up to {n}, which is not the whole: please check")


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence in one language.

    Attributes:
        text: as printed.
        printed: slot and figure of every figure in it; a figure said in words has the condition for a slot, as `all?`.
        amiss: its parts do not add up, or something is unaccounted for.
    """

    text: str
    printed: Inside = ()
    amiss: bool = False


def fill(nodes: Nodes, facts: Facts, language: Language) -> Filled | None:
    """Fill a sentence; None when nothing in it has anything to say.

    A sentence without figures stands as it is written, unless one of its own words is empty.

    Raises:
        BugError: the parts of what was found do not add up, though records say all of them (DOMAIN §4.3).
    """
    names = {node.name for node in walked(nodes) if not isinstance(node, Literal)}
    measured = any(verdict(name) or name in facts.figures for name in names)
    own = [facts.words[node.name] for node in nodes if isinstance(node, Slot) and node.name in facts.words]
    if not all(word.say(language) for word in own):
        return None
    writing = _Writing(facts, language)
    writing.write(nodes)
    return writing.done(measured=measured)


class _Writing:
    """A sentence being written."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self._facts = facts
        self._language: Language = language
        self._out = ""
        self._printed: list[tuple[str, Told]] = []
        self._in_words: set[str] = set()
        self._amiss = False
        self._named = False  # it begins with a name, which is written as it is

    def write(self, nodes: Nodes) -> None:
        for node in nodes:
            match node:
                case Literal(text=text):
                    self._literal(text)
                case Slot():
                    self._slot(node)
                case Clause(options=options):
                    for option in options:
                        if self._can(option):
                            self._note(option.condition)
                            self.write(option.nodes)
                            break

    def done(self, *, measured: bool) -> Filled | None:
        """End the sentence: what must be said is added, punctuation that lost its words is taken away."""
        said = any(state(told) in {"said", "blank"} for _, told in self._printed) or bool(self._in_words)
        if measured and not said and not PLACEHOLDER.search(self._out):
            return None
        added = "".join(self._completions())
        end = _END.search(self._out)
        at = end.start() if end else len(self._out)
        text = (self._out[:at].rstrip(_SOFT) + added + self._out[at:]).strip()
        if not text.strip(_BREAKS + " "):
            return None
        if self._language == "en" and not self._named:
            text = text[:1].upper() + text[1:]
        return Filled(text, tuple(self._printed), self._amiss)

    # ------------------------------------------------------------------------------------------------------- what stands

    def _can(self, option: Option) -> bool:
        return holds(option.condition, self._facts, self._language) and self._stands(option.nodes, asked=option.condition is not None)

    def _stands(self, nodes: Nodes, *, asked: bool) -> bool:
        """Say whether every slot of its own has something to say; without any, whether a clause in it stands, or its condition held."""
        own = [node for node in nodes if isinstance(node, Slot)]
        if own:
            return asked or all(self._speaks(node.name) for node in own)
        inner = [node for node in nodes if isinstance(node, Clause)]
        return asked or not inner or any(self._any(node) for node in inner)

    def _any(self, clause: Clause) -> bool:
        return any(map(self._can, clause.options))

    def _speaks(self, name: str) -> bool:
        if name in self._facts.words:
            return bool(self._facts.words[name].say(self._language))
        return state(self._facts.figures.get(name)) in {"said", "blank"}

    def _note(self, condition: Condition | None) -> None:
        """Remember what a condition says in words instead of figures."""
        if condition is None:
            return
        name = ""
        if found := VERDICT.fullmatch(condition.name):
            part = "rectified" if found["verdict"] == "all" else "found"
            name = f"{head_of(found['grade'])}.{part}{found['scope'] or ''}"
        elif condition.test == "=0":
            name = condition.name
        if name:
            self._in_words.add(name)
            self._printed.append((f"{condition.name}{condition.test}?", self._facts.figures[name]))

    # -------------------------------------------------------------------------------------------------------- what is written

    def _literal(self, text: str) -> None:
        """Write words; of two marks of punctuation that meet because a clause fell, the stronger stays."""
        kept, out = text, self._out.rstrip()
        while (sign := kept.lstrip()[:1]) in RANKS and (not out or out[-1] in _BREAKS):
            if out[-1:] in RANKS and RANKS[sign] > RANKS[out[-1]]:
                out = out[:-1]
                break
            kept = kept.lstrip()[1:]
        if sign in {"。", "."}:
            out = out.rstrip(_SOFT + "：:")
        if out != self._out.rstrip():
            self._out = out
        self._out += kept if self._out and not self._out.endswith(" ") else kept.lstrip()

    def _slot(self, slot: Slot) -> None:
        if slot.name in self._facts.words:
            self._named = self._named or not self._out
            self._out += self._facts.words[slot.name].say(self._language)
            self._printed += self._facts.inside.get(slot.name, ())
            return
        told = self._facts.figures[slot.name]
        self._out += number(told).say(self._language)
        if slot.many:
            self._out += f" {slot.one if told.exact == 1 and not marked(told) else slot.many}"
        self._printed.append((slot.name, told))

    # ----------------------------------------------------------------------------------------------- what may not be left out

    def _completions(self) -> Iterator[str]:
        """Give the clauses that make the sentence whole: found = its parts (identity I1)."""
        for name, told in dict(self._printed).items():
            if found := WHOLE.fullmatch(name):
                yield from self._parts(found["head"], found["scope"] or "", told)

    def _parts(self, head: str, scope: str, whole: Told) -> Iterator[str]:
        names = {part: f"{head}.{part}{scope}" for part in COHORT}
        printed = {name for name, _ in self._printed} | self._in_words
        for part, name in names.items():
            told = self._facts.figures.get(name)
            if told and name not in printed and state(told) in {"said", "blank"}:
                yield ADDED[part].of(n=number(told)).say(self._language)
                self._printed.append((name, told))
        yield from self._sum(whole, {name: self._facts.figures.get(name) for name in names.values()})

    def _sum(self, whole: Told, parts: Mapping[str, Told | None]) -> Iterator[str]:
        total, values = exact(whole), {name: exact(told) for name, told in parts.items()}
        if total is None:
            return
        known = [value for value in values.values() if value is not None]
        rest = total - sum(known)
        if len(known) == len(values):
            if isinstance(whole.answer, Known) and whole.answer.told is None:
                figures = {f"hazards.{part}": int(value) for part, value in zip(COHORT, known, strict=True)}
                checked(Answers({"hazards.found": int(total), **figures}, {}, Rate(0, 0)))
            if rest:
                self._amiss = True
                yield UNEQUAL.of(n=sum(known)).say(self._language)
        elif rest and not any(told.missing for _, told in self._printed):
            self._amiss = True
            yield REST.of(n=rest).say(self._language)


def missing(printed: Iterable[tuple[str, Told]]) -> tuple[Told, ...]:
    """Give the figures that stand as ∅, or as counted twice, each once."""
    return tuple({told.id: told for _, told in printed if told.flawed}.values())


def placeholders(text: Text) -> int:
    """Count the places that a person must fill."""
    return len(PLACEHOLDER.findall(text.say("zh")))
