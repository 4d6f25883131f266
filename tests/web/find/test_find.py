"""找: what is called so and may be opened by who asks, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import DESKTOP, PHONE, at, axe, no_sideways_scroll, shot, sign_in
from tests.web.forms import signed_in
from youju.accounts.models import User
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind
from youju.records.campaigns.actions import start_campaign
from youju.records.campaigns.values import CampaignDraft
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft, Source
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.publicity.actions import enter_publication
from youju.records.publicity.values import PublicationDraft
from youju.records.registers.actions import enter_subject
from youju.records.registers.values import SubjectDraft
from youju.records.requests.actions import raise_request
from youju.records.requests.values import RequestDraft
from youju.study.deliveries.actions import bring, withdraw_delivery
from youju.study.deliveries.values import DeliveryDraft
from youju.study.points.actions import state_point, withdraw_point
from youju.study.points.values import PointDraft
from youju.web.find.inner import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 11, 5)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def found(user: User, words: str) -> str:
    response = signed_in(user).get("/find/", {"words": words}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "<html" not in page
    return page


def test_a_record_a_problem_a_person_a_kind_and_a_page_are_found_by_their_words(cast: Cast) -> None:
    record = make.activity(cast.branch, "party_meeting", DAY, title="审议换届方案")
    raise_problem(
        unit=cast.branch,
        draft=ProblemDraft("换届资料没有归档", Source.SELF, DAY, 2026),
        by=None,
        at=make.moment(DAY, 20),
    )
    page = found(cast.clerk, "换届")
    assert f"/ledger/{cast.branch.pk}/{quote(record.number)}/" in page and "换届资料没有归档" in page
    assert "审议换届方案" in found(cast.clerk, record.number)
    assert "审议换届方案" in found(cast.clerk, "方案 审议") and "审议换届方案" not in found(cast.clerk, "方案 食堂")
    assert f"/people/{cast.people[0].pk}/" in found(cast.clerk, cast.people[0].name)
    lecture = found(cast.clerk, "党课")
    assert "记一次党课" in lecture and "kinds=party_lecture" in lecture
    assert "记一次党课" not in found(cast.committee, "党课") and "党课的记录" in found(cast.committee, "党课")
    assert 'href="/problems/"' in found(cast.clerk, "问题整改")


def test_a_page_behind_a_tab_is_found_by_who_may_open_it(cast: Cast) -> None:
    unit = cast.branch
    for one in PAGES:
        address = f'href="{reverse(one.page)}?unit={unit.pk}"'
        for reader in (cast.clerk, cast.committee):
            offered, opens = address in found(reader, one.label), signed_in(reader).get(reverse(one.page))
            assert (offered, opens.status_code) in ((True, 200), (False, 403)), (one.label, reader.username)
        assert "没有找到" in found(cast.member, one.label)
    assert reverse("ledger:talks") not in found(cast.superior, "谈心谈话")  # no branch, no talks
    asked = f"{reverse('notices:points')}?unit="
    assert f"{asked}{cast.above.pk}" in found(cast.superior, "学习重点")
    client = signed_in(cast.superior)
    client.get(f"/overview/?unit={cast.branch.pk}")  # a branch he looks over asks nothing of anybody
    assert asked not in client.get("/find/?words=学习重点").content.decode()


def test_nothing_of_another_unit_and_nothing_without_right_is_found(cast: Cast) -> None:
    make.activity(cast.branch, "party_meeting", DAY, title="审议换届方案")
    name = cast.people[0].name
    assert "审议换届方案" in found(cast.committee, "换届方案")
    for reader in (cast.other_clerk, cast.member, cast.admin, cast.superior):
        page = found(reader, "换届方案")
        assert "审议换届方案" not in page and "没有找到" in page
        assert name not in found(reader, name).replace(f"“{name}”", "")


def test_what_stands_beside_the_sessions_is_found_by_who_reads_the_ledger(cast: Cast) -> None:
    when: dict[str, Any] = {"by": None, "at": make.moment(TODAY)}
    unit = cast.branch
    project = start_project(unit=unit, draft=ProjectDraft("secretary", "河湾先锋岗", "岗位有先锋", DAY), **when)
    campaign = start_campaign(unit=unit, draft=CampaignDraft("theme_education", "河湾走访月", DAY, TODAY), **when)
    wish = raise_request(unit=unit, draft=RequestDraft("河湾机耕道积水", DAY), **when)
    news = enter_publication(unit=unit, draft=PublicationDraft("report", "河湾的新机耕道", DAY), **when)
    village = enter_subject(unit=unit, draft=SubjectDraft("village", "V01", "河湾村", DAY), **when)
    addresses = [
        f"/work/{page}/{unit.pk}/{quote(row.number)}/"
        for page, row in (("projects", project), ("campaigns", campaign), ("requests", wish), ("publicity", news))
    ]
    addresses.append(reverse("work:subject", args=[unit.pk, "village", village.code]))
    page = found(cast.committee, "河湾")
    assert [address for address in addresses if address not in page] == []
    assert addresses[3] in found(cast.clerk, news.number) and addresses[0] not in found(cast.clerk, news.number)
    for reader in (cast.other_clerk, cast.member, cast.admin, cast.superior):
        page = found(reader, "河湾")
        assert "没有找到" in page and not any(address in page for address in addresses)


def test_what_was_brought_to_a_member_is_found_by_who_reads_the_ledger(cast: Cast) -> None:
    draft = DeliveryDraft((cast.people[2].pk,), DAY, "read", (), "河湾读本", cast.people[1].pk)
    (one,) = bring(unit=cast.branch, draft=draft, by=None, at=make.moment(TODAY))
    address = reverse("study:delivery", args=[cast.branch.pk, one.number])
    for reader in (cast.clerk, cast.committee):
        for words in ("河湾读本", one.number, cast.people[2].name, f"{cast.people[2].name} 河湾"):
            assert address in found(reader, words)
        assert signed_in(reader).get(address).status_code == 200
    for reader in (cast.other_clerk, cast.member, cast.admin, cast.superior):
        assert address not in found(reader, "河湾读本") and signed_in(reader).get(address).status_code in (403, 404)
    withdraw_delivery(delivery=one, revision=1, reason="记重了", by=None, at=make.moment(TODAY))
    assert address not in found(cast.clerk, "河湾读本")


def test_what_is_asked_to_be_studied_is_found_by_who_asks_it(cast: Cast) -> None:
    draft = PointDraft("学河湾条例", DAY, date(2026, 11, 30), text="河湾条例", basis="河工委〔2026〕3号")
    point = state_point(sender=cast.above, draft=draft, by=None, at=make.moment(TODAY))
    address = reverse("notices:point", args=[point.pk])
    for words in ("学河湾", "河湾条例", "河工委"):
        assert address in found(cast.superior, words)
    elsewhere = make.unit(name="别处工委", kind=UnitKind.COMMITTEE)
    stranger = make.user("别处上级", unit=elsewhere, role=Role.SUPERIOR)
    for reader in (cast.clerk, cast.committee, cast.other_clerk, cast.member, cast.admin, stranger):
        assert address not in found(reader, "河湾") and signed_in(reader).get(address).status_code in (403, 404)
    withdraw_point(point=point, revision=1, reason="另行部署", by=None, at=make.moment(TODAY))
    assert address not in found(cast.superior, "河湾")


def test_a_talk_is_found_by_its_title_only_by_who_keeps_the_ledger(cast: Cast) -> None:
    make.activity(cast.branch, "heart_talk", DAY, title="与青年同志谈心")
    assert "与青年同志谈心" in found(cast.clerk, "青年同志")
    assert "与青年同志谈心" not in found(cast.committee, "青年同志")


def test_a_superior_finds_the_units_below_him(cast: Cast) -> None:
    page = found(cast.superior, cast.branch.short_name[:4])
    assert f"/overview/?unit={cast.branch.pk}" in page
    elsewhere = make.unit(name="别处党支部", kind=UnitKind.BRANCH)
    assert f"unit={elsewhere.pk}" not in found(cast.superior, "别处党支部")


@pytest.mark.parametrize("words", ["", "   ", "甲" * 500, "%", "_", "'; drop", "\\", "<script>"])
def test_any_words_are_taken(cast: Cast, words: str) -> None:
    make.activity(cast.branch, "party_meeting", DAY, title="审议换届方案")
    page = signed_in(cast.clerk).get("/find/", {"words": words}).content.decode()
    assert "<script>”" not in page and "审议换届方案" not in page


def test_it_costs_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for day in range(1, 15):
        make.activity(cast.branch, "party_meeting", date(2026, 10, day), title=f"大会{day}")
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get("/find/?words=大会", headers={"HX-Request": "true"})


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_ctrl_k_finds_and_enter_opens(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    record = make.activity(cast.branch, "party_meeting", DAY, title="审议换届方案")
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(live_server.url + "/")
    page.keyboard.press("Control+k")
    page.keyboard.type("换届方案")
    page.get_by_role("link", name="审议换届方案").wait_for()
    axe(page)
    shot(page, "palette-1440-light")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ledger/{cast.branch.pk}/**")
    assert record.title in page.inner_text("h1")
    for theme, size in (("dark", ""), ("light", "xl")):
        at(page, live_server.url, PHONE, theme, size)
        page.goto(live_server.url + "/find/?words=党课")
        axe(page)
        no_sideways_scroll(page)
        shot(page, f"find-390-{theme}-{size}")
