"""The views over records other than hazards: one row for each thing counted (DOMAIN §4.6).

Portable SQL as in `hazardctl.measures.views`, over the relations of `hazardctl.measures.records`; the same days are bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.measures.views import within
from hazardctl.model.kinds import BY_NAME


@dataclass(frozen=True, slots=True)
class Source:
    """A view.

    Attributes:
        kind: of record, or `region` for the tree of the configuration.
        sql: its text; `{seen}` is what the as-of day sees, `{dated}` also that the record's day lies in the period.
        note: what its figures are counted over, in words.
        who: its rows are about one unit each, in the column `who`: a scope by unit asks that unit.
        rows: clause key → column that one row answers by itself, where the record has several values.
        visits: clauses that units lack ask the visits a unit had, bound in `{visits}`.
        hazards: clauses that hazards have ask the hazards found, in `{found}`.
    """

    kind: str
    sql: str
    note: Text
    who: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    visits: bool = False
    hazards: bool = False


SEEN: Final = "COALESCE(r.withdrawn, $far) > $t AND COALESCE(r.day, 0) <= $t"
DATED: Final = SEEN + " AND r.day BETWEEN $s AND $c AND {within}"

_IN_PERIOD: Final = Text("日期在区间内、截至日未作废的记录", "records dated in the period and not withdrawn by the as-of day")
_ON_DAY: Final = Text("截止日在册在位的记录", "records in being on the cut-off day")


def _dated(kind: str) -> Source:
    return Source(kind, f"SELECT r.* FROM {kind} r WHERE {{dated}}", _IN_PERIOD)


def _each(kind: str, field: str, where: str = "{dated}", more: str = "") -> Source:
    """Give a view with a row for each unit that a field of a record names."""
    join = f"JOIN {kind}_of f ON f.owner = r.key AND f.field = '{field}'"
    return Source(kind, f"SELECT r.*{more}, f.value AS who FROM {kind} r {join} WHERE {where}", _IN_PERIOD, who=True)


VISITED: Final = """SELECT f.value FROM inspection r JOIN inspection_of f ON f.owner = r.key AND f.field = 'units'
    WHERE {dated} AND {visits}"""

TEAMS: Final = """SELECT r.*, CASE WHEN r.team IN (SELECT x.team FROM activity a
    JOIN activity_of f ON f.owner = a.key AND f.field = 'teams_covered' JOIN resource x ON x.id = f.value
    WHERE a.kind = 'training' AND COALESCE(a.withdrawn, $far) > $t AND a.day BETWEEN $s AND $c)
    THEN 1 ELSE 0 END AS trained,
    CASE WHEN EXISTS (SELECT 1 FROM activity a WHERE a.kind = 'training' AND COALESCE(a.withdrawn, $far) > $t AND a.day BETWEEN $s AND $c)
    THEN 1 ELSE 0 END AS trainings
  FROM resource r WHERE {seen} AND r.kind = 'team' AND r.day <= $c AND COALESCE(r.valid_to, $far) >= $c AND NOT EXISTS (SELECT 1
    FROM resource n WHERE n.kind = 'team' AND n.team = r.team AND n.day <= $c AND COALESCE(n.withdrawn, $far) > $t
    AND (n.day > r.day OR (n.day = r.day AND (n.id > r.id OR (n.id = r.id AND n.key > r.key)))))"""

INSPECTED: Final = "FROM inspection i JOIN inspection_of f ON f.owner = i.key AND f.field = '{field}'"
OF_PART: Final = f"""(SELECT f.value AS said, MAX(i.day) AS seen_on {INSPECTED.format(field="parts")}
    WHERE COALESCE(i.withdrawn, $far) > $t AND i.day <= $c GROUP BY f.value)"""
OF_UNIT: Final = f"""(SELECT f.value AS said, MAX(i.day) AS seen_on {INSPECTED.format(field="units")}
    LEFT JOIN inspection_of q ON q.owner = i.key AND q.field = 'parts'
    WHERE COALESCE(i.withdrawn, $far) > $t AND i.day <= $c AND q.owner IS NULL GROUP BY f.value)"""
LOOKED_AT: Final = f"""LEFT JOIN {OF_PART} n ON n.said = r.name LEFT JOIN {OF_PART} s ON s.said = NULLIF(r.site, '')
    LEFT JOIN {OF_UNIT} u ON u.said = NULLIF(r.unit, '')"""
CHECKED: Final = """CASE WHEN COALESCE(n.seen_on, 0) >= COALESCE(s.seen_on, 0) AND COALESCE(n.seen_on, 0) >= COALESCE(u.seen_on, 0)
    THEN COALESCE(n.seen_on, r.day) WHEN COALESCE(s.seen_on, 0) >= COALESCE(u.seen_on, 0) THEN s.seen_on ELSE u.seen_on END"""
"""The last day of an inspection of the point by its name or place, or of its whole unit; else the day of the record."""
CYCLE: Final = """CASE k.cycle WHEN 'shift' THEN 1 WHEN 'daily' THEN 1 WHEN 'weekly' THEN 7 WHEN 'fortnightly' THEN 14
    WHEN 'monthly' THEN 31 WHEN 'quarterly' THEN 92 WHEN 'yearly' THEN 366 END"""

SOURCES: Final[Mapping[str, Source]] = {
    "inspections": _dated("inspection"),
    "visits": _each("inspection", "units"),
    "crews": Source(
        "inspection",
        "SELECT r.*, COALESCE(f.value, '') AS drive FROM inspection r"
        " LEFT JOIN inspection_of f ON f.owner = r.key AND f.field = 'campaign' WHERE {dated}",
        _IN_PERIOD,
        rows=(("campaign", "drive"),),
    ),
    "clean_visits": Source(
        "inspection",
        "SELECT r.*, f.value AS who, CASE WHEN f.value IN (SELECT g.unit FROM ({found}) g) THEN 0 ELSE 1 END AS clean"
        " FROM inspection r JOIN inspection_of f ON f.owner = r.key AND f.field = 'units' WHERE {dated}",
        Text("区间内检查过的单位", "units inspected in the period"),
        who=True,
        hazards=True,
    ),
    "decisions": _dated("enforcement"),
    "concerned": _each("enforcement", "about"),
    "force": Source(
        "enforcement",
        "SELECT r.*, f.value AS who, CASE WHEN r.effective_on <= $c AND COALESCE(r.lifted_on, $far) > $c THEN 1 ELSE 0 END AS in_force"
        " FROM enforcement r JOIN enforcement_of f ON f.owner = r.key AND f.field = 'about' WHERE {seen} AND r.day <= $c",
        Text("截止日以前的决定，按截止日是否生效计", "decisions up to the cut-off day, by whether they are in force on it"),
        who=True,
    ),
    "accidents": _dated("accident"),
    "activities": _dated("activity"),
    "hosts": _each("activity", "units"),
    "duty": Source(
        "activity",
        "SELECT r.*, x.on_day FROM activity r JOIN activity_duty x ON x.owner = r.key WHERE {seen} AND x.on_day BETWEEN $s AND $c",
        Text("区间内的值班日", "days of duty in the period"),
    ),
    "resources": _dated("resource"),
    "gains": Source(
        "resource",
        "SELECT r.*, COALESCE(f.value, '') AS gainer FROM resource r"
        " LEFT JOIN resource_of f ON f.owner = r.key AND f.field = 'beneficiaries' WHERE {dated}",
        _IN_PERIOD,
    ),
    "stock_items": Source(
        "resource",
        "SELECT r.*, x.item, x.qty, x.kinds_stated FROM resource r JOIN resource_stock x ON x.owner = r.key WHERE {dated}",
        _IN_PERIOD,
        rows=(("item", "item"),),
    ),
    "teams": Source("resource", TEAMS, Text("每支队伍截止日以前最近的一条记录", "the latest record of each team up to the cut-off day")),
    "documents": _dated("document"),
    "tips": _dated("tip"),
    "targets": Source(
        "target",
        "SELECT r.* FROM target r WHERE COALESCE(r.withdrawn, $far) > $t",
        Text("截至日未作废的目标和义务", "targets and obligations not withdrawn by the as-of day"),
    ),
    "risk_points": Source(
        "risk_point",
        "SELECT r.* FROM risk_point r WHERE {seen} AND r.day <= $c AND COALESCE(r.removed_on, $far) > $c",
        _ON_DAY,
    ),
    "checks": Source(
        "risk_point",
        "SELECT q.*, CASE WHEN $c - q.checked > q.cycle_days THEN 1 ELSE 0 END AS lapsed FROM (SELECT r.*,"
        f" k.seq AS check_row, {CHECKED} AS checked, {CYCLE} AS cycle_days FROM risk_point r"
        f" JOIN risk_point_checks k ON k.owner = r.key {LOOKED_AT}"
        " WHERE {seen} AND r.day <= $c AND COALESCE(r.removed_on, $far) > $c) q",
        Text("截止日在册风险点的排查项", "check rows of the risk points in being on the cut-off day"),
    ),
    "register": Source(
        "unit",
        f"SELECT q.*, CASE WHEN q.id IN ({VISITED}) THEN 1 ELSE 0 END AS inspected,"
        f" CASE WHEN EXISTS ({VISITED}) THEN 1 ELSE 0 END AS outings FROM unit q"
        " WHERE COALESCE(q.withdrawn, $far) > $t AND COALESCE(q.valid_from, $c) <= $c AND COALESCE(q.closed_on, $c) >= $c",
        Text("截止日在册的单位", "units in the register on the cut-off day"),
        visits=True,
    ),
    "regions": Source("region", "SELECT r.* FROM region r", Text("配置中的地域表", "the tree of regions of the configuration")),
    "campaigns": Source(
        "campaign",
        "SELECT r.*, COALESCE(r.end_, $t) - r.day + 1 AS days FROM campaign r"
        " WHERE {seen} AND r.day <= $c AND COALESCE(r.end_, $far) >= $s",
        Text("区间内进行的专项行动", "campaigns that ran in the period"),
    ),
    "phases": Source(
        "campaign",
        "SELECT r.*, x.seq FROM campaign r LEFT JOIN campaign_phases x ON x.owner = r.key"
        " WHERE {seen} AND r.day <= $c AND COALESCE(r.end_, $far) >= $s",
        Text("区间内进行的专项行动", "campaigns that ran in the period"),
    ),
}


def standing(kind: str) -> Source:
    """Give the view of every record of a kind that a day knows; a day that may lie ahead (`Record.planned`) is known before it comes."""
    seen = "1 = 1" if BY_NAME[kind].model.planned else "COALESCE(r.day, 0) <= $t"
    return Source(kind, f"SELECT r.* FROM {kind} r WHERE {seen}", Text("截至日在册的全部记录", "every record known on the as-of day"))


def text(name: str, pieces: int, *, visits: str = "1 = 1", found: str = "") -> str:
    """Give the text of a view.

    Args:
        name: key of `SOURCES`.
        pieces: number of ranges of the period, as in `hazardctl.measures.views.Choice`.
        visits: conditions on the visits, over the columns of an inspection `r`.
        found: the text of the view of the hazards found.
    """
    dated = DATED.format(within=within("r.day", pieces))
    return SOURCES[name].sql.format(seen=SEEN, dated=dated, visits=visits, found=found)
