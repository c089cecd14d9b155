"""A text read into its claims: every number with words around it that make it a figure. The rest is counted, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from hazardctl.exchange.claims import english
from hazardctl.exchange.claims.lines import Paragraph, paragraphs
from hazardctl.exchange.claims.moments import moment
from hazardctl.exchange.claims.numerals import NUMBER, Number, number
from hazardctl.exchange.claims.scopes import ANYWHERE, TAKES, Lexicon, Mention
from hazardctl.exchange.claims.tables import cells
from hazardctl.exchange.claims.wordings import ALL_DONE, EACH, EVERYWHERE, NO_FIGURE, NOTHING, WORDINGS

REACH: Final = 120
"""Characters before a number that may make it a figure."""

_LATIN: Final = re.compile("[A-Za-z]{2}")
_APART: Final = re.compile(r"[，。；、：（()]")
_COMMA: Final = re.compile(r"[，；]")
_CLAUSE: Final = re.compile(r"[，。；、]")
_SENTENCE: Final = re.compile(r"[^。！？!?]{0,1000}[。！？!?]?", re.DOTALL)
"""A sentence; one that does not end is cut, so that any text is read in the time its length deserves."""
_DATE: Final = re.compile(
    r"(?:[12]\d{3}|[Xx×*]{2,4})年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[12]\d{3}-\d{1,2}-\d{1,2}|\d{1,2}月\d{1,2}[日号]|〔\d{4}〕\d*号?|\[\d{4}\]\d*号?|第[一二三四五六七八九十百\d]+[条款项章届次]|"
    + english.DATES
)
_AIMED: Final = re.compile(
    r"目标(?!任务)(?:为|是|值|数)?(?:不少于|不超过|不低于|至少)?[^，。；\d]{0,4}$"
    r"|(?:计划|拟|力争|预计)再?(?:排查|检查|整改|整治)[^，。；\d]{0,8}$"
)
"""What is aimed at is no figure of what was done."""
_CHANGED: Final = re.compile(
    r"(?:同比|环比|下降|减少|增加|增长|上升|提高|降低|回落|压减)了?(?:近|约)?$"
    r"|(?:fell|fallen|rose|risen|increased|decreased|dropped|grew|declined|improved)by$|(?<![a-z])from$|(?:was|is|were|are)(?:up|down)(?:by)?$",
    re.IGNORECASE,
)
"""By how much a figure changed is not the figure."""
_LOOSE: Final = {"以上": "over", "左右": "about", "上下": "about"}
"""Marks that stand behind what is counted: 98%以上."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that a text states.

    Attributes:
        line: where it begins, from 1.
        column: likewise.
        words: as printed, with the words that make it a figure.
        measure: id of the catalogue.
        number: what it says; None for an obligation that is only said to recur.
        scope: what it is about, key and value; a value with `?` before it is a name nobody told us.
        when: words for a period of its own: `去年`, `9月`, `2023年9月`; empty for that of the text.
        paragraph: number of the paragraph, from 0.
        whole: it says "all" and no number.
    """

    line: int
    column: int
    words: str
    measure: str
    number: Number
    scope: tuple[tuple[str, str], ...] = ()
    when: str = ""
    paragraph: int = 0
    whole: bool = False

    @property
    def id(self) -> str:
        """Give the measure with its scope in brackets."""
        inside = ",".join(f"{key}={value}" for key, value in self.scope)
        return f"{self.measure}[{inside}]" if inside else self.measure


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read.

    Attributes:
        claims: in reading order.
        title: its first paragraph.
        body: the others.
        left: numbers that are no figure of any measure: dates, articles, amounts of what no ledger keeps.
    """

    claims: tuple[Claim, ...] = ()
    title: str = ""
    body: str = ""
    left: int = 0


@dataclass(slots=True)
class _State:
    """What holds for the paragraphs below a heading."""

    heading: dict[str, str] = field(default_factory=dict[str, str])
    left: int = 0


def read(text: str, lexicon: Lexicon) -> Text:
    """Read a text.

    Args:
        text: as it stands in its file.
        lexicon: the names of sectors, campaigns and so on.
    """
    found: list[Claim] = []
    state = _State()
    known, lines = list(paragraphs(text)), text.splitlines()
    for place, paragraph in enumerate(known):
        if paragraph.heading:
            state.heading = {one.key: one.value for one in (*lexicon.mentions(paragraph.text), *lexicon.label(paragraph.text))}
        found += _claims(paragraph, place, lexicon, state, lines)
    found += _tabled(text, lexicon, len(known), state)
    found.sort(key=lambda one: (one.line, one.column))
    title = next((one.text for one in known if one.title), "")
    return Text(tuple(found), title, "\n".join(one.text for one in known if not one.title), state.left)


