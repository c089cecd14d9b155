"""Every expected failure: one class each, with the exit code it ends in (DESIGN: the door).

Exit codes: 0 fine · 1 findings · 2 usage · 3 forbidden by the life cycle, or changed underneath · 4 ledger unreadable or
locked, or the system failed · 5 a missing extra · 70 a bug of ours · 130 interrupted. Nothing else is ever returned.
"""

from __future__ import annotations

from typing import ClassVar, Final

from hazardctl.language import Language, Text

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

    def lines(self, language: Language) -> list[str]:
        """Give what a person reads: the fault first, then a line for each hint."""
        return [self.what.say(language), *(hint.say(language) for hint in self.hints)]

    def __str__(self) -> str:
        """Say it in English, for logs and tests."""
        return "\n".join(self.lines("en"))


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


class BugError(HazardctlError):
    """Something that cannot happen did: ours to mend, nothing was written."""

    exit_code = BUG
