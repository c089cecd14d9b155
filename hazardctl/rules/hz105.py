"""HZ105: a reference to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model import ids
from hazardctl.model.kinds import BY_NAME
from hazardctl.rules.case import Case, Setting
from hazardctl.rules.parts import Link
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ105",
    kind="",
    since="0.1",
    title=Text("引用的记录不存在", "a reference to nothing"),
    why=Text("指向空处的引用，在按它汇总时就少算一条", "what refers to nothing is missing from every total made by that reference"),
)
def dangling_reference(case: Case) -> Iterator[Fault]:
    """An id or key names a record of this ledger; the evidence a line names stands in the record's `evidence`.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        campaign: [ZX-20240301-9RWK4]  # HZ105
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
        campaign: [ZX-20240301-9RWK4]
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        ```
    """
    units = case.setting.ledger.units
    for link in case.links:
        if link.text not in units and _dangles(link, case.setting):
            near = case.setting.meant("units", units, link.text) if link.kind == "unit" else []
            message = Text("“{it}”不存在", "“{it}” does not exist").of(it=link.text)
            yield Fault(message, link.trail, Text("是不是 {it}？", "did you mean {it}?").of(it=near) if near else _how(link))
    yield from _evidence(case)


def _dangles(link: Link, setting: Setting) -> bool:
    text, kind = link.text, BY_NAME.get(link.kind)
    if kind is None or text in setting.unread:
        return False
    if kind.name == "unit" and not looks_like_key(text):
        return False  # a typed name: HZ109
    if setting.prefixes.get(ids.prefix(text), kind.name) != kind.name:
        return False  # of another kind: HZ106
    if kind.name == "unit":
        return not setting.ledger.unit_keys(text)
    found = setting.ledger.by_id.get(text)
    return found is None


def looks_like_key(text: str) -> bool:
    """Say whether a text was meant as the key of a unit and not as its name."""
    return ids.is_id(text) or (ids.is_slug(text) and not text.replace("-", "").isdigit())


def _how(link: Link) -> Text:
    if link.kind == "unit":
        return Text(
            "登记这个单位  hazardctl new unit 名称 --key {it}，或改正键",
            "register the unit  hazardctl new unit NAME --key {it}, or correct the key",
        ).of(it=link.text)
    return Text("改正标识，或补登记这条记录", "correct the id, or register the record")


def _evidence(case: Case) -> Iterator[Fault]:
    if case.entry.kind.name != "hazard":
        return
    known = {one.path or one.url for one in case.hazard.evidence}
    for position, act in case.acts:
        for number, path in enumerate(act.evidence):
            if path not in known:
                message = Text("佐证“{it}”不在本记录的 evidence 内", "“{it}” does not stand in the record's evidence").of(it=path)
                repair = Text("在 evidence 补一行，或改正路径", "add it to evidence, or correct the path")
                yield Fault(message, ("history", position, "evidence", number), repair)
