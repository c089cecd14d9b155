"""Running the rules: every finding of a ledger or of one record, with the severities and waivers of the ledger applied."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from hazardctl.between import Between
from hazardctl.diagnostics import Finding, Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.house import HouseRule
from hazardctl.model.record import Record
from hazardctl.rules.asking import Runs, runs
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import NOTHING, Beyond, Case, Setting
from hazardctl.rules.registry import Fault, Rule, registry

SEVERITIES: Final[Mapping[str, Severity]] = {severity.value: severity for severity in Severity}
MOST: Final = 50
"""Findings of one code that a record shows one by one."""
MORE: Final = Text("{first}（这种问题本记录另有 {n} 处）", "{first} (and {n} more of this kind in this record)")
FORBIDDEN: Final = Text("本台账规定不得有：{it}", "a rule of this ledger: there must be no {it}")
ASKED_ALWAYS: Final = frozenset({"reader", "record", "ledger"})
CONFIG_FILE: Final = "hazardctl.yaml"


class Verdict(NamedTuple):
    """A finding with the file and record it is about, and its severity in this ledger."""

    path: str
    record: str
    finding: Finding
    severity: Severity


def check(
    ledger: Ledger, today: dt.date, codes: Collection[str] | None = None, *, beyond: Beyond = NOTHING, preview: bool = False,
    but: Collection[str] = (),
) -> list[Verdict]:  # fmt: skip
    """Give every finding of a ledger but the silent ones, file by file.

    Args:
        ledger: as loaded, with what the reader said.
        today: the day overdue, late and future are judged on.
        codes: only these rules; when None all that are on in this ledger.
        beyond: what rules cannot look up by themselves.
        preview: rules in preview are on as well; else only those the configuration names.
        but: files whose records are not judged by themselves; what compares records looks at them all the same.
    """
    chosen = _chosen(codes, ledger.config, preview=preview)
    return sorted(_shown(_all(Setting(ledger, today, beyond=beyond), chosen, codes, but)), key=order)


def order(verdict: Verdict) -> tuple[str, str, str, str]:
    """Give the order in which findings leave this room: by file, code, part and words."""
    return verdict.path, verdict.finding.code, str(verdict.finding.trail), verdict.finding.message.en


def by_record(setting: Setting) -> Callable[[Entry[Record]], list[Verdict]]:
    """Give the function that judges one record of a whole ledger by itself; rules that compare records are not asked.

    The positions of the waivers that excused a finding are noted in the setting.
    """
    chosen = _chosen(None, setting.config)
    of_kind = runs(frozenset(chosen))
    return lambda entry: sorted(found, key=order) if (found := _shown(_of_entry(entry, setting, of_kind, chosen))) else []


def of_ledger(setting: Setting) -> list[Verdict]:
    """Give all findings of a ledger but those its records have by themselves (`by_record`), which come first.

    Args:
        setting: with what excused findings of records noted in it.
    """
    chosen = _chosen(None, setting.config)
    return _shown([*_beside(setting, chosen), *_wide(setting, chosen, None)])


def _shown(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.severity is not Severity.SILENT]


def check_record(entry: Entry[Record], ledger: Ledger, today: dt.date, codes: Collection[str] | None = None) -> list[Verdict]:
    """Give the findings of one record, which need not be in the ledger yet; rules that compare records are not asked.

    Args:
        entry: the record, as read or about to be written.
        ledger: for look-ups: units, campaigns, regions, configuration.
        today: as in `check`.
        codes: as in `check`.
    """
    chosen = _chosen(codes, ledger.config)
    return _shown(_of_entry(entry, Setting(ledger, today, whole=False), runs(frozenset(chosen)), chosen))


def check_range(span: Between, codes: Collection[str] | None = None, *, preview: bool = False) -> list[Verdict]:
    """Give every finding of the rules about a range; severities are those of its beginning.

    Args:
        span: the ledger before and after, and what changed.
        codes: as in `check`.
        preview: as in `check`.
    """
    found: list[Verdict] = []
    for rule in _chosen(codes, span.config, preview=preview).values():
        for change in span.of(rule.kind) if rule.scope == "range" else ():
            record, here = change.after.record or change.before.record, change.after.record
            faults: Iterable[Fault] = () if here and _excused(here, rule.code, span.today) else rule.check(change, span) or ()
            found += (_verdict(change.path, record.id if record else "", rule.finding(fault), span.config) for fault in faults)
    return sorted(_shown(found), key=order)


def _excused(record: Record, code: str, today: dt.date) -> bool:
    return any(one.code == code and one.reason and one.by and one.until is not None and today <= one.until for one in record.waivers)


def _chosen(codes: Collection[str] | None, config: Config, *, preview: bool = False) -> Mapping[str, Rule]:
    """Give the rules asked for by name, else those that are on: a preview where it is asked for or the ledger names it."""
    if codes is not None:
        return {code: rule for code, rule in registry().items() if code in codes}
    return {code: rule for code, rule in registry().items() if preview or rule.status != "preview" or code in config.rules}


def _all(setting: Setting, chosen: Mapping[str, Rule], codes: Collection[str] | None, but: Collection[str]) -> Iterator[Verdict]:
    """Ask the rules, those about waivers last: whether an excuse was needed is known when every other rule has spoken."""
    asked = _asked(setting, chosen, codes)
    of_kind = runs(frozenset(asked))
    entries = (entry for entry in setting.ledger.entries if entry.path not in but)
    read = (verdict for entry in entries for verdict in _of_entry(entry, setting, of_kind, asked))
    for verdict in itertools.chain(read, _beside(setting, asked)):
        if codes is None or verdict.finding.code in codes:
            yield verdict
    yield from _wide(setting, chosen, codes)


def _asked(setting: Setting, chosen: Mapping[str, Rule], codes: Collection[str] | None) -> Mapping[str, Rule]:
    """Give the rules that must speak for the chosen ones to be judged: all of them, where one is about waivers."""
    last = any(rule.scope == "waivers" for rule in chosen.values())
    return _chosen(None, setting.config) if last and codes is not None else chosen


def _wide(setting: Setting, chosen: Mapping[str, Rule], codes: Collection[str] | None) -> Iterator[Verdict]:
    """Ask the rules that compare records, those of the house, and those about waivers."""
    asked = _asked(setting, chosen, codes)
    for verdict in _compared(setting, [rule for rule in asked.values() if rule.scope == "ledger"]):
        if codes is None or verdict.finding.code in codes:
            yield verdict
    for house in setting.config.house_rules:
        for path in setting.forbidden(house).paths:
            entry = setting.ledger.by_path(path)
            if entry is not None and not setting.excuses(entry, house.code):
                yield Verdict(path, entry.record.id, house_finding(house), SEVERITIES[house.severity])
    setting.judged = frozenset(code for code, rule in asked.items() if rule.scope in ASKED_ALWAYS) | {
        house.code for house in setting.config.house_rules
    }
    yield from _compared(setting, [rule for rule in chosen.values() if rule.scope == "waivers"])


def _beside(setting: Setting, chosen: Mapping[str, Rule]) -> Iterator[Verdict]:
    """Say what the reader said of files that are no readable records."""
    ledger = setting.ledger
    for unread in ledger.unread:  # no setting makes light of what keeps a record out of the figures
        verdicts = (_verdict(unread.path, "", finding, setting.config) for finding in unread.findings if finding.code in chosen)
        yield from (
            one._replace(severity=Severity.ERROR) if chosen[one.finding.code].severity is Severity.ERROR else one for one in verdicts
        )
    for path, finding in (*ledger.strays, *((CONFIG_FILE, finding) for finding in ledger.checked)):
        if finding.code in chosen:
            yield _verdict(path, "", finding, setting.config)


def _compared(setting: Setting, rules: Iterable[Rule]) -> Iterator[Verdict]:
    for rule in rules:
        pairs: Iterable[tuple[Entry[Record] | Brief | str | None, Fault]] = rule.check(setting) or ()
        for about, fault in pairs:
            finding = rule.finding(fault)
            entry = setting.ledger.by_path(about.path) if isinstance(about, Brief) else about
            if entry is None or isinstance(entry, str):
                yield _verdict(entry or CONFIG_FILE, "", finding, setting.config)
            elif not setting.excuses(entry, rule.code):
                yield _verdict(entry.path, entry.record.id, finding, setting.config)


def house_finding(house: HouseRule) -> Finding:
    """Say that a record is one the house forbids."""
    message = Text(house.message.zh, house.message.en or house.message.zh)
    return Finding(house.code, message, ("id",), because=FORBIDDEN.of(it=house.forbid or house.measure))


def _of_entry(entry: Entry[Record], setting: Setting, of_kind: Callable[[str], Runs], chosen: Mapping[str, Rule]) -> Iterator[Verdict]:
    record = entry.record
    said = [finding for finding in entry.findings if finding.code in chosen]
    found = [*said, *of_kind(entry.kind.name).findings(Case(entry, setting))]
    for finding in found if len(found) <= MOST else _capped(found):
        if not setting.excuses(entry, finding.code):
            yield _verdict(entry.path, record.id, finding, setting.config)


def _capped(found: Iterable[Finding]) -> Iterator[Finding]:
    """Give the first findings of each code; the last of them says how many more there are."""
    totals, seen = Counter(finding.code for finding in found), Counter[str]()
    for finding in found:
        seen[finding.code] += 1
        if seen[finding.code] < MOST or totals[finding.code] == MOST == seen[finding.code]:
            yield finding
        elif seen[finding.code] == MOST:
            yield replace(finding, message=MORE.of(first=finding.message, n=totals[finding.code] - MOST))


def _verdict(path: str, record: str, finding: Finding, config: Config) -> Verdict:
    """Give a finding its severity: of the ledger, else its own, else of the rule; and the rule's words where it has none."""
    rule = registry().get(finding.code)
    stated = config.rules.get(finding.code, "") if config.rules else ""
    severity = SEVERITIES.get(stated) or finding.severity or (rule.severity if rule else Severity.ERROR)
    if rule and (finding.because is None or (finding.repair is None and rule.repair)):
        finding = replace(finding, because=finding.because or rule.why, repair=finding.repair or rule.repair)
    return Verdict(path, record, finding, severity)
