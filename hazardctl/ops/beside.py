"""Files that stand beside a ledger: for the host's CI, for an editor, for the owners of its paths (EXPERIENCE §7).

Each is written once and then belongs to whoever keeps the ledger; only the JSON Schemas are made anew, for nobody edits them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from hazardctl import __version__
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.model.kinds import KINDS
from hazardctl.model.migrations import CONFIG
from hazardctl.model.settings import Person
from hazardctl.model.unit import Unit
from hazardctl.store.layout import path_of
from hazardctl.store.root import CONFIG_FILE, FOLDER

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
CI: Final[Mapping[str, str]] = {
    "github": ".github/workflows/ledger.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitee": ".workflow/ledger.yml",
    "gitcode": ".gitcode/workflows/ledger.yml",
}
"""Host → where it looks for what its CI is to do."""
EDITORS: Final = ("vscode",)
SCHEMAS: Final = "schemas"
CODEOWNERS: Final = "CODEOWNERS"
WRITERS: Final = frozenset({"registrar", "verifier", "approver"})
_ADDRESS: Final = re.compile(r"[^\s@#,]+@[^\s@#,]+\.[^\s@#,]+")

NO_HOST: Final = Text("--ci 可用 {all}，这里是“{it}”", "--ci takes {all}, not “{it}”")
NO_EDITOR: Final = Text("--editor 可用 {all}，这里是“{it}”", "--editor takes {all}, not “{it}”")
NOBODY: Final = Text(
    "hazardctl.yaml 的 people 里没有人既有角色（登记、复查、审批）又有邮箱",
    "nobody among the people of hazardctl.yaml has both a role (registrar, verifier, approver) and an e-mail address",
)
WRITE_THEM: Final = Text("写作 {it}", "write {it}", {"it": "{name: 李四, roles: [registrar], emails: [li4@example.org]}"})


def ci(host: str) -> Mapping[str, bytes]:
    """Give the file that makes a host check the ledger on every pull request.

    Raises:
        UsageError: no such host.
    """
    if host not in CI:
        raise UsageError(NO_HOST.of(all=list(CI), it=host))
    text = (TEMPLATES / f"{host}.yml").read_text(encoding="utf-8")
    return {CI[host]: text.replace("@VERSION@", __version__).encode()}


# ------------------------------------------------------------------------------------------------------------------ editors


def editor(name: str, inner: str) -> Mapping[str, bytes]:
    """Give the settings of an editor, the schemas left out: which folder is described by which schema, and what checks it.

    Args:
        name: one of `EDITORS`.
        inner: the ledger root as seen from the top, with `/` behind it; empty where it is the top.

    Raises:
        UsageError: no such editor.
    """
    if name not in EDITORS:
        raise UsageError(NO_EDITOR.of(all=list(EDITORS), it=name))
    schemas = {f"./{SCHEMAS}/{kind.name}.schema.json": f"{inner}{kind.folder}/**/*.yaml" for kind in KINDS}
    settings = {
        "yaml.schemas": {**schemas, f"./{SCHEMAS}/{CONFIG}.schema.json": f"{inner}{CONFIG_FILE}"},
        "yaml.format.enable": False,  # a formatter would break events over lines; `hazardctl fmt` does not
        "files.associations": {f"{inner}**/*.yaml": "yaml"},
        "[yaml]": {"files.encoding": "utf8", "files.eol": "\n", "editor.formatOnSave": False},
    }
    matcher = {
        "owner": "hazardctl",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": r"^(.+?):(\d+):(\d+): (\w+) (.*)$", "file": 1, "line": 2, "column": 3, "code": 4, "message": 5},
    }
    task = {"label": "hazardctl validate", "type": "shell", "command": "hazardctl validate --format concise", "problemMatcher": matcher}
    return {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".vscode/tasks.json": _json({"version": "2.0.0", "tasks": [task]}),
    }


def schemas() -> Mapping[str, bytes]:
    """Give the JSON Schemas of every kind and of the configuration."""
    from hazardctl.model.schema import json_schemas

    return {f"{SCHEMAS}/{name}": _json(schema) for name, schema in json_schemas()}


def headed(config: Config, root: Path, kind: str, path: str, text: str) -> str:
    """Give the text of a new record, with the line that tells an editor its schema where the ledger wants one.

    Args:
        config: of the ledger (`editor: {modeline: true}`).
        root: the ledger root; the schemas lie beside `ledger/`, or in it where it is the top.
        kind: of the record.
        path: of the record, relative to the root.
        text: of the record.
    """
    if not config.editor.modeline:
        return text
    up = path.count("/") + (root.name == FOLDER)
    return f"# yaml-language-server: $schema={'../' * up}{SCHEMAS}/{kind}.schema.json\n{text}"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


# ------------------------------------------------------------------------------------------------------------------- owners

OWNERS_HEAD: Final = """\
# 由 hazardctl init --codeowners 按 hazardctl.yaml 的 people 写下；人员变动后删掉重写 / made from the people of hazardctl.yaml
# 路径里没有属地，只有单位文件能按属地分；隐患由登记、复查、审批人共管 / a path holds no region: only unit files follow the region tree
"""


def owners(config: Config, units: Mapping[str, Unit], inner: str) -> Mapping[str, bytes]:
    """Give CODEOWNERS: the ledger to those who write it, its settings to those who approve, unit files to their region.

    Args:
        config: whose people, roles, e-mail addresses and regions are read.
        units: the registered units; a person belongs to the region of the unit they name.
        inner: as in `editor`.

    Raises:
        UsageError: nobody has a role and an e-mail address.
    """
    everybody = _addresses(config.people, WRITERS)
    if not everybody:
        raise UsageError(NOBODY, WRITE_THEM)
    approvers = _addresses(config.people, {"approver"}) or everybody
    lines = [f"/{inner} {everybody}" if inner else f"* {everybody}", *_unit_lines(config, units, inner, everybody)]
    lines += [f"/{path} {approvers}" for path in (f"{inner}{CONFIG_FILE}", f"{inner}seals/", f"{inner}baseline.txt", CODEOWNERS)]
    return {CODEOWNERS: (OWNERS_HEAD + "".join(f"{line}\n" for line in lines)).encode()}


def _addresses(people: Sequence[Person], roles: frozenset[str] | set[str]) -> str:
    found = (one.emails[0] for one in people if roles & set(one.roles) and one.emails and _ADDRESS.fullmatch(one.emails[0]))
    return " ".join(sorted(set(found)))


def _unit_lines(config: Config, units: Mapping[str, Unit], inner: str, everybody: str) -> Iterator[str]:
    """Give a line for each unit that lies in a region with people of its own, the nearest region upwards."""
    of_region: dict[str, list[Person]] = {}
    for person in config.people:
        body = units.get(person.unit)
        if body is not None and body.region:
            of_region.setdefault(body.region, []).append(person)
    addresses = {region: _addresses(people, WRITERS) for region, people in of_region.items()}
    for key, unit in sorted(units.items()):
        near = next((addresses[region] for region in config.above(unit.region) if addresses.get(region)), everybody)
        if near != everybody:
            yield f"/{inner}{path_of('units', key)} {near}"
