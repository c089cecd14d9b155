"""The server itself: on loopback alone, its address said, its place given back when it is ended."""

from __future__ import annotations

import socket

import pytest
import uvicorn

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.ops.question import Words
from hazardctl.web import app, server
from tests.boards import sample


def test_it_listens_on_this_machine_alone_until_it_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    bound: list[tuple[str, int]] = []
    said: list[Text] = []

    def run(_: uvicorn.Server, sockets: list[socket.socket]) -> None:
        bound.extend(one.getsockname() for one in sockets)
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn.Server, "run", run)
    with pytest.raises(KeyboardInterrupt):
        server.served(sample, app.Asked(Words(), "zh"), 0, said.append)
    assert [address for address, _ in bound] == ["127.0.0.1"]
    assert f"http://127.0.0.1:{bound[0][1]}/" in said[0].say("zh")
    with socket.socket() as again:
        again.bind(bound[0])


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemFailedError, match=str(other.getsockname()[1])):
            server.served(sample, app.Asked(Words(), "zh"), other.getsockname()[1], lambda _: None)
