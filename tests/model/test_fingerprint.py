"""The fingerprint of the facts a verification saw."""

from __future__ import annotations

import pytest

from hazardctl.model.fingerprint import fingerprint
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.typed import typed
from tests.model.samples import hazard

FULL: dict[str, Raw] = {"site": "仓库", "found_by": ["李四"], "basis": [{"doc": "消防法"}], "funds_spent": "12.50"}


def of(**more: Raw) -> str:
    record = typed(BY_NAME["hazard"], hazard(**FULL, **more)).record
    assert isinstance(record, Hazard)
    return fingerprint(record)


def test_a_fingerprint_is_twelve_hex_digits_and_always_the_same() -> None:
    assert of() == of()
    assert len(of()) == 12
    assert int(of(), 16) >= 0


@pytest.mark.parametrize("more", [{"quantity": "2"}, {"description": "另一处"}, {"interim": "封闭"}])
def test_a_changed_fact_changes_it(more: dict[str, Raw]) -> None:
    assert of(**more) != of()


@pytest.mark.parametrize("more", [{"remark": "备注"}, {"tags": ["a"]}, {"history": []}, {"external_ids": {"a": "b"}}])
def test_what_may_change_afterwards_does_not(more: dict[str, Raw]) -> None:
    assert of(**more) == of()
