"""The server of `hazardctl serve`: one process, one thread of requests, loopback only; it ends with the command."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

from hazardctl.errors import SystemFailedError, UsageError, reason
from hazardctl.language import Text
from hazardctl.ops.context import Context
from hazardctl.web.app import Asked, application, needed

LOOPBACK: Final = "127.0.0.1"
PORTS: Final = range(1 << 16)
BAD_PORT: Final = Text("--port 在 0 到 65535 之间", "--port is from 0 to 65535")
BUSY: Final = Text("端口 {port} 用不了：{why}", "port {port} cannot be used: {why}")
ANOTHER: Final = Text("换一个：--port 0 由系统挑", "take another: --port 0 lets the system choose")
OPEN: Final = Text("http://127.0.0.1:{port}/   只读，Ctrl-C 结束", "http://127.0.0.1:{port}/   read only, Ctrl-C ends it")


def served(context: Callable[[], Context], asked: Asked, port: int, say: Callable[[Text], None]) -> None:
    """Serve until interrupted.

    Args:
        context: asked for each request.
        asked: what holds for every page.
        port: on loopback; 0 for any that is free.
        say: told the address.

    Raises:
        UsageError: no such port.
        MissingExtraError: the extra `serve` or `html` is not installed.
        UnreadableError: there is no ledger here.
        SystemFailedError: the port is taken.
        KeyboardInterrupt: it was ended.
    """
    if port not in PORTS:
        raise UsageError(BAD_PORT)
    context()
    uvicorn = needed("uvicorn")
    pages = application(context, asked)
    with _bound(port) as listening:
        say(OPEN.of(port=listening.getsockname()[1]))
        config = uvicorn.Config(pages, log_config=None, log_level="critical", access_log=False, lifespan="off", server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as failure:
        listening.close()
        raise SystemFailedError(BUSY.of(port=port, why=reason(failure)), ANOTHER) from failure
    return listening
