"""What the rows of a table share: the mapping, the ledger, how values are read, what holds unless a row says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hazardctl.exchange.desk import Desk
from hazardctl.exchange.mapping import Plan
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops.context import Context
from hazardctl.ops.deadline import calendar_of
from hazardctl.ops.import_units import NewUnits
from hazardctl.ops.new import usual
from hazardctl.ops.saying import Saying


def desk(context: Context, ledger: Ledger, units: NewUnits, plan: Plan, by: str, *, new_units: bool) -> Desk:
    """Put together what the rows of a table are read with.

    Args:
        context: the door's.
        ledger: whose register, words and records the cells name.
        units: those that would be made on the way.
        plan: the mapping.
        by: who registers and assigns; empty for nobody.
        new_units: whether units are made at all.
    """
    calendar = calendar_of(ledger.config)
    language: Language = "zh" if ledger.config.language.startswith("zh") else "en"
    kind = BY_NAME[plan.kind]

    def working(day: dt.date, days: int) -> dt.date:
        return calendar.add(day, days).day

    def said(holder: type[Part], name: str, text: str) -> tuple[Raw, Sequence[Text]]:
        saying = Saying(ledger, context.today)
        return saying.value(holder, name, [text]), saying.faults

    made = units.key if new_units else None
    return Desk(plan, ledger, by, made, language, working, kind, said, _usual(context, ledger, kind, by))


def _usual(context: Context, ledger: Ledger, kind: Kind, by: str) -> Tree:
    """Give what holds of a record unless its row says otherwise: whose ledger it is, what the kind assumes; never a day."""
    if kind.name == "hazard":
        return {}
    made: Tree = {name: value for name, value in usual(context, ledger, kind).items() if name != kind.model.own_date and value}
    if by and "by" in kind.model.model_fields:
        made["by"] = by
    return made
