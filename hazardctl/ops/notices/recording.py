"""A printed paper written back: a document record, and its number on the line of each hazard that it is about (DOMAIN §10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from hazardctl.errors import ForbiddenError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model import events as ev
from hazardctl.model.document import Document
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Tree
from hazardctl.ops.acting import fresh
from hazardctl.ops.beside import headed
from hazardctl.ops.changes import Change, write
from hazardctl.ops.context import Context
from hazardctl.ops.notices.kinds import Paper
from hazardctl.ops.notices.subject import ABOUT, Subject
from hazardctl.ops.notices.values import Sheetful
from hazardctl.rules.hz412 import may_follow
from hazardctl.store.emit import Value, event_line, record_text
from hazardctl.store.insert import with_event
from hazardctl.store.layout import mint, path_of, taken

TAKEN: Final = Text("文号“{it}”已用于 {id}", 'the number "{it}" is that of {id}')
NEEDS_NUMBER: Final = Text("--record 要写文号：--number", "--record needs the number: --number")
NO_ORDER: Final = Text(
    "先前的 {numbers} 不是登记过的指令书、决定书或本单位的通知书，复查意见书不能登记（HZ412）",
    "{numbers} before it is no recorded order or decision, nor a notice of our own: the opinion cannot be recorded (HZ412)",
)
ON_THE_LINE: Final = Text(
    "文号可写在复查那一行  hazardctl verify … --number", "its number may stand on the review  hazardctl verify … --number"
)
ISSUED: Final = Text("发出{title}", "issued: {title}")
RECORDED: Final = Text("登记文书 {id}", "recorded the paper {id}")


def unused(ledger: Ledger, number: str) -> None:
    """Refuse a record without a number, or with the number of another paper.

    Raises:
        UsageError: one of these.
    """
    if not number:
        raise UsageError(NEEDS_NUMBER)
    for entry in ledger.of("document"):
        if entry.record.number == number:
            raise UsageError(TAKEN.of(it=number, id=entry.record.id))


def followed(sheetful: Sheetful) -> None:
    """Refuse to record an opinion on a paper that no recorded opinion may follow (HZ412; docs/adr/0020).

    Raises:
        ForbiddenError: the paper before is not recorded, or is neither an order nor a notice that this organisation may follow up.
    """
    wrong = [one for one in sheetful.before if not _answers(sheetful.ledger, one.id)]
    if sheetful.paper.key == "reinspect" and wrong:
        raise ForbiddenError(NO_ORDER.of(numbers=[one.number or one.id for one in wrong]), ON_THE_LINE)


def _answers(ledger: Ledger, before: str) -> bool:
    paper = ledger.by_id[before].record if before else None
    return isinstance(paper, Document) and may_follow(ledger, _issuer(ledger), paper)


def _issuer(ledger: Ledger) -> str:
    organisation = ledger.config.organisation
    return ledger.unit_key(organisation.name) or organisation.name


def changes(context: Context, sheetful: Sheetful, by: tuple[str, ...]) -> tuple[str, list[Change]]:
    """Give the id of the document record, and what would be written.

    Args:
        context: the door's.
        sheetful: what was printed.
        by: who issues it.

    Raises:
        UnreadableError: a record cannot be read.
        ForbiddenError: one of them is of an older schema.
    """
    ledger, kind = sheetful.ledger, BY_NAME["document"]
    prefix = ledger.config.id_prefixes.get(kind.name, kind.prefix)
    record_id = mint(prefix, sheetful.day, taken(context.root, kind.folder, sheetful.day))
    path = path_of(kind.folder, record_id)
    tree = {name: value for name, value in _tree(context, sheetful, record_id).items() if value not in ("", [], None)}
    text = headed(ledger.config, context.root, kind.name, path, record_text(cast("Tree", tree), kind.model.order()))
    found = [Change(path, None, text.encode())]
    for one in sheetful.subjects:
        record = fresh(context, ledger.config, one.entry.path)
        told = ISSUED.of(title=sheetful.paper.title).say(context.language)
        fields: dict[str, object] = {"date": sheetful.day, "by": by[0] if len(by) == 1 else list(by), "doc": record_id}
        if position := _unnumbered(sheetful.paper, one):
            fields |= {"do": "correct", "event": position, "field": "number", "now": sheetful.number, "reason": told}
        else:
            fields |= {"do": "note", "note": told, "number": sheetful.number}
        if sheetful.day < context.today:
            fields["recorded"] = context.today
        line = event_line(cast("Mapping[str, Value]", ev.in_order(fields)))
        found.append(Change(one.entry.path, record.data, with_event(record.data, line)))
    return record_id, found


def _unnumbered(paper: Paper, one: Subject) -> int | None:
    """Give the number from 1 of the line that the paper is about, where it bears no number yet: there the number of the paper belongs."""
    act = one.act(ABOUT[paper.key]) if paper.key in ABOUT else None
    return act.position + 1 if act and not act.event.number else None


def written(context: Context, sheetful: Sheetful, record_id: str, found: list[Change], *, commit: bool | None) -> str:
    """Write it under the lock the caller holds, and give the commit, if one was made.

    Raises:
        ChangedError, SystemFailedError: as the store says.
    """
    return write(context, sheetful.ledger.config, found, RECORDED.of(id=record_id), act="notice", commit=commit).commit


def _tree(context: Context, sheetful: Sheetful, record_id: str) -> dict[str, object]:
    ledger, paper = sheetful.ledger, sheetful.paper
    organisation = ledger.config.organisation
    before = [one.id for one in sheetful.before if one.id]
    items = [_item(one.hazard.id, one.span.due, one.last(ev.Verified) if paper.key == "reinspect" else None) for one in sheetful.subjects]
    return {
        "id": record_id,
        "schema": BY_NAME["document"].schema,
        "number": sheetful.number,
        "region": organisation.region,
        "date": sheetful.day.isoformat(),
        "kind": paper.document,
        "title": paper.title.say(context.language),
        "issuer": _issuer(ledger),
        "party": sheetful.unit,
        "hazards": [one.hazard.id for one in sheetful.subjects],
        "items": items,
        "previous": before[0] if paper.key in {"reinspect", "extension"} and before else "",
        "signers": [
            {key: text for key, text in (("name", name), ("cert", sheetful.certificate(name))) if text} for name in sheetful.signers
        ],
    }


def _item(hazard: str, due: object, review: ev.Verified | None) -> dict[str, str]:
    item = {"hazard": hazard, "due": str(due or ""), "result": review.result if review else ""}
    return {key: text for key, text in item.items() if text}
