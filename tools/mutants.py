"""Would a test notice? Every rule of the inner rooms is broken on purpose, one small thing at a time (docs/mutation.md).

    python -m tools.mutants [AREA ...]      run the areas of [tool.mutants] in pyproject.toml, all without a name
    python -m tools.mutants --again         run only what survived the time before

The faults are cosmic-ray's, and ours for SQL (`tools.faults`). No file is touched: this process loads pytest and the libraries once
and forks for each mutant; the child reads the mutant in place of the module and runs the tests of the area, up to the first red one.
What happened stands in `.mutants/`, a file a module; the table for the page is printed at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import json
import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, Final

import pytest

from tools.faults import Mutant, mutants

ROOT: Final = Path(__file__).resolve().parents[1]
RESULTS: Final = ROOT / ".mutants"
FLAGS: Final = ("-x", "-q", "-n0", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=no", "--assert=plain")
"""Of pytest: one process, in the order written, up to the first failure."""
LIMIT: Final = 8
"""A mutant that takes so many times as long as the tests of its area do without it is caught in a loop, and counts as found."""


@dataclass(frozen=True, slots=True)
class Area:
    """What `[tool.mutants]` says of one area.

    Attributes:
        name: of the area.
        modules: patterns of its files.
        tests: groups of what pytest is given, the quick ones first.
        most: mutants of one module that are tried; a module with more gives those whose digest is smallest.
    """

    name: str
    modules: Sequence[str]
    tests: Sequence[str]
    most: int

    def drawn(self, most: int | None) -> Iterator[tuple[str, list[Mutant]]]:
        """Give each module with the mutants to try, the same ones every time; how many, if not as the area says."""
        for path in (path for pattern in self.modules for path in sorted(ROOT.glob(pattern))):
            module = str(path.relative_to(ROOT))
            found = sorted(mutants(path.read_text("utf-8"), module), key=_digest)
            yield module, sorted(found[: most or self.most], key=lambda one: (one.line, one.fault))

    def asked(self, module: str) -> list[str]:
        """Give what pytest runs for a module; `{code}` in it is the code of a rule."""
        return [test.format(code=Path(module).stem.upper()) for test in self.tests]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant: `killed`, `loop` (killed by the clock) or `survived`."""

    mutant: Mutant
    end: str


def areas() -> dict[str, Area]:
    """Read the areas from pyproject.toml."""
    told: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    return {name: Area(name, one["modules"], one["tests"], one.get("most", told["most"])) for name, one in told["areas"].items()}


def warm() -> None:
    """Load every library the tests load, then forget our own modules: a child loads those, one of them changed."""
    for path in sorted((ROOT / "hazardctl").rglob("*.py")):
        if path.name != "__main__.py":
            with contextlib.suppress(ImportError):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name in (
        "hypothesis.strategies",
        "hypothesis.internal.conjecture.providers",
        "_hypothesis_pytestplugin",
        "ruamel.yaml",
        "xdist.plugin",
    ):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "hazardctl"]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()


def attempt(tests: str, mutant: Mutant | None, most: float) -> tuple[str, float]:
    """Run tests in a child, with a mutant or with none; give what came of it and the seconds."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        os._exit(_child(tests, mutant))
    while (seconds := time.monotonic() - began) < most:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "killed" if os.waitstatus_to_exitcode(status) else "survived", seconds
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "loop", most


def _child(tests: str, mutant: Mutant | None) -> int:
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if mutant:
        _replace(ROOT / mutant.module, mutant.source)
    return int(pytest.main([*FLAGS, *tests.split()]))


def _replace(path: Path, source: str) -> None:
    """Let every import of one file read another text."""
    plain = importlib.machinery.SourceFileLoader.get_code

    def changed(self: Any, fullname: str) -> CodeType | None:  # noqa: ANN401 (typeshed knows the loaders by another tree)
        return compile(source, self.path, "exec", dont_inherit=True) if Path(self.path) == path else plain(self, fullname)

    importlib.machinery.SourceFileLoader.get_code = changed  # type: ignore[method-assign]


@functools.cache
def limit(test: str) -> float:
    """Give the seconds after which a test with a mutant counts as caught in a loop.

    Raises:
        SystemExit: it is not green without a mutant: nothing could be learned.
    """
    end, usual = attempt(test, None, 900)
    if end != "survived":
        raise SystemExit(f"{test} does not pass as it stands ({end})")
    return 30 + LIMIT * usual


def run(tests: Sequence[str], chosen: Sequence[Mutant]) -> Iterator[Outcome]:
    """Try the mutants of a module one after another, each with one group of tests after another until one is red."""
    limits = {test: limit(test) for test in tests}
    for mutant in chosen:
        ends = (attempt(test, mutant, most) for test, most in limits.items())
        end = next((end for end, _ in ends if end != "survived"), "survived")
        if end == "survived":
            print(f"{mutant.module}:{mutant.line} {mutant.fault}\n{mutant.change}", flush=True)
        yield Outcome(mutant, end)


def _digest(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.module} {mutant.line} {mutant.fault} {mutant.change}".encode()).hexdigest()


def known(module: str) -> dict[str, str]:
    """Read what became of the mutants of a module the time before, by digest."""
    path = _results(module)
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def keep(module: str, ends: dict[str, str]) -> None:
    """Write down what became of the mutants of a module."""
    RESULTS.mkdir(exist_ok=True)
    _results(module).write_text(json.dumps(ends, indent=1) + "\n", "utf-8")


def _results(module: str) -> Path:
    return RESULTS / (module.replace("/", ".").removesuffix(".py") + ".json")


def line(module: str, whole: Sequence[Mutant]) -> str:
    """Give the line of the page for a module."""
    ends = known(module)
    told = [ends[digest] for one in whole if (digest := _digest(one)) in ends]
    alive = told.count("survived")
    score = f"{100 * (len(told) - alive) / len(told):.0f} %" if told else "–"
    return f"| `{module}` | {len(told)} | {len(told) - alive} | {alive} | {score} |"


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for, print each survivor as it is found, and the table at the end."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("areas", nargs="*", choices=[[], *areas()], help="areas of [tool.mutants]; all without one")
    asked.add_argument("--again", action="store_true", help="only what survived the time before")
    asked.add_argument("--most", type=int, help="mutants tried of one module, instead of what pyproject.toml says")
    told = asked.parse_args(words)
    os.environ.setdefault("HYPOTHESIS_PROFILE", "mutants")
    os.chdir(ROOT)
    warm()
    lines: list[str] = []
    for name, area in areas().items():
        for module, drawn in area.drawn(told.most) if name in (told.areas or areas()) else ():
            before = known(module) if told.again else {}
            chosen = [one for one in drawn if not told.again or before.get(_digest(one)) == "survived"]
            found = {_digest(one.mutant): one.end for one in (run(area.asked(module), chosen) if chosen else ())}
            keep(module, {**before, **found})
            lines.append(line(module, drawn))
    print("\n".join(["| module | mutants | killed | survived | score |", "| --- | ---: | ---: | ---: | ---: |", *lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
