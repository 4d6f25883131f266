"""A plan from its first line to its adoption, and what it then makes owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.duties.actions import forget
from youju.duties.plans.actions import adopt, begin, write_lines
from youju.duties.plans.models import Plan, PlanLine
from youju.duties.plans.queries import (
    drafts_of,
    in_force,
    last_lines,
    lines_ahead,
    lines_in_force,
    lines_of,
    meetings,
    open_problems,
    plan_of,
    points_for,
    taken_by,
    takers,
    torn,
)
from youju.duties.plans.values import LineDraft, Rhythm, Source
from youju.duties.queries import about, standings, standings_many
from youju.duties.replies.actions import answer_with
from youju.duties.values import Standing, Status
from youju.journal.models import Line as JournalLine
from youju.journal.models import Revision
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.units.queries import version
from youju.people.units.values import UnitKind
from youju.records.activities.actions import remove_activity
from youju.records.models import Session
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft
from youju.records.problems.values import Source as ProblemSource

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 1, 12), make.moment(date(2026, 1, 12), 17)
ON = date(2026, 11, 20)
VOLUNTEER = LineDraft("志愿服务", figure="志愿服务次数", target=2, rhythm=Rhythm.QUARTERLY)
TALKROOM = LineDraft("建好谈心室", rhythm=Rhythm.DAY, by_day=date(2026, 9, 30))
TALKROOM_2027 = LineDraft("建好谈心室", rhythm=Rhythm.DAY, by_day=date(2027, 9, 30))
THEME = LineDraft(
    "主题党日", source=Source.RULE, rule_id="theme_day", figure="主题党日次数", target=1, rhythm=Rhythm.MONTHLY
)


def drafted(unit: Unit, *lines: LineDraft, year: int = 2026) -> Plan:
    return begin(unit=unit, year=year, lines=lines, by=None, at=AT)


def adopted(unit: Unit, *lines: LineDraft, kind: str = "committee_meeting", day: date = DAY) -> Plan:
    meeting = make.activity(unit, kind, day, title="研究年度计划")
    return adopt(plan=drafted(unit, *lines), session=meeting, by=None, at=make.moment(day, 21))


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.field, caught.value.sentence


def of_plan(unit: Unit, *, on: date = ON) -> list[Standing]:
    return [s for s in standings(unit, on.year, on=on) if s.due.source == "plan"]


# -- from the first line to adoption ----------------------------------------------------------------------------------


def test_a_draft_owes_nothing_and_an_adopted_plan_does():
    branch = standing_cast().branch
    plan = drafted(branch, VOLUNTEER)
    assert of_plan(branch) == []
    meeting = make.activity(branch, "committee_meeting", DAY)
    before = version(branch, 2026)
    adopt(plan=plan, session=meeting, by=None, at=make.moment(DAY, 21))
    assert version(branch, 2026) > before
    assert [s.due.key.rsplit("/", 1)[1] for s in of_plan(branch)] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    plan.refresh_from_db()
    assert in_force(plan) and plan.adopted_on == DAY


def test_it_progresses_by_itself():
    branch = standing_cast().branch
    adopted(branch, VOLUNTEER)
    make.activity(branch, "volunteer", date(2026, 2, 3))
    make.activity(branch, "volunteer", date(2026, 3, 3))
    make.activity(branch, "volunteer", date(2026, 10, 8))
    assert [(s.due.code, s.status, s.done) for s in of_plan(branch)] == [
        ("2026-Q1", Status.DONE, 2), ("2026-Q2", Status.LATE, 0), ("2026-Q3", Status.LATE, 0), ("2026-Q4", Status.PART, 1),
    ]  # fmt: skip


def test_what_repeats_a_rule_appears_once_with_its_owner():
    cast = standing_cast()
    adopted(cast.branch, LineDraft(**{**vars(THEME), "target": 2, "owner_id": cast.people[1].pk}))
    assert of_plan(cast.branch) == []
    (november,) = [
        s for s in standings(cast.branch, 2026, on=ON) if s.due.source_id == "theme_day" and s.due.code == "2026-11"
    ]
    assert (november.target, november.due.note) == (2, f"年度计划定为2次；责任人 {cast.people[1].name}")
    make.activity(cast.branch, "theme_day", date(2026, 11, 6))
    (november,) = [
        s for s in standings(cast.branch, 2026, on=ON) if s.due.source_id == "theme_day" and s.due.code == "2026-11"
    ]
    assert (november.status, november.sentence) == (Status.PART, "已办1次，差1次")


def test_a_line_without_a_figure_is_settled_by_a_named_record():
    branch = standing_cast().branch
    adopted(branch, TALKROOM)
    (waiting,) = of_plan(branch)
    assert (waiting.status, waiting.due.owed_by) == (Status.LATE, date(2026, 9, 30))
    meeting = make.activity(branch, "committee_meeting", date(2026, 9, 10), title="验收谈心室")
    answer_with(unit=branch, key=waiting.due.key, session=meeting, years=(2026,), by=None, at=make.moment(ON))
    (done,) = of_plan(branch)
    assert (done.status, done.day) == (Status.DONE, date(2026, 9, 10))
    remove_activity(session=meeting, reason="记错了", by=None, at=make.moment(ON))
    assert of_plan(branch)[0].status is Status.LATE


def test_the_problem_of_last_year_goes_on_until_it_is_closed():
    cast = standing_cast()
    problem = raise_problem(
        unit=cast.branch, draft=ProblemDraft("自学没有抽查", ProblemSource.SELF, date(2025, 11, 3), 2025),
        measures=(MeasureDraft("每季度抽查", owner_id=cast.people[2].pk),), by=None, at=make.moment(date(2025, 11, 3), 20),
    )  # fmt: skip
    (found,) = open_problems(cast.branch, 2026, on=DAY)
    assert (found.number, [m.text for m in found.measures]) == (problem.number, ["每季度抽查"])
    adopted(cast.branch, LineDraft("整改：自学没有抽查", source=Source.PROBLEM, problem_id=problem.pk))
    (going,) = of_plan(cast.branch)
    assert (going.status, going.sentence) == (Status.OPEN, f"{problem.number}还没有销号")
    day = date(2026, 6, 30)
    finish_measure(measure=problem.measures.get(), proof="抽查了", on=day, by=None, at=make.moment(day))
    make.closed(problem, on=day)
    (done,) = of_plan(cast.branch)
    assert (done.status, done.day) == (Status.DONE, day)
    assert open_problems(cast.branch, 2027, on=ON) == ()


def test_a_removed_meeting_adopts_nothing_any_more_and_another_may():
    branch = standing_cast().branch
    plan = adopted(branch, VOLUNTEER)
    meeting = Session.objects.get(title="研究年度计划")
    remove_activity(session=meeting, reason="重复记录", by=None, at=make.moment(ON))
    kept = plan_of(branch, 2026)
    assert kept is not None and not in_force(kept)
    assert of_plan(branch) == []
    assert meetings(branch, 2026, on=ON) == []
    again = make.activity(branch, "party_meeting", date(2026, 2, 9))
    adopt(plan=plan, session=again, by=None, at=make.moment(ON))
    assert len(of_plan(branch)) == 4


def test_the_year_of_the_plan_hears_of_a_removed_meeting_of_the_year_before():
    branch = standing_cast().branch
    adopted(branch, VOLUNTEER, day=date(2025, 12, 22))
    before = version(branch, 2026)
    remove_activity(session=Session.objects.get(title="研究年度计划"), reason="重复", by=None, at=make.moment(ON))
    assert version(branch, 2026) > before


def test_only_a_meeting_of_ones_own_adopts():
    cast = standing_cast()
    plan = drafted(cast.branch, VOLUNTEER)
    for wrong in (
        make.activity(cast.other, "party_meeting", DAY),
        make.activity(cast.branch, "theme_day", DAY),
        make.activity(cast.branch, "party_meeting", date(2024, 12, 20)),
    ):
        assert refused(lambda s=wrong: adopt(plan=plan, session=s, by=None, at=AT))[0] == "session"  # type: ignore[misc]
    empty = drafted(cast.other)
    own = make.activity(cast.other, "party_meeting", date(2026, 1, 8))
    assert "还没有事项" in refused(lambda: adopt(plan=empty, session=own, by=None, at=AT))[1]
    meeting = make.activity(cast.branch, "party_meeting", date(2026, 1, 9))
    adopt(plan=plan, session=meeting, by=None, at=AT)
    assert "已经通过" in refused(lambda: adopt(plan=plan, session=meeting, by=None, at=AT))[1]


# -- changing ---------------------------------------------------------------------------------------------------------


def test_lines_are_changed_moved_added_and_taken_out_in_one_revision():
    branch = standing_cast().branch
    plan = drafted(branch, VOLUNTEER, TALKROOM)
    volunteer, room = drafts_of(lines_of(plan))
    more = LineDraft("党员先锋岗", rhythm=Rhythm.MONTHS, months=(9, 3), heading="品牌")
    write_lines(plan=plan, lines=[more, LineDraft(**{**vars(room), "title": "谈心室建好并用起来"})], by=None, at=AT)
    assert [(line.title, line.heading, line.months) for line in lines_of(plan)] == [
        ("党员先锋岗", "品牌", (3, 9)), ("谈心室建好并用起来", "重点工作", ()),
    ]  # fmt: skip
    gone = PlanLine.objects.get(pk=volunteer.id)
    assert gone.removed_at == AT  # what answered it still points to it
    assert [row.verb for row in JournalLine.objects.filter(noun="plan").order_by("pk")] == [
        "起草年度计划",
        "修改年度计划",
    ]
    assert Revision.objects.filter(room="duties", noun="plan", object_id=plan.pk).count() == 2


def test_an_adopted_plan_changes_with_a_reason_only():
    branch = standing_cast().branch
    plan = adopted(branch, VOLUNTEER)
    (line,) = drafts_of(lines_of(plan))
    more = [LineDraft(**{**vars(line), "target": 3})]
    assert refused(lambda: write_lines(plan=plan, lines=more, by=None, at=AT))[0] == "reason"
    assert refused(lambda: begin(unit=branch, year=2026, lines=(TALKROOM,), by=None, at=AT))[0] == "reason"
    write_lines(plan=plan, lines=more, reason="支委会二月议定增加一次", by=None, at=AT)
    assert lines_of(plan)[0].target == 3
    last = Revision.objects.filter(noun="plan").latest("pk")
    assert last.reason == "支委会二月议定增加一次"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    branch = standing_cast().branch
    plan = drafted(branch, VOLUNTEER)
    seen = plan.revision
    lines = drafts_of(lines_of(plan))
    write_lines(plan=plan, lines=[*lines, TALKROOM], revision=seen, by=None, at=AT)
    field, sentence = refused(lambda: write_lines(plan=plan, lines=lines, revision=seen, by=None, at=AT))
    assert (field, "刚刚被别人改过" in sentence) == ("", True)
    assert len(lines_of(plan)) == 2
    meeting = make.activity(branch, "party_meeting", DAY)
    assert "刚刚被别人改过" in refused(lambda: adopt(plan=plan, session=meeting, revision=seen, by=None, at=AT))[1]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (LineDraft(" "), "title"),
        (LineDraft("字" * 121), "title"),
        (LineDraft("党课", figure="党课次数"), "target"),
        (LineDraft("党课", figure="党课次数", target=0), "target"),
        (LineDraft("到会率", figure="党员到会率", target=90), "figure"),
        (LineDraft("没有的", figure="没有的次数", target=1), "figure"),
        (LineDraft("数什么", target=3), "figure"),
        (LineDraft("哪几月", rhythm=Rhythm.MONTHS), "months"),
        (LineDraft("十三月", rhythm=Rhythm.MONTHS, months=(13,)), "months"),
        (LineDraft("哪天", rhythm=Rhythm.DAY), "by_day"),
        (LineDraft("明年", rhythm=Rhythm.DAY, by_day=date(2027, 1, 5)), "by_day"),
        (LineDraft("备注", note="字" * 301), "note"),
        (LineDraft("长规则", rule_id="r" * 61), "source"),
    ],
)
def test_a_line_that_cannot_be_is_refused_beside_its_field(line: LineDraft, field: str):
    branch = standing_cast().branch
    plan = drafted(branch, VOLUNTEER)
    kept = drafts_of(lines_of(plan))
    assert refused(lambda: write_lines(plan=plan, lines=[*kept, line], by=None, at=AT))[0] == f"1:{field}"
    assert len(lines_of(plan)) == 1


def test_the_owner_is_one_of_us_and_who_left_may_stay_until_he_is_replaced():
    cast = standing_cast()
    stranger = make.member(cast.other)
    plan = drafted(cast.branch, VOLUNTEER)
    (line,) = drafts_of(lines_of(plan))
    named = lambda person: [LineDraft(**{**vars(line), "owner_id": person.pk})]  # noqa: E731
    assert refused(lambda: write_lines(plan=plan, lines=named(stranger), by=None, at=AT))[0] == "0:owner"
    gone = cast.people[6]
    write_lines(plan=plan, lines=named(gone), by=None, at=AT)
    make.leave(gone, on=date(2026, 3, 1))
    write_lines(plan=plan, lines=named(gone), by=None, at=AT)
    adopt(plan=plan, session=make.activity(cast.branch, "party_meeting", DAY), by=None, at=AT)
    assert {s.due.note for s in of_plan(cast.branch)} == {"原责任人已不在本组织，请在年度计划里重新定责任人"}
    assert about(gone)["负责的计划事项"] == [{"年度": 2026, "事项": "志愿服务", "类别": "重点工作"}]
    forget(member=gone, by=None, at=AT)
    assert lines_of(plan)[0].owner_id == gone.pk


def test_another_ledgers_problem_is_not_carried_here():
    cast = standing_cast()
    draft = ProblemDraft("别人的问题", ProblemSource.SELF, date(2025, 11, 3), 2025)
    problem = raise_problem(unit=cast.other, draft=draft, by=None, at=make.moment(date(2025, 11, 3), 20))
    assert refused(lambda: drafted(cast.branch, LineDraft("整改", problem_id=problem.pk)))[0] == "source"
    assert plan_of(cast.branch, 2026) is None


def test_a_group_has_no_plan_and_a_far_year_none_either():
    cast = standing_cast(groups=1)
    assert "所在党支部" in refused(lambda: drafted(cast.groups[0], VOLUNTEER))[1]
    assert refused(lambda: drafted(cast.branch, VOLUNTEER, year=2028))[0] == "year"


def test_starting_twice_adds_nothing_twice():
    branch = standing_cast().branch
    drafted(branch, THEME)
    plan = drafted(branch, THEME, VOLUNTEER)
    assert [line.title for line in lines_of(plan)] == ["主题党日", "志愿服务"]
    assert taken_by(plan).rules == {"theme_day"}
    assert plan.revision == 2
    assert drafted(branch, THEME).revision == 2  # nothing new, no revision


# -- from above -------------------------------------------------------------------------------------------------------


def from_above(cast: Cast) -> Plan:
    line = LineDraft("警示教育", figure="警示教育次数", target=1, rhythm=Rhythm.HALF_YEARLY, for_below=True)
    return adopted(cast.above, line, LineDraft("工委自己的事"), kind="deployment_meeting")


def test_the_superiors_points_come_down_once_they_are_adopted():
    cast = standing_cast()
    above = from_above(cast)
    (point,) = points_for(cast.branch, 2026)
    assert (point.line.title, point.unit_name) == ("警示教育", "青禾县直机关工委")
    draft = LineDraft(
        "警示教育",
        source=Source.SUPERIOR,
        above_id=point.line.id,
        figure="警示教育次数",
        target=1,
        rhythm=Rhythm.HALF_YEARLY,
    )
    assert takers(above) == {}
    adopted(cast.branch, draft, day=date(2026, 1, 20))
    assert takers(above) == {point.line.id: 1}
    assert [s.due.code for s in of_plan(cast.branch)] == ["2026-H1", "2026-H2"]


def test_a_point_that_was_not_sent_down_cannot_be_taken():
    cast = standing_cast()
    above = from_above(cast)
    own = lines_of(above)[1]
    assert refused(lambda: drafted(cast.branch, LineDraft("自己的事", above_id=own.id)))[0] == "source"
    assert points_for(cast.above, 2026) == ()  # its own lines are no points to itself


def test_last_years_lines_are_there_to_be_taken_again():
    branch = standing_cast().branch
    drafted(branch, TALKROOM)
    assert [line.title for line in last_lines(branch, 2027)] == ["建好谈心室"]


def test_what_lies_ahead_is_told_once_it_is_adopted():
    branch = standing_cast().branch
    plan = begin(unit=branch, year=2027, lines=(TALKROOM_2027,), by=None, at=make.moment(ON))
    assert lines_ahead(branch, 2026) == ()
    adopt(plan=plan, session=make.activity(branch, "party_meeting", ON), by=None, at=make.moment(ON, 21))
    assert [line.title for line in lines_ahead(branch, 2026)] == ["建好谈心室"]


def test_a_plan_changed_behind_the_actions_back_is_found():
    branch = standing_cast().branch
    plan = adopted(branch, VOLUNTEER, TALKROOM)
    assert list(torn()) == []
    PlanLine.objects.filter(plan=plan, figure="").update(title="谈心室改作仓库")
    assert list(torn()) == [f"{branch.short_name}2026年度计划与最后一次修订不一致。"]


# -- many units, and two at once --------------------------------------------------------------------------------------


def test_as_many_questions_for_many_branches_as_for_one(django_assert_max_num_queries):
    above = make.unit(name="青禾县直机关工委", kind=UnitKind.COMMITTEE)
    branches = [make.unit(name=f"第{n}支部", parent=above) for n in range(4)]
    for branch in branches:
        make.members(branch, 3)
        adopted(branch, VOLUNTEER, TALKROOM, kind="party_meeting")
    with django_assert_max_num_queries(3):  # lines, and the measures of the problems among them
        found = lines_in_force([branch.pk for branch in branches], (2026,))
    assert {place: len(lines) for place, lines in found.items()} == {(branch.pk, 2026): 2 for branch in branches}
    of_all = standings_many(branches, (2026,), on=ON)
    assert {len([s for s in found if s.due.source == "plan"]) for found in of_all.values()} == {5}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    branch = standing_cast().branch
    plan = drafted(branch, VOLUNTEER)
    lines, seen = drafts_of(lines_of(plan)), plan.revision

    def save(title: str) -> str:
        try:
            write_lines(plan=plan, lines=[*lines, LineDraft(title)], revision=seen, by=None, at=AT)
        except Refusal as refusal:
            return refusal.field
        return "saved"

    said = together(lambda: save("甲的一条"), lambda: save("乙的一条"))
    assert sorted(said) == ["", "saved"]
    assert len(lines_of(plan)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_plan_comes():
    branch = standing_cast().branch

    def start_one() -> None:
        begin(unit=branch, year=2026, lines=(THEME,), by=None, at=AT)

    together(start_one, start_one)
    assert PlanLine.objects.filter(plan__unit=branch).present().count() == 1
