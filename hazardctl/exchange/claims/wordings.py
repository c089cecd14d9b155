"""The wordings of the genre: which words around a number make it a figure of which measure (DOMAIN §6.3, §12.1).

A new wording is a line of the table: a measure with its scope, `|`, and a regular expression in which

    #   is the number
    ~   is up to fourteen characters without a digit and without a stop
    …   is the sentence up to here, as long as it does not turn to another topic
    @   is a unit that hazards are counted in
    ¬   is no word that orders or promises what stands behind it
    √   is any words for done

The first line that fits a number wins, so what is special stands above what is general. A line whose measure is `-` says that the number
is no figure of any measure: 复查隐患36处 found nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hazardctl.exchange.claims import english

_TOPIC: Final = r"培训|办班|演练|宣传|检查|会议|开会|队伍|投入|事故|预案|整改|罚款"
_GAP: Final = r"[^，。；！？,;!?\d]{0,14}?"
_SENTENCE: Final = rf"(?:(?!{_TOPIC})[^。！？]){{0,60}}?"
_HAZARD: Final = r"(?:处|项|条|个|件|宗)"
_ORDERED: Final = "(?<!未)(?<!限期)(?<!限内)(?<!责令)(?<!立即)(?<!应)(?<!报了)"
_DONE: Final = "(?:完成|完毕|到位|落实|销号|闭环|了)*"
_UNIT: Final = r"(?:家|户|处)(?!次)"

NO_FIGURE: Final = "-"

TABLE: Final = """
trainings.team_coverage | 队伍~覆盖[面率]~#[%％]
trainings.delivery | (?:培训|计划|应训)?开展率~#[%％]
due.on_time | 按期整改率~#[%％]
obligations.met | 履行率~#[%％]
hazards.rate | 整改(?:完成)?率[^，。；]{0,6}[由从][^，。；]{1,16}?(?:升|高|加|降|长)[至到]了?#[%％]
- | 整改(?:完成)?率[^，。；\\d]{0,6}[由从][^，。；\\d]{0,10}#[%％]
hazards.rate | 整改(?:完成)?率~#[%％]
hazards.rate | 整改[^，。；\\d]{0,8}\\d+@，占[^，。；\\d]{0,8}#[%％]
coverage | 覆盖率~#[%％]
zero_hazard.rate | 未(?:查出|发现)(?:问题|隐患)的~占~#[%％]

