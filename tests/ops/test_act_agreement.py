"""Whatever the verbs let through, `validate` has nothing against: any acts, by anybody, in any order, dated back or not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.diagnostics import Severity
from hazardctl.errors import HazardctlError
from hazardctl.model.raw import Raw
from hazardctl.ops.act import act
from hazardctl.ops.add import add
from hazardctl.ops.correct import correct
from hazardctl.ops.drafting import Asked
from hazardctl.ops.registering import Wanted
from hazardctl.ops.wishes import Wish
from hazardctl.rules.engine import check
from hazardctl.store.load import load
from tests.acting import context, ledger

FIRST = dt.date(2024, 3, 1)
LAST = dt.date(2024, 11, 30)
PEOPLE = ("李四", "老李", "王五", "赵六", "李四,王五", "赵六、钱七")
days = st.dates(FIRST, LAST).map(dt.date.isoformat)
dues = st.one_of(days, st.sampled_from(["5d", "15d", "30d", "10wd"]))
reasons = st.sampled_from(["录入错误", "设备到货延迟"])
units = st.sampled_from(["xx-paper", "XX食品厂"])

Said = st.SearchStrategy[dict[str, Any]]
said: dict[str, Said] = {
    "assign": st.fixed_dictionaries({"to": units}, optional={"due": dues}),
    "start": st.just({}),
    "extend": st.fixed_dictionaries(
        {"decision": st.sampled_from(["requested", "granted", "refused"]), "due": dues, "reason": reasons, "interim": st.just("值守")}
    ),
    "progress": st.just({}),
    "rectify": st.fixed_dictionaries({"on_spot": st.booleans()}),
    "verify": st.one_of(
        st.just({"result": "pass"}), st.fixed_dictionaries({"result": st.just("fail"), "reason": reasons}, optional={"due": dues})
    ),
    "close": st.fixed_dictionaries({"reason": st.sampled_from(["", "rectified", "unit_closed", "removed"])}),
    "reopen": st.fixed_dictionaries({"reason": reasons, "to": units}, optional={"due": dues}),
    "transfer": st.fixed_dictionaries({"to": st.just("县住建局"), "reason": reasons}),
    "regrade": st.fixed_dictionaries({"grade": st.sampled_from(["general", "major"]), "reason": reasons, "basis": st.just("判定标准")}),
    "withdraw": st.fixed_dictionaries({"reason": st.sampled_from(["not_a_hazard", "entry_error"])}),
    "note": st.just({}),
    "supervise": st.fixed_dictionaries({"level": st.just("county")}, optional={"due": dues}),
    "release": st.just({}),
}


@st.composite
def acts(draw: st.DrawFn) -> Asked:
    """Draw one act, with every paper it may need."""
    do = draw(st.sampled_from([*said, "rectify", "verify", "close"]))
    date = draw(st.one_of(st.just(""), days))
    by = (draw(st.sampled_from(PEOPLE)),)
    return Asked(do, draw(said[do]), date=date, by=by, note="备注", number="安〔2024〕1号")


corrections = st.builds(
    lambda field, value, event, by: Wish((f"{field}={value}",), "更正", event, by=(by,)),
    st.sampled_from(["date", "by", "due", "found_on", "site", "grade", "to", "result", "unit"]),
    st.one_of(days, st.sampled_from([*PEOPLE, "xx-food", "general", "major", "pass", ""])),
    st.integers(0, 5),
    st.sampled_from(PEOPLE),
)


@settings(max_examples=40)
@given(
    drawn=st.lists(st.tuples(st.one_of(acts(), acts(), acts(), corrections), st.integers(0, 30)), min_size=3, max_size=12),
    grade=st.sampled_from(["general", "major"]),
)
def test_what_the_verbs_allow_validate_accepts(
    drawn: list[tuple[Asked | Wish, int]], grade: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = ledger(tmp_path_factory.mktemp("agree"))
    today = dt.date(2024, 3, 10)
    new: dict[str, Raw] = {
        "unit": "xx-paper",
        "description": "通道堵塞",
        "grade": grade,
        "found": "2024-03-05",
        "clause": ["标准"],
        "interim": "停用",
    }
    record = add(context(root, today=today), [Wanted(new)]).added[0].id
    for what, days_later in drawn:
        today += dt.timedelta(days=days_later)
        try:
            if isinstance(what, Asked):
                act(context(root, today=today), [record], what)
            else:
                correct(context(root, today=today), record, what)
        except HazardctlError as failure:
            assert failure.exit_code in {2, 3}  # noqa: PT017 (a refusal is fine, but not another end)
    found = check(load(root), today)
    assert [one for one in found if one.severity is Severity.ERROR and one.finding.code[:3] in {"HZ2", "HZ3"}] == [], _text(root)


def _text(root: Path) -> str:
    return next(root.rglob("YH-*.yaml")).read_text(encoding="utf-8")
