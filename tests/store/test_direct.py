"""The direct way from bytes to a record: whatever it accepts, the long way reads alike and says nothing more of it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.model.events import EVENTS
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_FOLDER, BY_NAME, KINDS, Kind
from hazardctl.model.made import form
from hazardctl.model.raw import Tree
from hazardctl.model.shape import shapes
from hazardctl.model.typed import missing, typed
from hazardctl.store.direct import direct
from hazardctl.store.emit import record_text
from hazardctl.store.reader import parse
from tests.strategies import hazards

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
DAYS: Final = ("2024-03-12", "2024-02-30", "1989-01-01", "2024-03-12T08:30", "2024-03-12 23:59+00:00", "2024", "2024H1", "07:40")
ODD: Final = ("", "a", "隐患", "。", "0", "1", "12.5", "-1", "true", "general", "major", "x: y", "#", "null", "yes", "é", "１２:３０")
WORDS: Final = st.sampled_from([*DAYS, *ODD])
PLAIN: Final = WORDS | st.lists(WORDS, max_size=2)
MAPS: Final = st.dictionaries(
    st.sampled_from(["kind", "text", "date", "done_on", "doc", "unit", "role", "path", "a", "target", "name", "code", "reason", "by"]),
    PLAIN,
    max_size=4,
)
VALUES: Final = PLAIN | MAPS | st.lists(MAPS, max_size=2) | st.dictionaries(st.sampled_from(["target", "funds", "x"]), MAPS, max_size=2)


def of_part(model: type[Part], name: str) -> st.SearchStrategy[Any]:
    """Give what may stand in a field: anything, and where it holds parts, fields of theirs."""
    shape = shapes(model).get(name)
    if shape is None or shape.part is None:
        return VALUES
    maps: st.SearchStrategy[Any] = st.dictionaries(st.sampled_from([*form(shape.part).reads, "stray"]), PLAIN | MAPS, max_size=3)
    return st.lists(maps, max_size=2) if shape.many else maps


def agrees(kind: Kind, data: bytes) -> bool:
    """Hold what is read directly against the long way; say whether it was read directly."""
    found = direct(kind, data)
    if found is None:
        return False
    parsed = parse(data)
    assert parsed.findings == ()
    assert parsed.tree is not None
    made = typed(kind, parsed.tree)
    assert made.record is not None
    assert (found, found.__dict__) == (made.record, made.record.__dict__)
    assert (list(found.__dict__), found.model_fields_set) == (list(made.record.__dict__), made.record.model_fields_set)
    assert repr(found) == repr(made.record)
    assert made.extras == {}
    assert made.findings == tuple(missing(found))
    return True


def lines(verb: str) -> st.SearchStrategy[Tree]:
    """Give lines of a history of one verb, mostly sound."""
    names = st.sampled_from([*form(EVENTS[verb]).reads, "duee"])
    days = st.sampled_from(["2024-03-12", "2024-03-12", "2024-03-15", "三月"])
    return st.builds(lambda day, more: {"date": day, "do": verb, **more}, days, st.dictionaries(names, VALUES, max_size=4))


@st.composite
def records(draw: st.DrawFn) -> tuple[Kind, str]:
    """Write a record of any kind, with any of its fields said somehow."""
    kind = draw(st.sampled_from(KINDS))
    days = {name: "2024-03-12" for name in form(kind.model).required if name not in {"id", "schema_", "grade"}}
    names = st.sampled_from([*form(kind.model).reads, "stray"])
    tree: Tree = {"id": f"{kind.prefix}-20240312-00000", "schema": kind.schema, **days}
    tree |= {"grade": "general"} if kind.name == "hazard" else {}
    tree |= {name: draw(of_part(kind.model, name)) for name in draw(st.sets(names, max_size=5))}
    tree.pop("history", None)
    if draw(st.booleans()):
        tree["history"] = draw(st.lists(st.sampled_from(sorted(EVENTS)).flatmap(lines), min_size=1, max_size=3))  # type: ignore[assignment]
    return kind, record_text(tree, kind.model.order())


@settings(max_examples=300)
@given(records())
def test_any_record_our_writer_writes_is_read_alike(written: tuple[Kind, str]) -> None:
    kind, text = written
    agrees(kind, text.encode())


@given(hazards())
def test_hazards_of_any_history_are_read_alike(tree: Tree) -> None:
    said = {name: value for name, value in tree.items() if value != []}  # an empty list is not in the form we write
    assert agrees(BY_NAME["hazard"], record_text(said, BY_NAME["hazard"].model.order()).encode())


@functools.cache
def samples() -> list[tuple[Kind, bytes]]:
    files = sorted(path for path in SAMPLE.rglob("*.yaml") if path.parent != SAMPLE)
    folders = ((path.relative_to(SAMPLE).parts[0], path) for path in files)
    return [(BY_FOLDER[folder], path.read_bytes()) for folder, path in folders if folder in BY_FOLDER]


def test_the_sample_ledger_is_read_alike_and_nearly_all_of_it_directly() -> None:
    taken = [agrees(kind, data) for kind, data in samples()]
    assert sum(taken) > 0.95 * len(taken)


@settings(max_examples=300)
@given(st.data())
def test_a_sample_spoilt_anywhere_is_read_alike(data: st.DataObject) -> None:
    kind, written = data.draw(st.sampled_from(samples()))
    text = written.decode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + data.draw(st.text('ab019 -.:,[]{}#"\\\n\t\r隐。\u3000\u200b\ufeff<=', max_size=4)) + text[stop:]
    agrees(kind, text.encode())


MODELINE: Final = "# yaml-language-server: $schema=../../../../schemas/unit.schema.json\n"
UNIT: Final = "id: xx-paper\nschema: unit/1\nname: 示例纸业\n"


LINES: Final = [
    "  - {date: 2024-03-12, do: note, note: 改了名。}",
    "  - {do: note, date: 2024-03-12}",
    '  - {date: 2024-03-12, do: note, note: "见, 附件", evidence: [a, "b, c"]}',
    '  - {date: 2024-03-12, do: correct, field: a, was: [a, b], now: "", event: 3}',
]


@pytest.mark.parametrize("text", [UNIT, MODELINE + UNIT, *(f"{UNIT}history:\n{line}\n" for line in LINES)])
def test_sound_units_are_read_directly(text: str) -> None:
    assert agrees(BY_NAME["unit"], text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xff",
        UNIT.removesuffix("\n").encode(),
        f"{MODELINE}{MODELINE}{UNIT}".encode(),
        f"\ufeff{UNIT}".encode(),
        UNIT.replace("\n", "\r\n").encode(),
        UNIT.encode("gb18030"),
        f"{UNIT}name: b\n".encode(),
        f"{UNIT}\n".encode(),
        f"{UNIT}# a\n".encode(),
        f"{UNIT}x-a: b\n".encode(),
        f"{UNIT}stray: b\n".encode(),
        f"{UNIT}staff: many\n".encode(),
        f"{UNIT}site: {'长' * 9000}\n".encode(),
        UNIT.replace("unit/1", "unit/2").encode(),
        UNIT.replace("schema: unit/1\n", "").encode(),
        f"{UNIT}history:\n".encode(),
        f"{UNIT}history:\n  - a\n".encode(),
        f"{UNIT}history:\n  - {{date: 2024-03-12, do: jump}}\n".encode(),
        f"{UNIT}history:\n  - {{date: 2024-03-12T08:00, do: note}}\n".encode(),
        f"{UNIT}history:\n  - {{date: 2024-03-12, do: note, date: 2024-03-13}}\n".encode(),
        f'{UNIT}history:\n  - {{date: 2024-03-12, note: "x, do: start, y: z", do: note}}\n'.encode(),
        f"{UNIT}history:\n  - {{date: 2024-03-12, do: note}}\nstaff: 3\n".encode(),
        f"{UNIT}history:\n  - {{date: 2024-03-12, do: note}}\n\n".encode(),
        f"{UNIT}<<<<<<< HEAD\n".encode(),
    ],
)
def test_whatever_is_odd_goes_the_long_way(data: bytes) -> None:
    assert direct(BY_NAME["unit"], data) is None
