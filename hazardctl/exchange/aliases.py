"""Column names met in real tables, and the field each one fills (DOMAIN §9.1).

One line a field: `target | names`, Chinese and English, separated by `,`. A target is a fact of the hazard, `history.VERB.FIELD`,
`unit.FIELD` (for units that are made on the way), or one of the words of `KEPT` and `TOLD`. Names are compared after
`headers.normalised`, so case, blanks, brackets and leading numbers do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hazardctl.language import Text

X_IMPORT: Final = "x-import"
DERIVED: Final = "derived"
ASK: Final = "?"

_FACTS: Final = """
external_ids.row    | 序号, 编号, 项次, 行号, No., #
external_ids.source | hazard id, 隐患编号, 隐患编码, 问题编号, 台账编号, 记录编号, hazardNo, Violation No, VIOLATION_NO, violation_id, \
                      ViolationID, citation_id
external_ids.unit   | MINE_ID, BuildingID
inspection          | 检查编号, 检查记录编号, 检查批次, 通知书编号, inspection_id, activity_nr, EVENT_NO
campaign            | 专项行动, 行动名称, 专项名称, 专题专项, 活动名称, 检查名称, campaign
source              | 隐患来源, 问题来源, 来源, 发现途径, 发现方式, 线索来源, hazardSource, source
found_on            | 发现日期, 发现时间, 隐患发现日期, 检查日期, 检查时间, 排查日期, 排查时间, 查出时间, 受检日期, 上报时间, \
                      Date Found, found on, InspectionDate, issuance_date, VIOLATION_ISSUE_DT, violation_date
found_by            | 发现人, 检查人, 检查人员, 排查人, 排查人员, 查出人, 巡查人, 执法人员, inspector, found by
found_by_org        | found by org, 检查单位, 检查部门, 检查组, 排查单位, 排查部门, 排查中心, 排查班组, 上报单位, 填报单位, 牵头部门
unit                | 受检单位, 被检查单位, 被检查部门, 被查单位名称, 企业名称, 单位名称, 隐患单位, 存在隐患单位, 生产经营单位, \
                      检查项目, 项目名称, estab_name, MINE_NAME, unit
unit.credit_code    | 统一社会信用代码, 社会信用代码, 信用代码
unit.types          | 企业类型, 企业类别, 单位类型, 管理分类, 规模
unit.address        | 地址, 详细地址, 单位地址, StreetName
region              | 属地, 所属区域, 所属乡镇, 所在镇街, 镇街, 辖区, 隐患区域, 所属线别, Borough, state, region
sector              | 行业领域, 行业和领域, 行业, 所属行业, 行业类别, 领域, 业务板块, sector
site                | 隐患部位, 部位, 检查部位, 存在部位, 隐患位置, 具体位置, 隐患地点, 隐患地址, 排查地点, 检查地点, 检查工点, \
                      检查场所, 地点, location, site
description         | 隐患描述, 隐患, 隐患内容, 隐患情况, 隐患现状, 隐患基本情况, 隐患问题描述, 事故隐患, 安全隐患, 问题描述, \
                      存在问题, 存在的问题, 存在的问题及隐患, 问题隐患, 主要问题, 现场情况, 检查情况, NOVDescription, Description
category            | 隐患类别, 隐患类型, 隐患分类, 隐患性质, 隐患标签, 问题类别, 问题类型, 类别, 专业类型
accident_types      | 事故类型, 易发生事故类型, 可能导致事故类型, 可能后果, 致害类型
grade               | grade, 隐患等级, 隐患级别, 隐患分级, 等级, 级别, 问题等级, 初步评估等级, 严重程度, Class, Severity, viol_type, grade
basis               | basis, 判定依据, 违反判定依据具体条款, 依据, 检查依据, 法律依据, 隐患依据, 整改依据, 违反条款, OrderNumber, \
                      PART_SECTION, standard
