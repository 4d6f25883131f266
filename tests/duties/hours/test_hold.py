"""学时 of each member equal attendance × the stated rule, whatever is corrected: reckoned here once more, minute by minute."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.duties.hours.queries import hours_of_year
from youju.duties.hours.values import HoursOfYear, Line
from youju.duties.queries import standings
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.models import Member, Membership, Unit
from youju.records.activities.actions import (
    correct_activity,
    file_activity,
    plan_session,
    record_activity,
    remove_activity,
)
from youju.records.activities.values import ActivityDraft, Attendance, LeaveCategory, PlanDraft, RosterEntry
from youju.records.models import RosterRow, Session

pytestmark = pytest.mark.django_db
YEAR, ON = 2026, date(2026, 11, 20)
AT = make.moment(ON)
#: As the file states it, written out once more: what counts, and how much of a day.
COUNTS = {
    "party_lecture", "theme_day", "fixed_study_day", "member_day", "group_study", "seminar", "training",
    "warning_education", "online_study", "guest_lecture", "field_study", "integrity_education",
}  # fmt: skip
MOST = 8 * 60


def reckoned(person: Member, unit: Unit) -> float:
    """From the rosters alone: minutes of each day, no more than eight hours of any; what came after he left is not here."""
    left = max(row.until or date.max for row in Membership.objects.filter(member=person, unit=unit))
    minutes: Counter[date] = Counter()
    for row in RosterRow.objects.filter(member=person, attendance__in=("present", "late")).select_related("session"):
        session = row.session
        kinds = set(session.kind_rows.values_list("kind", flat=True))
        held = session.status in ("held", "filed") and session.held_on.year == YEAR
        if not held or session.held_on > ON or session.held_on >= left or session.ends_at is None or not kinds & COUNTS:
            continue
        starts = session.starts_at.astimezone(make.SHANGHAI)
        for minute in range(int((session.ends_at - session.starts_at).total_seconds()) // 60):
            minutes[(starts + timedelta(minutes=minute)).date()] += 1
    return sum(min(MOST, spent) for spent in minutes.values()) / 60


def holds(*units: Unit) -> None:
    """The figure, the page and the due say the same, and it is what the rosters say."""
    for unit in units:
        hours = hours_of_year(unit, YEAR, on=ON)
        assert hours is not None
        people = {row.member_id: row.member for row in Membership.objects.filter(unit=unit).select_related("member")}
        assert {line.person.id for line in hours.lines} == set(people)
        wanted = {pk: reckoned(person, unit) for pk, person in people.items()}
        assert {pk: float(line.reached.got) for pk, line in hours.by_id.items()} == pytest.approx(wanted)
        assert float(ask("学时合计", unit, Period.year(YEAR), as_of=ON).value) == pytest.approx(
            sum(wanted.values()), abs=0.05
        )
        (due,) = (one for one in standings(unit, YEAR, on=ON) if one.due.source_id == "study_hours")
        (same,) = hours.standings
        assert (same.sentence, same.missing, same.done, same.status) == (
            due.sentence,
            due.missing,
            due.done,
            due.status,
        )
        assert {part.name for part in due.missing} == {line.person.name for line in hours.short}
        for pk, line in hours.by_id.items():
            asked_alone(unit, pk, line, hours)


def asked_alone(unit: Unit, member_id: int, line: Line, hours: HoursOfYear) -> None:
    """Who asks for his own hours reads what the branch reads of him, and nothing of anybody else."""
    alone = hours_of_year(unit, YEAR, on=ON, member_id=member_id)
    assert alone is not None
    (his,) = alone.lines
    assert (his.person, his.stands, his.reached, his.whole) == (line.person, line.stands, line.reached, line.whole)
    assert (alone.typical, alone.planned, alone.units) == (hours.typical, hours.planned, hours.units)
    shares = {(row.id, who): share for row in alone.answer.rows for who, share in row.shares}
    assert {who for _, who in shares} <= {member_id}
    assert shares == {
        (row.id, who): share for row in hours.answer.rows for who, share in row.shares if who == member_id
    }


@dataclass
class Scene:
    cast: Cast
    rolled: random.Random

    @property
    def units(self) -> tuple[Unit, Unit]:
        return self.cast.branch, self.cast.other

    def record(
        self, kinds: tuple[str, ...], starts: datetime, ends: datetime | None, *, unit: Unit | None = None,
        joining: tuple[Unit, ...] = (),
    ) -> Session:  # fmt: skip
        unit = unit or self.cast.branch
        day = starts.date()
        roster = make.everyone(unit, kinds, day)
        for other in joining:
            roster += make.everyone(other, kinds, day)
        draft = ActivityDraft(
            kinds, f"{day:%m%d}学习", starts, ends, roster=roster, joining_unit_ids=tuple(one.pk for one in joining)
        )
        return record_activity(unit=unit, draft=draft, by=None, at=AT)

    def correct(self, session: Session, **changes: object) -> None:
        session = Session.objects.get(pk=session.pk)
        rows = session.roster.order_by("position")
        category = {"leave": LeaveCategory.DUTY}
        kept = ActivityDraft(
            tuple(session.kind_rows.order_by("position").values_list("kind", flat=True)), session.title,
            session.starts_at.astimezone(make.SHANGHAI), session.ends_at,
            roster=tuple(RosterEntry(row.member_id, Attendance(row.attendance), category.get(row.attendance)) for row in rows),
            joining_unit_ids=tuple(session.joining.values_list("pk", flat=True)),
        )  # fmt: skip
        draft = replace(kept, **changes)  # type: ignore[arg-type]
        correct_activity(session=session, draft=draft, revision=session.revision, reason="记错了", by=None, at=AT)

    def any(self) -> Session:
        return self.rolled.choice(list(Session.objects.filter(status="held", ledger=self.cast.branch).order_by("pk")))


@pytest.fixture
def scene() -> Scene:
    scene = Scene(standing_cast(formal=5), random.Random(7))
    for month, minutes in ((1, 120), (2, 150), (3, 45), (5, 200)):
        starts = make.moment(date(YEAR, month, 12), 9)
        scene.record(("group_study",), starts, starts + timedelta(minutes=minutes))
    scene.record(("committee_meeting",), make.moment(date(YEAR, 4, 2)), make.moment(date(YEAR, 4, 2), 17))
    return scene


def attendance(scene: Scene) -> None:
    """Late counts, leave and absence do not, exempt does not and frees him."""
    session = scene.any()
    marks = [Attendance.LATE, Attendance.LEAVE, Attendance.ABSENT, Attendance.EXEMPT, Attendance.PRESENT]
    scene.rolled.shuffle(marks)
    people = list(session.roster.order_by("position").values_list("member_id", flat=True))
    roster = tuple(
        RosterEntry(pk, mark, LeaveCategory.SICK if mark is Attendance.LEAVE else None)
        for pk, mark in zip(people, (marks * len(people))[: len(people)], strict=True)
    )
    scene.correct(session, roster=roster)


def end_taken_away(scene: Scene) -> None:
    scene.correct(scene.any(), ends_at=None)


def end_written_in(scene: Scene) -> None:
    session = scene.any()
    scene.correct(session, ends_at=None)
    scene.correct(session, ends_at=session.starts_at + timedelta(minutes=75))


def end_changed(scene: Scene) -> None:
    session = scene.any()
    scene.correct(session, ends_at=session.starts_at + timedelta(minutes=scene.rolled.choice((1, 20, 95, 700))))


def kinds_that_count_no_more(scene: Scene) -> None:
    scene.correct(scene.any(), kinds=("committee_meeting",))


def several_kinds(scene: Scene) -> None:
    scene.correct(scene.any(), kinds=("theme_day", "party_lecture", "group_study"))


def day_moved(scene: Scene) -> None:
    session, days = scene.any(), timedelta(days=scene.rolled.choice((-3, 5, 40)))
    ends = session.ends_at
    scene.correct(
        session, starts_at=session.starts_at.astimezone(make.SHANGHAI) + days, ends_at=ends and ends.astimezone(make.SHANGHAI) + days
    )  # fmt: skip


def removed(scene: Scene) -> None:
    remove_activity(session=scene.any(), reason="记错了", by=None, at=AT)


def filed(scene: Scene) -> None:
    file_activity(session=scene.any(), by=None, at=AT)


def only_planned(scene: Scene) -> None:
    draft = PlanDraft(("group_study",), "十二月集中学习", make.moment(date(YEAR, 12, 10)))
    plan_session(unit=scene.cast.branch, draft=draft, by=None, at=AT)


def two_of_a_day(scene: Scene) -> None:
    """Five hours and five hours of one day are eight."""
    for hour in (6, 14):
        starts = make.moment(date(YEAR, 6, 3), hour)
        scene.record(("training",), starts, starts + timedelta(hours=5))


def through_the_night(scene: Scene) -> None:
    starts = make.moment(date(YEAR, 7, 8), 20)
    scene.record(("field_study",), starts, starts + timedelta(hours=30))


def joint(scene: Scene) -> None:
    """Of the other branch's meeting each has his own hours in his own branch."""
    starts = make.moment(date(YEAR, 8, 20), 9)
    scene.record(
        ("theme_day",), starts, starts + timedelta(minutes=140), unit=scene.cast.other, joining=(scene.cast.branch,)
    )


