"""The document (文件文书): plans, agreements, letters of responsibility, orders, opinions, filings (DOMAIN §2.10)."""

from __future__ import annotations

from typing import ClassVar

from hazardctl.model.fields import Count, Day, Flag, Names, NumberMap, Part, PeriodWord, Words, fact
from hazardctl.model.record import Record


class Ordered(Part, frozen=True):
    """One item of an order or an opinion: which hazard, by which day, with what result."""

    hazard: Words = fact("隐患", "hazard", need="always", ref="hazard")
    due: Day | None = fact("期限", "due", None)
    result: Words = fact("结论", "result", words="results")


class Signer(Part, frozen=True):
    """An officer who signed, with the number of his certificate."""

    name: Words = fact("姓名", "name", need="always")
    cert: Words = fact("证号", "certificate")


class Document(Record, frozen=True):
    """A paper that was issued or signed."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"

    date: Day = fact("日期", "date", ..., need="always")
    kind: Words = fact("文种", "kind", need="always", words="document_kinds")
    title: Words = fact("标题", "title", need="always")
    issuer: Words = fact("制发单位", "issuer", need="always", ref="unit")
    party: Words = fact("签订方", "party", need="should", when="kind: responsibility_letter agreement duty_list power_list", ref="unit")
    counterparts: Names = fact("对方", "counterparts", (), ref="unit")
    level: Words = fact("层级", "level", need="always", when="kind: plan", words="document_levels")
    year: Count | None = fact("年度", "year", None, need="always", when="kind: responsibility_letter")
    period: PeriodWord = fact("报送期", "period reported", need="always", when="kind: submission")
    count: Count = fact("份数", "copies", 1)
    hazards: Names = fact("涉及隐患", "hazards", (), need="always", when="kind: order review_opinion", ref="hazard")
    items: tuple[Ordered, ...] = fact("逐项", "items", (), need="should", when="kind: order review_opinion")
    previous: Words = fact(
        "前序文书", "document before it", need="should", when="kind: review_opinion lift extension_reply", ref="document"
    )
    signers: tuple[Signer, ...] = fact("执法人员", "signers", (), need="should", when="kind: order review_opinion")
    valid_until: Day | None = fact("有效期", "last day of force", None, after="date")
    revised: Flag = fact("修订", "revision of an older one", default=False)
    path: Words = fact("附件", "file")
    url: Words = fact("网址", "URL")
    sha256: Words = fact("校验值", "SHA-256")
    figures: NumberMap | None = fact("报送数", "figures filed", None, need="always", when="kind: submission")
