"""The worked example of DOMAIN §4.5: sixteen hazards A to P, as typed records, as a ledger and as files.

Every figure printed there is asked of this ledger by the tests of the measures, and by those of every command that shows one.
`ID["A"]` is the id of a letter (its last character; I, L and O have no place in an id and end in 1, 7 and 0), `letters` turns
ids back into `"A B H"`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed

CLERK, OWNER, CHECKERS, CHIEF = "李四", "赵六", ["王五", "张三"], "钱七"
END_OF_JUNE, END_OF_JULY = dt.date(2024, 6, 30), dt.date(2024, 7, 31)

# Letter, day found, day written into each later line. `due` and the like stand behind the verb.
TABLE: Final = """
A 2024-01-10 | 01-10 assign 01-25 | 01-20 rectify | 01-22 pass | 01-22 close
B 2024-02-01 | 02-01 assign 02-20 | 02-25 rectify | 02-27 pass | 02-27 close
C 2024-05-20 | 05-20 assign 06-10 | 06-08 rectify | 07-03 pass | 07-03 close
D 2024-06-20 | 06-20 assign 07-05
E 2024-04-01 | 04-01 assign 04-16
F 2024-06-25
G 2024-03-05 | 03-05 assign 03-20 | 04-10 unit_closed
H 2024-03-01 | 03-01 assign 05-30 | 05-20 rectify | 05-25 pass | 07-10 close
I 2024-02-15 | 02-15 assign 04-15 | 04-10 extend 06-15 | 06-12 rectify | 06-18 pass | 06-20 close
J 2023-12-20 | 2023-12-20 assign 01-05 | 01-04 rectify | 01-05 pass | 01-05 close
K 2024-03-12 | 03-12 on_spot | 03-12 pass | 03-12 close
L 2024-05-06 | 05-06 assign 05-21 | 07-05 duplicate
M 2024-04-10 | 04-10 assign 04-25 | 04-20 transfer
N 2024-03-20 | 03-20 assign 04-05 | 04-03 rectify | 04-06 fail 04-20 | 04-18 rectify | 04-19 pass | 04-19 close | 06-01 reopen 06-15
O 2024-06-10 | 06-10 assign 06-30
P 2024-06-12 | 06-12 assign 06-28 | 06-27 rectify
"""
MAJORS: Final = frozenset("HI")
SECTORS: Final = ("fire", "chem", "industry", "gas")
UNIT, RESPONSIBLE, OFFICE = "xx-paper", "xx-paper", "qingshan-safety-office"
_TAILS: Final = {"I": "1", "L": "7", "O": "0"}

CONFIG: Final = """\
schema: config/1
organisation: {name: 青山镇人民政府, level: township, region: qingshan}
regions:
  - {key: qingshan, name: 青山镇, level: township}
