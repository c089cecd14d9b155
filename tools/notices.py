"""Build the Word templates of the papers: `python -m tools.notices` writes them, `--check` says which are not as written here.

A Word file cannot be reviewed; this can. Offices change copies of the files, not this.
"""

# ruff: noqa: E501 (a sentence of a template stands on one line, as it will on the paper)

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.ops.notices.kinds import PAPERS, Paper
from hazardctl.render import fonts, word
from hazardctl.render.archive import undated

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FOLDER: Final = Path(__file__).resolve().parents[1] / "hazardctl" / "templates" / "notice"
A4: Final = (210, 297)
MARGINS: Final = (37, 28, 35, 26)
"""Millimetres: top, left, bottom, right (the look of GB/T 9704)."""
RED: Final = "C00000"
WRITTEN: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

ADDRESSEE: Final = Text("{{ unit }}：", "To {{ unit }}:")
MAJORS: Final = Text("{% if majors %}其中第{{ majors }}项是重大事故隐患。{% endif %}", "{% if majors %}Major: no. {{ majors }}.{% endif %}")
DUTY: Final = Text(
    "整改期间要落实防范措施；不能保证安全的，先停用、先撤人。",
    "Keep people safe while the work goes on; where that cannot be done, stop and clear the place first.",
)
COPIES: Final = Text("一式两份，一份交被检查单位，一份存档。", "In two copies: one for the unit, one for the file.")
HEAD: Final = Text("单位负责人（签名）：　　　　　　　　年　　月　　日", "For the unit (signature, day): ____________________")
INSPECTED: Final = Text("检查人员：{{ inspectors }}", "Inspected by: {{ inspectors }}")
SIGNED: Final = Text(
    "执法人员：{% for one in signers %}{{ one.name }}（证号 {{ one.cert }}）{% if not loop.last %}、{% endif %}{% endfor %}",
    "Officers: {% for one in signers %}{{ one.name }} (certificate {{ one.cert }}){% if not loop.last %}, {% endif %}{% endfor %}",
)

Columns = Sequence[tuple[Text, Text, int]]
"""Heading, what stands below it, and its share of the room."""

