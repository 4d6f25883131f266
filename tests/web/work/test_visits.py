"""走访 through the pages alone: 名册, 覆盖, 记一户, 走到了谁, 诉求."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from tests import make
from tests.records.visits.test_visits import countryside
from tests.web.forms import Fields, signed_in
from youju.records.models import Request, Session, Subject
from youju.records.visits.actions import cover
from youju.records.visits.queries import covered_by

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def place():
    return countryside()


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "JPEG")
    return SimpleUploadedFile("a.jpg", picture.getvalue())


def text_of(response):
    return response.content.decode()


def visit_form(client, **typed):
    return Fields(text_of(client.get("/work/visits/new/"))).data | typed


def test_a_village_is_entered_changed_found_and_taken_out(place):
    cast, *_ = place
    client = signed_in(cast.clerk)
    typed = Fields(text_of(client.get("/work/registers/new/?kind=village"))).data
    assert typed["since"] == ["2026-11-20"]
    wrong = client.post("/work/registers/new/?kind=village", typed | {"code": ["V 3"], "name": ["大营村"]})
    assert wrong.status_code == 422 and "不空格" in text_of(wrong) and "大营村" in text_of(wrong)
    where = client.post("/work/registers/new/?kind=village", typed | {"code": ["V03"], "name": ["大营村"]})["Location"]
    assert where == f"/work/registers/{cast.branch.pk}/village/V03/" and "大营村" in text_of(client.get(where))
    typed = Fields(text_of(client.get(where + "change/"))).data
    client.post(where + "change/", typed | {"until": ["2026-11-20"], "since": ["2026-11-01"]})
    assert Subject.objects.get(code="V03").until == TODAY
    client.get(where)  # the word of thanks is read here
    listed = text_of(client.get("/work/registers/?kind=village"))
    assert "河湾村" in listed and "大营村" not in listed
    assert "大营村" in text_of(client.get("/work/registers/?on=left"))
    stale = client.post(where + "change/", typed)
    assert stale.status_code == 422 and "被别人改过" in text_of(stale)
    again = client.post(where + "change/", Fields(text_of(stale)).data | {"note": ["看过新内容再存"]})
    assert again.status_code == 302 and Subject.objects.get(code="V03").note == "看过新内容再存"
    rows = list(
        load_workbook(io.BytesIO(client.get("/work/registers/export.xlsx?kind=household").content)).active.values
    )
    assert rows[0][:4] == ("名册", "编号", "名称", "所在") and rows[1][:4] == ("户", "1-01", "李户", "V01")
    assert "列入名册" not in text_of(signed_in(cast.committee).get("/work/registers/"))


def test_a_register_comes_in_from_excel_and_what_was_taken_out_comes_in_as_known(place):
    cast, *_ = place
    client = signed_in(cast.clerk)
    assert "导入" in text_of(client.get("/work/registers/import/"))
    book = client.get("/work/registers/export.xlsx").content
    checked = text_of(client.post("/work/registers/import/", {"file": SimpleUploadedFile("册.xlsx", book)}))
    assert "6" in checked and "已有" in checked


def test_who_was_not_reached_is_named_on_the_page_in_excel_and_on_paper(place):
    cast, river, _, houses, _ = place
    visit = make.activity(
        cast.branch, "visit", date(2026, 5, 8), roster=make.everyone(cast.branch, ["visit"], date(2026, 5, 8))[:1]
    )
    client = signed_in(cast.clerk)
    where = reverse("work:reached", args=[cast.branch.pk, visit.number])
    wrong = client.post(where, {"reached": "河湾村\n河湾村 9-99", "revision": "0"})
    assert wrong.status_code == 422 and "9-99" in text_of(wrong) and covered_by(visit) == []
    client.post(where, Fields(text_of(wrong)).data | {"reached": ["河湾村\n河湾村 1-02"]})
    assert set(covered_by(visit)) == {houses[1], river}
    record = text_of(client.get(reverse("ledger:record", args=[cast.branch.pk, visit.number])))
    assert "河湾村 1-02" in record and unquote(where) in unquote(record)
    page = text_of(client.get("/work/visits/?kind=household"))
    table = page.split("<tbody")[1].split("</tbody>")[0]
    assert "还有 <b>2</b> 户没有走到" in page and "1-01" in table and "1-02" not in table
    assert "1-02" in text_of(client.get("/work/visits/?kind=household&state=reached")).split("<tbody")[1]
    assert "还有 <b>3</b> 户" in text_of(client.get("/work/visits/?kind=household&year=2025"))
    assert "1-03" in text_of(client.get("/work/visits/print/?kind=household&words=1-03"))
    rows = list(
        load_workbook(io.BytesIO(client.get("/work/visits/export.xlsx?kind=village&state=all").content)).active.values
    )
    assert rows[1:] == [("V01", "河湾村", "走到了", rows[1][3], 1), ("V02", "青峰村", "还没走到", None, 0)]


def test_four_fields_and_a_photo_and_the_same_household_twice_is_asked_about(place):
    cast, _, _, houses, _ = place
    client = signed_in(cast.clerk)
    who = [str(cast.people[1].pk)]
    nobody = client.post("/work/visits/new/", visit_form(client, who=["河湾村 1-01"], said=["盼着修渠"]))
    assert nobody.status_code == 422 and "请选谁去的" in text_of(nobody) and "盼着修渠" in text_of(nobody)
    typed = visit_form(client, who=["河湾村 1-01"], went=who, said=["盼着修渠"])
    client.post("/work/visits/new/", typed | {"photo": photo()})
    one = Session.objects.get()
    assert one.evidence.count() == 1 and covered_by(one) == [houses[0]] and one.held_on == TODAY
    typed = visit_form(client, who=["河湾村 1-01"], went=[str(cast.people[2].pk)], said=["还想学电商"])
    asked = text_of(client.post("/work/visits/new/", typed | {"photo": photo()}))
    assert "已有一条，合并？" in asked and "照片已经收下" in asked and Session.objects.count() == 1
    again = Fields(asked).data
    merged = client.post("/work/visits/new/", again | {"do": ["merge"]})
    assert merged.status_code == 302 and Session.objects.count() == 1
    assert one.agenda.get().note == "盼着修渠\n还想学电商" and one.roster.count() == 2
    client.post("/work/visits/new/", again | {"do": ["again"]})
    assert Session.objects.count() == 2
    unknown = client.post("/work/visits/new/", visit_form(client, who=["没有的户"], went=who))
    assert unknown.status_code == 422 and "名册里没有" in text_of(unknown)


def test_a_request_from_the_visit_to_its_end(place):
    cast, _, _, houses, _ = place
    client = signed_in(cast.clerk)
    client.post("/work/visits/new/", visit_form(client, who=["1-01"], went=[str(cast.people[1].pk)]))
    visit = Session.objects.get()
    address = f"/work/requests/new/?session={visit.pk}"
    typed = Fields(text_of(client.get(address))).data
    assert typed["subject"] == ["河湾村 1-01 李户"] and typed["session"] == [str(visit.pk)]
    assert client.post(address, typed | {"text": [""]}).status_code == 422
    where = client.post(address, typed | {"text": ["机耕道坑洼"]})["Location"]
    assert "待办 1 件" in text_of(client.get("/work/requests/"))
    assert "还没有答复" in text_of(client.post(where + "close/", {"closed_on": "2026-11-20"}))
    step = Fields(text_of(client.get(where + "plan/"))).data
    client.post(
        where + "plan/", step | {"plan": ["报镇里"], "due_on": ["2026-11-30"], "owner": [str(cast.people[2].pk)]}
    )
    assert "办理中 1 件" in text_of(client.get("/work/requests/"))
    stale = client.post(where + "plan/", step | {"plan": ["又一个"]})
    assert stale.status_code == 422 and "又一个" in text_of(stale)
    step = Fields(text_of(client.get(where + "reply/"))).data
    client.post(where + "reply/", step | {"reply": ["已垫平"]})
    assert "已答复 1 件" in text_of(client.get("/work/requests/"))
    client.post(where + "close/", {"closed_on": "2026-11-20"})
    one = Request.objects.get()
    assert one.closed_on == TODAY and one.subject == houses[0]
    rows = list(load_workbook(io.BytesIO(client.get("/work/requests/export.xlsx").content)).active.values)
    assert rows[1][1] == "机耕道坑洼" and rows[1][5] == "已办结"
    assert "机耕道坑洼" in text_of(client.get(where + "erase/"))
    client.post(where + "erase/")
    assert "机耕道" not in text_of(client.get(where)) and "内容已清除" in text_of(client.get("/work/requests/"))


def test_an_overdue_request_stands_first_and_what_is_empty_says_what_to_do(place):
    cast, *_ = place
    client = signed_in(cast.other_clerk)
    for page in ("/work/registers/", "/work/visits/", "/work/requests/"):
        answer = client.get(page)
        assert answer.status_code == 200 and 'class="empty"' in text_of(answer)
    assert client.get(f"/work/visits/?unit={cast.branch.pk}").status_code == 404
    assert client.get(f"/work/registers/{cast.branch.pk}/village/V01/").status_code == 404


def visited(cast, *subjects):
    day = date(2026, 5, 8)
    session = make.activity(cast.branch, "visit", day, roster=make.everyone(cast.branch, ["visit"], day)[:1])
    cover(session=session, subject_ids=[row.pk for row in subjects], by=None, at=make.moment(TODAY))
    return session


def test_two_who_write_at_once_whom_a_record_reached_lose_nothing(place):
    cast, river, hill, houses, _ = place
    session, client = visited(cast, river), signed_in(cast.clerk)
    where = reverse("work:reached", args=[cast.branch.pk, session.number])
    mine, theirs = (Fields(text_of(client.get(where))).data for _ in range(2))
    client.post(where, theirs | {"reached": ["河湾村\n青峰村"]})
    late = client.post(where, mine | {"reached": ["河湾村\n河湾村 1-01"]})
    page = text_of(late)
    assert late.status_code == 422 and "刚刚被别人改过" in page and "现在记下的：河湾村；青峰村" in page
    assert "河湾村 1-01" in page and set(covered_by(session)) == {river, hill}
    client.post(where, Fields(page).data | {"reached": ["河湾村\n青峰村\n河湾村 1-01"]})
    assert set(covered_by(session)) == {river, hill, houses[0]}


def test_a_correction_does_not_undo_what_another_wrote_of_whom_it_reached(place):
    cast, river, hill, *_ = place
    session, client = visited(cast, river), signed_in(cast.clerk)
    where = reverse("ledger:correct", args=[cast.branch.pk, session.number])
    typed = Fields(text_of(client.get(where))).data
    cover(session=session, subject_ids=[river.pk, hill.pk], by=None, at=make.moment(TODAY))
    late = client.post(where, typed | {"place": ["村口"], "reason": ["补地点"]})
    page = text_of(late)
    assert late.status_code == 422 and "走到的对象刚刚被别人改过" in page and "现在记下的：河湾村；青峰村" in page
    session.refresh_from_db()
    assert session.place != "村口" and set(covered_by(session)) == {river, hill}
    client.post(where, Fields(page).data | {"reached": ["青峰村\n河湾村"]})
    session.refresh_from_db()
    assert session.place == "村口" and set(covered_by(session)) == {river, hill}


def test_a_household_is_called_by_a_family_name_that_can_be_taken_out(place):
    cast, *_ = place
    client = signed_in(cast.clerk)
    form = text_of(client.get("/work/registers/new/?kind=household"))
    assert "姓氏或户主称呼" in form and "不写全名" in form
    assert "姓氏" not in text_of(client.get("/work/registers/new/?kind=village"))
    typed = Fields(form).data | {"code": ["1-09"], "name": ["李户13800138000"]}
    wrong = client.post("/work/registers/new/?kind=household", typed)
    assert wrong.status_code == 422 and "姓氏或户主称呼不写身份证号、电话号码" in text_of(wrong)
    where = f"/work/registers/{cast.branch.pk}/household/1-01/"
    assert "清除姓氏和备注" in text_of(client.get(where)) and "李户" in text_of(client.get(where))
    assert "不能恢复" in text_of(client.get(where + "erase/")) and Subject.objects.get(code="1-01").name == "李户"
    client.post(where + "erase/")
    page = text_of(client.get(where))
    assert "已清除" in page and "李户" not in page
    client.post(where + "erase/")
    assert "已经清除了" in text_of(client.get(where))
    village = f"/work/registers/{cast.branch.pk}/village/V01/"
    assert "清除" not in text_of(client.get(village)) and client.post(village + "erase/").status_code == 404
    assert signed_in(cast.other_clerk).post(where.replace("1-01", "1-02") + "erase/").status_code == 404
    assert signed_in(cast.committee).post(where.replace("1-01", "1-02") + "erase/").status_code == 403
    assert Subject.objects.get(code="1-02").name == "李户"
