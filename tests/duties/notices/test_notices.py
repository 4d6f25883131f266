"""A notice goes down and becomes a due; a record is the reply; nothing is written for each of very many branches."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.duties.notices.actions import move_notice, send_notice, withdraw_notice
from youju.duties.notices.models import Notice, NoticeReach
from youju.duties.notices.queries import counted, for_units, not_replied_to, reached_by, replied_to
from youju.duties.notices.values import Counted, NoticeDraft
from youju.duties.queries import outlook, standing_by_key, standings, standings_many
from youju.duties.replies.actions import answer_with
from youju.duties.values import Status
from youju.journal.models import Line, Revision
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.units.actions import close_unit, move_unit
from youju.people.units.models import UnitYear
from youju.people.units.queries import version
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
SENT = make.moment(date(2026, 11, 2))
BY = date(2026, 11, 25)


def draft(**more: object) -> NoticeDraft:
    return NoticeDraft(**({"title": "开展防汛专题组织生活", "text": "请各支部结合实际开展。", "due_on": BY} | more))  # type: ignore[arg-type]


def send(cast: Cast, **more: object) -> Notice:
    return send_notice(sender=cast.above, draft=draft(**more), by=cast.superior, at=SENT)


def of_notices(unit: Unit, on: date = date(2026, 11, 20)):
    return [s for s in standings(unit, 2026, on=on) if s.due.source == "notice"]


def test_it_is_owed_by_every_branch_below_and_written_once():
    cast = standing_cast()
    before = version(cast.above, 2026), version(cast.branch, 2026)
    notice = send(cast, basis="青机工发〔2026〕8号", kinds=("theme_day",))
    for branch in (cast.branch, cast.other):
        (standing,) = of_notices(branch)
        due = standing.due
        assert (due.key, due.title, due.owed_by, due.kinds) == (notice.key, notice.title, BY, ("theme_day",))
        assert due.basis == "青禾县直机关工委青机工发〔2026〕8号" and standing.sentence == "要一条主题党日的记录"
        assert standing.status is Status.OPEN and standing.initial["kinds"] == "theme_day"
    assert not NoticeReach.objects.exists()
    assert (version(cast.above, 2026), version(cast.branch, 2026)) == (before[0] + 1, before[1])
    assert Line.objects.get(verb="发出通知").unit_id == cast.above.pk


def test_before_it_was_sent_nothing_was_owed_and_after_its_day_it_is_late():
    cast = standing_cast()
    send(cast)
    assert of_notices(cast.branch, date(2026, 11, 1)) == []
    (late,) = of_notices(cast.branch, date(2026, 11, 28))
    assert late.status is Status.LATE and late.days_late == 3


def test_the_record_is_the_reply():
    cast = standing_cast()
    notice = send(cast)
    session = make.activity(cast.branch, "theme_day", date(2026, 10, 30))
    answer_with(unit=cast.branch, key=notice.key, session=session, by=cast.clerk, at=make.moment(date(2026, 11, 20)))
    (done,) = of_notices(cast.branch)
    assert (done.status, done.day, done.done) == (Status.DONE, date(2026, 11, 2), 1)
    assert list(replied_to(notice)) == [cast.branch] and list(not_replied_to(notice)) == [cast.other]
    assert counted(cast.above, [notice]) == {notice.pk: Counted(reached=2, replied=1)}
    (other,) = of_notices(cast.other)
    assert other.status is Status.OPEN


def test_a_chosen_list_reaches_only_those_and_moves_their_versions():
    cast = standing_cast()
    before = version(cast.branch, 2026), version(cast.other, 2026)
    notice = send(cast, unit_ids=(cast.other.pk,))
    assert of_notices(cast.branch) == [] and len(of_notices(cast.other)) == 1
    assert (version(cast.branch, 2026), version(cast.other, 2026)) == (before[0], before[1] + 1)
    assert list(reached_by(notice)) == [cast.other] and counted(cast.above, [notice])[notice.pk].reached == 1


def test_a_branch_opened_later_is_reached_while_the_day_is_ahead():
    cast = standing_cast()
    notice = send(cast)
    young = make.unit(name="新设党支部", parent=cast.above, on=date(2026, 11, 10))
    late = make.unit(name="更晚设的党支部", parent=cast.above, on=date(2026, 11, 26))
    close_unit(unit=cast.other, on=date(2026, 11, 15), successor=None, by=None, at=SENT)
    assert list(reached_by(notice)) == [cast.branch, young]
    assert len(of_notices(young)) == 1 and of_notices(late) == [] and of_notices(cast.other) == []


def test_nobody_beside_or_above_is_reached():
    cast = standing_cast()
    beside = make.unit(name="别的党支部")
    send(cast)
    assert of_notices(beside) == [] and of_notices(cast.above) == []


def test_its_day_is_corrected_with_a_revision():
    cast = standing_cast()
    notice = send(cast)
    later = move_notice(notice=notice, due_on=date(2027, 1, 15), reason="汛期延长", revision=1, by=None, at=SENT)
    assert of_notices(cast.branch) == []
    standing = standing_by_key(cast.branch, notice.key, on=date(2026, 11, 20))
    assert standing is not None and standing.due.owed_by == date(2027, 1, 15)
    assert [r.reason for r in Revision.objects.filter(noun="notice").order_by("number")] == ["", "汛期延长"]
    with pytest.raises(Refusal):  # who had the page open before
        move_notice(notice=notice, due_on=date(2027, 2, 1), reason="再延", revision=1, by=None, at=SENT)
    assert later.revision == 2 and Notice.objects.get().due_on == date(2027, 1, 15)


def test_withdrawn_it_is_owed_no_more():
    cast = standing_cast()
    notice = send(cast)
    withdraw_notice(notice=notice, reason="发重了", revision=1, by=cast.superior, at=SENT)
    assert of_notices(cast.branch) == [] and Notice.objects.get().withdrawn_reason == "发重了"
    with pytest.raises(Refusal):
        withdraw_notice(notice=notice, reason="再撤", revision=2, by=None, at=SENT)


def test_the_form_sent_twice_sends_once():
    cast = standing_cast()
    sent = [send_notice(sender=cast.above, draft=draft(), by=None, at=SENT, form_key="k" * 32) for _ in range(2)]
    assert sent[0] == sent[1] and Notice.objects.count() == 1 and Line.objects.filter(verb="发出通知").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"text": "长" * 501}, "text"),
        ({"basis": "长" * 121}, "basis"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"due_on": date(2029, 1, 1)}, "due_on"),
        ({"kinds": ("nothing",)}, "kinds"),
        ({"unit_ids": (999999,)}, "units"),
        ({"unit_ids": tuple(range(201))}, "units"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(change, field):
    cast = standing_cast()
    with pytest.raises(Refusal) as caught:
        send(cast, **change)
    assert caught.value.field == field and not Notice.objects.exists()


def test_a_branch_sends_nothing_and_nobody_sends_sideways():
    cast = standing_cast()
    beside = make.unit(name="别的党支部")
    with pytest.raises(Refusal):
        send_notice(sender=cast.branch, draft=draft(), by=None, at=SENT)
    with pytest.raises(Refusal):
        send(cast, unit_ids=(beside.pk,))
    assert not Notice.objects.exists()


def test_what_was_left_last_year_still_stands_on_the_list_and_older_does_not():
    cast = standing_cast()
    send(cast)
    on = date(2027, 5, 1)
    assert [s.due.source for s in outlook(cast.branch, on=on).single] == ["notice"]
    assert outlook(cast.branch, on=date(2028, 5, 1)).single == ()


def test_a_day_far_ahead_says_settled_or_not():
    cast = standing_cast()
    send(cast)
    (standing,) = of_notices(cast.branch, date(9999, 1, 1))
    assert standing.status is Status.LATE


def test_more_branches_need_no_more_questions(django_assert_num_queries):
    cast = standing_cast()
    notices = [send(cast), send(cast, unit_ids=(cast.branch.pk,))]
    more = [make.unit(name=f"第{n}党支部", parent=cast.above) for n in range(5)]
    for units in ([cast.branch], [cast.branch, cast.other, *more]):
        with django_assert_num_queries(3):
            for_units(units, since=date(2026, 1, 1), until=date(2026, 12, 31))
    with django_assert_num_queries(3):
        assert counted(cast.above, notices)[notices[0].pk].reached == 7
    assert all(len(found) for found in standings_many(more, (2026,), on=date(2026, 11, 20)).values())


def test_sending_to_a_wide_subtree_writes_few_rows(django_assert_max_num_queries):
    cast = standing_cast()
    for number in range(30):
        make.unit(name=f"第{number}党支部", parent=cast.above)
    years = UnitYear.objects.count()
    with django_assert_max_num_queries(20):
        send(cast)
    assert UnitYear.objects.count() <= years + 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_sending_one_form_send_it_once():
    cast = standing_cast()

    def one() -> int:
        return send_notice(sender=cast.above, draft=draft(), by=None, at=SENT, form_key="k" * 32).pk

    assert len(set(together(one, one))) == 1 and Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_the_day_at_once_the_second_is_told():
    cast = standing_cast()
    notice = send(cast)

    def move(day: int) -> str:
        try:
            move_notice(notice=notice, due_on=date(2026, 12, day), reason="延期", revision=1, by=None, at=SENT)
        except Refusal as refusal:
            return refusal.sentence
        return ""

    said = together(lambda: move(1), lambda: move(2))
    assert sorted(map(bool, said)) == [False, True] and Notice.objects.get().revision == 2


def test_who_replied_and_was_closed_or_moved_since_is_in_neither_number():
    cast = standing_cast()
    third = make.unit(name="三岔口党支部", parent=cast.above)
    away = make.unit(name="白鹭洲党支部", parent=cast.above)
    elsewhere = make.unit(name="石桥镇党委", kind=UnitKind.COMMITTEE)
    wide, chosen = send(cast), send(cast, unit_ids=(cast.branch.pk, third.pk, away.pk))
    for unit in (third, away):
        session = make.activity(unit, "theme_day", date(2026, 11, 3), roster=())
        for notice in (wide, chosen):
            answer_with(unit=unit, key=notice.key, session=session, by=None, at=make.moment(date(2026, 11, 4)))
    before = counted(cast.above, [wide, chosen])
    assert before == {wide.pk: Counted(reached=4, replied=2), chosen.pk: Counted(reached=3, replied=2)}
    close_unit(unit=third, on=date(2026, 11, 10), successor=None, by=None, at=make.moment(date(2026, 11, 10)))
    move_unit(unit=away, parent=elsewhere, by=None, at=make.moment(date(2026, 11, 10)))
    after = counted(cast.above, [wide, chosen])
    assert after == {wide.pk: Counted(reached=2, replied=0), chosen.pk: Counted(reached=1, replied=0)}
    for notice in (wide, chosen):
        number = after[notice.pk]
        assert (number.reached, number.replied) == (reached_by(notice).count(), replied_to(notice).count())
        assert number.missing == not_replied_to(notice).count()
    # Its records are no longer this sender's to see, and it owes this sender nothing.
    assert of_notices(Unit.objects.get(pk=away.pk)) == []
