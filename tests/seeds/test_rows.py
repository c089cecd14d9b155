"""Every figure of the contract (DOMAIN §12.1): made-up records and tallies that yield it, in memory, from files, in a report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.cli.app import called
from hazardctl.measures import Known
from hazardctl.ops.reporting.names import REPORTS
from tests.measures.made import Maker
from tests.seeds.ledgers import SEEDS, answer, answers, book, itemised, items, tallied, tallies
from tests.seeds.table import MEASURED, PERIODS, QUESTIONS, ROWS, SPELLED, Row, printed, shown

Said = pytest.CaptureFixture[bytes]


@pytest.mark.parametrize("row", MEASURED.values(), ids=lambda row: row.id)
def test_a_figure_comes_out_of_every_ledger_that_tells_it(row: Row) -> None:
    found = {where: shown(one, row.value) for where, one in answers(row)}
    assert found
    assert set(found.values()) == {row.value}, found


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_a_seed_is_counted_twice(seed: str) -> None:
    asked = [row for row in MEASURED.values() if row.seed == seed]
    for make in (items(seed), tallies(seed)):
        assert not [row.id for row in asked if isinstance(one := answer(book(make), row), Known) and one.twice]


def test_what_must_add_up_adds_up() -> None:
    town, half = book(items("S0")), QUESTIONS["S0"]
    scopes = ("campaign=year-end", "campaign=qiangan-2023", "key=all")
    numbers = town.known(half, [f"{name}[{scope}]" for name in ("hazards.found", "inspections.unit_visits") for scope in scopes])
    assert [one.value for one in numbers.values() if isinstance(one, Known)] == [31, 22, 26, 45, 27, 24]
    points = book(items("S1")).known(QUESTIONS["S1"], ["risk_points.count"])["risk_points.count"]
    assert isinstance(points, Known)
    assert points.value == 65
    shut = "enforcement.banned.units[sector=industry]", "enforcement.closure_requested.units"
    assert [shown(one) for one in book(items("S3")).known(QUESTIONS["S3"], shut).values()] == ["2", "2"]


# ------------------------------------------------------------------------------------------------------- through the commands


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Path]:
    """Give both ledgers of each seed as files."""
    makers = {"items": items, "tallies": tallies}
    return {
        (seed, name): make(seed).write(tmp_path_factory.mktemp(f"{seed}-{name}") / "ledger")
        for seed in SEEDS
        for name, make in makers.items()
    }


def asked(capfdbinary: Said, root: Path, *words: str, codes: tuple[int, ...] = (0,)) -> Any:  # noqa: ANN401 (a document)
    code = called(["-C", str(root), *words, "--format", "json"])
    out, err = capfdbinary.readouterr()
    assert code in codes, err.decode()
    return json.loads(out)


WHERE: Final = [(row, name) for row in MEASURED.values() for name, holds in (("items", itemised), ("tallies", tallied)) if holds(row)]


@pytest.mark.parametrize(("row", "where"), WHERE, ids=[f"{row.id}-{where}" for row, where in WHERE])
def test_a_figure_is_explained_from_files(
    row: Row, where: str, folders: Mapping[tuple[str, str], Path], capfdbinary: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-07-01")
    period, as_of = ("2024", "2023-12-31") if row.id == "S2-03" else (PERIODS[row.seed], row.question.as_of.isoformat())
    document = asked(capfdbinary, folders[row.seed, where], "explain", row.measure, "--period", period, "--as-of", as_of)
    assert printed(document["figure"], row.value) == row.value


FIELDS: Final[Mapping[str, str]] = {
    "hazards.found": "found",
    "hazards.rectified": "rectified",
    "hazards.within_due": "within_due",
    "hazards.overdue": "overdue",
    "hazards.rate": "rate",
}
"""What the summary has a field of its own for."""


ACTIONS: Final = [row for row in MEASURED.values() if row.id.startswith(("S0-14", "S0-15")) and row.measure.partition("[")[0] in FIELDS]


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.id)
def test_the_summary_of_an_action_prints_its_figures(
    row: Row, folders: Mapping[tuple[str, str], Path], capfdbinary: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-07-01")
    name, _, scope = row.measure.rstrip("]").partition("[")
    words = ("report", scope.replace("=", ":"), "--period", PERIODS[row.seed])
    document = asked(capfdbinary, folders[row.seed, "items"], *words)
    assert printed(document[FIELDS[name]], row.value) == row.value


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_report_prints_another_value(
    report: str, seed: str, folders: Mapping[tuple[str, str], Path], capfdbinary: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever report lays out a figure of the contract, it is that of the contract: every figure names its measure."""
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-07-01")
    rows = {row.measure: row for row in MEASURED.values() if row.seed == seed and row.id != "S2-03"}
    as_of = QUESTIONS[seed].as_of.isoformat()
    for where, holds in (("items", itemised), ("tallies", tallied)):
        root = folders[seed, where]
        code = called(["-C", str(root), "report", report, "--period", PERIODS[seed], "--as-of", as_of, "--format", "json"])
        out, err = capfdbinary.readouterr()
        if code == 2:
            pytest.skip(f"report {report} wants more words: {err.decode()}")
        assert code in {0, 1}, err.decode()
        for name, figure in figures(json.loads(out)):
            if name in rows and holds(rows[name]):
                assert laid_out(figure, rows[name].value) == rows[name].value, (where, name)


