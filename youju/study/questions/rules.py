"""Pure judgement of questions: is one whole, is an answer right, what does a table say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.study.questions.values import LETTERS, TRUE_FALSE, QuestionDraft, QuestionKind

LONGEST_STEM, LONGEST_CHOICE, LONGEST_WHY, LONGEST_TOPIC = 400, 200, 1000, 40
KINDS = {kind.zh: kind for kind in QuestionKind} | {
    "单选": QuestionKind.SINGLE, "单项选择": QuestionKind.SINGLE, "单项选择题": QuestionKind.SINGLE, "选择题": QuestionKind.SINGLE,
    "多选": QuestionKind.MULTIPLE, "多项选择": QuestionKind.MULTIPLE, "多项选择题": QuestionKind.MULTIPLE,
    "不定项选择题": QuestionKind.MULTIPLE, "判断": QuestionKind.JUDGE, "是非题": QuestionKind.JUDGE, "对错题": QuestionKind.JUDGE,
}  # fmt: skip
RIGHT = {"正确", "对", "√", "✓", "✔", "是", "T", "TRUE", "Y", "YES"}
WRONG = {"错误", "错", "×", "✗", "✘", "X", "否", "F", "FALSE", "N", "NO", "不正确", "不对"}
BETWEEN = re.compile(r"[\s、，,;；.。/|和]+")


def checked_question(draft: QuestionDraft) -> QuestionDraft:
    """The question as it is kept. Raises Refusal on the field at fault."""
    if draft.kind not in set(QuestionKind):
        raise Refusal("kind", "请选题型。")
    stem = " ".join(needed(draft.stem, field="stem", name="题干", most=LONGEST_STEM).split())
    choices = TRUE_FALSE if draft.kind == QuestionKind.JUDGE else _choices(draft.choices)
    return replace(
        draft, stem=stem, choices=choices, correct=checked_picks(draft.kind, len(choices), draft.correct, field="correct"),
        explanation=worded(draft.explanation, field="explanation", name="解析", most=LONGEST_WHY),
        topic=worded(draft.topic, field="topic", name="专题", most=LONGEST_TOPIC),
    )  # fmt: skip


def _choices(given: Iterable[str]) -> tuple[str, ...]:
    """The choices that are written; one left out between two others is a slip, not a choice."""
    said = [" ".join(choice.split()) for choice in given]
    while said and not said[-1]:
        said.pop()
    if not 2 <= len(said) <= len(LETTERS):
        raise Refusal("choices", f"请写 2 到 {len(LETTERS)} 个选项，一行一个。")
    for at, choice in enumerate(said):
        if not choice:
            raise Refusal("choices", f"选项{LETTERS[at]}是空的，后面却还有选项；请挨着写。")
        needed(choice, field="choices", name=f"选项{LETTERS[at]}", most=LONGEST_CHOICE)
    if len(set(said)) != len(said):
        raise Refusal("choices", "有两个选项一模一样。")
    return tuple(said)


def checked_picks(kind: str, count: int, picks: Iterable[int], *, field: str) -> tuple[int, ...]:
    """What is picked among ``count`` choices, in order, each once. Raises Refusal on ``field``."""
    found = tuple(sorted(set(picks)))
    if not found:
        raise Refusal(field, "请选答案。")
    if found[0] < 0 or found[-1] >= count:
        raise Refusal(field, "答案不在选项里，请重新选。")
    if kind != QuestionKind.MULTIPLE and len(found) > 1:
        raise Refusal(field, f"{QuestionKind(kind).zh}只有一个答案。")
    if kind == QuestionKind.MULTIPLE and field == "correct" and len(found) < 2:
        raise Refusal(field, "多选题至少有两个正确答案；只有一个的请改成单选题。")
    return found


def is_right(correct: Iterable[int], picks: Iterable[int]) -> bool:
    """All that is correct and nothing else."""
    return set(correct) == set(picks)


def letters(kind: str, picks: Iterable[int]) -> str:
    """A、C; of a question to be judged the word itself."""
    names = TRUE_FALSE if kind == QuestionKind.JUDGE else LETTERS
    return "、".join(names[at] for at in sorted(picks))


def read_answer(text: str, *, choices: int) -> tuple[tuple[int, ...], bool]:
    """What a cell says is right: places among the choices, and whether it speaks of true and false. Raises Refusal on
    ``correct``. F is false, unless there are so many ``choices`` that it is the sixth."""
    said = unicodedata.normalize("NFKC", text).strip().upper()
    if not said:
        raise Refusal("correct", "请写答案。")
    if said in RIGHT | WRONG and not (said in LETTERS and choices > LETTERS.index(said)):
        return ((0,) if said in RIGHT else (1,)), True
    bare = BETWEEN.sub("", said)
    if not bare or any(sign not in LETTERS for sign in bare):
        raise Refusal("correct", f"答案“{text.strip()[:12]}”请写选项的字母（如 B、ABD），判断题写正确或错误。")
    return tuple(sorted({LETTERS.index(sign) for sign in bare})), False


def kind_of(said: str, correct: tuple[int, ...], *, true_false: bool, choices: int) -> QuestionKind:
    """The kind a row means; where it says none, its answer tells. Raises Refusal on ``kind``."""
    said = re.sub(r"\s+", "", said)
    if said and said not in KINDS:
        raise Refusal("kind", f"不认识题型“{said[:12]}”，请写单选题、多选题或判断题。")
    if said:
        kind = KINDS[said]
        # 选择题 alone does not say of which sort.
        return QuestionKind.MULTIPLE if said == "选择题" and len(correct) > 1 else kind
    if true_false and not choices:
        return QuestionKind.JUDGE
    return QuestionKind.MULTIPLE if len(correct) > 1 else QuestionKind.SINGLE
