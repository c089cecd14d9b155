"""Cases a page has no room for: each line of a block that is marked `# HZnnn` is reported by that rule, no other line is."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from pathlib import Path
from typing import Final

import pytest

from hazardctl.errors import MissingExtraError
from hazardctl.language import Text
from hazardctl.rules.hz314 import quarter_end
from tests.rules.pages import found, sheets

HEAD: Final = "id: YH-20240312-7K2QF\nschema: hazard/1\n{facts}found_on: 2024-03-12\ngrade: {grade}\n{more}history:\n"
REGISTER: Final = "{date: 2024-03-12, do: register, by: 李四}"
ASSIGN: Final = "{date: 2024-03-12, do: assign, by: 李四, to: xx, due: 2024-03-27}"
RECTIFY: Final = "{date: 2024-03-18, do: rectify, by: 张三, note: 好了}"
LAST_DAY: Final = RECTIFY.replace("03-18", "03-27")
PASSED: Final = "{date: 2024-03-19, do: verify, by: 李四, result: pass}"
CLOSE: Final = "{date: 2024-03-20, do: close, by: 孙八, reason: rectified}"
REOPEN: Final = "{date: 2024-04-01, do: reopen, by: 李四, to: xx, due: 2024-04-11, reason: 复发}"


def hazard(*lines: str, grade: str = "general", facts: str = "description: 消防通道被货物占用\n", more: str = "") -> str:
    """Give a hazard with these lines of history."""
    return HEAD.format(facts=facts, grade=grade, more=more) + "".join(f"  - {line}\n" for line in lines)


def whole(*lines: str, more: str = "") -> str:
    """Give a hazard with everything that is always needed."""
    return hazard(*lines, more=f"source: supervision\nfound_by_org: a\nunit: a\nsector: fire\n{more}")


def reported(text: str, code: str, folder: Path) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Give the lines marked and the lines reported."""
    records = sheets(text)
    marked = {(one.path, number) for one in records for number, line in enumerate(one.lines, 1) if f"# {code}" in line}
    return marked, {(one.path, one.place.line) for one in found(folder, records, code)}


def config(text: str) -> str:
    """Give a configuration as the first record of a block."""
    return f"# file: hazardctl.yaml\nschema: config/1\n{textwrap.dedent(text).strip()}\n---\n"


def before_the_holiday(suffix: str, due: str) -> str:
    """Give a hazard assigned on the last working day before the Spring Festival of 2024."""
    day = "2024-02-09"
    text = hazard(f"{{date: {day}, do: register, by: 李四}}", f"{{date: {day}, do: assign, by: 李四, to: xx, due: {due}")
    return text.replace("found_on: 2024-03-12", f"found_on: {day}").replace("20240312-7K2QF", f"20240209-{suffix}")


REPEATED: Final = hazard(REGISTER, ASSIGN, RECTIFY, PASSED, CLOSE, more="unit: a\nsite: 一楼\ncategory: object\n") + "---\n"


def later(day: str, site: str) -> str:
    """Give a hazard of the same unit and category, found later."""
    text = hazard(f"{{date: {day}, do: register, by: 李四}}", more=f"unit: a\nsite: {site}\ncategory: object\n")
    return text.replace("found_on: 2024-03-12", f"found_on: {day}").replace("20240312-7K2QF", f"{day.replace('-', '')}-BBBBB")


