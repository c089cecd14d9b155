"""Records under the names of their ledgers, the settings of a pool, and one hazard in two ledgers."""

from __future__ import annotations

from typing import Any, cast

import pytest

from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.model.fingerprint import fingerprint
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw
from hazardctl.model.rolled import rolled
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.model.settings import KeyPeriod, Measuring, Organisation
from hazardctl.pool import Pool, ledger_of, own_name, pooled
from hazardctl.pool.shelves import Shelves
from tests import pools
from tests.measures.made import Maker, question

H1 = question("2024-01-01", "2024-06-30")


def _hazard(pool: Ledger, name: str) -> Hazard:
    return cast("Hazard", pool.by_id[name].record)


def _town(**units: str) -> Maker:
    town = Maker()
    for key, name in units.items():
        town.add("unit", id=key, name=name)
    return town


def test_a_pooled_name_has_two_ends() -> None:
    assert (ledger_of("liulin:YH-1"), own_name("liulin:YH-1")) == ("liulin", "YH-1")
    assert (ledger_of("YH-1"), own_name("YH-1")) == ("", "YH-1")


def test_every_name_in_a_record_is_that_of_its_ledger() -> None:
    town = _town(shunfa="顺发加油站")
    outing = town.add("inspection", "2024-03-01", units=["顺发加油站"], signed={"shunfa": "signed"})
    drive = town.add("campaign", "2024-01-05", name="百日攻坚", alias="hundred")
    lines = [
        {"date": "2024-03-01", "do": "register", "by": "李四"},
        {"date": "2024-03-01", "do": "assign", "by": "李四", "to": "顺发加油站", "due": "2024-03-20"},
        {
            "date": "2024-03-02",
            "do": "correct",
            "by": "李四",
            "field": "to",
            "event": "2",
            "was": "shunfa",
            "now": "王五食杂店",
            "reason": "错",
        },
        {"date": "2024-03-02", "do": "correct", "by": "李四", "field": "note", "event": "2", "now": "见附页", "reason": "错"},
        {"date": "2024-03-02", "do": "correct", "by": "李四", "field": "to", "event": "99", "now": "shunfa", "reason": "错"},
    ]
    parties = [{"unit": "shunfa", "role": "owner"}]
    name = town.add("hazard", "2024-03-01", unit="顺发加油站", inspection=outing, campaign=["百日攻坚"], parties=parties, history=lines)
    pool = pools.together({"liulin": town.ledger()})
    hazard = _hazard(pool, f"liulin:{name}")
    assert hazard.unit == "liulin:shunfa"
    assert hazard.inspection == f"liulin:{outing}"
    assert hazard.campaign == (f"liulin:{drive}",)
    assert hazard.parties[0].unit == "liulin:shunfa"
    assert [getattr(act, "now", None) for act in hazard.history[2:]] == ["liulin:王五食杂店", "见附页", "shunfa"]
    span = pool.replay(cast("Any", pool.by_id[f"liulin:{name}"])).spans[-1]
    assert pool.unit_name(span.owner) == "王五食杂店"
    assert pool.unit_name(hazard.unit) == "顺发加油站"
    assert dict(cast("Any", pool.by_id[f"liulin:{outing}"].record).signed) == {"liulin:shunfa": "signed"}


def test_what_may_name_a_unit_of_a_pool_is_under_the_paths_of_the_pool() -> None:
    town = _town(shunfa="顺发加油站")
    name = town.add("hazard", "2024-03-01", unit="顺发加油站")
    found = Shelves({"liulin": town.ledger()}).naming("hazard", "liulin:shunfa")
    assert [(entry.path.partition(":")[0], entry.record.id) for entry in found] == [("liulin", name)]


