"""What the report says of a ledger, in both directions."""

import re
from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.kit.refusal import Refusal
from youju.records.activities.values import AgendaDraft, ItemKind, ResolutionDraft
from youju.records.models import Problem
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.reports.material import load
from youju.reports.outline import OUTLINES, OUTLINES_FOLDER
from youju.reports.queries import report_of
from youju.reports.values import Told

pytestmark = pytest.mark.django_db
OUTLINES_TEXT = (OUTLINES_FOLDER / "grassroots.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 12, 31)
TODAY_AT = make.moment(TODAY)


@pytest.fixture
def cast():
    cast = standing_cast(groups=2)
    for month in range(1, 13):
        topic = AgendaDraft("学习条例", kind=ItemKind.FIRST_TOPIC)
        decision = AgendaDraft("研究农资保供", resolutions=(ResolutionDraft("成立保供服务队", yes=5),))
        make.activity(cast.branch, "committee_meeting", date(2026, month, 5), agenda=(topic, decision))
        make.activity(
            cast.branch,
            "theme_day",
            date(2026, month, 15),
            title=f"农资{'甲乙丙丁戊己庚辛壬癸子丑'[month - 1]}行动",
            outcome="摸清了需求。",
        )
    make.activity(cast.branch, "party_lecture", date(2026, 7, 1), title="守好质量关", lecturer_id=cast.people[0].pk)
    return cast


def test_figures_in_the_text_open_the_records_behind_them(cast):
    report = report_of(cast.branch, 2026, as_of=TODAY)
    cited = {c.answer.figure.id: c for c in report.citations}
    assert cited["支委会次数"].text == "12次"
    assert [row.number for row in cited["支委会次数"].answer.rows] == [f"2026-支委-{n:02d}" for n in range(1, 13)]
    assert cited["书记讲党课次数"].text == "1次"
    assert "召开支委会12次，研究“研究农资保供”等事项。" in "".join(report.paragraphs())


def test_without_an_agenda_the_count_stands_alone():
    branch = standing_cast().branch
    make.activity(branch, "committee_meeting", date(2026, 3, 5))
    assert "召开支委会1次。" in "".join(report_of(branch, 2026, as_of=TODAY).paragraphs())


def test_one_more_record_makes_the_figure_grow_by_one(cast):
    make.activity(cast.branch, "committee_meeting", date(2026, 11, 20))
    report = report_of(cast.branch, 2026, as_of=TODAY)
    assert next(c.text for c in report.citations if c.answer.figure.id == "支委会次数") == "13次"


def test_a_past_year_planned_what_stood_open_at_its_end(cast):
    draft = ProblemDraft("检查不勤", Source.SELF, date(2026, 5, 1), 2026, cause="没有分工")
    measure = MeasureDraft("按分工检查", date(2027, 3, 31), cast.people[1].pk)
    raise_problem(unit=cast.branch, draft=draft, measures=(measure,), by=cast.clerk, at=TODAY_AT)
    problem = Problem.objects.get()
    later = make.moment(date(2027, 4, 2))
    finish_measure(measure=problem.measures.get(), proof="已分工", on=date(2027, 3, 20), by=cast.clerk, at=later)
    make.closed(problem, on=date(2027, 4, 1))
    text = "".join(report_of(cast.branch, 2026, as_of=date(2028, 1, 1)).paragraphs())
    assert "按分工检查" in text.split("下步打算")[1]
    assert "2027年3月底前完成" in text


def test_what_is_missing_stands_as_a_gap(cast):
    report = report_of(cast.branch, 2026, as_of=TODAY)
    assert "没有集中学习记录" in [gap.text for gap in report.gaps]
    assert "集中学习次数" not in [c.answer.figure.id for c in report.citations]


def test_nothing_is_invented_without_records():
    branch = standing_cast().branch
    report = report_of(branch, 2026, as_of=TODAY)
    assert report.citations == ()
    assert "没有支委会记录" in [gap.text for gap in report.gaps]


def test_stories_name_the_record_they_are_told_from(cast):
    report = report_of(cast.branch, 2026, as_of=TODAY)
    told = [
        span
        for passage in report.passages
        for span in passage.spans
        if isinstance(span, Told) and "摸清了需求" in span.text
    ]
    assert told
    assert all(span.number.startswith("2026-党日-") for span in told)


def test_no_sentence_ends_twice(cast):
    raise_problem(
        unit=cast.branch,
        draft=ProblemDraft("检查不勤", Source.SELF, date(2026, 5, 1), 2026),
        by=cast.clerk,
        at=TODAY_AT,
    )
    text = "".join(report_of(cast.branch, 2026, as_of=TODAY).paragraphs())
    assert "主要是：检查不勤。" in text  # one alone is not counted off
    assert not re.search("[。，：；]{2}", text)


def test_a_branch_without_study_days_does_not_speak_of_them(cast):
    assert "全年开展主题党日12次，党员到会率100%。" in "".join(report_of(cast.branch, 2026, as_of=TODAY).paragraphs())
    make.activity(cast.branch, "fixed_study_day", date(2026, 4, 10))
    text = "".join(report_of(cast.branch, 2026, as_of=TODAY).paragraphs())
    assert "全年开展固定学习日、主题党日和党员活动日13次" in text
    assert "全年开展主题党日" not in text


@pytest.mark.parametrize(
    "said", ["通报", "主持召开", "承办人", "带队", "领题发言", "亮身份", "对照检查", "年度学习计划"]
)
def test_no_sentence_says_what_no_record_shows(said):
    """Who led, what was announced afterwards, how it was carried out: the outline does not know, only a record may."""
    sentences = OUTLINES_TEXT.split("id: grassroots")[1]
    assert said not in sentences


def test_plans_without_open_measures_are_a_gap(cast):
    assert "还没有下一步的整改措施" in [gap.text for gap in report_of(cast.branch, 2026, as_of=TODAY).gaps]


def test_the_same_ledger_gives_the_same_words(cast):
    assert report_of(cast.branch, 2026, as_of=TODAY) == report_of(cast.branch, 2026, as_of=TODAY)


def test_last_years_problems_are_answered_for(cast):
    clerk = cast.clerk
    draft = ProblemDraft("学习计划没有按季度检查", Source.APPRAISAL, date(2025, 12, 20), 2025, cause="责任人不明确")
    measure = MeasureDraft("明确支委分组检查", date(2026, 3, 31), cast.people[1].pk)
    problem = raise_problem(
        unit=cast.branch, draft=draft, measures=(measure,), by=clerk, at=make.moment(date(2025, 12, 21))
    )
    at = make.moment(date(2026, 4, 2))
    finish_measure(
        measure=problem.measures.get(), proof="支委分组检查并在小组会上通报", on=date(2026, 3, 30), by=clerk, at=at
    )
    make.closed(problem, on=date(2026, 4, 1))
    text = "\n".join(report_of(cast.branch, 2026, as_of=TODAY).paragraphs())
    assert "“学习计划没有按季度检查”" in text
    assert "支委分组检查并在小组会上通报" in text


def test_audited_it_matches_throughout(cast):
    report = report_of(cast.branch, 2026, as_of=TODAY)
    text = "\n".join([report.title, report.byline, *report.paragraphs()])
    audit = audit_text(text, unit=cast.branch, today=TODAY)
    assert len(audit.judged) == len(report.citations) > 5
    assert {judged.verdict for judged in audit.judged} == {Verdict.MATCHES}
    assert {judged.figure for judged in audit.judged} == {cited.answer.figure.id for cited in report.citations}


def test_a_group_does_not_report(cast):
    with pytest.raises(Refusal, match="党小组不单独述职"):
        report_of(cast.groups[0], 2026, as_of=TODAY)


def test_the_committee_above_does_not_report_as_a_branch(cast):
    with pytest.raises(Refusal, match="不是党支部"):
        report_of(cast.above, 2026, as_of=TODAY)


def test_a_year_to_come_is_refused(cast):
    with pytest.raises(Refusal, match="还没有开始"):
        report_of(cast.branch, 2027, as_of=TODAY)


def test_a_committee_counts_what_its_branches_keep_and_tells_none_of_their_words():
    cast = standing_cast()
    above = cast.branch.parent
    assert above is not None
    draft = ProblemDraft("支部自己的难处", Source.SELF, date(2026, 3, 1), 2026, cause="人手少")
    raise_problem(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 3, 2)))
    assert "支部自己的难处" in "".join(report_of(cast.branch, 2026, as_of=TODAY).paragraphs())
    assert load(above, 2026, TODAY, OUTLINES["grassroots"]).problems_this == ()
