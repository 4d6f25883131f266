"""题库: a question is whole or refused, a table is judged row by row, and an answer keeps its meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Line, Revision
from youju.kit.refusal import Overtaken, Refusal
from youju.paper.reading.columns import Line as Row
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.study.models import Question
from youju.study.questions.actions import (
    correct_question,
    import_questions,
    resume_question,
    retire_question,
    write_question,
)
from youju.study.questions.importing import judge_questions, read_row
from youju.study.questions.queries import torn
from youju.study.questions.rules import checked_question, is_right, letters, read_answer
from youju.study.questions.values import LETTERS, QuestionDraft, QuestionKind
from youju.upkeep.mentions import mentions
from youju.upkeep.verify import faults

AT = make.moment(date(2026, 11, 20))
DRAFT = QuestionDraft("single", "党支部的最高决策机构是什么？", ("支委会", "党员大会", "党小组会"), (1,), "见条例。")


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def written(cast: Cast, draft: QuestionDraft = DRAFT) -> Question:
    return write_question(unit=cast.branch, draft=draft, by=cast.clerk, at=AT)


def source(cast: Cast, title: str = "支部工作条例", unit: object = None) -> Source:
    return enter_source(unit=unit or cast.branch, draft=SourceDraft(title), by=None, at=AT)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_question_is_one_change_with_its_line(cast: Cast) -> None:
    question = written(cast)
    assert (question.choices, question.correct, question.revision) == (["支委会", "党员大会", "党小组会"], [1], 1)
    (line,) = Line.objects.filter(noun="question")
    assert (line.verb, line.unit_id, line.by_id) == ("出题", cast.branch.pk, cast.clerk.pk)
    assert list(torn()) == [] and faults() == []
    Question.objects.filter(pk=question.pk).update(correct=[2])
    assert [fault.where for fault in faults()] == ["题库"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "essay"}, "kind"), ({"stem": " "}, "stem"), ({"stem": "长" * 401}, "stem"),
        ({"choices": ("甲",), "correct": (0,)}, "choices"), ({"choices": ("甲", "甲"), "correct": (0,)}, "choices"),
        ({"choices": ("甲", "", "丙")}, "choices"), ({"choices": tuple("一二三四五六七八九")}, "choices"),
        ({"correct": ()}, "correct"), ({"correct": (3,)}, "correct"), ({"correct": (0, 1)}, "correct"),
        ({"kind": "multiple"}, "correct"), ({"explanation": "长" * 1001}, "explanation"), ({"source_id": 10**9}, "source"),
        ({"kind": "judge", "correct": (0, 1)}, "correct"), ({"topic": "长" * 41}, "topic"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_is_no_question_is_refused(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        written(cast, replace(DRAFT, **change))  # type: ignore[arg-type]
    assert caught.value.field == field and not Question.objects.exists()


@pytest.mark.django_db
def test_the_text_of_another_unit_is_none_of_ours(cast: Cast) -> None:
    theirs = source(cast, unit=cast.other)
    with pytest.raises(Refusal) as caught:
        written(cast, replace(DRAFT, source_id=theirs.pk))
    assert caught.value.field == "source"


@pytest.mark.django_db
def test_one_stem_stands_once_until_it_is_retired(cast: Cast) -> None:
    first = written(cast)
    with pytest.raises(Refusal, match="已经有这道题"):
        written(cast, replace(DRAFT, stem="党支部的最高决策机构是什么？ "))
    retire_question(question=first, by=cast.clerk, at=AT)
    retire_question(question=first, by=cast.clerk, at=AT)
    assert Line.objects.filter(verb="停用题目").count() == 1
    second = written(cast)
    with pytest.raises(Refusal, match="已经有这道题"):
        resume_question(question=first, by=cast.clerk, at=AT)
    retire_question(question=second, by=cast.clerk, at=AT)
    resume_question(question=first, by=cast.clerk, at=AT)
    first.refresh_from_db()
    assert first.retired_at is None and list(torn()) == []


@pytest.mark.django_db
def test_a_correction_keeps_kind_and_number_of_choices(cast: Cast) -> None:
    question = written(cast)
    better = replace(DRAFT, kind="multiple", correct=(0,), choices=("党员大会", "支委会", "党小组会"))
    now = correct_question(question=question, draft=better, revision=1, reason="答案写错", by=cast.clerk, at=AT)
    assert (now.kind, now.correct, now.revision) == ("single", [0], 2)
    assert Revision.objects.filter(noun="question", reason="答案写错").count() == 1
    with pytest.raises(Refusal) as caught:
        correct_question(question=now, draft=replace(DRAFT, choices=("甲", "乙")), revision=2, by=None, at=AT)
    assert caught.value.field == "choices"
    with pytest.raises(Overtaken):
        correct_question(question=question, draft=DRAFT, revision=1, by=None, at=AT)


@pytest.mark.django_db
def test_a_name_in_a_question_is_found_before_forgetting(cast: Cast) -> None:
    question = written(cast, replace(DRAFT, choices=("欧阳若谷", "党员大会")))
    assert [one.said for one in mentions("欧阳若谷")] == [f"题目 {question.pk}"]


def row(number: int = 2, **cells: str) -> Row:
    return Row(number, {"stem": "题", "choice_0": "甲", "choice_1": "乙", "correct": "A"} | cells)


@pytest.mark.parametrize(
    ("cells", "kind", "correct"),
    [
        ({}, "single", (0,)), ({"correct": "b"}, "single", (1,)), ({"correct": "Ａ、B"}, "multiple", (0, 1)),
        ({"kind": "选择题", "correct": "AB"}, "multiple", (0, 1)), ({"kind": "多选", "correct": "BA"}, "multiple", (0, 1)),
        ({"kind": "判断题", "choice_0": "", "choice_1": "", "correct": "√"}, "judge", (0,)),
        ({"choice_0": "", "choice_1": "", "correct": "不正确"}, "judge", (1,)),
        ({"kind": "判断", "choice_0": "对", "choice_1": "错", "correct": "B"}, "judge", (1,)),
    ],
)  # fmt: skip
def test_a_row_is_read_as_it_is_meant(cells: dict[str, str], kind: str, correct: tuple[int, ...]) -> None:
    draft, faults = read_row(row(**cells), {})
    assert draft and (draft.kind, draft.correct, faults) == (kind, correct, ())


def test_f_is_false_unless_there_is_a_sixth_choice() -> None:
    assert read_answer("F", choices=4) == ((1,), True) and read_answer("F", choices=6) == ((5,), False)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"correct": ""}, "correct"), ({"correct": "D"}, "correct"), ({"correct": "甲"}, "correct"), ({"kind": "填空题"}, "kind"),
        ({"stem": ""}, "stem"), ({"choice_1": ""}, "choice_0"), ({"source": "没登记的书"}, "source"),
        ({"kind": "单选题", "correct": "AB"}, "correct"), ({"kind": "多选题"}, "correct"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_says_where(cells: dict[str, str], column: str) -> None:
    draft, faults = read_row(row(**cells), {})
    assert draft is None and [fault.column for fault in faults] == [column]


@pytest.mark.django_db
def test_a_table_is_judged_row_by_row_and_may_be_brought_again(cast: Cast) -> None:
    text = source(cast)
    rows = [
        row(2, stem="一", source="《支部工作条例》"), row(3, stem="二", correct="Z"), row(4, stem="一"), row(5, stem="三", source=text.number),
    ]  # fmt: skip
    judged = judge_questions(unit=cast.branch, rows=rows, at=AT)
    assert [(one.good, bool(one.note), bool(one.faults)) for one in judged] == [
        (True, False, False), (False, False, True), (False, True, False), (True, False, False),
    ]  # fmt: skip
    assert not Question.objects.exists()
    done = import_questions(unit=cast.branch, rows=rows, by=cast.clerk, at=AT)
    assert (done.kept, done.skipped, [one.line.number for one in done.faulty]) == (2, 1, [3])
    assert set(Question.objects.values_list("source_id", flat=True)) == {text.pk}
    again = import_questions(unit=cast.branch, rows=rows, by=cast.clerk, at=AT)
    assert (again.kept, again.skipped) == (0, 3) and Line.objects.filter(verb="导入").count() == 1


@given(st.sets(st.integers(0, len(LETTERS) - 1), min_size=1), st.sampled_from(["", "、", "，", " ", "/"]))
def test_what_is_said_of_an_answer_is_read_back(picks: set[int], between: str) -> None:
    told = letters(QuestionKind.MULTIPLE, picks).replace("、", between)
    assert read_answer(told, choices=len(LETTERS)) == (tuple(sorted(picks)), False)
    assert is_right(picks, sorted(picks, reverse=True)) and not is_right(picks, set(range(8)) - picks)


@given(
    st.builds(
        QuestionDraft, kind=st.sampled_from([kind.value for kind in QuestionKind]), stem=st.text(max_size=20),
        choices=st.lists(st.text(max_size=4), max_size=10).map(tuple),
        correct=st.lists(st.integers(-2, 10), max_size=4).map(tuple),
    )
)  # fmt: skip
def test_a_question_that_passes_can_be_answered(draft: QuestionDraft) -> None:
    """Whatever is handed in comes back whole, the same when handed in again, or refused beside a field."""
    try:
        kept = checked_question(draft)
    except Refusal as refusal:
        assert refusal.field and refusal.sentence
        return
    assert checked_question(kept) == kept
    assert kept.correct and all(0 <= at < len(kept.choices) for at in kept.correct)
    assert (len(kept.correct) == 1) or kept.kind == "multiple"
