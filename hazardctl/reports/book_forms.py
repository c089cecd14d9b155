"""Two tables that only the workbook has: the bulletin of each place and the age of what is open (EXPERIENCE §8.1)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.lines import Figured
from hazardctl.reports.official import PLACES, Filled, Form, blocks
from hazardctl.sheet import Sheet

_KNOWN: Final = {one.key: one for one in PLACES.columns}
BULLETIN: Final = Form(
    "bulletin",
    Text("隐患排查治理情况通报", "bulletin of each place"),
    Text("乡镇", "Place"),
    (
        Figured("registered", Text("总企业数(家)", "Units registered"), "registry.units"),
        *(
            _KNOWN[key]
            for key in (
                "units", "outings", "found", "rectified", "rate", "major_found", "major_rectified", "major_rate", "funds", "records",
                "orders", "coercive", "opinions",
            )
        ),
    ),
)  # fmt: skip
"""The columns of the work of each place as a bulletin orders them, behind the units there are."""
AGEING: Final = Form(
    "ageing",
    Text("未整改隐患账龄", "age of the open hazards"),
    Text("行业领域", "Sector"),
    (
        Figured("to_7", Text("0-7天", "0-7 days"), "age.to_7"),
        Figured("to_15", Text("8-15天", "8-15 days"), "age.to_15"),
        Figured("to_30", Text("16-30天", "16-30 days"), "age.to_30"),
        Figured("to_90", Text("31-90天", "31-90 days"), "age.to_90"),
        Figured("over_90", Text("90天以上", "over 90 days"), "age.over_90"),
        Figured("pending", Text("合计", "Total"), "age.pending"),
    ),
)
RATES: Final = (("rate", "rectified", "found"), ("major_rate", "major_rectified", "major_found"))
"""Column of a rate of the bulletin → the columns it divides."""
TITLE: Final = Text("{name} {what}", "{name}: {what}")


def laid(frame: Frame, filled: Filled) -> Sheet:
    """Lay one of them out."""
    form = filled.form
    return Sheet(
        form.key,
        TITLE.of(name=frame.organisation, what=form.name),
        (frames.head(frame),),
        tuple(blocks(filled)),
        frames.foot(frame, headed=True),
        {},
        main=form.key,
    )
