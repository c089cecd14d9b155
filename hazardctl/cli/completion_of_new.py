"""What `new` asks a person for: the fields of the kind that are needed and were not said."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hazardctl.cli.dialogue import Ask, Step, talk
from hazardctl.ops.wanted import Asking
from hazardctl.store.load import load

if TYPE_CHECKING:
    from hazardctl.cli.door import Door
    from hazardctl.model.kinds import Kind
    from hazardctl.ops.context import Context

Said = dict[str, list[str]]


def completed(door: Door, known: Context, kind: Kind, said: Said, ask: Ask | None = None) -> Said:
    """Ask for what is missing; a call that lacks nothing is not asked anything."""
    asking = Asking(known, load(known.root), kind)

    def script(answers: Mapping[str, str]) -> list[Step]:
        return [
            Step(
                one.option,
                one.label,
                choices=[word.say(door.language) for word in one.choices],
                needed=True,
                check=functools.partial(asking.faults, one.option),
            )
            for one in asking.wanted(said, answers)
        ]

    answered: Mapping[str, str] = talk(door, script, ask) if script({}) else {}
    return {**said, **{name: [answer] for name, answer in answered.items() if answer}}
