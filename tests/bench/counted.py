"""Run one command and count what it cost, in a unit no machine changes: calls of Python functions, and files of records opened.

python counted.py WORDS...      prints {"calls": N, "opened": N}
"""

from __future__ import annotations

import contextlib
import cProfile
import io
import json
import os
import sys

opened: set[str] = set()


def _seen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if path.endswith(".yaml") and "hazardctl.yaml" not in path:
            opened.add(path)


def main() -> None:
    """Run the words as a command line of ours, its output thrown away."""
    os.cpu_count = lambda: 1  # what is shared among cores is done, and counted, here
    from hazardctl.cli.app import called

    sys.addaudithook(_seen)
    profile = cProfile.Profile(builtins=False)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        profile.runcall(called, sys.argv[1:])
    calls = sum(entry.callcount for entry in profile.getstats())
    sys.stdout.write(json.dumps({"calls": calls, "opened": len(opened)}))


if __name__ == "__main__":
    main()
