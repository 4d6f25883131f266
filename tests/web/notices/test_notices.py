"""通知 as the superior sends it and as a branch answers it; and everybody who must not pass."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from tests.web.one_of_study import one_study_point
from youju.duties.notices.actions import send_notice
from youju.duties.notices.models import Notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.queries import standing_by_key
from youju.duties.replies.actions import answer_with
from youju.duties.replies.models import DueRecord
from youju.duties.values import Status
from youju.people.roles.rules import Role
from youju.web.notices import urls

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
BY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def sent(cast: Cast, **more: object) -> Notice:
    values = {"title": "开展防汛专题组织生活", "text": "结合实际开展。", "due_on": BY} | more
    return send_notice(sender=cast.above, draft=NoticeDraft(**values), by=None, at=make.moment(date(2026, 11, 2)))  # type: ignore[arg-type]


def text(response) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body[body.index("<main") :]))


FORM = {
    "title": "开展防汛专题组织生活",
    "text": "",
    "basis": "",
    "due_on": "2026-11-25",
    "reach": "all",
    "form_key": "",
}

# -- who --------------------------------------------------------------------------------------------------------------

PAGES = {
    "notices:index": ("GET",),
    "notices:export": ("GET",),
    "notices:new": ("GET", "POST"),
    "notices:notice": ("GET",),
    "notices:export_replies": ("GET",),
    "notices:points": ("GET",),
    "notices:points_export": ("GET",),
    "notices:point_new": ("GET", "POST"),
    "notices:point": ("GET",),
    "notices:point_change": ("GET", "POST"),
    "notices:point_withdraw": ("GET", "POST"),
    "notices:move": ("POST",),
    "notices:withdraw": ("POST",),
}


def url(name: str, cast: Cast, notice: Notice) -> str:
    if name in ("notices:point", "notices:point_change", "notices:point_withdraw"):
        return reverse(name, args=[one_study_point(cast).pk])
    if name in (
        "notices:index",
        "notices:export",
        "notices:new",
        "notices:points",
        "notices:points_export",
        "notices:point_new",
    ):
        return reverse(name) + f"?unit={cast.above.pk}"
    return reverse(name, args=[notice.pk])


def ask(client: Client, method: str, where: str) -> int:
    return (client.get(where) if method == "GET" else client.post(where)).status_code


def test_every_page_is_named():
    assert {f"notices:{pattern.name}" for pattern in urls.urlpatterns} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_only_the_superior_passes(name):
    cast = standing_cast()
    where = url(name, cast, sent(cast))
    for method in ("GET", "POST"):
        wanted = {"GET": 200, "POST": 422}[method] if method in PAGES[name] else 405
        assert ask(signed_in(cast.superior), method, where) == wanted
        if wanted == 405:
            continue
        for who in ("clerk", "secretary", "committee", "member", "other_clerk", "stranger"):
            assert ask(signed_in(getattr(cast, who)), method, where) == 404, (who, method)
        assert ask(signed_in(cast.admin), method, where) == 404
        assert ask(Client(), method, where) == 302
        clerk = make.user("工委党务员", unit=cast.above, role=Role.CLERK)
        assert ask(signed_in(clerk), method, where) == 403


def test_the_superior_of_another_tree_finds_nothing():
    cast = standing_cast()
    foreign = make.user("别处上级", unit=make.unit(name="别处工委", kind=cast.above.kind), role=Role.SUPERIOR)
    for name, methods in PAGES.items():
        for method in methods:
            assert ask(signed_in(foreign), method, url(name, cast, sent(cast))) == 404
    assert "还没有发过通知" in text(signed_in(foreign).get("/notices/"))


def test_what_is_not_there_is_not_there():
    cast = standing_cast()
    assert signed_in(cast.superior).get("/notices/999999/").status_code == 404
    assert signed_in(cast.superior).get(f"/notices/?unit={cast.branch.pk}").status_code == 403


def test_a_branch_has_no_entry_for_it():
    cast = standing_cast()
    assert "/notices/" not in signed_in(cast.clerk).get("/").content.decode()
    assert 'href="/notices/"' in signed_in(cast.superior).get("/overview/").content.decode()


# -- sending ----------------------------------------------------------------------------------------------------------


def test_the_superior_sends_and_every_branch_owes_it():
    cast = standing_cast()
    response = signed_in(cast.superior).post("/notices/new/", FORM | {"kinds": ["theme_day"], "form_key": "a" * 32})
    notice = Notice.objects.get()
    assert response.status_code == 302 and response["Location"] == f"/notices/{notice.pk}/"
    assert notice.wide and notice.wanted == ("theme_day",) and notice.sender == cast.above
    page = text(signed_in(cast.clerk).get("/"))
    assert "开展防汛专题组织生活" in page and "要一条主题党日的记录" in page and "选一条记录" in page


def test_twice_pressed_once_sent():
    cast = standing_cast()
    for _ in range(2):
        assert signed_in(cast.superior).post("/notices/new/", FORM | {"form_key": "a" * 32}).status_code == 302
    assert Notice.objects.count() == 1


def test_to_chosen_branches_only():
    cast = standing_cast()
    signed_in(cast.superior).post("/notices/new/", FORM | {"reach": "chosen", "units": [cast.other.pk]})
    assert "防汛" not in text(signed_in(cast.clerk).get("/")) and "防汛" in text(signed_in(cast.other_clerk).get("/"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "请写标题"),
        ({"due_on": "2026-11-01"}, "期限不能早于今天"),
        ({"due_on": "后天"}, "期限请写成"),
        ({"text": "长" * 501}, "内容最多 500 字"),
        ({"reach": "chosen"}, "请选至少一个党支部"),
        ({"reach": "chosen", "units": ["999999"]}, "请重新选"),
        ({"kinds": ["nothing"]}, "请重新选"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(change, sentence):
    cast = standing_cast()
    response = signed_in(cast.superior).post("/notices/new/", FORM | {"basis": "青机工发〔2026〕8号"} | change)
    body = response.content.decode()
    assert response.status_code == 422 and sentence in body and "错误：" in body
    assert "青机工发〔2026〕8号" in body and not Notice.objects.exists()


def test_where_there_are_very_many_branches_they_are_named(monkeypatch):
    cast = standing_cast()
    monkeypatch.setattr("youju.web.notices.views.MOST_CHOSEN", 1)
    client = signed_in(cast.superior)
    assert 'name="names"' in client.get("/notices/new/").content.decode()
    wrong = client.post("/notices/new/", FORM | {"reach": "chosen", "names": "没有的党支部"})
    assert wrong.status_code == 422 and "下属党支部里没有“没有的党支部”" in wrong.content.decode()
    assert (
        client.post("/notices/new/", FORM | {"reach": "chosen", "names": f" {cast.other.code} \n"}).status_code == 302
    )
    assert [row.unit for row in Notice.objects.get().reach.all()] == [cast.other]


# -- answering --------------------------------------------------------------------------------------------------------


def test_recording_it_answers_it():
    """From the row of the home page: the form starts with the kind, the saved record is the reply."""
    cast = standing_cast()
    notice = sent(cast, kinds=("theme_day",))
    client = signed_in(cast.clerk)
    (where,) = re.findall(r'href="(/ledger/new/\?[^"]*due=[^"]*)"', client.get("/").content.decode())
    where = where.replace("&amp;", "&")
    query = parse_qs(urlsplit(where).query)
    assert query["due"] == [notice.key] and query["kinds"] == ["theme_day"] and query["title"] == [notice.title]
    page = client.get(where)
    assert "就是“开展防汛专题组织生活”的回应" in text(page)
    response = client.post(where, posted(page))
    assert response.status_code == 302, text(response)
    assert DueRecord.objects.get().key == notice.key
    found = standing_by_key(cast.branch, notice.key, on=ON)
    assert found is not None and found.status is Status.DONE


def posted(page) -> dict[str, object]:
    """What a browser would send of the form as it stands, with the hours filled in."""
    body = page.content.decode()
    form = body[body.index('<form class="rec entry"') :]
    values: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or (re.search(r'type="(checkbox|radio)"', tag) and "checked" not in tag):
            continue
        values.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', options)
        values.setdefault(name, []).append(chosen[1] if chosen else "")
    return values | {"start": "15:00", "end": "17:00", "on": "2026-11-19"}


def test_a_record_that_stands_is_chosen_and_taken_back():
    cast = standing_cast()
    notice = sent(cast)
    session = make.activity(cast.branch, "theme_day", date(2026, 11, 18), title="防汛演练")
    client = signed_in(cast.clerk)
    query = f"?unit={cast.branch.pk}&key={notice.key}"
    assert "防汛演练" in text(client.get(f"/today/one/{query}"))
    assert client.post(f"/today/one/reply/{query}", {"session": session.pk}).status_code == 302
    page = text(client.get(f"/today/one/{query}"))
    assert "已办" in page and session.number in page
    assert client.post(f"/today/one/unreply/{query}", {"session": session.pk}).status_code == 302
    assert not DueRecord.objects.exists()
    assert client.post(f"/today/one/unreply/{query}", {"session": "x"}).status_code == 404


@pytest.mark.parametrize("chosen", ["", "999999"])
def test_a_choice_that_is_none_comes_back(chosen):
    cast = standing_cast()
    notice = sent(cast)
    query = f"?unit={cast.branch.pk}&key={notice.key}"
    response = signed_in(cast.clerk).post(f"/today/one/reply/{query}", {"session": chosen})
    assert response.status_code == 422 and not DueRecord.objects.exists()


def test_who_may_look_at_a_due_and_who_may_answer_it():
    cast = standing_cast()
    notice = sent(cast)
    session = make.activity(cast.branch, "theme_day", date(2026, 11, 18))
    query = f"?unit={cast.branch.pk}&key={notice.key}"
    reads = {"clerk": 200, "secretary": 200, "committee": 200, "superior": 200, "member": 403}
    writes = {"committee": 403, "superior": 403, "member": 403}
    outside = dict.fromkeys(("other_clerk", "stranger", "admin"), 404)
    for who, wanted in (reads | outside).items():
        assert signed_in(getattr(cast, who)).get(f"/today/one/{query}").status_code == wanted, who
    for who, wanted in (writes | outside).items():
        for page in ("reply", "unreply"):
            response = signed_in(getattr(cast, who)).post(f"/today/one/{page}/{query}", {"session": session.pk})
            assert response.status_code == wanted, (who, page)
    for key in ("notice/999999", "rule/theme_day/2026-11", "", "x" * 200):
        response = signed_in(cast.clerk).get("/today/one/", {"unit": cast.branch.pk, "key": key})
        assert response.status_code == 404, key
    assert not DueRecord.objects.exists()


# -- who has replied --------------------------------------------------------------------------------------------------


def test_the_superior_sees_who_replied_and_opens_the_head_of_the_record():
    cast = standing_cast()
    notice = sent(cast)
    session = make.activity(cast.branch, "theme_day", date(2026, 11, 18), title="防汛演练")
    answer_with(unit=cast.branch, key=notice.key, session=session, by=None, at=make.moment(ON))
    client = signed_in(cast.superior)
    assert "1 / 2" in text(client.get("/notices/"))
    page = client.get(f"/notices/{notice.pk}/")
    assert "防汛演练" in text(page) and "还没回应" in text(page)
    (head,) = re.findall(rf'href="(/ledger/{cast.branch.pk}/[^"]*)"', page.content.decode())
    assert client.get(head).status_code == 200
    missing = text(client.get(f"/notices/{notice.pk}/?show=missing"))
    assert cast.other.short_name in missing and "防汛演练" not in missing
    assert cast.branch.short_name not in text(client.get(f"/notices/{notice.pk}/?words=柳溪"))


def test_the_lists_go_to_excel():
    cast = standing_cast()
    notice = sent(cast)
    for where, wanted in (("/notices/export.xlsx", notice.title), (f"/notices/{notice.pk}/export.xlsx", "没有回应")):
        book = load_workbook(io.BytesIO(signed_in(cast.superior).get(where).content))
        assert wanted in [cell.value for row in book.active.iter_rows() for cell in row]


def test_another_day_and_withdrawing():
    cast = standing_cast()
    notice = sent(cast)
    client = signed_in(cast.superior)
    moved = {"revision": 1, "due_on": "2026-12-05", "reason": "汛期延长"}
    assert client.post(f"/notices/{notice.pk}/move/", moved).status_code == 302
    again = client.post(f"/notices/{notice.pk}/move/", moved | {"due_on": "2026-12-09"})
    assert again.status_code == 422 and "刚才有人改过这份通知" in again.content.decode()
    withdrawn = {"withdraw-revision": 2, "withdraw-reason": "发重了"}
    assert client.post(f"/notices/{notice.pk}/withdraw/", withdrawn).status_code == 302
    assert "已撤回" in text(client.get(f"/notices/{notice.pk}/")) and "防汛" not in text(signed_in(cast.clerk).get("/"))
    assert "发重了" in text(client.get(f"/notices/{notice.pk}/"))
    assert notice.title in text(client.get("/notices/?show=withdrawn"))
    assert notice.title not in text(client.get("/notices/?show=going"))


def test_more_branches_and_notices_need_no_more_questions(django_assert_max_num_queries):
    cast = standing_cast()
    for number in range(12):
        make.unit(name=f"第{number}党支部", parent=cast.above)
    notices = [sent(cast) for _ in range(8)]
    client = signed_in(cast.superior)
    for where in ("/notices/", f"/notices/{notices[0].pk}/"):
        client.get(where)
        with django_assert_max_num_queries(25):
            client.get(where)
