"""The three vote rules with their exact edges, and how a roster counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.prose.vocabulary import KINDS
from youju.records.activities.rules import (
    count_roster,
    days_late,
    expects_committee,
    expects_everybody_listed,
    judge_vote,
)
from youju.records.activities.values import Attendance
from youju.records.activities.vote_rules import VOTE_RULES
from youju.records.problems.actions import CODE

A = Attendance


# rule, 应到, the least who must come, the least who must agree when that many have come
@pytest.mark.parametrize(
    ("rule", "expected", "come", "agree"),
    [
        ("ordinary", 16, 8, 9),
        ("ordinary", 15, 8, 8),
        ("ordinary", 1, 1, 1),
        ("ordinary", 2, 1, 2),
        ("admission", 16, 9, 9),
        ("admission", 15, 8, 8),
        ("admission", 2, 2, 2),
        ("election", 10, 8, 5),
        ("election", 16, 13, 7),
        ("election", 15, 12, 7),
        ("election", 11, 9, 5),
    ],
)
def test_the_edges_of_each_rule(rule, expected, come, agree):
    assert judge_vote(rule=rule, expected=expected, present=come, yes=None).quorum.needed == come
    assert judge_vote(rule=rule, expected=expected, present=come, yes=0).quorum.met
    assert not judge_vote(rule=rule, expected=expected, present=come - 1, yes=0).quorum.met
    full = expected if VOTE_RULES[rule].agree.of == "expected" else come
    present = full
    assert judge_vote(rule=rule, expected=expected, present=present, yes=agree).carried
    assert judge_vote(rule=rule, expected=expected, present=present, yes=agree - 1).carried is False


@given(st.integers(1, 300), st.data())
def test_half_and_more_than_half_are_told_apart(expected, data):
    present = data.draw(st.integers(0, expected))
    yes = data.draw(st.integers(0, present))
    words = {"expected": expected, "present": present, "yes": yes}
    assert judge_vote(rule="ordinary", **words).carried == (2 * present >= expected and 2 * yes > expected)
    assert judge_vote(rule="admission", **words).carried == (2 * present > expected and 2 * yes > expected)
    assert judge_vote(rule="election", **words).carried == (5 * present >= 4 * expected and 2 * yes > present)


def test_written_opinions_count_as_votes_and_not_as_attendance():
    with_letters = judge_vote(rule="admission", expected=16, present=9, yes=7, written_yes=2)
    assert with_letters.carried and with_letters.fault is None
    assert not judge_vote(rule="admission", expected=16, present=8, yes=8, written_yes=8).carried


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"yes": -1}, "负数"),
        ({"yes": None, "no": -1}, "负数"),
        ({"yes": 6, "no": 3, "abstain": 2}, "多于实到"),
        ({"yes": 3, "written_yes": 7}, "书面意见多于"),
        ({"yes": 3, "written_yes": 1, "rule": "ordinary"}, "不计书面意见"),
        ({"yes": None, "no": 2}, "赞成票数"),
    ],
)
def test_a_tally_that_cannot_be_right_says_so(words, sentence):
    assert sentence in judge_vote(**({"rule": "admission", "expected": 16, "present": 10} | words)).fault


def test_without_a_tally_nothing_is_said_of_the_outcome():
    tally = judge_vote(rule="ordinary", expected=16, present=10, yes=None)
    assert tally.carried is None and tally.fault is None


def test_nobody_entitled_is_no_quorum():
    assert not judge_vote(rule="ordinary", expected=0, present=0, yes=None).quorum.met


def test_exempt_leaves_the_rate_and_stays_in_the_quorum():
    rows = [(A.PRESENT, True, True)] * 3 + [
        (A.EXEMPT, True, True),
        (A.LATE, True, False),
        (A.LEAVE, True, True),
        (A.ABSENT, True, True),
    ]
    count = count_roster([*rows, (A.PRESENT, False, False)])
    assert (count.expected, count.came) == (6, 4)
    assert (count.votes_expected, count.votes_present) == (6, 3)
    assert (count.leave, count.absent, count.exempt) == (1, 1, 1)


def test_a_committee_meeting_together_with_anything_wider_expects_everybody():
    assert expects_committee(("committee_meeting", "ideology_study")) and expects_committee(
        ("committee_meeting", "training")
    )
    assert not expects_committee(("committee_meeting", "theme_day")) and not expects_committee(("visit",))
    assert not expects_everybody_listed(("heart_talk", "visit")) and expects_everybody_listed(
        ("heart_talk", "theme_day")
    )


@pytest.mark.parametrize(("days", "late"), [(0, 0), (7, 0), (8, 8), (400, 400)])
def test_a_record_is_late_after_a_week(days, late):
    from datetime import date, timedelta

    day = date(2026, 3, 5)
    assert days_late(held_on=day, entered_on=day + timedelta(days=days)) == late


def test_no_two_kinds_and_no_problem_share_a_series_of_numbers():
    codes = [kind.code for kind in KINDS.values()] + [CODE]
    assert len(set(codes)) == len(codes)
