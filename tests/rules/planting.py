"""Clean ledgers, and faults planted in them.

A *fault* is written as the page of its rule writes it, and is then told in another way: other days, other ids, other people,
other records around it. A *slip* is one change to one line of a clean record, as a person makes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tests.rules.pages import CONFIG, TODAY, Sheet, sheets, today_of
from tests.strategies import Dice

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PEOPLE: Final = ("张三", "李四", "王五", "赵六", "钱七", "孙八")
PINNED: Final = frozenset({"HZ212", "HZ306", "HZ307", "HZ308", "HZ314", "HZ104", "HZ010"})
"""What these find hangs on a week day, a holiday, the end of a quarter, or a path that names its month."""
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_OF_ID: Final = re.compile(r"\b([A-Z]{2,6}-)(20\d{6})(-[0-9A-HJKMNP-TV-Z]{5})\b")


def suffix(dice: Dice, number: int) -> str:
    """Make the last part of an id, one for each number and in their order."""
    return f"{number:02}" + "".join(dice.choice(CROCKFORD) for _ in range(3))


def told_otherwise(code: str, records: list[Sheet], dice: Dice) -> tuple[list[Sheet], dt.date]:
    """Tell the records of a page on other days, under other ids, with other people; give the day they are judged on as well."""
    shift = dt.timedelta(0 if code in PINNED or _bound(records) else dice.randint(-30, 100))
    there = sorted({found[3] for one in records for found in _OF_ID.finditer("\n".join((*one.lines, *one.directives.values())))})
    ids = {old: f"-{suffix(dice, 50 + number)}" for number, old in enumerate(there)}
    people = list(PEOPLE)
    for left in range(len(people) - 1, 0, -1):
        right = dice.randint(0, left)
        people[left], people[right] = people[right], people[left]
    others: dict[str, str] = dict(zip(PEOPLE, people, strict=True))

    def moved(found: re.Match[str]) -> str:
        try:
            return (dt.date(int(found[1]), int(found[2]), int(found[3])) + shift).isoformat()
        except ValueError:
            return found[0]  # 2023-02-29 is what is wrong

    def renamed(found: re.Match[str]) -> str:
        try:
            day = dt.datetime.strptime(found[2], "%Y%m%d").date() + shift  # noqa: DTZ007 (a day, not an instant)
        except ValueError:
            return found[0]
        return f"{found[1]}{day:%Y%m%d}{ids[found[3]]}"

    def again(text: str) -> str:
        text = _DAY.sub(moved, _OF_ID.sub(renamed, text))
        return re.sub("|".join(PEOPLE), lambda found: others[found[0]], text)

    kept = [Sheet([again(line) for line in one.lines], {name: again(value) for name, value in one.directives.items()}) for one in records]
    return kept, today_of(records) + shift


# ----------------------------------------------------------------------------------------------------------- clean ledgers

WRONG: Final = (
    "疏散通道被货物占用", "配电箱未上锁", "灭火器压力不足", "护栏缺少横杆", "气瓶没有防倾倒装置", "应急灯不亮",
    "电焊机外壳未接地", "消火栓箱内缺水带", "脚手架连墙件缺失", "危化品标签脱落", "厨房油烟管道积油", "电缆沟盖板破损",
)  # fmt: skip
UNIT: Final = """id: {id}
schema: unit/1
name: {name}
kind: enterprise
sector: industry
"""
OFFICE: Final = """id: town-office
schema: unit/1
name: 青山镇安监办
kind: government
"""
HAZARD: Final = """id: YH-{day}-{suffix}
schema: hazard/1
description: {wrong}
found_on: {found}
source: supervision
found_by: 李四
found_by_org: town-office
unit: {unit}
site: {n}号车间
sector: industry
grade: {grade}
category: object
{major}requirement: 按规范整改并拍照报备
evidence:
  - {{kind: after, url: "https://example.org/{suffix}.jpg"}}
history:
  - {{date: {found}, do: register, by: 李四}}
  - {{date: {found}, do: assign, by: 李四, to: {unit}, person: 赵六, due: {due}}}
"""
MAJOR: Final = """basis: [{{doc: 工贸企业重大事故隐患判定标准}}]
cause: 设计时遗漏
consequence: 波及相邻车间
interim: 停用并专人值守
plan:
  target: {{text: 限期消除, done_on: {found}}}
  measures: {{text: 加装装置, done_on: {found}}}
  funds: {{text: 企业自筹, done_on: {found}}}
  staff: {{text: 设备部牵头, done_on: {found}}}
  schedule: {{text: 月底前, done_on: {found}}}
  emergency: {{text: 修订预案, done_on: {found}}}
