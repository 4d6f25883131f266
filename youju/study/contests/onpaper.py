"""知识竞赛 on paper: the questions, and on a page of its own what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.study.contests.models import Contest
from youju.study.contests.queries import questions_of
from youju.study.questions.models import Question
from youju.study.questions.rules import letters
from youju.study.questions.values import LETTERS, QuestionKind

#: A stem that leaves a gap itself needs none at its end.
GAP = re.compile(r"[（(][\s_]*[）)]|__+")
TEAM = "参赛队：____________"


def contest_docx(contest: Contest, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """试卷 of a contest loaded with its questions; the page with the answers is the last one."""
    questions = questions_of(contest)
    key = writing.Table(
        header=("题号", "答案", "解析"),
        rows=tuple(
            (str(at), letters(one.kind, one.correct), one.explanation) for at, one in enumerate(questions, 1)
        ),
        widths=(0.1, 0.18, 0.72),
        title="答案和解析",
    )  # fmt: skip
    paper = writing.Paper(
        title=contest.title,
        blocks=tuple(_blocks(questions)),
        byline=f"{chinese_date(contest.day)}　共{contest.size}题　{TEAM}",
        appendix_table=key,
        preset=preset,
    )
    return writing.write_docx(paper)


def _blocks(questions: list[Question]) -> Iterator[writing.Paragraph]:
    for at, one in enumerate(questions, 1):
        gap = "" if GAP.search(one.stem) else "（　　）"
        yield writing.Paragraph((f"{at}．【{QuestionKind(one.kind).zh}】{one.stem}{gap}",))
        if one.kind != QuestionKind.JUDGE:
            for letter, choice in zip(LETTERS, one.choices, strict=False):
                yield writing.Paragraph((f"{letter}．{choice}",))
