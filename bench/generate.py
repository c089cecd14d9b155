"""Write a seeded ledger of N hazards.

    python bench/generate.py 10000 DIR [--seed SEED]

Two years of work of twelve towns in one county's ledger: all sixteen acts, general and major hazards, Chinese text, all states;
the same N and seed give the same bytes. `peers.py` writes the same events for other programs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random  # noqa: TID251 (seeded data, not ids)
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FIRST = dt.date(2024, 1, 1)
DAYS = 731
TOWNS = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECTORS = ("fire", "industry", "chem", "gas", "construction", "road", "commerce", "education", "special_equipment", "forest_fire")
SITES = ("一楼仓库", "配电室", "疏散通道", "卸油区", "锅炉房", "空压机房", "施工电梯口", "食堂后厨", "地下车库", "氨机房")
FAULTS = (
    "灭火器压力不足",
    "应急照明不亮",
    "配电箱未上锁",
    "安全出口被货物堵塞",
    "电缆桥架未封堵",
    "报警器未检测",
    "临边防护缺失",
    "气瓶未固定",
)
REGISTRAR, ASSIGNER, VERIFIER, SECOND = "张三", "李四", "王五", "吴十"
VERIFIERS = f"[{VERIFIER}, {SECOND}]"
PEOPLE = ("赵六", "钱七", "孙八")
APPROVER = "周九"
COUNTY = "示例县应急管理局"
CONFIG = """schema: config/1
organisation: {name: 示例县, level: county, region: shili}
regions:
  - {key: shili, name: 示例县, level: county}