funds_planned: 12000
reports: [{{date: {found}, to: 县应急局, by: 李四}}]
notices: [{{date: {found}, way: 公示栏}}]
"""
DONE: Final = """  - {{date: {done}, do: rectify, by: 赵六, note: 已按要求改好}}
  - {{date: {passed}, do: verify, by: [李四, 王五], result: pass}}
  - {{date: {closed}, do: close, by: 孙八, reason: rectified}}
"""
ORDER: Final = """id: WJ-{day}-{suffix}
schema: document/1
date: {found}
kind: order
title: 责令限期整改指令书
issuer: town-office
hazards: [{hazard}]
items: [{{hazard: {hazard}, due: {due}}}]
signers: [{{name: 李四, cert: A0001}}, {{name: 王五, cert: A0002}}]
---
id: WJ-{day}-{other}
schema: document/1
date: {found}
kind: review_opinion
title: 整改复查意见书
issuer: town-office
hazards: [{hazard}]
items: [{{hazard: {hazard}, result: pass}}]
previous: WJ-{day}-{suffix}
signers: [{{name: 李四, cert: A0001}}, {{name: 王五, cert: A0002}}]
---
id: ZF-{day}-{suffix}
schema: enforcement/1
date: {found}
kind: stop_supply
org: town-office
unit: works-0
hazards: [{hazard}]
effective_on: {cut}
lifted_on: {lifted}
notified_at: {found}T09:00
---
id: ZF-{day}-{other}
schema: enforcement/1
date: {found}
kind: fine
org: town-office
unit: works-0
hazards: [{hazard}]
amount: 20000
"""
SETTINGS: Final = """# file: hazardctl.yaml
schema: config/1
calendar: {name: plain}
people: [{name: 张三}, {name: 李四}, {name: 王五}, {name: 赵六}, {name: 钱七}, {name: 孙八}]
"""


def clean_hazard(dice: Dice, n: int, grade: str = "", *, closed: bool | None = None, today: dt.date = TODAY) -> str:
    """Make a hazard nothing is wrong with on a day: closed by the book, or handed over a few days ago."""
    over = dice.randint(0, 3) > 0 if closed is None else closed
    found = today - dt.timedelta(days=dice.randint(40, 140) if over else dice.randint(1, 3))
    while found.weekday() > 4:
        found -= dt.timedelta(days=1)
    done = found + dt.timedelta(days=dice.randint(1, 10))
    passed = done + dt.timedelta(days=dice.randint(1, 8))
    days = {"found": found, "due": found + dt.timedelta(days=14), "done": done, "passed": passed, "closed": passed + dt.timedelta(days=2)}
    grade = grade or dice.choice(["general", "general", "major"])
    more = MAJOR.format(**days) if grade == "major" else ""
    text = HAZARD + (DONE if over else "")
    return text.format(
        day=f"{found:%Y%m%d}",
        suffix=suffix(dice, n),
        wrong=WRONG[n % len(WRONG)],
        unit=f"works-{n % 3}",
        n=n,
        grade=grade,
        major=more,
        **days,
    )


def clean(dice: Dice, most: int = 6) -> list[Sheet]:
    """Make a ledger nothing is wrong with: units, hazards, an order, its opinion and two decisions."""
    hazards = [clean_hazard(dice, 0, closed=True), *(clean_hazard(dice, n) for n in range(1, dice.randint(1, most)))]
    first = hazards[0].partition("\n")[0].removeprefix("id: ")
    day = dt.date.fromisoformat(f"{first[3:7]}-{first[7:9]}-{first[9:11]}")
    days = {"due": day + dt.timedelta(14), "cut": day + dt.timedelta(1), "lifted": day + dt.timedelta(2)}
    papers = ORDER.format(day=f"{day:%Y%m%d}", found=day, suffix=suffix(dice, 90), other=suffix(dice, 91), hazard=first, **days)
    return sheets("---\n".join([SETTINGS, OFFICE, *_units(), *hazards, papers]))


def _bound(records: Sequence[Sheet]) -> bool:
    """Say whether the days of a page cannot move and nothing may lie beside it.

    It is about a period, whose words (2024H1) do not move and whose figures count whatever lies beside; or it tells commits, whose
    paths name their month.
    """
    about = re.compile(r"(schema: (tally|declaration|target|seal)/|period: |kind: submission)")
    commits = {"before", "then", "theirs"}
    return any(commits & one.directives.keys() or any(map(about.match, one.lines)) for one in records)


def beside(records: Sequence[Sheet], today: dt.date, dice: Dice) -> list[Sheet]:
    """Put clean hazards beside the records of a page, unless these are about the ledger as a whole or bring settings of their own."""
    if _bound(records) or any("times" in one.directives or one.path == CONFIG for one in records):
        return list(records)
    others = [clean_hazard(dice, n, closed=True, today=today) for n in range(3, 3 + dice.randint(0, 3))]
    return [*records, *sheets("---\n".join([OFFICE, *_units(), *others]))]


def _units() -> list[str]:
    return [UNIT.format(id=f"works-{n}", name=f"第{n}机械厂") for n in range(3)]


# ------------------------------------------------------------------------------------------------------------------ slips


@dataclass(frozen=True)
class Slip:
    """One slip of the pen in a clean, closed, general hazard (or another record): what is replaced, on which line the finding stands.

    Attributes:
        old: pattern that is replaced, once.
        new: what stands there then; `<found>`, `<before>`, `<late>` and `<future>` are days of the record.
        at: pattern of the line the finding stands on.
        also: other codes that must follow from the same slip.
        kind: of the paper or decision it is made in, instead of a hazard.
        grade: of the hazard.
    """

    old: str
    new: str
    at: str
    kind: str = ""
    also: frozenset[str] = frozenset()
    grade: str = "general"


SLIPS: Final[Mapping[str, Slip]] = {
    "HZ005": Slip(r"requirement:", "requirment:", r"requirment"),
    "HZ006": Slip(r"source: supervision\n", "", r"^id"),
    "HZ008": Slip(r"sector: industry", "sector: 工业", r"sector"),
    "HZ014": Slip(r"evidence:", "status: closed\nevidence:", r"^status"),
    "HZ016": Slip(r"url: \S+jpg\"", "path: ../1.jpg, sha256: <zeros>", r"path"),
    "HZ019": Slip(r"site: (.*)", r'site: "\\u200b\1"', r"site"),
    "HZ104": Slip(r"found_on: \S+", "found_on: <before>", r"found_on", also=frozenset({"HZ305"})),
    "HZ105": Slip(r"unit: works-\d", "unit: works-9", r"^unit"),
    "HZ106": Slip(r"found_by: ", "inspection: ZX-20240301-9RWK4\nfound_by: ", r"inspection"),
    "HZ112": Slip(r"(schema: \S+)", r"\1\nregion: nowhere", r"region"),
    "HZ113": Slip(r"by: 孙八", "by: 孙八八", r"do: close"),
    "HZ201": Slip(r"\Z", "  - {date: <today>, do: start, by: 赵六}\n", r"do: start"),
    "HZ202": Slip(r"  - {date: \S+ do: register.*\n", "", r"do: assign"),
    "HZ204": Slip(r"  - {date: \S+ do: verify.*\n", "", r"do: close"),
    "HZ205": Slip(r"by: \[李四, 王五\], result", "by: 赵六, result", r"do: verify"),
    "HZ206": Slip(r"by: 孙八", "by: 赵六", r"do: close"),
    "HZ207": Slip(r"by: \[李四, 王五\], result", "by: 李四, result", r"do: verify", grade="major"),
    "HZ208": Slip(r", due: \S+}", "}", r"do: assign"),
    "HZ210": Slip(r"(  - {date: (\S+), do: assign.*\n)", r"\1  - {date: \2, do: assign, by: 李四, to: works-0, due: <late>}\n", r"<late>"),
    "HZ213": Slip(
        r"(  - {date: (\S+), do: assign.*\n)[\s\S]*",
        r"\1  - {date: \2, do: extend, by: 赵六, decision: requested, due: <late>, reason: 订货, interim: 值守}\n",
        r"requested", also=frozenset({"HZ315", "HZ417"}),
    ),
    "HZ215": Slip(r"  - {date: (\S+), do: rectify[\s\S]*", r"  - {date: \1, do: withdraw, by: 李四, reason: entry_error}\n", r"withdraw"),
    "HZ218": Slip(
        r"(  - {date: (\S+), do: assign.*\n)",
        r"\1  - {date: \2, do: regrade, by: 孙八, was: major, now: general, reason: 复核}\n", r"regrade",
    ),
    "HZ219": Slip(r"  - {date: \S+ do: assign[\s\S]*", "", r"register"),
    "HZ220": Slip(r"  - {date: \S+ do: verify[\s\S]*", "", r"rectify"),
    "HZ221": Slip(r"  - {date: \S+ do: close[\s\S]*", "", r"verify"),
    "HZ301": Slip(r"{date: \S+, do: verify", "{date: <found>, do: verify", r"do: verify"),
    "HZ302": Slip(r"due: \S+}", "due: <before>}", r"do: assign"),
    "HZ303": Slip(r"{date: \S+, do: close", "{date: <future>, do: close", r"do: close", also=frozenset({"HZ221"})),
    "HZ304": Slip(r"{date: \S+, do: register", "{date: <before>, do: register", r"do: register"),
    "HZ306": Slip(r"due: \S+}", "due: <late>}", r"do: assign"),
    "HZ315": Slip(r"  - {date: \S+ do: rectify[\s\S]*", "", r"do: assign", also=frozenset({"HZ417"})),
    "HZ401": Slip(r"evidence:\n.*\n", "", r"do: rectify"),
    "HZ402": Slip(r"url: \S+jpg\"", "path: evidence/1.jpg, sha256: <zeros>", r"path"),
    "HZ405": Slip(r"basis: .*\n", "", r"^grade", grade="major", also=frozenset({"HZ414"})),
    "HZ407": Slip(r"interim: .*\n", "", r"^grade", grade="major"),
    "HZ408": Slip(r"reports: .*\n", "", r"^grade", grade="major"),
    "HZ409": Slip(r"notices: .*\n", "", r"^grade", grade="major"),
    "HZ410": Slip(r"  funds: .*\n", "", r"^plan", grade="major"),
    "HZ411": Slip(r"lifted_on: \S+\n", "", r"do: close", kind="stop_supply"),
    "HZ412": Slip(r"previous: \S+\n", "", r"^kind", kind="review_opinion"),
    "HZ413": Slip(r"signers: .*", "signers: [{name: 李四, cert: A0001}]", r"signers", kind="order"),
    "HZ415": Slip(r"(grade: general)", r"\1\nlocal_grade: 5级", r"local_grade"),
    "HZ419": Slip(r"(requirement: .*)", r"\1\nfunds_planned: 1000\nfunds_spent: 90000", r"funds_spent"),
    "HZ420": Slip(r"notified_at: \S+\n", "", r"^kind", kind="stop_supply"),
    "HZ601": Slip(r"description: .*", "description: 已整改", r"description", also=frozenset({"HZ602"})),
    "HZ602": Slip(r"description: .*", "description: 漏电", r"description"),
    "HZ603": Slip(r"description: .*", "description: 1、灭火器过期 2、疏散门上锁", r"description"),
    "HZ604": Slip(r"found_by: 李四", "found_by: 2024.3.12", r"found_by:"),
    "HZ605": Slip(r"site: .*\n", "", r"^unit"),
    "HZ607": Slip(r"description: .*", "description: 隐患锟斤拷整改", r"description"),
    "HZ608": Slip(r"(requirement: .*)", r"\1，联系 13800138000", r"requirement"),
    "HZ609": Slip(r"site: ", "site: ３", r"site"),
    "HZ610": Slip(r"amount: 20000", "amount: 2", r"amount", kind="fine"),
    "HZ612": Slip(r"requirement: .*", "requirement: 立即整改", r"requirement"),
}  # fmt: skip


def slipped(code: str, dice: Dice) -> tuple[list[Sheet], set[tuple[str, int]]]:
    """Make a clean ledger and one slip in it; give the path and the line that are wrong."""
    slip = SLIPS[code]
    records = [*clean(dice, most=4), *sheets(clean_hazard(dice, 5, slip.grade, closed=True))]
    kind = f"kind: {slip.kind}" if slip.kind else "schema: hazard/1"
    number = max(n for n, one in enumerate(records) if kind in one.lines)
    text = "\n".join(records[number].lines) + "\n"
    made, n = re.subn(slip.old, _filled(slip.new, text), text, count=1)
    assert n == 1, (code, text)
    records[number] = replace(records[number], lines=made.rstrip("\n").split("\n"))
    at = re.compile(_filled(slip.at, text))
    lines = ((one.path, line) for one in (records[number], *records) for line, words in enumerate(one.lines, 1) if at.search(words))
    return records, {next(lines)}


def _filled(words: str, text: str) -> str:
    """Put the days of a record into a pattern."""
    found = re.search(r"^(?:found_on|date): (\S+)", text, re.MULTILINE)
    assert found
    day = dt.date.fromisoformat(found[1])
    days = {
        "found": day,
        "before": day - dt.timedelta(1),
        "late": day + dt.timedelta(56),
        "future": TODAY + dt.timedelta(9),
        "today": TODAY,
    }
    for name, value in days.items():
        words = words.replace(f"<{name}>", value.isoformat())
    return words.replace("<zeros>", "0" * 64)
