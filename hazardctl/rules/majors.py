"""What the rules about major hazards ask first (DOMAIN §3.6)."""

from __future__ import annotations

import datetime as dt

from hazardctl.model.events import Regraded
from hazardctl.rules.case import Case


def major_now(case: Case) -> bool:
    """Say whether the hazard is a major one today and still this ledger's: neither withdrawn nor transferred."""
    now = case.now
    return now is not None and now.grade == "major" and now.state not in {"withdrawn", "transferred"}


def major_since(case: Case) -> dt.date:
    """Give the day the hazard became major: of the last regrading to it, else the day found."""
    days = [step.act.date for step in case.steps if step.fits and isinstance(step.act, Regraded) and step.act.now == "major"]
    return days[-1] if days else case.hazard.found_on
