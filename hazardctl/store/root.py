"""Where the ledger is: the folder that holds `hazardctl.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hazardctl.errors import UnreadableError
from hazardctl.language import Text

CONFIG_FILE: Final = "hazardctl.yaml"
FOLDER: Final = "ledger"


def find_root(start: Path, given: str | None = None) -> Path:
    """Find the ledger root, the folder that holds `hazardctl.yaml` (EXPERIENCE §4.11).

    Args:
        start: where the search begins, going upwards; it does not leave the git work tree.
        given: a folder somebody named (`-C`, `HAZARDCTL_LEDGER`): looked at alone, with its `ledger/`.

    Raises:
        UnreadableError: there is no ledger there.
    """
    places = [Path(given)] if given else [start, *start.parents]
    for place in places:
        for folder in (place, place / FOLDER):
            if (folder / CONFIG_FILE).is_file():
                return folder.resolve()
        if not given and (place / ".git").exists():
            break
    where = str(places[0])
    raise UnreadableError(
        Text("{it} 处没有台账（找不到 hazardctl.yaml）", "no ledger at {it} (hazardctl.yaml not found)", {"it": where}),
        Text("新建台账  hazardctl init", "make one  hazardctl init"),
    )
