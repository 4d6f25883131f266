"""A year's report judged against a ledger of that year, in the report's own words."""

from datetime import date

import pytest

from tests import make
from youju.audit.queries import audit_text
from youju.audit.values import Verdict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)

OURS = """柳溪镇机关党支部书记述职报告
2023年，我履行抓基层党建第一责任人职责。
一、主要工作
一是压实责任。主持召开党建专题部署会议2次，安排全年任务。每月召开1次支部委员会。
二是过好组织生活。全年共开展固定学习日活动、主题党日和党员活动日20余次。
三是抓实学习。按季度抽查党员自学情况。全年开展集中学习研讨6次。
二、下步打算
2024年，计划开展主题党日15次。
"""


def verdicts(text, branch, **kwargs):
    return [(j.said, j.verdict, j.ledger) for j in audit_text(text, unit=branch, today=TODAY, **kwargs).judged]


def test_what_the_ledger_bears_out_matches(branch):
    assert verdicts(OURS, branch) == [
        ("2次", Verdict.MATCHES, 2),
        ("每月召开1次", Verdict.MATCHES, 12),
        ("20余次", Verdict.MATCHES, 24),
        ("按季度", Verdict.MATCHES, 4),
        ("6次", Verdict.MATCHES, 6),
        ("15次", Verdict.NOT_APPLICABLE, None),
    ]


def test_other_numbers_differ_with_the_ledgers_number(branch):
    text = (
        OURS.replace("2次，安排", "5次，安排")
        .replace("1次支部", "3次支部")
        .replace("20余", "40余")
        .replace("6次", "9次")
    )
    assert verdicts(text, branch)[:5] == [
        ("5次", Verdict.DIFFERS, 2),
        ("每月召开3次", Verdict.DIFFERS, 12),
        ("40余次", Verdict.DIFFERS, 24),
        ("按季度", Verdict.MATCHES, 4),
        ("9次", Verdict.DIFFERS, 6),
    ]


def test_a_year_without_records_is_not_zero(branch):
    rows = verdicts(OURS, branch, year=2019)
    assert [(verdict, ledger) for _, verdict, ledger in rows[:5]] == [(Verdict.NO_RECORDS, None)] * 5


def test_a_matching_claim_names_its_records(branch):
    judged = audit_text(OURS, unit=branch, today=TODAY).judged[0]
    assert judged.records == ("2023-部署-01", "2023-部署-02")
    assert OURS[judged.claim.start : judged.claim.end] == "2次"
    assert judged.quote == "主持召开党建专题部署会议2次，安排全年任务"


def test_a_missing_month_breaks_a_monthly_claim_even_when_twelve_were_held(branch):
    other = make.unit(name="清河党支部")
    make.members(other, 3)
    for month in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11):  # twelve, but none in December
        make.activity(other, "committee_meeting", date(2023, month, 5), roster=())
    [judged] = audit_text("2023年，每月召开1次支委会。", unit=other, today=TODAY).judged
    assert judged.verdict is Verdict.DIFFERS
    assert "2023年12月" in judged.message


def test_months_to_come_are_not_asked_for(branch):
    for month in (9, 10):
        make.activity(branch, "committee_meeting", date(2026, month, 5))
    text = "2026年9月以来，每月召开1次支委会。"
    [judged] = audit_text(text, unit=branch, today=TODAY, as_of=date(2026, 11, 3)).judged
    assert judged.verdict is Verdict.MATCHES


def test_records_entered_after_the_reports_day_count_and_are_named(branch):
    make.activity(branch, "visit", date(2023, 6, 1), roster=(), entered=make.moment(date(2024, 3, 1)))
    [judged] = audit_text("全年开展走访1次。", unit=branch, today=TODAY, year=2023, as_of=date(2023, 12, 20)).judged
    assert judged.verdict is Verdict.MATCHES
    assert "1条为报告日之后补录" in judged.message


def test_another_body_is_not_this_units(branch):
    [judged] = audit_text("2023年，理论学习中心组开展集中学习25次。", unit=branch, today=TODAY).judged
    assert judged.verdict is Verdict.NOT_APPLICABLE


def test_what_no_figure_asks_is_not_checkable(branch):
    [judged] = audit_text("2023年，争取项目资金300万元。", unit=branch, today=TODAY).judged
    assert judged.verdict is Verdict.NOT_CHECKABLE


def test_a_lump_of_kinds_no_figure_names_counts_each_session_once(branch):
    make.activity(branch, ("party_lecture", "party_meeting"), date(2023, 7, 1))
    [judged] = audit_text("2023年，开展党课和党员大会1次。", unit=branch, today=TODAY).judged
    assert (judged.verdict, judged.ledger) == (Verdict.MATCHES, 1)


def test_the_seed_report_of_the_cooperative(branch, shared):
    text = next(shared.glob("seeds/003*.txt")).read_text(encoding="utf-8")
    assert [verdict for _, verdict, _ in verdicts(text, branch, year=2023)] == [Verdict.MATCHES] * 5
    for before, after in (("会议2次", "会议5次"), ("召开1次", "召开3次"), ("20余次", "40余次"), ("研讨6次", "研讨9次")):
        changed = verdicts(text.replace(before, after), branch, year=2023)
        assert [verdict for _, verdict, _ in changed].count(Verdict.DIFFERS) == 1, after
    assert {verdict for _, verdict, _ in verdicts(text, branch, year=2019)} == {Verdict.NO_RECORDS}


def test_the_seed_report_of_the_study_branch(branch, shared):
    text = next(shared.glob("seeds/000*.txt")).read_text(encoding="utf-8")
    found = {said: verdict for said, verdict, _ in verdicts(text, branch)}
    assert found == {"12次以上": Verdict.MATCHES, "25次": Verdict.NOT_APPLICABLE, "6场次": Verdict.NOT_APPLICABLE}


@pytest.mark.parametrize("text", ["2023年，解决实际困难3个。", "2023年，收集意见建议31条，办结27条。"])
def test_what_was_settled_for_others_is_not_the_branchs_own_rectification(branch, text):
    assert {verdict for _, verdict, _ in verdicts(text, branch)} == {Verdict.NOT_CHECKABLE}
