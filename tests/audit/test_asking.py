"""What a claim asks: whose records, of which kinds, and by which of two honest ways of counting."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
YES, NO, OPEN, NONE = Verdict.MATCHES, Verdict.DIFFERS, Verdict.NOT_CHECKABLE, Verdict.NOT_APPLICABLE


def verdicts(text, branch, **kwargs):
    kwargs = {"year": 2023} | kwargs
    return [(j.said, j.verdict) for j in audit_text(text, unit=branch, today=TODAY, **kwargs).judged]


@pytest.fixture
def cast():
    return standing_cast(groups=3)


@pytest.fixture
def branch(cast):
    make.activity(cast.branch, "party_meeting", date(2023, 3, 17))
    return cast.branch


@pytest.mark.parametrize(
    "text", ["支部现有党员9名", "其中正式党员9名", "支部现有党员9名，支委5人", "供销社机关党支部现有党员9人"]
)
def test_how_many_they_are_is_asked_of_the_roster(branch, text):
    assert verdicts(f"{text}。", branch)[-1][1] is YES


@pytest.mark.parametrize(
    "text",
    [
        "走访慰问困难党员5名", "发展党员2名", "表彰党员5名", "评选优秀党员3名", "慰问老党员8人", "流动党员3名", "退休党员3名",
        "其中女党员4名", "新接收预备党员1名", "党员带头认领岗位12个", "组织委员3名赴外地学习", "培训党员9名", "现有在职党员4名",
    ],
)  # fmt: skip
def test_some_of_the_members_are_not_the_roster(branch, text):
    """Neither 不符 nor a chance 吻合: the ledger does not know how many those are."""
    assert [verdict for _, verdict in verdicts(f"{text}。", branch)] == [OPEN]


def test_the_share_of_one_kind_is_asked_of_that_kind(branch, cast):
    make.activity(
        branch,
        "theme_day",
        date(2023, 5, 25),
        roster=make.everyone(branch, ("theme_day",), date(2023, 5, 25), absent=cast.people[:3]),
    )
    said = verdicts("党员大会到会率100%，主题党日到会率66.7%，党员到会率83.3%，学习平台参学率100%。", branch)
    assert [verdict for _, verdict in said] == [YES, YES, YES, OPEN]


def test_a_lecture_of_the_secretary_is_not_every_lecture(branch, cast):
    make.activity(branch, "party_lecture", date(2023, 3, 1), lecturer_id=cast.people[0].pk)
    for month in (6, 9):
        make.activity(branch, "party_lecture", date(2023, month, 1), lecturer_id=cast.people[1].pk)
    text = "我带头讲党课1次。我为全体党员讲专题党课1次。支部其他委员讲党课2次，副书记讲党课2次，邀请专家讲党课1次。开展党课3次。"
    assert [verdict for _, verdict in verdicts(text, branch)] == [YES, YES, OPEN, OPEN, OPEN, YES]


def test_a_group_is_asked_for_its_own_meetings(branch, cast):
    for month in range(1, 13):
        make.activity(cast.groups[0], "group_meeting", date(2023, month, 12))
        if month != 7:
            make.activity(cast.groups[1], "group_meeting", date(2023, month, 13))
            make.activity(cast.groups[2], "group_meeting", date(2023, month, 14))
    assert verdicts("第一党小组召开党小组会12次，第二党小组召开党小组会12次。", branch) == [("12次", YES), ("12次", NO)]
    assert verdicts("第九党小组召开党小组会12次。", branch) == [("12次", OPEN)]
    # In July only the first met: the branch had a meeting every month, but not every group had.
    assert verdicts("各党小组每月召开1次党小组会。", branch) == [("每月召开1次", NO)]
    assert verdicts("各党小组召开党小组会34次。", branch) == [("34次", YES)]
    # Three groups are no three meetings.
    assert verdicts("三个党小组共召开党小组会34次。", branch)[0] == ("三个", OPEN)


def test_two_years_named_together_are_never_refuted_by_one(branch):
    make.activity(branch, "party_lecture", date(2022, 7, 1))
    make.activity(branch, "party_lecture", date(2023, 7, 1))
    for years in ("2022年、2023年", "2022—2023年", "2022、2023两年"):
        assert verdicts(f"{years}开展党课2次。", branch) == [("2次", YES)]
        assert verdicts(f"{years}开展党课5次。", branch) == [("5次", OPEN)]


def test_one_each_is_asked_of_each_kind(branch):
    make.activity(branch, "party_lecture", date(2023, 7, 1))
    assert verdicts("党员大会和党课各1次。", branch) == [("各1次", YES)]
    assert verdicts("党员大会和党课各2次。", branch) == [("各2次", NO)]
    make.activity(branch, "party_lecture", date(2023, 8, 1))
    assert [v for _, v in verdicts("党员大会和党课分别开展1次、2次。", branch)] == [YES, YES]


def test_last_years_review_held_this_spring_may_be_told_by_either_year(branch):
    make.activity(branch, ("org_life_meeting", "member_review"), date(2023, 2, 6), for_year=2022)
    make.activity(branch, "org_life_meeting", date(2023, 8, 22))
    text = "开展民主评议党员1次，召开组织生活会2次，每年召开1次组织生活会。"
    assert [verdict for _, verdict in verdicts(text, branch)] == [YES, YES, YES]
    assert verdicts("召开组织生活会3次。", branch) == [("3次", NO)]
    assert verdicts("每年开展1次民主评议党员。", branch, year=2022, as_of=date(2023, 3, 1)) == [("每年开展1次", YES)]


def test_weeks_of_the_old_year_are_not_owed(branch):
    for week in range(52):
        make.activity(branch, "group_study", date.fromordinal(date(2023, 1, 4).toordinal() + 7 * week))
    assert verdicts("全年每周开展1次集中学习。", branch) == [("每周开展1次", YES)]


def test_a_day_that_does_not_exist_is_not_the_whole_year(branch):
    assert verdicts("2023年2月29日召开党员大会1次。", branch) == [("1次", OPEN)]
    assert verdicts("2024年3月以来，召开党员大会1次。", branch, as_of=date(2023, 12, 31)) == [("1次", NONE)]


def test_many_numbers_of_groups_ask_for_the_groups_once(cast, branch):
    text = "第一党小组召开党小组会3次，各党小组每月召开党小组会1次。"
    with CaptureQueriesContext(connection) as few:
        verdicts(text, branch)
    with CaptureQueriesContext(connection) as many:
        assert len(verdicts(text * 60, branch)) == 120
    assert len(many) == len(few)
