"""Streams that never fail on a character: what an encoding lacks is a word of ours, or an escape (RELIABILITY §5.5)."""

from __future__ import annotations

import codecs
import sys
from typing import Final

from hazardctl.language import Language
from hazardctl.render.terminal import lacking, sign_at

HANDLER: Final = "hazardctl"


def careful(language: Language) -> None:
    """Let stdout and stderr write a sign of ours that their encoding lacks as a word of the language, anything else by its number."""

    def instead(failure: UnicodeError) -> tuple[str | bytes, int]:
        if not isinstance(failure, UnicodeEncodeError):
            raise failure
        if word := lacking(failure.encoding, language).get(sign_at(failure.object, failure.start)):
            return word, failure.start + 1
        start = failure.start
        return codecs.backslashreplace_errors(UnicodeEncodeError(failure.encoding, failure.object, start, start + 1, failure.reason))

    codecs.register_error(HANDLER, instead)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=HANDLER, newline="\n")
