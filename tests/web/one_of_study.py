"""One of each thing of 学习 that has a page, and its addresses: made when first asked for."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.web.days import DAY, TODAY
from tests.web.one_of_work import one_project
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source as StudySource
from youju.records.sources.values import SourceDraft
from youju.store.actions import keep
from youju.study.contests.actions import draw as draw_contest
from youju.study.contests.values import ContestDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.deliveries.actions import bring
from youju.study.deliveries.values import DeliveryDraft
from youju.study.models import Contest, Delivery, Question, SelfTest, SpotCheck, StudyPoint, StudyUnit, Use
from youju.study.points.actions import state_point
from youju.study.points.values import PointDraft
from youju.study.questions.actions import write_question
from youju.study.questions.values import QuestionDraft
from youju.study.selftests.actions import draw_up_test, publish_test
from youju.study.selftests.values import TestDraft
from youju.study.spotchecks.actions import draw
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft as StudyUnitDraft
from youju.study.uses.actions import put_to_use
from youju.study.uses.values import UseDraft

#: Pages of 题库 and 自测 as wholes.
STUDY_LISTS = ("questions", "questions_export", "question_new", "tests", "test_new")


def one_question(cast: Cast) -> Question:
    known = Question.objects.filter(ledger=cast.branch).first()
    draft = QuestionDraft("single", "党员大会多久召开一次？", ("每月", "每季度"), (1,), "见条例。")
    return known or write_question(unit=cast.branch, draft=draft, by=None, at=make.START)


def one_test(cast: Cast) -> SelfTest:
    """Published, with the one question."""
    if known := SelfTest.objects.filter(ledger=cast.branch).first():
        return known
    when = {"by": None, "at": make.moment(DAY)}
    draft = TestDraft("十一月自测", DAY, TODAY, (one_question(cast).pk,))
    drawn_up = draw_up_test(unit=cast.branch, draft=draft, **when)
    return publish_test(test=drawn_up, revision=drawn_up.revision, **when)


def one_source(cast: Cast) -> str:
    found = StudySource.objects.filter(ledger=cast.branch, title="青禾读本").first()
    return (found or enter_source(unit=cast.branch, draft=SourceDraft("青禾读本"), by=None, at=make.START)).number


def one_topic(cast: Cast) -> Topic:
    when = {"by": None, "at": make.START}
    return cast.branch.topics.first() or add_topic(
        unit=cast.branch, draft=TopicDraft("青禾精神"), parent_id=None, **when
    )


def study_url(cast: Cast, name: str, page: str) -> str:
    """Pages of 学习: of the branch, or of its one topic, material, question, test, draw or use of a text."""
    if page.startswith("topic") and page != "topic_new":
        return reverse(name, args=[cast.branch.pk, one_topic(cast).pk])
    if page == "places":
        return reverse(name, args=[cast.branch.pk, one_source(cast)])
    if page.startswith(("question", "test")) and page not in STUDY_LISTS:
        one = one_question(cast) if page.startswith("question") else one_test(cast)
        return reverse(name, args=[cast.branch.pk, one.pk])
    if page in ("use", "use_file", "use_change", "use_withdraw", "use_card"):
        return reverse(name, args=[cast.branch.pk, one_use(cast).number])
    if page in ("delivery", "delivery_withdraw"):
        return reverse(name, args=[cast.branch.pk, one_delivery(cast).number])
    if page == "unit_take":
        return reverse(name, args=[cast.branch.pk, one_study_point(cast).pk])
    if page in ("unit", "unit_change", "unit_drop"):
        return reverse(name, args=[cast.branch.pk, one_study_unit(cast).pk])
    if page == "hours_of":
        return reverse(name, args=[cast.branch.pk, cast.people[0].pk])
    if page.startswith("contest") and page not in ("contests", "contest_new"):
        screen = [1] if page == "contest_screen" else []
        return reverse(name, args=[cast.branch.pk, one_contest(cast).pk, *screen])
    if page in ("check", "check_hold", "check_link", "check_drop"):
        return reverse(name, args=[cast.branch.pk, one_check(cast).pk])
    return reverse(name) + f"?unit={cast.branch.pk}"


def one_study_unit(cast: Cast) -> StudyUnit:
    """November, on 青禾读本."""
    if known := StudyUnit.objects.filter(ledger=cast.branch).first():
        return known
    text = StudySource.objects.get(ledger=cast.branch, number=one_source(cast))
    draft = StudyUnitDraft("学青禾读本", DAY, date(2026, 11, 30), source_ids=(text.pk,))
    return add_unit(unit=cast.branch, draft=draft, by=None, at=make.moment(TODAY))


def one_study_point(cast: Cast) -> StudyPoint:
    """What the unit above asks to be studied in November."""
    draft = PointDraft("学青禾读本", DAY, date(2026, 11, 30), text="青禾读本", note="结合实际学。")
    known = StudyPoint.objects.filter(sender=cast.above).first()
    return known or state_point(sender=cast.above, draft=draft, by=None, at=make.moment(TODAY))


def one_check(cast: Cast) -> SpotCheck:
    """A draw of this quarter that was not held yet."""
    known = SpotCheck.objects.filter(ledger=cast.branch).first()
    return known or draw(unit=cast.branch, size=3, seed="3fa91c02", by=None, at=make.moment(TODAY))


def one_contest(cast: Cast) -> Contest:
    """Of one question, not held yet."""
    if known := Contest.objects.filter(ledger=cast.branch).first():
        return known
    one_question(cast)
    draft = ContestDraft("党务知识竞赛", TODAY, 1)
    return draw_contest(unit=cast.branch, draft=draft, seed="3fa91c02", by=None, at=make.moment(TODAY))


def one_use(cast: Cast) -> Use:
    """青禾读本, put to use in the project, with a file that shows it."""
    if known := Use.objects.filter(ledger=cast.branch).first():
        return known
    when = {"by": None, "at": make.moment(TODAY)}
    draft = UseDraft(
        StudySource.objects.get(ledger=cast.branch, number=one_source(cast)).pk, "合同按规范签", used_on=DAY
    )
    return put_to_use(work=one_project(cast), draft=draft, file=keep(data=b"contract", **when), **when)


def one_delivery(cast: Cast) -> Delivery:
    """青禾读本, brought to the third of the branch by the second."""
    if known := Delivery.objects.filter(ledger=cast.branch).first():
        return known
    text = StudySource.objects.get(ledger=cast.branch, number=one_source(cast))
    draft = DeliveryDraft((cast.people[2].pk,), DAY, "read", (text.pk,), bringer_id=cast.people[1].pk)
    return bring(unit=cast.branch, draft=draft, by=None, at=make.moment(TODAY))[0]
