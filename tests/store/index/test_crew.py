"""Work on all cores: results in order, failures as they were raised, and nobody left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from hazardctl.diagnostics import Finding
from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.store.files import RefusedError
from hazardctl.store.index.crew import ROOM, shared

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(autouse=True)
def several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)


def test_results_come_in_the_order_of_the_parts() -> None:
    assert list(shared([[1], [2, 3], [4], [], [5]], sum)) == [1, 5, 4, 0, 5]


def test_nothing_to_do_takes_nobody() -> None:
    assert list(shared([], sum)) == []


def test_results_longer_than_a_pipe_arrive() -> None:
    assert [len(one) for one in shared(range(7), lambda number: bytes(2 * ROOM + number))] == [2 * ROOM + number for number in range(7)]


def test_what_the_work_raises_is_raised_as_it_was() -> None:
    refusal = RefusedError(Finding("HZ001", Text("打不开", "cannot be opened"), repair=Text("看看", "look")))

    def work(number: int) -> int:
        if number == 4:
            raise refusal
        return number

    done = shared(range(9), work)
    assert [next(done) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(RefusedError) as caught:
        next(done)
    assert (caught.value.finding, caught.value.lines("zh")) == (refusal.finding, refusal.lines("zh"))
    assert multiprocessing.active_children() == []


def test_a_process_that_is_ended_is_a_failure_and_no_endless_wait() -> None:
    def work(number: int) -> int:
        if number == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(SystemFailedError):
        list(shared(range(9), work))
    assert multiprocessing.active_children() == []


def test_whoever_stops_asking_leaves_nobody_behind() -> None:
    done = shared(range(100), lambda number: bytes(ROOM + number))
    assert len(next(done)) == ROOM
    done.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_whoever_shared_the_work_may_be_ended_and_nobody_stays() -> None:
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(reading)
        next(shared(range(50), lambda _: bytes(2 * ROOM)))  # the pipe's other end stays open in whoever lives on
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    os.waitpid(parent, 0)
    late = time.monotonic() + 30
    os.set_blocking(reading, False)
    while os_read(reading) is None:
        assert time.monotonic() < late
        time.sleep(0.01)
    os.close(reading)


def os_read(handle: int) -> bytes | None:
    """Read what there is: nothing at all once nobody holds the other end, None while somebody does."""
    try:
        return os.read(handle, 1)
    except BlockingIOError:
        return None
