"""Once, for seven days, for one member's own pages; and never into an account that does more."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.accounts.models import User
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people import actions as people
from youju.people.invitations.actions import accept, invite, revoke
from youju.people.invitations.models import Invitation
from youju.people.invitations.queries import about, invitations_of, open_invitation
from youju.people.invitations.rules import state_of
from youju.people.invitations.values import State
from youju.people.models import Grant
from youju.people.roles.queries import rights_in
from youju.people.roles.rules import Right, Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
AT = make.moment(DAY)


@pytest.fixture
def cast():
    return standing_cast(groups=2)


def given(cast, person=None, at=AT):
    return invite(member=person or cast.people[0], unit=cast.branch, by=cast.clerk, at=at)


@pytest.mark.parametrize(
    ("used", "revoked", "days", "state"),
    [
        (0, 0, 0, "open"),
        (0, 0, 6, "open"),
        (0, 0, 7, "expired"),
        (1, 0, 9, "used"),
        (0, 1, 0, "revoked"),
        (0, 1, 9, "revoked"),
    ],
)
def test_how_it_stands(used, revoked, days, state):
    found = state_of(
        expires_at=AT + timedelta(days=7),
        used_at=AT if used else None,
        revoked_at=AT if revoked else None,
        at=AT + timedelta(days=days),
    )
    assert found is State(state)


def test_it_opens_his_own_pages_once(cast):
    person = cast.people[0]
    row, code = given(cast)
    user = accept(code=code, at=AT)
    person.refresh_from_db()
    assert person.user == user and not user.has_usable_password()
    assert rights_in(user, cast.branch, on=DAY) == {Right.SEE_UNIT, Right.READ_LIBRARY}
    assert Grant.objects.get(user=user).role == Role.MEMBER
    assert person.name not in (user.name, user.username)
    with pytest.raises(Refusal, match="已经用过"):
        accept(code=code, at=AT)
    assert open_invitation(code, at=AT) is None
    assert [line.verb for line in Line.objects.filter(noun="invitation")] == ["发出邀请", "打开邀请"]
    assert about(person)["邀请"] == [{"发出": "2026-11-25 15:00", "打开": "2026-11-25 15:00", "收回": ""}]
    assert invitations_of(cast.branch) == [Invitation.objects.get(pk=row.pk)] and invitations_of(cast.other) == []


def test_a_new_phone_opens_the_same_account(cast):
    first = accept(code=given(cast)[1], at=AT)
    second = accept(code=given(cast)[1], at=AT)
    assert first == second and Grant.objects.filter(user=first).count() == 1


def test_the_code_is_kept_nowhere(cast):
    row, code = given(cast)
    assert code not in str(vars(Invitation.objects.get(pk=row.pk))) and len(code) == 24


@pytest.mark.parametrize("wrong", ["", "x", "0" * 24])
def test_a_wrong_code_opens_nothing(cast, wrong):
    given(cast)
    with pytest.raises(Refusal):
        accept(code=wrong, at=AT)


def test_seven_days(cast):
    _, code = given(cast)
    assert open_invitation(code, at=AT + timedelta(days=7, seconds=-1))
    with pytest.raises(Refusal, match="过期"):
        accept(code=code, at=AT + timedelta(days=7))


def test_it_can_be_taken_back_until_it_is_opened(cast):
    row, code = given(cast)
    revoke(invitation=row, by=cast.clerk, at=AT)
    with pytest.raises(Refusal):
        accept(code=code, at=AT)
    with pytest.raises(Refusal, match="已收回"):
        revoke(invitation=row, by=cast.clerk, at=AT)


def test_a_second_one_takes_the_first_back(cast):
    _, first = given(cast)
    _, second = given(cast)
    assert open_invitation(first, at=AT) is None and open_invitation(second, at=AT)


def test_no_code_opens_an_account_that_does_more(cast):
    """The clerk is a member too: whoever finds his invitation must not become the clerk."""
    person = cast.people[0]
    _, code = given(cast)
    make.link_account(member=person, user=cast.clerk, by=None, at=AT)
    with pytest.raises(Refusal):
        accept(code=code, at=AT)
    with pytest.raises(Refusal, match="自己的登录账号"):
        given(cast, person)
    other = cast.people[1]
    make.link_account(
        member=other,
        user=make.user("有密码", password="correct horse 7", unit=cast.branch, role=Role.MEMBER),
        by=None,
        at=AT,
    )
    with pytest.raises(Refusal, match="自己的登录账号"):
        given(cast, other)


def test_who_is_not_here_is_not_invited(cast):
    stranger = make.member(cast.other)
    gone = cast.people[3]
    make.leave(gone, on=DAY)
    for person in (stranger, gone):
        with pytest.raises(Refusal, match="不在本组织"):
            given(cast, person)


def test_the_forgotten_are_invited_no_more(cast):
    _, code = given(cast)
    people.forget(member=cast.people[0], by=None, at=AT)
    with pytest.raises(Refusal):
        accept(code=code, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_who_open_it_at_once():
    cast = standing_cast()
    _, code = given(cast)
    before = User.objects.count()

    def open_it():
        try:
            return accept(code=code, at=AT)
        except Refusal:
            return None

    assert sum(found is not None for found in together(open_it, open_it)) == 1
    assert User.objects.count() == before + 1