"""
PLAN = {
    "target": "按期消除",
    "measures": "更换并联锁",
    "funds": "自筹",
    "staff": "专人负责",
    "schedule": "限期前完成",
    "emergency": "修订处置方案",
}


@dataclass
class Made:
    """One made-up hazard: its id, its facts as lines, its events.

    Attributes:
        id: of the record.
        found: the day it was found.
        unit: the key of the unit that has it.
        due: the first deadline.
        facts: the lines before `history:`.
        acts: (day, verb) of every event, in order.
        lines: the lines of the history.
    """

    id: str
    found: dt.date
    unit: str
    due: dt.date
    facts: list[str] = field(default_factory=list)
    acts: list[tuple[dt.date, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def act(self, after: int, verb: str, by: str, rest: str = "") -> None:
        """Add an event so many days after the finding."""
        day = self.found + dt.timedelta(days=after)
        self.acts.append((day, verb))
        self.lines.append(f"  - {{date: {day}, do: {verb}, by: {by}{rest}}}")

    def day(self, after: int) -> dt.date:
        """Give a day so many days after the finding."""
        return self.found + dt.timedelta(days=after)

    @property
    def text(self) -> str:
        """Give the text of the file."""
        return "\n".join([*self.facts, "history:", *self.lines, ""])


def hazard(rng: random.Random, number: int) -> Made:
    """Make one hazard out of its number and the next numbers of the seed."""
    found = FIRST + dt.timedelta(days=rng.randrange(DAYS))
    suffix = "".join(ALPHABET[number // 32**place % 32] for place in range(4, -1, -1))
    unit = f"unit-{rng.randrange(max(1, number // 20 + 1)):05d}"
    major = rng.random() < 0.08
    made = Made(f"YH-{found:%Y%m%d}-{suffix}", found, unit, found + dt.timedelta(days=30 if major else rng.choice((7, 10, 15))))
    photo = f"https://example.org/{made.id}.jpg"
    made.act(0, "register", REGISTRAR)
    fate = rng.random()
    if fate < 0.01:
        made.act(2, "withdraw", f"[{ASSIGNER}, {APPROVER}]", ", reason: not_a_hazard, note: 属日常养护")
    else:
        made.act(0, "assign", ASSIGNER, f", to: {unit}, person: {rng.choice(PEOPLE)}, due: {made.due}, number: 示安改〔{number}〕号")
        _course(made, rng, fate, photo, major=major)
    if rng.random() < 0.03:
        made.act(70, "note", REGISTRAR, ", note: 已向行业主管部门通报")
    made.facts += _facts(made, rng, number, major=major, rectified="rectify" in {verb for _, verb in made.acts}, photo=photo)
    if rng.random() < 0.01:
        made.act(71, "correct", REGISTRAR, ", field: requirement, was: 尽快修复, now: 限期修复并上报照片, reason: 写得不具体")
    return made


def _course(made: Made, rng: random.Random, fate: float, photo: str, *, major: bool) -> None:
    if fate < 0.02:
        made.act(3, "transfer", ASSIGNER, f", to: 示例县文化旅游局, reason: 主管职责在县局, number: 示安移〔{made.id[-5:]}〕号")
        return
    if major:
        made.act(1, "supervise", COUNTY, f", level: county, due: {made.due}, number: 县督〔{made.id[-5:]}〕号")
    if rng.random() < 0.15:
        made.act(2, "start", rng.choice(PEOPLE))
        made.act(3, "progress", rng.choice(PEOPLE), ", note: 方案已定，正在施工")
    if rng.random() < 0.08:
        rest = f", decision: granted, due: {made.due + dt.timedelta(days=10)}, reason: 配件到货延迟, number: 示安延〔{made.id[-5:]}〕号"
        made.act(4, "extend", APPROVER, rest)
    claimed = rng.randrange(5, 20)
    if fate < 0.93:
        _rectified(made, rng, claimed, photo)
    if fate < 0.90:
        if rng.random() < 0.07:
            made.act(claimed + 1, "verify", VERIFIERS, f", result: fail, reason: 整改不到位, number: 示安复〔{made.id[-5:]}-1〕号")
            _rectified(made, rng, claimed + 4, photo)
        _passed(made, claimed + 5)
    if fate < 0.85:
        _ended(made, rng, claimed + 6, photo, major=major, again=fate < 0.04, over=fate < 0.035)


def _ended(made: Made, rng: random.Random, closed: int, photo: str, *, major: bool, again: bool, over: bool) -> None:
    made.act(closed, "close", APPROVER, ", reason: rectified")
    if major:
        made.act(closed + 1, "release", COUNTY, f", number: 县摘〔{made.id[-5:]}〕号")
    elif again:
        made.act(closed + 14, "reopen", VERIFIER, f", to: {made.unit}, due: {made.day(closed + 29)}, reason: 同一部位又出现")
        if over:
            _rectified(made, rng, closed + 24, photo)
            _passed(made, closed + 26)
            made.act(closed + 27, "close", APPROVER, ", reason: rectified")


def _rectified(made: Made, rng: random.Random, after: int, photo: str) -> None:
    made.act(after, "rectify", rng.choice(PEOPLE), f', note: 已按要求整改并自查, evidence: ["{photo}"]')


def _passed(made: Made, after: int) -> None:
    made.act(after, "verify", VERIFIERS, f", result: pass, number: 示安复〔{made.id[-5:]}-{after}〕号")


def _facts(made: Made, rng: random.Random, number: int, *, major: bool, rectified: bool, photo: str) -> Iterator[str]:
    yield f"id: {made.id}"
    yield "schema: hazard/1"
    yield f"region: town-{rng.randrange(TOWNS):02d}"
    yield f"description: {rng.choice(SITES)}{rng.choice(FAULTS)}，现场第{number}处"
    yield f"found_on: {made.found}"
    yield "source: supervision"
    yield f"found_by: [{REGISTRAR}, {VERIFIER}]"
    yield "found_by_org: shili-safety"
    yield f"unit: {made.unit}"
    yield f"site: {rng.choice(SITES)}{number}号"
    yield f"sector: {rng.choice(SECTORS)}"
    yield f"grade: {'major' if major else 'general'}"
    yield "category: object"
    yield "basis: [{doc: 安全生产法, article: 第四十一条}]"
    if major:
        yield "cause: 设计遗漏，安装时未按规范配置"
        yield "consequence: 泄漏不能及时发现，波及相邻车间"
    yield "requirement: 限期修复并上报照片"
    if major:
        yield "interim: 停用该区域，专人值守"
        yield "stop: partial"
        yield "plan:"
        yield from (f"  {name}: {{text: {text}, done_on: {made.day(1)}}}" for name, text in PLAN.items())
        yield "funds_planned: 120000"
        yield f"reports: [{{date: {made.found}, to: {COUNTY}, by: {REGISTRAR}}}, {{date: {made.day(1)}, to: 职工代表大会, by: 赵六}}]"
        yield f"notices: [{{date: {made.day(1)}, way: 信息公示栏}}]"
    if rectified:
        yield "evidence:"
        yield f'  - {{kind: after, url: "{photo}"}}'


def records(count: int, seed: int = 1) -> Iterator[Made]:
    """Make `count` hazards, the same for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        yield hazard(rng, number)


def write(count: int, folder: Path, seed: int = 1) -> None:
    """Write a ledger of `count` hazards, and a unit for every twenty, below `folder`."""
    root = folder / "ledger"
    (root / "units").mkdir(parents=True, exist_ok=True)
    towns = "".join(f"  - {{key: town-{number:02d}, name: 第{number}镇, level: township, parent: shili}}\n" for number in range(TOWNS))
    (root / "hazardctl.yaml").write_text(CONFIG + towns, encoding="utf-8")
    for number in range(max(1, count // 20 + 1)):
        head = f"id: unit-{number:05d}\nschema: unit/1\nregion: town-{number % TOWNS:02d}\n"
        text = f"{head}name: 示例企业{number:05d}有限公司\nkind: enterprise\nsector: industry\n"
        (root / "units" / f"unit-{number:05d}.yaml").write_text(text, encoding="utf-8")
    office = "id: shili-safety\nschema: unit/1\nname: 示例县安委办\nkind: government\n"
    (root / "units" / "shili-safety.yaml").write_text(office, encoding="utf-8")
    for made in records(count, seed):
        place = root / "hazards" / f"{made.found:%Y}" / f"{made.found:%m}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{made.id}.yaml").write_text(made.text, encoding="utf-8")


def main() -> None:
    """Read the words of the call and write."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int)
    words.add_argument("folder", type=Path)
    words.add_argument("--seed", type=int, default=1)
    said = words.parse_args()
    write(said.count, said.folder, said.seed)


if __name__ == "__main__":
    main()
