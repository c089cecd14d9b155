"""The last line of a check: what was looked at and what was found."""

from __future__ import annotations

from typing import Final

from hazardctl.diagnostics import Review, Severity
from hazardctl.language import Text
from hazardctl.vocabulary import KIND_NAMES, PREFIXES

LINE: Final = Text("检查 {n} 个文件{kinds}：{found}", "{n} {files} checked{kinds}: {found}")
NOTHING: Final = Text("没有错误和警告", "no errors, no warnings")
FOUND: Final = Text("{errors} 个错误，{warnings} 个警告", "{errors} {e}, {warnings} {w}")
NOTES: Final = Text("{found}；提示 {n} 条", "{found}; {n} {notes}")
KNOWN: Final = Text("{found}；基线已有 {n} 条，未列出", "{found}; {n} more of the baseline, not shown")
UNREAD: Final = Text("{found}；{n} 个文件读不出来，未计入任何数字", "{found}; {n} {files} could not be read and count in no figure")
FOLDERS: Final = {kind: folder.replace("_", " ") for kind, folder in PREFIXES.values()}


def summary(review: Review, *, kinds: bool) -> Text:
    """Give the line; errors and warnings together, mere notes apart.

    Args:
        review: what was found.
        kinds: whether the files are told apart by kind.
    """
    n = sum(review.files.values())
    line = LINE.of(n=n, files=_plural(n, "file"), kinds=_kinds(review) if kinds and n else Text("", ""))
    return line.of(found=_found(review))


def _found(review: Review) -> Text:
    errors, warnings, notes = (review.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    found = NOTHING
    if errors or warnings:
        found = FOUND.of(errors=errors, warnings=warnings, e=_plural(errors, "error"), w=_plural(warnings, "warning"))
    if notes:
        found = NOTES.of(found=found, n=notes, notes=_plural(notes, "note"))
    if review.known:
        found = KNOWN.of(found=found, n=review.known)
    if review.unread:
        found = UNREAD.of(found=found, n=len(review.unread), files=_plural(len(review.unread), "file"))
    return found


def _kinds(review: Review) -> Text:
    there = [(kind, n) for kind, n in review.files.items() if n]
    zh = "、".join(f"{KIND_NAMES[kind].zh} {n}" for kind, n in there)
    en = ", ".join(f"{n} {KIND_NAMES[kind].en if n == 1 else FOLDERS[kind]}" for kind, n in there)
    return Text("（{it}）", " ({it})").of(it=Text(zh, en))


def _plural(n: int, word: str) -> str:
    return word if n == 1 else f"{word}s"
