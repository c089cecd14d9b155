"""The wordings of summaries in English, in the form of `wordings.TABLE`; a text is read without its blanks, whatever the case."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = {
    "morethan": "over", "over": "over", "nearly": "nearly", "almost": "nearly", "about": "about", "around": "about",
    "approximately": "about", "some": "about",
}  # fmt: skip
TIMES: Final = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
BE: Final = "(?:were|was|are|is|havebeen|hasbeen|hadbeen|havenowbeen|remain|arestill|werestill)?"
DONE: Final = "(?:rectified|corrected|remedied|fixed|putright)"
PLACES: Final = "(?:units|enterprises|companies|premises|businesses|sites|firms)"
PEOPLE: Final = "(?:people|persons|participants|attendees|workers|residents|employees)"
IS: Final = "(?:of|was|is|at|to|stoodat|standsat|reached|:|：|=)*"

TABLE: Final = f"""
due.on_time | on-?time(?:rectification)?rate{IS}#[%％]
zero_hazard.rate | withouthazards?{IS}#[%％]
hazards.rate | rectification(?:rate)?{IS}#[%％]
hazards.rate | rateofrectification{IS}#[%％]
hazards.rate | #[%％](?:ofthem|ofhazards|ofthesehazards)?{BE}{DONE}
coverage | coverage(?:rate)?{IS}#[%％]
inspections.covert_teams | #(?:covert|undercover)(?:inspection)?teams
inspections.teams | #(?:inspection|enforcement|lawenforcement|supervision)teams
inspections.teams | (?:inspect|sent|dispatched|organi[sz]ed)[^。；]{{0,40}}#teams
teams.count | #(?:emergency|rescue)(?:response)?teams
inspections.person_times | #(?:person-?times|inspectors|officers)
inspections.unit_visits | #(?:unit-?|site-?)?visits
inspections.units | #{PLACES}{BE}(?:inspected|visited|checked)
inspections.units | (?:inspected|visited|checked|inspectionsof)~#(?:[a-z]{{0,16}})?{PLACES}
inspections.units | {PLACES}(?:inspected|visited|checked){IS}#
hazards.major.found | #major(?:accident|safety)?hazards
hazards.major.found | majorhazards(?:found|identified)?{IS}#
on_spot.found | #(?:ofthem|hazards)?{BE}{DONE}onthespot
hazards.overdue | #(?:ofthem|hazards)?{BE}overdue
hazards.overdue | overdue{IS}#
hazards.awaiting | #(?:ofthem|hazards)?{BE}(?:awaiting|waitingfor|to)(?:be)?(?:verification|verif|re-?inspection|review)
hazards.awaiting | (?:toverify|awaitingverification){IS}#
hazards.within_due | #(?:ofthem|hazards)?{BE}(?:open)?within(?:the|their)?(?:deadline|due|timelimit)
hazards.within_due | withindue{IS}#
hazards.rectified | #(?:ofthem|ofthese|ofwhich|hazards)?{BE}(?:already|now)?{DONE}
hazards.rectified | (?<!not){DONE}{IS}#(?!%)
hazards.found | #(?:general|safety|accident|fire|potential)*hazards
hazards.found | hazards(?:found|identified|recorded)?{IS}#
hazards.found | (?:found|identified|recorded){IS}#(?:ofthem)?(?=hazards|，|。|;|$)
trainings.attendees | training[^。；]{{0,40}}#{PEOPLE}
trainings.count | #(?:safety)?training(?:courses|sessions|s)?
drills.attendees | (?:drills|exercises)[^。；]{{0,40}}#{PEOPLE}
drills.count | #(?:emergency|evacuation|fire|rescue)*(?:drills|exercises)
publicity.materials | #(?:leaflets|brochures|booklets|copies)
publicity.events | #(?:publicity|outreach|awareness)(?:events|campaigns|activities)
enforcement.fine.amount | fine[ds]?(?:of|totalling|totaling|worth|cameto|to|at)*(?:RMB|CNY|¥|￥)?#(?:yuan)?(?=yuan|RMB|$|，|。|in|were|was)
enforcement.fine.amount | #(?:yuan|RMB)?in(?:fines|penalties)
enforcement.stop_production.units | #{PLACES}{BE}(?:stopped|suspended|orderedtostop)
enforcement.temp_sealed.units | #{PLACES}{BE}(?:temporarily)?sealed
enforcement.detention.persons | #{PEOPLE}{BE}detained
accidents.deaths | #(?:deaths|fatalities|{PEOPLE}{BE}killed|dead)
accidents.injuries | #(?:injuries|injured|{PEOPLE}{BE}injured)
accidents.count | #(?:productionsafety|work|industrial|road|fire)*accidents
funds.amount | (?:invested|spent|allocated)~#(?:yuan|RMB)
warnings.issued | #(?:early|weather)?warnings
documents.count[kind=responsibility_letter] | #responsibilityletters
documents.count[kind=plan] | #(?:emergency)?plans
meetings.count | #(?:safety|committee|regular)*meetings
"""

ALL_DONE: Final = re.compile(rf"\ball(?:ofthem|ofwhich|ofthese|hazards|thehazards)?{BE}{DONE}|{BE}all{DONE}", re.IGNORECASE)
NOTHING: Final = (
    (re.compile(rf"no(?:safety)?hazards?{BE}(?:found|identified)", re.IGNORECASE), "hazards.found"),
    (
        re.compile(r"(?<![a-z])no(?:work|productionsafety|safety)?accidents?(?:happened|occurred|werereported)?", re.IGNORECASE),
        "accidents.count",
    ),
)
MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR: Final = r"[12]\d{3}"
DATES: Final = "|".join((
    rf"\d{{1,2}}(?:{MONTHS})(?:{_YEAR})?", rf"(?:{MONTHS})\d{{1,2}}，?(?:{_YEAR})?", rf"(?:{MONTHS}){_YEAR}",
    rf"[HQ][1-4](?:of)?{_YEAR}", rf"{_YEAR}[HQ][1-4]",
))  # fmt: skip
ABBREVIATED: Final = ("No", "Co", "Ltd", "approx", "vs", "Art", "e.g", "i.e", "St")
"""Words behind which a full stop ends no sentence."""


def plain_periods(text: str) -> str:
    """Give a text whose periods in words are written as codes: `first half of 2023` is 2023H1, `June 2023` is 2023-06 in Chinese.

    Examples:
        >>> plain_periods("Summary of the first half of 2023"), plain_periods("secondquarterof2024")
        ('Summary of the 2023H1', '2024Q2')
    """
    for words, code in _PERIODS:
        text = words.sub(rf"\g<1>{code}", text)
    return text


_ORDINALS: Final = ("first", "second", "third", "fourth")
_PERIODS: Final = (
    *((re.compile(rf"{_ORDINALS[n]} ?half ?(?:of|,)? ?([12]\d{{3}})", re.IGNORECASE), f"H{n + 1}") for n in range(2)),
    *((re.compile(rf"{_ORDINALS[n]} ?quarter ?(?:of|,)? ?([12]\d{{3}})", re.IGNORECASE), f"Q{n + 1}") for n in range(4)),
    *((re.compile(rf"(?<!\d)(?<!\d ){name} ?([12]\d{{3}})", re.IGNORECASE), f"年{n}月") for n, name in enumerate(MONTHS.split("|"), 1)),
)