ITEMS: Final[Columns] = (
    (Text("序号", "No."), Text("{{ one.no }}", "{{ one.no }}"), 12),
    (Text("部位及隐患", "Site and hazard"), Text("{{ one.site }}：{{ one.hazard }}\n{{ one.id }}", "{{ one.site }}: {{ one.hazard }}\n{{ one.id }}"), 58),
    (Text("级别", "Grade"), Text("{{ one.grade }}", "{{ one.grade }}"), 14),
    (Text("依据", "Basis"), Text("{{ one.basis }}", "{{ one.basis }}"), 30),
    (Text("整改要求", "Requirement"), Text("{{ one.requirement }}", "{{ one.requirement }}"), 34),
    (Text("期限", "Due"), Text("{{ one.due }}", "{{ one.due }}"), 24),
)  # fmt: skip
DECIDED: Final[Columns] = (
    (Text("序号", "No."), Text("{{ one.no }}", "{{ one.no }}"), 12),
    (Text("隐患", "Hazard"), Text("{{ one.hazard }}\n{{ one.id }}", "{{ one.hazard }}\n{{ one.id }}"), 46),
    (Text("原期限", "Due before"), Text("{{ one.old_due }}", "{{ one.old_due }}"), 24),
    (Text("申请延至", "Asked for"), Text("{{ one.asked_due }}", "{{ one.asked_due }}"), 24),
    (Text("理由和临时管控措施", "Reason and interim control"), Text("{{ one.why }}\n{{ one.interim }}", "{{ one.why }}\n{{ one.interim }}"), 44),
    (Text("审批意见", "Decision"), Text("{{ one.decision }}", "{{ one.decision }}"), 22),
)  # fmt: skip
ACCEPTED: Final[Columns] = (
    (Text("序号", "No."), Text("{{ one.no }}", "{{ one.no }}"), 12),
    (Text("隐患", "Hazard"), Text("{{ one.hazard }}\n{{ one.id }}", "{{ one.hazard }}\n{{ one.id }}"), 48),
    (Text("整改情况", "What was done"), Text("{{ one.done }}", "{{ one.done }}"), 46),
    (Text("完成日期", "Done on"), Text("{{ one.rectified_on }}", "{{ one.rectified_on }}"), 26),
    (Text("实际投入（元）", "Spent, yuan"), Text("{{ one.spent }}", "{{ one.spent }}"), 26),
)
Body = Sequence["Text | Columns"]
BODIES: Final[Mapping[str, Body]] = {
    "notice": (
        Text(
            "{{ found_on }}，{{ inspectors }}到你单位检查，查出下列{{ count }}项事故隐患：",
            "On {{ found_on }} {{ inspectors }} inspected your unit and found {{ count }} hazards:",
        ),
        ITEMS,
        MAJORS,
        Text(
            "请按表中要求逐项整改，在各项期限以前报来整改情况和整改后的照片。",
            "Please do what the table asks, and send what was done with photographs before each day named in it.",
        ),
        DUTY,
        INSPECTED,
        HEAD,
        COPIES,
    ),
    "order": (
        Text(
            "{{ found_on }}，{{ inspectors }}对你单位现场检查，发现下列{{ count }}项问题：",
            "On {{ found_on }} {{ inspectors }} inspected your unit and found {{ count }} faults:",
        ),
        ITEMS,
        MAJORS,
        Text(
            "现责令你单位：{% for one in items %}第{{ one.no }}项于{{ one.due }}前整改完毕{% if not loop.last %}；{% endif %}{% endfor %}。"
            "到期不整改或者整改不合格的，依法处理。",
            "You are ordered to rectify {% for one in items %}no. {{ one.no }} by {{ one.due }}{% if not loop.last %}; {% endif %}{% endfor %}. "
            "What is not rectified by then will be dealt with by law.",
        ),
        DUTY,
        Text(
            "不服本指令的，可以在收到之日起六十日内向〔请填写复议机关〕申请行政复议，或者在六个月内向〔请填写人民法院〕提起行政诉讼；"
            "复议、诉讼期间指令照常执行。",
            "Whoever disagrees may ask [fill in the authority] for reconsideration within sixty days of receipt, or sue before [fill in the court] "
            "within six months; meanwhile the order stands.",
        ),
        SIGNED,
        HEAD,
        COPIES,
    ),
    "reinspect": (
        Text(
            "{{ previous.date }}发出的《{{ previous.title }}》（{{ previous.number }}）所列隐患，由{{ verifiers }}于{{ verified_on }}复查，意见如下：",
            "The hazards of the {{ previous.title }} {{ previous.number }} of {{ previous.date }} were reviewed by {{ verifiers }} on "
            "{{ verified_on }}:",
        ),
        Text("{%p if passed %}", "{%p if passed %}"),
        Text("一、下列{{ passed|length }}项整改合格：", "1. {{ passed|length }} passed:"),
        Text("{%p for one in passed %}", "{%p for one in passed %}"),
        Text("{{ loop.index }}．{{ one.hazard }}（{{ one.id }}）", "({{ loop.index }}) {{ one.hazard }} ({{ one.id }})"),
        Text("{%p endfor %}", "{%p endfor %}"),
        Text("{%p endif %}", "{%p endif %}"),
        Text("{%p if failed %}", "{%p if failed %}"),
        Text(
            "{% if passed %}二{% else %}一{% endif %}、下列{{ failed|length }}项不合格，须继续整改：",
            "{% if passed %}2{% else %}1{% endif %}. {{ failed|length }} failed and must be rectified:",
        ),
        Text("{%p for one in failed %}", "{%p for one in failed %}"),
        Text(
            "{{ loop.index }}．{{ one.hazard }}（{{ one.id }}）。原因：{{ one.reason }}。期限：{{ one.due }}。",
            "({{ loop.index }}) {{ one.hazard }} ({{ one.id }}). Why: {{ one.reason }}. Due: {{ one.due }}.",
        ),
        Text("{%p endfor %}", "{%p endfor %}"),
        Text("{%p endif %}", "{%p endif %}"),
        Text(
            "复查人员：{% for one in signers %}{{ one.name }}（证号 {{ one.cert }}）{% if not loop.last %}、{% endif %}{% endfor %}",
            "Reviewed by: {% for one in signers %}{{ one.name }} (certificate {{ one.cert }}){% if not loop.last %}, {% endif %}{% endfor %}",
        ),
        HEAD,
        COPIES,
    ),
    "extension": (
        Text(
            "你单位就下列{{ count }}项隐患提出的延期申请收悉，审批如下：",
            "Your application for an extension of {{ count }} hazards was decided as follows:",
        ),
        DECIDED,
        Text("{%p for one in items %}", "{%p for one in items %}"),
        Text(
            "第{{ one.no }}项：{{ one.decision }}。现行期限{{ one.due }}，已延期{{ one.extensions }}次；审批人{{ one.approver }}，{{ one.decided_on }}。",
            "No. {{ one.no }}: {{ one.decision }}. Due {{ one.due }}, extended {{ one.extensions }} times; {{ one.approver }}, {{ one.decided_on }}.",
        ),
        Text("{%p endfor %}", "{%p endfor %}"),
        Text(
            "延期期间临时管控措施不得放松；措施失效的，立即停用并报告。",
            "The interim controls stay in force until then; where one fails, stop at once and report.",
        ),
        HEAD,
    ),
    "listing": (
        Text("{%p for one in items %}", "{%p for one in items %}"),
        Text(
            "你单位{{ one.site }}存在的重大事故隐患“{{ one.hazard }}”（{{ one.id }}），自{{ one.listed_on }}起实行{{ one.level }}挂牌督办，"
            "督办文号{{ one.listing_number }}。要求：",
            "The major hazard at {{ one.site }}, {{ one.hazard }} ({{ one.id }}), is listed from {{ one.listed_on }} on ({{ one.level }}, "
            "{{ one.listing_number }}). What is asked:",
        ),
        Text("一、{{ one.listing_due }}前整改完毕。", "1. Rectified by {{ one.listing_due }}."),
        Text("二、{{ one.plan_by }}前报送治理方案。", "2. The treatment plan filed by {{ one.plan_by }}."),
        Text("三、每季度至少报告一次治理进展。", "3. Progress reported at least once a quarter."),
        Text("四、整改完成后、期限届满前申请验收。", "4. Acceptance asked for when the work is done, before that day."),
        Text(
            "五、确需延期的，最迟{{ one.apply_by }}提出申请，写明理由和临时管控措施。",
            "5. An extension asked for by {{ one.apply_by }} at the latest, with its reason and the interim controls.",
        ),
        Text("{%p endfor %}", "{%p endfor %}"),
        DUTY,
        Text(
            "签发人：{% for one in signers %}{{ one.name }} {% endfor %}", "Issued by: {% for one in signers %}{{ one.name }} {% endfor %}"
        ),
        Text("送达人：　　　　　　签收人：　　　　　　年　　月　　日", "Served by: ____________  Received by, day: ____________"),
    ),
    "acceptance": (
        Text(
            "{{ verifiers }}于{{ verified_on }}对下列{{ count }}项隐患验收：",
            "{{ verifiers }} looked at {{ count }} hazards on {{ verified_on }}:",
        ),
        ACCEPTED,
        Text("验收意见：以上各项已整改完成，情况属实，验收合格。", "Opinion: the work was done as told; it passes."),
        Text("单位自评：〔请填写〕　　专家意见：〔请填写〕", "The unit's own assessment: [fill in]. Experts: [fill in]."),
        Text(
            "验收人员：{% for one in signers %}{{ one.name }} {% endfor %}",
            "Accepted by: {% for one in signers %}{{ one.name }} {% endfor %}",
        ),
        HEAD,
    ),
}


