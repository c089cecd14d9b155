"""What a rule may look at: one record with its neighbours (`Case`), or the ledger with what is made of it once (`Setting`)."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple, Protocol, cast

from hazardctl.calendar import Calendar, Worked, configured
from hazardctl.diagnostics import Trail
from hazardctl.errors import MissingExtraError
from hazardctl.history import Replay, Span, replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.document import Document
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.events import Event, amended
from hazardctl.model.hazard import Hazard
from hazardctl.model.house import HouseRule
from hazardctl.model.record import Record
from hazardctl.rules.briefs import ENDED, Briefs, Spoken
from hazardctl.rules.figures import Figures, Unasked
from hazardctl.rules.parts import Holder, Link, holder, links, parts, texts
from hazardctl.rules.standing import Step, steps
from hazardctl.vocabulary import PREFIXES, Term, find, nearest

PATIENCE: Final = 50_000
"""Words that mistyped ones are compared with in one run."""


class Files(Protocol):
    """The files beside the records: photographs and papers, by their path below the ledger root."""

    def holds(self, path: str) -> bool:
        """Say whether a regular file lies there."""
        ...

    def sha256(self, path: str) -> str | None:
        """Give its SHA-256 in lower case; None where there is none or it cannot be read."""
        ...


class Forbidden(NamedTuple):
    """The paths of the records a rule of the house forbids, or why it means nothing."""

    paths: tuple[str, ...] = ()
    wrong: Text | None = None
    repair: Text | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """What no rule can look up by itself; whoever judges a ledger hands it in, and a rule that lacks it says nothing.

    Attributes:
        files: what lies beside the records.
        forbidden: gives what a rule of the house forbids.
        figures: answers what the rules about figures ask.
    """

    files: Files | None = None
    forbidden: Callable[[HouseRule], Forbidden] | None = None
    figures: Figures | None = None


NOTHING: Final = Beyond()


class Setting:
    """The ledger, the day, and what many rules look up.

    Attributes:
        briefs: what rules that compare records know of each.
        allowed: the last day the policy allows for a deadline, of grade, sector, source and the day it was set; as far as asked.
        judged: the codes that have been asked for so far; known when the rules about waivers speak.
        excused: path and position of the waivers that excused a finding.
    """

    def __init__(self, ledger: Ledger, today: dt.date, *, whole: bool = True, beyond: Beyond = NOTHING) -> None:
        """Take the loaded ledger, the day it is judged on, whether all of it is looked at or one record alone, and what lies beyond."""
        self.ledger = ledger
        self.beyond = beyond
        self.figures: Figures = beyond.figures or Unasked()
        self.whole = whole
        self.today = today
        self.config: Config = ledger.config
        self._people: dict[str, str] = {}
        self._together: dict[tuple[str, ...], frozenset[str]] = {}
        self._meant: dict[tuple[str, str], list[str]] = {}
        self._patience = PATIENCE
        self.briefs: Briefs = Spoken(ledger, self)
        self.judged: frozenset[str] = frozenset()
        self.excused: set[tuple[str, int]] = set()
        self.forbidden = functools.cache(self._forbidden)
        self.allowed: dict[tuple[str, str, str, dt.date], Worked | None] = {}
        self.deadline_rule = functools.cache(ledger.config.deadlines.rule)

    def replay(self, entry: Entry[Hazard]) -> Replay:
        """Give the folded history of a hazard of the ledger."""
        return self.ledger.replay(entry)

    def person(self, text: str) -> str:
        """Give the one name of a spelling: NFC, trimmed, after the aliases of the configuration (RELIABILITY H4)."""
        found = self._people.get(text)
        if found is None:
            found = self._people[text] = self.config.named(unicodedata.normalize("NFC", text).strip())
        return found

    def people_of(self, by: tuple[str, ...]) -> frozenset[str]:
        """Give the people of a line, each by one name."""
        found = self._together.get(by)
        if found is None:
            found = self._together[by] = frozenset([self.person(name) for name in by if name.strip()])
        return found

    def meant(self, what: str, words: Collection[str], text: str) -> list[str]:
        """Give the key that a word of a vocabulary means, else the words most like a mistyped one.

        Patience ends somewhere: ten thousand unknown names cost no minute.

        Args:
            what: name of the vocabulary, or of another list; each text is looked up in it once.
            words: the list.
            text: what was typed.
        """
        key = (what, text)
        if key not in self._meant:
            self._patience -= len(words)
            exact = find(self.words(what), text) if self._patience > 0 else None
            self._meant[key] = [exact] if exact else nearest(words, text) if self._patience > 0 else []
        return self._meant[key]

    def words(self, vocabulary: str) -> Mapping[str, Term]:
        """Give a vocabulary with the words this ledger adds."""
        return self.ledger.words.get(vocabulary, {})

    @functools.cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Give prefix → kind for all kinds of record, those this program does not read yet included."""
        return {self.config.id_prefixes.get(kind, prefix): kind for prefix, (kind, _) in PREFIXES.items()}

    @functools.cached_property
    def people(self) -> Mapping[str, None]:
        """Give the names of the people in the configuration, in its order."""
        return dict.fromkeys(person.name for person in self.config.people)

    @functools.cached_property
    def unit_names(self) -> tuple[str, ...]:
        """Give the names of the registered units."""
        return tuple(unit.name for unit in self.ledger.units.values())

    @functools.cached_property
    def regions(self) -> frozenset[str]:
        """Give the keys of the region tree."""
        return frozenset(region.key for region in self.config.regions)

    @functools.cached_property
    def unread(self) -> frozenset[str]:
        """Give the ids of the files that could not be read: what names them does not dangle."""
        return frozenset(one.path.rpartition("/")[2].removesuffix(".yaml") for one in self.ledger.unread)

    @functools.cached_property
    def ended(self) -> frozenset[str]:
        """Give the ids of the records that are withdrawn as of today."""
        today = self.today.isoformat()
        return frozenset(brief.id for day, group in self.briefs.groups(ENDED) if day <= today for brief in group)

    @functools.cached_property
    def decisions(self) -> tuple[Enforcement, ...]:
        """Give the enforcement decisions that stand, in the order of files."""
        standing = (entry.record for entry in self.ledger.of("enforcement") if entry.record.id not in self.ended)
        return tuple(cast("Enforcement", record) for record in standing)

    @functools.cached_property
    def papers(self) -> tuple[Document, ...]:
        """Give the documents that stand, in the order of files."""
        standing = (entry.record for entry in self.ledger.of("document") if entry.record.id not in self.ended)
        return tuple(cast("Document", record) for record in standing)

    def excuses(self, entry: Entry[Record], code: str) -> bool:
        """Say whether a waiver excuses a finding: until the day it names, and only with a reason and a name. It is noted as used."""
        for position, one in enumerate(entry.record.waivers):
            if one.code == code and one.reason and one.by and one.until is not None and self.today <= one.until:
                self.excused.add((entry.path, position))
                return True
        return False

    def _forbidden(self, house: HouseRule) -> Forbidden:
        return self.beyond.forbidden(house) if self.beyond.forbidden else Forbidden()

    def hazard(self, record_id: str) -> Entry[Hazard] | None:
        """Give the hazard of an id; None where there is none."""
        found = self.ledger.by_id.get(record_id)
        return cast("Entry[Hazard]", found) if found and isinstance(found.record, Hazard) else None

    @functools.cached_property
    def calendar(self) -> Calendar | None:
        """Give the working days of the ledger; None where the extra that knows them is not installed."""
        made = configured(self.config.calendar.name, self.config.calendar.overrides)
        try:
            made.is_working(self.today)
        except MissingExtraError:
            return None
        return made


