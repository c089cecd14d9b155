"""Sentences in the wordings of the genre, in both languages: those of `sentences.txt`, and any that a small grammar makes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.exchange.claims.reading import Claim, read
from hazardctl.exchange.claims.scopes import Lexicon
from hazardctl.exchange.claims.spelled import figures
from hazardctl.ops.claim_checks import faults
from hazardctl.ops.claims import common
from hazardctl.vocabulary import BUILT_IN
from tests.exchange.test_claims import in_characters

LEXICON: Final = Lexicon(common(BUILT_IN))
WRITTEN: Final = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8")
SENTENCES: Final = [part.split("\n    ") for part in WRITTEN.strip().split("\n\n")[1:]]


def said(claim: Claim) -> str:
    number = claim.number
    value = ("all" if claim.whole else "∅") if number.least is None else f"{number.least:f}"
    last = "" if number.least == number.most else f"..{number.most:f}"
    return f"{claim.id} {number.mark}{value}{last}{f' @{claim.when}' if claim.when else ''}"


@pytest.mark.parametrize(("text", "claims"), SENTENCES)
def test_a_sentence_of_the_genre_says_what_a_reader_takes_from_it(text: str, claims: str) -> None:
    found = read(text, LEXICON).claims
    assert ("; ".join(said(one) for one in found) or "nothing") == claims


def test_sectors_that_add_up_to_more_than_the_whole_are_named() -> None:
    (fault,) = faults(read("发现隐患25处，其中消防12处、道路交通18处、燃气5处。", LEXICON))
    assert (fault.code, fault.what.say("en")) == ("HZ503", "the sectors add up to 35, more than the whole of 25")
    assert not faults(read("发现隐患25处，其中消防12处、道路交通8处、燃气5处。", LEXICON))
    assert not faults(read("发现隐患30余处，其中消防12处、道路交通**处、燃气25处。", LEXICON))


CHINESE: Final = {
    "inspections.units": ("检查企业{n}家", "共走访单位{n}户", "检查了{n}家单位"),
    "inspections.unit_visits": ("检查企业{n}家次", "检查单位{n}家（次）", "累计检查场所{n}户次"),
    "hazards.found": ("查出隐患{n}处", "发现各类问题隐患{n}项", "排查出问题{n}个", "发现{n}条安全隐患", "排查整治隐患{n}处"),
    "hazards.rectified": ("已整改{n}处", "完成整改{n}项", "整治完成{n}个", "已消除{n}处", "整改销号{n}条"),
    "hazards.within_due": ("限期整改{n}处", "正在整改{n}项"),
    "drills.count": ("开展应急演练{n}场", "组织演练{n}次"),
    "trainings.count": ("举办培训班{n}期", "开展培训{n}次"),
    "documents.count[kind=responsibility_letter]": ("签订责任书{n}份",),
    "enforcement.fine.amount": ("罚款{n}元", "处罚金额共计{n}元"),
}
ENGLISH: Final = {
    "inspections.units": ("{n} units were inspected", "the town inspected {n} enterprises", "{n} companies visited"),
    "inspections.unit_visits": ("{n} visits were made", "{n} site visits took place"),
    "hazards.found": ("{n} hazards were found", "it found {n} problems", "{n} hidden dangers were discovered"),
    "hazards.rectified": ("{n} of them have been rectified", "{n} were eliminated", "rectified: {n}", "{n} now fixed"),
    "hazards.overdue": ("{n} are overdue", "overdue: {n}"),
    "drills.count": ("{n} drills were held", "{n} fire drills took place"),
    "trainings.count": ("{n} training courses ran", "{n} training sessions took place"),
    "documents.count[kind=responsibility_letter]": ("{n} responsibility letters were signed",),
    "enforcement.fine.amount": ("fines of {n} yuan", "fines totalled {n} yuan"),
}
Parts = list[tuple[str, int, str]]


def parts(table: dict[str, tuple[str, ...]], values: st.SearchStrategy[int]) -> st.SearchStrategy[Parts]:
    """Make the parts of a sentence, one for each of some measures: measure, number, wording."""
    one = st.sampled_from(sorted(table)).flatmap(lambda name: st.tuples(st.just(name), values, st.sampled_from(table[name])))
    return st.lists(one, min_size=1, max_size=5, unique_by=lambda part: part[0])


@pytest.mark.parametrize("text", ["Two three hazards were found.", "查出隐患百分之一二处。", "One of the hazards was found by 李四."])
def test_words_that_make_no_number_are_no_figure(text: str) -> None:
    assert read(text, LEXICON).claims == ()


@given(parts(CHINESE, st.integers(2, 99_999)), st.sampled_from(["plain", "thousands", "full", "characters"]), st.sampled_from("，；。"))
def test_any_sentence_in_chinese_gives_its_figures_back(made: Parts, writing: str, between: str) -> None:
    text = between.join(words.format(n=written(value, writing)) for _, value, words in made) + "。"
    assert [(one.id, one.number.exact) for one in read(text, LEXICON).claims] == [(name, Decimal(value)) for name, value, _ in made]


@given(parts(ENGLISH, st.integers(2, 99_999)), st.sampled_from(["plain", "thousands", "words"]), st.sampled_from([", ", "; ", ". "]))
def test_any_sentence_in_english_gives_its_figures_back(made: Parts, writing: str, between: str) -> None:
    said_ = [words.format(n=written(value, writing)) for _, value, words in made]
    text = between.join(one[:1].upper() + one[1:] if between == ". " else one for one in said_) + "."
    assert [(one.id, one.number.exact) for one in read(text, LEXICON).claims] == [(name, Decimal(value)) for name, value, _ in made]


@given(st.integers(2, 999_999_999))
def test_numbers_in_words_say_their_number(value: int) -> None:
    assert [digits for *_, digits in figures(in_words(value))] == [str(value)]


@given(st.integers(1, 99), st.sampled_from(["整改率达百分之{}。", "Ninety. The rectification rate was {} percent."]))
def test_a_percentage_in_words_is_one(value: int, text: str) -> None:
    words = text.format(in_characters(value) if "百" in text else in_words(value))
    assert [(one.id, one.number.exact) for one in read(words, LEXICON).claims] == [("hazards.rate", Decimal(value))]


def written(value: int, writing: str) -> str:
    match writing:
        case "thousands":
            return f"{value:,}"
        case "full":
            return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        case "characters":
            return in_characters(value)
        case "words":
            return in_words(value)
        case _:
            return str(value)


def in_words(value: int) -> str:
    ones = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = f" {'and ' if value % size < 100 else ''}{in_words(value % size)}" if value % size else ""
            return f"{in_words(value // size)} {name}{rest}"
    if value < 20:
        return f"{ones} seventeen eighteen nineteen".split()[value]
    ten = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][value // 10 - 2]
    return f"{ten}-{in_words(value % 10)}" if value % 10 else ten
