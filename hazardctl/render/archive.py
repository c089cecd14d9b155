"""Office files are zip archives, and their libraries stamp each part with the clock: here the stamps are taken off again."""

from __future__ import annotations

import io
import zipfile
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip archive can say."""


def undated(data: bytes) -> bytes:
    """Give the same archive, part by part in its order, without the time it was made at: same content, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
        for part in was.infolist():
            now.writestr(zipfile.ZipInfo(part.filename, EPOCH), was.read(part), zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
