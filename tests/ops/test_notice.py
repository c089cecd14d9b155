"""Papers printed from records: what they say, when they are refused, how they are written back (DOMAIN §10, EXPERIENCE §8.2-8.5)."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import docx
import pypdfium2
import pytest

from hazardctl.cli.app import called
from hazardctl.errors import ForbiddenError, UsageError
from hazardctl.language import LANGUAGES
from hazardctl.model.document import Document
from hazardctl.ops.context import Context
from hazardctl.ops.notices.checking import looked
from hazardctl.ops.notices.kinds import FIELDS, ITEM, PAPERS, paper
from hazardctl.ops.notices.notice import Drawn, Wish, draw
from hazardctl.ops.notices.subject import Subject
from hazardctl.ops.notices.values import Sheetful, values
from hazardctl.ops.validate import judged
from hazardctl.store.load import load
from tests.exchange.test_pictures import photo
from tools.notices import FOLDER, template

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
TODAY: Final = dt.date(2023, 10, 20)
FLOUR, SHOP, FOOD = "YH-20230828-7XYQ0", "YH-20230308-A9R6Q", "YH-20230412-36ZWA"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    return tmp_path / "ledger"


def drawn(root: Path, *ids: str, language: Any = "zh", **wish: Any) -> tuple[Drawn, list[str]]:  # noqa: ANN401 (a language, any wish)
    """Draw a paper and read its texts."""
    kept: dict[str, bytes] = {}
    made = draw(Context(root, TODAY, actor="李四", language=language), ids, Wish(**wish), lambda data, name: kept.update({name: data}))
    texts: list[str] = []
    for data in kept.values():
        parts: list[Any] = list(docx.Document(io.BytesIO(data)).iter_inner_content())
        for part in parts:
            texts += [cell.text for row in part.rows for cell in row.cells] if hasattr(part, "rows") else [part.text]
    return made, texts


def changed(root: Path, old: str, new: str, where: str = "hazardctl.yaml") -> None:
    path = root / where
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def record(root: Path, id_: str) -> str:
    return str(next(root.rglob(f"{id_}.yaml")).relative_to(root))


# ------------------------------------------------------------------------------------------------------------ what they say


def test_a_notice_says_what_when_and_to_whom(root: Path) -> None:
    made, texts = drawn(root, FLOUR, date="2023-08-29")
    said = "\n".join(texts)
    for text in (
        "嘉禾面粉厂：",
        "除尘系统未设泄爆装置",
        FLOUR,
        "2023年9月27日",
        "停产整改，加装泄爆装置",
        "青安改〔2023〕81号",
        "其中第1项是重大事故隐患",
    ):
        assert text in said
    assert made.file == "事故隐患限期整改通知书_嘉禾面粉厂_20230829.docx"
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "id_", "date"),
    [
        ("notice", FLOUR, "2023-08-29"),
        ("order", FLOUR, "2023-08-29"),
        ("reinspect", FOOD, ""),
        ("extension", SHOP, ""),
        ("listing", FLOUR, ""),
        ("acceptance", SHOP, ""),
    ],
)
def test_every_paper_is_filled_in_both_languages(root: Path, kind: str, id_: str, date: str, language: Any) -> None:  # noqa: ANN401 (a language)
    changed(root, "level: township, region: qingshan}", "level: township, region: qingshan, enforcement: true}")
    _, texts = drawn(root, id_, kind=kind, date=date, language=language)
    said = "\n".join(texts)
    assert PAPERS[kind].title.say(language) in texts
    assert id_ in said
    assert not re.search(r"[{}]", said)
    assert "青山镇人民政府" in texts


def test_a_listing_counts_its_days(root: Path) -> None:
    said = "\n".join(drawn(root, FLOUR, kind="listing")[1])
    assert "2023年9月11日前报送治理方案" in said  # ten days after the listing
    assert "最迟2023年9月6日提出申请" in said  # fifteen working days before 27 September
    assert "县安委办督〔2023〕5号" in said


def test_an_opinion_names_the_order_and_parts_pass_from_fail(root: Path) -> None:
    said = "\n".join(drawn(root, FOOD, kind="reinspect")[1])
    assert "示应急责改〔2023〕6号" in said
    assert "下列1项整改合格" in said
    assert "不合格" not in said
    assert "李四（证号 A0001）、王五（证号 A0002）" in said  # as on the papers they signed before
    changed(
        root,
        "do: verify, by: [李四, 王五], result: pass",
        "do: verify, by: [李四, 王五], result: fail, reason: 探头未通电",
        record(root, FOOD),
    )
    said = "\n".join(drawn(root, FOOD, kind="reinspect", date="2023-06-07")[1])
    assert "一、下列1项不合格" in said
    assert "探头未通电" in said


def test_what_was_typed_is_text_and_nothing_is_lost(root: Path) -> None:
    odd = "失效 <未通电> & {{ number }} {% raw %} \"引\" '单' 䶮𠮷"
    changed(root, "description: 除尘系统未设泄爆装置", "description: '" + odd.replace("'", "''") + "'", record(root, FLOUR))
    changed(root, "requirement: 停产整改，加装泄爆装置", 'requirement: "一、停产\\n二、加装"', record(root, FLOUR))
    said = "\n".join(drawn(root, FLOUR, date="2023-08-29")[1])
    assert odd in said
    assert "一、停产\n二、加装" in said


def test_what_nobody_knows_is_left_to_be_written(root: Path) -> None:
    changed(root, ", number: 青安改〔2023〕81号", "", record(root, FLOUR))
    assert "〔请填写〕" in drawn(root, FLOUR, date="2023-08-29")[1]


def test_made_twice_it_is_the_same_bytes(root: Path) -> None:
    seen: list[bytes] = []
    for _ in range(2):
        draw(Context(root, TODAY), [FLOUR], Wish(), lambda data, _: seen.append(data))
    assert seen[0] == seen[1]


def test_the_guide_names_what_a_template_may_name() -> None:
    page = (SAMPLE.parent / "docs" / "guide" / "documents.md").read_text(encoding="utf-8")
    assert [name for name in (*FIELDS, *ITEM) if f"`{name}`" not in page] == []


def test_a_template_has_every_name_that_is_promised(root: Path) -> None:
    ledger = load(root)
    subject = Subject(ledger, next(one for one in ledger.hazards if one.record.id == FLOUR), TODAY)
    said = values(Sheetful(ledger, PAPERS["notice"], TODAY, "", "jiahe-flour", [subject], []), "zh")
    assert set(said) == set(FIELDS)
    assert set(said["items"][0]) == set(ITEM)  # type: ignore[index]


# ------------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("kind", "id_"), [("notice", SHOP), ("reinspect", FLOUR), ("extension", FLOUR), ("listing", SHOP), ("acceptance", FLOUR)]
)
def test_the_life_cycle_refuses(root: Path, kind: str, id_: str) -> None:
    with pytest.raises(ForbiddenError) as caught:
        drawn(root, id_, kind=kind)
    assert id_ in caught.value.what.say("zh")
    assert caught.value.exit_code == 3


def test_a_day_before_the_hazard_was_found_is_refused(root: Path) -> None:
    with pytest.raises(ForbiddenError):
        drawn(root, FLOUR, date="2023-01-01")


def test_an_opinion_needs_an_order(root: Path) -> None:
    path = next(root.rglob("WJ-20230412-0Z99M.yaml"))
    path.unlink()
    text = re.sub(r", number: [^,}]+(?=[,}])", "", (root / record(root, FOOD)).read_text(encoding="utf-8"))
    (root / record(root, FOOD)).write_text(text, encoding="utf-8")
    with pytest.raises(ForbiddenError, match="HZ412"):
        drawn(root, FOOD, kind="reinspect")


def test_only_an_organisation_that_enforces_prints_orders(root: Path) -> None:
    with pytest.raises(UsageError, match="enforcement: true"):
        drawn(root, FLOUR, kind="order")


def test_an_order_is_signed_by_two(root: Path) -> None:
    changed(root, "level: township, region: qingshan}", "level: township, region: qingshan, enforcement: true}")
    with pytest.raises(UsageError, match="2 people"):
        drawn(root, FLOUR, kind="order", by=("李四",))


def test_a_paper_goes_to_one_unit(root: Path) -> None:
    with pytest.raises(UsageError, match="one unit"):
        drawn(root, SHOP, FOOD, kind="acceptance")


def test_an_unknown_kind_is_refused_with_those_there_are(root: Path) -> None:
    with pytest.raises(UsageError, match="reinspect"):
        drawn(root, FLOUR, kind="fine")
    assert paper("整改复查意见书").key == "reinspect"


def test_a_late_request_is_told(root: Path) -> None:
    made, _ = drawn(root, SHOP, kind="extension")
    assert not made.warnings
    changed(root, "{date: 2023-03-30, do: extend", "{date: 2023-04-10, do: extend", record(root, SHOP))
    made, _ = drawn(root, SHOP, kind="extension")
    assert "2023-04-07" in made.warnings[0].say("zh")


# ------------------------------------------------------------------------------------------------------ written back


def test_a_paper_is_recorded_with_its_number(root: Path) -> None:
    before = codes(root)
    made, _ = drawn(root, FLOUR, number="青安改〔2023〕99号", record=True)
    entry = load(root).by_id[made.record]
    assert isinstance(entry.record, Document)
    assert entry.record.kind == "rectify_notice"
    assert entry.record.number == "青安改〔2023〕99号"
    assert entry.record.hazards == (FLOUR,)
    line = (root / record(root, FLOUR)).read_text(encoding="utf-8").splitlines()[-1]
    assert (
        line
        == f"  - {{date: 2023-10-20, do: note, by: 李四, note: 发出事故隐患限期整改通知书, number: 青安改〔2023〕99号, doc: {made.record}}}"
    )
    assert codes(root) <= before
    with pytest.raises(UsageError, match=made.record):
        drawn(root, FLOUR, number="青安改〔2023〕99号", record=True)


def test_the_number_goes_onto_the_line_that_had_none(root: Path) -> None:
    before = codes(root)
    changed(root, ", number: 青安改〔2023〕81号", "", record(root, FLOUR))
    made, _ = drawn(root, FLOUR, number="青安改〔2023〕99号", record=True)
    line = (root / record(root, FLOUR)).read_text(encoding="utf-8").splitlines()[-1]
    assert line == (
        "  - {date: 2023-10-20, do: correct, by: 李四, event: 2, field: number, now: 青安改〔2023〕99号, "
        f"reason: 发出事故隐患限期整改通知书, doc: {made.record}}}"
    )
    ledger = load(root)
    act = next(act for act in ledger.replays[record(root, FLOUR)].acts if act.event.do == "assign")
    assert act.event.number == "青安改〔2023〕99号"
    assert codes(root) <= before


def faults(root: Path, id_: str) -> set[str]:
    return {finding.code for finding in judged(Context(root, TODAY), load(root)) if id_ in finding.path}


def codes(root: Path) -> set[str]:
    return {finding.code for finding in judged(Context(root, TODAY), load(root))}


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    made, texts = drawn(root, FLOUR, number="X1", record=True, dry_run=True)
    assert "+number: X1" in made.diff
    assert texts == []
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_a_record_needs_a_number(root: Path) -> None:
    changed(root, ", number: 青安改〔2023〕81号", "", record(root, FLOUR))
    with pytest.raises(UsageError, match="--number"):
        drawn(root, FLOUR, record=True)


def test_an_opinion_is_recorded_after_its_order(root: Path) -> None:
    made, _ = drawn(root, FOOD, kind="reinspect", number="新1号", record=True)
    paper_ = load(root).by_id[made.record].record
    assert "HZ412" not in codes(root)
    assert isinstance(paper_, Document)
    assert paper_.previous == "WJ-20230412-0Z99M"
    assert paper_.items[0].result == "pass"
    assert [signer.cert for signer in paper_.signers] == ["A0001", "A0002"]


def test_an_opinion_after_a_mere_notice_is_printed_but_not_recorded(root: Path) -> None:
    next(root.rglob("WJ-20230412-0Z99M.yaml")).unlink()
    assert any("青安改" in text for text in drawn(root, FOOD, kind="reinspect")[1])
    with pytest.raises(ForbiddenError, match="HZ412"):
        drawn(root, FOOD, kind="reinspect", number="新1号", record=True)


def test_a_body_that_may_not_enforce_follows_up_its_own_notice(root: Path) -> None:
    order = next(root.rglob("WJ-20230412-0Z99M.yaml"))
    text = order.read_text(encoding="utf-8")
    issuer = re.search(r"(?m)^issuer: (.+)$", text)
    assert issuer is not None
    text = text.replace("kind: order", "kind: rectify_notice")
    order.write_text(text, encoding="utf-8")
    with pytest.raises(ForbiddenError, match="HZ412"):  # the county's notice is not ours to follow up
        drawn(root, FOOD, kind="reinspect", number="新1号", record=True)
    order.write_text(text.replace(issuer[0], "issuer: qingshan-gov"), encoding="utf-8")
    made, _ = drawn(root, FOOD, kind="reinspect", number="新1号", record=True)
    recorded = load(root).by_id[made.record].record
    assert isinstance(recorded, Document)
    assert recorded.previous == "WJ-20230412-0Z99M"
    assert "HZ412" not in faults(root, made.record)
    changed(root, "level: township, region: qingshan}", "level: township, region: qingshan, enforcement: true}")
    assert "HZ412" in faults(root, made.record)


# --------------------------------------------------------------------------------------------------------- templates


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAPERS)
def test_the_templates_are_as_the_tool_writes_them(kind: str, language: Any) -> None:  # noqa: ANN401 (a language)
    path = FOLDER / f"{kind}.{language}.docx"
    assert path.read_bytes() == template(PAPERS[kind], language), "run python -m tools.notices"
    assert looked(path).faults == ()


def own(path: Path, *texts: str, change: Callable[[Any], None] | None = None) -> Path:
    paper_ = docx.Document()
    for text in texts:
        paper_.add_paragraph(text)
    if change:
        change(paper_)
    path.parent.mkdir(parents=True, exist_ok=True)
    paper_.save(str(path))
    return path


def test_an_office_has_its_own_template(root: Path, tmp_path: Path) -> None:
    own(root / "templates" / "notice" / "notice.docx", "本所自用 {{ unit }}")
    assert drawn(root, FLOUR)[1] == ["本所自用 嘉禾面粉厂"]
    other = own(tmp_path / "x.docx", "这一份 {{ number }}")
    assert drawn(root, FLOUR, template=str(other), number="9号")[1] == ["这一份 9号"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ nubmer }}",
        "{% for one in items %}{{ one.colour }}{% endfor %}",
        "{{ number ",
        "{{ ''.__class__.__mro__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% include 'x' %}",
        "{% for one in range(10000000) %}x{% endfor %}",
    ],
)
def test_a_template_that_means_nothing_or_reaches_out_is_a_fault(text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = own(tmp_path / "x.docx", text)
    code = called(["-C", str(SAMPLE), "notice", "--check-template", str(path)])
    out, err = capfd.readouterr()
    assert code in {1, 4}, out
    assert "Traceback" not in out + err


def test_a_template_that_fetches_something_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def fetch(paper_: Any) -> None:  # noqa: ANN401 (a document)
        paper_.part.relate_to("https://example.org/x.dotx", "http://x/relationships/attachedTemplate", is_external=True)

    assert called(["-C", str(SAMPLE), "notice", "--check-template", str(own(tmp_path / "x.docx", "x", change=fetch))]) == 4
    assert "外部" in capfd.readouterr().err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    assert called(["-C", str(SAMPLE), "notice", "--check-template", str(path)]) == 4
    assert called(["-C", str(SAMPLE), "notice", "--check-template", str(tmp_path / "none.docx")]) == 4
    capfd.readouterr()


def test_names_a_template_leaves_out_are_told(tmp_path: Path) -> None:
    found = looked(own(tmp_path / "x.docx", "{{ number }}"))
    assert found.faults == ()
    assert "unit" in found.unused
    assert "number" not in found.unused


# --------------------------------------------------------------------------------------------------------- the command


def test_the_command_writes_a_file_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    assert called(["-C", str(root), "notice", "7XYQ0"]) == 0
    assert (tmp_path / "事故隐患限期整改通知书_嘉禾面粉厂_20231020.docx").is_file()
    assert called(["-C", str(root), "notice", "7XYQ0"]) == 2
    assert called(["-C", str(root), "notice", "7XYQ0", "-o", "x.odt"]) == 2
    assert called(["-C", str(root), "notice", "7XYQ0", "-o", "x.docx", "--number", "8号", "--record", "--by", "李四"]) == 0
    assert "已登记文书 WJ-20231020-" in capfd.readouterr().out


def test_a_file_that_cannot_be_written_records_nothing(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = len(list(root.rglob("WJ-*.yaml")))
    assert called(["-C", str(root), "notice", "7XYQ0", "-o", str(tmp_path / "no" / "x.docx"), "--number", "8号", "--record"]) == 2
    assert len(list(root.rglob("WJ-*.yaml"))) == before
    capfd.readouterr()


def test_pictures_stand_behind_the_text_as_found_or_as_mended(root: Path, tmp_path: Path) -> None:
    (root / "evidence").mkdir()
    for name, size in (("a.jpg", (900, 600)), ("b.jpg", (600, 900))):
        (root / "evidence" / name).write_bytes(photo(size))
    before, after = "{kind: before, path: evidence/a.jpg, date: 2023-08-28, by: 李四}", "{kind: after, path: evidence/b.jpg}"
    lines = f"evidence:\n  - {before}\n  - {after}\nhistory:\n"
    changed(root, "history:\n", lines, record(root, FLOUR))
    words = ["-C", str(root), "notice", FLOUR, "--date", "2023-08-29", "--photos", "-o"]
    for name in ("a.docx", "a.pdf"):
        assert called([*words, str(tmp_path / name)]) == 0
    paper = docx.Document(str(tmp_path / "a.docx"))
    assert len(paper.inline_shapes) == 1
    said = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "图1  " in said
    assert "a.jpg" in said
    assert "b.jpg" not in said
    objects: list[Any] = [one for page in pypdfium2.PdfDocument(tmp_path / "a.pdf") for one in page.get_objects()]
    kinds = [one.type for one in objects]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
    assert called(["-C", str(root), "notice", FOOD, "--kind", "reinspect", "--photos", "-o", str(tmp_path / "b.docx")]) == 0
    assert not docx.Document(str(tmp_path / "b.docx")).inline_shapes  # it has no pictures


def test_a_paper_can_be_a_pdf_of_the_same_words(root: Path, tmp_path: Path) -> None:
    words = ["-C", str(root), "notice", FLOUR, "--date", "2023-08-29", "-o"]
    for name in ("a.docx", "a.pdf", "b.PDF"):
        assert called([*words, str(tmp_path / name)]) == 0
    paper = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    said = "".join("".join(one.get_textpage().get_text_range().split()) for one in paper)
    parts: list[Any] = list(docx.Document(str(tmp_path / "a.docx")).iter_inner_content())
    texts = [
        text
        for part in parts
        for text in ([cell.text for row in part.rows for cell in row.cells] if hasattr(part, "rows") else [part.text])
    ]
    assert all("".join(text.split()) in said for text in texts)
    assert FLOUR in said
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.PDF").read_bytes()
    assert called([*words, str(tmp_path / "a.odt")]) == 2
