"""HZ607: damaged or mixed characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

HAN: Final = r"\u3400-\u9fff"
TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
DAMAGED: Final = re.compile(
    "|".join(
        (
            r"\ufffd",  # what a decoder puts where it could not read
            r"[\ue000-\uf8ff]",  # private use: a glyph of somebody else's font
            "锟斤拷|烫烫|屯屯",  # fillings read as text
            "鈥|銆|锛|鐨勫",  # UTF-8 read as GBK: a comma, a stop, 的
            "(?:Ã.|Â.|â€.){2}",  # UTF-8 read as Latin
            rf"(?<=[{HAN}])(?:\?+(?=[a-zà-ÿ])|\?\?+(?=[{HAN}]))",  # a question mark inside a word
            rf"(?<=[{HAN}])[a-z]*[{TONES}][a-z]*[)）]",  # half a note on the pronunciation
        )
    )
)
TWO_ALPHABETS: Final = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
TRADITIONAL: Final = frozenset(
    "報導對應業隱檢險責與為這說設備電氣廠區處進過還總經機關見證號類種車間場門開閉學習資產農國務會議員實驗標準監審計劃"
)
SIMPLIFIED: Final = frozenset(
    "报导对应业隐检险责与为这说设备电气厂区处进过还总经机关见证号类种车间场门开闭学习资产农国务会议员实验标准监审计划"
)

SUSPECT: Final = re.compile(rf"[\ufffd\ue000-\uf8ff锟烫屯鈥銆锛鐨ÃÂâ?{TONES}\u0400-\u04ff{''.join(sorted(TRADITIONAL))}]")
"""A quick look at a text: whatever is damaged or mixed has one of these in it."""


@rule(
    "HZ607",
    kind="",
    severity=Severity.WARNING,
    texts=(SUSPECT,),
    since="0.1",
    title=Text("乱码或字体混杂", "damaged or mixed characters"),
    why=Text(
        "转码坏了的字搜不到、也读不懂，繁简混写的词统计时不相等",
        "what a conversion broke cannot be searched or read, and mixed scripts do not compare",
    ),
    repair=Text("对照原件改正", "put it right from the original"),
)
def broken_script(case: Case) -> Iterator[Fault]:
    """Texts hold no trace of a broken conversion, and no word mixes two scripts.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 思想?yún)R報会议记录缺失  # HZ607
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 思想汇报会议记录缺失
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for trail, text in case.texts:
        if found := DAMAGED.search(text):
            part = text[max(found.start() - 1, 0) : found.end() + 1]
            yield Fault(Text("“{it}”处像是乱码", "“{it}” looks damaged").of(it=part), trail)
        elif TWO_ALPHABETS.search(text):
            yield Fault(Text("一个词里混有两种字母", "a word mixes two alphabets"), trail)
        elif not (TRADITIONAL.isdisjoint(text) or SIMPLIFIED.isdisjoint(text)):
            mixed = "".join(dict.fromkeys(one for one in text if one in TRADITIONAL))
            yield Fault(Text("繁简混写：{it}", "traditional among simplified characters: {it}").of(it=mixed), trail)
