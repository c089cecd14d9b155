"""Every expected failure: one class each, with the exit code it ends in (DESIGN: the door).

Exit codes: 0 fine · 1 findings · 2 usage · 3 forbidden by the life cycle, or changed underneath · 4 ledger unreadable or
locked, or the system failed · 5 a missing extra · 70 a bug of ours · 130 interrupted. Nothing else is ever returned.
"""

from __future__ import annotations

import errno
import os
from typing import ClassVar, Final

from hazardctl.language import Language, Text, plain

FINE: Final = 0
FINDINGS: Final = 1
BUG: Final = 70
INTERRUPTED: Final = 130


class HazardctlError(Exception):
    """An expected failure: what happened and how to repair it, in both languages."""

    exit_code: ClassVar[int] = BUG

    def __init__(self, what: Text, *hints: Text) -> None:
        """Take the sentence that says what is wrong, and hints that say what to do."""
        super().__init__(what.en)
        self.what = what
        self.hints = hints

    def __reduce__(self) -> tuple[object, ...]:
        """Go from one process to another as it is, whatever its class takes to be made."""
        return _again, (type(self), vars(self))

    def lines(self, language: Language) -> list[str]:
        """Give what a person reads: the fault first, then a line for each hint."""
        return [self.what.say(language), *(hint.say(language) for hint in self.hints)]

    def __str__(self) -> str:
        """Say it in English, for logs and tests."""
        return "\n".join(self.lines("en"))


def _again(kind: type[HazardctlError], held: dict[str, object]) -> HazardctlError:
    made = kind.__new__(kind)
    vars(made).update(held)
    return made


class UsageError(HazardctlError):
    """The words of the call are off: unknown option, bad date, ambiguous id."""

    exit_code = 2


class ForbiddenError(HazardctlError):
    """The life cycle or the policy does not allow the act now."""

    exit_code = 3


class ChangedError(HazardctlError):
    """A file is no longer what was read; nothing was overwritten."""

    exit_code = 3


class UnreadableError(HazardctlError):
    """There is no ledger here, its configuration is invalid, or the record an act aims at cannot be read."""

    exit_code = 4


class LockedError(HazardctlError):
    """Another writer holds the ledger."""

    exit_code = 4


class SystemFailedError(HazardctlError):
    """The disk, git or another part of the system failed."""

    exit_code = 4


class MissingExtraError(HazardctlError):
    """An optional part is not installed; the hint says how to install it."""

    exit_code = 5


NOT_INSTALLED: Final = Text(
    '{what}要用扩展 {extra}：pip install "hazardctl[{extra}]"', '{what} needs an extra: pip install "hazardctl[{extra}]"'
)


def lacks(extra: str, what: Text) -> MissingExtraError:
    """Make the one line that says which optional part is missing for what, with the command that installs it."""
    return MissingExtraError(NOT_INSTALLED.of(extra=extra, what=what))


_SYSTEM_SAYS: Final = {
    "ENOENT": "没有这个文件或文件夹",
    "ENOTDIR": "路径的上一级不是文件夹",
    "EISDIR": "这是一个文件夹",
    "EACCES": "没有权限",
    "EPERM": "系统不允许这样做",
    "EROFS": "这个盘只能读",
    "ENOSPC": "磁盘满了",
    "EDQUOT": "磁盘配额用完了",
    "EFBIG": "文件超过了这个盘允许的大小",
    "EIO": "磁盘读写出错",
    "ENAMETOOLONG": "名字太长",
    "ELOOP": "链接层数太多",
    "EEXIST": "已有同名的文件或文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "EXDEV": "不在同一个盘上",
    "EBUSY": "正被占用",
    "ETXTBSY": "程序正在运行",
    "ENODEV": "没有这个设备",
    "ENXIO": "没有这个设备或地址",
    "ESTALE": "网络盘上的文件已不在",
    "ETIMEDOUT": "等得太久，没有回应",
    "EMFILE": "本程序打开的文件太多",
    "ENFILE": "整个系统打开的文件太多",
    "ENOMEM": "内存不够",
    "EAGAIN": "系统暂时腾不出手",
    "EINVAL": "系统不认这个名字或做法",
    "EPIPE": "对方已经关闭",
    "EADDRINUSE": "地址已被占用",
    "ENOLCK": "这个盘上不能加锁",
    "ENOSYS": "系统没有这个功能",
    "ENOTSUP": "这个盘不支持这样做",
    "EOPNOTSUPP": "这个盘不支持这样做",
}


def reason(failure: Exception) -> Text:
    """Say in both languages why the system refused: our words in Chinese, the system's own in English.

    A refusal without a number, or with one that has no Chinese words here, is said as it came, after its number.

    Examples:
        >>> reason(PermissionError(13, "Permission denied")).say("zh")
        '没有权限'
    """
    number = failure.errno if isinstance(failure, OSError) else None
    if number is None:
        return plain(str(failure) or type(failure).__name__)
    words = os.strerror(number)
    return Text(
        _SYSTEM_SAYS.get(errno.errorcode.get(number, ""), "系统错误 {number}（{words}）"), "{words}", {"number": number, "words": words}
    )


class BugError(HazardctlError):
    """Something that cannot happen did: ours to mend, nothing was written."""

    exit_code = BUG
