"""HZ510: a rate over an approximate figure."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import rates
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ510",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("约数算比率", "a rate of an approximate figure"),
    why=Text("余、近、约的数没有确切的商", "what is more than, nearly or about so many has no exact quotient"),
    repair=Text("补上确切的数，或不列比率", "give the exact figure, or no rate"),
)
def approx_in_rate(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """No rate is stated over a figure that is 余, 近 or 约; the program prints "/" for it (DOMAIN §4.7 E21).

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 200, approx: over}
          - {measure: hazards.rectified, value: 190}
          - {measure: hazards.rate, value: 95, stated: true}  # HZ510
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 200, approx: over}
          - {measure: hazards.rectified, value: 190}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for stated, known in rates(setting.figures):
        if known.marked:
            message = Text("所列 {n}%，而{parts}是约数", "stated {n} %, though {parts} is approximate")
            yield stated.entry, Fault(message.of(n=stated.number, parts=[one.number for one in known.marked]), stated.trail)
