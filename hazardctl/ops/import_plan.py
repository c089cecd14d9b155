"""Which column fills which field: what a person stated, what the names show, and the mapping file that asks about the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.exchange.aliases import ADDED, ASK
from hazardctl.exchange.headers import Claim, claims, recognised, rival
from hazardctl.exchange.mapping import Plan, fitting
from hazardctl.exchange.pages import Pages
from hazardctl.exchange.template import template
from hazardctl.language import Text
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.import_rows import Outcome
from hazardctl.store import writer

UNDECIDED: Final = Text("这些列对应什么还没有定：{names}", "what these columns mean is not decided: {names}")
IN_MAP: Final = Text("在映射文件里写明，再加 --map {path}", "write it in the mapping file, then add --map {path}")
MADE_MAP: Final = "made"
HAD_MAP: Final = "kept"
SHOWN: Final = 3


def planned(stated: Plan, read: Pages, answers: Mapping[str, str], *, mapped: bool) -> Plan:
    """Join what the mapping file states, or what the names show, with the answers given as options."""
    if not mapped:
        columns = _recognised(read, stated.kind)
        rivals = {name for claim in _claims(read, columns, stated.kind) for name in claim.names}
        stated = replace(stated, columns={name: ASK if name in rivals else target for name, target in columns.items()})
    else:
        back = ADDED & {*read.names}  # a part of the table: sheets without rows that wait are not in it
        fitting(stated, (*read.names, *stated.named()) if back else read.names)
        stated = replace(stated, columns={**dict.fromkeys(back, "derived"), **stated.columns})
        for claim in _claims(read, stated.columns, stated.kind):
            raise rival(claim)
    return replace(stated, answers={**stated.answers, **{name: answer for name, answer in answers.items() if answer}})


def _recognised(read: Pages, kind: str) -> dict[str, str]:
    return {name: target for page in read.read for name, target in recognised(page.head.names, kind).items()}


def _claims(read: Pages, columns: Mapping[str, str], kind: str) -> tuple[Claim, ...]:
    """Give the fields that two columns of one sheet claim; two sheets may well call one field differently."""
    return tuple(
        claim for page in read.read for claim in claims({name: columns[name] for name in page.head.names if name in columns}, kind)
    )


class Judged(NamedTuple):
    """A table without a mapping file: where it is, what was read of it, what came of its rows."""

    path: Path
    pages: Pages
    plan: Plan
    outcomes: Sequence[Outcome]

    @property
    def columns(self) -> tuple[object, ...]:
        """Give what makes it fit the mapping of another: the same columns for the same fields."""
        return (self.plan.kind, *sorted(self.plan.columns.items()))


def offered(root: Path, alike: Sequence[Judged]) -> tuple[Path | None, str]:
    """Write the mapping file of tables with the same columns beside the first, unless one stands there.

    A folder that cannot be written to is no fault.
    """
    first = alike[0]
    place = first.path.with_name(f"{first.path.stem}.map.yaml")
    if place.exists():
        return place, HAD_MAP
    samples: dict[str, str] = {}
    for one in alike:
        for outcome in one.outcomes[:200]:
            for name, text in one.pages.of(outcome.row).cells(outcome.row).items():
                if text:
                    samples.setdefault(name, text)
    words = _undecided_words([outcome for one in alike for outcome in one.outcomes])
    forms = [_form(one.pages) for one in alike]
    form = {name: value for name, value in forms[0].items() if all(one.get(name) == value for one in forms)}
    names = " ".join([*(one.path.name for one in alike[:SHOWN]), *(["…"] if len(alike) > SHOWN else [])])
    text = template(names, form, first.plan.columns, samples, words, BY_NAME[first.plan.kind])
    try:
        writer.output(place, text.encode(), root=root)
    except (SystemFailedError, UsageError):
        return None, ""
    return place, MADE_MAP


def _form(read: Pages) -> Mapping[str, str | int]:
    """Give what a mapping file says of its table; of several sheets nothing, so that each is looked at again."""
    first, *more = read.read
    form: dict[str, str | int] = {"encoding": first.table.encoding, "delimiter": first.table.delimiter_name}
    if first.table.sheet:
        form = {} if more else {"sheet": first.table.sheet}
    return form if more else {**form, "header": first.head.first or first.head.line}


def _undecided_words(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[str]]:
    """Give column → the words nobody could read, most frequent first."""
    words = Counter(
        (question.column, question.raw) for outcome in outcomes for question in outcome.questions
        if question.column and question.raw and question.key not in {"", "unit", "numbered", "new-unit", "source", "alike"}
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for (column, raw), _ in words.most_common():
        found.setdefault(column, []).append(raw)
    return found


def refuse_undecided(file: tuple[Pages, Plan], place: Path | None, *, mapped: bool, dry_run: bool) -> None:
    """Refuse columns that claim one field, and, where records would be written, columns that are not decided."""
    read, plan = file
    hints = [IN_MAP.of(path=str(place))]
    if not mapped:
        for claim in _claims(read, _recognised(read, plan.kind), plan.kind):
            raise UsageError(rival(claim).what, *hints)
    names = [name for name, target in plan.columns.items() if target == ASK]
    if names and not dry_run:
        raise UsageError(UNDECIDED.of(names=[f"“{name}”" for name in names]), *hints)
