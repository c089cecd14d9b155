"""The dialogue of `add` on a terminal: `<` steps back and keeps the answers, Enter takes what is offered (EXPERIENCE §2.3, 4.5)."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.cli import asking
from hazardctl.cli import door as doors
from hazardctl.cli.door import Door
from hazardctl.language import Text

BACK: Final = ("<", "＜")
HELP: Final = Text("（< 返回上一项，回车取默认，Ctrl-C 放弃）", "(< goes back, Enter takes the default, Ctrl-C gives up)")
NEEDED: Final = Text("这一项必填", "this is needed")

Check = Callable[[str], list[Text]]
Ask = Callable[[str, str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One question: the field, its words, what is offered, what completes it, whether it may stay empty, what is wrong with an answer."""

    name: str
    label: Text
    default: str = ""
    choices: Sequence[str] = ()
    needed: bool = False
    check: Check | None = None


Script = Callable[[Mapping[str, str]], Sequence[Step]]


def talk(door: Door, script: Script, ask: Ask | None = None) -> Mapping[str, str]:
    """Go through the questions and give the answers.

    Args:
        door: how to speak.
        script: gives the questions that follow from the answers so far; a later one may depend on an earlier answer.
        ask: puts one question; the terminal's own way when None.

    Raises:
        KeyboardInterrupt: the person gave up, or the input ended.
    """
    ask = ask or _asker()
    door.tell(HELP)
    answers: dict[str, str] = {}
    at = 0
    while at < len(steps := script(answers)):
        step = steps[at]
        offered = answers.get(step.name, step.default)
        answer = _asked(ask, door, step, offered)
        if answer.endswith(BACK) and answer[:-1].strip() in {"", offered}:  # the mark may stand behind what was offered
            at = max(0, at - 1)
            continue
        wrong = _wrong(step, answer)
        door.tell(*wrong)
        if not wrong:
            answers[step.name] = answer
            at += 1
    return answers


def _asked(ask: Ask, door: Door, step: Step, offered: str) -> str:
    try:
        return doors.clean(ask(f"? {step.label.say(door.language)}", offered, step.choices)).strip() or offered
    except EOFError:
        raise KeyboardInterrupt from None


def _wrong(step: Step, answer: str) -> list[Text]:
    if step.needed and not answer:
        return [NEEDED]
    return step.check(answer) if step.check and answer else []


def _asker() -> Ask:
    """Take questionary where it is installed and all of this is a terminal that can move its cursor, else plain lines."""
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb" and importlib.util.find_spec("questionary"):
        return _fancy
    return _plain


def _plain(question: str, offered: str, choices: Sequence[str]) -> str:
    shown = f"（{' / '.join(choices[:6])}）" if choices and not offered else ""
    default = f" [{offered}]" if offered else ""
    return asking.line(f"{doors.clean(question + shown + default)}  ")


def _fancy(question: str, offered: str, choices: Sequence[str]) -> str:
    import questionary

    label = question.removeprefix("? ")
    if choices:
        field = questionary.autocomplete(label, choices=[doors.clean(choice) for choice in choices], default=offered, match_middle=True)
    else:
        field = questionary.text(label, default=offered)
    answer = field.unsafe_ask()
    return str(answer)
