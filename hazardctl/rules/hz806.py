"""HZ806: a word of one ledger that others do not have."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ806",
    scope="rollup",
    kind="",
    severity=Severity.INFO,
    since="0.1",
    title=Text("自定义的词各台账不一", "a word that ledgers added differs between them"),
    why=Text("同一行里可能是两样东西，或一样东西分在两行", "one line of a table may hold two things, or two lines one thing"),
    repair=Text("各台账的 vocabularies 写成一样", "write the same vocabularies in every ledger"),
)
def word_differs(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """A word that a ledger adds to a vocabulary is in every ledger, and means the same there.

    A word with two meanings is a warning; the meaning in the first ledger by key is used. A word that some ledgers lack is told.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}  # HZ806
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        vocabularies: {sectors: {homestay: {zh: 民宿}}}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ```

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        vocabularies: {sectors: {homestay: {zh: 民宿}}}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        vocabularies: {sectors: {homestay: {zh: 民宿}}}
        ```
    """
    added = {key: config.vocabularies.added() for key, config in rolling.configs.items()}
    for name in sorted({name for words in added.values() for name in words}):
        for word in sorted({word for words in added.values() for word in words.get(name, {})}):
            having = {key: words[name][word] for key, words in added.items() if word in words.get(name, {})}
            lacking = [rolling.name(key) for key in added if key not in having]
            values = {"name": name, "word": word, "first": rolling.name(next(iter(having)))}
            place = rolling.at(next(iter(having)), "source")
            if len(set(having.values())) > 1:
                message = Text("{name} 的“{word}”在各台账里意思不同，按{first}的", "{name}: “{word}” differs, that of {first} is used")
                yield HERE, Fault(message.of(**values), place, severity=Severity.WARNING)
            elif lacking:
                message = Text("{name} 的“{word}”，{lacking}没有", "{name}: {lacking} lack “{word}”")
                yield HERE, Fault(message.of(**values, lacking=lacking), place)
