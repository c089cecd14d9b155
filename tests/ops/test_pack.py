"""The evidence pack: hazards whole, with pictures, checksums and commits, in one page that asks nothing of anybody."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import docx
import pytest
from PIL import Image

from hazardctl.cli.app import called
from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.question import Words
from tests.exchange.test_pictures import photo, taken
from tests.golden import LANGUAGES

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
TODAY: Final = dt.date(2023, 10, 20)
FLOUR: Final = "YH-20230828-7XYQ0"
ONE: Final = Words(filters=(f"id:{FLOUR}",))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the sample, not in git, in which a hazard has two pictures."""
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    place = tmp_path / "ledger"
    shutil.copytree(SAMPLE, place)
    for name, colour in (("a.jpg", (1600, 900)), ("b.jpg", (800, 900))):
        (tmp_path / name).write_bytes(photo(colour, exif=taken()))
    words = ["-C", str(place), "progress", FLOUR, "-m", "到货", "--by", "冯十二"]
    assert called([*words, "--photo", str(tmp_path / "a.jpg"), "--photo", str(tmp_path / "b.jpg")]) == 0
    return place


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=李四", "-c", "user.email=lisi@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True).stdout.strip()


def committed(root: Path) -> str:
    """Commit all of a ledger in a new repository; give the full id."""
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "建账")
    return git(root, "rev-parse", "HEAD")


def made(root: Path, words: Words = ONE, language: Any = "zh", **wanted: Any) -> tuple[str, int]:  # noqa: ANN401 (a language, any wish)
    done = export(Context(root, TODAY, language=language), words, Wanted("x.html", **wanted))
    return html.unescape(done.data.decode()), done.wrong


def shown(page: str) -> list[bytes]:
    return [base64.b64decode(data) for data in re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hazard_is_there_whole_with_its_pictures_and_checksums(root: Path, language: Any) -> None:  # noqa: ANN401 (a language)
    page, wrong = made(root, language=language)
    assert wrong == 0
    for text in (
        FLOUR,
        "嘉禾面粉厂",
        "除尘系统未设泄爆装置",
        "停产整改，加装泄爆装置",
        "冯十二",
        "2023-09-20",
        "evidence/2023/10/7xyq0-1.jpg",
    ):
        assert text in page
    for file in sorted((root / "evidence" / "2023" / "10").iterdir()):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in page
    assert len(shown(page)) == 2
    for data in shown(page):
        with Image.open(io.BytesIO(data)) as opened:
            assert not opened.getexif()
        assert b"SECRETCAM" not in data


def test_the_page_is_whole_in_itself_and_the_same_bytes_twice(root: Path) -> None:
    page, _ = made(root)
    assert made(root)[0] == page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "script-src" not in policy[1]
    for word in ("<script", "http://", "https://", "url(", "@import", "style=", "<a "):
        assert word not in page


def test_a_file_that_is_gone_changed_or_a_link_is_told_and_counted(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first, second = sorted((root / "evidence" / "2023" / "10").iterdir())
    first.unlink()
    second.write_bytes(photo((30, 30)))
    page, wrong = made(root)
    assert wrong == 2
    assert "× 文件不存在" in page
    assert "× 内容与登记时不符" in page
    assert hashlib.sha256(second.read_bytes()).hexdigest() in page
    first.symlink_to(tmp_path / "a.jpg")
    second.write_bytes(b"no picture")
    page, wrong = made(root)
    assert (wrong, shown(page)) == (2, [])
    assert "× 不能读取" in page
    assert called(["-C", str(root), "export", f"id:{FLOUR}", "-o", str(tmp_path / "p.html")]) == 1
    assert "2 个佐证文件" in capfd.readouterr().err


def test_commits_are_named_in_full_where_there_are_any(root: Path) -> None:
    assert "没有写进提交" in made(root)[0]
    first = committed(root)
    page, _ = made(root)
    assert first in page
    assert first[:7] in page
    assert "建账" in page


def test_a_ledger_before_its_first_commit_has_none(root: Path) -> None:
    git(root, "init", "--quiet")
    assert "没有写进提交" in made(root)[0]


def test_with_pseudonyms_no_name_and_no_picture_is_left(root: Path) -> None:
    path = next(root.rglob(f"{FLOUR}.yaml"))
    path.write_text(path.read_text("utf-8").replace("除尘系统未设", "嘉禾面粉厂冯十二说除尘系统未设"), "utf-8")
    page, _ = made(root, incognito=True)
    assert not shown(page)
    for name in ("嘉禾面粉厂", "冯十二", "李四", "钱七", "示例县应急管理局", "青山镇应急管理站", "jiahe"):
        assert name not in page
    assert "青山镇人民政府" in page  # whose ledger it is
    false = set(re.findall(r"〔[0-9A-F]{8}〕", page))
    assert len(false) >= 4
    csv = export(Context(root, TODAY), ONE, Wanted(incognito=True)).data.decode("utf-8-sig")
    assert set(re.findall(r"〔[0-9A-F]{8}〕", csv)) <= false


def test_several_hazards_stand_behind_a_page_of_contents(root: Path) -> None:
    page, _ = made(root, Words(filters=("state:closed",)))
    ids = re.findall(r"<h1>(YH-\d{8}-\w{5})", page)
    assert len(ids) > 50
    assert ids == sorted(ids)
    assert page.index("隐患治理佐证") < page.index(ids[0])
    assert "没有佐证文件" in page


def test_more_hazards_than_a_page_holds_are_refused(root: Path) -> None:
    with patch("hazardctl.ops.pack.MOST", 3), pytest.raises(UsageError, match="filter"):
        made(root, Words())


def test_what_was_known_earlier_has_no_files(root: Path) -> None:
    committed(root)
    assert called(["-C", str(root), "export", "--known-at", "HEAD", "-o", "x.html"]) == 2
    assert called(["-C", str(root), "export", "--format", "html"]) == 2


def test_without_the_extra_the_command_to_install_it_is_said(root: Path) -> None:
    with patch.dict(sys.modules, {"PIL": None}), pytest.raises(MissingExtraError, match="photo"):
        made(root)


def test_show_has_the_pictures_where_the_page_has_room_for_them(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["-C", str(root), "show", FLOUR, "--photos"]
    for name in ("x.docx", "x.html", "x.xlsx", "x.md"):
        assert called([*words, "-o", str(tmp_path / name)]) == 0
    assert len(docx.Document(str(tmp_path / "x.docx")).inline_shapes) == 2
    assert len(shown((tmp_path / "x.html").read_text("utf-8"))) == 2
    assert called(words) == 0
    assert "7xyq0-2.jpg" in capfd.readouterr().out
    assert called(["-C", str(root), "show", FLOUR, "-o", str(tmp_path / "y.docx")]) == 0
    assert not docx.Document(str(tmp_path / "y.docx")).inline_shapes
