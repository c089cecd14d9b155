"""What a template is filled with: every name of `FIELDS` and `ITEM`, as text in one language; what nobody knows is a place to fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.model import events as ev
from hazardctl.model.document import Document
from hazardctl.model.hazard import Provision
from hazardctl.ops.deadline import calendar_of
from hazardctl.ops.notices.kinds import Paper
from hazardctl.ops.notices.subject import Before, Subject

FILL_IN: Final = Text("〔请填写〕", "[fill in]")
DAY: Final = Text("{y}年{m}月{d}日", "{y}-{m}-{d}")
DECISIONS: Final[Mapping[str, Text]] = {
    "granted": Text("同意", "granted"),
    "refused": Text("不同意", "refused"),
    "requested": Text("暂未审批", "not decided yet"),
}
BASIS: Final = Text("《{doc}》{article}", "{doc} {article}")
Said = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheetful:
    """What a paper is about.

    Attributes:
        ledger: it is from.
        paper: its kind.
        day: on it.
        number: of the paper, or empty.
        unit: key of the unit it goes to.
        subjects: the hazards, in the order named.
        signers: names of those who sign.
    """

    ledger: Ledger
    paper: Paper
    day: dt.date
    number: str
    unit: str
    subjects: Sequence[Subject]
    signers: Sequence[str]

    @property
    def before(self) -> tuple[Before, ...]:
        """Give the papers that came before, each once."""
        found = (one.before() for one in self.subjects)
        return tuple(dict.fromkeys(one for one in found if one))

    def certificate(self, name: str) -> str:
        """Give the number of the certificate of a person: as configured, else as on the last recorded paper that person signed."""
        configured = next((one.cert for one in self.ledger.config.people if one.name == name), "")
        return configured or self._signed.get(name, "")

    @property
    def _signed(self) -> Mapping[str, str]:
        papers = [one for entry in self.ledger.of("document") if isinstance(one := entry.record, Document)]
        papers.sort(key=lambda one: (one.date, one.id))
        return {signer.name: signer.cert for one in papers for signer in one.signers if signer.cert}


def values(sheetful: Sheetful, language: Language) -> Said:
    """Give the values of a paper in a language."""
    return _Saying(sheetful, language).all()


class _Saying:
    """Says the values of one paper in one language."""

    def __init__(self, sheetful: Sheetful, language: Language) -> None:
        self._it = sheetful
        self._language: Language = language

    def all(self) -> Said:
        it = self._it
        unit = it.ledger.units.get(it.unit) if it.unit in it.ledger.units else None
        items = [self._item(place, one) for place, one in enumerate(it.subjects, 1)]
        reviews = [one.last(ev.Verified) for one in it.subjects]
        results = [review.result if review else "" for review in reviews]
        by = self._by
        return {
            "issuer": self._text(it.ledger.config.organisation.name),
            "title": self._say(it.paper.title),
            "number": self._text(it.number),
            "date": self._day(it.day),
            "unit": self._text(it.ledger.unit_name(it.unit)),
            "address": self._text(unit.address if unit else ""),
            "found_on": self._days(one.hazard.found_on for one in it.subjects),
            "inspectors": by(name for one in it.subjects for name in one.hazard.found_by),
            "count": str(len(items)),
            "majors": self._joined(str(place) for place, one in enumerate(it.subjects, 1) if one.span.grade == "major"),
            "items": items,
            "passed": [item for item, result in zip(items, results, strict=True) if result == "pass"],
            "failed": [item for item, result in zip(items, results, strict=True) if result == "fail"],
            "verifiers": by(name for review in reviews if review for name in review.by),
            "verified_on": self._days(review.date for review in reviews if review),
            "previous": self._previous(),
            "signers": [{"name": name, "cert": self._text(it.certificate(name))} for name in it.signers] or [self._nobody()],
        }

    def _item(self, place: int, one: Subject) -> Said:
        hazard, span = one.hazard, one.span
        asked, listed = one.last(ev.Extended), one.last(ev.Supervised)
        request = self._request(one)
        claim, review = one.last(ev.Rectified), one.last(ev.Verified)
        listing_due = (listed.due if listed else None) or span.due
        return {
            "no": str(place),
            "id": hazard.id,
            "hazard": hazard.description,
            "site": self._text(hazard.site),
            "grade": self._say(self._it.ledger.label("grades", span.grade)),
            "basis": self._joined(map(self._basis, hazard.basis)) or self._say(FILL_IN),
            "requirement": self._text(hazard.requirement),
            "person": self._text(span.person),
            "due": self._day(span.due),
            "first_due": self._day(span.due0),
            "done": self._text(claim.note if claim else ""),
            "rectified_on": self._day(claim.date if claim else None),
            "reason": self._text(review.reason if review else ""),
            "planned": self._money(hazard.funds_planned),
            "spent": self._money(hazard.funds_spent),
            "old_due": self._day(one.due_before(asked) if asked else span.due),
            "asked_on": self._day(request.date if request else None),
            "asked_due": self._day((request or asked).due if asked else None),
            "why": self._text((request or asked).reason if asked else ""),
            "interim": self._text((request.interim if request else "") or (asked.interim if asked else "") or hazard.interim),
            "decision": self._say(DECISIONS.get(asked.decision, FILL_IN)) if asked else self._say(FILL_IN),
            "approver": self._by(asked.by if asked and asked.decision != "requested" else ()),
            "decided_on": self._day(asked.date if asked and asked.decision != "requested" else None),
            "extensions": str(span.extensions),
            "level": self._say(self._it.ledger.label("supervise_levels", listed.level)) if listed else self._say(FILL_IN),
            "listing_number": self._text(listed.number if listed else ""),
            "listed_on": self._day(listed.date if listed else None),
            "listing_due": self._day(listing_due),
            "plan_by": self._day(self._after(listed.date) if listed else None),
            "apply_by": self._day(self._ask_by(listing_due) if listing_due else None),
        }

    def _request(self, one: Subject) -> ev.Extended | None:
        """Give the line that asked for the extension that was decided last."""
        asked = one.last(ev.Extended)
        lines = [act.event for act in one.ledger.replay(one.entry).acts if act.fits and isinstance(act.event, ev.Extended)]
        before = [line for line in lines if asked and line.decision == "requested" and line.date <= asked.date]
        return before[-1] if before else None

    def _previous(self) -> Said:
        before = self._it.before
        return {
            "title": self._joined(dict.fromkeys(self._say(one.title) for one in before)) or self._say(FILL_IN),
            "number": self._joined(one.number for one in before if one.number) or self._say(FILL_IN),
            "date": self._days(one.date for one in before),
        }

    def _nobody(self) -> Said:
        return {"name": self._say(FILL_IN), "cert": self._say(FILL_IN)}

    def _after(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(days=self._it.ledger.config.policy.plan_days)

    def _ask_by(self, due: dt.date) -> dt.date:
        rule = self._it.ledger.config.extension
        days = rule.ask_before_listed
        return calendar_of(self._it.ledger.config).add(due, -days).day if rule.count == "working" else due - dt.timedelta(days=days)

    def _basis(self, one: Provision) -> str:
        return self._say(BASIS.of(doc=one.doc, article=one.article)).strip()

    def _by(self, names: Iterable[str]) -> str:
        return self._joined(dict.fromkeys(names)) or self._say(FILL_IN)

    def _days(self, days: Iterable[dt.date]) -> str:
        return self._joined(self._day(day) for day in sorted(set(days))) or self._say(FILL_IN)

    def _day(self, day: dt.date | None) -> str:
        return self._say(DAY.of(y=day.year, m=_two(day.month), d=_two(day.day))) if day else self._say(FILL_IN)

    def _money(self, amount: Decimal | None) -> str:
        return self._say(FILL_IN) if amount is None else f"{amount:f}"

    def _text(self, text: str) -> str:
        return text or self._say(FILL_IN)

    def _joined(self, parts: Iterable[str]) -> str:
        return ("、" if self._language == "zh" else ", ").join(parts)

    def _say(self, text: Text) -> str:
        return text.say(self._language)


def _two(number: int) -> Text:
    """Give a month or a day: in English with two digits, as ISO has it."""
    return Text(str(number), f"{number:02}")