def _tabled(text: str, lexicon: Lexicon, paragraph: int, state: _State) -> Iterator[Claim]:
    """Read the cells of tables that a wording knows, each about what its row names; a row is a paragraph of its own."""
    for cell in cells(text):
        around = {one.key: one.value for one in lexicon.label(re.sub(r"\s", "", cell.label))}
        if cell.label and not around:
            around = {one.key: one.value for one in lexicon.mentions(f"{cell.label}：")} or {"campaign": f"?{cell.label}"}
        for saying in cell.sayings:
            said = [one for _, one in _sentence(re.sub(r"\s", "", saying), _Scopes(lexicon, saying, around), _State())]
            if len(said) == 1:
                words = cell.sayings[0] if _LATIN.search(saying) else said[0].words
                yield replace(said[0], words=words, line=cell.line, column=cell.column, paragraph=paragraph + cell.line)
                break
        else:
            state.left += 1


def _as_written(paragraph: Paragraph, begins: int, words: str, lines: Sequence[str]) -> str:
    """Give words of English with their blanks, where they stand on one line; Chinese is given as it was read."""
    first, last = paragraph.at[begins], paragraph.at[begins + len(words) - 1]
    if first[0] != last[0] or not _LATIN.search(words):
        return words
    return lines[first[0] - 1][first[1] - 1 : last[1]]


def _claims(paragraph: Paragraph, place: int, lexicon: Lexicon, state: _State, lines: Sequence[str]) -> Iterator[Claim]:
    text = paragraph.text
    around = {**state.heading, **{one.key: one.value for one in (*lexicon.head(text), *lexicon.label(text))}}
    if around.get("name") is None and (label := re.match(r"([^：，。\d]{2,16})：", text)):
        around["name"] = label[1]
    start = 0
    for stop in (one.end() for one in _SENTENCE.finditer(text)):
        if start < stop:
            for begins, claim in _sentence(text[start:stop], _Scopes(lexicon, text[start:stop], around), state):
                line, column = paragraph.at[start + begins]
                words = _as_written(paragraph, start + begins, claim.words, lines)
                yield replace(claim, line=line, column=column, words=words, when=moment(text[start:stop], begins), paragraph=place)
        start = stop


class _Scopes:
    """What the figures of a sentence are about."""

    def __init__(self, lexicon: Lexicon, sentence: str, around: Mapping[str, str]) -> None:
        found = sorted(lexicon.mentions(sentence), key=lambda one: one.start)
        named = [one for one in found if one.key == "campaign"]  # the name of a campaign may have a sector in it
        self._mentions = [one for one in found if one in named or not any(other.start <= one.start < other.end for other in named)]
        self._around = around
        self._lexicon = lexicon
        self._sentence = sentence

    def at(self, measure: str, place: int, fixed: Sequence[tuple[str, str]], item: str) -> tuple[tuple[str, str], ...]:
        scope = {key: value or (item if key in {"item", "sector"} else self._around.get(key, "")) for key, value in fixed}
        family = measure.partition(".")[0]
        before = {one.key: one.value for one in self._mentions if one.start <= place and not self._passed(one, place)}
        behind = self._behind(family, place)
        for key in TAKES.get(family, ()):
            value = before.get(key) or behind.get(key) or self._around.get(key, "")
            if value and key not in scope:
                scope[key] = value
        if "unit_type" in scope:  # 限上商贸 is a type of unit, and 商贸 inside it no sector
            scope.pop("sector", None)
        if "campaign" in scope and "key" in scope:
            scope.pop("key" if "campaign" in before or "campaign" in self._around else "campaign")
        return tuple(sorted((key, value) for key, value in scope.items() if value))

    def sector(self, words: str) -> str:
        """Give the sector that a part of a whole is named by, as in 其中消防12处、道路交通领域8处; nothing where it is none."""
        return next((one.value for one in self._lexicon.label(words) if one.key == "sector"), "")

    def _passed(self, one: Mention, place: int) -> bool:
        """Say whether a number stands behind the clause of a mention that is about a part only: 其中 holds as far as its clause."""
        head = max(self._sentence.rfind(sign, 0, one.start) for sign in "，；") + 1
        return self._sentence.startswith("其中", head) and bool(_COMMA.search(self._sentence, one.end, place))

    def _behind(self, family: str, place: int) -> Mapping[str, str]:
        """Give what is named behind a number: in the same clause, for some families in the whole sentence."""
        clause = _CLAUSE.search(self._sentence, place)
        end, everywhere = clause.start() if clause else len(self._sentence), ANYWHERE.get(family, ())
        found = [one for one in self._mentions if place < one.start < end or one.key in everywhere]
        return {
            "sector" if one.key == "accident" else one.key: one.value
            for one in reversed(found)
            if family == "accidents" or one.key != "accident"
        }


