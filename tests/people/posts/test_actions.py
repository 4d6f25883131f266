"""Dated offices."""

from datetime import date, timedelta

import pytest

from tests import make
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.models import Post
from youju.people.posts.actions import appoint, relieve
from youju.people.posts.queries import about, committee_on, secretary_on
from youju.people.posts.values import Title

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
AT = make.moment(date(2026, 9, 1))


@pytest.fixture
def branch():
    return make.unit()


def office(member, unit, title=Title.SECRETARY, since=DAY):
    return appoint(member=member, unit=unit, title=title, since=since, by=None, at=AT)


def test_an_office_is_held_from_its_first_day_to_the_day_before_its_last(branch):
    one = make.member(branch)
    post = office(one, branch)
    relieve(post=post, on=DAY + timedelta(days=5), by=None, at=AT)
    assert [secretary_on(branch, DAY + timedelta(days=n)) for n in (-1, 0, 4, 5)] == [None, one, one, None]


def test_there_is_one_secretary_on_any_day(branch):
    one, two = make.members(branch, 2)
    post = office(one, branch)
    with pytest.raises(Refusal, match="已有书记"):
        office(two, branch, since=DAY + timedelta(days=1))
    relieve(post=post, on=DAY + timedelta(days=100), by=None, at=AT)
    with pytest.raises(Refusal, match="已有书记"):
        office(two, branch, since=DAY + timedelta(days=99))
    office(two, branch, since=DAY + timedelta(days=100))
    assert secretary_on(branch, DAY + timedelta(days=100)) == two


def test_the_committee_lists_the_secretary_first_and_no_group_leader(branch):
    one, two, three = make.members(branch, 3)
    office(one, branch, Title.DISCIPLINE), office(two, branch), office(three, branch, Title.GROUP_LEADER)
    assert [post.member for post in committee_on(branch, DAY)] == [two, one]


def test_an_office_is_given_once_and_ended_once(branch):
    member = make.member(branch)
    post = office(member, branch, Title.YOUTH)
    with pytest.raises(Refusal, match="已经担任"):
        office(member, branch, Title.YOUTH)
    with pytest.raises(Refusal):
        relieve(post=post, on=DAY, by=None, at=AT)
    relieve(post=post, on=DAY + timedelta(days=1), by=None, at=AT)
    with pytest.raises(Refusal):
        relieve(post=Post.objects.get(), on=DAY + timedelta(days=2), by=None, at=AT)
    assert list(Line.objects.filter(noun="post").order_by("pk").values_list("verb", flat=True)) == ["任职", "免职"]
    assert about(member)["职务"][0]["职务"] == "青年委员"