PARTS: Final = frozenset({"lines", "stretches", "compared"})
"""What a document has of each part of its scope or its days."""


def figures(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 (a document)
    """Give every figure of a document that names its measure and is about all of it: not that of a region, a sector or a month."""
    match node:
        case {"measure": str(name), "state": str()}:
            yield name, node
        case dict():
            for key, part in node.items():
                yield from figures(part) if key not in PARTS else ()
        case list():
            for part in node:
                yield from figures(part)
        case _:
            return


def laid_out(figure: Mapping[str, Any], like: str) -> str:
    """Write a figure of a report as the table does."""
    if figure["state"] == "missing":
        stated = figure.get("stated")
        return f"stated {stated}%" if stated is not None else "∅" + SPELLED.get(figure.get("mark", ""), "")
    value = figure["value"]
    if isinstance(value, dict):
        return printed(value, like)
    return f"{Decimal(str(value)).normalize():f}" + SPELLED.get(figure.get("mark", ""), "")


# ---------------------------------------------------------------------------------------------------- the one without a measure


def test_a_law_cited_without_its_year_is_kept_as_it_is_cited(tmp_path: Path, capfdbinary: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """The basis keeps the day of force as the source has it; nobody makes up the year."""
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-07-01")
    day = dt.date(2023, *map(int, ROWS["S2-04"].value.split("-")))
    cited = f"新修订，{day.month}月{day.day}日起施行，年份原文空缺"
    make = Maker()
    hazard = make.hazard("2023-09-20", basis=[{"doc": "安全生产法", "text": cited}], sector="road")
    root = make.write(tmp_path / "ledger")
    said = asked(capfdbinary, root, "show", hazard)
    assert cited in json.dumps(said, ensure_ascii=False)
    document = asked(capfdbinary, root, "report", "--period", "2023", "--group-by", "basis")
    assert "安全生产法" in json.dumps(document, ensure_ascii=False)


# ---------------------------------------------------------------------------------------------------- the values of others


def given(one: Mapping[str, Any]) -> str:
    """Write a figure of the shared acceptance data as the table does."""
    value, unit, mark = one.get("value"), one.get("unit", ""), SPELLED.get(one.get("approx", ""), "")
    if one.get("missing"):
        return "∅" + mark
    if isinstance(value, list):
        return "-".join(map(str, value))
    if unit == "%":
        return f"stated {value}%" if one.get("stated") else f"{value}%"
    if "/" in str(value) or unit == "日期":
        return str(value)
    number = Decimal(str(value)) * (10_000 if unit == "万元" else 1)
    return f"{number:f}{mark}"


@pytest.mark.shared
def test_the_table_is_that_of_the_acceptance_data(shared: Path) -> None:
    from ruamel.yaml import YAML

    seeds = YAML(typ="safe", pure=True).load(shared / "data" / "seed_figures.yaml")
    theirs = {one["id"]: (one["measure"] or "-", tuple(one["kinds"]), given(one)) for seed in seeds for one in seed["figures"]}
    assert theirs == {row.id: (row.measure, row.kinds, row.value) for row in ROWS.values()}
