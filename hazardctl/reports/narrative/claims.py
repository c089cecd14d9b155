"""Words that claim something whole may stand only where the program has found it true (DOMAIN §6.3 rules 2 and 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.reports.narrative.grammar import Clause, Condition, Fault, Literal, Nodes


@dataclass(frozen=True, slots=True)
class Claim:
    """Words, and the condition they need.

    Attributes:
        words: as people write them in either language.
        condition: as it is written before them; a scope may follow it.
        test: likewise.
    """

    words: re.Pattern[str]
    condition: re.Pattern[str]
    needed: str
    test: str = ""


CLAIMS: Final = (
    Claim(
        re.compile(
            r"(?:全部|全都|悉数|均已?)[^，。；、]{0,8}(?:整改|完成|销号|到位|办结|消除|治理|闭环)|百分之?百|100\s*[%％]"
            r"|\ball (?:(?:of (?:them|these|which)|(?:the )?hazards) )?(?:(?:were|are|was|is|have been|has been) )?"
            r"(?:put right|rectified|fixed|mended|closed|done|completed)\b|\bevery (?:hazard|one)\b",
            re.IGNORECASE,
        ),
        re.compile(r"(?:(?:general|major)\.)?all\b.*"),
        "all",
    ),
    Claim(
        re.compile(r"(?:未|没有)(?:检查|排查)?(?:发现|出)(?:任何|各类)?(?:安全)?隐患|\bno hazards?\b", re.IGNORECASE),
        re.compile(r"(?:(?:general|major)\.)?none\b.*"),
        "none",
    ),
    Claim(
        re.compile(r"(?:无|零|未发生|没有发生)[^，。；]{0,8}事故|\bno (?:\w+ ){0,2}accidents?\b|\baccident-free\b", re.IGNORECASE),
        re.compile(r"accidents\.count(?:\[.*\])?"),
        "accidents.count=0",
        "=0",
    ),
)
NEEDS: Final = Text("“{it}”只能写在条件 {condition} 之后", '"{it}" may stand only after the condition {condition}')
HOW: Final = Text("写作 [[{condition}? …]]：成立与否由程序判断", "write [[{condition}? …]]: whether it holds is for the program to say")


def unfounded(nodes: Nodes, under: tuple[Condition, ...] = ()) -> Iterator[Fault]:
    """Find claims in a sentence that no condition guards."""
    for node in nodes:
        match node:
            case Literal(text=text, line=line, column=column):
                for claim in CLAIMS:
                    found = claim.words.search(text)
                    if found and not any(_guards(claim, one) for one in under):
                        what = NEEDS.of(it=found[0], condition=claim.needed)
                        yield Fault(line, column + found.start(), what, HOW.of(condition=claim.needed))
            case Clause(options=options):
                for option in options:
                    yield from unfounded(option.nodes, (*under, option.condition) if option.condition else under)
            case _:
                pass


def _guards(claim: Claim, condition: Condition) -> bool:
    return bool(claim.condition.fullmatch(condition.name)) and condition.test == claim.test
