"""知识竞赛: drawn from the bank by a seed anybody may compute again, held as one record, counted once."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from tests.study.making import question, questions
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.drawing import digest_of
from youju.kit.periods import Period
from youju.kit.refusal import Overtaken, Refusal
from youju.paper.reading import read_bytes
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.facets.values import Facets
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.contests.actions import draw, drop, link
from youju.study.contests.onpaper import contest_docx
from youju.study.contests.queries import contests_of, find, questions_of, recomputed, records_offered
from youju.study.contests.values import ContestDraft, Stage
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import Contest, ContestQuestion, Question
from youju.study.questions.actions import retire_question
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT, SEED = make.moment(TODAY), "3fa91c02"


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def drawing(cast: Cast, size: int = 3, *, seed: str = SEED, **more: object) -> Contest:
    given: dict[str, object] = {"title": "党务知识竞赛", "day": TODAY, "size": size}
    return draw(unit=cast.branch, draft=ContestDraft(**(given | more)), seed=seed, by=cast.clerk, at=AT)  # type: ignore[arg-type]


def now(contest: Contest) -> Contest:
    found = find(contest.ledger, contest.pk)
    assert found
    return found


def asked(contest: Contest) -> list[int]:
    return [one.pk for one in questions_of(now(contest))]


def quiz(cast: Cast, day: date = TODAY, **more: object) -> Session:
    given: dict[str, object] = {
        "unit": cast.branch,
        "kinds": "theme_day",
        "day": day,
        "facets": Facets(forms=("quiz",)),
    }
    return make.activity(**(given | more))  # type: ignore[arg-type]


def count(cast: Cast) -> int | float:
    return ask("知识竞赛次数", cast.branch, Period.year(2026), as_of=TODAY).value


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_the_draw_can_be_computed_by_hand_and_stays_when_the_bank_changes(cast: Cast) -> None:
    bank = questions(cast.branch, 12)
    contest = drawing(cast, 5)
    by_hand = sorted(range(1, 13), key=lambda n: sha256(f"{SEED}:{n}".encode()).hexdigest())[:5]
    before = asked(contest)
    assert before == [bank[number - 1].pk for number in sorted(by_hand)]
    assert (contest.pool_size, contest.pool_digest) == (12, digest_of([one.pk for one in bank]))
    questions(cast.branch, 4, of="后来的")
    retire_question(question=Question.objects.get(pk=before[0]), by=None, at=AT)
    assert asked(contest) == before and recomputed(now(contest)) and faults() == []
    other = drawing(cast, 5, title="另一次", seed="00000001")
    assert before[0] not in asked(other) and other.pool_size == 15


def test_a_topic_with_what_is_below_it_or_a_material_or_the_whole_bank(cast: Cast) -> None:
    when = {"by": None, "at": AT}
    above = add_topic(unit=cast.branch, draft=TopicDraft("党章党规"), parent_id=None, **when)  # type: ignore[arg-type]
    add_topic(unit=cast.branch, draft=TopicDraft("支部工作条例"), parent_id=above.pk, **when)  # type: ignore[arg-type]
    text = enter_source(unit=cast.branch, draft=SourceDraft("青禾读本", "book"), **when)  # type: ignore[arg-type]
    one = question(cast.branch, "上面的题", topic="党章党规")
    two = question(cast.branch, "下面的题", topic="支部工作条例")
    three = question(cast.branch, "读本的题", source_id=text.pk)
    of_topic = drawing(cast, 2, topic=str(above.pk), title="一")
    assert asked(of_topic) == [one.pk, two.pk] and of_topic.drawn_from == "专题“党章党规”"
    of_text = drawing(cast, 1, source_id=text.pk, title="二")
    assert asked(of_text) == [three.pk] and now(of_text).drawn_from == "《青禾读本》"
    assert drawing(cast, 3, title="三").drawn_from == "全部题目"
    assert refused(lambda: drawing(cast, 3, topic=str(above.pk), title="四")) == (
        "size",
        "这个范围里有 2 道题，请写 1 到 2。",
    )
    assert refused(lambda: drawing(cast, 1, topic="没有的", title="四"))[0] == "size"
    foreign = enter_source(unit=cast.other, draft=SourceDraft("别人的", "book"), **when)  # type: ignore[arg-type]
    assert refused(lambda: drawing(cast, 1, source_id=foreign.pk, title="四"))[0] == "source"


def test_wrong_input_is_refused_beside_its_field(cast: Cast) -> None:
    assert "还没有题目" in refused(lambda: drawing(cast))[1]
    questions(cast.branch, 2)
    questions(cast.other, 5)
    assert refused(lambda: drawing(cast, 3))[0] == refused(lambda: drawing(cast, 0))[0] == "size"
    assert refused(lambda: drawing(cast, 1, title=" "))[0] == "title"
    assert refused(lambda: drawing(cast, 1, day=TODAY - timedelta(days=1)))[0] == "day"
    assert not Contest.objects.exists()


def test_a_second_click_gives_the_first_and_another_draw_needs_a_reason(cast: Cast) -> None:
    questions(cast.branch, 6)
    contest = drawing(cast)
    assert drawing(cast, seed="00000001") == contest and Contest.objects.count() == 1
    assert refused(lambda: drawing(cast, 4))[0] == "title"
    assert refused(lambda: drop(contest=contest, revision=1, reason=" ", by=None, at=AT))[0] == "reason"
    with pytest.raises(Overtaken):
        drop(contest=contest, revision=7, reason="题太少", by=None, at=AT)
    drop(contest=contest, revision=1, reason="题太少", by=None, at=AT)
    assert "已经作废" in refused(lambda: link(contest=contest, number="x", revision=2, by=None, at=AT))[1]
    drawing(cast, 4, seed="00000001")
    assert [(one.stage, one.size) for one in contests_of(cast.branch)] == [(Stage.DRAWN, 4), (Stage.DROPPED, 3)]
    assert faults() == []


def test_only_a_quiz_of_the_own_ledger_is_linked_and_it_counts_once(cast: Cast) -> None:
    questions(cast.branch, 4)
    contest = drawing(cast)
    early, plain = quiz(cast, TODAY - timedelta(days=2)), quiz(cast, facets=Facets(forms=("round_table",)))
    quiz(cast, unit=cast.other)
    session = quiz(cast)
    assert records_offered(now(contest)) == [session] and count(cast) == 2
    for number in (early.number, plain.number, "2026-主题-77"):
        assert refused(lambda n=number: link(contest=contest, number=n, revision=1, by=None, at=AT))[0] == "record"
    with pytest.raises(Overtaken):
        link(contest=contest, number=session.number, revision=9, by=None, at=AT)
    link(contest=contest, number=session.number, revision=1, by=None, at=AT)
    assert now(contest).stage is Stage.HELD and now(contest).record == session and count(cast) == 2
    assert "已经办过" in refused(lambda: drop(contest=contest, revision=2, reason="换", by=None, at=AT))[1]
    other = drawing(cast, title="另一次")
    assert refused(lambda: link(contest=other, number=session.number, revision=1, by=None, at=AT))[0] == "record"
    remove_activity(session=session, reason="记错了", by=None, at=AT)
    assert now(contest).stage is Stage.DRAWN and faults() == []
    again = quiz(cast)
    link(contest=contest, number=again.number, revision=2, by=None, at=AT)
    assert now(contest).record == again and faults() == []


def test_a_record_is_linked_by_its_number_however_many_came_after(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.study.contests.queries.MOST_OFFERED", 1)
    questions(cast.branch, 4)
    contest, first = drawing(cast), quiz(cast)
    later = quiz(cast)
    assert records_offered(now(contest)) == [later]
    link(contest=contest, number=first.number, revision=1, by=None, at=AT)
    assert now(contest).record == first


def test_whoever_touches_the_draw_is_seen(cast: Cast) -> None:
    questions(cast.branch, 6)
    contest = drawing(cast)
    Contest.objects.filter(pk=contest.pk).update(seed="00000009")
    assert [fault.sentence for fault in faults()] == ["知识竞赛“党务知识竞赛”与最后一次修订不一致。"]
    Contest.objects.filter(pk=contest.pk).update(seed=SEED)
    ContestQuestion.objects.filter(contest=contest, position=1).update(number=99)
    assert len(faults()) == 1


def test_the_paper_holds_the_questions_and_the_answers_on_a_page_of_their_own(cast: Cast) -> None:
    question(cast.branch, "党员大会多久召开一次？", correct=(1,))
    question(cast.branch, "下列（　）属于三会一课？", correct=(0, 2))
    data = contest_docx(now(drawing(cast, 2)))
    said = read_bytes(data, "试卷.docx").text
    before, _, key = said.partition("答案和解析")
    assert "1．【单选题】党员大会多久召开一次？（　　）" in before and "B．每季度" in before and "的解析" not in before
    assert "【多选题】下列（ ）属于三会一课？\n" in before and "参赛队" in before
    assert "A、C" in key and "党员大会多久召开一次？的解析。" in key
    styles = zipfile.ZipFile(BytesIO(data)).read("word/styles.xml").decode()
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert (
        'w:val="AppendixTitle"' in body
        and "<w:pageBreakBefore/>" in styles.split('w:styleId="AppendixTitle"')[1].split("</w:style>")[0]
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_draw_at_once_draw_one(cast: Cast) -> None:
    questions(cast.branch, 6)
    seeds = together(lambda: drawing(cast, seed="00000001").seed, lambda: drawing(cast, seed="00000002").seed)
    assert len(set(seeds)) == 1 and Contest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_link_one_record_at_once_link_it_once(cast: Cast) -> None:
    questions(cast.branch, 4)
    session, contests = quiz(cast), [drawing(cast), drawing(cast, title="另一次")]

    def click(contest: Contest) -> str:
        try:
            link(contest=contest, number=session.number, revision=1, by=None, at=AT)
        except Refusal as refusal:
            return refusal.field
        return "linked"

    assert sorted(together(*(lambda one=one: click(one) for one in contests))) == ["linked", "record"]
