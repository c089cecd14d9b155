"""The closed lists that record fields draw from (DOMAIN section 8 and the tables of section 2)."""

from __future__ import annotations

from typing import Final

from hazardctl.vocabulary.term import terms

SECTORS: Final = terms("""
coal               | 煤矿                     | coal mines              | | 煤矿行业
noncoal            | 金属非金属矿山、尾矿库   | non-coal mines          | | 非煤矿山
chem               | 危险化学品               | hazardous chemicals     | | 危化, 危化品, 化工
fireworks          | 烟花爆竹                 | fireworks
civil_explosives   | 民爆                     | civil explosives        | | 民用爆炸物品
metal              | 冶金有色                 | metallurgy              | | 冶金, 有色
industry           | 工贸                     | industry and trade      | | 工贸行业
construction       | 建筑施工                 | construction            | | 建筑, 房屋市政
metro              | 城市轨道                 | urban rail              | | 城市轨道交通, 地铁
road               | 道路交通                 | road transport          | | 交通, 道路
water_transport    | 水上交通                 | water transport
rail               | 铁路                     | railways
aviation           | 民航                     | civil aviation
fishery            | 渔业                     | fisheries               | | 渔业船舶
agri_machinery     | 农机                     | farm machinery          | | 农业机械
water              | 水利                     | water works             | | 水利工程
power              | 电力                     | electric power
gas                | 城镇燃气                 | city gas                | | 燃气
fire               | 消防                     | fire safety             | | 消防、人员密集场所, 人员密集场所
special_equipment  | 特种设备                 | special equipment
education          | 学校                     | schools                 | | 教育
health             | 医院                     | hospitals               | | 医疗卫生, 卫生
culture_tourism    | 文化旅游                 | culture and tourism     | | 文旅, 旅游
commerce           | 商贸、成品油             | commerce and oil        | | 商务
self_built_housing | 经营性自建房             | self-built housing      | | 自建房
e_bike             | 电动自行车               | electric bicycles
forest_fire        | 森林防灭火               | forest fire             | | 森林防火
geo_hazard         | 地质灾害                 | geological hazards      | | 地灾
flood              | 防汛                     | flood control           | | 防汛抗旱
other              | 其他                     | other
""")
CATEGORIES: Final = terms("""
person      | 人的因素 | person      | | 人, 人的不安全行为
object      | 物的因素 | object      | | 物, 物的危险状态, 物的不安全状态
environment | 环境因素 | environment | | 环境
management  | 管理因素 | management  | | 管理, 管理缺陷
""")
CAUSES: Final = terms("""
11 | 心理生理 | mind and body          | person
12 | 行为     | behaviour              | person
21 | 物理     | physical               | object
22 | 化学     | chemical               | object
23 | 生物     | biological             | object
31 | 室内     | indoors                | environment
32 | 室外     | outdoors               | environment
33 | 地下     | underground            | environment
39 | 其他环境 | other environment      | environment
41 | 机构人员 | organisation and staff | management
42 | 责任制   | responsibilities       | management
43 | 制度     | rules                  | management
44 | 投入     | spending               | management
49 | 其他管理 | other management       | management
""")
SOURCES: Final = terms("""
self_check  | 自查             | self-check  | | 企业自查
supervision | 上级或部门检查   | supervision | | 上级检查, 部门检查, 督查
enforcement | 执法检查         | enforcement | | 执法
patrol      | 网格巡查         | patrol      | | 巡查
covert      | 暗访             | covert      | | 暗查暗访
tip         | 举报             | tip
worker      | 职工报告         | worker
expert      | 专家、第三方     | expert
accident    | 事故暴露         | accident
monitoring  | 监测             | monitoring
transfer    | 移送接收         | transfer
""")
LEVELS: Final = terms("""
state    | 国家         | state    | | 国家级
province | 省           | province | | 省级, 自治区
city     | 市           | city     | | 市级, 地市
county   | 县           | county   | | 县级, 区, 区级, 县区
township | 乡镇         | township | | 镇, 乡, 街道, 镇街, 乡镇级
village  | 村           | village  | | 社区, 村社区, 村级
""")
UNIT_KINDS: Final = terms("""
enterprise  | 企业       | enterprise
individual  | 个体户     | sole trader  | | 个体工商户
institution | 事业单位   | institution
government  | 党政机关   | government   | | 机关
village     | 村（社区） | village      | | 村, 社区
project     | 工程项目   | project      | | 项目
venue       | 场所       | venue
network     | 路网管网   | network
""")
UNIT_TYPES: Final = terms("""
above_scale_industry | 规上工业     | industry above scale  | | 规上, 规上工业企业
above_quota_commerce | 限上商贸     | commerce above quota  | | 限上, 限上商贸企业
gas_station          | 加油站       | petrol station
crowded_place        | 人员密集场所 | crowded place
nine_small           | 九小场所     | nine small places
three_in_one         | 三合一       | three in one
high_rise            | 高层         | high-rise             | | 高层建筑
small_micro          | 小微         | small and micro firm  | | 小微企业
major_source_site    | 重大危险源   | major hazard source
""")
RISK_GRADES: Final = terms("""
red    | 红色 | red    | | 红, 重大风险, 重大
orange | 橙色 | orange | | 橙, 较大风险, 较大
yellow | 黄色 | yellow | | 黄, 一般风险, 一般
blue   | 蓝色 | blue   | | 蓝, 低风险, 低, 较小风险, 较小
""")
INSPECTION_KINDS: Final = terms("""
routine       | 日常     | routine       | | 日常检查
comprehensive | 综合     | comprehensive | | 综合检查
special       | 专项     | special       | | 专项检查
enforcement   | 执法     | enforcement   | | 执法检查
supervision   | 督查     | supervision
revisit       | 回头看   | revisit
restart       | 复产验收 | restart
self_check    | 自查     | self-check
""")
RANKS: Final = terms("""
principal | 本级党政主要领导     | principal leader | | 主要领导
leader    | 本级其他领导         | leader
branch    | 下一级或部门主要领导 | branch leader
""")
SELECTIONS: Final = terms("""
planned   | 计划检查 | planned   | | 计划
random    | 双随机   | random
complaint | 投诉举报 | complaint
revisit   | 回头看   | revisit
other     | 其他     | other
""")
SIGNATURES: Final = terms("""
signed  | 已签字 | signed
refused | 拒签   | refused
""")
ENFORCEMENT_KINDS: Final = terms("""
warning           | 警告                 | warning
order_correct     | 责令改正、限期整改   | order to correct
order_remove      | 责令立即排除         | order to remove at once
evacuate          | 撤出人员             | evacuation
stop_production   | 责令停产停业         | stop of production      | | 责令停产停业整顿, 停产整顿
three_stops       | “三停”               | three stops             | | 三停
temp_sealed       | 临时查封             | temporary seal
sealed            | 查封扣押             | seal and seizure
stop_supply       | 停止供电             | stop of supply
closure_requested | 提请关闭             | closure requested
closed            | 关闭                 | closed
banned            | 取缔                 | banned
fine              | 罚款                 | fine
daily_fine        | 按日连续处罚         | daily fine
confiscation      | 没收                 | confiscation
licence           | 暂扣吊销             | licence withheld
detention         | 行政拘留             | detention               | | 拘留
criminal_referral | 移送追究刑责         | criminal referral
illegal_activity  | 打击违法行为         | illegal activity
summons           | 约谈                 | summons
circular          | 通报                 | circular
veto              | 一票否决             | veto
joint_discipline  | 联合惩戒             | joint discipline
""")
ENFORCEMENT_SUBS: Final = terms("""
stop_production   | 停产停业 | stop production   | three_stops
stop_construction | 停止施工 | stop construction | three_stops
stop_use          | 停止使用 | stop use          | three_stops
""")
ACCIDENT_TYPES: Final = terms("""
object_strike          | 物体打击   | struck by object
vehicle                | 车辆伤害   | vehicle
machinery              | 机械伤害   | machinery
lifting                | 起重伤害   | lifting
electric               | 触电       | electric shock
drowning               | 淹溺       | drowning
scald                  | 灼烫       | burns
fire                   | 火灾       | fire
fall                   | 高处坠落   | fall from height
collapse               | 坍塌       | collapse
roof_fall              | 冒顶片帮   | roof fall
water_inrush           | 透水       | water inrush
blasting               | 放炮       | blasting
powder_explosion       | 火药爆炸   | powder explosion
gas_explosion          | 瓦斯爆炸   | gas explosion
boiler_explosion       | 锅炉爆炸   | boiler explosion
vessel_explosion       | 容器爆炸   | vessel explosion
other_explosion        | 其他爆炸   | other explosion
poisoning_asphyxiation | 中毒和窒息 | poisoning and asphyxiation | | 中毒窒息, 中毒, 窒息
other                  | 其他       | other
""")
ACCIDENT_CLASSES: Final = terms("""
extraordinary | 特别重大 | extraordinary | | 特别重大事故
major         | 重大     | major         | | 重大事故
larger        | 较大     | larger        | | 较大事故
general       | 一般     | general       | | 一般事故
""")
