"""Words of the other kinds of record: activities, resources, documents, risk points, tips, targets (DOMAIN 2.7 to 2.15, 8.5)."""

from __future__ import annotations

from typing import Final

from hazardctl.vocabulary.term import terms

ACTIVITY_KINDS: Final = terms("""
meeting      | 会议 | meeting
training     | 培训 | training
drill        | 演练 | drill
publicity    | 宣传 | publicity
warning      | 预警 | warning
duty         | 值班 | duty
programme    | 创建 | programme
consultation | 会商 | consultation
""")
THEMES: Final = terms("""
safety_month      | 安全生产月   | safety month
warning_education | 警示教育     | warning education
safe_community    | 安全社区     | safe community
disaster_week     | 防灾减灾周   | disaster prevention week
ankang_cup        | 安康杯       | Ankang cup
""")
BODIES: Final = terms("""
party_committee      | 党委常委会   | party committee         | | 常委会, 区委常委会
government_executive | 政府常务会议 | government executive    | | 常务会, 常务会议
safety_committee     | 安委会       | safety committee        | | 安委会全体会议
special              | 专题会议     | special meeting
team_meeting         | 班子周会     | team meeting
""")
VENUES: Final = terms("""
enterprise | 企业     | enterprise
village    | 农村     | village
community  | 社区     | community
school     | 学校     | school
family     | 家庭     | family
office     | 机关     | office
public     | 公共场所 | public place
""")
RESOURCE_KINDS: Final = terms("""
fund      | 资金 | fund
supply    | 物资 | supply
team      | 队伍 | team
equipment | 装备 | equipment
system    | 系统 | system
warehouse | 仓库 | warehouse
""")
PURPOSES: Final = terms("""
dual_prevention  | 双重预防   | dual prevention
publicity        | 宣传       | publicity
video_conference | 视频会议   | video conference
forest_fire      | 森林防灭火 | forest fire
""")
TEAM_KINDS: Final = terms("""
semi_professional | 半专业队伍 | semi-professional team
emergency         | 应急队伍   | emergency team
fire              | 消防队伍   | fire team
flood             | 防汛队伍   | flood team
""")
ORIGINS: Final = terms("""
purchased | 采购     | purchased
allocated | 上级配发 | allocated
agreed    | 协议储备 | agreed
donated   | 捐赠     | donated
""")
DOCUMENT_KINDS: Final = terms("""
plan                  | 预案               | emergency plan
agreement             | 协议               | agreement
responsibility_letter | 责任书             | responsibility letter | | 责任状
duty_list             | 责任清单           | duty list
power_list            | 权力清单           | power list
notice                | 通知               | notice
scheme                | 方案               | scheme
work_plan             | 计划               | work plan
regulation            | 制度               | regulation
roster                | 机构组成           | roster
inspection_record     | 现场检查记录       | inspection record
on_site_decision      | 现场处理措施决定书 | on-site decision
order                 | 责令限期整改指令书 | order
rectify_notice        | 整改通知书         | rectification notice
coercive_order        | 强制措施决定书     | coercive order
review_opinion        | 整改复查意见书     | review opinion        | | 复查意见书
extension_reply       | 延期审批           | extension reply
supervision_notice    | 挂牌督办通知书     | supervision notice
lift                  | 解除决定           | lift
submission            | 报送               | submission
acceptance            | 验收               | acceptance
report                | 报告               | report
""")
DOCUMENT_LEVELS: Final = terms("""
general    | 总体 | general
special    | 专项 | special
department | 部门 | department
township   | 乡镇 | township   | | 镇街
village    | 村   | village    | | 社区
enterprise | 企业 | enterprise
""")
RISK_POINT_TYPES: Final = terms("""
production     | 生产作业   | production
reservoir      | 水库       | reservoir
check_dam      | 淤地坝     | check dam
geo_hazard     | 地质灾害点 | geological hazard site
flash_flood    | 山洪威胁区 | flash flood area
road_section   | 路段       | road section
confined_space | 有限空间   | confined space
forest         | 林区       | forest
""")
RISK_METHODS: Final = terms("""
LEC    | 作业条件危险性评价 | LEC
LS     | 风险矩阵（LS）     | LS
matrix | 风险矩阵           | risk matrix
expert | 专家判定           | expert judgement
""")
CYCLES: Final = terms("""
shift       | 每班   | every shift | | 随岗, 跟岗, 随岗检查
daily       | 每日   | daily
weekly      | 每周   | weekly
fortnightly | 每两周 | fortnightly
monthly     | 每月   | monthly
quarterly   | 每季度 | quarterly
yearly      | 每年   | yearly
event       | 不定期 | on event    | | 随事件, 随事件开展, 随业务周期开展
""")
OWNER_LEVELS: Final = terms("""
company    | 公司 | company
centre     | 中心 | centre
department | 部门 | department
team       | 班组 | team
""")
CHANNELS: Final = terms("""
12350  | 12350 热线 | hotline 12350
12345  | 12345 热线 | hotline 12345
web    | 网站       | web
wechat | 微信       | WeChat
letter | 来信       | letter
visit  | 来访       | visit
worker | 职工报告   | worker
""")
TIP_RESULTS: Final = terms("""
confirmed | 属实     | confirmed
unfounded | 不属实   | unfounded
partly    | 部分属实 | partly confirmed
""")
# The basis on which the source of a tally counted; many do not say.
TALLY_PRESETS: Final = terms("""
default   | 默认口径     | default basis
official  | 官方统计口径 | official basis
rectified | 整改完成即计 | counted when rectified
verified  | 复查合格即计 | counted when verified
closed    | 销号即计     | counted when closed
unknown   | 口径不详     | basis unknown | | 不详
""")
TARGET_KINDS: Final = terms("""
figure     | 指标 | figure
obligation | 义务 | obligation
""")
FREQUENCIES: Final = terms("""
month   | 每月   | month   | | 月
quarter | 每季度 | quarter | | 季, 季度
half    | 每半年 | half    | | 半年
year    | 每年   | year    | | 年
""")
REGULATOR_KINDS: Final = terms("""
industry | 行业监管 | industry
local    | 属地监管 | local
general  | 综合监管 | general
""")
