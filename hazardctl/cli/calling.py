"""The way into the program and out of it: streams, door, exit code. What a question waits for begins before the program is imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from hazardctl.cli import door as doors
from hazardctl.cli.ahead import looking
from hazardctl.cli.door import PROGRAM, Door
from hazardctl.cli.streams import careful
from hazardctl.errors import FINE

COMPLETE: Final = "_HAZARDCTL_COMPLETE"


def called(argv: Sequence[str]) -> int:
    """Run one call and give its exit code; whatever happens is said, nothing is thrown."""
    _careful_streams()
    door = Door()
    try:
        options, rest = doors.separated(argv)
        door = Door(options)
        if rest == ["--version"]:
            return doors.version()
        door = doors.opened(options, os.environ)
        careful(door.language)
        code = _invoked(door, rest)
        sys.stdout.flush()
    except BrokenPipeError:
        return quietly()
    except doors.UsageErrorIn as failure:
        return said(failure.door, failure)
    except (Exception, KeyboardInterrupt) as failure:  # noqa: BLE001 (the last door: everything ends in a line and a code)
        return said(door, failure)
    return code


def _invoked(door: Door, argv: list[str]) -> int:
    completing = bool(os.environ.get(COMPLETE))
    with looking(door, argv, argv[0] if argv and not completing else ""):
        from typer.main import get_command  # the table of commands and what reads it: git is looking meanwhile

        from hazardctl.cli.program import app

        if completing:
            from hazardctl.cli.completing import prepare

            prepare()
        command: Any = get_command(app)
        result = command.main(args=argv, prog_name=PROGRAM, complete_var=COMPLETE, standalone_mode=False, obj=door)
    return result if isinstance(result, int) else FINE


def said(door: Door, failure: BaseException) -> int:
    """Say what happened, even where a stream it is said on is gone, and give the exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        quietly()
    from hazardctl.cli.faults import code_of, ended

    code = code_of(failure)
    try:
        ended(door, failure)
        sys.stderr.flush()
    except OSError:
        quietly()
    return code


def failed(failure: BaseException) -> int:
    """Say why an answer of before could not be printed to its end, and give the exit code."""
    return quietly() if isinstance(failure, BrokenPipeError) else said(Door(), failure)


def _careful_streams() -> None:
    """Make sure that there are streams, and that no character a terminal lacks makes them fail (RELIABILITY §5.5).

    A stream the caller closed is None here: a full device stands in for stdout, so that a result nobody gets is said to be lost.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] (`>&-`)
        sys.stdout = _nowhere("/dev/full")
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison] (`2>&-`)
        sys.stderr = _nowhere(os.devnull)
    careful("zh")


def _nowhere(path: str) -> TextIO:
    """Open what stands in for a closed stream: nothing that is written there arrives."""
    try:
        return Path(path).open("w", encoding="utf-8")
    except OSError:
        return Path(os.devnull).open("w", encoding="utf-8")


def quietly() -> int:
    """Leave without a word when the reader of our output is gone, so that nothing is said at interpreter exit either."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(devnull, stream.fileno())
        except (OSError, ValueError):
            continue
    return FINE
