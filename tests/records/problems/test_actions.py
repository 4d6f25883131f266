"""Problem → measure → proof → closed."""

from datetime import UTC, date, datetime

import pytest

from tests import make
from tests.cast import standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.activities.actions import remove_activity
from youju.records.activities.values import RosterEntry
from youju.records.problems import actions
from youju.records.problems.models import Problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.store.actions import erase, keep
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 20)
AT = make.moment(date(2026, 3, 1))


@pytest.fixture
def cast():
    return standing_cast()


def draft(**words):
    return ProblemDraft(**({"title": "学习不够经常", "source": Source.SELF, "found_on": DAY, "for_year": 2025} | words))


def raised(cast, *measures, at=AT, **words):
    return actions.raise_problem(unit=cast.branch, draft=draft(**words), measures=measures, by=None, at=at)


def finish(measure, on=date(2026, 2, 1), proof="已建立台账", at=AT, file=b"%PDF-1.7 ledger", record=""):
    file = keep(data=file, by=None, at=at) if file else None
    actions.finish_measure(measure=measure, proof=proof, on=on, file=file, record=record, by=None, at=at)


def close(problem, on=date(2026, 2, 10), at=AT, asked_by=None, by=None):
    actions.ask_to_close(problem=problem, on=on, by=asked_by, at=at)
    actions.close_problem(problem=problem, by=by, at=at)


def steps():
    return Line.objects.filter(noun="problem").count()


def field_of(call):
    before = Problem.objects.count(), steps()
    with pytest.raises(Refusal) as caught:
        call()
    assert before == (Problem.objects.count(), steps()) and caught.value.sentence
    return caught.value.field


def test_from_naming_to_closing_each_step_is_a_revision_and_a_line(cast):
    before = steps()
    problem = raised(cast, MeasureDraft("每月通报一次", date(2026, 6, 1), cast.people[0].pk))
    finish(problem.measures.get())
    close(problem)
    kept = Problem.objects.get()
    assert (kept.number, kept.revision, kept.closed_on) == ("2025-问题-01", 4, date(2026, 2, 10))
    assert steps() == before + 4 and faults() == []


def test_both_years_hear_of_a_problem(cast):
    before = [version(cast.branch, year) for year in (2025, 2026)]
    raised(cast)
    assert [version(cast.branch, year) for year in (2025, 2026)] == [n + 1 for n in before]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": ""}, "title"), ({"title": "长" * 201}, "title"), ({"source_note": "长" * 121}, "source_note"), ({"cause": "\x00"}, "cause"),
        ({"found_on": date(2026, 3, 2)}, "found_on"), ({"for_year": 1926}, "for_year"), ({"for_year": 2028}, "for_year"),
    ],
)  # fmt: skip
def test_a_wrong_problem_is_refused(cast, words, field):
    assert field_of(lambda: raised(cast, **words)) == field


@pytest.mark.parametrize("text", ["", "长" * 301])
def test_a_wrong_measure_is_refused_with_its_problem(cast, text):
    assert field_of(lambda: raised(cast, MeasureDraft(text))) == "text"


def test_only_a_member_of_the_branch_answers_for_a_measure(cast):
    stranger = make.member(cast.other).pk
    assert field_of(lambda: raised(cast, MeasureDraft("措施", owner_id=stranger))) == "owner"
    assert field_of(lambda: raised(cast, MeasureDraft("措施", owner_id=10**6))) == "owner"


def test_a_problem_closes_only_when_every_measure_is_proved(cast):
    problem = raised(cast)
    assert field_of(lambda: close(problem)) == ""
    one = actions.add_measure(problem=problem, draft=MeasureDraft("一"), by=None, at=AT)
    assert field_of(lambda: close(problem)) == ""
    assert field_of(lambda: finish(one, proof=" ")) == "proof"
    assert field_of(lambda: finish(one, on=date(2026, 3, 2))) == "done_on"
    assert field_of(lambda: finish(one, on=date(2026, 1, 19))) == "done_on"
    finish(one)
    for on in (date(2026, 1, 19), date(2026, 1, 31), date(2026, 3, 2)):
        assert field_of(lambda on=on: close(problem, on=on)) == "closed_on"
    close(problem)
    assert field_of(lambda: close(problem)) == ""
    assert field_of(lambda: actions.add_measure(problem=problem, draft=MeasureDraft("二"), by=None, at=AT)) == ""


