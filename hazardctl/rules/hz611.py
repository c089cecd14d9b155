"""HZ611: found without looking deep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

FEWEST: Final = 20
"""Hazards of a half-year below which a share says nothing."""
TOP: Final = 3
SHARE: Final = 50
DEEP: Final = ""
"""Stands for the words of a hazard that was looked at deeply."""


def _text(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, None]]:
    hazard = entry.record
    if isinstance(hazard, Hazard) and not hazard.withdrawn_by(setting.today):
        half = f"{hazard.found_on.year}H{1 if hazard.found_on.month <= 6 else 2}"
        yield bucket(half, *([] if hazard.basis or hazard.grade == "major" else ["", folded(hazard.description)])), None


@rule(
    "HZ611",
    scope="ledger",
    brief=_text,
    severity=Severity.INFO,
    since="0.1",
    title=Text("排查不深不细", "found without looking deep"),
    why=Text(
        "没有一条判定依据、没有一条重大，来回几句话，查的多半是表面",
        "no basis, no major hazard and the same few sentences: only the surface was looked at",
    ),
    repair=Text("对照判定标准再查一遍", "look again, with the criteria at hand"),
)
def shallow_batch(setting: Setting) -> Iterator[tuple[None, Fault]]:
    """Among the hazards found in a half-year (20 or more) one is major or has a basis, or the three commonest texts make up less than half.

    The finding is about the ledger as a whole and stands at its configuration; the example stands for twenty records like it.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1  # HZ611
        ---
        # times: 20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 工人未戴安全帽
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # times: 20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 工人未戴安全帽
        found_on: 2024-03-12
        grade: general
        basis: [{doc: GB 2811-2019}]
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    halves: dict[str, Counter[str]] = defaultdict(Counter)
    for key, n in setting.briefs.counted("HZ611").items():
        half, _, text = key.partition("\x1f")
        halves[half][text] += n
    for when, texts in sorted(halves.items()):
        n = texts.total()
        top = sum(times for _, times in texts.most_common(TOP))
        if n >= FEWEST and DEEP not in texts and top * 100 >= SHARE * n:
            message = Text(
                "{year}H{half} 的 {n} 条没有依据也没有重大，{top} 条用的是同样 {of} 句话",
                "{year}H{half}: {n} hazards, no basis, no major; {top} of them share {of} texts",
            )
            year, _, half = when.partition("H")
            yield None, Fault(message.of(year=year, half=half, n=n, top=top, of=TOP))