CASES: Final = {
    "a person is the same under another spelling": config("people: [{name: 张三, aliases: [小张]}]")
    + hazard(REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: 小张, result: pass}  # HZ205"),
    "who claimed before the failed check may not pass it either": hazard(
        REGISTER, ASSIGN, RECTIFY,
        "{date: 2024-03-19, do: verify, by: 李四, result: fail, reason: 又堵了}",
        "{date: 2024-03-20, do: rectify, by: 赵六, note: 好了}",
        "{date: 2024-03-21, do: verify, by: 张三, result: pass}  # HZ205",
    ),
    "in a new cycle the rectifiers of the old one may verify": hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED, CLOSE, REOPEN,
        "{date: 2024-04-05, do: rectify, by: 赵六, note: 好了}",
        "{date: 2024-04-06, do: verify, by: 张三, result: pass}",
    ),
    "the verifier of a major hazard closes it: a warning": hazard(
        REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: [李四, 王五], result: pass}",
        "{date: 2024-03-20, do: close, by: 王五, reason: rectified}  # HZ206", grade="major",
    ),
    "the verifier of a general hazard may close it": hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED, "{date: 2024-03-20, do: close, by: 李四, reason: rectified}"
    ),
    "who neither did the work nor checked it may close a major hazard": hazard(
        REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: [李四, 王五], result: pass}", CLOSE, grade="major",
    ),
    "an opinion with a number takes two": hazard(
        REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: 李四, result: pass, number: 青复〔2024〕9号}  # HZ207"
    ),
    "an alias does not make one verifier two": config("people: [{name: 李四, aliases: [小李]}]")
    + hazard(REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: [李四, 小李], result: pass}  # HZ207", grade="major"),
    "a second hand-over may keep the deadline": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-13, do: assign, by: 李四, to: yy}",
        "{date: 2024-03-14, do: rectify, by: 张三, note: 好了}", PASSED, CLOSE,
        "{date: 2024-04-01, do: reopen, by: 李四, to: xx, reason: 复发}  # HZ208",
    ),
    "a shorter deadline by a second hand-over is fine, and then the old one is too late": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-13, do: assign, by: 李四, to: yy, due: 2024-03-20}",
        "{date: 2024-03-14, do: assign, by: 李四, to: yy, due: 2024-03-27}  # HZ210",
    ),
    "a refused extension names any day": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-20, do: extend, by: 孙八, decision: refused, due: 2024-03-25, reason: 不同意}",
        "{date: 2024-03-21, do: extend, by: 赵六, decision: requested, due: 2024-03-27, reason: 雨, interim: 值守}  # HZ211",
    ),
    "the ledger's own organisation need not be a unit": config("organisation: {name: XX镇安监站}")
    + hazard(REGISTER, more="found_by_org: XX镇安监站\nunit: XX镇安检站  # HZ109\n"),
    "a listed hazard asks fifteen working days before (DOMAIN §3.4)": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-12, do: supervise, by: 孙八, level: county, number: 1号}",
        "{date: 2024-03-13, do: extend, by: 赵六, decision: requested, due: 2024-04-30, reason: 晚到, interim: 停用}  # HZ212",
        grade="major",
    ),
    "a late request that is refused needs no second finding, nor one without a deadline to extend": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-29, do: extend, by: 孙八, decision: refused, due: 2024-04-10, reason: 无据, interim: 值守}",
    )
    + "---\n"
    + hazard(
        REGISTER, ASSIGN.replace(", due: 2024-03-27", ""),
        "{date: 2024-03-29, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 雨, interim: 值守}",
    ).replace("7K2QF", "BBBBB"),
    "registered, with a line that does not fit": hazard(REGISTER, CLOSE),
    "claimed, with a line that does not fit": hazard(REGISTER, ASSIGN, RECTIFY, CLOSE),
    "passed, with a line that does not fit": hazard(REGISTER, ASSIGN, RECTIFY, PASSED, RECTIFY.replace("03-18", "03-20")),
    "a deadline on the day it is set is one": hazard(REGISTER, ASSIGN.replace("03-27", "03-12")),
    "today is not yet the future": "# today: 2024-03-20\n" + hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED, CLOSE, more="reports: [{date: 2024-03-20, to: 县应急局, by: 李四}]\n"
    ),
    "soon due and claimed": "# today: 2024-03-26\n" + hazard(REGISTER, ASSIGN, RECTIFY),
    "soon due and withdrawn": "# today: 2024-03-26\n"
    + hazard(REGISTER, ASSIGN, "{date: 2024-03-15, do: withdraw, by: [李四, 王五], reason: not_a_hazard}"),
    "without a deadline nothing is soon due": "# today: 2024-03-26\n" + hazard(REGISTER),
    "nineteen claims on their deadlines are too few to judge": "# times: 19\n" + hazard(REGISTER, ASSIGN, LAST_DAY),
    "three of five claims on their deadlines are not yet too many": "# times: 12\n"
    + hazard(REGISTER, ASSIGN, LAST_DAY)
    + "---\n# times: 8\n"
    + hazard(REGISTER, ASSIGN, RECTIFY).replace("20240312-7K2QF", "20240312-BBBBB"),
    "after a regrading the new grade asks for two": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-13, do: regrade, by: 孙八, was: general, now: major, reason: 复核}",
        RECTIFY, PASSED + "  # HZ207",
    ),
    "after a failed check the deadline is the one it set": hazard(
        REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: 李四, result: fail, reason: 又堵了, due: 2024-04-10}",
        "{date: 2024-03-21, do: extend, by: 赵六, decision: requested, due: 2024-04-05, reason: 雨, interim: 值守}  # HZ211",
    ),
    "listed again and never released: the last listing is the one to answer": hazard(
        REGISTER, ASSIGN,
        "{date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 1号}",
        "{date: 2024-03-14, do: release, by: 孙八, number: 2号}",
        "{date: 2024-03-15, do: supervise, by: 孙八, level: county, number: 3号}  # HZ223",
        RECTIFY, "{date: 2024-03-19, do: verify, by: [李四, 王五], result: pass}", CLOSE, grade="major",
    ),
    "what waits for closing is the pass, not what was written down that day": hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED + "  # HZ221", "{date: 2024-03-19, do: note, by: 李四, note: 已告知}"
    ),
    "a hazard that passed and was never closed comes back outside the window": hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED, REOPEN.replace("2024-04", "2025-04") + "  # HZ216"
    ),
    "a granted extension that answers an early request is not late": hazard(
        REGISTER, ASSIGN,
        "{date: 2024-03-27, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 雨, interim: 值守}",
        "{date: 2024-03-29, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 同意}",
        "{date: 2024-04-12, do: extend, by: 孙八, decision: granted, due: 2024-04-20, reason: 同意}  # HZ212",
    ),
    "a major hazard is never rectified on the spot": hazard(
        REGISTER, "{date: 2024-03-12, do: rectify, by: 张三, on_spot: true, note: 好了}  # HZ214", grade="major"
    ),
    "on the spot in a second cycle is the day of the reopening": hazard(
        REGISTER, ASSIGN, RECTIFY, PASSED, CLOSE, REOPEN, "{date: 2024-04-01, do: rectify, by: 张三, on_spot: true, note: 好了}",
        "{date: 2024-04-02, do: verify, by: 李四, result: fail, reason: 又堵}",
        "{date: 2024-04-03, do: rectify, by: 张三, on_spot: true, note: 好了}  # HZ214",
    ),
    "a duplicate names what stays": hazard(REGISTER, "{date: 2024-03-14, do: withdraw, by: [李四, 王五], reason: duplicate}  # HZ215"),
    "a split names its children": hazard(REGISTER, "{date: 2024-03-14, do: withdraw, by: [李四, 王五], reason: split}  # HZ215"),
    "one person twice is one person": hazard(REGISTER, "{date: 2024-03-14, do: withdraw, by: [李四, 李四], reason: entry_error}  # HZ215"),
    "was is not the grade in force": hazard(
        REGISTER, "{date: 2024-03-14, do: regrade, by: 孙八, was: major, now: general, reason: 复核}  # HZ218"
    ),
    "a regrading that changes nothing": hazard(
        REGISTER, "{date: 2024-03-14, do: regrade, by: 孙八, was: general, now: general, reason: 复核}  # HZ218"
    ),
    "a listing outlives the closing": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 1号}  # HZ223", RECTIFY,
        "{date: 2024-03-19, do: verify, by: [李四, 王五], result: pass}", CLOSE, grade="major",
    ),
    "a correction continues where the one before ended": hazard(
        REGISTER,
        "{date: 2024-03-13, do: correct, by: 李四, field: site, was: 一楼, now: 二楼, reason: 笔误}",
        "{date: 2024-03-14, do: correct, by: 李四, field: site, was: 三楼, now: 四楼, reason: 笔误}  # HZ224", more="site: 四楼\n",
    ),
    "a correction ends at what the file says": hazard(
        REGISTER, "{date: 2024-03-13, do: correct, by: 李四, field: quantity, was: 1, now: 2, reason: 笔误}  # HZ224", more="quantity: 3\n"
    ),
    "numbers, days and lists are compared as what they are": hazard(
        REGISTER,
        "{date: 2024-03-13, do: correct, by: 李四, field: funds_planned, was: 1200.00, now: 12000.00, reason: 笔误}",
        "{date: 2024-03-13, do: correct, by: 李四, field: found_on, was: 2024-03-11, now: 2024-03-12, reason: 笔误}",
        "{date: 2024-03-13, do: correct, by: 李四, field: found_by, now: [李四], reason: 漏填}",
        "{date: 2024-03-13, do: correct, by: 李四, field: parties, now: [{unit: xx, role: owner}], reason: 漏填}",
        "{date: 2024-03-13, do: correct, by: 李四, field: plan.target.text, was: 甲, now: 乙, reason: 笔误}",
        "{date: 2024-03-13, do: correct, by: 李四, field: colour, was: 甲, now: 乙, reason: 笔误}  # HZ224",
        more="funds_planned: 12000\nfound_by: 李四\nparties: [{unit: xx, role: owner}]\n",
    ),
    "a correction of an event says what stood there": hazard(
        REGISTER, ASSIGN,
        "{date: 2024-03-13, do: correct, by: 李四, event: 2, field: due, was: 2024-03-28, now: 2024-03-29, reason: 笔误}  # HZ224"
    ),
    "deadlines and validity may lie ahead": "# today: 2024-03-15\n"
    + hazard(REGISTER, ASSIGN.replace("03-27", "09-27"), "{date: 2024-03-12, do: note, by: 李四, note: 补, recorded: 2024-03-16}  # HZ303"),
    "the days of reports and plans are facts": "# today: 2024-03-15\n"
    + hazard(
        REGISTER, grade="major",
        more="plan:\n  target: {text: 甲, done_on: 2024-03-20}  # HZ303\nreports: [{date: 2024-03-16, to: 县局}]  # HZ303\n",
    ),
    "the day it was written down on is where late entry stands": hazard(
        "date: 2024-03-12\n    do: register\n    by: 李四\n    recorded: 2024-03-25  # HZ305"
    ),
    "a written-down day counts as late entry": hazard("{date: 2024-03-12, do: register, by: 李四, recorded: 2024-03-25}  # HZ305"),
    "a reason in the note excuses a long deadline": hazard(
        REGISTER, "{date: 2024-03-12, do: assign, by: 李四, to: xx, due: 2024-06-10, note: 设备订货}",
        "{date: 2024-03-18, do: rectify, by: 张三, note: 好了}",
        "{date: 2024-03-19, do: verify, by: 李四, result: fail, reason: 差, due: 2024-06-30}  # HZ306",
    ),
    "working days over a make-up Sunday (DOMAIN §5.2)": config("deadlines: {rules: [{days: 1, count: working}]}")
    + before_the_holiday("7K2QF", "2024-02-18}") + "---\n" + before_the_holiday("M3V8K", "2024-02-19}  # HZ306"),
    "a claim on the line or in the record is proof": hazard(
        REGISTER, ASSIGN, "{date: 2024-03-18, do: rectify, by: 张三, note: 好了, evidence: [evidence/1.jpg]}",
        "{date: 2024-03-19, do: verify, by: 李四, result: fail, reason: 差}",
        "{date: 2024-03-20, do: rectify, by: 张三, note: 好了}  # HZ401",
    ),
    "a regrading to major asks for the plan from its own day": "# today: 2024-05-15\n"
    + hazard(REGISTER, "{date: 2024-05-10, do: regrade, by: 孙八, was: general, now: major, reason: 复核, basis: 判定标准}"),
    "a plan is complete at the closing": hazard(
        REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: [李四, 王五], result: pass}", CLOSE, grade="major  # HZ410"
    ),
    "that it is no major hazard may be said": hazard(REGISTER, facts="description: 货物占用通道，不属于重大事故隐患\n"),
    "a filler is no description": hazard(REGISTER, facts="description: 。。。  # HZ601\n"),
    "a number is no description": hazard(REGISTER, facts='description: "1"  # HZ601\n'),
    "an identity card in an x- field": hazard(REGISTER, more='x-contact: "11010519491231002X"  # HZ608\n'),
    "a phone with blanks in a note": hazard("{date: 2024-03-12, do: register, by: 李四, note: 138 0013 8000}  # HZ608"),
    "a long number of a document is no phone": hazard(REGISTER, more='number: "913800138000123"\n'),
    "a stray blank": hazard(REGISTER, more='site: "一楼 "  # HZ609\n'),
    "the chain of units comes to an end": "id: a\nschema: unit/1\nname: 甲\nkind: enterprise\nparent: b  # HZ111\n---\n"
    "id: b\nschema: unit/1\nname: 乙\nkind: enterprise\nparent: a\n---\nid: c\nschema: unit/1\nname: 丙\nkind: enterprise\nparent: a\n",
    "a credit code twice": "id: a\nschema: unit/1\nname: 甲\nkind: enterprise\ncredit_code: 91330200MA0000001L\n---\n"
    "id: b\nschema: unit/1\nname: 乙\nkind: enterprise\ncredit_code: 91330200MA0000001L  # HZ110\n",
    "a name of two units": "id: a\nschema: unit/1\nname: 甲厂\nkind: enterprise\n---\n"
    "id: b\nschema: unit/1\nname: 乙厂\naliases: [甲厂]\nkind: enterprise\n---\n"
    + hazard(REGISTER, more="unit: 甲厂  # HZ109\n"),
    "a key of no unit": hazard(REGISTER, more="unit: no-such-unit  # HZ105\n"),
    "the evidence of a line stands in the record": hazard(
        "{date: 2024-03-12, do: register, by: 李四, evidence: [evidence/9.jpg]}  # HZ105"
    ),
    "what names an unreadable file does not dangle": hazard(REGISTER, more="recurrence_of: YH-20230101-AAAAA\n")
    + "---\n# file: hazards/2023/01/YH-20230101-AAAAA.yaml\nid: [\n",
    "a number of another year or issuer": hazard(REGISTER, more="number: 8号\nfound_by_org: a\n").replace("7K2QF", "AAAAA")
    + "---\n" + hazard(REGISTER, more="number: 8号\nfound_by_org: b\n").replace("7K2QF", "BBBBB")
    + "---\n" + hazard(REGISTER, more="number: ８号  # HZ108\nfound_by_org: a\n").replace("7K2QF", "CCCCC"),
    "other kinds know four acts": "id: a\nschema: unit/1\nname: 甲\nkind: enterprise\nhistory:\n"
    "  - {date: 2024-03-12, do: register, by: 李四}\n"
    "  - {date: 2024-03-12, do: close, by: 李四, reason: rectified}  # HZ201\n",
    "a phase that ends before it starts": "id: ZX-20240301-9RWK4\nschema: campaign/1\nname: 整治\nstart: 2024-03-01\n"
    "phases:\n  - {name: 部署, start: 2024-03-10, end: 2024-03-01}  # HZ311\n",
    "a key period that overlaps itself": config(
        "key_periods:\n  - {id: a, zh: 春节, ranges: [2023-01-14..2023-01-29, 2023-01-20..2023-02-01]}  # HZ015"
    ).removesuffix("---\n"),
    "a holiday long past is nobody's trouble": hazard(REGISTER, ASSIGN.replace("03-27", "05-01")),
    "a recurrence within the window": REPEATED + later("2024-09-16", "一楼  # HZ217"),
    "a recurrence after the window": REPEATED + later("2024-09-17", "一楼"),
    "a recurrence at another place": REPEATED + later("2024-09-16", "二楼"),
    "a picture needs its path or address": whole(REGISTER, more="evidence:\n  - {kind: after}  # HZ006\n"),
    "a file of evidence needs its sum": whole(REGISTER, more="evidence:\n  - {kind: after, path: evidence/1.jpg}  # HZ006\n"),
    "somebody did it": whole("{date: 2024-03-12, do: register}  # HZ006"),
    "a request says what is done meanwhile": whole(
        REGISTER, ASSIGN, "{date: 2024-03-20, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 雨}  # HZ006",
    ),
    "a failed check says why": whole(REGISTER, ASSIGN, RECTIFY, "{date: 2024-03-19, do: verify, by: 李四, result: fail}  # HZ006"),
    "a transfer is in writing": whole(REGISTER, "{date: 2024-03-19, do: transfer, by: 李四, to: 县住建局, reason: 职责}  # HZ006"),
    "a closing for another reason is explained": whole(
        REGISTER, ASSIGN, "{date: 2024-03-19, do: close, by: 孙八, reason: unit_closed}  # HZ006"
    ),
    "raised to major against a criterion": whole(
        REGISTER, "{date: 2024-03-14, do: regrade, by: 孙八, was: general, now: major, reason: 复核}  # HZ006",
        more="cause: 甲\nconsequence: 乙\nfunds_planned: 1\n",
    ),
    "a major hazard needs more": hazard(REGISTER, grade="major").replace("id: YH-20240312-7K2QF", "id: YH-20240312-7K2QF  # HZ006"),
    "a range that is none is the period's business": config("key_periods:\n  - {id: a, zh: 汛期, ranges: [六月]}").removesuffix("---\n"),
    "a credit code of 17 characters": "id: a\nschema: unit/1\nname: 甲\nkind: enterprise\ncredit_code: 91330200MA0000001  # HZ110\n",
    "a campaign of an unknown region": config("regions: [{key: dong, name: 东村}]")
    + "id: ZX-20240301-9RWK4\nschema: campaign/1\nname: 整治\nstart: 2024-03-01\nregions: [dong, xi]  # HZ112\n",
    "two units of one number elsewhere": "id: a\nschema: unit/1\nname: 甲\nkind: enterprise\nexternal_ids: {tax: A1}\n---\n"
    "id: b\nschema: unit/1\nname: 乙\nkind: enterprise\nexternal_ids: {tax: A1}  # HZ115\n",
    "a request of yesterday may wait": "# today: 2024-03-21\n" + hazard(
        REGISTER, ASSIGN, "{date: 2024-03-20, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 雨, interim: 值守}"
    ),
    "a withdrawal says why": hazard(REGISTER, "{date: 2024-03-14, do: withdraw, by: [李四, 王五]}  # HZ215"),
    "an unknown grade is HZ008's": hazard(REGISTER, "{date: 2024-03-14, do: regrade, by: 孙八, was: general, now: huge, reason: 复核}"),
    "a pass of yesterday may wait": "# today: 2024-03-20\n" + hazard(REGISTER, ASSIGN, RECTIFY, PASSED),
    "a day in the place of a name": hazard("{date: 2024-03-12, do: register, by: 2024年3月}  # HZ604"),
}  # fmt: skip