def test_today_is_the_day_in_china(cast):
    early = datetime(2026, 2, 28, 22, 0, tzinfo=UTC)  # six in the morning of 1 March in China
    problem = raised(cast, MeasureDraft("一"), found_on=date(2026, 3, 1), for_year=2026, at=early)
    finish(problem.measures.get(), on=date(2026, 3, 1), at=early)
    close(problem, on=date(2026, 3, 1), at=early)
    assert faults() == []


def test_nothing_is_written_when_the_journal_cannot_be(cast, monkeypatch):
    problem = raised(cast, MeasureDraft("一"))
    before = list(Problem.objects.values()), list(problem.measures.values()), version(cast.branch, 2026)

    def fail(**words):
        raise OSError("disk full")

    monkeypatch.setattr("youju.journal.actions.write_line", fail)
    for call in (lambda: raised(cast, title="另一个"), lambda: finish(problem.measures.get())):
        with pytest.raises(OSError, match="disk full"):
            call()
    assert before == (list(Problem.objects.values()), list(problem.measures.values()), version(cast.branch, 2026))


def test_days_in_a_sentence_are_written_as_in_a_document():
    """2026年3月1日, not 2026-03-01."""
    branch = make.unit()
    draft = ProblemDraft("自学没有抽查", Source.SELF, date(2026, 3, 1), 2026)
    problem = actions.raise_problem(
        unit=branch, draft=draft, measures=(MeasureDraft("抽查"),), by=None, at=make.moment(date(2026, 3, 1), 20)
    )
    with pytest.raises(Refusal, match="2026年3月1日"):
        actions.finish_measure(
            measure=problem.measures.get(), proof="已查", on=date(2026, 2, 1), by=None, at=make.moment(date(2026, 3, 2))
        )


def ready(cast):
    problem = raised(cast, MeasureDraft("每月通报一次", date(2026, 6, 1), cast.people[0].pk))
    finish(problem.measures.get())
    return problem


def test_closing_takes_a_second_person(cast):
    problem = ready(cast)
    assert field_of(lambda: actions.close_problem(problem=problem, by=cast.secretary, at=AT)) == ""  # nobody asked
    actions.ask_to_close(problem=problem, on=date(2026, 2, 10), by=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="销号要两个人"):
        actions.close_problem(problem=problem, by=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="已经申请"):
        actions.ask_to_close(problem=problem, on=date(2026, 2, 10), by=cast.secretary, at=AT)
    actions.close_problem(problem=problem, by=cast.secretary, at=AT)
    problem.refresh_from_db()
    assert (problem.closed_on, problem.asked_by, problem.closed_by) == (date(2026, 2, 10), cast.clerk, cast.secretary)
    assert faults() == []


def test_who_looked_may_send_it_back_with_a_reason(cast):
    problem = ready(cast)
    actions.ask_to_close(problem=problem, on=date(2026, 2, 10), by=cast.clerk, at=AT)
    assert field_of(lambda: actions.return_problem(problem=problem, reason=" ", by=cast.secretary, at=AT)) == "reason"
    actions.return_problem(problem=problem, reason="没有通报的照片", by=cast.secretary, at=AT)
    problem.refresh_from_db()
    assert (problem.closed_on, problem.asked_on, problem.returned) == (None, None, "没有通报的照片")
    actions.ask_to_close(problem=problem, on=date(2026, 2, 11), by=cast.clerk, at=AT)
    problem.refresh_from_db()
    assert problem.returned == "" and faults() == []


@pytest.mark.parametrize("change", ["measure", "progress", "amended"])
def test_what_changes_after_the_asking_must_be_asked_again(cast, change):
    problem = ready(cast)
    measure = problem.measures.get()
    actions.ask_to_close(problem=problem, on=date(2026, 2, 10), by=cast.clerk, at=AT)
    problem.refresh_from_db()
    if change == "measure":
        actions.add_measure(problem=problem, draft=MeasureDraft("再通报一次"), by=None, at=AT)
    elif change == "progress":
        finish(measure, proof="改了说法")
    else:
        actions.amend_measure(
            measure=measure, draft=MeasureDraft("每季通报"), revision=problem.revision, by=None, at=AT
        )
    with pytest.raises(Refusal, match="还没有人申请"):
        actions.close_problem(problem=problem, by=cast.secretary, at=AT)


