"""Plain values of a question bank: kinds of question, one question as it is handed in, the columns of its table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from youju.paper.reading.columns import Column

LETTERS = "ABCDEFGH"
#: What a question to be judged offers, always in this order.
TRUE_FALSE = ("正确", "错误")


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"

    @property
    def zh(self) -> str:
        return {"single": "单选题", "multiple": "多选题", "judge": "判断题"}[self]


@dataclass(frozen=True)
class QuestionDraft:
    """One question. ``correct`` are places among the choices, from 0; ``source_id`` and ``topic`` say what it is about."""

    kind: str
    stem: str
    choices: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    explanation: str = ""
    source_id: int | None = None
    topic: str = ""


def _choice(at: int) -> Column:
    example = ("党支部委员会", "党员大会", "党小组会")
    return Column(
        f"choice_{at}", f"选项{LETTERS[at]}", (LETTERS[at], f"答案{LETTERS[at]}", f"备选{LETTERS[at]}"), width=20,
        hint="判断题不填选项。" if at == 0 else "", example=example[at] if at < len(example) else "",
    )  # fmt: skip


QUESTION_COLUMNS = (
    Column(
        "kind", "题型", ("类型", "试题类型", "题目类型"), hint="单选题、多选题或判断题；留空的，按答案认。", example="单选题",
        choices=tuple(kind.zh for kind in QuestionKind), width=10,
    ),
    Column(
        "stem", "题干", ("题目", "试题", "问题", "题目内容", "试题内容"), needed=True, width=40, hint="最多 400 字。",
        example="党支部的最高决策机构是什么？",
    ),
    *(_choice(at) for at in range(len(LETTERS))),
    Column(
        "correct", "答案", ("正确答案", "标准答案", "参考答案"), needed=True, width=10, example="B",
        hint="写选项的字母，多选写成 ABD；判断题写正确或错误。",
    ),
    Column(
        "explanation", "解析", ("答案解析", "说明", "依据", "出处"), width=40, hint="答完马上给本人看，写明依据最好。",
        example="见《中国共产党支部工作条例（试行）》。",
    ),
    Column("source", "学习材料", ("材料", "来自材料"), width=26, hint="登记过的学习材料的名称或编号；可以不填。"),
    Column("topic", "专题", ("学习专题", "知识点"), width=14, hint="如：党章党规；可以不填。"),
)  # fmt: skip
