"""What stands beside a ledger: CI files that run, settings an editor takes, owners of paths; and the hooks of this repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hazardctl import __version__
from hazardctl.cli.app import called
from hazardctl.errors import UsageError
from hazardctl.model.kinds import KINDS
from hazardctl.ops import beside
from hazardctl.ops.init import Beside, init
from hazardctl.store import git
from hazardctl.store.load import load
from tests.acting import ASSIGN, CONFIG, REGISTER, UNITS, hazard
from tests.test_transcripts import home

__all__ = ["home"]
CHECKED = {"github": ("vendor.github-workflows",), "gitlab": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci")}
PEOPLE = """people:
  - {name: 张三, roles: [approver], emails: [zhang3@example.org]}
  - {name: 李四, roles: [registrar], emails: [li4@example.org, li@example.com]}
  - {name: 王五, roles: [verifier], emails: [wang5@example.org], unit: east}
  - {name: 赵六, roles: [responsible], emails: [zhao6@example.org]}
  - {name: 钱七, roles: [registrar], emails: ["a@b c"]}
  - {name: 孙八, roles: [registrar]}
"""
REGIONS = "regions:\n  - {key: town, name: 青山镇}\n  - {key: east, name: 东村, parent: town}\n"


def written(host: str) -> str:
    return beside.ci(host)[beside.CI[host]].decode()


# ----------------------------------------------------------------------------------------------------------------------- CI


@pytest.mark.parametrize("host", beside.CI)
def test_a_ci_file_is_yaml_and_names_the_version_that_wrote_it(host: str) -> None:
    text = written(host)
    assert isinstance(yaml.safe_load(text), dict)
    assert f'"hazardctl[cn]=={__version__}"' in text
    assert "@VERSION@" not in text


@pytest.mark.parametrize("host", CHECKED)
def test_a_ci_file_fits_the_schema_its_host_publishes(host: str, tmp_path: Path) -> None:
    file = tmp_path / "ci.yml"
    file.write_text(written(host), encoding="utf-8")
    schema, *more = CHECKED[host]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def scripts(host: str) -> Iterator[tuple[str, str]]:
    """Give (when, script) of each step of a CI file that is ours to run: `pull`, `push` or `any`."""
    body: Any = yaml.safe_load(written(host))
    match host:
        case "gitlab":
            for name in ("ledger:merge-request", "ledger"):
                yield from (("pull" if ":" in name else "push", line) for line in body[name]["script"])
        case "gitee":
            yield from (("any", line) for line in body["stages"][0]["steps"][0]["commands"] if "pip" not in line)
        case _:
            for step in body["jobs"]["validate"]["steps"]:
                if "run" in step and "pip" not in step["run"]:
                    when = step.get("if", "")
                    yield "pull" if "== 'pull_request'" in when else "push" if "!= 'pull_request'" in when else "any", step["run"]


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """Give the work tree of a branch with one new finding, cloned from a repository whose main branch has an old one."""
    origin, work = tmp_path / "origin", tmp_path / "work"
    root = init(origin, org="青山镇安监站").root
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    for key, text in UNITS.items():
        (root / "units" / f"{key}.yaml").write_text(text, encoding="utf-8")
    hazard(root, "AAAAA", REGISTER, ASSIGN, extra="colour: red\n")
    files = [path for path in origin.rglob("*") if path.is_file() and ".git" not in path.relative_to(origin).parts]
    git.commit(origin, files, "begin", {})
    subprocess.run(["git", "clone", "--quiet", str(origin), str(work)], check=True)
    subprocess.run(["git", "-C", str(work), "switch", "--quiet", "-c", "branch"], check=True)
    made = hazard(work / "ledger", "BBBBB", REGISTER, ASSIGN, extra="shape: round\n")
    git.commit(work, [made], "one more", {})
    return work


def run(script: str, folder: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script of a CI file as its host does: `sh -e`, a checkout, the host's variables."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "ATOMGIT_", "CI_"))},
        "PATH": f"{home}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "HAZARDCTL_TODAY": "2024-03-25",
        "CI": "true",
        **more,
    }
    return subprocess.run(["sh", "-e", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)


def variables(host: str, event: str, summary: Path) -> dict[str, str]:
    base = "main" if event == "pull" else ""
    match host:
        case "github":
            return {"GITHUB_BASE_REF": base, "GITHUB_STEP_SUMMARY": str(summary)}
        case "gitlab":
            return {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": base}
        case "gitcode":
            return {"ATOMGIT_BASE_REF": base, "ATOMGIT_STEP_SUMMARY": str(summary)}
        case _:
            return {}


@pytest.mark.parametrize("host", ["github", "gitlab", "gitcode"])
def test_a_pull_request_is_told_what_it_brings_and_no_more(host: str, branch: Path, home: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    more = variables(host, "pull", summary)
    done = [run(script, branch, home, **more) for when, script in scripts(host) if when != "push"]
    assert {one.returncode for one in done} <= {0, 1}, [one.stderr for one in done]
    assert all("Traceback" not in one.stderr for one in done)
    told = next(one.stdout for one in done if "HZ005" in one.stdout)
    assert "BBBBB" in told
    assert "colour" not in told
    said = summary if host != "gitlab" else branch / "hazardctl.md"
    assert "BBBBB" in said.read_text(encoding="utf-8")
    if host == "github":
        assert re.search(r"^::error title=.*file=ledger/hazards/2024/03/YH-20240301-BBBBB\.yaml,line=\d+", told, re.MULTILINE)
    if host == "gitlab":
        quality = json.loads((branch / "hazardctl-code-quality.json").read_text(encoding="utf-8"))
        assert ("HZ005", "ledger/hazards/2024/03/YH-20240301-BBBBB.yaml") in [
            (one["check_name"], one["location"]["path"]) for one in quality
        ]
        assert (branch / "hazardctl-junit.xml").is_file()


@pytest.mark.parametrize("host", beside.CI)
def test_a_push_is_told_of_the_whole_ledger(host: str, branch: Path, home: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = [run(script, branch, home, **variables(host, "push", summary)) for when, script in scripts(host) if when != "pull"]
    told = next(one.stdout for one in done if "HZ005" in one.stdout)
    assert "AAAAA" in told
    assert "BBBBB" in told
    assert {one.returncode for one in done} == {0, 1}
    said = [one.stdout for one in done] + [path.read_text(encoding="utf-8") for path in (summary, branch / "hazardctl.md") if path.exists()]
    assert any("2024" in text and "整改率" in text for text in said)


def test_an_unknown_host_or_editor_is_refused(tmp_path: Path) -> None:
    for one in (Beside(ci="bitbucket"), Beside(editor="ed")):
        with pytest.raises(UsageError):
            init(tmp_path, beside=one)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------------------------------------- beside a ledger


def test_what_is_wanted_comes_with_a_new_ledger_or_later(tmp_path: Path) -> None:
    made = init(tmp_path / "a", beside=Beside("github", "vscode"))
    assert {".github/workflows/ledger.yml", ".vscode/settings.json", "schemas/hazard.schema.json"} <= set(made.files)
    init(tmp_path / "b")
    before = (tmp_path / "b" / "ledger" / "hazardctl.yaml").read_bytes()
    later = init(tmp_path / "b", beside=Beside("gitee"))
    assert (later.files, later.new, later.repository) == ((".workflow/ledger.yml",), False, False)
    assert (tmp_path / "b" / "ledger" / "hazardctl.yaml").read_bytes() == before
    assert init(tmp_path / "b", beside=Beside("gitee")).files == ()


def test_a_file_somebody_changed_is_kept_and_named_and_schemas_are_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(tmp_path, beside=Beside("gitlab", "vscode"))
    mine, schema = tmp_path / ".gitlab-ci.yml", tmp_path / "schemas" / "unit.schema.json"
    mine.write_text("stages: []\n", encoding="utf-8")
    schema.write_text("{}\n", encoding="utf-8")
    assert called(["init", str(tmp_path), "--ci", "gitlab", "--editor", "vscode"]) == 0
    out, err = capsys.readouterr()
    assert ".gitlab-ci.yml 已有，内容不同，没有动" in err
    assert out == "已写入 schemas/unit.schema.json\n"
    assert mine.read_text(encoding="utf-8") == "stages: []\n"
    assert json.loads(schema.read_text(encoding="utf-8"))["$id"] == "hazardctl/unit/1"
    assert called(["init", str(tmp_path), "--editor", "vscode", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "all of it stands already\n"


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["init", str(tmp_path / "new"), "--ci", "github", "-n"]) == 0
    assert "将写入 .github/workflows/ledger.yml（试运行，未写入）" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_host_looks_at_the_top_of_a_repository_alone(tmp_path: Path) -> None:
    git.init(tmp_path)
    init(tmp_path / "below")
    with pytest.raises(UsageError, match=r"HAZARDCTL_LEDGER=below/ledger"):
        init(tmp_path / "below", beside=Beside("github"))
    assert init(tmp_path / "below", beside=Beside(editor="vscode")).files


# ------------------------------------------------------------------------------------------------------------------ editors


def test_an_editor_is_told_the_schema_of_every_folder(tmp_path: Path) -> None:
    init(tmp_path, beside=Beside(editor="vscode"))
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]["./schemas/hazard.schema.json"] == "ledger/hazards/**/*.yaml"
    assert settings["yaml.schemas"]["./schemas/config.schema.json"] == "ledger/hazardctl.yaml"
    assert len(settings["yaml.schemas"]) == len(KINDS) + 1
    for name in settings["yaml.schemas"]:
        assert (tmp_path / name).is_file()
    assert settings["yaml.format.enable"] is False


def test_a_ledger_at_the_top_of_its_repository_is_described_there(tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text(f"{CONFIG}editor: {{modeline: true}}\n", encoding="utf-8")
    init(tmp_path, beside=Beside(editor="vscode"))
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]["./schemas/unit.schema.json"] == "units/**/*.yaml"
    config = load(tmp_path).config
    assert beside.headed(config, tmp_path, "unit", "units/a.yaml", "id: a\n") == (
        "# yaml-language-server: $schema=../schemas/unit.schema.json\nid: a\n"
    )
    assert load(tmp_path).strays == ()


def test_the_problem_matcher_reads_the_concise_form(tmp_path: Path) -> None:
    tasks = json.loads(beside.editor("vscode", "ledger/")[".vscode/tasks.json"])
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]["regexp"]
    found = re.fullmatch(pattern, "ledger/hazards/2024/03/YH-20240312-7K2QF.yaml:11:9: HZ008 “critical”不在可用词内")
    assert found is not None
    assert found.groups()[1:4] == ("11", "9", "HZ008")


def test_new_records_begin_with_the_line_for_editors_and_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = init(tmp_path, with_git=False, beside=Beside(editor="vscode")).root
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-03-12")
    assert called(["config", "editor.modeline", "true"]) == 0
    assert called(["new", "unit", "甲厂", "--sector", "工贸", "--key", "jia"]) == 0
    words = ["add", "-u", "甲厂", "-m", "通道占用", "--site", "一号", "--source", "supervision", "--sector", "消防", "--grade", "一般"]
    assert called([*words, "--by", "李四", "--no-input"]) == 0
    assert called(["fmt"]) == 0
    for path in (root / "units" / "jia.yaml", *root.glob("hazards/**/*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (path.parent / first.partition("=")[2]).resolve().is_file()
    assert called(["fmt", "--check"]) == 0
    (entry,) = load(root).hazards
    assert entry.findings == ()


# ------------------------------------------------------------------------------------------------------------------- owners


def test_owners_come_from_people_roles_and_regions(tmp_path: Path) -> None:
    root = init(tmp_path).root
    (root / "hazardctl.yaml").write_text(CONFIG.partition("people:")[0] + REGIONS + PEOPLE, encoding="utf-8")
    unit = "id: {key}\nschema: unit/1\nname: {key}\nkind: enterprise\nsector: industry\nregion: {region}\n"
    for key, region in (("east", "east"), ("in-east", "east"), ("in-town", "town"), ("nowhere", "''")):
        (root / "units" / f"{key}.yaml").write_text(unit.format(key=key, region=region), encoding="utf-8")
    init(tmp_path, beside=Beside(owners=True))
    lines = (tmp_path / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert lines[2:] == [
        "/ledger/ li4@example.org wang5@example.org zhang3@example.org",
        "/ledger/units/east.yaml wang5@example.org",
        "/ledger/units/in-east.yaml wang5@example.org",
        "/ledger/hazardctl.yaml zhang3@example.org",
        "/ledger/seals/ zhang3@example.org",
        "/ledger/baseline.txt zhang3@example.org",
        "/CODEOWNERS zhang3@example.org",
    ]


def test_without_people_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="e-mail"):
        init(tmp_path, beside=Beside(owners=True))
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------------------------------------------------------- hooks


def test_the_hooks_of_this_repository_are_a_sound_manifest(repository: Path) -> None:
    pytest.importorskip("pre_commit")
    words = [sys.executable, "-m", "pre_commit", "validate-manifest", str(repository / ".pre-commit-hooks.yaml")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_hooks_do_what_they_say(repository: Path, branch: Path, home: Path) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert set(hooks) == {"hazardctl-validate", "hazardctl-fmt"}
    done = run(hooks["hazardctl-validate"]["entry"], branch, home)
    assert done.returncode == 1
    assert "HZ005" in done.stdout
    staged = "ledger/units/xx-food.yaml"
    assert re.search(hooks["hazardctl-fmt"]["files"], staged)
    file = branch / staged
    text = file.read_text(encoding="utf-8")
    file.write_text("---\n" + text, encoding="utf-8")
    assert run(f"{hooks['hazardctl-fmt']['entry']} {staged}", branch, home).returncode == 0
    assert file.read_text(encoding="utf-8") == text
