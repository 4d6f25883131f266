"""A score says of every later day what the standings would say; stored, it follows whatever changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import standing_cast
from youju.duties.models import ScoreTotal, UnitScore
from youju.duties.queries import standings_many
from youju.duties.scores.actions import follow, refresh
from youju.duties.scores.checking import differing
from youju.duties.scores.computing import computed
from youju.duties.scores.packing import packed_score, packed_tally, score_from, tally_from
from youju.duties.scores.queries import stale_below, stored_scores, stored_tallies, view
from youju.duties.scores.rules import code_of, matter_of
from youju.duties.scores.values import Tally
from youju.duties.values import Status
from youju.people.models import Unit
from youju.people.posts.actions import relieve
from youju.people.units.actions import close_unit, move_unit
from youju.people.units.values import UnitKind
from youju.records.activities.actions import plan_session, remove_activity
from youju.records.activities.values import PlanDraft
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 20)  # nothing is recorded later


def busy():
    """青禾 held some of what it owes, planned one and has a measure; 柳溪 held one; a third has never held anything."""
    cast = standing_cast(groups=2)
    for month in (1, 2, 4, 6):
        make.activity(cast.branch, ("committee_meeting", "theme_day"), date(2026, month, 6))
    make.activity(cast.groups[0], "group_meeting", date(2026, 5, 6))
    make.activity(cast.branch, ("party_meeting", "party_lecture"), date(2026, 3, 18))
    make.activity(cast.branch, "org_life_meeting", date(2026, 2, 6), for_year=2025)
    plan = PlanDraft(kinds=("theme_day",), title="七一", starts_at=make.moment(date(2026, 7, 1)))
    plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(LAST))
    make.activity(cast.other, "theme_day", date(2026, 3, 6))
    raise_problem(
        unit=cast.branch, draft=ProblemDraft("学得不深", Source.SELF, date(2026, 1, 5), 2025),
        measures=(MeasureDraft("每季谈一次", date(2026, 8, 1)),), by=None, at=make.moment(date(2026, 1, 6)),
    )  # fmt: skip
    silent = make.unit(name="新成立支部", parent=cast.above)
    make.members(silent, 8)
    return cast, silent


def as_standing(unit, year, on):
    found = standings_many((unit,), (year,), on=on)[unit.pk]
    if on.year == year:  # a state of a past year is judged no more, and says nothing of another day than today
        pass
    return sorted(
        (matter_of(s.due), s.due.owed_by, s.status.value, s.target, s.done if s.status is not Status.WAIVED else 0)
        for s in found
        if not (s.due.state and on not in s.due.period)
    )


def as_score(score, on):
    return sorted(
        (one.matter, one.owed_by, one.status(on).value, one.target, one.done_on(on) if one.status(on) is not Status.WAIVED else 0)
        for one in score.owed
        if not (one.steps and not one.opens_on <= on <= one.owed_by)
    )  # fmt: skip


def check_all(years=(2026,), on=LAST):
    """Whatever is seen, stored or not, is what the standings say on the day and on days to come."""
    for year in years:
        for root in Unit.objects.filter(parent=None):
            seen = view(root, year)
            branches = list(Unit.objects.branches().below(root))
            scores = seen.scores([unit.pk for unit in branches])
            assert set(scores) == {unit.pk for unit in branches} and not seen.updating
            whole = Tally()
            for unit in branches:
                for day in (on, on + timedelta(days=20), date(on.year, 12, 31), date(on.year + 1, 1, 1)):
                    assert as_score(scores[unit.pk], day) == as_standing(unit, year, day), (unit, year, day)
                whole.add(scores[unit.pk])
            assert seen.tallies([root.path])[root.path].parts == whole.parts


def test_a_score_says_of_every_later_day_what_the_standings_say():
    busy()
    check_all((2025, 2026))


def test_stored_or_not_it_is_the_same_and_reading_stores_nothing():
    cast, silent = busy()
    fresh = {pk: one.score for pk, one in computed([cast.branch.pk, cast.other.pk, silent.pk], 2026).items()}
    assert view(cast.above, 2026).scores(fresh) == fresh and not UnitScore.objects.exists()
    assert follow(year=2026) == 3
    assert stored_scores(fresh, 2026) == fresh and stale_below(cast.above.path, 2026).many == 0
    check_all()


def test_packing_loses_nothing():
    cast, _ = busy()
    tally = Tally()
    for pk, one in computed([cast.branch.pk, cast.other.pk], 2026).items():
        score = one.score
        text = packed_score(score)
        assert score_from(text, unit_id=pk, path=score.path, year=2026, since=score.since, until=score.until) == score
        assert len(text) < 4000
        tally.add(score)
    assert tally_from(packed_tally(tally, 2026), 2026) == tally


def test_a_branch_is_its_own_total_and_keeps_none():
    cast, _ = busy()
    follow(year=2026)
    assert set(ScoreTotal.objects.values_list("path", flat=True)) == {"", cast.above.path}
    for _ in range(2):  # stored, and computed anew
        found = view(cast.branch, 2026).tallies([cast.branch.path])[cast.branch.path]
        assert found.units(LAST, 2026) == 1
        assert found.parts[None, None] == computed([cast.branch.pk], 2026)[cast.branch.pk].score.part
        make.activity(cast.branch, "theme_day", date(2026, 5, 12))


def test_what_touches_nothing_that_is_owed_moves_the_version_alone():
    cast, _ = busy()
    follow(year=2026)
    before = list(ScoreTotal.objects.order_by("path").values_list("path", "body"))
    make.activity(cast.branch, "visit", date(2026, 6, 2))
    assert stale_below(cast.above.path, 2026).many == 1
    assert follow(year=2026) == 1 and stale_below(cast.above.path, 2026).many == 0
    assert list(ScoreTotal.objects.order_by("path").values_list("path", "body")) == before
    assert list(differing()) == []


def test_taking_out_what_was_added_leaves_nothing():
    cast, _ = busy()
    tally = Tally()
    scores = [one.score for one in computed([cast.branch.pk, cast.other.pk], 2026).values()]
    for times in (1, -1):
        for score in scores:
            tally.add(score, times)
    assert not tally


def test_overdue_from_is_the_first_day_on_which_it_is_late():
    cast, silent = busy()
    for unit in (cast.branch, cast.other, silent):
        score = computed([unit.pk], 2026)[unit.pk].score
        first = score.overdue_from
        days = [LAST + timedelta(days=n) for n in range(0, 300, 7)] + ([first] if first and first > LAST else [])
        for day in days:
            late = any(
                s.status is Status.LATE and not s.due.state for s in standings_many((unit,), (2026,), on=day)[unit.pk]
            )
            assert late == (first is not None and first <= day), (unit, day)


def change_by_record(cast, silent):
    make.activity(silent, "theme_day", date(2026, 6, 12))


def change_of_where_the_ledger_begins(cast, silent):
    make.activity(cast.other, "party_meeting", date(2025, 5, 12), entered=make.moment(LAST))


def change_by_joining(cast, silent):
    roster = make.everyone(cast.branch, ("theme_day",), date(2026, 5, 12)) + make.everyone(
        silent, ("theme_day",), date(2026, 5, 12)
    )
    make.activity(cast.branch, "theme_day", date(2026, 5, 12), roster=roster, joining_unit_ids=(silent.pk,))


def change_by_a_group(cast, silent):
    make.activity(cast.groups[1], "group_meeting", date(2026, 5, 7))


def change_by_removing(cast, silent):
    session = cast.branch.sessions.filter(held_on=date(2026, 4, 6)).get()
    remove_activity(session=session, reason="重复", by=None, at=make.moment(LAST))


def change_of_the_committee(cast, silent):
    for post in cast.branch.posts.filter(until=None).order_by("pk")[:3]:
        relieve(post=post, on=date(2026, 6, 1), by=None, at=make.moment(LAST))


def change_by_a_member(cast, silent):
    make.member(cast.branch, since=date(2026, 6, 1))


def change_by_closing(cast, silent):
    close_unit(unit=cast.other, on=date(2026, 6, 1), successor=None, by=None, at=make.moment(LAST))


def change_by_opening(cast, silent):
    new = make.unit(name="再设一个支部", parent=cast.above, on=date(2026, 6, 1))
    make.members(new, 3, since=date(2026, 6, 1))


def change_by_moving(cast, silent):
    other = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    move_unit(unit=silent, parent=other, by=None, at=make.moment(LAST))


CHANGES = [value for name, value in sorted(globals().items()) if name.startswith("change_")]


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_reader_sees_it_at_once_and_the_follower_stores_it(change):
    cast, silent = busy()
    follow(year=2026)
    change(cast, silent)
    assert 0 < stale_below(cast.above.path, 2026).many <= 3
    check_all()
    follow(year=2026)
    assert stale_below(cast.above.path, 2026).many == 0
    check_all()
    whole = Tally()
    for score in stored_scores(UnitScore.objects.values_list("unit_id", flat=True), 2026).values():
        whole.add(score)
    assert stored_tallies([""], 2026)[""].parts == whole.parts


def test_a_new_day_changes_no_row():
    busy()
    follow(year=2026)
    before = sorted(UnitScore.objects.values_list())
    refresh(unit_ids=list(UnitScore.objects.values_list("unit_id", flat=True)), year=2026)
    assert sorted(row[1:] for row in UnitScore.objects.values_list()) == [row[1:] for row in before]


def test_a_new_year_begins_without_scores_and_the_reader_computes_them():
    cast, _ = busy()
    follow(year=2026)
    assert stale_below(cast.above.path, 2027).many == 3
    check_all((2026, 2027), on=date(2027, 1, 1))
    make.activity(cast.branch, ("org_life_meeting", "member_review"), date(2027, 2, 6), for_year=2026)
    check_all((2026, 2027), on=date(2027, 2, 7))
    follow(year=2027)
    follow(year=2026)
    check_all((2026, 2027), on=date(2027, 4, 1))


def test_a_closed_unit_is_listed_up_to_its_last_day():
    cast, _ = busy()
    change_by_closing(cast, None)
    tally = view(cast.above, 2026).tallies([cast.above.path])[cast.above.path]
    assert [tally.units(day, 2026) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [3, 2]
    before = view(cast.above, 2025).tallies([cast.above.path])[cast.above.path]
    after = view(cast.above, 2027).tallies([cast.above.path])[cast.above.path]
    assert (before.units(LAST, 2025), after.units(date(2027, 1, 1), 2027)) == (3, 2)


def test_above_the_limit_what_is_stored_is_shown_and_said(monkeypatch):
    cast, _ = busy()
    follow(year=2026)
    stored = view(cast.above, 2026).tallies([cast.above.path])
    monkeypatch.setattr("youju.duties.scores.queries.MOST_COMPUTED", 1)
    make.activity(cast.branch, "theme_day", date(2026, 5, 12))
    assert view(cast.above, 2026).updating == 0
    make.activity(cast.other, "theme_day", date(2026, 5, 12))
    seen = view(cast.above, 2026)
    assert seen.updating == 2 and seen.tallies([cast.above.path]) == stored


def test_a_word_from_above_concerns_all_below_and_touches_none_of_their_rows():
    from youju.duties.choices.actions import choose_rule

    cast, _ = busy()
    follow(year=2026)
    with CaptureQueriesContext(connection) as queries:
        choose_rule(
            unit=cast.above, rule_id="party_lecture_quarterly", on=True, basis="工委通知", since=date(2026, 1, 1), by=None,
            at=make.moment(LAST),
        )  # fmt: skip
    assert len(queries) < 20
    assert stale_below(cast.above.path, 2026).many == 3
    check_all()
    follow(year=2026)
    assert stale_below(cast.above.path, 2026).many == 0
    check_all()


def test_nothing_said_above_makes_nothing_stale():
    cast, _ = busy()
    follow(year=2026)
    make.activity(cast.above, "visit", date(2026, 6, 1), roster=())
    assert stale_below(cast.above.path, 2026).many == 0


def test_other_packs_make_everything_stale(monkeypatch):
    cast, _ = busy()
    follow(year=2026)
    for place in ("queries", "actions", "words"):
        monkeypatch.setattr(f"youju.duties.scores.{place}.packs", lambda: "another")
    from youju.duties.scores import words

    words._digest.cache_clear()
    assert stale_below(cast.above.path, 2026).many == 3
    follow(year=2026)
    assert stale_below(cast.above.path, 2026).many == 0
    words._digest.cache_clear()


def test_finding_nothing_stale_takes_few_queries_whatever_is_stored():
    cast, _ = busy()
    follow(year=2026)
    with CaptureQueriesContext(connection) as queries:
        assert stale_below(cast.above.path, 2026).many == 0
    assert len(queries) <= 7
    assert ScoreTotal.objects.filter(path=cast.above.path).exists()


def test_codes_tell_months():
    from youju.duties.scores.values import months_of
    from youju.kit.periods import Period

    assert code_of(Period.quarter(2026, 3)) == "Q3" and list(months_of("Q3")) == [7, 8, 9]
    assert code_of(Period.half(2026, 2)) == "H2" and list(months_of("H2")) == [7, 8, 9, 10, 11, 12]
    assert code_of(Period.month(2026, 11)) == "11" and list(months_of("11")) == [11]
    assert code_of(Period.year(2026)) == "" and len(months_of("")) == 12
