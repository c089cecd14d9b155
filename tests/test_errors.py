"""Every expected failure is said in both languages, and what the system says is too."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import SystemFailedError, reason
from hazardctl.language import Text
from hazardctl.store.atomic import spoken

COMMON = (
    "ENOENT",
    "EACCES",
    "EPERM",
    "EROFS",
    "ENOSPC",
    "EDQUOT",
    "EIO",
    "ENAMETOOLONG",
    "EMFILE",
    "ENOMEM",
    "EADDRINUSE",
    "ENOLCK",
    "ENOTSUP",
)


@given(st.sampled_from(sorted(errno.errorcode)))
def test_every_refusal_of_the_system_is_said_in_both_languages(number: int) -> None:
    said = reason(OSError(number, os.strerror(number)))
    assert said.say("en") == os.strerror(number)
    assert said.say("zh").encode("gbk")


@pytest.mark.parametrize("name", COMMON)
def test_what_happens_to_people_is_said_without_a_foreign_word(name: str) -> None:
    said = reason(OSError(getattr(errno, name), "…")).say("zh")
    assert said
    assert not any(one.isascii() for one in said)


def test_a_refusal_nobody_gave_a_number_is_said_as_it_came() -> None:
    assert reason(ValueError("embedded null byte")).say("zh") == "embedded null byte"
    assert reason(OSError()).say("en") == "OSError"
    assert "9999" in reason(OSError(9999, "…")).say("zh")


def test_a_full_disk_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(SystemFailedError) as told, spoken(tmp_path / "a.yaml"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "磁盘满了" in told.value.lines("zh")[0]
    assert "No space left" in told.value.lines("en")[0]


def test_a_failure_goes_from_one_process_to_another_as_it_is() -> None:
    failure = SystemFailedError(Text("坏了", "broken"), Text("修", "mend it"))
    again = pickle.loads(pickle.dumps(failure))  # noqa: S301 (made in the line itself)
    assert (type(again), again.lines("zh"), str(again)) == (SystemFailedError, failure.lines("zh"), str(failure))
