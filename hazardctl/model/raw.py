"""What a YAML file says before anything is typed."""

from __future__ import annotations

from typing import TypeAlias

Raw: TypeAlias = str | list["Raw"] | dict[str, "Raw"] | None
"""Every scalar is the text that was written; None stands for plain nothing, `~` or `null`."""

Tree: TypeAlias = dict[str, Raw]
