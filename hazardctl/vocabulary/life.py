"""Words of the life cycle: states, flags, verbs, grades, reasons (DOMAIN sections 1 and 3)."""

from __future__ import annotations

from typing import Final

from hazardctl.vocabulary.term import terms

STATES: Final = terms("""
registered  | 已登记 | registered
assigned    | 已交办 | assigned
rectifying  | 整改中 | rectifying
rectified   | 待复查 | to verify
verified    | 待销号 | to close
closed      | 已销号 | closed
withdrawn   | 作废   | withdrawn   | | 已作废
transferred | 已移送 | transferred | | 移送
""")
OPEN_STATES: Final[frozenset[str]] = frozenset({"registered", "assigned", "rectifying", "rectified", "verified"})

FLAGS: Final = terms("""
overdue  | 逾期未整改 | overdue  | | 逾期
due_soon | 临期       | due soon | | 即将到期
returned | 退回重改   | returned | | 退回
reopened | 反弹       | reopened
extended | 延期       | extended | | 已延期
listed   | 挂牌督办   | listed   | | 挂牌
stopped  | 停产停用   | stopped  | | 停产
suspect  | 存疑       | suspect
""")
# What may stand after `is:` in a filter: a flag, a bucket of the report or an end of the life cycle.
CONDITIONS: Final = terms("""
open        | 未办结   | open        | | 存量, 在办, 未销号
overdue     | 逾期     | overdue     | | 逾期未整改
due_soon    | 临期     | due soon    | | 即将到期
to_verify   | 待复查   | to verify
to_close    | 待销号   | to close
done        | 已整改   | done
major       | 重大     | major       | | 重大隐患
listed      | 挂牌督办 | listed      | | 挂牌
stopped     | 停产停用 | stopped     | | 停产
suspect     | 存疑     | suspect
returned    | 退回重改 | returned    | | 退回
reopened    | 反弹     | reopened
extended    | 延期     | extended    | | 已延期
undated     | 未定期限 | undated     | | 无期限
withdrawn   | 作废     | withdrawn   | | 已作废
transferred | 移送     | transferred | | 已移送
closed      | 已销号   | closed      | | 销号
""")
# The same for records that have no life cycle.
RECORD_CONDITIONS: Final = terms("""
withdrawn | 作废     | withdrawn | | 已作废
check_due | 到期未查 | check due | | 到期
""")

VERBS: Final = terms("""
register  | 登记     | register
assign    | 交办     | assign
start     | 开始整改 | start
extend    | 延期     | extend
progress  | 进展     | progress
rectify   | 整改完成 | rectify   | | 整改
verify    | 复查验收 | verify    | | 复查, 验收
close     | 销号     | close
reopen    | 反弹重开 | reopen    | | 反弹, 重开
transfer  | 移送     | transfer
regrade   | 调级     | regrade
withdraw  | 作废     | withdraw
correct   | 更正     | correct
note      | 备注     | note
supervise | 挂牌督办 | supervise | | 挂牌
release   | 摘牌     | release
""")
# The two-character names that lists and mock-ups use where the full name would not fit.
ACTS: Final = terms("""
register  | 登记 | register
assign    | 交办 | assign
start     | 开工 | start
extend    | 延期 | extend
progress  | 进展 | progress
rectify   | 整改 | rectify
verify    | 复查 | verify
close     | 销号 | close
reopen    | 反弹 | reopen
transfer  | 移送 | transfer
regrade   | 调级 | regrade
withdraw  | 作废 | withdraw
correct   | 更正 | correct
note      | 备注 | note
supervise | 挂牌 | supervise
release   | 摘牌 | release
""")

GRADES: Final = terms("""
general | 一般 | general | | 一般隐患
major   | 重大 | major   | | 重大隐患
""")
STOPS: Final = terms("""
none    | 未停产     | not stopped    | | 否
partial | 局部停产停用 | partly stopped | | 局部停产
full    | 全部停产停用 | fully stopped  | | 全部停产
""")
WITHDRAW_REASONS: Final = terms("""
not_a_hazard | 误报     | not a hazard | | 不属于隐患
entry_error  | 录入错误 | entry error
duplicate    | 重复登记 | duplicate    | | 重复
merged       | 合并     | merged
split        | 拆分     | split
""")
CLOSE_REASONS: Final = terms("""
rectified   | 整改合格     | rectified
unit_closed | 单位关停     | unit closed        | | 单位关闭
removed     | 隐患对象拆除 | the object is gone | | 拆除
""")
SUPERVISE_LEVELS: Final = terms("""
county   | 县级 | county   | | 区级
city     | 市级 | city
province | 省级 | province | | 自治区级
state    | 国家级 | state  | | 国务院
""")
DECISIONS: Final = terms("""
requested | 申请   | requested
granted   | 批准   | granted | | 同意
refused   | 不批准 | refused | | 不同意
""")
RESULTS: Final = terms("""
pass | 合格   | passed | | 通过
fail | 不合格 | failed | | 不通过
""")
PLAN_ITEMS: Final = terms("""
target    | 目标任务             | target
measures  | 治理措施             | measures
funds     | 经费物资             | funds
staff     | 机构人员             | staff
schedule  | 时限要求             | time limit
emergency | 安全措施和应急预案   | safety measures and contingency plan
""")
EVIDENCE_KINDS: Final = terms("""
before | 整改前 | before
after  | 整改后 | after
doc    | 文书   | document
other  | 其他   | other
""")
PARTY_ROLES: Final = terms("""
owner      | 业主单位 | owner
designer   | 设计单位 | designer
contractor | 施工单位 | contractor
supervisor | 监理单位 | supervisor
operator   | 运营单位 | operator
landlord   | 出租方   | landlord
""")
PEOPLE_ROLES: Final = terms("""
finder        | 排查人       | finder
inspector     | 检查人员     | inspector
registrar     | 登记人       | registrar
safety_office | 安全管理机构 | safety office
responsible   | 整改责任人   | responsible person
verifier      | 复查人       | verifier
approver      | 审批人       | approver
supervisor    | 督办人       | supervising authority
""")
APPROXIMATIONS: Final = terms("""
over   | 余 | over
nearly | 近 | nearly
about  | 约 | about
""")
PRESETS: Final = terms("""
default   | 复查合格计已整改             | verified counts as done
official  | 一般整改、重大销号计已整改   | general when rectified, major when closed
rectified | 整改完成计已整改             | rectified counts as done
verified  | 复查合格计已整改             | verified counts as done
closed    | 销号计已整改                 | closed counts as done
""")
