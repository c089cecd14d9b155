"""Places looked up on demand are those the careful reader notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given

from hazardctl.diagnostics import Place, Trail
from hazardctl.model.kinds import BY_NAME
from hazardctl.store.build import KEY, Builder
from hazardctl.store.canonical import canonical
from hazardctl.store.emit import record_text
from hazardctl.store.reader import parse
from hazardctl.store.spots import Spots, places_of
from hazardctl.store.stream import events
from tests.store.test_canonical import RECORDS

TEXT = (
    "id: YH-20240312-7K2QF\nschema: hazard/1\ncampaign: [ZX-20240301-9RWK4, ZX-20240301-AAAAA]\n"
    'basis: [{doc: 甲, article: "11.2"}, {doc: 乙}]\n'
    "plan:\n  target: {text: 六十日内, done_on: 2024-03-08}\n  funds: {text: 自筹}\nexternal_ids: {province: A-1}\n"
    'history:\n  - {date: 2024-03-12, do: register, by: [李四, 王五]}\n  - {date: 2024-03-13, do: note, by: 李四, note: "甲, 乙"}\n'
)


def noted(text: str) -> dict[Trail, Place]:
    """Give the places as the careful reader notes them."""
    builder = Builder(text, events(text), places=True)
    builder.record()
    return dict(builder.places or {})


def test_a_trail_leads_to_its_line() -> None:
    spots = Spots(TEXT)
    assert dict(spots) == noted(TEXT)
    assert len(spots) == len(noted(TEXT))
    assert spots["history", 1, "note"] == Place(11, 48, 11, 54)
    assert spots["plan", KEY] == Place(5, 1, 5, 5)


@pytest.mark.parametrize(
    "trail",
    [
        ("site",),
        ("history", 2),
        ("history", 0, "due"),
        ("plan", "staff"),
        ("plan", 0),
        (0,),
        ("campaign", 2),
        ("id", "x"),
        ("history", "x"),
    ],
)
def test_what_is_not_in_the_file_has_no_place(trail: tuple[str | int, ...]) -> None:
    assert Spots(TEXT).get(trail) is None


@given(RECORDS)
@example({"id": "a", "history": [{"date": "2024-03-12", "do": "note"}]})
def test_every_place_is_the_one_the_careful_reader_notes(record: dict[str, object]) -> None:
    text = record_text(record, BY_NAME["hazard"].model.order())  # type: ignore[arg-type,unused-ignore]
    if canonical(text) is not None:
        assert dict(Spots(text)) == noted(text)


def test_the_places_of_the_sample_ledger_agree(repository: Path) -> None:
    files = sorted((repository / "ledger").rglob("*.yaml"))
    assert files
    for file in files:
        data = file.read_bytes()
        assert dict(places_of(data)) == noted(data.decode())


def test_what_is_not_canonical_is_left_to_the_careful_reader() -> None:
    data = b"id: a # b\nsite: 'c'\n"
    assert places_of(data) == parse(data).places
    assert places_of(b"\xff") == {}
