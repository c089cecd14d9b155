"""HZ008: a word outside its vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hazardctl.language import Text, plain
from hazardctl.rules.case import Case, Setting
from hazardctl.rules.parts import Field
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ008",
    kind="",
    since="0.1",
    title=Text("词不在词表内", "a word outside its vocabulary"),
    why=Text("词表外的写法会把合计拆成两半", "a word of one's own splits every total it belongs to"),
)
def unknown_word(case: Case) -> Iterator[Fault]:
    """A field with a vocabulary holds one of its keys, or a word that the ledger's configuration adds.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        sector: 消防  # HZ008
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        sector: fire
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    known = case.setting.ledger.words
    for holder in case.holders:
        for field in holder.said.coded:
            held = getattr(holder.value, field.attribute)
            if isinstance(held, str):
                if held and held not in known.get(field.fact.words, ()):
                    yield _fault(case.setting, field, held, (*holder.trail, field.name))
            else:
                for position, word in _said(held):
                    if word not in known.get(field.fact.words, ()):
                        yield _fault(case.setting, field, word, (*holder.trail, field.name, position))


def _said(held: Mapping[str, str] | tuple[str, ...]) -> Iterable[tuple[str | int, str]]:
    return held.items() if isinstance(held, Mapping) else enumerate(held)


def _fault(setting: Setting, field: Field, word: str, trail: tuple[str | int, ...]) -> Fault:
    known = setting.words(field.fact.words)
    near = setting.meant(field.fact.words, known, word)
    repair = Text("写 {it}", "write {it}").of(it=[plain(one) for one in near]) if near else _listed(list(known))
    message = Text("{label}“{it}”不在词表内", "{label}: “{it}” is not in the vocabulary").of(label=field.fact.label, it=word)
    return Fault(message, trail, repair)


def _listed(words: list[str]) -> Text:
    more = Text(" 等 {n} 个", " and others, {n} in all").of(n=len(words)) if len(words) > 12 else plain("")
    return Text("可用：{it}{more}", "there are: {it}{more}").of(it=words[:12], more=more)
