"""The way in and out: what was asked before and still holds is printed again, everything else is for the program.

Next to nothing is imported here, so that the same question over the same files costs what git needs to look at them.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from hazardctl.cli import again


def run() -> None:
    """Run the command line of this process and leave it with an exit code of the table (EXPERIENCE 4.2)."""
    gc.set_threshold(200_000, 20, 50)  # a command lives a second and makes frozen values, none of them in a circle
    sys.exit(called(sys.argv[1:]))


def called(argv: Sequence[str]) -> int:
    """Run one call and give its exit code; whatever happens is said, nothing is thrown."""
    asked = again.asked(argv)
    try:
        code = asked.printed() if asked else None
    except (OSError, KeyboardInterrupt) as failure:
        from hazardctl.cli.calling import failed

        return failed(failure)
    if code is not None:
        return code
    from hazardctl.cli.calling import called as answered

    return asked.kept(answered) if asked else answered(argv)
