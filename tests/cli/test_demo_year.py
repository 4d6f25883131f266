"""A year of the demonstration up to November: the home branch keeps to its plan, the library's branch studies by its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import TestCase

from youju.cli.demonstration import builder
from youju.duties.plans.queries import in_force, lines_of, plan_of
from youju.duties.queries import standings as owed
from youju.duties.values import Status
from youju.figures.queries import ask, ask_many
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.study.cards.queries import card_in
from youju.study.contests.queries import contests_of, find
from youju.study.contests.queries import recomputed as drawn_so
from youju.study.contests.values import Stage as ContestStage
from youju.study.deliveries.queries import deliveries_of
from youju.study.models import Card
from youju.study.spotchecks.queries import checks_of, met, recomputed
from youju.study.spotchecks.values import Stage
from youju.study.units.queries import led_at, standings, untaken
from youju.upkeep.verify import faults

YEAR, ON = 2024, date(2024, 11, 20)
SPRING = date(2024, 4, 12)


@pytest.mark.django_db
class TestAYear(TestCase):
    """A class, so that the year is built once for all of these."""

    home: Unit
    library: Unit

    @classmethod
    def setUpTestData(cls) -> None:
        builder.build(on=ON, first_year=YEAR)
        cls.home = Unit.objects.get(code="QH-GXS")
        cls.library = Unit.objects.get(code="QH-TSG")

    def test_all_of_it_is_whole(self) -> None:
        assert faults() == []

    def test_the_home_branch_has_this_years_plan_and_keeps_to_it(self) -> None:
        """Begun, adopted by January's meeting, carried out; next year's is drafted from November on."""
        plan = plan_of(self.home, YEAR)
        assert plan is not None and in_force(plan)
        assert plan.adopted_on is not None and (plan.adopted_on.year, plan.adopted_on.month) == (YEAR, 1)
        lines = lines_of(plan)
        assert {"主题党日", "党课", "开展警示教育", "修订支部组织生活制度"} <= {line.title for line in lines}
        spring = owed(self.home, YEAR, on=SPRING)
        own = {one.due.title: one.status for one in spring if one.due.source == "plan"}
        assert own["修订支部组织生活制度"] is Status.DONE  # by the record of March's meeting
        assert Status.LATE not in own.values()
        assert "主题党日" not in own  # the rule's due names who has it in hand
        assert {one.due.note for one in spring if one.due.source_id == "theme_day"} == {"责任人 林朝暮"}
        ahead = plan_of(self.home, YEAR + 1)
        assert ahead is not None and not in_force(ahead)

    def test_draws_name_whom_the_records_met(self) -> None:
        checks = checks_of(self.library, year=YEAR)
        assert [check.quarter for check in checks] == [4, 3, 2, 1] and all(map(recomputed, checks))
        assert [check.stage for check in checks[1:]] == [Stage.HELD] * 3
        assert all(met(check) == check.size for check in checks[1:])

    def test_what_was_put_to_use_is_counted_and_one_is_a_card(self) -> None:
        answer = ask("学以致用件数", self.library, Period.year(YEAR), as_of=ON)
        assert answer.value >= 2 and {row.note for row in answer.rows} >= {"走访和办实事"}
        (card,) = Card.objects.filter(use__ledger=self.library)
        told = card_in(card.document_id)
        assert told and told.holds and card.document.unit_id == self.library.pk

    def test_its_months_are_planned_and_led_by_whom_the_plan_names(self) -> None:
        planned = standings(self.library, year=YEAR, on=ON)
        assert [one.unit.title for one in planned if one.unit.above] == ["学习纪律处分条例"]
        assert [point.title for point in untaken(self.library, YEAR)] == ["学习公共图书馆法"]
        assert len(planned) == 13 and sum(bool(one.sessions) for one in planned) >= 7
        led = led_at(self.library, [session for one in planned for session in one.sessions])
        assert all(
            one.unit.leader and one.unit.leader.name in led[session.pk]
            for one in planned if not one.unit.above
            for session in one.sessions if session.kind_rows.all()[0].kind == "group_study"
        )  # fmt: skip
        asked = ["领学人次", "研讨发言人次", "集中学习次数", "专题研讨次数"]
        counted = ask_many(asked, self.library, Period.year(YEAR), as_of=ON)
        leading, spoken, studied, sought = (counted[name].value for name in asked)
        assert leading == studied + sought and 2 * sought < spoken <= 5 * sought

    def test_who_could_not_come_was_brought_what_was_studied(self) -> None:
        brought = {row.member_id for row in deliveries_of(self.library, year=YEAR)}
        planned = standings(self.library, year=YEAR, on=ON)
        assert brought & {one.member_id for standing in planned for one in standing.make_up if one.on}
        assert ask("送学上门人数", self.library, Period.year(YEAR), as_of=ON).value == len(brought)

    def test_the_contest_was_drawn_before_its_record_which_alone_is_counted(self) -> None:
        (held,) = contests_of(self.library)
        contest = find(self.library, held.pk)
        assert contest and contest.stage is ContestStage.HELD and contest.record
        assert contest.drawn_on < contest.record.held_on == contest.day and drawn_so(contest)
        assert ask("知识竞赛次数", self.library, Period.year(YEAR), as_of=ON).value == 1
