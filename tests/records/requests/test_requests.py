"""诉求: asked → action → reply → closed; the words can go, the number stays."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.figures.queries import ask
from youju.journal.models import RevisionText
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import UnitYear
from youju.records.activities.values import RosterEntry
from youju.records.models import Request
from youju.records.queries import about
from youju.records.requests import actions
from youju.records.requests.rules import Stage, stage
from youju.records.requests.values import ActionDraft, RequestDraft
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 5, 8), make.moment(date(2026, 6, 1))
ON = date(2026, 11, 20)


@pytest.fixture
def cast():
    return standing_cast()


def asked(unit, text="机耕道修一修", day=DAY, **more):
    return actions.raise_request(unit=unit, draft=RequestDraft(text, day, **more), by=None, at=AT)


def arranged(request, plan="报镇里列入项目", **more):
    draft = ActionDraft(plan, **more)
    actions.arrange(request=request, draft=draft, revision=request.revision, by=None, at=AT)
    request.refresh_from_db()
    return request


def value(unit, figure):
    return ask(figure, unit, Period.year(2026), as_of=ON).value


def test_from_the_visit_to_the_end_and_the_figures(cast):
    visit = make.activity(cast.branch, "visit", DAY, roster=(RosterEntry(cast.people[1].pk),))
    request = arranged(asked(cast.branch, session_id=visit.pk), owner_id=cast.people[2].pk, due_on=date(2026, 7, 1))
    asked(cast.branch, "灌溉水不够")
    assert (value(cast.branch, "收到诉求数"), value(cast.branch, "诉求办结率")) == (2, 0)
    with pytest.raises(Refusal, match="还没有答复"):
        actions.close_request(request=request, on=DAY, by=None, at=AT)
    actions.answer(request=request, reply="已列入七月修补", on=DAY, revision=request.revision, by=None, at=AT)
    request.refresh_from_db()
    actions.close_request(request=request, on=date(2026, 5, 20), by=None, at=AT)
    assert (value(cast.branch, "办结诉求数"), value(cast.branch, "诉求办结率")) == (1, 50)
    kept = Request.objects.get(pk=request.pk)
    assert (kept.number, kept.revision) == ("2026-诉求-01", 4)
    assert about(cast.people[2])["负责办理的诉求"][0]["编号"] == kept.number
    assert faults() == []
    Request.objects.filter(pk=request.pk).update(due_on=date(2026, 8, 1))
    assert [fault.where for fault in faults()] == ["诉求"]


def test_the_words_can_be_erased_from_every_revision_and_the_figure_stays(cast):
    request = arranged(asked(cast.branch, "李家的渠堵了"))
    actions.erase_request(request=request, by=None, at=AT)
    request.refresh_from_db()
    assert (request.text, request.plan, request.said) == ("", "", "（内容已清除）")
    assert not RevisionText.objects.filter(text__contains="李家").exists()
    assert value(cast.branch, "收到诉求数") == 1 and faults() == []
    for again in (
        lambda: actions.erase_request(request=request, by=None, at=AT),
        lambda: arranged(request),
    ):
        with pytest.raises(Refusal, match="已经清除"):
            again()


def test_an_answer_given_anew_is_read_in_the_years_that_took_it_for_answered(cast):
    late = make.moment(date(2027, 3, 1))
    request = arranged(asked(cast.branch, day=date(2024, 5, 8)), due_on=date(2024, 7, 1))
    actions.answer(request=request, reply="已办", on=date(2024, 6, 1), revision=2, by=None, at=late)
    before = versions(cast.branch)
    actions.answer(request=request, reply="又办了一次", on=date(2027, 2, 1), revision=3, by=None, at=late)
    assert versions(cast.branch) == {year: before[year] + (2024 <= year <= 2027) for year in before}


def versions(unit):
    return dict(UnitYear.objects.filter(unit=unit).values_list("year", "version"))


def test_wrong_input_names_its_field_and_writes_nothing(cast):
    theirs = make.activity(cast.other, "visit", DAY, roster=())
    visit = make.activity(cast.branch, "visit", DAY, roster=(RosterEntry(cast.people[1].pk),))
    for more, field in (
        ({"text": " "}, "text"), ({"text": "长" * 301}, "text"), ({"text": "电话13800138000"}, "text"),
        ({"day": date(2026, 6, 2)}, "raised_on"), ({"session_id": theirs.pk}, "session"),
        ({"session_id": visit.pk, "day": date(2026, 5, 7)}, "raised_on"), ({"subject_id": 10**9}, "subject"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as caught:
            asked(cast.branch, **more)
        assert caught.value.field == field
    assert not Request.objects.exists()
    request = asked(cast.branch)
    with pytest.raises(Refusal, match="已经登记"):
        asked(cast.branch)
    for more, field in (
        ({"plan": ""}, "plan"), ({"owner_id": make.member(cast.other).pk}, "owner"), ({"due_on": date(2026, 5, 7)}, "due_on"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as caught:
            arranged(request, **more)
        assert caught.value.field == field
    stale = Request.objects.get()
    arranged(request)
    with pytest.raises(Refusal, match="被别人改过"):
        arranged(stale)
    for reply, on, field in (
        ("", DAY, "reply"),
        ("好", date(2026, 6, 2), "replied_on"),
        ("好", date(2026, 5, 7), "replied_on"),
    ):
        with pytest.raises(Refusal) as caught:
            actions.answer(request=request, reply=reply, on=on, revision=request.revision, by=None, at=AT)
        assert caught.value.field == field


def test_how_it_stands_on_a_day():
    told = {"planned": True, "due_on": None, "replied_on": None, "closed_on": None}
    for more, expected in (
        ({"planned": False}, Stage.TODO), ({}, Stage.GOING), ({"due_on": ON}, Stage.GOING),
        ({"due_on": DAY}, Stage.OVERDUE), ({"due_on": DAY, "replied_on": DAY}, Stage.ANSWERED),
        ({"replied_on": DAY, "closed_on": ON}, Stage.CLOSED), ({"replied_on": DAY, "closed_on": date(2026, 11, 21)}, Stage.ANSWERED),
    ):  # fmt: skip
        assert stage(**(told | more), on=ON) is expected
