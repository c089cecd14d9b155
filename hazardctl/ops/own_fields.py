"""The fields each verb adds to its line: defaults from the record and the configuration, and what is missing (DOMAIN §3.2: required)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hazardctl.language import Text
from hazardctl.ops.drafting import MISPLACED, MISSING, Draft, Form

ANYWHERE: Final = ("correct", "note", "withdraw")
"""The acts that fit a record of any kind (DOMAIN §2.1); `correct` has a command of its own."""


def own_fields(draft: Draft) -> dict[str, object]:
    """Give the verb's own fields, in the order of the model; what is missing or wrong goes to `draft.faults`."""
    make = _OWN.get(draft.asked.do)
    return _said(make(draft) if make else {})


def said_of(form: Form) -> dict[str, object]:
    """Give the fields of a line that fits a record of any kind, as `own_fields`."""
    return _said(_withdraw(form) if form.asked.do == "withdraw" else _noted(form))


def _said(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", (), [], False)}


def _assign(draft: Draft) -> dict[str, object]:
    asked, span = draft.asked, draft.span
    to = draft.unit(asked.text("to")) or span.owner
    if not asked.text("to"):
        draft.need(to=to)
    due = span.due if span.due and not asked.text("due") else draft.due()
    return {
        "to": to,
        "person": asked.text("person"),
        "due": due,
        "with": [draft.unit(text) for text in asked.texts("with")],
        "supervisor": draft.unit(asked.text("supervisor")),
    }


def _extend(draft: Draft) -> dict[str, object]:
    asked = draft.asked
    draft.need(due=asked.text("due"), reason=asked.text("reason"))
    decision = asked.text("decision")
    if decision == "requested":
        draft.need(interim=asked.text("interim"))
    due = draft.day(asked.text("due"), draft.span.due) if asked.text("due") else None
    return {"decision": decision, "due": due, "reason": asked.text("reason"), "interim": asked.text("interim")}


def _noted(draft: Form) -> dict[str, object]:
    draft.need(m=draft.asked.note.strip())
    return {}


def _rectify(draft: Draft) -> dict[str, object]:
    draft.need(m=draft.asked.note.strip())
    return {"on_spot": bool(draft.asked.said.get("on_spot"))}


def _verify(draft: Draft) -> dict[str, object]:
    asked, passed = draft.asked, draft.asked.text("result") == "pass"
    if passed:
        for name in ("reason", "due"):
            if asked.text(name):
                draft.faults.append(MISPLACED.of(option=f"--{name}", other="--fail"))
        return {"result": "pass"}
    draft.need(reason=asked.text("reason"))
    return {"result": "fail", "reason": asked.text("reason"), "due": draft.day(asked.text("due")) if asked.text("due") else None}


def _close(draft: Draft) -> dict[str, object]:
    reason = draft.word("--reason", "close_reasons", draft.asked.text("reason") or "rectified")
    if reason not in {"", "rectified"} and not (draft.asked.number or draft.asked.doc or draft.asked.note):
        draft.faults.append(MISSING.of(it=Text("--number、--doc 或 -m", "--number, --doc or -m")))
    return {"reason": reason}


def _reopen(draft: Draft) -> dict[str, object]:
    asked = draft.asked
    draft.need(reason=asked.text("reason"))
    to = draft.unit(asked.text("to")) or draft.span.owner
    if not asked.text("to"):
        draft.need(to=to)
    return {"to": to, "person": asked.text("person"), "due": draft.due(), "reason": asked.text("reason")}


def _transfer(draft: Draft) -> dict[str, object]:
    asked = draft.asked
    draft.need(to=asked.text("to"), reason=asked.text("reason"))
    if not (asked.number or asked.doc):
        draft.faults.append(
            MISSING.of(it=Text("--number 或 --doc（移送要有书面文件）", "--number or --doc (a transfer is made in writing)"))
        )
    return {"to": asked.text("to"), "reason": asked.text("reason")}


def _regrade(draft: Draft) -> dict[str, object]:
    asked = draft.asked
    draft.need(grade=asked.text("grade"), reason=asked.text("reason"))
    now = draft.word("--grade", "grades", asked.text("grade"))
    if now == "major" and draft.span.grade != "major":
        draft.need(clause=asked.text("basis"))
    return {"was": draft.span.grade, "now": now, "reason": asked.text("reason"), "basis": asked.text("basis")}


def _withdraw(draft: Form) -> dict[str, object]:
    asked = draft.asked
    draft.need(reason=asked.text("reason"))
    reason = draft.word("--reason", "withdraw_reasons", asked.text("reason"))
    if reason in {"duplicate", "merged"}:
        draft.need(of=asked.text("of"))
    elif asked.text("of") and reason:
        draft.faults.append(MISPLACED.of(option="--of", other="--reason duplicate|merged"))
    if reason == "split":
        draft.need(into=asked.texts("into"))
    elif asked.texts("into") and reason:
        draft.faults.append(MISPLACED.of(option="--into", other="--reason split"))
    of = draft.names.id(asked.text("of"), draft.faults) if asked.text("of") else ""
    return {"reason": reason, "of": of, "into": [draft.names.id(text, draft.faults) for text in asked.texts("into")]}


def _supervise(draft: Draft) -> dict[str, object]:
    asked = draft.asked
    draft.need(level=asked.text("level"), number=asked.number)
    level = draft.word("--level", "supervise_levels", asked.text("level"))
    return {"level": level, "due": draft.day(asked.text("due")) if asked.text("due") else None}


def _release(draft: Draft) -> dict[str, object]:
    if not (draft.asked.number or draft.asked.doc):
        draft.faults.append(MISSING.of(it=Text("--number 或 --doc", "--number or --doc")))
    return {}


_OWN: Final[Mapping[str, Callable[[Draft], dict[str, object]]]] = {
    "assign": _assign,
    "extend": _extend,
    "progress": _noted,
    "note": _noted,
    "rectify": _rectify,
    "verify": _verify,
    "close": _close,
    "reopen": _reopen,
    "transfer": _transfer,
    "regrade": _regrade,
    "withdraw": _withdraw,
    "supervise": _supervise,
    "release": _release,
}
