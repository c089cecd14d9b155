"""Questions on a terminal (EXPERIENCE 4.5): asked on stderr, Enter is the safe answer, the end of input is "no"."""

from __future__ import annotations

import sys


def line(question: str) -> str:
    """Ask one question and give the answer without its end.

    Raises:
        EOFError: the input ended.
    """
    sys.stderr.write(question)
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer.strip()


def confirmed(question: str) -> bool:
    """Ask for a yes; anything else is a no."""
    try:
        return line(question).casefold() in {"y", "yes", "是", "好"}
    except EOFError:
        return False
