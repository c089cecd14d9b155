"""HZ110: a credit code that cannot be one, or is another unit's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TITLE: Final = ("credit_code",)


def _code(entry: Entry[Record], _: Setting) -> Iterable[tuple[str, None]]:
    if isinstance(entry.record, Unit) and entry.record.credit_code:
        yield entry.record.credit_code, None


@rule(
    "HZ110",
    scope="ledger",
    brief=_code,
    kind="unit",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("统一社会信用代码有误", "a credit code that cannot be right"),
    why=Text(
        "信用代码用来认出同一个单位，错一位就认不出", "the code is how one unit is known under two names; one wrong character and it is not"
    ),
    repair=Text("对照营业执照改正", "correct it from the business licence"),
)
def credit_code(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """A credit code has 18 characters, its last one checks the others, and it belongs to one unit.

    Source: GB 32100, check character with weights 3^i modulo 31 (unverified).

    Bad:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        credit_code: 91330200MA000000X2  # HZ110
        ```

    Good:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        credit_code: 91330200MA0000001L
        ```
    """
    for code, group in setting.briefs.groups("HZ110"):
        standing = [one for one in group if one.id not in setting.ended]
        for one in standing:
            if not sound(code):
                message = Text("“{it}”的长度、用字或校验位不对", "“{it}”: length, characters or check character are wrong")
                yield one, Fault(message.of(it=code), _TITLE)
            elif one.id != standing[0].id:
                yield one, Fault(Text("信用代码已用于 {it}", "the code is that of {it} already").of(it=standing[0].id), _TITLE)


def sound(code: str) -> bool:
    """Say whether a credit code has 18 known characters and the right check character."""
    if len(code) != 18 or any(one not in ALPHABET for one in code):
        return False
    total = sum(ALPHABET.index(one) * pow(3, position, 31) for position, one in enumerate(code[:17]))
    return ALPHABET[-total % 31] == code[17]
