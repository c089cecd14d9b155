"""What `add` asks a person for: the questions, what is offered, what completes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from hazardctl.cli.dialogue import Ask, Step, talk
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.ops.lookup import Units
from hazardctl.ops.registering import usual_source
from hazardctl.ops.remembered import answers
from hazardctl.store.load import load_config
from hazardctl.vocabulary import find

if TYPE_CHECKING:
    from hazardctl.cli.door import Door
    from hazardctl.model.config import Config
    from hazardctl.model.raw import Raw
    from hazardctl.ops.context import Context

UNIT: Final = Text("受检单位", "Unit")
DESCRIPTION: Final = Text("隐患描述", "Description")
SECTOR: Final = Text("行业领域", "Sector")
GRADE: Final = Text("隐患等级", "Grade")
CLAUSE: Final = Text("判定依据（重大必填）", "Criterion (needed for major)")
INTERIM: Final = Text("临时管控措施（重大必填）", "Interim control (needed for major)")
SITE: Final = Text("隐患部位", "Site")
SOURCE: Final = Text("隐患来源", "Source")
FOUND_BY: Final = Text("发现人", "Found by")
NO_WORD: Final = Text("没有“{it}”这个词", "no such word: {it}")


def completed(door: Door, known: Context, given: Mapping[str, Raw], ask: Ask | None = None) -> dict[str, Raw]:
    """Ask for what is missing; a call that lacks nothing is not asked anything."""
    config = load_config(known.root)
    units = Units(known.root, config, index=known.index)
    said = dict(given)
    registered = units.one(units.key(str(said.get("unit") or ""), [])) if said.get("unit") else None
    complete = said.get("unit") and said.get("description") and (said.get("sector") or (registered and registered.sector))
    if complete and not (said.get("grade") and find(Ledger(config).words["grades"], str(said["grade"])) == "major"):
        return said

    def script(answered: Mapping[str, str]) -> list[Step]:
        so_far = {**said, **answered}
        first = [step for step in _what(units) if not said.get(step.name)]
        if any(step.name not in answered for step in first):
            return first
        return [*first, *(step for step in _how(known, config, units, so_far, door.language) if not said.get(step.name))]

    return {name: value for name, value in {**said, **talk(door, script, ask)}.items() if value}


def _what(units: Units) -> list[Step]:
    names = [unit.name or key for key, unit in units.all.items()]

    def unit_known(answer: str) -> list[Text]:
        faults: list[Text] = []
        units.key(answer, faults)
        return faults

    return [Step("unit", UNIT, choices=sorted(names), needed=True, check=unit_known), Step("description", DESCRIPTION, needed=True)]


def _how(known: Context, config: Config, units: Units, said: Mapping[str, Raw], language: Language) -> list[Step]:
    """Give the questions that have an answer already: what the unit, the ledger or last time suggests."""
    last = answers(known.root)
    registered = units.one(units.key(str(said.get("unit") or ""), []))
    words = Ledger(config).words

    def choice(name: str, label: Text, default: str) -> Step:
        vocabulary = words[f"{name}s"]
        term = vocabulary.get(default)

        def is_word(answer: str) -> list[Text]:
            return [] if find(vocabulary, answer) else [NO_WORD.of(it=answer)]

        offered = term.label.say(language) if term else default
        return Step(name, label, offered, [one.label.say(language) for one in vocabulary.values()], needed=True, check=is_word)

    return [
        choice("sector", SECTOR, registered.sector if registered else ""),
        Step("site", SITE),
        choice("grade", GRADE, "general"),
        Step("clause", CLAUSE),
        Step("interim", INTERIM),
        choice("source", SOURCE, last.get("source") or usual_source(config)),
        Step("found_by", FOUND_BY, last.get("found_by") or known.actor),
    ]
