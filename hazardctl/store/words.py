"""The builder's sentences, so that the code beside them stays readable."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text

NO_RECORD: Final = Text("文件里只有注释，没有记录", "the file holds comments and no record")
RESTORE: Final = Text("用 git restore 取回这个文件", "take the file back with git restore FILE")
DOCUMENT_MARK: Final = Text("多余的文档标记（--- 或 ...）", "a document mark (--- or ...) that is not needed")
DROP_LINE: Final = Text("删掉这一行", "delete the line")
SECOND_DOCUMENT: Final = Text("一个文件里有第二个文档", "a second document in one file")
ONE_RECORD: Final = Text("一个文件只写一条记录，其余移到自己的文件", "one file holds one record; move the rest to files of their own")
NOT_A_MAPPING: Final = Text("记录应是一组“字段: 值”", "a record is a list of `field: value` lines")
FIELDS: Final = Text("每行写一个字段，例如 `grade: general`", "write one field a line, such as `grade: general`")
TOO_MANY: Final = Text("记录有两万个以上的部分", "the record has more than 20 000 parts")
SPLIT: Final = Text("一个文件只写一条记录", "one file holds one record")
TOO_DEEP: Final = Text("嵌套超过 12 层", "nested deeper than 12 levels")
FLATTEN: Final = Text("删掉多余的括号或缩进", "remove brackets or indentation")
ALIAS: Final = Text("引用（*）不允许", "an alias (*) is not allowed")
ANCHOR: Final = Text("锚点（&）不允许", "an anchor (&) is not allowed")
WRITE_OUT: Final = Text("把内容原样写出来；若是文字，加双引号", "write the content out; if it is text, put it in double quotes")
TAG: Final = Text("类型标签（!）不允许", "a tag (!) is not allowed")
DROP_TAG: Final = Text("删掉标签；若是文字，加双引号", "delete the tag; if it is text, put it in double quotes")
COMPLEX_KEY: Final = Text("字段名是列表或映射", "a field name is a list or a mapping")
PLAIN_KEY: Final = Text("字段名只写一个词", "a field name is one word")
MERGE_KEY: Final = Text("合并键（<<）不允许", "a merge key (<<) is not allowed")
TWICE: Final = Text("字段 {key} 出现两次", "the field {key} stands twice")
KEEP_ONE: Final = Text("留下对的一行，删掉另一行", "keep the right line and delete the other")
FORBIDDEN_KEY: Final = Text(
    "字段名 {key} 不允许：别的程序会把它读成真假或空", "the field name {key} is not allowed: other programs read a truth value or nothing"
)
OTHER_KEY: Final = Text("换一个字段名，例如 date", "use another name, such as `date`")
TOO_LONG: Final = Text("文字有 {n} 个字符，最多 8000 个", "the text has {n} characters, at most 8000 are allowed")
SHORTEN: Final = Text("写要点，全文作为附件放在 evidence/ 下", "write the point of it and keep the full text as a file below evidence/")
SURROGATE: Final = Text("转义写出的只是半个字符", "an escape that is half a character")
ESCAPED: Final = Text("文字里用转义写了 {name}", "the text holds {name}, written as an escape")
RETYPE: Final = Text("删掉它，或重新输入这几个字", "delete it, or type the words again")
AMBIGUOUS: Final = Text("没有引号的 {text}，别的程序会读成另一个值", "{text} without quotes is another value to other programs")
QUOTE: Final = Text('若是文字，写作 "{text}"', 'if it is text, write "{text}"')
CUT_OFF: Final = Text("# 把这一行后面的字变成了注释", "the # turns the rest of the line into a comment")
QUOTE_ALL: Final = Text(
    "若是值的一部分，整段加双引号；若是注释，# 后加空格",
    "if it belongs to the value, quote the whole; if it is a comment, put a blank after #",
)
HISTORY_LAST: Final = Text("history 之后还有字段 {key}", "the field {key} follows history")
MOVE_UP: Final = Text("把它移到 history 之前", "move it above history")
ONE_LINE: Final = Text("流转记录应一行一条", "an event of the history stands on one line of its own")
HOW_ONE_LINE: Final = Text("写成 `  - {date: …, do: …, by: …}`", "write it as `  - {date: …, do: …, by: …}`")