def moved_on(scene: Scene) -> None:
    person, since = scene.cast.people[4], date(YEAR, 9, 1)
    if Membership.objects.filter(member=person, unit=scene.cast.other).exists():
        return
    change_membership(member=person, unit=scene.cast.other, standing=Standing.FORMAL, since=since, by=None, at=AT)
    starts = make.moment(date(YEAR, 10, 9), 9)
    scene.record(("training",), starts, starts + timedelta(hours=3), unit=scene.cast.other)


CORRECTIONS: tuple[Callable[[Scene], None], ...] = (
    attendance, end_taken_away, end_written_in, end_changed, kinds_that_count_no_more, several_kinds, day_moved, removed,
    filed, only_planned, two_of_a_day, through_the_night, joint, moved_on,
)  # fmt: skip


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda one: one.__name__)
def test_hours_are_attendance_times_the_rule_after_every_correction(
    scene: Scene, correction: Callable[[Scene], None]
) -> None:
    holds(*scene.units)
    correction(scene)
    holds(*scene.units)


@pytest.mark.parametrize("seed", range(3))
def test_they_are_after_one_correction_upon_the_other(scene: Scene, seed: int) -> None:
    scene.rolled = random.Random(seed)
    order = [one for one in CORRECTIONS if one not in (removed, filed)] + [removed, filed]
    scene.rolled.shuffle(order)
    for correction in order:
        if Session.objects.filter(status="held", ledger=scene.cast.branch).exists():
            correction(scene)
    holds(*scene.units)


def test_the_reckoning_sees_a_fault(scene: Scene) -> None:
    """An hour that nobody sat through would be found."""
    session = Session.objects.filter(ledger=scene.cast.branch, kind_rows__kind="group_study").first()
    assert session is not None and session.ends_at is not None
    before = reckoned(scene.cast.people[0], scene.cast.branch)
    scene.correct(session, ends_at=session.ends_at + timedelta(hours=1))
    assert reckoned(scene.cast.people[0], scene.cast.branch) == before + 1