cause               | 原因分析, 原因(人机料法环), 形成原因, 产生原因, 隐患现状及产生原因
consequence         | 危害程度, 危害程度及影响范围, 危害后果, 可能造成的后果, 风险分析
risk_point          | 风险点, 风险点名称, 风险点描述, 关联风险点
failed_control      | 管控措施失效项
requirement         | 整改要求, 整改要求(措施), 整改意见, 整改建议, 处理意见, 治理要求, requirement
interim             | 临时管控措施, 临时防范措施, 防范措施, 防控措施, 隐患防控措施, 应急措施
stop                | 是否停工, 停工, 是否停产, 是否需局部停产停业, 是否需全部停产停业
funds_planned       | 落实治理经费, 累计落实治理资金, 计划投入资金, 经费预算, 整改资金, 治理资金
funds_spent         | funds spent, 实际投入资金, 实际投入, 已投入资金, 整改费用
plan.target         | 落实治理目标任务, 落实治理目标, 目标任务是否落实
plan.funds          | 落实治理经费物资, 经费物资是否落实
plan.staff          | 落实治理机构人员, 机构人员是否落实
plan.schedule       | 落实治理时间要求, 时限要求是否落实
plan.emergency      | 落实安全措施应急预案, 落实安全措施及应急预案, 应急预案是否落实
parties.owner       | 整改责任单位/建设
parties.designer    | 整改责任单位/设计
parties.contractor  | 整改责任单位/施工
parties.supervisor  | 整改责任单位/监理
remark              | 备注, 说明, 其他, 举报情况备注, memo, Remark
"""

_ACTS: Final = """
history.assign.to         | responsible unit, 整改责任单位, 责任单位, 责任部门, 责任班组, 整改部门, 治理责任单位, 治理责任部门, 整治责任单位
history.assign.person     | responsible person, 整改责任人, 责任人, 整改负责人, 整改人, 整改责任部门/责任人, 治理责任人, \
                            包保责任人, Assignee
history.assign.due        | 整改期限, 整改时限, 整改截止日期, 限期, 限期整改日期, 治理时限, 治理期限, 完成时限, 要求完成时间, \
                            计划完成时间, 计划完成整改时间, 督办期限, 督办完成时间, OriginalCorrectByDate, LATEST_TERM_DUE_DT, \
                            abate_date, Due Date, Compliance Date
history.assign.with       | 配合部门, 配合单位, 协办单位, 协办
history.assign.supervisor | 督办单位, 督办部门, 督办领导, 监管责任单位, 监管责任人, 行业监管部门, 包保领导, 跟踪人员
history.assign.number     | 文书编号, 文号, 整改指令书编号, 责令整改指令书编号, 整改通知单编号, 复查意见书编号, NOVID
history.assign.date       | 交办日期, 交办时间, 下发日期, NOVIssuedDate
history.extend.due        | extended to, 延期至, 延期期限, 延期后期限, 延期整改时限, 申请延期日期至, \
                            NewCorrectByDate, Revised compliance date
history.extend.reason     | reason of extension, 延期原因, 延期理由, 申请延期理由及防控措施, deferReason
history.extend.date       | 延期日期, 延期批准日期, extended on
history.supervise.level   | 挂牌督办, 挂牌级别, 是否挂牌, 督办级别
history.rectify.date      | 整改完成日期, 整改完成时间, 整改日期, 实际整改完成时间, 实际完成时间, 完成整改日期, 完成日期, 完成时间, \
                            治理完成时间, CertifiedDate, TERMINATION_DT, rectified on
