"""The pages of `hazardctl serve`: what the commands print, made anew from the files for each request.

Reading goes through the same road as a command, the index included, so a page never shows less than the files hold. There is
no second state: nothing is kept between two requests. Who asks must name this machine (`Host`), so that a page elsewhere
cannot read the ledger by a name it points at 127.0.0.1 (DNS rebinding); no answer allows another origin to read it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hazardctl.errors import HazardctlError, MissingExtraError, UsageError
from hazardctl.language import Language, Text
from hazardctl.ops import kind as kinds
from hazardctl.ops import records
from hazardctl.ops.context import Context
from hazardctl.ops.dashboard import dashed
from hazardctl.ops.incognito import disguised
from hazardctl.ops.listing import Wanted, listed
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call
from hazardctl.ops.show import shown
from hazardctl.render.html.page import board_page, policy, sheet_page
from hazardctl.sheet import Line, Sheet

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import ASGIApp, Receive, Scope, Send

HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
MOST: Final = 500
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CANNOT: Final = Text("这一页打不开", "this page cannot be made")
NO_PAGE: Final = Text("没有这一页", "there is no such page")
STRANGER: Final = Text("只回答本机的浏览器", "only a browser of this machine is answered")
BROKEN: Final = Text(
    "程序出了错，不是您的；这一问请用 --debug 的命令再试", "a bug of ours, not yours: ask the same with a command and --debug"
)
READ_ONLY: Final = Text("只能看，不能改；写入用命令", "this is for reading; commands write")


def needed(name: str) -> ModuleType:
    """Give a library of the extra `serve`.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError(
            Text('缺少 serve 支持：pip install "hazardctl[serve]"', 'serve needs: pip install "hazardctl[serve]"')
        ) from None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for when the server was started.

    Attributes:
        words: the question of the dashboard; its as-of day and basis hold for every page.
        language: of every page.
        incognito: pseudonyms stand for people and units.
    """

    words: Words
    language: Language
    incognito: bool = False


def application(context: Callable[[], Context], started: Asked) -> ASGIApp:
    """Make the application.

    Args:
        context: asked for each request: the day goes on while a server runs.
        started: what holds for every page.

    Raises:
        MissingExtraError: the extra `serve` is not installed.
    """
    words, language = started.words, started.language
    routing, responses = needed("starlette.routing"), needed("starlette.responses")

    def answer(text: str, status: int = 200) -> Response:
        made: Response = responses.HTMLResponse(text, status, {**HEADERS, "Content-Security-Policy": policy() + "; frame-ancestors 'none'"})
        return made

    def said(page: Callable[[Request], str]) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                return answer(page(request))
            except HazardctlError as failure:
                return answer(_failed(failure, language), 400 if isinstance(failure, UsageError) else 500)

        return answered

    def board(request: Request) -> str:
        asked = replace(words, period=request.query_params.get("period", "") or words.period)
        return board_page(dashed(Call(context(), asked), incognito=started.incognito).board, language, bar="board", link=_address)

    def hazards(request: Request) -> str:
        query = request.query_params.get("q", "")
        kind, filters = kinds.parted(_words(query))
        asked, wanted = replace(words, period="", filters=filters), Wanted(limit=MOST)
        here = context()
        found = listed(here, asked, wanted) if kind.name == "hazard" else records.listed(here, kind, asked, wanted)
        return sheet_page(_named(here, started, found.sheet), language, bar="list", link=_address, query=query)

    def record(request: Request) -> str:
        here = context()
        (sheet,) = shown(here, [request.path_params["id"]], replace(words, period="", filters=())).sheets
        return sheet_page(_named(here, started, sheet), language, bar="record", link=_address)

    routes = [
        routing.Route("/", said(board), methods=["GET"]),
        routing.Route("/hazards", said(hazards), methods=["GET"]),
        routing.Route("/record/{id}", said(record), methods=["GET"]),
    ]
    return _guarded(routes, lambda what, status: answer(_plain(what, language), status))


def _named(here: Context, started: Asked, sheet: Sheet) -> Sheet:
    return disguised(here, started.words, [sheet])[0] if started.incognito else sheet


def _guarded(routes: list[Route], answer: Callable[[Text, int], Response]) -> ASGIApp:
    def said(what: Text, status: int) -> Callable[[Request, Exception], Response]:
        def told(request: Request, failure: Exception) -> Response:
            del request, failure
            return answer(what, status)

        return told

    inner: ASGIApp = needed("starlette.applications").Starlette(
        routes=routes,
        exception_handlers={404: said(NO_PAGE, 404), 405: said(READ_ONLY, 405), Exception: said(BROKEN, 500)},
    )

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        """Answer nobody who names another host, whatever is asked for."""
        if scope["type"] == "http" and not _of_this_machine(dict(scope["headers"]).get(b"host", b"")):
            await answer(STRANGER, 421)(scope, receive, send)
        else:
            await inner(scope, receive, send)

    return guard


def _of_this_machine(host: bytes) -> bool:
    name, colon, port = host.decode("latin-1").lower().rpartition(":")
    return (name if colon and port.isdigit() else host.decode("latin-1").lower()) in HOSTS


def _words(query: str) -> tuple[str, ...]:
    return tuple(word for word in query.replace("\u3000", " ").split() if word)


def _address(id_: str) -> str:
    return f"/record/{quote(id_, safe='')}" if id_ else ""


def _failed(failure: HazardctlError, language: Language) -> str:
    blocks = (Line(failure.what), *(Line(hint, indent=2) for hint in failure.hints))
    return sheet_page(Sheet("failure", CANNOT, blocks=blocks), language, bar="failure")


def _plain(what: Text, language: Language) -> str:
    return sheet_page(Sheet("failure", what), language, bar="failure")