def code_of(text: str, name: str) -> str:
    """Give the code a case is about: the one marked, else the one its name is listed under."""
    marked = set(re.findall(r"# (HZ\d{3})", text))
    assert len(marked) <= 1, marked
    return marked.pop() if marked else SILENT[name]


SILENT: Final = {
    "in a new cycle the rectifiers of the old one may verify": "HZ205",
    "the verifier of a general hazard may close it": "HZ206",
    "a late request that is refused needs no second finding, nor one without a deadline to extend": "HZ212",
    "who neither did the work nor checked it may close a major hazard": "HZ206",
    "registered, with a line that does not fit": "HZ219",
    "claimed, with a line that does not fit": "HZ220",
    "passed, with a line that does not fit": "HZ221",
    "a deadline on the day it is set is one": "HZ302",
    "today is not yet the future": "HZ303",
    "soon due and claimed": "HZ316",
    "soon due and withdrawn": "HZ316",
    "without a deadline nothing is soon due": "HZ316",
    "nineteen claims on their deadlines are too few to judge": "HZ313",
    "three of five claims on their deadlines are not yet too many": "HZ313",
    "a regrading to major asks for the plan from its own day": "HZ410",
    "that it is no major hazard may be said": "HZ414",
    "a long number of a document is no phone": "HZ608",
    "what names an unreadable file does not dangle": "HZ105",
    "a holiday long past is nobody's trouble": "HZ307",
    "a recurrence after the window": "HZ217",
    "a recurrence at another place": "HZ217",
    "a range that is none is the period's business": "HZ015",
    "a request of yesterday may wait": "HZ213",
    "an unknown grade is HZ008's": "HZ218",
    "a pass of yesterday may wait": "HZ221",
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_reported_on_its_marked_lines(name: str, tmp_path: Path) -> None:
    text = CASES[name]
    marked, lines = reported(text, code_of(text, name), tmp_path)
    assert lines == marked


def test_without_the_calendar_working_days_are_a_guess_and_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingExtraError(Text("缺少日历", "no calendar"))

    monkeypatch.setattr("hazardctl.calendar.notices", missing)
    settings = config("deadlines: {roll: next_working_day, rules: [{days: 10, count: working}]}")
    text = settings + hazard(REGISTER, ASSIGN.replace("03-27", "09-27"))
    assert {one.code for one in found(tmp_path, sheets(text), "HZ306", "HZ307", "HZ308")} == {"HZ306", "HZ308"}


def test_where_no_deadline_rule_matches_no_deadline_is_too_long(tmp_path: Path) -> None:
    text = config("deadlines: {rules: [{grade: major, days: 30}]}") + hazard(REGISTER, ASSIGN.replace("03-27", "09-27"))
    assert not found(tmp_path, sheets(text), "HZ306", "HZ308")


def test_many_like_records_at_one_place_cost_no_minute(tmp_path: Path) -> None:
    text = "# times: 400\n" + hazard(REGISTER, more="unit: a\nsite: 一楼\n")
    assert len(found(tmp_path, sheets(text), "HZ120")) == 399


def test_one_hazard_registered_twice_has_one_name(tmp_path: Path) -> None:
    text = REPEATED + later("2024-03-25", "一楼")
    assert [one.code for one in found(tmp_path, sheets(text), "HZ120", "HZ217")] == ["HZ120"]


def test_a_quarter_ends_on_the_last_day_of_its_third_month() -> None:
    ends = [dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30), dt.date(2024, 12, 31)]
    assert [quarter_end(dt.date(2024, month, 1)) for month in range(1, 13)] == [end for end in ends for _ in range(3)]
    assert [quarter_end(end) for end in ends] == ends