"""
UNITS: Final = {
    "xx-paper": "id: xx-paper\nschema: unit/1\nregion: qingshan\nname: XX纸业\nkind: enterprise\nsector: industry\n",
    "qingshan-safety-office": "id: qingshan-safety-office\nschema: unit/1\nregion: qingshan\nname: 青山镇安监站\nkind: government\n",
}


def _rows() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for line in TABLE.strip().splitlines():
        head, *cells = line.split(" | ")
        found[head.split()[0]] = (head.split()[1], list(cells))
    return found


ROWS: Final = _rows()
ID: Final[Mapping[str, str]] = {
    letter: f"YH-{found.replace('-', '')}-SAMP{_TAILS.get(letter, letter)}" for letter, (found, _) in ROWS.items()
}
LETTER: Final[Mapping[str, str]] = {one: letter for letter, one in ID.items()}


def letters(ids: Iterable[str]) -> str:
    """Give the letters of ids, sorted, as DOMAIN prints them."""
    return " ".join(sorted(LETTER[one] for one in ids))


def day(text: str) -> str:
    """Give a day of the table; without a year it is one of 2024."""
    return text if len(text) == 10 else "2024-" + text


def event(text: str, *, majors: bool = False) -> dict[str, Raw]:  # noqa: C901 (one arm a verb)
    """Give the line that a cell of the table stands for, with everything a line of its verb needs."""
    date, verb, *due = text.split()
    line: dict[str, Any] = {"date": day(date)}
    deadline: dict[str, Raw] = {"due": day(due[0])} if due else {}
    match verb:
        case "assign":
            line |= {"do": verb, "by": CLERK, "to": RESPONSIBLE, "person": OWNER} | deadline
        case "rectify":
            line |= {"do": verb, "by": OWNER, "note": "已按要求整改"}
        case "on_spot":
            line |= {"do": "rectify", "by": OWNER, "on_spot": "true", "note": "当场清理"}
        case "pass":
            line |= {"do": "verify", "by": CHECKERS if majors else CHECKERS[0], "result": "pass"}
        case "fail":
            line |= {"do": "verify", "by": CHECKERS[0], "result": "fail", "reason": "仍有缺口"} | deadline
        case "close":
            line |= {"do": verb, "by": CHIEF, "reason": "rectified"}
        case "unit_closed":
            line |= {"do": "close", "by": CHIEF, "reason": verb, "number": "青安销〔2024〕1号"}
        case "extend":
            line |= {"do": verb, "by": CHIEF, "decision": "granted"} | deadline | {"reason": "设备到货延迟"}
        case "duplicate":
            line |= {"do": "withdraw", "by": [CLERK, CHIEF], "reason": verb, "of": ID["E"]}
        case "transfer":
            line |= {"do": verb, "by": CLERK, "to": "县消防救援大队", "reason": "职责", "number": "青安移〔2024〕1号"}
        case _:
            line |= {"do": verb, "by": CHECKERS[0], "to": RESPONSIBLE, "person": OWNER} | deadline | {"reason": "隐患复发"}
    return line


def tree(letter: str) -> Tree:
    """Give a record as a file says it."""
    found, cells = ROWS[letter]
    major = letter in MAJORS
    facts: dict[str, Raw] = {
        "id": ID[letter],
        "schema": "hazard/1",
        "region": "qingshan",
        "description": f"{letter}号隐患：防护设施缺失，存在伤人危险",
        "found_on": found,
        "source": "supervision",
        "found_by": CHECKERS[0],
        "found_by_org": OFFICE,
        "unit": UNIT,
        "site": f"{ord(letter) - 64}号车间",
        "sector": SECTORS[ord(letter) % 4],
        "grade": "major" if major else "general",
        "category": "object",
        "basis": [{"doc": "GB 50016-2014", "article": "7.1"}],
    }
    if major:
        facts |= _major(found)
    register: dict[str, Raw] = {"date": found, "do": "register", "by": CLERK}
    return {**facts, "history": [register, *(event(cell, majors=major) for cell in cells)]}


def _major(found: str) -> dict[str, Raw]:
    done = (dt.date.fromisoformat(found) + dt.timedelta(days=5)).isoformat()
    plan: dict[str, Raw] = {
        item: {"text": "已落实", "done_on": done} for item in ("target", "measures", "funds", "staff", "schedule", "emergency")
    }
    return {
        "cause": "设施老化，未按期检修",
        "consequence": "可能造成人员伤亡",
        "interim": "停用设备，专人值守",
        "plan": plan,
        "funds_planned": "12000",
        "reports": [{"date": found, "to": "县应急局", "by": CLERK}],
        "notices": [{"date": found, "way": "信息公示栏"}],
    }


def hazard(letter: str) -> Hazard:
    """Give a record, typed."""
    made = typed(BY_NAME["hazard"], tree(letter))
    assert isinstance(made.record, Hazard), made.findings
    return made.record


def path(letter: str) -> str:
    """Give where the file of a record lies under the ledger root."""
    return f"hazards/{ID[letter][3:7]}/{ID[letter][7:9]}/{ID[letter]}.yaml"


def ledger(config: Config | None = None) -> Ledger:
    """Give the whole example as a loaded ledger, sorted by path."""
    return of({letter: hazard(letter) for letter in ROWS}, config)


def of(hazards: Mapping[str, Hazard], config: Config | None = None) -> Ledger:
    """Give a ledger of hazards; one under a letter of the example lies where the example has it."""
    entries = [
        Entry(BY_NAME["hazard"], one, path(letter) if letter in ROWS else f"hazards/{letter}.yaml") for letter, one in hazards.items()
    ]
    return Ledger(config or Config(), tuple(cast("list[Entry[Record]]", sorted(entries, key=lambda entry: entry.path))))


def flow(value: Raw) -> str:
    """Write a value in flow style; every text in double quotes but plain words, numbers and days."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case None:
            return ""
        case _:
            return f'"{value}"' if " " in value or "：" in value or "," in value else value


def text(letter: str) -> str:
    """Give a record as its file would stand on disk."""
    facts = tree(letter)
    history = cast("list[Raw]", facts.pop("history"))
    plan = [f"{key}: {flow(value)}" for key, value in facts.items()]
    return "\n".join([*plan, "history:", *(f"  - {flow(line)}" for line in history)]) + "\n"


def files() -> dict[str, str]:
    """Give every file of the example ledger by path under its root."""
    units = {f"units/{key}.yaml": body for key, body in UNITS.items()}
    return {"hazardctl.yaml": CONFIG, **units, **{path(letter): text(letter) for letter in ROWS}}


def write(root: Path) -> Path:
    """Write the example ledger into a folder and give the folder."""
    for name, body in files().items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(body, encoding="utf-8")
    return root
