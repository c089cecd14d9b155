"""Acts on records that have no life cycle: a remark, a withdrawal (DOMAIN §2.1: other kinds use only register, note, correct, withdraw)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, cast

from hazardctl.errors import ForbiddenError
from hazardctl.language import Text
from hazardctl.model import events as ev
from hazardctl.model.record import Record
from hazardctl.ops import people
from hazardctl.ops.acting import Desk, Done, Fresh, gone
from hazardctl.ops.changes import Change, diff
from hazardctl.ops.drafting import SAY_WHO, WHO, Form, happened, sound
from hazardctl.ops.lookup import Names, short
from hazardctl.ops.own_fields import ANYWHERE, said_of
from hazardctl.store.emit import Value, event_line
from hazardctl.store.insert import with_event
from hazardctl.vocabulary import BUILT_IN, KIND_NAMES, VERBS

OF_HAZARDS: Final = "not_a_hazard"
CANNOT: Final = Text("不能{verb} {id}：{why}", "cannot {verb} {id}: {why}")
ALREADY: Final = Text("已于 {day} 作废", "it was withdrawn on {day}")
EARLY: Final = Text("{day} 早于记录日期 {own}", "{day} lies before the date of the record, {own}")
TWO: Final = Text("作废须两人签署（--by 甲,乙）", "a withdrawal takes two names (--by A,B)")
ITSELF: Final = Text("不能指向自己", "it cannot point to itself")
BOTH_GONE: Final = Text("{ids} 本身已作废，作废后两条都不再计入", "{ids} is withdrawn itself: neither would count")
ALLOWED: Final = Text("可用：{verbs}", "there are: {verbs}")
NO_PHOTO: Final = Text("--photo 只用于隐患", "--photo is for hazards only")
UNFIT: Final = Text("--reason {it} 只用于隐患，可用：{words}", "--reason {it} is for hazards only; there are: {words}")


class Plan:
    """One act on one record: drafted first, judged when every word of the command is in order."""

    def __init__(self, desk: Desk, found: Fresh, faults: list[Text]) -> None:
        """Draft the line; what is wrong with the words of the call goes to `faults`."""
        self.desk, self.found = desk, found
        asked, context = desk.asked, desk.context
        self.names = Names(context.root, desk.config, found.kind.name)
        form = Form(desk.config, asked, happened(desk.config, "--date", asked.date, context.today, faults), context.today, desk.units,
                    self.names, faults)  # fmt: skip
        own = said_of(form)
        if own.get("reason") == OF_HAZARDS:
            others = [word for word in BUILT_IN["withdraw_reasons"] if word != OF_HAZARDS]
            faults.append(UNFIT.of(it=OF_HAZARDS, words=others))
        if asked.photos:
            faults.append(NO_PHOTO)
        by = people.named(desk.config, asked.by, context.actor)
        if not by:
            faults += [WHO, SAY_WHO]
        remarks = {"note": asked.note.strip(), "number": asked.number.strip(), "doc": asked.doc.strip()}
        sound([*((f"--{name}", text) for name, text in remarks.items()), *(("--by", name) for name in by)], faults)
        self.fields: dict[str, object] = {"date": form.on, "do": asked.do, "by": by[0] if len(by) == 1 else list(by), **own}
        self.fields |= {name: text for name, text in remarks.items() if text}
        if form.on < context.today:
            self.fields["recorded"] = context.today

    def carried_out(self) -> tuple[Done, list[Change]]:
        """Give what the act makes of the record.

        Raises:
            ForbiddenError: the record is withdrawn already, or a withdrawal lacks what it needs.
        """
        found, act = self.found, ev.event(self.fields)  # its words were looked at when they were drafted
        against = list(self._against(act))
        if against:
            verbs = Text(" ".join(ANYWHERE), " ".join(ANYWHERE))
            what = CANNOT.of(verb=VERBS[act.do].label, id=short(found.record.id), why=against[0])
            raise ForbiddenError(what, *against[1:], ALLOWED.of(verbs=verbs))
        data = with_event(found.data, event_line(cast("Mapping[str, Value]", self.fields)))
        change = Change(found.path, found.data, data)
        who = Text("{by}", "{by}").of(by=act.by)
        shown = diff(change) if self.desk.asked.dry_run else ""
        return Done(found.kind.name, found.record.id, found.path, act, None, who, shown), [change]

    def _against(self, act: ev.Event) -> Iterator[Text]:
        record = self.found.record
        own = None if record.planned else record.day
        if own and act.date < own:
            yield EARLY.of(day=act.date, own=own)
        if not isinstance(act, ev.Withdrawn):
            return
        if day := withdrawn_on(record):
            yield ALREADY.of(day=day)
        if len(act.by) < 2:
            yield TWO
        if record.id in {act.of, *act.into}:
            yield ITSELF
        elif ids := gone(self.desk, self.names, (act.of, *act.into)):
            yield BOTH_GONE.of(ids=ids)


def withdrawn_on(record: Record) -> dt.date | None:
    """Give the day a record was withdrawn; None while it stands."""
    return min((act.date for act in ev.amended(record.history)[0] if act.do == "withdraw"), default=None)


def told(done: Done) -> Text:
    """Say what a record without a life cycle is now: its kind, and that it is withdrawn where it is."""
    kind = KIND_NAMES[done.kind].label
    return Text("{kind}，已作废", "{kind}, withdrawn").of(kind=kind) if done.event.do == "withdraw" else kind
