"""Made-up records of the kinds that are no hazards, as files say them: the least that is sound, and everything there is."""

from __future__ import annotations

from typing import Final

from hazardctl.model.raw import Tree
from hazardctl.store.reader import parse

LEAST: Final = {
    "inspection": """
id: JC-20250311-4T7QA
schema: inspection/1
date: 2025-03-11
kind: routine
org: qingshan-office
people: 3
units: [xx-paper]
""",
    "enforcement": """
id: ZF-20250312-6N2VD
schema: enforcement/1
date: 2025-03-12
kind: fine
org: shili-yingji
unit: xx-paper
amount: 15000.50
""",
    "activity": """
id: HD-20250520-0B8SE
schema: activity/1
date: 2025-05-20
kind: training
subject: 有限空间作业培训
org: qingshan-office
""",
    "accident": """
id: SG-20250601-9ZK4C
schema: accident/1
date: 2025-06-01
sector: road
deaths: 0
""",
    "resource": """
id: ZY-20250110-3HX7M
schema: resource/1
date: 2025-01-10
kind: team
name: 镇抢险队
org: qingshan-gov
count: 2
members: 31
""",
    "document": """
id: WJ-20250108-7QPD2
schema: document/1
date: 2025-01-08
kind: responsibility_letter
title: 2025年度安全责任书
issuer: qingshan-gov
year: 2025
""",
    "risk_point": """
id: FX-20250215-1RJ6W
schema: risk_point/1
date: 2025-02-15
name: 后山滑坡点
type: geo_hazard
grade: yellow
""",
    "tip": """
id: JB-20250403-5VE9T
schema: tip/1
date: 2025-04-03
channel: "12345"
content: 反映仓库夜间住人
""",
    "tally": """
id: TJ-20250630-8M3YB
schema: tally/1
date: 2025-06-30
period: 2025H1
scope: {}
figures: [{measure: hazards.found, value: 0}]
source: {title: 半年小结}
by: 李四
""",
    "declaration": """
id: SM-20250702-2KF5G
schema: declaration/1
date: 2025-07-02
by: 孙八
period: 2025H1
scope: {}
measure: accidents.count
value: 0
""",
    "target": """
id: MB-20250101-D6T0N
schema: target/1
kind: obligation
name: 季度例会
period: 2025
scope: {}
every: quarter
met_by: {record: activity}
""",
}
MOST: Final = {
    "inspection": """
id: JC-20250318-R5W1K
schema: inspection/1
number: 青安查〔2025〕6号
external_ids: {province: "77-1"}
region: qingshan
grid: G-03
date: 2025-03-18
end: 2025-03-19
kind: special
org: qingshan-office
orgs: [qingshan-fire]
team: 二组
covert: true
selection: random
random: {pool: 粉尘企业库, seed: "20250317", doc: WJ-20250310-7QPD2}
led_by: {rank: leader, post: 副镇长}
inspectors: [李四, 王五]
people: 2
units: [xx-paper, xx-wood]
parts: [除尘间]
links: [打磨]
campaign: [ZX-20250301-9RWK4]
sector: industry
no_findings: [xx-wood]
signed: {xx-paper: signed, xx-wood: refused}
docs: [WJ-20250318-A1B2C]
approx: {people: about}
tags: [涉尘]
remark: 雨天
waivers: [{code: HZ105, reason: 文书在途, by: 孙八, until: 2025-04-30}]
history:
  - {date: 2025-03-18, do: register, by: 李四}
  - {date: 2025-03-20, do: note, by: 李四, note: 照片另存}
""",
    "enforcement": """
id: ZF-20250318-H7C3S
schema: enforcement/1
date: 2025-03-18
kind: three_stops
sub: stop_use
org: shili-yingji
unit: xx-wood
units: [xx-wood, xx-paper]
hazards: [YH-20250318-4T7QA]
inspection: JC-20250318-R5W1K
campaign: [ZX-20250301-9RWK4]
sector: industry
basis: [{doc: 安全生产法, article: 第六十五条}]
amount: 20000
persons: 1
effective_on: 2025-03-18
until: 2025-06-18
lifted_on: 2025-04-02
lift_doc: WJ-20250402-7EJT3
notified_at: 2025-03-17T16:20
""",
    "activity": """
id: HD-20250612-6ZXQ8
schema: activity/1
date: 2025-06-12
end: 2025-06-13
kind: drill
subject: 防汛转移演练
theme: safety_month
org: qingshan-gov
body: special
level: township
venue: village
count: 2
attendees: 180
teams: 4
teams_covered: [ZY-20250110-3HX7M]
materials: 60
contests: 1
units: [xx-paper]
cost: 3200
campaign: [ZX-20250301-9RWK4]
hosted: true
outsourced: true
plan: WJ-20250301-E1K6T
doc: WJ-20250613-M2D6H
obligation: MB-20250101-D6T0N
approx: {attendees: over}
""",
    "accident": """
id: SG-20250607-Y2D8F
schema: accident/1
date: 2025-06-07
time: "22:05"
unit: xx-logistics
site: 乡道三公里处
sector: road
type: vehicle
deaths: 1
serious_injuries: 2
injuries: 3
loss: 260000
production: false
reported_at: 2025-06-07T22:40
hazards: [YH-20250318-4T7QA]
doc: WJ-20250701-M2D6H
closure: {cause_found: 2025-06-30, responsible_handled: 2025-07-10, measures_done: 2025-07-15, staff_educated: 2025-07-16}
""",
    "resource": """
id: ZY-20250422-X9F0H
schema: resource/1
date: 2025-04-22
kind: supply
name: 汛前物资
purpose: forest_fire
org: qingshan-gov
level: township
team_kind: flood
amount: 8600
count: 1
members: 5
items: [{name: 编织袋, qty: 2000, unit: 条}, {name: 水泵, qty: 3, unit: 台}]
kinds: 2
sets: 2003
origin: allocated
beneficiaries: [xx-paper]
valid_to: 2028-12-31
doc: WJ-20250420-A5ZPG
""",
    "document": """
id: WJ-20250405-6NGYK
schema: document/1
date: 2025-04-05
kind: review_opinion
title: 复查意见书
issuer: shili-yingji
party: xx-paper
counterparts: [xx-wood]
level: township
year: 2025
period: 2025Q1
count: 3
hazards: [YH-20250318-4T7QA]
items: [{hazard: YH-20250318-4T7QA, due: 2025-04-01, result: pass}]
previous: WJ-20250318-A1B2C
signers: [{name: 李四, cert: B0007}, {name: 王五, cert: B0008}]
valid_until: 2026-04-05
revised: true
path: documents/2025/fc-1.pdf
url: https://example.org/fc-1.pdf
sha256: fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13
figures: {hazards.found: 12, coverage: 81.25}
""",
    "risk_point": """
id: FX-20250216-2TB6N
schema: risk_point/1
date: 2025-02-16
name: 打磨车间
type: production
unit: xx-wood
site: 一号厂房
description: 积尘引发爆燃，可能导致灼烫
method: LEC
inputs: {L: 3, E: 6, C: 7.5}
grade: orange
controls: [除尘联锁, 每班清扫]
checks: [{what: 除尘风机, method: 现场查看, cycle: daily, post: 班长}]
owner: {unit: xx-wood, post: 车间主任, level: department}
removed_on: 2025-12-01
""",
    "tip": """
id: JB-20250410-5GVQ1
schema: tip/1
date: 2025-04-10
channel: worker
anonymous: true
token: t-19ce
unit: xx-wood
content: 反映除尘器长期不开
assigned_to: shili-yingji
verified_on: 2025-04-12
result: confirmed
hazards: [YH-20250318-4T7QA]
reward: 500
replied_on: 2025-04-15
""",
    "tally": """
id: TJ-20241231-V5K0F
schema: tally/1
date: 2024-12-31
period: 2024-01-01..2024-12-31
scope: {sector: fire, hosted: true}
preset: unknown
figures:
  - {measure: hazards.found, value: 240, unit: 处, approx: over}
  - {measure: hazards.rate, value: 97.25, unit: "%", stated: true}
  - {measure: enforcement.fine.amount, missing: true, unit: 万元}
source: {doc: WJ-20250108-7QPD2, title: 年度工作小结, place: 第二部分}
by: 李四
""",
    "declaration": """
id: SM-20250703-K4R9C
schema: declaration/1
date: 2025-07-03
by: 孙八
post: 镇长
period: 2025Q2
scope: {region: qingshan}
measure: hazards.major.found
value: 0
doc: WJ-20250703-M2D6H
""",
    "target": """
id: MB-20250401-G6B7X
schema: target/1
kind: figure
name: 培训班
period: 2025-04-01..2025-12-31
scope: {region: qingshan}
measure: trainings.count
value: 4
min: 3
max: 5.5
every: half
due_days: 15
met_by: {record: activity, kind: training, level: township}
responsible: qingshan-office
doc: WJ-20250102-9SC4E
""",
}


def tree(text: str) -> Tree:
    """Give what a text says as a file."""
    parsed = parse(text.lstrip().encode(), places=False)
    assert parsed.tree is not None
    assert parsed.findings == ()
    return parsed.tree


def least(kind: str) -> Tree:
    """Give the least that is sound."""
    return tree(LEAST[kind])


def most(kind: str) -> Tree:
    """Give a record with every field of its kind."""
    return tree(MOST[kind])
