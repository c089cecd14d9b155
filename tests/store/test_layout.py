"""The path is a function of the id alone; whatever else lies in a record folder is named (RELIABILITY 3.5, F1 to F5)."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import BugError, SystemFailedError
from hazardctl.model.ids import ALPHABET, is_id
from hazardctl.store.layout import ids_ending, mint, path_of, record_files, taken

DAY = dt.date(2024, 3, 12)


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("id: x\n", encoding="utf-8")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_a_minted_id_is_an_id_of_its_day_and_has_one_path(day: dt.date) -> None:
    drawn = mint("YH", day, ())
    assert is_id(drawn)
    assert path_of("hazards", drawn) == f"hazards/{day:%Y}/{day:%m}/{drawn}.yaml"
    assert set(drawn[-5:]) <= set(ALPHABET)
    assert path_of("units", "xx-paper") == "units/xx-paper.yaml"


def test_a_taken_id_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter("00000" + "00001")
    monkeypatch.setattr(secrets, "choice", lambda _: next(draws))
    assert mint("YH", DAY, {"YH-20240312-00000"}) == "YH-20240312-00001"


def test_a_day_without_free_ids_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "choice", lambda _: "0")
    with pytest.raises(SystemFailedError):
        mint("YH", DAY, {"YH-20240312-00000"})


@pytest.mark.parametrize("text", ["../../x", "/etc/passwd", "C:\\x", "YH-20240312-7K2OL", "", "a/b", "YH-20240312-7K2QF\n", "XX纸业"])
def test_f3_what_is_no_id_has_no_path(text: str) -> None:
    with pytest.raises(BugError):
        path_of("hazards", text)


def test_ids_in_use_come_from_file_names(tmp_path: Path) -> None:
    put(tmp_path, "hazards/2024/03/YH-20240312-7K2QF.yaml")
    assert taken(tmp_path, "hazards", DAY) == {"YH-20240312-7K2QF"}
    assert taken(tmp_path, "hazards", dt.date(2024, 4, 1)) == frozenset()


def test_an_end_of_an_id_finds_it_however_it_is_typed(tmp_path: Path) -> None:
    put(tmp_path, "hazards/2024/03/YH-20240312-7K2QF.yaml", "hazards/2024/03/YH-20240312-ZK2QF.yaml", "units/xx-paper.yaml")
    put(tmp_path, "units/paper.yaml", "hazards/2024/03/YH-20240313-01A0B.yaml")
    assert ids_ending(tmp_path, " 7k2qf ") == ["YH-20240312-7K2QF"]
    assert ids_ending(tmp_path, "k2qf") == ["YH-20240312-7K2QF", "YH-20240312-ZK2QF"]
    assert ids_ending(tmp_path, "20240312-7K2QF") == ["YH-20240312-7K2QF"]
    assert ids_ending(tmp_path, "OlAOb") == ["YH-20240313-01A0B"]
    assert ids_ending(tmp_path, "paper") == ["paper"]
    assert ids_ending(tmp_path, "-paper") == ["xx-paper"]
    assert ids_ending(tmp_path, "") == ids_ending(tmp_path, "QQQQQ") == []


def strays(root: Path) -> dict[str, str]:
    return {found.path: found.finding.code for found in record_files(root) if found.finding}


def test_records_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    put(tmp_path, "units/b.yaml", "units/a.yaml", "hazards/2024/03/YH-20240312-7K2QF.yaml", "hazards/2023/12/YH-20231201-00000.yaml")
    assert [(found.path, found.kind) for found in record_files(tmp_path)] == [
        ("hazards/2023/12/YH-20231201-00000.yaml", "hazard"),
        ("hazards/2024/03/YH-20240312-7K2QF.yaml", "hazard"),
        ("units/a.yaml", "unit"),
        ("units/b.yaml", "unit"),
    ]


def test_hidden_names_are_nobodys_records(tmp_path: Path) -> None:
    put(tmp_path, "hazards/2024/03/.YH-20240312-7K2QF.yaml.77.tmp", "hazards/.gitkeep", "units/.x.yaml")
    assert list(record_files(tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("hazards/2024/03/YH-20240312-7K2QF (冲突副本).yaml", "HZ101"),
        ("hazards/2024/03/YH-20240312-7K2QF.sync-conflict-20240401.yaml", "HZ101"),
        ("hazards/2024/03/YH-20240312-7K2QF.yaml~", "HZ010"),
        ("hazards/2024/03/YH-20240312-7K2QF.yaml.orig", "HZ010"),
        ("hazards/2024/03/YH-20240312-7K2QF.yml", "HZ010"),
        ("hazards/2024/03/yh-20240312-7k2qf.yaml", "HZ101"),
        ("hazards/2024/03/CON.yaml", "HZ101"),
        ("hazards/2024/03/-rf.yaml", "HZ101"),
        ("hazards/2024/03/:(exclude)x.yaml", "HZ101"),
        ("hazards/2024/03/a\nb\x1b.yaml", "HZ101"),
        ("hazards/2024/03/" + "长" * 80 + ".yaml", "HZ101"),
        ("hazards/2024/03/YH-20240312-7K2QF.yaml ", "HZ010"),
        ("hazards/xx-paper.yaml", "HZ101"),
        ("units/XX纸业.yaml", "HZ101"),
        ("units/readme.md", "HZ010"),
    ],
)
def test_f4_f5_odd_names_and_copies_are_named(tmp_path: Path, path: str, code: str) -> None:
    put(tmp_path, path)
    assert strays(tmp_path) == {path: code}


@pytest.mark.parametrize(
    "path", ["hazards/x/a.yaml", "hazards/2024/13/a.yaml", "hazards/2024/03/04/a.yaml", "hazards/24/a.yaml", "units/old/a.yaml"]
)
def test_f4_folders_of_no_layout_are_named_and_not_read(tmp_path: Path, path: str) -> None:
    put(tmp_path, path)
    assert list(strays(tmp_path).values()) == ["HZ010"]


def test_a_misplaced_record_is_still_a_record(tmp_path: Path) -> None:
    put(tmp_path, "hazards/YH-20240312-7K2QF.yaml", "hazards/2024/04/YH-20240312-7K2QF.yaml")
    assert [found.kind for found in record_files(tmp_path)] == ["hazard", "hazard"]


def test_f4_a_name_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    put(tmp_path, "hazards/2024/03/x")
    with open(os.fsencode(tmp_path) + b"/hazards/2024/03/\xff.yaml", "wb") as file:  # noqa: PTH123 (a name no str holds)
        file.write(b"")
    assert sorted(strays(tmp_path).values()) == ["HZ010", "HZ101"]


def test_f1_links_are_named_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/2024/03/YH-20240312-7K2QF.yaml")
    (tmp_path / "hazards").symlink_to(tmp_path / "elsewhere")
    put(tmp_path, "units/a.yaml")
    (tmp_path / "units" / "b.yaml").symlink_to("/dev/zero")
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "2024").symlink_to(tmp_path / "elsewhere" / "2024")
    assert strays(tmp_path) == {"campaigns/2024": "HZ016", "hazards": "HZ016", "units/b.yaml": "HZ016"}


def test_f2_pipes_and_files_for_folders_are_named(tmp_path: Path) -> None:
    put(tmp_path, "units/a.yaml", "hazards")
    os.mkfifo(tmp_path / "units" / "pipe.yaml")
    assert strays(tmp_path) == {"hazards": "HZ010", "units/pipe.yaml": "HZ001"}


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "units/a.yaml")

    def closed(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    assert strays(tmp_path) == {"units": "HZ001"}
