"""Names of figures, columns and parts of a report (DOMAIN 1.4 and 4.2, mock-ups of EXPERIENCE 3)."""

from __future__ import annotations

from typing import Final

from hazardctl.vocabulary.term import terms

NOUNS: Final = terms("""
found          | 发现         | found
rectified      | 已整改       | rectified
awaiting       | 待复查       | to verify
within_due     | 限期整改     | within due
overdue        | 逾期         | overdue
no_due         | 未定期限     | no due day
closed_other   | 非整改销号   | closed otherwise
withdrawn      | 作废         | withdrawn
transferred    | 移送         | moved
rate           | 整改率       | rate
on_time        | 按期整改率   | on time
places         | 处数         | places
records        | 条数         | records
stock          | 存量         | stock
opening        | 期初         | opening
new            | 新增         | found
reopened       | 返回         | reopened
resolved       | 整改         | resolved
resolved_other | 其他销号     | closed otherwise
closing        | 期末         | closing
due_total      | 到期应整改   | fell due
due_late       | 逾期整改     | late
due_unconfirmed | 待确认      | unconfirmed
due_undecided  | 当日到期未定 | due today
closure_rate   | 销号率       | closure rate
reopen_rate    | 反弹率       | reopening rate
repeat_rate    | 重复隐患率   | repeat rate
first_pass     | 一次复查合格率 | first pass
on_spot        | 当场整改率   | on the spot
extension_rate | 延期率       | extension rate
coverage       | 覆盖率       | coverage
id             | 编号         | id
number         | 文号         | number
hazard         | 隐患         | hazard
title          | 标题         | title
description    | 隐患描述     | description
unit           | 受检单位     | inspected unit
responsible    | 责任单位     | unit
person         | 责任人       | owner
by             | 经办人       | by
site           | 隐患部位     | place
region         | 属地         | region
grid           | 网格         | grid
sector         | 行业领域     | sector
campaign       | 专项行动     | campaign
inspection     | 检查         | inspection
source         | 隐患来源     | source
grade          | 级别         | grade
category       | 隐患类别     | category
state          | 状态         | state
due            | 期限         | due
days           | 天数         | days
found_on       | 发现日期     | found on
found_by       | 发现人       | found by
found_by_org   | 检查单位     | found by organisation
rectified_on   | 整改日期     | rectified on
verified_on    | 复查日期     | verified on
closed_on      | 销号日期     | closed on
requirement    | 整改要求     | requirement
interim        | 临时管控措施 | interim control
basis_law      | 判定依据     | legal basis
plan           | 治理方案     | plan
evidence       | 佐证         | evidence
history        | 流转记录     | history
date           | 日期         | date
month          | 月份         | month
total          | 合计         | total
period         | 区间         | period
as_of          | 截至         | as of
ledger         | 台账         | ledger
basis          | 口径         | basis
cutoff         | 截止方式     | cut-off
counting       | 计数方式     | counting
scope          | 范围         | scope
items          | 明细         | items
tallies        | 汇总数       | tallies
visits         | 家次         | visits
units          | 家           | units
outings        | 次           | outings
person_times   | 人次         | person-times
next           | 下一步       | next
file           | 文件         | file
""")
