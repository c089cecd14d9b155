"""`report --as-published`: the figures of a sealed period as they were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.measures import CATALOGUE, noun
from hazardctl.measures.digest import digests
from hazardctl.ops.question import Words, about_period
from hazardctl.ops.reporting.call import NOT_POOLED, Call, Report
from hazardctl.ops.seal import found
from hazardctl.ops.sealed import label
from hazardctl.reports.frame import Frame
from hazardctl.reports.official import Form
from hazardctl.reports.published import Figure, Published, Restated
from hazardctl.reports.published import published as laid_out

AS_SEALED: Final = Text(
    "{option} 不能与 --as-published 同用：数字照封存时的样子", "{option} does not go with --as-published: figures stand as sealed"
)


def published(call: Call) -> Report:
    """Make the page of a sealed period.

    Raises:
        UsageError: the period is not sealed, or an option asks for other figures than those sealed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    frame, made = sealed(call)
    return Report(laid_out(frame, made), incomplete=False, flawed=False)


def filed(call: Call, forms: Sequence[Form]) -> Report:
    """Make the tables to file as they were published: their totals, since a seal holds no figures of lines.

    Raises:
        UsageError: the period is not sealed, or an option asks for other figures than those sealed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    frame, made = sealed(call)
    return Report(laid_out(frame, made, forms), incomplete=False, flawed=False)


def sealed(call: Call) -> tuple[Frame, Published]:
    """Find the seal of a period, and what it depends on.

    Raises:
        UsageError: the period is not sealed, or an option asks for other figures than those sealed.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    _alone(call.words)
    if call.words.ledgers:
        raise UsageError(NOT_POOLED.of(name="--as-published"))
    ledger = call.opened()
    one = found(call.context, ledger, call.words)
    seal = one.seal
    words = replace(call.words, period=seal.period, as_of=str(seal.as_of), basis=seal.preset, cutoff=seal.cutoff, counting=seal.counting)
    frame = about_period(call.context, ledger, words).frame
    frame = replace(
        frame, commit=seal.commit, scope=tuple(f"{key}:{value.replace('+', ',')}" for key, value in seal.scope.items()), unread=()
    )
    known = [name for name in seal.figures if name.partition("[")[0] in CATALOGUE]
    now = digests(known)
    made = Published(
        one.path,
        seal.sealed_on,
        seal.by,
        [Figure(name, label(name), unit(name), value, seal.standing(name)) for name, value in seal.figures.items()],
        [Restated(each.date, each.by, each.measure, label(each.measure), each.was, each.now, each.reason) for each in seal.restatements],
        [family for family, digest in seal.definitions.items() if now.get(family, digest) != digest],
    )
    return frame, made


def _alone(words: Words) -> None:
    """Refuse what would ask for figures that were not sealed."""
    asked = {
        "--as-of": words.as_of, "--basis": words.basis, "--cutoff": words.cutoff, "--counting": words.counting,
        "--exclude-on-spot": words.no_on_spot, "--cumulative": words.so_far, "--original-due": words.original_due,
    }  # fmt: skip
    for option, said in asked.items():
        if said:
            raise UsageError(AS_SEALED.of(option=option))


def unit(name: str) -> Text:
    """Give the unit of count of a measure."""
    head = name.partition("[")[0]
    return noun(CATALOGUE[head]) if head in CATALOGUE else plain("")
