"""The wordings of summaries in English, in the form of `wordings.TABLE`; a text is read without its blanks, whatever the case."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = {
    "morethan": "over", "over": "over", "nearly": "nearly", "almost": "nearly", "about": "about", "around": "about",
    "approximately": "about", "some": "about", "inexcessof": "over", "upwardsof": "over", "closeto": "nearly", "roughly": "about",
}  # fmt: skip
TIMES: Final = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
BE: Final = "(?:were|was|are|is|havebeen|hasbeen|hadbeen|havenowbeen|remain|arestill|werestill)?"
DONE: Final = "(?:rectified|corrected|remedied|fixed|putright|eliminated|resolved|removed)"
PLACES: Final = "(?:units?|enterprises?|companies|company|premises|businesses|sites|firms?|households|shops|factories|mines|schools)"
PEOPLE: Final = "(?:people|persons?|participants|attendees|workers|residents|employees|trainees|staff)"
HAZARDS: Final = "(?:hazards?|hiddendangers?|problems|safetyissues)"
IS: Final = "(?:of|was|is|at|to|stoodat|standsat|reached|totalled|totaled|cameto|amountedto|:|：|=)*"
MONEY: Final = "(?:yuan|RMB|CNY)"

BOUND: Final = "(?:orderedtobe|tobe|mustbe|willbe)"
CAME: Final = "(?:of|totalling|totaling|totalled|totaled|amountedto|reached|exceeded|worth|cameto|to|at)*"

TABLE: Final = f"""
due.on_time | on-?time(?:rectification)?rate{IS}#[%％]
due.on_time | #[%％](?:ofthem|of{HAZARDS}|ofthese{HAZARDS})?{BE}{DONE}(?:ontime|bythedeadline)
hazards.rate | rectificationrate[a-z]{{2,16}}from[^，。；]{{1,10}}to#[%％]
- | rate[a-z]{{2,16}}from#[%％]
hazards.rate | (?:^|[，。；;])rate{IS}#[%％]
hazards.rate | [0-9][(（]#[%％][)）]{BE}{DONE}
zero_hazard.rate | withouthazards?{IS}#[%％]
hazards.rate | rectification(?:rate)?{IS}#[%％]
hazards.rate | rateofrectification{IS}#[%％]
hazards.rate | #[%％](?:ofthem|of(?:the|these|all)?{HAZARDS})?{BE}{DONE}
coverage | coverage(?:rate)?{IS}#[%％]
inspections.covert_teams | #(?:covert|undercover)(?:inspection)?teams
inspections.teams | #(?:inspection|enforcement|lawenforcement|supervision)teams
inspections.teams | #teams[^。；]{{0,24}}(?:sentout|dispatched|inspect)
inspections.teams | (?:inspect|sent|dispatched|organi[sz]ed)[^。；]{{0,40}}#teams
inspections.joint | #joint(?:inspections|patrols|operations)
inspections.covert | #(?:covert|undercover|unannounced)(?:inspections|visits|checks)
inspections.random | #(?:double-?random|random|randomi[sz]ed)(?:inspections|checks)
inspections.led_by.principal | (?:principals?|chiefs?|heads?)led#(?:inspections|teams|outings)
inspections.led_by.leader | (?:leaders?|deputies)led#(?:inspections|teams|outings)
teams.members | teams(?:with|of|,|，)#(?:members|{PEOPLE}|rescuers)
teams.count | #(?:emergency|rescue)(?:response)?teams
inspections.person_times | #(?:person-?times|inspectors|officers)
inspections.unit_visits | #(?:unit-?|site-?)?visits
inspections.units | #{PLACES}{BE}(?:inspected|visited|checked)
inspections.units | (?:inspected|visited|checked|inspectionsof)~#(?:[a-z]{{0,16}})?{PLACES}
inspections.units | {PLACES}(?:inspected|visited|checked){IS}#
- | re-?inspect(?:ed|ions?of)#{HAZARDS}
stock.open | #(?:ofthem|{HAZARDS})?{BE}(?:open|outstanding|unrectified|notyet{DONE})(?!within)
hazards.major.found | #major(?:accident|safety)?{HAZARDS}
hazards.general.found | #(?:general|ordinary)(?:accident|safety)?{HAZARDS}
hazards.general.found | generalhazards(?:found|identified)?{IS}#
hazards.found[sector] | {HAZARDS}[^。；]{{0,100}}#(?:of(?:them|which))?(?:was|were|are)?in(?P<item>[a-z]{{3,30}}?)(?=[，。；;]|and|$)
hazards.major.found | majorhazards(?:found|identified)?{IS}#
on_spot.found | #(?:ofthem|hazards)?{BE}{DONE}onthespot
hazards.overdue | #(?:ofthem|hazards)?{BE}overdue
hazards.overdue | overdue{IS}#
hazards.awaiting | #(?:ofthem|hazards)?{BE}(?:awaiting|waitingfor|to)(?:be)?(?:verification|verif|re-?inspection|review)
hazards.awaiting | (?:toverify|awaitingverification){IS}#
hazards.within_due | #(?:ofthem|{HAZARDS})?(?:are|were)?{BOUND}{DONE}within(?:the|a|their)?(?:set)?(?:deadline|due|timelimit)
hazards.within_due | #(?:ofthem|hazards)?{BE}(?:open)?within(?:the|their)?(?:deadline|due|timelimit)
hazards.within_due | withindue{IS}#
hazards.rectified | #(?:[(（][^()（）]{{1,8}}[)）])?(?:ofthem|ofthese|ofwhich|{HAZARDS})?(?:that|which)?{BE}(?:already|now)?{DONE}
hazards.rectified | (?<!not)(?<!be){DONE}(?:{HAZARDS})?{IS}#(?!%)
hazards.found | #(?:safety|accident|fire|potential|various)*{HAZARDS}
hazards.found | {HAZARDS}(?:found|identified|recorded|discovered)?{IS}#
hazards.found | (?:found|identified|recorded|discovered){IS}#(?:ofthem)?(?={HAZARDS}|，|。|;|$)
publicity.events[theme=warning_education] | #warningeducation(?:events|sessions|activities|classes)
publicity.attendees[theme=warning_education] | warningeducation[^。；]{{0,40}}#{PEOPLE}
trainings.planned | plan[^。；]{{0,16}}#(?:safety)?(?:training)?(?:courses|sessions|trainings)
trainings.planned | #(?:safety)?(?:training)?(?:courses|sessions|trainings)(?:are|were)?planned
trainings.attendees | (?:training|courses)[^。；]{{0,40}}#{PEOPLE}
trainings.count | #(?:safety)?training(?:courses|sessions|classes|s)?
trainings.count | #(?:safety)?courses
drills.attendees | (?:drills|exercises)[^。；]{{0,40}}#{PEOPLE}
drills.count | #(?:emergency|evacuation|fire|rescue)*(?:drills|exercises)
publicity.materials | #(?:leaflets|brochures|booklets|copies|handbooks|pamphlets)
publicity.contests | #(?:quizzes|contests|competitions)
publicity.events | #(?:publicity|outreach|awareness)(?:events|campaigns|activities)
enforcement.fine.amount | (?:fine[ds]?|penalties){CAME}#{MONEY}?(?=yuan|RMB|$|，|。|；|;|in|were|was|collected|imposed|and)
enforcement.times | #(?:administrative)?penalties(?:{BE}imposed)?(?!of)
enforcement.fine.amount | #(?:yuan|RMB)?in(?:fines|penalties)
enforcement.stop_production.units | #{PLACES}{BE}(?:orderedto)?(?:stop(?:ped)?|suspend(?:ed)?|halt(?:ed)?)
enforcement.closure_requested.units | closureof#{PLACES}{BE}(?:requested|proposed|sought)
enforcement.closed.units | #{PLACES}?{BE}(?:closed|shut)down
enforcement.banned.units | #{PLACES}?{BE}(?:banned|outlawed)
enforcement.summons.persons | #(?:{PEOPLE}|managers|owners|principals){BE}(?:summoned|calledin)
enforcement.licence.units | #licen[cs]es{BE}(?:suspended|revoked|withdrawn)
enforcement.illegal_activity.times | #illegal(?:activities|acts|operations)
enforcement.temp_sealed.units | #{PLACES}{BE}(?:temporarily)?sealed
enforcement.detention.persons | #{PEOPLE}{BE}detained
accidents.deaths | #(?:deaths?|fatalit(?:y|ies)|{PEOPLE}?{BE}killed|dead|{PEOPLE}died)
accidents.injuries | #(?:injury|injuries|{PEOPLE}?{BE}(?:seriously|slightly)?injured)
accidents.loss | loss(?:es)?{IS}#{MONEY}?
accidents.count | #(?:productionsafety|safety|work|industrial|road|traffic|fire)*accidents?
funds.amount | (?:invested|spent|allocated)~#{MONEY}
funds.amount | #{MONEY}?(?:was|were|hasbeen|havebeen)(?:invested|spent|allocated)
risk_points.count[type=reservoir] | #reservoirs
risk_points.count[type=check_dam] | #checkdams
risk_points.count[type=geo_hazard] | #(?:geological|geo-?)hazard(?:sites|points|spots)
risk_points.count[type=flash_flood] | #flash-?flood(?:areas|zones|sites)
risk_points.count | #riskpoints
tips.received | #(?:tips|tip-?offs|complaints){BE}(?:received)?
tips.received | received#(?:tips|tip-?offs|complaints)
tips.verified | (?:tips|tip-?offs|complaints)[^。；]{{0,30}}#(?:ofthem|ofwhich)?{BE}(?:verified|confirmed|substantiated)
tips.rewards | rewards?{IS}#{MONEY}
campaign.phases | #(?:phases|stages)
consultations.count | #consultations
warnings.issued | #(?:early|weather)?warnings
documents.count[kind=responsibility_letter] | #responsibilityletters
documents.count[kind=agreement] | #(?:[a-z]{{0,16}})?agreements
documents.count[kind=duty_list] | #(?:duty|responsibility)lists
documents.count[kind=plan,level=general] | #(?:general|overall)(?:emergency)?plans?
documents.count[kind=plan,level=special] | #special(?:emergency)?plans
documents.count[kind=plan] | #(?:emergency)?plans
meetings.count[body=special] | #specialmeetings
meetings.count | #(?:safety|committee|regular)*meetings
meetings.count | met#times
"""

EVERYWHERE: Final = re.compile(rf"(?:all|every){PLACES}{BE}(?:inspected|visited|checked)|inspectedall{PLACES}", re.IGNORECASE)
EACH: Final = re.compile(r"(?:each|every)(?P<every>month|quarter|half-?year|year)", re.IGNORECASE)
ALL_DONE: Final = re.compile(rf"\ball(?:ofthem|ofwhich|ofthese|{HAZARDS}|the{HAZARDS})?{BE}{DONE}|{BE}all{DONE}", re.IGNORECASE)
NOTHING: Final = (
    (re.compile(rf"no(?:safety)?{HAZARDS}{BE}(?:found|identified|discovered)", re.IGNORECASE), "hazards.found"),
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
