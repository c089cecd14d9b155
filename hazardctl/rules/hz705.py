"""HZ705: somebody else wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.between import Between, Change, Commit
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.events import Event
from hazardctl.rules.past import new_lines
from hazardctl.rules.registry import Fault, rule

OTHER: Final = Text("写的是 {by}，提交的是 {author}（{who}）", "it says {by}, and {author} committed it ({who})")
UNKNOWN: Final = Text(
    "写的是 {by}，提交用的邮箱 {mail} 不在 people 里（{who}）", "it says {by}, and the address {mail} is nobody's in people ({who})"
)
RECTIFIER: Final = Text(
    "写的是 {by} 复查，提交的却是整改人 {author}（{who}）", "it says verified by {by}, and {author}, who rectified it, committed it ({who})"
)
UNSIGNED: Final = Text("台账要求签名，这个提交没有签名（{who}）", "this ledger wants commits signed, and this one is not ({who})")


@rule(
    "HZ705",
    scope="range",
    kind="",
    severity=Severity.WARNING,
    since="0.2",
    title=Text("经办人不是提交人", "somebody else wrote it"),
    why=Text("替别人写的一行，那个人未必知道", "a line written in somebody's name need not be known to them"),
    repair=Text("由本人提交；代录的，by 里把本人和代录人都写上", "let them commit it; who writes for another stands in by beside them"),
)
def author_mismatch(change: Change, span: Between) -> Iterator[Fault]:
    """A new line names the person who committed it, where the ledger knows that person's address.

    `people` of the beginning of the range says who has which address. A line of somebody without an address there (a unit's own
    person) may be committed by anyone. Where the ledger wants signatures (`require_signatures`), an unsigned commit is an error; so
    is a verification committed by the rectifier.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        # before: 2024-03-01
        schema: config/1
        people:
          - {name: 张三, emails: [zhang3@example.org]}
          - {name: 李四, emails: [li4@example.org]}
        ---
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-20 张三 <zhang3@example.org>
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: note, by: 李四, note: 已电话催办}  # HZ705
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        # before: 2024-03-01
        schema: config/1
        people:
          - {name: 张三, emails: [zhang3@example.org]}
          - {name: 李四, emails: [li4@example.org]}
        ---
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-20 李四 <li4@example.org>
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: note, by: 李四, note: 已电话催办}
        ```
    """
    unsigned: set[str] = set()
    for place, event, touch in new_lines(change, span):
        if touch.commit is None:
            continue
        trail = ("history", place, "by")
        if span.config.require_signatures and not touch.commit.signed and touch.commit.oid not in unsigned:
            unsigned.add(touch.commit.oid)
            yield Fault(UNSIGNED.of(who=touch.who), trail, severity=Severity.ERROR)
        if (message := _differs(event, touch.commit, span)) is None:
            continue
        author = span.author(touch.commit)
        if event.do == "verify" and author and author in _rectifiers(change, span):
            yield Fault(RECTIFIER.of(by=list(event.by), author=author, who=touch.who), trail, severity=Severity.ERROR)
        else:
            yield Fault(message.of(by=list(event.by), author=author, mail=touch.commit.email, who=touch.who), trail)


def _differs(event: Event, commit: Commit, span: Between) -> Text | None:
    """Say how a line and its commit differ; None where they agree or nobody can tell."""
    author = span.author(commit)
    people = [span.config.person(name.strip()) for name in event.by]
    if not any(one and one.emails for one in people) or (author and author in {one.name for one in people if one}):
        return None
    return OTHER if author else UNKNOWN


def _rectifiers(change: Change, span: Between) -> frozenset[str]:
    record = change.after.record
    claims = [event for event in record.history if event.do == "rectify"] if record else []
    return frozenset(span.config.named(name) for event in claims for name in event.by)
