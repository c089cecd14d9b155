"""`explain CODE`, `explain STATE`, `explain VERB`: the page of a rule, of a state or flag, of an act (EXPERIENCE §2.3)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.errors import UsageError
from hazardctl.history import MOVES
from hazardctl.language import Language, Text
from hazardctl.model.events import EVENTS
from hazardctl.model.fields import facts
from hazardctl.rules.registry import Rule, registry, rule_of
from hazardctl.vocabulary import FLAGS, STATES, VERBS, Term, find, nearest

CODE: Final = re.compile(r"HZ\d{1,3}", re.ASCII | re.IGNORECASE)
UNKNOWN: Final = Text("“{it}”不是规则代码、状态或动作", "“{it}” is no rule code, state or verb")
MEANT: Final = Text("是不是 {it}？", "did you mean {it}?")
CODES: Final = Text("规则代码从 {first} 到 {last}", "rule codes run from {first} to {last}")

HEADS: Final[Mapping[str, Text]] = {
    "why": Text("依据", "why"),
    "repair": Text("修改", "repair"),
    "Bad": Text("错误写法（标出的行会被报告）", "bad (the marked line is reported)"),
    "Good": Text("正确写法", "good"),
    "into": Text("由此进入", "led to by"),
    "out": Text("此后可以", "what fits then"),
    "flags": Text("相关标志", "flags"),
    "fits": Text("适用状态", "fits when"),
    "to": Text("之后状态", "leads to"),
    "fields": Text("字段", "fields"),
}
SEVERITIES: Final[Mapping[Severity, Text]] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("提示", "note"),
    Severity.SILENT: Text("不报", "silent"),
}
BRANCHES: Final[Mapping[str, Text]] = {
    "on_spot": Text("当场", "on the spot"),
    "pass": Text("合格", "passed"),
    "fail": Text("不合格", "failed"),
    "other": Text("其他原因", "for another reason"),
}
SAME: Final = Text("状态不变", "the same state")
FROM_NOTHING: Final = Text("尚无记录", "nothing yet")
MEANINGS: Final[Mapping[str, Text]] = {
    "registered": Text("已经发现并写进台账，还没有人负责整改", "found and written down; nobody answers for it yet"),
    "assigned": Text("有了责任单位和期限", "a unit answers for it, with a deadline"),
    "rectifying": Text("责任单位说已经动手（可以没有这一步）", "the unit says it has begun (this step may be left out)"),
    "rectified": Text("责任单位说改好了，别人还没有看过", "the unit says it is done; nobody else has looked"),
    "verified": Text("复查合格，还没有销号", "somebody else looked and passed it; not struck off yet"),
    "closed": Text("已经销号，写明了原因", "struck off, with a reason"),
    "withdrawn": Text("不是或不再是一条单独的隐患；不删除，不计数", "not, or no longer, a hazard of its own; kept, and counted nowhere"),
    "transferred": Text("移交给本台账以外的部门", "in the hands of an authority outside this ledger"),
    "overdue": Text(
        "期限已过，没有有效的整改申报；期限当日不算", "past its deadline without a standing claim; the due day itself is not overdue"
    ),
    "due_soon": Text("几天之内到期，还没有整改申报", "due within a few days, and nothing claimed"),
    "returned": Text("上次复查不合格，还没有重新申报", "the last re-inspection failed and no new claim was made"),
    "reopened": Text("办结后同一隐患再次出现，进入第二轮或以后", "the same defect came back: in its second or a later cycle"),
    "extended": Text("本轮批准过延期", "an extension was granted in this cycle"),
    "listed": Text("上级挂牌督办，还没有摘牌", "listed by a higher authority and not released"),
    "stopped": Text("因为它停产停用，还没有了结", "production stands still because of it"),
    "suspect": Text("复查合格之后，事实或佐证被改动过", "facts or evidence changed after the pass"),
}
BLOCK: Final = re.compile(r"^(Bad|Good):\n((?: {4}.*\n?|\n)+)", re.MULTILINE)


def page(what: str, language: Language) -> str:
    """Give the page of a rule code, a state, a flag or a verb, as lines of text.

    Raises:
        UsageError: it is none of these; the nearest names are in the hint.
    """
    asked = what.strip()
    if CODE.fullmatch(asked):
        return "\n".join(_of_rule(_known(asked.upper()), language)) + "\n"
    for vocabulary, lines in ((STATES, _of_state), (FLAGS, _of_flag), (VERBS, _of_verb)):
        if key := find(vocabulary, asked):
            return "\n".join(lines(vocabulary[key], language)) + "\n"
    raise _unknown(asked)


def _known(code: str) -> Rule:
    found = rule_of(code)
    if found is None:
        codes = list(registry())
        near = nearest(codes, code)
        hint = MEANT.of(it=near) if near else CODES.of(first=codes[0], last=codes[-1])
        raise UsageError(Text("没有规则 {it}", "there is no rule {it}").of(it=code), hint)
    return found


def _unknown(asked: str) -> UsageError:
    words = {spelling for table in (STATES, FLAGS, VERBS) for term in table.values() for spelling in term.spellings()}
    near = nearest(sorted(words), asked)
    return UsageError(UNKNOWN.of(it=asked), *([MEANT.of(it=near)] if near else []))


def _of_rule(rule: Rule, language: Language) -> Iterator[str]:
    """The words in the language asked for; the longer text in English alone, the records of the examples are the same."""
    yield f"{rule.code} {rule.name}   {SEVERITIES[rule.severity].say(language)}   {rule.since}"
    yield f"  {rule.title.say(language)}"
    yield ""
    yield from _entry("why", rule.why, language)
    if rule.repair:
        yield from _entry("repair", rule.repair, language)
    if language == "en":
        yield ""
        yield from _indented(BLOCK.sub("", rule.page).strip())
    for side, block in BLOCK.findall(rule.page):
        yield ""
        yield f"  {HEADS[side].say(language)}"
        yield from _indented(textwrap.dedent(block).strip().removeprefix("```yaml\n").removesuffix("\n```"), "    ")


def _indented(text: str, by: str = "  ") -> Iterator[str]:
    for line in text.split("\n"):
        yield f"{by}{line}".rstrip()


def _entry(head: str, text: Text, language: Language) -> Iterator[str]:
    yield f"  {HEADS[head].say(language)}  {text.say(language)}"


def _of_state(term: Term, language: Language) -> Iterator[str]:
    into = [_move(row) for row, (_, target) in MOVES.items() if target == term.key]
    out = [_move(row) for row, (states, _) in MOVES.items() if term.key in states]
    yield f"{term.heading.say(language)}  {term.key}"
    yield f"  {MEANINGS[term.key].say(language)}"
    yield ""
    yield from _entry("into", _joined(into), language)
    yield from _entry("out", _joined(out), language)


def _of_flag(term: Term, language: Language) -> Iterator[str]:
    yield f"{term.heading.say(language)}  {term.key}"
    yield f"  {MEANINGS[term.key].say(language)}"


def _of_verb(term: Term, language: Language) -> Iterator[str]:
    yield f"{term.heading.say(language)}  {term.key}"
    doc = (EVENTS[term.key].__doc__ or "").split("\n", 1)[0]
    if language == "en":
        yield f"  {doc}"
    yield ""
    for row, (states, target) in MOVES.items():
        if row.partition(":")[0] == term.key:
            fits = [STATES[state].label if state in STATES else FROM_NOTHING for state in (*STATES, "absent") if state in states]
            arrow = Text("{row}：{fits} → {to}", "{row}: {fits} -> {to}")
            yield f"  {arrow.of(row=_move(row), fits=_joined(fits), to=STATES[target].label if target else SAME).say(language)}"
    yield ""
    yield from _entry("fields", _joined([_field(name, label) for name, label in _fields(term.key)]), language)


def _fields(verb: str) -> Iterator[tuple[str, Text]]:
    yield from ((name, fact.label) for name, fact in facts(EVENTS[verb]).items())


def _field(name: str, label: Text) -> Text:
    return Text("{name} {label}", "{name} ({label})").of(name=name, label=label)


def _move(row: str) -> Text:
    verb, _, branch = row.partition(":")
    label = VERBS[verb].label
    return Text("{verb}（{branch}）", "{verb} ({branch})").of(verb=label, branch=BRANCHES[branch]) if branch else label


def _joined(parts: list[Text]) -> Text:
    return Text("{it}", "{it}").of(it=parts)
