"""Write a seeded, sound ledger of N hazards, and the same events as an hledger journal.

    python bench/generate.py 10000 DIR [--journal FILE]

Two years of work of several towns: every kind of event, Chinese text, all states; the same N and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random  # noqa: TID251 (seeded data, not ids)
from collections.abc import Iterator
from pathlib import Path

FIRST = dt.date(2024, 1, 1)
DAYS = 731
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
OFFICE = ("张三", "李四", "王五")
PEOPLE = ("赵六", "钱七", "孙八")
APPROVER = "周九"
CONFIG = """schema: config/1
organisation: {name: 示例县, level: county, region: shili}
regions:
  - {key: shili, name: 示例县, level: county}
"""


def hazard(rng: random.Random, number: int, towns: int) -> tuple[str, str, list[tuple[dt.date, str]]]:
    """Make one hazard: its id, its text, its events as (day, verb)."""
    found = FIRST + dt.timedelta(days=rng.randrange(DAYS))
    suffix = "".join(ALPHABET[number // 32**place % 32] for place in range(4, -1, -1))
    record_id = f"YH-{found:%Y%m%d}-{suffix}"
    unit = f"unit-{rng.randrange(max(1, number // 20 + 1)):05d}"
    due = found + dt.timedelta(days=rng.choice((7, 10, 15)))
    photo = f"https://example.org/{record_id}.jpg"
    lines, events = [], []

    def line(day: dt.date, verb: str, by: str, rest: str = "") -> None:
        lines.append(f"  - {{date: {day}, do: {verb}, by: {by}{rest}}}")
        events.append((day, verb))

    line(found, "register", OFFICE[0])
    line(found, "assign", OFFICE[1], f", to: {unit}, person: {rng.choice(PEOPLE)}, due: {due}")
    if rng.random() < 0.08:
        new = due + dt.timedelta(days=10)
        line(found + dt.timedelta(days=3), "extend", APPROVER, f", decision: granted, due: {new}, reason: 配件到货延迟")
    day = found + dt.timedelta(days=rng.randrange(4, 20))
    fate = rng.random()
    if fate < 0.93:
        line(day, "rectify", rng.choice(PEOPLE), f', note: 已按要求整改并自查, evidence: ["{photo}"]')
    if fate < 0.90:
        if rng.random() < 0.07:
            line(day + dt.timedelta(days=1), "verify", OFFICE[2], ", result: fail, reason: 整改不到位")
            line(day + dt.timedelta(days=4), "rectify", rng.choice(PEOPLE), f', note: 再次整改, evidence: ["{photo}"]')
        line(day + dt.timedelta(days=5), "verify", OFFICE[2], ", result: pass")
    if fate < 0.85:
        line(day + dt.timedelta(days=6), "close", APPROVER, ", reason: rectified")
    facts = f"""id: {record_id}
schema: hazard/1
region: town-{rng.randrange(towns):02d}
description: {rng.choice(SITES)}{rng.choice(FAULTS)}，现场第{number}处
found_on: {found}
source: supervision
found_by: [{OFFICE[0]}]
found_by_org: shili-safety
unit: {unit}
site: {rng.choice(SITES)}{number}号
sector: {rng.choice(SECTORS)}
grade: general
category: object
basis: [{{doc: 安全生产法, article: 第四十一条}}]
requirement: 限期修复并上报照片
evidence:
  - {{kind: after, url: "{photo}"}}
history:
"""
    return record_id, facts + "\n".join(lines) + "\n", events


def records(count: int, seed: int = 1) -> Iterator[tuple[str, str, list[tuple[dt.date, str]]]]:
    """Make `count` hazards, the same for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        yield hazard(rng, number, 12)


def write(count: int, folder: Path, journal: Path | None, seed: int = 1) -> None:
    """Write the ledger below `folder`, and the journal when it is asked for: one two-posting transaction an event."""
    root = folder / "ledger"
    (root / "units").mkdir(parents=True, exist_ok=True)
    towns = "".join(f"  - {{key: town-{number:02d}, name: 第{number}镇, level: township, parent: shili}}\n" for number in range(12))
    (root / "hazardctl.yaml").write_text(CONFIG + towns, encoding="utf-8")
    for number in range(max(1, count // 20 + 1)):
        head = f"id: unit-{number:05d}\nschema: unit/1\nregion: town-{number % 12:02d}\n"
        text = f"{head}name: 示例企业{number:05d}有限公司\nkind: enterprise\nsector: industry\n"
        (root / "units" / f"unit-{number:05d}.yaml").write_text(text, encoding="utf-8")
    (root / "units" / "shili-safety.yaml").write_text(
        "id: shili-safety\nschema: unit/1\nname: 示例县安委办\nkind: government\n", encoding="utf-8"
    )
    entries: list[tuple[dt.date, str]] = []
    for record_id, text, events in records(count, seed):
        place = root / "hazards" / record_id[3:7] / record_id[7:9]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{record_id}.yaml").write_text(text, encoding="utf-8")
        entries += ((day, f"{day} {record_id}\n  state:{verb}  1\n  ledger\n") for day, verb in events)
    if journal:
        journal.write_text("\n".join(text for _, text in sorted(entries)), encoding="utf-8")


def main() -> None:
    """Read the words of the call and write."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int)
    words.add_argument("folder", type=Path)
    words.add_argument("--journal", type=Path)
    words.add_argument("--seed", type=int, default=1)
    said = words.parse_args()
    write(said.count, said.folder, said.journal, said.seed)


if __name__ == "__main__":
    main()
