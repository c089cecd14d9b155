"""Claims of one text against one another: the arithmetic that needs no ledger (DOMAIN §4.7 E29, E30, §7.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from hazardctl.exchange.claims.english import plain_periods
from hazardctl.exchange.claims.reading import Claim
from hazardctl.exchange.claims.reading import Text as Read
from hazardctl.language import Text
from hazardctl.rules.hz504 import PAIRS
from hazardctl.rules.hz507 import printed_as, rounded
from hazardctl.rules.hz513 import mentioned
from hazardctl.rules.stated import number

Days: TypeAlias = tuple[dt.date, dt.date]
Named: TypeAlias = tuple[str, dt.date, dt.date, bool]
Group: TypeAlias = tuple[tuple[tuple[str, str], ...], str, int]
Said: TypeAlias = Mapping[str, Claim]
NOTHING: Final[Said] = {}

_DAY: Final = re.compile(r"[12]\d{3}(?:年\d{1,2}月\d{1,2}[日号]?|[-/.]\d{1,2}[-/.]\d{1,2})")
PARTS: Final = ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other")
RATES: Final = (("hazards.rate", "hazards.rectified", "hazards.found"),
                ("hazards.major.rate", "hazards.major.rectified", "hazards.major.found"),
                ("due.on_time", "due.met", "due.total"))  # fmt: skip
PART_OF: Final = ("hazards.found", "hazards.rectified", "inspections.units", "inspections.unit_visits", "inspections.person_times")

PEOPLE: Final = Text("{people} 人（次），{teams} 个组：一个组至少一人", "{people} people for {teams} teams: a team is one person at least")
VISITS: Final = Text("{visits} 家次少于 {units} 家", "{visits} visits, fewer than the {units} units visited")
ABOVE: Final = Text("已整改 {done} 多于发现的 {found}", "{done} rectified, more than the {found} found")
BUCKETS: Final = Text("各部分之和 {parts} 多于发现的 {found}", "the parts add up to {parts}, more than the {found} found")
RATE: Final = Text("所列 {n}%，{of}/{over} 是 {exact}%", "stated {n} %, and {of}/{over} is {exact} %")
MORE: Final = Text("分项 {n} 多于总数 {most}（第 {line} 行）", "the part has {n}, the whole only {most} (line {line})")
OPEN: Final = Text(
    "分项未整改 {n}，总数未整改只有 {most}（第 {line} 行）", "{n} of the part are open, and only {most} of the whole (line {line})"
)
SECTORS: Final = Text("各行业领域之和 {n} 多于总数 {most}", "the sectors add up to {n}, more than the whole of {most}")
PERIOD: Final = Text("标题写的是{title}，正文写的是{body}", "the title says {title}, the text {body}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What contradicts itself: the rule it breaks, the claim it stands at (None for the title), and how."""

    code: str
    claim: Claim | None
    what: Text


def faults(text: Read) -> tuple[Fault, ...]:
    """Give everything in a text that contradicts itself, in reading order."""
    groups: dict[Group, dict[str, Claim]] = {}
    for claim in text.claims:
        if not claim.number.blank:
            groups.setdefault(_group(claim), {}).setdefault(claim.measure, claim)
    found = [*period(text), *(one for said in groups.values() for one in _inside(said)), *_parts(groups), *_sums(text.claims)]
    return tuple(sorted(found, key=lambda one: (one.claim.line, one.claim.column) if one.claim else (0, 0)))


def period(text: Read) -> Iterator[Fault]:
    """Compare the period of the title with those that the body names: one of them at least has a day in common with it."""
    title, body = _named(text.title), _named(text.body)
    if title and body and not any(_meet(one, other) for one in title for other in body):
        yield Fault("HZ513", None, PERIOD.of(title=_words(title), body=_words(body)))


def days_named(text: Read) -> Days | None:
    """Give the days a text is about: those its title names, or its body where that names others; a day stands for its year."""
    title, body = _named(text.title), _named(text.body)
    if title and (not body or any(_meet(title[0], one) for one in body)):
        return title[0][1:3]
    found = body or [one for part in (text.title, text.body) for one in mentioned(part)]
    return found[0][1:3] if found else None


def _named(text: str) -> list[Named]:
    """Give the periods a text names; a day is none."""
    return mentioned(plain_periods(_DAY.sub("，", text)))


def _meet(one: Named, other: Named) -> bool:
    return one[1] <= other[2] and other[1] <= one[2]


def _words(named: Iterable[Named]) -> list[str]:
    return list(dict.fromkeys(word for word, *_ in named))


def _group(claim: Claim) -> Group:
    """Give what a claim may be compared within; figures without a scope only with those of their paragraph."""
    return claim.scope, claim.when, -1 if claim.scope else claim.paragraph


