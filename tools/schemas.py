"""Write the `schemas/*.schema.json` that are made from models and columns, or check that they are what those say.

python tools/schemas.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hazardctl.model.schema import json_schemas
from hazardctl.ops.export_schema import exchange_schemas

FOLDER = Path(__file__).resolve().parents[1] / "schemas"


def main() -> int:
    """Write the files, or name those that differ."""
    check = "--check" in sys.argv[1:]
    stale: list[str] = []
    FOLDER.mkdir(exist_ok=True)
    for name, schema in (*json_schemas(), *exchange_schemas()):
        path = FOLDER / name
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not what the models say: {', '.join(stale)}; run make schemas")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
