"""`path:line:column: CODE message`, one finding a line: what every editor reads."""

from __future__ import annotations

from hazardctl.diagnostics import Review
from hazardctl.render.findings.summary import summary
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean


def rendered(review: Review, page: Page) -> str:
    """Give a line a finding, and the summary."""
    lines = [
        f"{clean(one.path)}:{one.place.line}:{one.place.column}: {one.code} {clean(one.message.say(page.language))}"
        for one in review.diagnostics
    ]
    return "\n".join([*lines, summary(review, kinds=False).say(page.language)]) + "\n"