def test_scopes_of_tallies_targets_and_duties_name_what_is_in_their_ledger() -> None:
    town = _town(shunfa="顺发加油站")
    drive = town.add("campaign", "2024-01-05", name="百日攻坚", alias="hundred")
    figure = {"measure": "inspections.count[campaign=hundred,grade=major]", "value": 3}
    tally = town.tally("2024-06-30", "2024H1", {"unit": "shunfa", "sector": "fire"}, figure)
    target = town.add("target", "2024-01-01", period="2024H1", kind="figure", measure="trainings.count", value=2, scope={})
    filed = town.add("document", "2024-07-01", kind="submission", period="2024H1", figures={"inspections.count": 3})
    pool = pools.together({"liulin": town.ledger()})
    said = cast("Any", pool.by_id[f"liulin:{tally}"].record)
    assert dict(said.scope) == {"unit": "liulin:shunfa", "sector": "fire"}
    assert said.figures[0].measure == f"inspections.count[campaign=liulin:{drive},grade=major]"
    assert cast("Any", pool.by_id[f"liulin:{target}"].record).measure == "trainings.count"
    assert dict(cast("Any", pool.by_id[f"liulin:{filed}"].record).figures) == {"inspections.count": 3}


@pytest.mark.parametrize("true", [True, False])
def test_a_verification_vouches_for_the_same_facts_under_other_names(true: bool) -> None:
    plain = Maker()
    plain.hazard("2024-03-01")
    vouched = fingerprint(cast("Hazard", plain.entries[0].record)) if true else "0123456789ab"
    town = Maker()
    lines = [
        {"date": "2024-03-01", "do": "register", "by": "李四"},
        {"date": "2024-03-01", "do": "rectify", "by": "赵六", "on_spot": True, "note": "当场清理"},
        {"date": "2024-03-01", "do": "verify", "by": "王五", "result": "pass", "fingerprint": vouched},
    ]
    town.add("hazard", "2024-03-01", history=lines)
    for ledger in (town.ledger(), pools.together({"liulin": town.ledger()})):
        rows = Book(ledger).listing(H1.as_of)
        assert [row["suspect"] for row in rows] == [not true]


def test_a_record_that_names_no_place_lies_in_that_of_its_ledger() -> None:
    town = Maker(
        {"regions": [{"key": "east", "name": "东村", "level": "village", "parent": "liulin"}, {"key": "liulin", "name": "柳林镇"}]}
    )
    town.add("unit", id="shunfa", name="顺发加油站", region="east")
    placed = town.hazard("2024-03-01", unit="shunfa")
    nowhere = town.hazard("2024-03-02", unit="路边摊")
    said = town.hazard("2024-03-03", region="east")
    office = Reporter(key="liulin", source="liulin", region="liulin", name="柳林镇")
    pool = pooled(
        Rollup(schema_="rollup/1", organisation=Organisation(name="示例县", region="shili"), ledgers=(office,)), {"liulin": town.ledger()}
    )
    assert [pool.region_of(_hazard(pool, f"liulin:{one}")) for one in (placed, nowhere, said)] == ["east", "liulin", "east"]
    assert pool.config.above("east") == ("east", "liulin", "shili")


# ---------------------------------------------------------------------------------------------------------------- the settings


def _configured(**settings: Any) -> Ledger:  # noqa: ANN401 (any setting)
    return Maker(settings).ledger()


def test_what_all_ledgers_agree_on_holds_for_the_pool() -> None:
    one = {"measures": {"preset": "official"}, "fiscal_year_start": "07-01"}
    pool = pools.together({"liulin": _configured(**one), "shiqiao": _configured(**one)})
    assert (pool.config.measures.preset, pool.config.fiscal_year_start) == ("official", "07-01")


def test_where_they_differ_the_usual_holds_unless_the_roll_up_says_otherwise() -> None:
    ledgers = {"liulin": _configured(measures={"preset": "official"}), "shiqiao": _configured(measures={"preset": "closed"})}
    assert pools.together(ledgers).config.measures.preset == "default"
    assert pools.together(ledgers, measures=Measuring(preset="rectified")).config.measures.preset == "rectified"


