"""Pages as they were last looked at: a test compares, and writes anew what `WRITE_GOLDEN=1` asks for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from hazardctl.language import Language

FOLDER: Final = Path(__file__).parent / "transcripts" / "pages"
GOLDEN_WIDTHS: Final = (60, 80, 100, 140)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def held(name: str, text: str) -> None:
    """Compare a page with the one that was kept under its name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
