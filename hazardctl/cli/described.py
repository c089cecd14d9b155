"""What stands beside an id while somebody completes it: the beginning of its description, from the head of its file (EXPERIENCE 4.12).

No record is read: a line of the file is enough. What a ledger says is data, and a shell evaluates what a completion hands it: only
letters, digits and a few harmless signs get through.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

MOST: Final = 40
"""Ids that are described; a longer list nobody reads."""
HEAD: Final = 4_096
LONGEST: Final = 30
_LINE: Final = re.compile(r"^(?:description|name|title|subject|content): *(?P<text>[^\s|>].*)$", re.MULTILINE)
_UNSAFE: Final = re.compile(r"[^\w \-.,%/，。；、（）：“”《》]")


def described(path: Path) -> str:
    """Give the beginning of what a record is about; empty where its file does not say so on a line, or cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
    found = _LINE.search(head)
    text = " ".join(_UNSAFE.sub(" ", found["text"]).split()) if found else ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}."