def test_words_and_key_periods_of_all_ledgers_are_known() -> None:
    homestay = {"sectors": {"homestay": {"zh": "民宿", "parent": "culture_tourism"}}, "local_grades": {"1级": "major"}}
    spring = {"id": "spring", "zh": "春节", "ranges": ["2024-02-03..2024-02-18"]}
    flood = {"id": "flood", "zh": "汛期", "every": "06-01..09-15"}
    other = {"id": "flood", "zh": "汛期", "every": "05-01..09-30"}
    one, two = _configured(vocabularies=homestay, key_periods=[spring, flood]), _configured(key_periods=[spring, other])
    pool = pools.together({"liulin": one, "shiqiao": two})
    assert pool.words["sectors"]["homestay"].zh == "民宿"
    assert pool.config.vocabularies.local_grades == {"1级": "major"}
    assert [period.id for period in pool.config.key_periods] == ["spring"]
    stated = pools.together({"liulin": one, "shiqiao": two}, key_periods=(KeyPeriod(id="flood", zh="汛期", every="05-01..09-30"),))
    assert [period.every for period in stated.config.key_periods] == ["05-01..09-30"]


def test_an_office_is_named_by_what_is_said_else_by_the_region_above_else_by_its_ledgers() -> None:
    tree = [
        {"key": "shili", "name": "示例县"},
        {"key": "a", "name": "甲镇", "parent": "shili"},
        {"key": "b", "name": "乙镇", "parent": "shili"},
    ]
    towns = {key: _configured(regions=tree, organisation={"region": key}) for key in ("a", "b")}
    assert pools.together(towns).config.organisation.name == "示例县"
    assert pools.together(towns, organisation=Organisation(name="县安委办")).config.organisation.name == "县安委办"
    assert pools.together({"a": _configured(), "b": _configured()}).config.organisation.name == "a镇、b镇"


# ------------------------------------------------------------------------------------------------------ one hazard in two ledgers


def _two_levels(town_says: str = "", county_says: str = "", **levels: str) -> tuple[Pool, str, str]:
    town, county = Maker(), Maker()
    county.add("unit", id="padding", name="另一单位")  # so that ids differ
    below = town.hazard("2024-03-01", same_as=[town_says] if town_says else [])
    above = county.hazard("2024-03-01", same_as=[county_says] if county_says else [])
    town.hazard("2024-04-01", done=False, recurrence_of=below)
    reporters = tuple(Reporter(key=key, source=key, level=levels.get(key, "")) for key in ("qingshan", "shili"))
    pool = pooled(Rollup(ledgers=reporters), {"qingshan": town.ledger(), "shili": county.ledger()})
    return pool, below, above


@pytest.mark.parametrize("said", ["shili:{above}", "{above}"])
def test_a_hazard_of_two_levels_counts_once_in_the_lower(said: str) -> None:
    _, below, above = _two_levels()
    pool, _, _ = _two_levels(town_says=said.format(above=above), qingshan="township", shili="county")
    assert Book(pool).total(H1, ["hazards.found"])["hazards.found"] == 2
    assert f"shili:{above}" not in pool.by_id
    assert [(one.counts.record.id, [other.record.id for other in one.others]) for one in pool.doubles] == [
        (f"qingshan:{below}", [f"shili:{above}"])
    ]


def test_either_of_them_may_say_it_and_names_go_to_the_one_that_counts() -> None:
    _, below, above = _two_levels()
    pool, _, _ = _two_levels(county_says=f"qingshan:{below}", qingshan="county", shili="township")
    assert f"qingshan:{below}" not in pool.by_id
    again = next(entry.record for entry in pool.hazards if entry.record.recurrence_of)
    assert again.recurrence_of == f"shili:{above}"


def test_a_name_that_leads_nowhere_counts_nothing_twice_and_nothing_less() -> None:
    pool, *_ = _two_levels(town_says="shili:YH-20240101-ZZZZZ", county_says="tangkou:YH-20240101-ZZZZZ")
    assert Book(pool).total(H1, ["hazards.found"])["hazards.found"] == 3
    assert pool.doubles == ()