def _inside(said: Said) -> Iterator[Fault]:
    for people, teams in PAIRS:
        if (pair := _below(said, people, teams)) is not None:
            yield Fault("HZ504", said[people], PEOPLE.of(people=number(pair[0]), teams=number(pair[1])))
    if (pair := _below(said, "inspections.unit_visits", "inspections.units")) is not None:
        yield Fault("HZ505", said["inspections.unit_visits"], VISITS.of(visits=number(pair[0]), units=number(pair[1])))
    for head in ("hazards", "hazards.major"):
        yield from _hazards(said, head)
    for rate, of, over in RATES:
        yield from _rate(said, rate, of, over)


def _below(said: Said, less: str, more: str) -> tuple[Decimal, Decimal] | None:
    """Give both numbers where the first is surely below the second, and may not be."""
    one, other = said.get(less), said.get(more)
    if one is None or other is None or one.number.ceiling is None or other.number.floor is None:
        return None
    return (one.number.ceiling, other.number.floor) if one.number.ceiling < other.number.floor else None


def _hazards(said: Said, head: str) -> Iterator[Fault]:
    if (pair := _below(said, f"{head}.found", f"{head}.rectified")) is not None:
        yield Fault("HZ506", said[f"{head}.rectified"], ABOVE.of(done=number(pair[1]), found=number(pair[0])))
        return
    found = said.get(f"{head}.found")
    parts = [said[name].number.floor or Decimal(0) for part in PARTS if (name := f"{head}.{part}") in said]
    if found is not None and found.number.ceiling is not None and len(parts) > 1 and sum(parts) > found.number.ceiling:
        yield Fault("HZ501", found, BUCKETS.of(parts=number(Decimal(sum(parts))), found=number(found.number.ceiling)))


def _rate(said: Said, rate: str, of: str, over: str) -> Iterator[Fault]:
    stated, top, bottom = (said[name].number.exact if name in said else None for name in (rate, of, over))
    if stated is None or top is None or not bottom:
        return
    exact = top * 100 / bottom
    if not printed_as(stated, exact):
        values = {"n": f"{stated:f}", "of": number(top), "over": number(bottom), "exact": f"{rounded(exact, stated):f}"}
        yield Fault("HZ507", said[rate], RATE.of(**values))


def _parts(groups: Mapping[Group, Said]) -> Iterator[Fault]:
    """Compare what is said of a sector or a campaign with what is said of everything, for the same time."""
    for (scope, when, _), said in groups.items():
        if not scope:
            continue
        whole = _whole(groups, when)
        for name in PART_OF:
            if pair := _below({"less": whole[name], "more": said[name]}, "less", "more") if name in whole and name in said else None:
                yield Fault("HZ503", said[name], MORE.of(n=number(pair[1]), most=number(pair[0]), line=whole[name].line))
        still, most = _open(said), _open(whole)
        if still is not None and most is not None and still > most:
            line = whole["hazards.rectified"].line
            yield Fault("HZ503", said["hazards.rectified"], OPEN.of(n=number(still), most=number(most), line=line))


def _sums(claims: Sequence[Claim]) -> Iterator[Fault]:
    """Add up what a paragraph says of its sectors: a hazard is of one sector, so they are not more than the whole it named before."""
    wholes: dict[tuple[int, str], Claim] = {}
    parts: dict[tuple[int, str], dict[str, Decimal]] = {}
    for one in claims:
        place = (one.paragraph, one.when)
        if one.measure != "hazards.found" or one.number.blank:
            continue
        if not one.scope:
            wholes.setdefault(place, one)
        elif place in wholes and [key for key, _ in one.scope] == ["sector"]:
            parts.setdefault(place, {}).setdefault(one.scope[0][1], one.number.floor or Decimal(0))
    for place, said in parts.items():
        most, total = wholes[place].number.ceiling, sum(said.values(), Decimal(0))
        if most is not None and total > most >= max(said.values()):
            yield Fault("HZ503", wholes[place], SECTORS.of(n=number(total), most=number(most)))


def _whole(groups: Mapping[Group, Said], when: str) -> Said:
    """Give the paragraph that tells of everything: the one without a scope with the most hazards found."""
    wholes: Sequence[Said] = [said for (scope, at, _), said in groups.items() if not scope and at == when and "hazards.found" in said]
    return max(wholes, key=lambda said: said["hazards.found"].number.least or 0, default=NOTHING)


def _open(said: Said) -> Decimal | None:
    found, done = (said[name].number.exact if name in said else None for name in ("hazards.found", "hazards.rectified"))
    return None if found is None or done is None else found - done