_FITS: Final = attrgetter("fits")


class Case:
    """One record under examination.

    What nearly every rule asks for is made at once; a ledger of ten thousand hazards is ten thousand of these.

    Attributes:
        entry: the record with its kind and path; it need not be in the ledger yet.
        setting: the ledger around it.
        record: the value; `hazard` the same, for the rules about hazards, who are asked of nothing else.
        acts: the events as they stand after corrections, with their positions, in file order.
        lines: the same, with what each says.
        parts: the record and the values inside, with what each says.
        holders: all of these and the lines.
        links: every name of another record.
        replay: the folded history; of hazards alone, as `steps` and `now`.
        steps: the acts in folded order, with what stood before each.
        now: the state today; None before the hazard was found.
        fits: whether every act fits the life cycle.
        days: of the acts.
        ordered: whether the acts stand in the order of their days, and none before the day a hazard was found.
    """

    __slots__ = (
        "_said", "_texts", "acts", "days", "entry", "fits", "hazard", "holders", "lines", "links", "now", "ordered", "parts", "record",
        "replay", "setting", "steps",
    )  # fmt: skip
    replay: Replay

    def __init__(self, entry: Entry[Record], setting: Setting) -> None:
        """Take an entry and its surroundings."""
        record = entry.record
        self.entry, self.setting, self.record = entry, setting, record
        self.hazard = cast("Hazard", record)
        self.steps: tuple[Step, ...] = ()
        self.now: Span | None = None
        self._texts: list[tuple[Trail, str]] | None = None
        self._said: str | None = None
        self.fits = True
        acts = amended(record.history)[0]
        self.acts: tuple[tuple[int, Event], ...] = tuple(enumerate(acts))
        self.days = [act.date for act in acts]
        self.ordered = sorted(self.days) == self.days
        self.lines: list[Holder] = [holder(("history", position), act) for position, act in self.acts]
        self.parts: list[Holder] = parts(record)
        self.holders: list[Holder] = [*self.parts, *self.lines]
        self.links: list[Link] = [link for one in self.holders if one.said.linking for link in links(one)]
        if isinstance(record, Hazard):
            self.replay = setting.replay(cast("Entry[Hazard]", entry)) if setting.whole else replay(record)
            self.steps = steps(record, self.replay.acts, setting.people_of)
            self.ordered = self.ordered and (not acts or acts[0].date >= record.found_on)
            self.fits = all(map(_FITS, self.replay.acts))
            self.now = self.replay.on(setting.today)
        else:  # what a record of another kind is withdrawn in favour of is of its own kind
            like = entry.kind.name
            self.links = [one._replace(kind=like) if one.kind == "hazard" and one.trail[0] == "history" else one for one in self.links]

    @property
    def texts(self) -> list[tuple[Trail, str]]:
        """Give everything people wrote in their own words, with the trail to it; the fields beginning with x- too."""
        if self._texts is None:
            self._texts = [text for one in self.holders if one.said.worded for text in texts(one)]
            self._texts += [((name,), value) for name, value in self.entry.extras.items() if isinstance(value, str)]
        return self._texts

    @property
    def said(self) -> str:
        """Give all words of the record as one text, a line each: one look tells whether a closer one is worth it."""
        if self._said is None:
            held = [value for one in self.holders for value in vars(one.value).values() if value and type(value) in {str, tuple}]
            words = [value if type(value) is str else "\n".join([part for part in value if type(part) is str]) for value in held]
            self._said = "\n".join(["", *words, *[value for value in self.entry.extras.values() if isinstance(value, str)], ""])
        return self._said

    def due_trail(self, due: dt.date) -> Trail:
        """Give the trail to the line that set a deadline."""
        lines = [step.position for step in self.steps if step.fits and getattr(step.act, "due", None) == due]
        return ("history", lines[-1], "due") if lines else ("history",)

    @property
    def live(self) -> bool:
        """Say whether the record counts today: not withdrawn."""
        return not self.record.withdrawn_by(self.setting.today)
