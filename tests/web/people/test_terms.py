"""任期 on the pages of a unit."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.people.models import Term
from youju.people.terms.actions import state_term

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
FORM = {"elected_on": "2024-03-10", "years": "3", "basis": "工委批复〔2024〕6号"}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


@pytest.fixture
def cast(db):
    return standing_cast()


def test_a_term_is_stated_prolonged_and_taken_back(cast):
    client = signed_in(cast.clerk)
    page = client.post("/people/terms/new/", FORM, follow=True).content.decode()
    assert "2027年3月10日" in page and "任期已登记" in page
    term = Term.objects.get()
    extended = {"until": "2027-09-10", "basis": "工委批复〔2026〕9号"}
    page = client.post(f"/people/terms/{term.pk}/extend/", extended, follow=True).content.decode()
    assert "批准延期至2027年9月10日" in page
    client.post(f"/people/terms/{term.pk}/withdraw/")
    assert "还没有登记任期" in client.get("/people/terms/").content.decode()
    assert Term.objects.get().withdrawn_at


def test_a_temporary_branch_is_said_to_be_one(cast):
    page = signed_in(cast.secretary).post("/people/terms/new/", FORM | {"years": "0"}, follow=True).content.decode()
    assert "临时党支部" in page and "不换届" in page


def test_what_cannot_be_comes_back_beside_its_field(cast):
    client = signed_in(cast.clerk)
    response = client.post("/people/terms/new/", FORM | {"elected_on": "2026-12-01"})
    assert response.status_code == 422 and response.content.decode().count("还没有选举") >= 2
    term = state_term(
        unit=cast.branch, elected_on=date(2024, 3, 10), years=3, basis="批复", by=None, at=make.moment(ON)
    )
    response = client.post(f"/people/terms/{term.pk}/extend/", {"until": "2029-01-01", "basis": "批复"})
    assert response.status_code == 422 and "2028年3月10日" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "reads", "writes"), [("committee", 200, 403), ("superior", 403, 403), ("other_clerk", 404, 404)]
)
def test_who_may(cast, who, reads, writes):
    client = signed_in(getattr(cast, who))
    term = state_term(
        unit=cast.branch, elected_on=date(2024, 3, 10), years=3, basis="批复", by=None, at=make.moment(ON)
    )
    assert client.get(f"/people/terms/?unit={cast.branch.pk}").status_code == reads
    assert client.post(f"/people/terms/new/?unit={cast.branch.pk}", FORM).status_code == writes
    assert client.post(f"/people/terms/{term.pk}/withdraw/").status_code == writes
    assert Term.objects.get().withdrawn_at is None


def test_an_election_due_leads_to_the_form(cast):
    make.activity(cast.branch, "theme_day", date(2026, 1, 8))
    state_term(unit=cast.branch, elected_on=date(2024, 3, 10), years=3, basis="批复", by=None, at=make.moment(ON))
    page = signed_in(cast.clerk).get(f"/today/election_other/2027/?unit={cast.branch.pk}")
    assert (
        page.status_code == 200
        and "2027年3月10日届满" in page.content.decode()
        and "/people/terms/" in page.content.decode()
    )