def test_a_withdrawn_record_counts_only_where_all_of_them_are() -> None:
    town, county = Maker(), Maker()
    county.add("unit", id="padding", name="另一单位")
    above = county.hazard("2024-03-01")
    gone = [
        {"date": "2024-03-01", "do": "register", "by": "李四"},
        {"date": "2024-03-02", "do": "withdraw", "by": "李四", "reason": "entry_error"},
    ]
    town.add("hazard", "2024-03-01", history=gone, same_as=[f"shili:{above}"])
    reporters = (Reporter(key="qingshan", source="q", level="township"), Reporter(key="shili", source="s", level="county"))
    pool = pooled(Rollup(ledgers=reporters), {"qingshan": town.ledger(), "shili": county.ledger()})
    assert Book(pool).total(H1, ["hazards.found"])["hazards.found"] == 1
    assert pool.doubles[0].counts.record.id == f"shili:{above}"


# -------------------------------------------------------------------------------------------------------------------- the file


def test_a_roll_up_is_read_with_everything_that_is_wrong_said_at_once() -> None:
    good, none = rolled({"schema": "rollup/1", "ledgers": [{"key": "liulin", "source": "towns/liulin"}], "x-note": "自用"})
    assert good is not None
    assert (good.silent_days, none) == (31, ())
    twice: list[Raw] = [{"key": "Liulin", "source": "a"}, {"key": "b", "source": "a"}, {"key": "b", "source": "c"}]
    made, findings = rolled({"schema": "rollup/1", "ledgers": twice})
    assert made is None
    assert [(one.code, one.trail) for one in findings] == [
        ("HZ801", ("ledgers", 0, "key")),
        ("HZ801", ("ledgers", 1, "source")),
        ("HZ801", ("ledgers", 2, "key")),
    ]
    assert [one.trail for one in rolled({"schema": "rollup/2"})[1]] == [("schema",)]
    assert [one.trail for one in rolled({"schema": "rollup/1"})[1]] == [("ledgers",)]
    wrong = rolled({"schema": "rollup/1", "silent_days": "often", "ledgers": [{"key": "a"}], "town": "b"})[1]
    assert {one.trail for one in wrong} == {("silent_days",), ("ledgers", 0, "source"), ("town",)}


def test_numbers_of_gainers_and_lists_in_corrections_keep_their_form() -> None:
    town = _town(shunfa="顺发加油站")
    funds = town.add("resource", "2024-03-01", kind="funds", amount=100, beneficiaries=12)
    gained = town.add("resource", "2024-03-01", kind="funds", amount=100, beneficiaries=["顺发加油站"])
    lines = [
        {"date": "2024-03-01", "do": "register", "by": "李四"},
        {"date": "2024-03-02", "do": "withdraw", "by": "李四", "reason": "split", "into": ["YH-20240301-AAAAA"]},
        {"date": "2024-03-03", "do": "correct", "by": "李四", "field": "into", "event": "2", "now": ["YH-20240301-BBBBB"], "reason": "错"},
    ]
    name = town.add("hazard", "2024-03-01", history=lines)
    pool = pools.together({"liulin": town.ledger()})
    assert [cast("Any", pool.by_id[f"liulin:{one}"].record).beneficiaries for one in (funds, gained)] == [12, ("liulin:shunfa",)]
    acts = cast("Any", pool.by_id[f"liulin:{name}"].record).history
    assert (acts[1].into, acts[2].now) == (("liulin:YH-20240301-AAAAA",), ["liulin:YH-20240301-BBBBB"])


def test_a_region_that_no_ledger_knows_hangs_below_the_office() -> None:
    town = Maker()
    name = town.hazard("2024-03-01")
    office = Reporter(key="tangkou", source="t", region="tangkou", name="塘口镇", level="township")
    said = Rollup(organisation=Organisation(name="示例县", region="shili"), ledgers=(office,))
    pool = pooled(said, {"tangkou": town.ledger()})
    assert (pool.region_name("tangkou"), pool.config.above("tangkou")) == ("塘口镇", ("tangkou", "shili"))
    assert pool.region_of(_hazard(pool, f"tangkou:{name}")) == "tangkou"
