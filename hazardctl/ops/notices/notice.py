"""A paper for a unit, printed from the records of its hazards (EXPERIENCE §2.3 `notice`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Final

from hazardctl.errors import ForbiddenError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.hazard import Hazard
from hazardctl.ops import people
from hazardctl.ops.changes import diff
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import happened, refuse, sound
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.keeping import keeper
from hazardctl.ops.lookup import paths
from hazardctl.ops.notices import recording
from hazardctl.ops.notices.kinds import Paper, paper
from hazardctl.ops.notices.subject import ABOUT, Subject
from hazardctl.ops.notices.values import Sheetful, values
from hazardctl.ops.photos import filed, pictures
from hazardctl.render.docx import appended
from hazardctl.render.letter import filled
from hazardctl.render.page import Page
from hazardctl.sheet import Picture, Pictures
from hazardctl.store.files import MAX_BYTES, RefusedError, read_file
from hazardctl.store.load import load
from hazardctl.store.lock import lock

FOLDER: Final = "templates/notice"
MOST: Final = 20 * MAX_BYTES
ODD: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
BEFORE: Final = frozenset({"notice", "order", "extension", "listing"})
NOT_ENFORCING: Final = Text("本组织没有执法权，不能制发{title}", "this organisation may print no {title}")
CONFIGURE: Final = Text(
    "有执法权的在配置中写 organisation: {enforcement: true}；否则用  --kind notice",
    "one that enforces says so: organisation: {enforcement: true}; otherwise  --kind notice",
)
SEVERAL: Final = Text("一份文书只给一家单位，这里有：{units}", "a paper goes to one unit; here are: {units}")
SIGNERS: Final = Text("{title}要有 {n} 人签名，这里有：{names}", "{title}: {n} people sign it; here are: {names}")
NAME_THEM: Final = Text("写上  --by 姓名,姓名", "add  --by NAME,NAME")
LATE_ASKED: Final = Text("{id} 的延期申请迟于规定：最迟 {day}", "the extension of {id} was asked for too late: {day} was the last day")
TEMPLATE: Final = Text("模板 {name}：{why}", "template {name}: {why}")
SPECIMEN: Final = Text("--incognito 只印样张，不与 --record、--photos 同用", "--incognito prints a specimen: no --record, no --photos")
UNREAD: Final = Text("{path} 读不出来", "{path} cannot be read")
LOOK: Final = Text("看原因  hazardctl validate {path}", "see why  hazardctl validate {path}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as typed.

    Attributes:
        kind: of paper; a notice without it.
        number: of the paper.
        date: on it; today without it.
        by: who signs it; else who found or reviewed the hazards.
        template: a file of the caller's own.
        record: write the paper back into the ledger.
        dry_run: write nothing into the ledger.
        commit: commit what was written; None as configured.
        photos: the pictures of the hazards stand behind the text.
        incognito: a specimen, with pseudonyms for people and units; it is not recorded and has no pictures.
    """

    kind: str = ""
    number: str = ""
    date: str = ""
    by: tuple[str, ...] = ()
    template: str = ""
    record: bool = False
    dry_run: bool = False
    commit: bool | None = None
    photos: bool = False
    incognito: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper: a name for its file, and what was or would be written back."""

    file: str
    paper: Paper
    number: str
    record: str = ""
    diff: str = ""
    commit: str = ""
    warnings: tuple[Text, ...] = ()


Keep = Callable[[bytes, str], None]
"""Keeps the paper under the name given."""


def draw(context: Context, typed: Sequence[str], wish: Wish, keep: Keep) -> Drawn:
    """Print a paper about hazards of one unit.

    Args:
        context: the door's.
        typed: ids, or their ends.
        wish: what is asked for.
        keep: is given the paper and a name for it, before anything is recorded; not called for a dry run.

    Raises:
        UsageError: an id or a word of the call is off, several units, an order of an organisation that may print none, too few signers.
        ForbiddenError: the life cycle does not allow this paper now.
        UnreadableError: no ledger, a record or a template cannot be read.
        MissingExtraError: the extra `word` is not installed, or `photo` where pictures are wanted.
    """
    kind = paper(wish.kind or "notice")
    if wish.incognito and (wish.record or wish.photos):
        raise UsageError(SPECIMEN)
    with lock(context.root) if wish.record and not wish.dry_run else nullcontext():
        ledger = load(context.root, keeper=keeper(context))
        sheetful = _about(context, ledger, kind, typed, wish)
        if wish.record:
            recording.unused(ledger, sheetful.number)
            recording.followed(sheetful)
        name, template = _template(context, kind, wish.template)
        said = values(sheetful, context.language)
        hiding = Hiding(ledger) if wish.incognito else None
        data = filled(name, template, hiding.page(said) if hiding else said)  # type: ignore[arg-type]
        if wish.photos and (shown := _pictures(context, sheetful)):
            data = appended(data, Pictures("pictures", shown), Page(context.language))
        file, warned = _file(context, sheetful), tuple(_warnings(sheetful))
        drawn = Drawn(hiding.text(file) if hiding else file, kind, sheetful.number, warnings=warned)
        by = people.named(ledger.config, wish.by, context.actor) or tuple(sheetful.signers)
        record_id, found = recording.changes(context, sheetful, by) if wish.record else ("", [])
        if wish.dry_run:
            return replace(drawn, record=record_id, diff="".join(map(diff, found)))
        keep(data, drawn.file)
        commit = recording.written(context, sheetful, record_id, found, commit=wish.commit) if wish.record else ""
    return replace(drawn, record=record_id, commit=commit)


def _about(context: Context, ledger: Ledger, kind: Paper, typed: Sequence[str], wish: Wish) -> Sheetful:
    """Find the hazards, and refuse what may not be printed about them; everything at once."""
    if kind.key == "order" and not ledger.config.organisation.enforcement:
        raise UsageError(NOT_ENFORCING.of(title=kind.title), CONFIGURE)
    faults: list[Text] = []
    day = happened(ledger.config, "--date", wish.date, context.today, faults)
    sound([("--number", wish.number), *(("--by", name) for name in wish.by)], faults)
    refuse(faults)
    subjects = [Subject(ledger, _entry(ledger, one.path), day) for one in paths(context.root, ledger.config, typed, "hazard")]
    refused = [text for one in subjects if (text := one.refusal(kind))]
    if refused:
        raise ForbiddenError(refused[0], *refused[1:])
    units = list(dict.fromkeys(one.unit for one in subjects))
    if len(units) > 1:
        raise UsageError(SEVERAL.of(units=[ledger.unit_name(unit) for unit in units]))
    signers = people.named(ledger.config, wish.by, "") or _usual(kind, subjects)
    if kind.signers > len(signers):
        raise UsageError(SIGNERS.of(title=kind.title, n=kind.signers, names=list(signers) or "/"), NAME_THEM)
    return Sheetful(ledger, kind, day, wish.number.strip() or _usual_number(kind, subjects), units[0], subjects, signers)


def _pictures(context: Context, sheetful: Sheetful) -> tuple[Picture, ...]:
    """Give the pictures of the hazards: as they were found for a paper that orders what is to be done, else as they are since."""
    wanted = "before" if sheetful.paper.key in BEFORE else "after"
    found = [one for subject in sheetful.subjects for one in subject.hazard.evidence if one.kind == wanted]
    return pictures([filed(context.root, sheetful.ledger, one, shown=True) for one in found])


def _usual(kind: Paper, subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Name who signs unless it is said: those who reviewed, decided or listed; else those who found it."""
    if kind.key in {"notice", "order"}:
        return tuple(dict.fromkeys(name for one in subjects for name in one.hazard.found_by))
    return tuple(dict.fromkeys(name for line in _lines(kind, subjects) for name in line.by))