inspections.covert_teams | (?:暗查|暗访)~组~#个
inspections.covert_teams | #个(?:暗查|暗访)[^，。个]{0,6}组
inspections.teams | (?:检查|督查|督导|执法)[小工]?作?组~#个
inspections.teams | #个~(?:检查|督查|督导|执法)[小工]?作?组
inspections.led_by.branch | (?:部门|下一级|镇街|街道|科室)[^。；]{0,10}带队~#次
inspections.led_by.leader | (?:[区县市镇乡]级?|其他|班子)(?:领导|成员|负责人|负责同志)~带队~#次
inspections.led_by.principal | 主要(?:领导|负责人|负责同志)~带队~#次
inspections.joint | 联合(?:检查|执法|巡查)~#次
inspections.covert | 暗查暗访~#次
inspections.random | 双随机~#次
inspections.unit_visits | #[家户][（(]?次
publicity.events[theme=safety_month] | 安全生产月[”"』」']?(?:宣传|主题)?活动~#场
publicity.attendees | 受众~#人次?
publicity.attendees[theme=warning_education] | 受教育~#人次?
publicity.attendees[theme=warning_education] | 警示教育…#人次?
trainings.cost[outsourced=true] | 购买服务[^。]{0,20}投入~#元
trainings.cost[outsourced=true] | 投入~#元(?=，[^。；]{0,8}(?:办|组织)[^。；]{0,6}培训)
trainings.count[outsourced=true] | 购买服务~#[期次]
trainings.count[outsourced=true] | 投入[^。；]{1,12}元，~#[期次]~培训
trainings.attendees[outsourced=true] | 购买服务[^。]{0,40}#人
trainings.attendees[outsourced=true] | 投入[^。；]{1,12}元，[^。；]{0,10}[期次][^。；]{0,4}培训…#人
trainings.planned | (?:计划|拟)[^。；]{0,8}#[期次]~培训
drills.teams[hosted=true] | 承办[^。；]{0,20}演练[^。；\\d]{0,6}#支
drills.attendees[hosted=true] | 承办[^。；]{0,20}演练[^。；]{0,16}#人
drills.hosted | 承办[^。；]{0,8}演练~#[次场]
drills.hosted | 承办#[次场]~演练
drills.count | 演练(?:活动)?~#[次场]
drills.count | #[次场](?!次)~演练
drills.teams | 演练…#支(?:队伍)?参
drills.attendees | 参演(?:人员|群众)?~#人次?
drills.attendees | #人次?参演
drills.attendees | 演练…#人次?
trainings.count | (?:培训|办班)(?:班|活动)?~#[次期场](?!次)
trainings.count | #[次期场]~培训
trainings.attendees | (?:培训|办班)…#人次?
publicity.events[theme=warning_education] | 警示教育(?:活动)?~#场
publicity.events[theme=warning_education] | #场次?~警示教育
publicity.contests | 竞赛(?:活动)?~#[期场次]
publicity.contests | #[期场次]~竞赛
publicity.materials | (?:资料|手册|小册子|读本|传单|折页)~#[份本册张]
publicity.materials | #余?[份本册张]~(?:资料|手册|小册子|读本|传单|折页)
publicity.units | 入企宣传~#家
publicity.units | #家(?:企业)?~入企宣传
publicity.attendees | (?:宣传|咨询日|安康杯)…#人次?
publicity.attendees | #人次~参[与加]~(?:宣传|咨询|安康杯)
publicity.events | 宣传(?:活动)?~#场
publicity.events | #场次?~宣传
publicity.events[theme] | ：#场次?
inspections.person_times | (?:检查|执法|监管|督查|督导)(?:人员)?~#人次
inspections.person_times | (?:检查|出动|派出)…#人次

- | (?:复查|复核|核查|交办|转办|移交)[^，。；\\d]{0,6}(?:隐患|问题)~#@
hazards.major.found | 重大(?:事故|安全|生产安全事故)?隐患~#@
hazards.found[sector] | (?:隐患|问题)[^。；！？]{0,24}其中[：，]?(?:[^。；！？]{0,80}[、，和及])?(?P<item>[^，。；、\\d]{2,14}?)(?:隐患)?#@
hazards.general.found | 一般(?:事故|安全|生产安全事故)?(?:隐患|问题)~#@
hazards.general.found | #@一般(?:事故|安全)?(?:隐患|问题)
hazards.major.found | #@重大(?:事故|安全)?隐患
repeat.found | 重复出现的隐患~#@
repeat.rate | 重复出现的隐患…占[^。；\\d]{1,6}#[%％]
stock.opening | 期初存量~#@
stock.closing | 期末存量~#@
stock.overdue[grade=major] | 逾期未整改，其中重大#@
stock.overdue | 有#@逾期未整改
stock.overdue | 转入下期，[^。\\d]{0,20}其中逾期#@
stock.open | 尚未办结的?#@
reopen.lines | 反弹#次
ttr | 整改用时中位数#天
plan.planned | 治理计划#@
plan.target | 目标任务落实#@
plan.funds | 经费物资落实#@
plan.staff | 机构人员落实#@
plan.schedule | 时限要求落实#@
plan.emergency | 应急预案落实#@
plan.funds_planned | 治理资金~#元
verify.overdue | #@报了整改~没有按时复查
on_spot.found | (?:当场|现场|即查即|立行立)整?改~#@
hazards.awaiting | (?:待|等待)(?:复查|验收|核查)~#@
hazards.overdue | 逾期(?:未整改|未改|没有整改)~#@
hazards.no_due | (?:未定期限|未定整改期限)~#@
hazards.closed_other | (?:非整改|其他原因)销号~#@
due.total | 到期应整改~#@
due.met | 按期(?:整改|完成)~#@
hazards.within_due | (?:限期整改|期限内(?:整改)?|正在整改|整改中)~#@
hazards.rectified | ¬整改√(?:问题|隐患)?(?:共|合计)?#@
hazards.rectified | ¬(?<![并和、查待需])(?:整改|整治|治理|消除|化解)√[^，。；\\d]{0,6}(?:隐患|问题)(?:共|合计|总数)?#@
hazards.rectified | (?<!未)(?:整治|治理)(?:完成|完毕|到位|销号)(?:了|问题|隐患)?#@
hazards.rectified | (?<!未)完成(?:整治|治理|销号)#@
hazards.rectified | 已(?:经)?(?:消除|整治|治理|销号)(?:了|问题|隐患)?#@
hazards.rectified | (?<!未)(?<!限期)(?<!责令)整改(?:完成|完毕|到位|落实|了)?#@(?:问题|隐患)
hazards.found | (?:排查|查出|发现|检出|查找|隐患|问题)~#@(?!率)
hazards.found | (?:排查|查出|发现|检出|查找)(?:出|了|到)?~#@
hazards.found | (?:隐患|问题)[（(][^（）()]{1,30}[)）](?:共|计|合计)?#@
hazards.found | #@(?:的|各类|安全|一般|事故|较大|突出)*(?:隐患|问题)(?!整改)
hazards.rectified | #@(?:已经?|均已|都已|也已)(?:全部|按期)?(?:完成)?(?:整改|整治|治理|销号)
hazards.within_due | #@(?:责令)?(?:限期|正在?|仍在)(?:按计划|抓紧|有序|加紧|持续)?(?:推进)?(?:整改|整治)

enforcement.three_stops.units | 三停[”"』」']?(?:单位|企业)?~#%
enforcement.stop_production.units | (?:停产停业|停产整顿|停业整顿|停产)(?:整顿)?~#%
enforcement.temp_sealed.units | 临时查封~#%
enforcement.closure_requested.units | 提请~关闭~#%
enforcement.banned.units | 取缔~#%
enforcement.summons.units | 约谈~#%
enforcement.fine.times | 罚款~#[起次]
enforcement.fine.amount | (?:罚款|处罚金额|罚没|罚金)…#元
enforcement.times | 行政处罚(?:案件|决定)?~#[起次件]
enforcement.summons.persons | 约谈~#人次?
enforcement.licence.units | (?:吊销|暂扣)~(?:许可证|证照|执照)~#[个家户]
enforcement.fine.amount | 罚款#元
enforcement.detention.persons | 拘留~#人
enforcement.illegal_activity.times | (?:打击|查处)~违法~#[起件]
enforcement.illegal_activity.times | (?:打击|查处)#[起件]~违法

accidents.deaths | (?:死亡|身亡)#人(?!(?:受伤|轻伤)(?!\\d))
accidents.deaths | #人(?:死亡|身亡|遇难)
accidents.injuries | (?<!重)(?:受伤|轻伤)#人(?!(?:死亡|身亡)(?!\\d))
accidents.injuries | #人(?:受伤|轻伤)
accidents.loss | 经济损失~#元
accidents.count | 事故~#起
accidents.count | #起[^，。；]{0,10}事故

funds.beneficiaries | (?:投入|惠及|受益|财政)[^。]{0,40}#[家户](?!次)
funds.amount | (?:投入|安排|落实|划拨|财政)(?:资金|经费)?~#元
supplies.amount | (?:物资|装备)~#元
supplies.kinds[origin=allocated] | (?:配发|拨付)…#种
supplies.sets[origin=allocated] | (?:配发|拨付)…#[套件]
resources.count[kind=warehouse] | 仓库等?#处
supplies.received[item] | 配发(?:的|了)?(?P<item>[^，。；\\d]{2,8})#[辆台艘]
supplies.received[item] | 配发的(?P<item>[^，。；\\d]{2,8})，数量#

inspections.units[unit_type=gas_station] | 检查…#[家户]加油站
registry.units[unit_type=above_scale_industry] | #[家户]规上(?:工业)?企业
registry.units[unit_type=above_quota_commerce] | #[家户]限上(?:商贸)?企业
registry.units | 在册~#[家户]
registry.length_km[sector=road] | 公路[^，。；\\d]{0,6}里程~#公里
risk_points.count[type=reservoir] | #座~水库
risk_points.count[type=check_dam] | #[个座]~淤地坝
risk_points.count[type=geo_hazard] | #[处个]~地质灾害
risk_points.count[type=flash_flood] | #[处个]~山洪
risk_points.count[type=reservoir] | 水库~#座
risk_points.count[type=check_dam] | 淤地坝~#[个座]
risk_points.count[type=geo_hazard] | 地质灾害(?:隐患)?点?~#[处个]
risk_points.count[type=flash_flood] | 山洪~#[处个]
risk_points.count[type=road_section] | 路段#[处个]
risk_points.count[type=confined_space] | 有限空间#[处个]
risk_points.count[type=forest] | 林区#[处个]
risk_points.checks_due | 到期未查~#项
risk_points.count | 风险点~#[处个]
inspections.units | (?:检查|走到|查过|走访|巡查|抽查|排查)~#[家户](?!次)
inspections.units | 检查(?!…罚款)…#[家户](?!次)

documents.count[kind=responsibility_letter] | 责任[书状]~#份
documents.count[kind=responsibility_letter] | #份~责任[书状]
documents.count[kind=agreement] | 协议~#份
documents.count[kind=agreement] | #份~协议
documents.count[kind=duty_list,level=department] | #[个份]~部门~(?:责任|职责)清单
documents.count[kind=duty_list] | (?:责任|职责)清单~#[份个]
documents.count[kind=duty_list] | #[份个]~(?:责任清单|职责清单|监管职责)
documents.count[kind=power_list] | 权力清单~#[份个]
documents.count[kind=plan,level=general] | #[份个]总体(?:应急)?预案
documents.count[kind=plan,level=special] | #[份个]专项(?:应急)?预案
documents.count[kind=plan,level=general] | 总体(?:应急)?(?:预案)?~#[份个]
documents.count[kind=plan,level=special] | 专项(?:应急)?(?:预案)?~#[份个]
documents.regions[kind=plan,level=township] | #个(?:镇街|乡镇|街道)[^。；]{0,8}预案
documents.count[kind=plan,level=township] | 个(?:镇街|乡镇|街道)~#[份个]~预案
documents.count[kind=plan,level=enterprise] | 专项\\d+份，企业#份
documents.count[kind=plan] | 预案~#[份个]
documents.count[kind=plan] | #[份个]~预案
documents.count[kind=notice] | 通知#[份个]
documents.count[kind=scheme] | 方案#[份个]
documents.count[kind=order] | 整改指令~#份

teams.members[team_kind=semi_professional] | 半专业(?:应急)?队伍：?(?:\\d+支[、，]?)?#人
teams.count[team_kind=semi_professional] | 半专业(?:应急)?队伍：?#支
teams.members[team_kind=emergency] | (?:^|[、，]|和)应急队伍：?(?:\\d+支、)?#人
teams.count[team_kind=emergency] | ^应急队伍：#支
teams.count[level=township] | (?:镇街|乡镇|街道)[^，。；\\d]{0,8}#支
teams.members[level=township] | (?:镇街|乡镇|街道)[^，。；\\d]{0,8}\\d+支[、，]?#人
teams.count[level=village] | (?:村|社区)[^，。；\\d]{0,8}#支
teams.members[level=village] | (?:村|社区)[^，。；\\d]{0,8}\\d+支[、，]?#人
teams.count | 队伍~#支
teams.members | 队伍[^。；]{0,12}支[、，]?#人

consultations.count | (?:会商|研判)~#次
obligations.due | 应履行~#次
obligations.kept | 已履行~#次
meetings.count[body=special] | (?<!会[、和])专题会议?~#次
meetings.count | (?:会议|常委会|常务会|安委会|开会|例会)…#次
meetings.count | #次~(?:召开|会议|常委会|常务会|安委会)
warnings.issued | 预警~#条
warnings.issued | #余?条~预警
duty.days | 值[班守]~#天
programmes.completed[theme=safe_community] | #个[^。；]{0,12}安全社区
programmes.completed | 创建~#个
campaign.phases | #个阶段
tips.received | 举报~#[件起条]
tips.verified | 查实~#[件起条]
tips.rewards | (?:奖励|奖金)~#元
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words around a number: what must end where it begins, and what must begin where it ends."""

    measure: str
    scope: tuple[tuple[str, str], ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


def _wording(line: str, flags: int = 0) -> Wording:
    measure, _, pattern = (part.strip() for part in line.partition(" | "))
    name, _, inside = measure.rstrip("]").partition("[")
    scope = tuple((key, value) for key, _, value in (one.partition("=") for one in inside.split(",") if one))
    for sign, means in (("~", _GAP), ("…", _SENTENCE), ("@", _HAZARD), ("¬", _ORDERED), ("√", _DONE), ("#%", f"#{_UNIT}")):
        pattern = pattern.replace(sign, means)
    before, _, after = pattern.partition("#")
    return Wording(name, scope, re.compile(f"(?:{before})$", flags), re.compile(after, flags))


WORDINGS: Final = (
    *(_wording(line) for line in TABLE.replace("\\\\", "\\").splitlines() if line.strip()),
    *(_wording(line, re.IGNORECASE) for line in english.TABLE.splitlines() if line.strip()),
)

ALL_DONE: Final = re.compile(
    r"(?P<all>已?(?:全部|全都|均已|悉数)(?:按期|按时|完成|得到|落实)*整改(?:完成|完毕|到位|落实)?|整改完毕|全部(?:整改)?(?:销号|办结)|及时(?:全部)?排除)"
)
NOTHING: Final = (
    (re.compile(r"(?:未|没有)(?:检查|排查)?(?:发现|查出)(?:任何|各类)?(?:安全|事故)?隐患"), "hazards.found"),
    (re.compile(r"(?:无|零|未发生|没有发生)(?:任何|一起)?(?:生产)?(?:安全)?(?:生产)?(?:责任)?(?:亡人)?事故(?!隐患)"), "accidents.count"),
    *english.NOTHING,
)
"""Words that say all, or none."""

EVERYWHERE: Final = re.compile(r"(?:应检尽检|检查(?:实现|做到)?全覆盖|全覆盖(?:检查|排查)|不漏一家)")
EACH: Final = re.compile(r"每(?P<every>月|个?季度|半年|年)")
"""An obligation that recurs: what is to be done each month, quarter, half-year or year."""
