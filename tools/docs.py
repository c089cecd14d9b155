"""Write the reference pages of `docs/reference/` from the program itself, or check that they are what it says.

    python -m tools.docs [--check]

Nothing here describes anything: commands say their own help, rules their pages, measures their definitions, kinds their
fields, words their names. An undocumented one cannot be: the page is made from it.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from hazardctl import errors
from hazardctl.cli.app import called
from hazardctl.cli.program import COMMANDS
from hazardctl.language import LANGUAGES, Language
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.model.fields import Fact, Part, facts
from hazardctl.model.kinds import KINDS
from hazardctl.model.shape import shapes
from hazardctl.rules.registry import registry
from hazardctl.vocabulary import BUILT_IN, KIND_NAMES
from tools.accuracy import page as accuracy

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
SHOWN = Path(__file__).resolve().parents[1] / "tests" / "gallery"
NOTE = "<!-- made by tools/docs.py; change the program, then run make docs -->\n"


def _help(words: list[str], language: Language) -> str:
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        called([*words, "--help", "--lang", language])
    return page.getvalue().rstrip()


def commands() -> Iterator[str]:
    """Give the help of every command in both languages."""
    yield "# Commands / 命令\n"
    for language in LANGUAGES:
        yield f"```text\n{_help([], language)}\n```\n"
    for name in COMMANDS:
        yield f"## {name}\n"
        for language in LANGUAGES:
            yield f"```text\n{_help([name], language)}\n```\n"


def rules() -> Iterator[str]:
    """Give a table of all rules, then the page of each."""
    yield "# Rules / 规则\n"
    yield "| code | name | severity | 中文 | English | since | status | `--fix` |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    for code, rule in registry().items():
        fixed = "mends it" if rule.layout else ""
        names = (f"[{code}](#{code.lower()})", rule.name, rule.severity, rule.title.zh, rule.title.en)
        words = (*names, rule.since, rule.status, fixed)
        yield f"| {' | '.join(words)} |"
    for code, rule in registry().items():
        yield f"\n## {code}\n\n**{rule.title.zh}** / **{rule.title.en}**\n\n{rule.why.zh}\n\n{rule.why.en}\n"
        if rule.repair:
            yield f"修改 / repair: {rule.repair.zh} / {rule.repair.en}\n"
        yield f"{rule.page}\n"


def measures() -> Iterator[str]:
    """Give every measure with its definition in words."""
    yield "# Measures / 指标\n"
    yield "| id | 中文 | English | 定义 | definition |\n| --- | --- | --- | --- | --- |"
    for name, measure in CATALOGUE.items():
        yield f"| `{name}` | {measure.zh} | {measure.en} | {_cell(measure.definition.zh)} | {_cell(measure.definition.en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def kinds() -> Iterator[str]:
    """Give the fields of every kind and of every event."""
    from hazardctl.model.configured import model
    from hazardctl.model.events import EVENTS
    from hazardctl.model.rollup import Rollup

    yield "# Kinds of record / 记录种类\n"
    for kind in KINDS:
        term = KIND_NAMES[kind.name]
        yield f"## {kind.name} {term.zh}\n\n`{kind.prefix}` · `{kind.folder}/` · `{kind.schema}`\n"
        yield _fields(_told(kind.model))
    yield "# Roll-up / 汇总文件\n\n`rollup.yaml` · `rollup/1` · [docs/guide/rollup.md](../guide/rollup.md)\n"
    yield _fields({name.rstrip("_"): fact for name, fact in _told(model(Rollup)).items()})
    yield "# Events / 事件\n"
    for verb, event in EVENTS.items():
        yield f"## {verb} {BUILT_IN['verbs'][verb].zh}\n\n{(event.__doc__ or '').strip()}\n"
        yield _fields(facts(event))


def _told(model: type[Part], above: str = "") -> Mapping[str, Fact]:
    """Give the fields of a kind, those of its parts behind a dot."""
    found: dict[str, Fact] = {}
    for name, fact in facts(model).items():
        found[f"{above}{name}"] = fact
        shape = shapes(model).get(name)
        if shape and shape.part and name != "waivers":
            found.update(_told(shape.part, f"{above}{name}."))
    return found


def _needed(fact: Fact) -> str:
    """Say when a field is needed, and what may stand in its place."""
    when, unless = (f" when {fact.when}" if fact.when else ""), (f" unless {', '.join(fact.instead)}" if fact.instead else "")
    return f"{fact.need}{when}{unless}"


def _fields(fields: Mapping[str, Fact]) -> str:
    rows = [f"| `{name}` | {fact.zh} | {fact.en} | {_needed(fact)} | {fact.words} | {fact.ref} |" for name, fact in fields.items()]
    return "\n".join(["| field | 中文 | English | needed | vocabulary | refers to |", "| --- | --- | --- | --- | --- | --- |", *rows, ""])


def words() -> Iterator[str]:
    """Give every vocabulary: the glossary."""
    yield "# Glossary / 词汇\n"
    for name, vocabulary in BUILT_IN.items():
        yield f"## {name}\n\n| key | 中文 | English | parent |\n| --- | --- | --- | --- |"
        yield from (f"| `{key}` | {term.zh} | {term.en} | {term.parent} |" for key, term in vocabulary.items())
        yield ""


def exits() -> Iterator[str]:
    """Give every exit code with the failures behind it."""
    yield "# Exit codes / 退出码\n"
    yield "| code | meaning |\n| --- | --- |\n| 0 | fine 正常 |\n| 1 | findings 有发现（校验不通过、报表有未读文件） |"
    found: dict[int, list[str]] = {}
    for kind in errors.HazardctlError.__subclasses__():
        found.setdefault(kind.exit_code, []).append(f"{kind.__name__}: {(kind.__doc__ or '').splitlines()[0]}")
    yield from (f"| {code} | {' · '.join(lines)} |" for code, lines in sorted(found.items()))
    yield f"| {errors.INTERRUPTED} | interrupted 被中断 |"


def gallery() -> Iterator[str]:
    """Give what `validate` says of the smallest broken ledger of each code (tools/gallery.py)."""
    yield "# Gallery of errors / 错误图鉴\n"
    yield "每个代码一本最小的坏台账，放在 `tests/gallery/代码/`；下面是 `hazardctl validate` 对它说的话。"
    yield "规则说明见 [rules.md](reference/rules.md)。\n"
    yield "One smallest broken ledger a code, in `tests/gallery/CODE/`, and what `hazardctl validate` says of it.\n"
    for code, rule in registry().items():
        yield f"## {code}\n\n{rule.title.zh} / {rule.title.en}\n"
        for language in LANGUAGES:
            said = (SHOWN / code / f"expected.{language}.txt").read_text(encoding="utf-8")
            yield f"```text\n{said}```\n"


PAGES = {
    "commands": commands,
    "rules": rules,
    "../gallery": gallery,
    "../accuracy": accuracy,
    "measures": measures,
    "kinds": kinds,
    "glossary": words,
    "exit-codes": exits,
}


def main() -> int:
    """Write the pages, or name those that differ."""
    check = "--check" in sys.argv[1:]
    os.environ |= {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale: list[str] = []
    for name, page in PAGES.items():
        path = FOLDER / f"{name}.md"
        text = NOTE + "\n".join(page()).rstrip() + "\n"
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not what the program says: {', '.join(stale)}; run make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