def _usual_number(kind: Paper, subjects: Sequence[Subject]) -> str:
    """Give the number that the lines the paper is about bear, where they all bear the same."""
    numbers = {line.number for line in _lines(kind, subjects)} if kind.key != "acceptance" else set[str]()
    return numbers.pop() if len(numbers) == 1 else ""


def _lines(kind: Paper, subjects: Sequence[Subject]) -> list[ev.Event]:
    """Give the lines a paper is about."""
    found = (one.last(ABOUT.get(kind.key, ev.Verified)) for one in subjects)
    return [line for line in found if line]


def _entry(ledger: Ledger, path: str) -> Entry[Hazard]:
    entry = ledger.by_path(path)
    if entry is None or not isinstance(entry.record, Hazard):
        raise UnreadableError(UNREAD.of(path=path), LOOK.of(path=path))
    return Entry(entry.kind, entry.record, entry.path)


def _template(context: Context, kind: Paper, typed: str) -> tuple[str, bytes]:
    """Read the template: the file named, else the office's own in its ledger, else the one that ships."""
    own = context.root / FOLDER / f"{kind.key}.docx"
    if not typed and not own.is_file():
        shipped = files("hazardctl") / "templates" / "notice" / f"{kind.key}.{context.language}.docx"
        return kind.key, shipped.read_bytes()
    return read_template(Path(typed) if typed else own)


def read_template(path: Path) -> tuple[str, bytes]:
    """Read a template by its path.

    Raises:
        UnreadableError: it is no regular file, or too large.
    """
    try:
        return path.name, read_file(path, path.parent, MOST)
    except RefusedError as refusal:
        raise UnreadableError(TEMPLATE.of(name=path.name, why=refusal.finding.message)) from refusal


def _file(context: Context, sheetful: Sheetful) -> str:
    """Name the file after the paper, the unit and the day."""
    name = [sheetful.paper.title.say(context.language), sheetful.ledger.unit_name(sheetful.unit), f"{sheetful.day:%Y%m%d}"]
    return "_".join(ODD.sub("-", part)[:60] for part in name) + ".docx"


def _warnings(sheetful: Sheetful) -> list[Text]:
    """Say which extensions were asked for later than the rule of this ledger allows (DOMAIN §3.4)."""
    from hazardctl.ops.deadline import calendar_of

    rule, found = sheetful.ledger.config.extension, list[Text]()
    for one in sheetful.subjects if sheetful.paper.key == "extension" else ():
        asked, due = one.last(ev.Extended), None
        if asked:
            due = one.due_before(asked)
        days = rule.ask_before_listed if one.span.listed else rule.ask_before_general
        if asked is None or due is None:
            continue
        last = calendar_of(sheetful.ledger.config).add(due, -days).day
        if asked.date > last:
            found.append(LATE_ASKED.of(id=one.hazard.id, day=last))
    return found
