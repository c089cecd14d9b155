"""From exceptions to the last lines and the exit code: one table, and no word of a library (EXPERIENCE 4.2, 4.10)."""

from __future__ import annotations

import re
import sys
import traceback
from typing import Final

from hazardctl.cli.door import PROGRAM, Door, echo
from hazardctl.cli.lazy import MEANT, NO_OPTION, SEE_HELP
from hazardctl.errors import BUG, INTERRUPTED, HazardctlError, SystemFailedError, UsageError, reason
from hazardctl.language import Text

REPORT_TO: Final = "https://github.com/hazardctl/hazardctl/issues"
_QUOTED: Final = re.compile(r"'([^']*)'")

INTERRUPTION: Final = Text("已中断，没有写了一半的文件", "interrupted; no file is half written")
BROKEN: Final = Text(
    "程序出错（{it}）。请带上 --debug 的输出报告：{where}",
    "this is a bug of ours ({it}). Please report it with the output of --debug: {where}",
)
MISSING_VALUE: Final = Text("选项 {it} 后面缺少值", "option {it} needs a value")
NO_VALUE: Final = Text("选项 {it} 不带值", "option {it} takes no value")
MISSING: Final = Text("缺少 {it}", "missing {it}")
TOO_MANY: Final = Text("多出的参数：{it}", "unexpected: {it}")
BAD_VALUE: Final = Text("{option} 的值不对：{it}", "bad value for {option}: {it}")
WHOLE_NUMBER: Final = Text("“{it}”不是整数", "“{it}” is not a whole number")
UNUSABLE: Final = Text("用法不对：{it}", "wrong usage: {it}")
FULL: Final = Text("结果写不出去：{it}", "the result could not be written: {it}")


def ended(door: Door, failure: BaseException) -> None:
    """Say what ended the call, on stderr."""
    if door.options.debug and not isinstance(failure, KeyboardInterrupt):
        traceback.print_exception(failure, file=sys.stderr)
    if isinstance(failure, KeyboardInterrupt):
        door.tell(INTERRUPTION, *(text for text in failure.args if isinstance(text, Text)))
        return
    expected = _expected(failure)
    if expected is None:
        door.tell(BROKEN.of(it=type(failure).__name__, where=REPORT_TO))
        return
    for line in expected.lines(door.language):
        for part in line.split("\n"):
            echo(part, to=sys.stderr)


def code_of(failure: BaseException) -> int:
    """Give the exit code of what ended a call (EXPERIENCE 4.2)."""
    if isinstance(failure, KeyboardInterrupt):
        return INTERRUPTED
    expected = _expected(failure)
    return BUG if expected is None else expected.exit_code


def _expected(failure: BaseException) -> HazardctlError | None:
    """Give the expected failure something stands for; None for a bug of ours."""
    match failure:
        case HazardctlError():
            return failure
        case OSError():
            return SystemFailedError(FULL.of(it=reason(failure)))
        case _ if hasattr(failure, "format_message"):
            return usage(failure)
        case _:
            return None


def usage(failure: object) -> UsageError:
    """Say a usage error of the option parser in our own words (EXPERIENCE §6, trap 14)."""
    command = getattr(getattr(failure, "ctx", None), "command_path", PROGRAM)
    see = SEE_HELP.of(command=command)
    name = str(getattr(failure, "option_name", ""))
    message = str(getattr(failure, "message", ""))
    match type(failure).__name__:
        case "NoSuchOption":
            meant = list(getattr(failure, "possibilities", None) or ())
            return UsageError(NO_OPTION.of(it=name), *([MEANT.of(words=meant)] if meant else []), see)
        case "BadOptionUsage":
            return UsageError((NO_VALUE if "does not take" in message else MISSING_VALUE).of(it=name), see)
        case "MissingParameter":
            return UsageError(MISSING.of(it=_named(failure)), see)
        case "BadParameter":
            wrong = _QUOTED.search(message)
            number = wrong is not None and "integer" in message
            words = WHOLE_NUMBER.of(it=wrong[1]) if wrong and number else Text("“{it}”", "“{it}”", {"it": wrong[1] if wrong else ""})
            return UsageError(BAD_VALUE.of(option=_named(failure), it=words), see)
        case _ if message.startswith("Got unexpected extra argument"):
            return UsageError(TOO_MANY.of(it=message.partition(" (")[2].removesuffix(")")), see)
        case _:
            return UsageError(UNUSABLE.of(it=type(failure).__name__), see)


def _named(failure: object) -> str:
    param = getattr(failure, "param", None)
    options = getattr(param, "opts", None)
    if getattr(param, "param_type_name", "") == "option" and options:
        return str(max(options, key=len))
    return str(getattr(param, "metavar", None) or getattr(param, "name", "")).strip("[].")