def test_words_owner_and_date_can_be_put_right_and_the_old_ones_stay_in_the_revisions(cast):
    problem = raised(cast, MeasureDraft("每月通报一次", date(2026, 6, 1), cast.people[0].pk))
    actions.amend_problem(
        problem=problem, title="学习不够深入", source_note="自查", cause="抓得不紧", revision=1, by=cast.clerk, at=AT
    )
    before = version(cast.branch, 2026), version(cast.branch, 2027)
    actions.amend_measure(
        measure=problem.measures.get(), draft=MeasureDraft("每季通报", date(2027, 1, 5), cast.people[1].pk),
        revision=2, by=cast.clerk, at=AT,
    )  # fmt: skip
    kept, measure = Problem.objects.get(), problem.measures.get()
    assert (kept.title, kept.cause, kept.revision) == ("学习不够深入", "抓得不紧", 3)
    assert (measure.text, measure.due_on, measure.owner) == ("每季通报", date(2027, 1, 5), cast.people[1])
    # Both the year the measure left and the year it came to hear of it.
    assert (version(cast.branch, 2026), version(cast.branch, 2027)) == (before[0] + 1, before[1] + 1)
    assert faults() == []


def test_of_two_who_put_it_right_at_once_the_second_is_told(cast):
    problem = raised(cast)
    words = {"source_note": "", "cause": "", "by": None, "at": AT}
    actions.amend_problem(problem=problem, title="甲", revision=1, **words)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        actions.amend_problem(problem=problem, title="乙", revision=1, **words)
    stranger = make.member(cast.other)
    measure = actions.add_measure(problem=problem, draft=MeasureDraft("丙"), by=None, at=AT)
    draft = MeasureDraft("丙", owner_id=stranger.pk)
    assert field_of(lambda: actions.amend_measure(measure=measure, draft=draft, revision=3, by=None, at=AT)) == "owner"


def test_words_alone_close_nothing(cast):
    """A file or a record of the ledger must show it; of several measures one is enough."""
    problem = raised(cast, MeasureDraft("每月通报一次"), MeasureDraft("定期抽查"))
    first, second = problem.measures.all()
    for measure in (first, second):
        finish(measure, file=None)
    with pytest.raises(Refusal, match="销号要有佐证") as caught:
        close(problem)
    assert caught.value.field == ""
    held = make.activity(cast.branch, "committee_meeting", date(2026, 2, 3))
    finish(second, file=None, record=f" {held.number} ")
    close(problem)
    kept = Problem.objects.get()
    assert kept.closed_on and [m.session for m in kept.measures.all()] == [None, held] and faults() == []


def test_what_proved_it_and_is_gone_proves_it_no_more(cast):
    for take_away in ("file", "record"):
        problem = raised(cast, MeasureDraft("每月通报一次"), title=f"没有{take_away}")
        held = make.activity(cast.branch, "committee_meeting", date(2026, 2, 3))
        is_file = take_away == "file"
        finish(problem.measures.get(), file=b"gone" if is_file else None, record="" if is_file else held.number)
        actions.ask_to_close(problem=problem, on=date(2026, 2, 10), by=cast.clerk, at=AT)
        if is_file:
            erase(row=problem.measures.get().file, by=None, at=AT)
        else:
            remove_activity(session=held, reason="记错了", by=None, at=AT)
        with pytest.raises(Refusal, match="销号要有佐证"):
            actions.close_problem(problem=problem, by=cast.secretary, at=AT)
        actions.return_problem(problem=problem, reason="佐证不在了", by=cast.secretary, at=AT)


def test_a_record_that_cannot_prove_it_is_refused_beside_its_field(cast):
    problem = raised(cast, MeasureDraft("谈一次"))
    pair = tuple(RosterEntry(person.pk) for person in cast.people[:2])
    talk = make.activity(cast.branch, "heart_talk", date(2026, 2, 3), roster=pair)
    theirs = make.activity(cast.other, "committee_meeting", date(2026, 2, 3))
    early = make.activity(cast.branch, "committee_meeting", date(2026, 1, 5))
    for number, said in (
        (talk.number, "谈话"), ("2026-支委-99", "没有这个编号"), (theirs.number + "9", "没有"), (early.number, "之前"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=said) as caught:
            finish(problem.measures.get(), record=number)
        assert caught.value.field == "record"
    assert problem.measures.get().done_on is None