history.rectify.note      | measure, 整改措施, 整改措施内容, 整改方案, 治理措施, 治理方案, 纠正措施, 整治措施, 采取措施, 整改情况说明
history.verify.date       | 复查日期, 复查时间, 复验日期, 复核日期, 核查日期, 验收日期, 验收时间, verified on
history.verify.by         | verified by, 复查人, 复查人员, 验收人, 验收人员, 验收部门, 复核人, 核查人, 核查单位
history.verify.result     | 复查结论, 复查意见, 复查情况, 复查, 验收结论, 验收意见, 核查情况
history.close.date        | 销号日期, 销号时间, 核销日期, 闭环时间, 摘牌时间, CurrentStatusDate, violation_date_closed, closed on
history.note.note         | 预防措施, 防反弹措施, 长效措施, 举一反三措施
"""

_WORDS: Final = """
on_spot   | 处理方式, 整改方式, 整改类型, 是否当场整改, 是否立即整改
status    | 状态, 整改状态, 当前状态, 隐患状态, 治理状态, CurrentStatus, ViolationStatus, status
result    | 整改情况, 整改落实情况, 整改结果, 整改进度, 完成情况, 治理情况, 治理结果, 具体治理情况
rectified | 是否整改, 是否完成整改, 是否已整改, 整改与否, 整改是否完成
closed    | 是否销号, 是否闭环, 是否销项, 闭环, 闭环情况, 销号情况, 销号状态, 平台闭环状态
"""

_NOT_HELD: Final = """
x-import | 排查岗位, 排查人工号, 检查方式, 检查类型, 检查类别, 排查类型, 排查方式, 检查性质, 检查形式, 整改前照片, 隐患照片, \
           隐患图片, 问题照片, 现场照片, 问题图片/视频, 整改后照片, 整改照片, 整改图片, 完成照片, 是否重复隐患, 是否反弹, 重复次数, \
           是否屡查屡犯, 隐患反弹情况, 处罚情况, 处罚措施, 处罚金额, 罚款额(万元), 罚款, 考核金额(元), 考核分数, 扣分, initial_penalty
derived  | 超期天数, 剩余天数, 逾期, 是否逾期, 逾期天数, 审核状态, 操作, 未导入原因, why not imported, 原表行, line in the table, \
           计入排查, 计入整改, counted as found, counted as rectified, days overdue
"""

_OF_KINDS: Final = {
    "risk_point": """
name          | 风险点, 风险点名称
description   | 风险点描述, 风险因素, 危险因素
site          | 风险点位, 所在位置
controls      | 风险管控措施, 风险控制措施, 防控措施
checks.what   | 隐患排查内容, 检查内容, 排查标准
checks.method | 隐患排查方法, 检查方法, 排查方式
checks.cycle  | 隐患排查周期, 检查周期, 排查频次, 检查频次
checks.post   | 隐患排查岗位, 检查岗位
owner.unit    | 管控责任单位, 责任单位, 责任部门
owner.post    | 管控责任岗位, 责任岗位
""",
}

LINE: Final = Text("原表行", "line in the table")
WHY: Final = Text("未导入原因", "why not imported")
ADDED: Final = frozenset({LINE.zh, LINE.en, WHY.zh, WHY.en})
"""Columns of ours beside the rows that were not imported; they are passed over when the rows come back."""
AMBIGUOUS: Final[Mapping[str, str]] = MappingProxyType({"负责人": "history.assign.person"})
"""Names that mean one field beside some columns and another beside others: decided by the neighbours, else asked."""


def _lines(text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        target, _, names = line.partition("|")
        found[target.strip()] = tuple(name.strip() for name in names.split(",") if name.strip())
    return MappingProxyType(found)


NAMES: Final[Mapping[str, tuple[str, ...]]] = _lines(_FACTS + _ACTS.lstrip() + _WORDS.lstrip() + _NOT_HELD.lstrip())
"""Target → column names."""

KEPT: Final = (X_IMPORT, DERIVED, ASK)
"""Targets that are no field: kept untouched, calculated by the program and so not kept, not decided yet."""

TOLD: Final = ("on_spot", "status", "result", "rectified", "closed")
"""Targets whose cells tell how far the work is, in a word or a tick; `result` takes a sentence on what was done as well."""

OF_KINDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType({kind: _lines(text) for kind, text in _OF_KINDS.items()})
"""Kind → target → column names, for what the tables of other kinds call their fields beside the labels of the model."""