def _sentence(text: str, scopes: _Scopes, state: _State) -> Iterator[tuple[int, Claim]]:
    dates = [found.span() for found in _DATE.finditer(text)]
    return _graded(sorted([*_numbers(text, dates, scopes, state), *_words(text, scopes)], key=lambda one: one[0]))


def _numbers(text: str, dates: Sequence[tuple[int, int]], scopes: _Scopes, state: _State) -> Iterator[tuple[int, Claim]]:
    for found in NUMBER.finditer(text):
        value = number(found)
        before_it = text[max(0, found.start() - 16) : found.start()]
        aimed = _AIMED.search(before_it) or _CHANGED.search(before_it)
        if value is None or aimed or any(first < found.end() and found.start() < last for first, last in dates):
            state.left += 1
            continue
        shared = bool(found["percent"] or found["tenths"])  # 百分之九十 says its % itself
        for wording in WORDINGS:
            after = wording.after.match("%" if shared else text, 0 if shared else found.end())
            before = wording.before.search(text, max(0, found.start() - REACH), found.start()) if after else None
            if after and before:
                if wording.measure == NO_FIGURE:
                    state.left += 1
                    break
                item = {**after.groupdict(), **before.groupdict()}.get("item") or ""
                if ("sector", "") in wording.scope and not (item := scopes.sector(item)):
                    continue
                scope = scopes.at(wording.measure, found.start(), wording.scope, item)
                if ("theme", "") in wording.scope and not any(key == "theme" for key, _ in scope):
                    continue
                begins = before.start() + len(before[0]) - len(_APART.split(before[0])[-1])
                end = found.end() if shared else after.end()
                if mark := _LOOSE.get(text[end : end + 2], "") if not value.mark else "":
                    value, end = replace(value, mark=mark), end + 2
                yield begins, Claim(0, 0, text[begins:end], wording.measure, value, scope)
                break
        else:
            state.left += 1


def _words(text: str, scopes: _Scopes) -> Iterator[tuple[int, Claim]]:
    """Find what is said without a number: all, none, every one, each quarter."""
    everything = Number(None, None)
    for found in (*ALL_DONE.finditer(text), *english.ALL_DONE.finditer(text)):
        if not NUMBER.match(text, found.end()):
            yield (
                found.start(),
                Claim(0, 0, found[0], "hazards.rectified", everything, scopes.at("hazards", found.start(), (), ""), whole=True),
            )
    for pattern, measure in NOTHING:
        for found in pattern.finditer(text):
            nil = Number(Decimal(0), Decimal(0))
            yield found.start(), Claim(0, 0, found[0], measure, nil, scopes.at(measure, found.start(), (), ""))
    for found in (*EVERYWHERE.finditer(text), *english.EVERYWHERE.finditer(text)):
        full = Number(Decimal(100), Decimal(100))
        yield found.start(), Claim(0, 0, found[0], "coverage", full, scopes.at("coverage", found.start(), (), ""))
    for found in (*EACH.finditer(text), *english.EACH.finditer(text)):
        rest = re.match(r"[^，。；]{0,16}", text[found.end() :])
        words = found[0] + (rest[0] if rest else "")
        yield found.start(), Claim(0, 0, words, "obligations.met", everything, scopes.at("obligations", found.start(), (), ""), whole=True)


_GRADES: Final = {"hazards.major.found": "major.", "hazards.general.found": "general."}


def _graded(found: Iterable[tuple[int, Claim]]) -> Iterator[tuple[int, Claim]]:
    """Take figures that follow those of major hazards for figures of major hazards, and "all" for the number it means."""
    grade = ""
    last: dict[tuple[str, tuple[tuple[str, str], ...]], Number] = {}
    for begins, claim in found:
        measure = claim.measure
        if measure in _GRADES and not last:
            grade = _GRADES[measure]
        elif measure == "hazards.found":
            grade = ""
        elif measure.startswith("hazards.") and grade and measure not in _GRADES:
            measure = f"hazards.{grade}{measure.removeprefix('hazards.')}"
        made = replace(claim, measure=measure)
        if made.measure.endswith(".found"):
            last[made.measure, made.scope] = made.number
        if made.whole and made.measure.endswith(".rectified"):
            whole = last.get((made.measure.replace(".rectified", ".found"), made.scope))
            if whole is None:
                continue
            made = replace(made, number=whole)
        yield begins, made
