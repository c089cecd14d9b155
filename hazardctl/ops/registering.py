"""From what was asked of `add` to the tree of a record: defaults, words, days, units, the first lines of the history (DOMAIN §2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model import ids
from hazardctl.model.config import Config
from hazardctl.model.fields import facts
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops import people
from hazardctl.ops.context import Context
from hazardctl.ops.deadline import GUESSED, Deadline, deadline
from hazardctl.ops.drafting import MISPLACED, MISSING, SAY_WHO, WHO, happened, read_day, sound, word
from hazardctl.ops.lookup import MEANT, Names, Units
from hazardctl.store.layout import files_of
from hazardctl.store.load import load_one
from hazardctl.vocabulary import nearest

WORDS: Final[Mapping[str, str]] = {
    "sector": "sectors", "grade": "grades", "source": "sources", "category": "categories", "region": "regions", "stop": "stops",
    "cause_code": "cause_codes",
}  # fmt: skip
PLAIN: Final = (
    "title", "site", "local_grade", "cause", "consequence", "requirement", "interim", "quantity", "failed_control", "risk_point", "grid",
    "number", "remark", "funds_planned", "funds_spent",
)  # fmt: skip
LISTS: Final = ("tags", "same_as")
STRUCTURED: Final = ("parties", "plan", "reports", "notices", "external_ids", "approx")
EXTRA: Final = ("due", "to", "person", "on_spot", "clause", "by", "date", "note", "order_number", "doc", "found", "org", "found_by")
OPTIONS: Final[Mapping[str, str]] = {"unit": "-u", "description": "-m", "sector": "--sector", "basis": "--clause", "interim": "--interim"}
ON_THE_SPOT: Final = Text("当场整改", "rectified on the spot")

NO_FIELD: Final = Text("没有字段“{it}”", "there is no field “{it}”")
NO_CAMPAIGN: Final = Text("没有专项行动“{it}”", "there is no campaign “{it}”")
NO_INSPECTION: Final = Text("没有检查记录“{it}”", "there is no inspection “{it}”")
SPOT_DUE: Final = Text("当场整改不带 --due", "on the spot takes no --due")
SPOT_MAJOR: Final = Text("重大隐患不得当场整改", "a major hazard is never settled on the spot")
EARLY: Final = Text("登记日期 {day} 早于发现日期 {found}", "registered on {day}, before it was found on {found}")
DUE_EARLY: Final = Text("期限 {due} 早于当日 {day}", "the deadline {due} lies before the day of the act, {day}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One hazard as it was asked for: field → what was typed; and the line of a file it stood on, or 0."""

    said: Mapping[str, Raw]
    line: int = 0

    def text(self, name: str) -> str:
        """Give a value that is one text."""
        value = self.said.get(name)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a value that is a list, or names with separators between them."""
        value = self.said.get(name)
        parts = [value] if isinstance(value, str) else [part for part in value if isinstance(part, str)] if isinstance(value, list) else []
        return people.split(parts)


@dataclass(slots=True)
class Form:
    """What the fields of one record are put together with."""

    context: Context
    config: Config
    units: Units
    names: Names
    wanted: Wanted
    faults: list[Text] = field(default_factory=list[Text])
    warnings: list[Text] = field(default_factory=list[Text])

    def day(self, option: str, name: str) -> dt.date:
        """Read a day that has happened; today when nothing is said."""
        return happened(self.config, option, self.wanted.text(name), self.context.today, self.faults)

    def word(self, name: str) -> str:
        """Give the key of a word, in either language."""
        return word(self.config, f"--{name.replace('_', '-')}", WORDS[name], self.wanted.text(name), self.faults)

    def unit(self, text: str) -> str:
        """Give the key of a unit."""
        return self.units.key(text, self.faults) if text else ""

    def hazard(self, text: str) -> str:
        """Give the id of a hazard named by its end."""
        return self.names.id(text, self.faults) if text else ""


def tree_of(form: Form) -> Tree:
    """Put the facts and the first lines of the history together; what is wrong gathers in the form."""
    wanted = form.wanted
    _known(form)
    options = {name: "--" + name.removeprefix("order_").replace("_", "-") for name in wanted.said}  # --number is the order's
    sound([(options[name], text) for name in wanted.said for text in _all_texts(wanted.said[name])], form.faults)
    unit = form.unit(wanted.text("unit"))
    registered = form.units.one(unit) if unit else None
    sector = form.word("sector") if wanted.text("sector") else (registered.sector if registered else "")
    grade = form.word("grade") if wanted.text("grade") else "general"
    found = form.day("--found", "found" if wanted.text("found") else "found_on")
    basis = _basis(form)
    needed: dict[str, object] = {"unit": wanted.text("unit"), "description": wanted.text("description")}
    needed |= {"sector": sector or wanted.text("sector")} if registered else {}  # the unit may bring it
    needed |= {"basis": basis, "interim": wanted.text("interim")} if grade == "major" else {}
    _insist(form, needed)
    tree: Tree = {
        "description": wanted.text("description"),
        "found_on": found.isoformat(),
        "source": form.word("source") if wanted.text("source") else usual_source(form.config),
        "inspection": _inspection(form),
        "campaign": cast("Raw", [_campaign(form, text) for text in wanted.texts("campaign")]),
        "found_by": cast("Raw", list(wanted.texts("found_by"))),
        "found_by_org": _org(form),
        "unit": unit,
        "sector": sector,
        "grade": grade,
        "basis": basis,
        "recurrence_of": form.hazard(wanted.text("recurrence_of")),
        **{name: form.word(name) for name in ("category", "region", "stop", "cause_code") if wanted.text(name)},
        **{name: wanted.text(name) for name in PLAIN},
        **{name: cast("Raw", list(wanted.texts(name))) for name in LISTS},
        **{name: wanted.said[name] for name in STRUCTURED if wanted.said.get(name)},
        **{name: value for name, value in wanted.said.items() if name.startswith("x-")},
    }
    tree["history"] = _history(form, found, unit, grade, sector, str(tree["source"]))
    return {name: value for name, value in tree.items() if value not in (None, "", [], {})}


def _all_texts(value: Raw) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for part in value for text in _all_texts(part)]
        case dict():
            return [text for part in value.values() for text in _all_texts(part)]
        case _:
            return []


def known_fields() -> frozenset[str]:
    """Name everything that may be said of a new hazard."""
    own = {name for name in facts(Hazard) if name not in {"id", "schema", "history", "evidence", "waivers", "split_from"}}
    return frozenset({*own, *EXTRA})


def _known(form: Form) -> None:
    known = known_fields()
    for name in form.wanted.said:
        if name not in known and not name.startswith("x-"):
            near = nearest(sorted(known), name)
            form.faults += [NO_FIELD.of(it=name), *([MEANT.of(ids=near)] if near else [])]


def _insist(form: Form, needed: Mapping[str, object]) -> None:
    """Name everything that is missing, by its option."""
    missing = [OPTIONS[name] for name, value in needed.items() if not value]
    if missing:
        form.faults.append(MISSING.of(it=missing))


def usual_source(config: Config) -> str:
    """Give how hazards come to light where nobody says it: an authority inspects others, anybody else itself."""
    return "supervision" if config.organisation.level else "self_check"


def _org(form: Form) -> str:
    """Give who inspected: as said, else the organisation of the configuration, else the unit of the person who acts."""
    typed_ = form.wanted.text("org") or form.wanted.text("found_by_org")
    if typed_:
        return form.unit(typed_)
    own = form.config.organisation.name
    person = form.config.person(form.context.actor)
    for text in (person.unit if person else "", own):
        keys = form.units.meant(text, surely=False) if text else []
        if len(keys) == 1:
            return keys[0]
    return own or form.unit(form.wanted.text("unit"))


def _basis(form: Form) -> Raw:
    value = form.wanted.said.get("basis")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return value
    clauses = form.wanted.said.get("clause") or value
    texts = [clauses] if isinstance(clauses, str) else clauses if isinstance(clauses, list) else []
    return [{"doc": text.strip()} for text in texts if isinstance(text, str) and text.strip()]


def _inspection(form: Form) -> str:
    """Give the id of an inspection named by its id or a unique end of it."""
    typed_ = form.wanted.text("inspection")
    found = [record for record in _records(form, "inspection") if record.endswith(ids.typed_by_hand(typed_))] if typed_ else []
    if typed_ and len(found) != 1:
        form.faults.append(NO_INSPECTION.of(it=typed_))
    return found[0] if found else ""


def _records(form: Form, kind: str) -> dict[str, str]:
    """Give the path of every record of a kind by its id."""
    return {one.path.rpartition("/")[2].removesuffix(".yaml"): one.path for one in files_of(form.context.root, kind)}


def _campaign(form: Form, text: str) -> str:
    """Give the id of a campaign named by its id, the end of it, its name or its short name."""
    wanted = ids.typed_by_hand(text)
    paths = _records(form, "campaign")
    found = [record for record in paths if record.endswith(wanted)]
    if not found:
        entries = {record: load_one(form.context.root, form.config, path) for record, path in paths.items()}
        found = [
            record
            for record, one in entries.items()
            if isinstance(one, Entry) and text in {getattr(one.record, "name", ""), getattr(one.record, "alias", "")}
        ]
    if len(found) == 1:
        return found[0]
    form.faults.append(NO_CAMPAIGN.of(it=text))
    return ""


def _history(form: Form, found: dt.date, unit: str, grade: str, sector: str, source: str) -> Raw:  # noqa: PLR0917 (the facts a first line needs)
    """Write the register line, and the assign or the rectify line where they were asked for."""
    wanted, today = form.wanted, form.context.today
    spot = wanted.text("on_spot").casefold() in {"true", "yes", "是", "1", "√"}
    by = people.named(form.config, wanted.texts("by"), form.context.actor)
    if not by:
        form.faults += [WHO, SAY_WHO]
    day = form.day("--date", "date") if wanted.text("date") else (found if spot else today)
    if day < found:
        form.faults.append(EARLY.of(day=day, found=found))
    if spot:
        _spot_faults(form, grade)
    late: Tree = {"recorded": today.isoformat()} if day < today else {}
    head: Tree = {"date": day.isoformat(), "by": by[0] if len(by) == 1 else cast("Raw", list(by))}
    papers: Tree = {name: text for name, text in (("number", wanted.text("order_number")), ("doc", wanted.text("doc"))) if text}
    due = _due(form, day)
    handed = bool(due or wanted.text("to"))
    lines: list[Raw] = [_line("register", head, {} if handed else papers, late, note="" if spot else wanted.text("note"))]
    if spot:
        note = wanted.text("note") or ON_THE_SPOT.say(form.context.language)
        lines.append(_line("rectify", {**head, "date": found.isoformat()}, {"on_spot": "true"}, late, note=note))
    elif handed:
        lines.append(_line("assign", head, {**_handed(form, day, unit, due, grade, sector, source), **papers}, late))
    return lines


def _spot_faults(form: Form, grade: str) -> None:
    if form.wanted.text("due"):
        form.faults.append(SPOT_DUE)
    if form.wanted.text("to"):
        form.faults.append(MISPLACED.of(option="--to", other="--due"))
    if grade == "major":
        form.faults.append(SPOT_MAJOR)


def _due(form: Form, day: dt.date) -> dt.date | None:
    text = form.wanted.text("due")
    due = read_day(form.config, text, form.context.today, day, form.faults, form.warnings) if text else None
    if due and due < day:
        form.faults.append(DUE_EARLY.of(due=due, day=day))
    return due


def _handed(  # noqa: PLR0917 (what the deadline policy asks for)
    form: Form, day: dt.date, unit: str, due: dt.date | None, grade: str, sector: str, source: str
) -> Tree:
    to = form.unit(form.wanted.text("to")) if form.wanted.text("to") else unit
    if due is None:
        found = _policy(form.config, grade, sector, source, day)
        due = found.day if found else None
        if found and found.guessed:
            form.warnings.append(GUESSED.of(years=sorted(found.guessed)))
    if due is None:
        form.faults.append(MISSING.of(it=["--due"]))
    fields: dict[str, str] = {"to": to, "person": form.wanted.text("person"), "due": due.isoformat() if due else ""}
    return {name: text for name, text in fields.items() if text}


def _policy(config: Config, grade: str, sector: str, source: str, day: dt.date) -> Deadline | None:
    stub = Hazard.model_construct(sector=sector, source=source)
    return deadline(config, stub, grade, day)


def _line(do: str, head: Tree, own: Tree, late: Tree, note: str = "") -> Tree:
    """Lay one event out in the order it stands in a file."""
    from hazardctl.model.events import in_order

    fields = {**head, "do": do, **own, **({"note": note} if note else {}), **late}
    return cast("Tree", in_order(cast("dict[str, object]", fields)))
