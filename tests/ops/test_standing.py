"""The short name of a hazard: as much of its description as a line has room for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hazardctl.ops.standing import CELLS, headline, width

DESCRIPTIONS = st.text(st.sampled_from("隐患气瓶，ab 7."), max_size=2 * CELLS)


@given(description=DESCRIPTIONS)
def test_a_headline_is_the_longest_beginning_that_fits(description: str) -> None:
    said = headline({"title": "", "description": description})
    if width(description) <= CELLS:
        assert said == description
        return
    kept = max((description[:end] for end in range(len(description)) if width(description[:end]) <= CELLS), key=len)
    assert said == f"{kept.rstrip()}..."


def test_a_title_of_its_own_is_the_headline() -> None:
    assert headline({"title": "气瓶", "description": "乙炔气瓶没有防震圈"}) == "气瓶"
    assert headline({"title": "乙炔", "description": "乙炔气瓶没有防震圈"}) == "乙炔气瓶没有防震圈"