def template(paper: Paper, language: Language) -> bytes:
    """Give the Word template of a paper in a language."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in A4)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = (Mm(size) for size in MARGINS)
    word.faced(document.styles["Normal"], fonts.BODY)
    footer = section.footer.paragraphs[0]
    word.centred(footer)
    word.field(footer, "PAGE")
    word.centred(_written(document, "{{ issuer }}", fonts.TITLE, 22, colour=RED))
    word.centred(_written(document, "{{ title }}", fonts.TITLE, 22, bold=True))
    word.right(_written(document, "{{ number }}", fonts.BODY, 14))
    _written(document, ADDRESSEE.say(language), fonts.BODY, 16)
    for part in BODIES[paper.key]:
        if isinstance(part, Text):
            paragraph = _written(document, part.say(language), fonts.BODY, 16)
            paragraph.paragraph_format.first_line_indent = Mm(11) if language == "zh" else None
        else:
            _table(document, part, language)
    for text in ("{{ issuer }}", "{{ date }}"):
        last = _written(document, text, fonts.BODY, 16)
        word.right(last)
        last.paragraph_format.keep_together = last.paragraph_format.keep_with_next = True
    told = document.core_properties
    told.author, told.comments, told.title = "hazardctl", "", paper.title.say(language)
    told.created = told.modified = WRITTEN
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def _written(document: Document, text: str, face: str, size: float, *, bold: bool = False, colour: str = "") -> Paragraph:
    paragraph = document.add_paragraph()
    _run(paragraph, text, face, size, bold=bold, colour=colour)
    return paragraph


def _run(paragraph: Paragraph, text: str, face: str, size: float, *, bold: bool = False, colour: str = "") -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    word.faced(run, face)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _table(document: Document, columns: Columns, language: Language) -> None:
    """Write a table that repeats its third row for each hazard."""
    lines = [[head.say(language) for head, _, _ in columns], ["{%tr for one in items %}"], [cell.say(language) for _, cell, _ in columns]]
    lines.append(["{%tr endfor %}"])
    grid = document.add_table(len(lines), len(columns), "Table Grid")
    section = document.sections[0]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    word.sized(grid, [share for _, _, share in columns], room)
    for place, (line, row) in enumerate(zip(lines, grid.rows, strict=True)):
        word.whole(row, head=place == 0)
        for text, box in zip(line, row.cells, strict=False):
            _run(box.paragraphs[0], text, fonts.TABLE, 10.5, bold=place == 0)


def _all() -> Iterator[tuple[Path, bytes]]:
    for paper in PAPERS.values():
        for language in LANGUAGES:
            yield FOLDER / f"{paper.key}.{language}.docx", template(paper, language)


if __name__ == "__main__":
    stale = [(path, data) for path, data in _all() if not path.is_file() or path.read_bytes() != data]
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path, data in stale:
            path.write_bytes(data)
    for path, _ in stale:
        print(path.name)
    sys.exit(bool(stale) and "--check" in sys.argv)
