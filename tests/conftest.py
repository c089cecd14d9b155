"""What every test stands on: no environment of the person who runs it, no network, no clock of theirs."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

REPOSITORY: Final = Path(__file__).resolve().parents[1]
SHARED: Final = REPOSITORY.parent / "shared"

# `ci` draws the same examples each time, so that a red run can be run again; `dev` looks elsewhere every time.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
# `mutants` is half of `ci` without the search for a smaller example: that something is red is enough (tools/mutants.py).
settings.register_profile("mutants", settings.get_profile("ci"), database=None, max_examples=20, phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

FOREIGN: Final = ("HAZARDCTL_", "GIT_", "LC_", "XDG_")
CLEARED: Final = ("LANGUAGE", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "PAGER", "EDITOR", "VISUAL", "CI", "LINES")
STEADY: Final = {
    "TZ": "Asia/Shanghai",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TERM": "dumb",
    "NO_COLOR": "1",
    "COLUMNS": "100",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "张三",
    "GIT_AUTHOR_EMAIL": "zhangsan@example.org",
    "GIT_COMMITTER_NAME": "张三",
    "GIT_COMMITTER_EMAIL": "zhangsan@example.org",
}
GITCONFIG: Final = "[user]\n\tname = 张三\n\temail = zhangsan@example.org\n[init]\n\tdefaultBranch = main\n"


def _no_network(*_: object) -> NoReturn:
    pytest.fail("a test reached for the network: hazardctl works without one")


@pytest.fixture(scope="session", autouse=True)
def steady_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give every test the same environment, whoever runs it and wherever."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(GITCONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(FOREIGN) or name in CLEARED:
                patch.delenv(name)
        for name, value in STEADY.items():
            patch.setenv(name, value)
        patch.setenv("HOME", str(home))
        patch.setattr(socket.socket, "connect", _no_network)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def repository() -> Path:
    """Give the folder of this repository."""
    return REPOSITORY


@pytest.fixture
def shared() -> Path:
    """Give the folder of public data beside the clone, or skip the test where there is none."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no ../shared beside this clone")
    return SHARED
