"""到期遗忘: who is due is listed, checked, and forgotten with a tick; the report that stays names nobody."""

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.people.models import Forgetting, Member
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.registers.actions import enter_subject
from youju.records.registers.values import SubjectDraft

pytestmark = pytest.mark.django_db
LIST = reverse("people:leavers")
NAME = "欧阳若谷"


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    return standing_cast(groups=2)


@pytest.fixture
def gone(cast):
    person = make.member(cast.groups[0], NAME)
    make.activity(cast.branch, "theme_day", date(2020, 6, 6), title=f"{NAME}讲党课")
    make.leave(person, on=date(2021, 3, 1))
    return person


def text(answer):
    return answer.content.decode()


def url(person):
    return reverse("people:forget", args=[person.pk])


def test_listed_checked_and_forgotten(cast, gone):
    secretary = signed_in(cast.secretary)
    assert "到期遗忘（1 名）" in text(secretary.get("/people/"))
    listed = text(secretary.get(LIST))
    assert NAME in listed and "2021年3月1日" in listed and "2026年3月1日" in listed and "满 5 年" in listed
    page = text(secretary.get(url(gone)))
    assert reverse("ledger:record", args=[cast.branch.pk, "2020-党日-01"]) in page
    assert "到会情况" in page and "只留编号" in page
    answer = secretary.post(url(gone), {})
    assert answer.status_code == 422 and "请先核对，再勾选确认。" in text(answer)
    assert Member.objects.get(pk=gone.pk).name == NAME
    answer = secretary.post(url(gone), {"sure": "on"})
    assert answer.status_code == 302 and answer["Location"].startswith(LIST)
    listed = text(secretary.get(answer["Location"]))
    assert "现在没有到期的" in listed and "遗忘报告" in listed and "姓名 1" in listed and NAME not in listed
    assert secretary.post(url(gone), {"sure": "on"}).status_code == 404
    assert Forgetting.objects.get().unit == cast.branch


def test_entries_of_registers_and_readings_that_name_him_are_opened_from_there(cast, gone):
    at = make.moment(date(2026, 11, 1))
    draft = SubjectDraft("village", "V01", f"{NAME}村", date(2025, 1, 1))
    village = enter_subject(unit=cast.branch, draft=draft, by=None, at=at)
    kept, back = (
        note_reading(member=cast.people[1], read_on=date(2026, month, 3), title=f"{NAME}日记", by=None, at=at)
        for month in (5, 6)
    )
    withdraw_reading(reading=back, by=None, at=at)
    page = text(signed_in(cast.secretary).get(url(gone)))
    assert f'href="{reverse("work:subject", args=[cast.branch.pk, "village", village.code])}">名册 V01</a>' in page
    readings = f"{reverse('ledger:readings')}?unit={cast.branch.pk}&amp;year=2026"
    assert f'href="{readings}">自学登记 {kept.read_on}</a>' in page
    assert "已撤回的自学登记 2026-06-03" in page and "自学登记 2026-06-03</a>" not in page
    assert f"{NAME}日记" in text(signed_in(cast.secretary).get(readings.replace("&amp;", "&")))


def test_the_site_admin_reaches_all_below_and_is_not_told_which_records(cast, gone):
    other = make.member(cast.other, "司马长风")
    make.leave(other, on=date(2020, 1, 1))
    admin = signed_in(cast.admin)
    assert LIST in text(admin.get(reverse("people:accounts")))
    listed = text(admin.get(LIST))
    assert NAME in listed and "司马长风" in listed
    page = text(admin.get(url(gone)))
    assert "1 处" in page and "2020-党日-01" not in page and "请党务工作者核对" in page
    assert "司马长风" not in text(signed_in(cast.secretary).get(LIST))
    assert signed_in(cast.secretary).get(url(other)).status_code == 404
    admin.post(url(other), {"sure": "on"})
    assert Member.objects.get(pk=other.pk).name == "已遗忘"


def test_who_is_here_cannot_be_forgotten(cast):
    for person in cast.people[:2]:
        assert signed_in(cast.secretary).get(url(person)).status_code == 404
        assert signed_in(cast.secretary).post(url(person), {"sure": "on"}).status_code == 404
    assert not Forgetting.objects.exists()


def test_who_is_held_back_says_why_and_has_no_button(cast, gone):
    make.appoint(member=gone, unit=cast.groups[0], title="group_leader", since=date(2020, 1, 1), by=None, at=make.START)
    page = text(signed_in(cast.secretary).get(url(gone)))
    assert "他还有职务没有免去" in page and 'name="sure"' not in page
    answer = signed_in(cast.secretary).post(url(gone), {"sure": "on"})
    assert answer.status_code == 422 and Member.objects.get(pk=gone.pk).name == NAME


def test_afterwards_pages_and_files_say_that_he_is_forgotten(cast, gone):
    secretary = signed_in(cast.secretary)
    secretary.post(url(gone), {"sure": "on"})
    assert secretary.get(reverse("people:member", args=[gone.pk])).status_code == 404
    page = text(secretary.get(reverse("ledger:print", args=[cast.branch.pk, "2020-党日-01"])))
    assert "已遗忘" in page
