"""The only place that starts git (RELIABILITY 5.6), and everything a ledger asks of it.

Questions go through plumbing with a fixed list of arguments, in an environment of ours, with every setting switched off by
which a repository could run code: filters, hooks, file-system monitors, pagers, signature programs. One comes back where the user said
so: the monitor of a repository that is trusted (`store/trust.py`). `init`, `commit` and nothing else use the user's own settings and
hooks. Without git everything else works; what needs it says so.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError, UsageError, reason
from hazardctl.language import Text
from hazardctl.store import noting, system
from hazardctl.store.worktree import Repository, repository, top
from hazardctl.vocabulary import nearest

__all__ = [
    "LONG_PATIENCE", "PATIENCE", "SHORT", "Asked", "GitFailedError", "Repository", "add", "ask", "asked", "commit", "for_user", "head",
    "hooked", "identity", "init", "repository", "rev_parse", "top",
]  # fmt: skip

PATIENCE: Final = 8.0
"""Seconds for a question."""
LONG_PATIENCE: Final = 60.0
"""Seconds for a range of commits, or a commit with the user's hooks and signature."""

_HARMLESS: Final = (
    *("core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false", "core.pager=cat", "core.untrackedCache=false"),
    *("log.showSignature=false", "protocol.allow=never", "gpg.program=false", "gpg.ssh.program=false", "gpg.x509.program=false"),
)
_OURS: Final[Mapping[str, str]] = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C.UTF-8",
}
_OF_THE_USER: Final = re.compile(r"GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)")
_REVISION: Final = re.compile(r"[^\s\x00-\x20\x7f\-:\\*?\[\ud800-\udfff][^\s\x00-\x20\x7f:\\*?\[\ud800-\udfff]{0,199}")
_OID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
SHORT: Final = 9

_MISSING: Final = Text("这一步需要 git，本机没有找到", "this needs git, and there is none on this machine")
_INSTALL: Final = Text("安装 git 后再试；其余功能不受影响", "install git and try again; everything else works without it")
_NO_REPOSITORY: Final = Text("{path} 不在 git 仓库里", "{path} lies in no git repository")
_MAKE_ONE: Final = Text("先运行 git init，或用 hazardctl init 新建", "run git init first, or make a ledger with hazardctl init")
_SLOW: Final = Text("git {what} 在 {n} 秒内没有结束", "git {what} did not end within {n} s")
_FAILED: Final = Text("git {what} 失败：{why}", "git {what} failed: {why}")
_NO_REVISION: Final = Text("“{it}”不是这个仓库里的提交", "“{it}” is no commit of this repository")
_MEANT: Final = Text("是不是想写 {it}？", "did you mean {it}?")


class GitFailedError(SystemFailedError):
    """Git ran and ended with a code other than 0."""

    def __init__(self, what: Text, code: int, output: bytes) -> None:
        """Take the sentence, git's own exit code, and what it had to say all the same."""
        super().__init__(what)
        self.code, self.output = code, output


def ask(
    path: Path, *arguments: str, settings: Sequence[str] = (), patience: float = PATIENCE, said: bytes | None = None,
    within: Repository | None = None,
) -> bytes:  # fmt: skip
    """Put a plumbing question to git and give its output as bytes.

    Args:
        path: somewhere in the work tree.
        arguments: the command and its arguments; revisions are 40 hex digits, paths stand behind `--`.
        settings: further `NAME=VALUE` for this question.
        patience: seconds.
        said: what git reads from its standard input; nothing by default.
        within: the repository that is asked; the one `path` lies in by default.

    Raises:
        SystemFailedError: no git, no repository, too slow, or git failed.
    """
    return asked(path, *arguments, settings=settings, said=said, within=within).answer(patience)


def asked(
    path: Path, *arguments: str, settings: Sequence[str] = (), said: bytes | None = None, within: Repository | None = None
) -> Asked:  # fmt: skip
    """Put a plumbing question to git and go on; as `ask` takes it.

    Raises:
        SystemFailedError: no git, or no repository.
    """
    found = within or _needed(path)
    switched = [part for setting in (*_HARMLESS, *settings) for part in ("-c", setting)]
    return Asked([*_of(found), *switched, *arguments], found.top, _scrubbed(), said=said)


def _needed(path: Path) -> Repository:
    found = repository(path)
    if found is None:
        raise SystemFailedError(_NO_REPOSITORY.of(path=str(path)), _MAKE_ONE)
    return found


def _of(found: Repository) -> list[str]:
    return ["git", "--no-pager", f"--git-dir={found.folder}", f"--work-tree={found.top}", "--literal-pathspecs"]


def _scrubbed() -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if not name.startswith("GIT_")}, **_OURS}


