"""What stands unseen in a workbook of any format.

Rows and columns that are hidden or filtered away, cells whose formula failed, formulas that were written by a program and never
calculated (of xlsx only: the others keep no such formula). The reader gives an empty cell for a failed formula; a deadline lost like that
would be a lost deadline, so the cell gets back what a person sees in it.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from hazardctl.exchange.unseen import ods, xls, xlsb, xlsx
from hazardctl.exchange.unseen.what import Unseen


def unseen(data: bytes, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook; nothing for a file that is none or whose parts are off.

    Args:
        data: the whole file, already held to be of a bearable size.
        names: of the sheets.

    Raises:
        MissingExtraError: it is xls, and the extra `excel` is not installed.
    """
    if data.startswith(xls.MAGIC):
        return xls.told(data, names)
    if not data.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            reader = next((one for one in (xlsx, xlsb, ods) if one.WORKBOOK in parts), None)
            return reader.told(archive, names) if reader else {}
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, OSError, struct.error):
        return {}  # what can be read the reader has read; what lies beside it is not worth a refusal
