"""专题和学习材料: whom a topic has reached by name for who may read, and the register with how far it has come."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.library.making import AT, document
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.library.models import Document
from youju.people.models import Unit
from youju.records.facets.values import Facets
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.packs import PACKS
from youju.records.sources.queries import torn
from youju.records.sources.values import Said, SourceDraft

pytestmark = pytest.mark.django_db
NEW = "/ledger/studies/new/"
TYPED = {
    "title": "《青禾读本》", "kind": "book", "issued_on": "2025-01-01", "origin": "县委", "parts": "第一章\n第二章\n",
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def test_a_topic_says_whom_it_has_not_reached(cast: Cast) -> None:
    away = cast.people[8]
    roster = make.everyone(cast.branch, ("theme_day",), date(2026, 3, 5), absent=[away])
    make.activity(cast.branch, "theme_day", date(2026, 3, 5), roster=roster, facets=Facets(topics=("土托新规",)))
    make.activity(cast.branch, "theme_day", date(2026, 4, 5), facets=Facets(topics=("廉政",)))
    client = signed_in(cast.committee)
    page = client.get("/ledger/studies/?topic=土托新规").content.decode()
    assert "8 / 9" in page and "1 人" in page and "全覆盖" in page and f"<li>{away.name}</li>" in page
    assert away.name not in client.get("/ledger/studies/").content.decode()  # named only when asked for
    before = client.get("/ledger/studies/?year=2025").content.decode()
    assert "2025年专题覆盖" in before and "还没有写明专题的活动" in before
    assert client.get(f"/ledger/studies/?unit={cast.other.pk}").status_code == 404


def test_a_text_is_entered_read_and_corrected(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(NEW, TYPED)
    source = Source.objects.get()
    assert (source.title, source.number, source.parts.count()) == ("青禾读本", "2026-学材-01", 2)
    make.activity(cast.branch, "group_study", date(2026, 11, 5), studied=(Said("青禾读本", "第一章"),))
    page = client.get(answer["Location"]).content.decode()
    assert "学过 1 / 2 篇" in page and "2026-学习-01" in page and "还没有学" in page
    assert "1 / 2" in client.get("/ledger/studies/").content.decode()
    offered = client.get("/ledger/new/?kinds=group_study&on=2026-11-05").content.decode()
    assert '<option value="《青禾读本》第二章">' in offered
    change = answer["Location"] + "change/"
    again = Fields(client.get(change).content.decode()).data
    assert again["parts"] == ["第一章\n第二章"]
    assert client.post(change, again | {"reason": "加一章", "parts": "第一章\n第二章\n第三章"}).status_code == 302
    assert Source.objects.get().parts.count() == 3
    stale = client.post(change, again | {"reason": "再改", "origin": "市委"})
    assert stale.status_code == 422 and "刚刚被别人改过" in stale.content.decode() and "市委" in stale.content.decode()
    seen = Fields(stale.content.decode()).data
    assert client.post(change, seen).status_code == 302 and Source.objects.get().origin == "市委"
    rows = cells(client.get("/ledger/studies/export.xlsx").content)
    assert ["2026-学材-01", "第一章", "2026-学习-01"] in [[row[0], row[5], row[6]] for row in rows]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写材料名称"),
        ({"kind": "song"}, "种类请重新选择"),
        ({"issued_on": "2027-01-01"}, "发布日期不能在将来"),
        ({"parts": "第一章\n第一章"}, "有一篇写了两次"),
        ({"title": "县里的通知"}, "已经登记过这份材料"),
    ],
)
def test_a_wrong_text_comes_back_with_all_that_was_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    enter_source(unit=cast.branch, draft=SourceDraft("县里的通知"), by=None, at=make.START)
    answer = signed_in(cast.clerk).post(NEW, TYPED | typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and 'value="县委"' in page
    assert Source.objects.count() == 1


def test_an_empty_register_says_what_it_is_for(cast: Cast) -> None:
    page = signed_in(cast.clerk).get("/ledger/studies/").content.decode()
    assert "还没有登记学习材料" in page
    assert "登记学习材料" not in signed_in(cast.committee).get("/ledger/studies/").content.decode().replace(
        "还没有登记学习材料", ""
    )
    assert unquote("/ledger/studies/") in signed_in(cast.clerk).get("/ledger/").content.decode()


def kept_document(unit: Unit | None, title: str = "青禾县供销社改革讲话") -> Document:
    return document(f"同志们：《{title}》是一篇要学的讲话。\n" * 3, unit=unit, title=title, dated=date(2026, 2, 1))


def test_a_text_is_registered_from_the_library_and_leads_back(cast: Cast) -> None:
    client, speech = signed_in(cast.clerk), kept_document(cast.branch)
    assert f"{NEW}?document={speech.pk}" in client.get(f"/library/{speech.pk}/").content.decode()
    opened = client.get(f"{NEW}?document={speech.pk}").content.decode()
    seen = Fields(opened).data
    assert seen["title"] == [speech.title] and seen["issued_on"] == ["2026-02-01"] and seen["linked"] == ["on"]
    answer = client.post(f"{NEW}?document={speech.pk}", seen)
    source = Source.objects.get()
    assert source.document == speech and list(torn()) == []
    assert "看素材库里的原文" in client.get(answer["Location"]).content.decode()
    change = answer["Location"] + "change/"
    again = Fields(client.get(change).content.decode()).data
    del again["linked"]
    assert client.post(change, again | {"reason": "连错了"}).status_code == 302
    source.refresh_from_db()
    assert source.document is None and list(torn()) == []
    assert "看素材库里的原文" not in client.get(answer["Location"]).content.decode()


def test_who_may_not_read_the_original_has_none_and_unties_nothing(cast: Cast) -> None:
    foreign = kept_document(cast.other, "柳溪镇内部讲话")
    client = signed_in(cast.clerk)
    opened = client.get(f"{NEW}?document={foreign.pk}").content.decode()
    assert "柳溪镇内部讲话" not in opened and "linked" not in Fields(opened).data
    client.post(f"{NEW}?document={foreign.pk}", TYPED)
    assert Source.objects.get().document is None
    own = kept_document(None)
    draft = SourceDraft("全站讲话", document_id=own.pk)
    source = enter_source(unit=cast.branch, draft=draft, by=None, at=AT)
    Document.objects.filter(pk=own.pk).update(unit=cast.other)  # from now on it is not for us
    page = f"/ledger/studies/{cast.branch.pk}/{source.number}/"
    assert own.title not in client.get(page).content.decode() and "原文" not in client.get(page).content.decode()
    sent = Fields(client.get(page + "change/").content.decode()).data | {"reason": "补来源", "origin": "县委"}
    assert "linked" not in sent and client.post(page + "change/", sent).status_code == 302
    source.refresh_from_db()
    assert (source.origin, source.document_id) == ("县委", own.pk)


def test_a_place_and_a_film_are_texts_too(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    client.post(NEW, TYPED | {"title": "青河革命纪念馆", "kind": "place", "parts": ""})
    client.post(NEW, TYPED | {"title": "《守岛》", "kind": "film", "parts": ""})
    page = client.get("/ledger/studies/").content.decode()
    assert "场馆" in page and "影像" in page


def test_a_pack_is_begun_with_all_its_documents_and_ticked_one_by_one(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    offered = clerk.get(NEW, {"unit": cast.branch.pk}).content.decode()
    assert "党的二十大文件" in offered and "pack=congress20" in offered
    page = clerk.get(NEW, {"unit": cast.branch.pk, "pack": "congress20"}).content.decode()
    clerk.post(NEW, Fields(page).data)
    (source,) = Source.objects.filter(ledger=cast.branch)
    titles = [part.title for part in source.parts.all()]
    assert (source.title, source.kind, source.issued_on, len(titles)) == (
        "党的二十大文件",
        "meeting",
        date(2022, 10, 22),
        5,
    )
    assert titles == list(PACKS["congress20"].parts)
    said = Said(source.title, titles[2])
    make.activity(cast.branch, "group_study", date(2026, 3, 5), studied=(said,))
    read = clerk.get(f"/ledger/studies/{cast.branch.pk}/{source.number}/").content.decode()
    assert read.count("2026-学习-01") == 2  # of the whole, and of the one part
    assert clerk.get(NEW, {"unit": cast.branch.pk, "pack": "nothing"}).status_code == 200
