"""Where the weak points are: units, sectors and regions with several overdue hazards, regions that are slow or silent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, Book, Known, Question, noun
from hazardctl.ops.reporting.asking import told
from hazardctl.reports.narrative.judging import Facts, Inside, state
from hazardctl.reports.told import Told, number
from hazardctl.sheet import Rate

OVERDUE: Final = Clause("is", ("overdue",), kind="is")
MOST: Final = 3
"""Names in a sentence; the table behind the text has them all."""
SEVERAL: Final = 2
COUNTED: Final = Text("{name}{n}处", "{name} {n}")
RATED: Final = Text("{name}{rate}", "{name} {rate}")
AND_MORE: Final = Text("{names}等{n}个", "{names} and others, {n} in all")


@dataclass(frozen=True, slots=True)
class Said:
    """A list of names as a sentence says it, and the figures in it."""

    text: Text
    inside: Inside = ()


NOTHING: Final = Said(plain(""))


class Weak:
    """The weak points of one ledger, as a question asks for them."""

    def __init__(self, ledger: Ledger, book: Book, question: Question) -> None:
        """Take the ledger, its book and the question."""
        self._ledger, self._book, self._question = ledger, book, question

    def facts(self, section: str) -> Facts:
        """Give the words of one of the sections `late`, `slow`, `still`; nothing for any other."""
        makers: Mapping[str, Callable[[], Mapping[str, Said]]] = {"late": self._late, "slow": self._slow, "still": self._still}
        found: Mapping[str, Said] = makers[section]() if section in makers else {}
        return Facts({}, {name: one.text for name, one in found.items()}, {name: one.inside for name, one in found.items()})

    def _late(self) -> Mapping[str, Said]:
        asked = self._question
        rows = self._book.listing(asked.as_of, (*asked.clauses, OVERDUE), asked.preset)
        weigh = [(row, int(str(row["quantity"] or 1)) if asked.counting == "places" else 1) for row in rows]
        found: dict[str, Said] = {}
        for word, key in (("units", "unit"), ("sectors", "sector"), ("regions", "region")):
            counts: Counter[str] = Counter()
            for row, weight in weigh:
                counts[str(row[key] or "")] += weight
            counts.pop("", None)
            counts.pop(self._ledger.config.organisation.region if key == "region" else "", None)  # all of it is in there
            several = [(name, n) for name, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if n >= SEVERAL]
            found[word] = _said([(self._name(word, name), self._count(f"stock.overdue[{key}={name}]", n)) for name, n in several[:MOST]])
        return found

    def _name(self, word: str, key: str) -> Text:
        return plain(self._ledger.unit_name(key)) if word == "units" else self._ledger.label(word, key)

    def _count(self, id_: str, n: int) -> Told:
        one = CATALOGUE["stock.overdue"]
        return Told(id_, one.label, Known(items=n, unit=noun(one).zh), noun(one))

    def _slow(self) -> Mapping[str, Said]:
        """Name the regions with overdue hazards whose rate is lower than that of all of them, the lowest first."""
        names = self._regions()
        if not names:
            return {"regions": NOTHING}
        ids = {key: (f"hazards.rate[region={key}]", f"hazards.overdue[region={key}]") for key in names}
        found = told(self._book, self._question, ["hazards.rate", *(one for pair in ids.values() for one in pair)])
        whole = found["hazards.rate"].answer
        if not isinstance(whole, Rate) or not whole.denominator:
            return {"regions": NOTHING}
        slow = [
            (rate.numerator * whole.denominator, rate.denominator * whole.denominator, key)
            for key, (one, late) in ids.items()
            if isinstance(rate := found[one].answer, Rate)
            and rate.numerator * whole.denominator < whole.numerator * rate.denominator
            and state(found[late]) == "said"
        ]
        slow.sort(key=lambda one: (one[0] * dt.date.max.toordinal() // one[1], one[2]))
        return {"regions": _said([(self._ledger.label("regions", key), found[ids[key][0]]) for _, _, key in slow[:MOST]], RATED)}

    def _still(self) -> Mapping[str, Said]:
        """Name the regions of which nothing is recorded in the period, where hazards are recorded of any other."""
        names = self._regions()
        ids = {key: (f"hazards.recorded[region={key}]", f"inspections.count[region={key}]") for key in names}
        found = told(self._book, self._question, [one for pair in ids.values() for one in pair])
        still = [key for key, pair in ids.items() if all(state(found[one]) in {"silent", "nil"} for one in pair)]
        if not still or len(still) == len(names):
            return {"regions": NOTHING}
        shown = [self._ledger.label("regions", key) for key in still]
        text = Text("{it}", "{it}").of(it=shown[:MOST])
        return {"regions": Said(AND_MORE.of(names=text, n=len(still)) if len(still) > MOST else text)}

    def _regions(self) -> Sequence[str]:
        """Give the regions right below the one the ledger is of, or the one asked for."""
        config = self._ledger.config
        named = [value for clause in self._question.clauses if clause.key == "region" and not clause.negated for value in clause.values]
        home = named[0] if len(named) == 1 else config.organisation.region
        keys = {one.key for one in config.regions}
        named_home = home if home in keys else next((one.key for one in config.regions if one.name == home), "")
        return [one.key for one in config.regions if one.parent == named_home] if named_home else []


def _said(parts: Iterable[tuple[Text, Told]], form: Text = COUNTED) -> Said:
    found = list(parts)
    if not found:
        return NOTHING
    text = Text("{it}", "{it}").of(it=[form.of(name=name, n=number(one), rate=number(one)) for name, one in found])
    return Said(text, tuple((one.id.partition("[")[0], one) for _, one in found))