def _of_user() -> dict[str, str]:
    """Give the environment for the calls that use the user's own settings: theirs, but never another repository's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _OF_THE_USER.fullmatch(name)}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}


class Asked:
    """A question that git is answering meanwhile; its answer is waited for when it is wanted."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], *, said: bytes | None = None) -> None:
        """Start git.

        Raises:
            SystemFailedError: there is none, or it does not start.
        """
        self._what = next((part for part in command[1:] if re.fullmatch(r"[a-z-]+", part) and not part.startswith("-")), "")
        self._said, self._words = said, tuple(command)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (a fixed list, never a shell)
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL if said is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except FileNotFoundError as failure:
            raise SystemFailedError(_MISSING, _INSTALL) from failure
        except OSError as failure:
            raise SystemFailedError(_FAILED.of(what=self._what, why=reason(failure))) from failure

    def answer(self, patience: float = PATIENCE) -> bytes:
        """Wait for the answer, some seconds at most, and give it as bytes.

        Raises:
            SystemFailedError: too slow, or git failed.
        """
        with self._process as process:
            try:
                output, complaint = process.communicate(self._said, timeout=patience)
            except BaseException as failure:
                self._kill()
                if isinstance(failure, subprocess.TimeoutExpired):
                    raise SystemFailedError(_SLOW.of(what=self._what, n=round(patience))) from failure
                raise
        if process.returncode:
            why = complaint.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
            raise GitFailedError(_FAILED.of(what=self._what, why=why or f"exit {process.returncode}"), process.returncode, output)
        if self._said is None:
            noting.said(self._words, output)
        return output

    @property
    def spoken(self) -> bool:
        """Say whether git has ended; with more to say than a pipe holds it ends when the answer is waited for."""
        return self._process.poll() is not None

    def leave(self) -> None:
        """End it without an answer; nothing where it has ended."""
        with self._process as process:
            if process.poll() is None:
                self._kill()

    def _kill(self) -> None:
        with suppress(OSError):  # it has ended by itself
            system.killed(self._process.pid)  # and whatever it started


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], patience: float, said: bytes | None = None) -> bytes:
    return Asked(command, folder, environment, said=said).answer(patience)


def hooked(found: Repository, program: str, *arguments: str, patience: float = LONG_PATIENCE) -> bytes:
    """Run a program of a repository as git runs it, which the user has said may run, and give its output.

    Raises:
        SystemFailedError: it failed, or was too slow.
    """
    return _run(["sh", "-c", f'{program} "$@"', "sh", *arguments], found.top, _scrubbed(), patience)


# ----------------------------------------------------------------------------------------------------------- questions


def head(root: Path) -> str | None:
    """Give the short commit of the work tree; None without git or before the first commit."""
    try:
        return ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}").decode().strip()[:SHORT]
    except SystemFailedError:
        return None


def for_user(path: Path, *arguments: str) -> bytes:
    """Put a question about the user's own settings, in a repository or outside one; one that runs nothing else."""
    found = repository(path)
    return _run([*(_of(found) if found else ["git"]), *arguments], found.top if found else path, _of_user(), PATIENCE)


def identity(root: Path) -> tuple[str, str]:
    """Give name and e-mail of the user as git knows them; empty where it does not, or where there is no git."""
    said: dict[str, str] = {}
    with suppress(SystemFailedError):
        found = for_user(root, "config", "-z", "--get-regexp", r"^user\.(name|email)$").decode("utf-8", "replace")
        said = {key: value for key, _, value in (line.partition("\n") for line in found.split("\0"))}
    name = os.environ.get("GIT_AUTHOR_NAME") or said.get("user.name", "")
    return name.strip(), (os.environ.get("GIT_AUTHOR_EMAIL") or said.get("user.email", "")).strip()


def rev_parse(root: Path, revision: str, within: Repository | None = None) -> str:
    """Give the full id of the commit a person named; an option in disguise goes no further than here (G7).

    Raises:
        UsageError: there is no such commit.
        SystemFailedError: no git or no repository.
    """
    asked = within or _needed(root)
    if _REVISION.fullmatch(revision):
        try:
            oid = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", within=asked).decode().strip()
        except GitFailedError:
            oid = ""
        if _OID.fullmatch(oid):
            return oid
    names = ask(root, "for-each-ref", "--format=%(refname:short)", within=asked).decode("utf-8", "replace").split()
    near = nearest(names, revision)
    raise UsageError(_NO_REVISION.of(it=revision), *([_MEANT.of(it=near)] if near else []))


# --------------------------------------------------------------------------------- the calls with the user's own settings


def init(folder: Path) -> None:
    """Make a repository, with the user's own settings.

    Raises:
        SystemFailedError: no git, or it failed.
    """
    _run(["git", "init", "--quiet", "--", str(folder.absolute())], folder, _of_user(), PATIENCE)


def add(root: Path, paths: Sequence[Path]) -> None:
    """Tell git that these files are resolved, and nothing else, with the user's own settings.

    Raises:
        SystemFailedError: no git, no repository, or it failed.
    """
    found = _needed(root)
    _run([*_of(found), "add", "--", *(str(path.absolute()) for path in paths)], found.top, _of_user(), PATIENCE)


def commit(root: Path, paths: Sequence[Path], message: str, trailers: Mapping[str, str]) -> str:
    """Commit these files and nothing else, with the user's own settings and hooks; give the short commit.

    Args:
        root: the ledger root.
        paths: files that were written; new ones are made known to git first.
        message: the first line; further lines may follow.
        trailers: such as `Hazardctl-Act: assign`, by which `undo` finds the commit again.

    Raises:
        SystemFailedError: no git, no repository, or git or a hook refused; the files stand as they were written.
    """
    found = _needed(root)
    known = _run([*_of(found), "ls-files", "-z", "--", *map(str, paths)], found.top, _scrubbed(), PATIENCE).split(b"\0")
    tracked = {found.top / os.fsdecode(name) for name in known if name}
    new = [str(path.absolute()) for path in paths if path.absolute() not in tracked and path.exists()]
    body = "\n".join([message.strip(), "", *(f"{key}: {' '.join(value.split())}" for key, value in trailers.items()), ""])
    arguments = ["commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *(str(path.absolute()) for path in paths)]
    try:
        if new:
            _run([*_of(found), "add", "--intent-to-add", "--", *new], found.top, _of_user(), PATIENCE)
        _run([*_of(found), *arguments], found.top, _of_user(), LONG_PATIENCE, body.encode("utf-8", "surrogateescape"))
    except SystemFailedError:
        with suppress(SystemFailedError):
            if new:
                _run([*_of(found), "rm", "--quiet", "--cached", "--ignore-unmatch", "--", *new], found.top, _of_user(), PATIENCE)
        raise
    return head(root) or ""
