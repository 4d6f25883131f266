"""宣传 through the pages alone: entered, filtered, printed, cleaned for handing in, and taken back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import DESKTOP, PHONE, at, axe, no_sideways_scroll, shot, sign_in
from tests.web.forms import Fields, signed_in
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.publicity.actions import enter_publication
from youju.records.publicity.models import Publication
from youju.records.publicity.values import ConsentDraft, PublicationDraft, Status

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 11, 5)
AT = make.moment(TODAY, 9)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def made(cast: Cast, title: str = "党员下田头", **more: object) -> Publication:
    given: dict[str, object] = {
        "kind": "report", "status": Status.PUBLISHED, "channel": "paper", "channel_name": "《青禾供销报》",
        "link": "https://news.example/1", "text": "党员到地头服务。",
    }  # fmt: skip
    draft = PublicationDraft(title=title, dated_on=DAY, **(given | more))  # type: ignore[arg-type]
    return enter_publication(unit=cast.branch, draft=draft, by=None, at=AT)


def where(row: Publication, page: str = "") -> str:
    return f"/work/publicity/{row.unit_id}/{quote(row.number)}/{page}"


def said(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


def test_a_report_is_entered_with_its_channel_its_record_and_its_file(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    held = make.activity(cast.branch, "theme_day", DAY, title="到地头服务")
    assert "登记第一份宣传材料" in said(client, "/work/publicity/")
    typed = Fields(said(client, "/work/publicity/new/")).data
    typed |= {
        "title": ["党员下田头"], "status": ["published"], "channel": ["television"], "channel_name": ["县电视台"],
        "link": ["https://tv.example/a?b=1"], "text": ["党员到地头服务。"], "dated_on": ["2026-11-06"],
    }  # fmt: skip
    url = unquote(client.post("/work/publicity/new/", typed)["Location"])
    assert url == f"/work/publicity/{cast.branch.pk}/2026-宣传-01/"
    assert held.number in said(client, url)  # offered
    assert client.post(url + "records/", {"record": "2026-支委-99"}).status_code == 422
    client.post(url + "records/", {"record": held.number})
    client.post(url + "files/", {"caption": "截图", "file": SimpleUploadedFile("a.txt", "截图".encode())})
    page = said(client, url)
    assert "到地头服务" in page and "截图" in page and 'rel="noopener noreferrer">https://tv.example/a?b=1' in page
    file = re.search(r'href="([^"]*/files/\d+/)">截图', page)
    assert file
    sent = client.get(file[1])
    assert b"".join(sent.streaming_content) == "截图".encode()  # type: ignore[attr-defined]
    for paper in (said(client, url + "print/"), docx(client.get(url + "publication.docx").content)):
        for word in (
            "党员下田头",
            "电视 县电视台",
            "https://tv.example/a?b=1",
            held.number,
            "截图",
            "党员到地头服务。",
        ):
            assert word in paper, word


def test_the_list_is_filtered_by_its_address_and_goes_to_excel(cast: Cast) -> None:
    made(cast)
    made(cast, "先试后推", kind="experience", status=Status.DRAFT, practice="先试", outcome="都用上", use="基层社")
    made(cast, "去年的简报", kind="brief", status=Status.UNUSED)
    Publication.objects.filter(title="去年的简报").update(dated_on=date(2025, 3, 1))
    client = signed_in(cast.committee)
    page = said(client, "/work/publicity/")
    assert "2026 年 2 份" in page and "共 3 份，已发布 1 份" in page and "publicity/new" not in page
    for query, shown in (
        ("kind=experience", "先试后推"),
        ("status=published", "党员下田头"),
        ("year=2025", "去年的简报"),
    ):
        page = said(client, f"/work/publicity/?{query}")
        assert [title for title in ("党员下田头", "先试后推", "去年的简报") if title in page] == [shown]
    assert "没有符合条件的宣传材料" in said(client, "/work/publicity/?year=2020")
    assert "共 3 份" in said(client, "/work/publicity/?kind=甲&status=乙&year=丙")
    book = load_workbook(io.BytesIO(client.get("/work/publicity/export.xlsx?kind=experience").content))
    head, row = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    told = dict(zip(head, row, strict=True))
    assert (told["题目"], told["做法"], told["适用范围"]) == ("先试后推", "先试", "基层社")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写题目。"),
        ({"dated_on": "昨天"}, "日期请写成"),
        ({"dated_on": "2026-12-01"}, "日期不能在将来。"),
        ({"status": "published"}, "已发布的要选渠道类别。"),
        ({"link": "javascript:alert(1)"}, "链接要以 http"),
        ({"kind": "experience", "practice": "先试"}, "请写成效。"),
        ({"kind": "role_model"}, "请写明典型人物是谁"),
        ({"kind": "role_model", "outsider": "村民甲", "status": "published", "channel": "paper", "channel_name": "报"},
         "先进典型要本人同意才能标“已发布”"),
    ],
)  # fmt: skip
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    sent = {"kind": "report", "status": "draft", "title": "甲", "dated_on": "2026-11-01", "text": "田头的正文"} | typed
    answer = signed_in(cast.clerk).post("/work/publicity/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "田头的正文" in page
    assert not Publication.objects.exists()


def test_a_role_model_is_published_after_consent_and_erased_when_he_asks(cast: Cast) -> None:
    client = signed_in(cast.secretary)
    row = made(cast, "育苗能手", kind="role_model", status=Status.DRAFT, outsider="村民田大有", text="田大有育苗。")
    assert "本人还没有同意" in said(client, where(row)) and "本人还没有同意" in said(client, "/work/publicity/")
    refused = client.post(where(row, "clean/"), {"text": "育苗能手\n他育苗。", "as": "txt"})
    assert refused.status_code == 422 and "典型人物本人还没有同意，不能送出。" in refused.content.decode()
    typed = Fields(said(client, where(row, "change/"))).data
    stale = dict(typed)
    typed |= {
        "status": ["published"], "channel": ["account"], "channel_name": ["青禾供销"], "consent_on": ["2026-11-01"],
        "consent_by": [str(cast.people[0].pk)],
    }  # fmt: skip
    client.post(where(row, "change/"), typed)
    assert f"2026年11月1日，{cast.people[0].name}征求" in said(client, where(row))
    late = client.post(where(row, "change/"), stale | {"title": ["改题"]})
    assert late.status_code == 422 and "刚刚被别人改过" in late.content.decode() and "改题" in late.content.decode()
    assert "不能恢复" in said(client, where(row, "erase/"))
    client.post(where(row, "erase/"))
    page = said(client, where(row))
    assert "内容已清除" in page and "田大有" not in page + said(client, "/work/publicity/")
    assert "田大有" not in docx(client.get(where(row, "publication.docx")).content)


def test_only_what_was_published_is_counted_and_goes_into_the_box(cast: Cast) -> None:
    asked = ConsentDraft(date(2026, 11, 1), cast.people[0].pk)
    made(cast)
    made(cast, "工作信息", kind="brief")
    made(cast, "还没有登", status=Status.DRAFT)
    made(cast, "没有采用", kind="submission", status=Status.UNUSED)
    made(cast, "育苗能手", kind="role_model", person_id=cast.people[1].pk, consent=asked)
    made(cast, "第一党小组", kind="role_team")
    made(cast, "先试后推", kind="experience", practice="先试", outcome="都用上", use="基层社")
    year = Period.year(2026)
    counted = {
        name: ask(name, cast.branch, year, as_of=TODAY).value
        for name in ("宣传报道篇数", "信息简报篇数", "经验做法条数", "先进典型个数", "先进典型人数")
    }
    assert list(counted.values()) == [2, 1, 1, 2, 1], counted
    assert ask("宣传报道篇数", cast.branch, year, as_of=date(2026, 11, 1)).value == 0
    box = b"".join(signed_in(cast.clerk).get(f"/report/{cast.branch.pk}/2026/box/").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(box)) as file:
        kept = [name for name in file.namelist() if name.startswith("宣传/")]
    assert len(kept) == 5 and any("先试后推" in name for name in kept)


def test_a_pasted_text_is_cleaned_and_kept_nowhere(cast: Cast) -> None:
    client, name = signed_in(cast.clerk), cast.people[1].name
    rough = f"学习情况\n\n\n　　{name}带头,开会１２次.联系手机13900001111。\n材料来自：【公众号：某某文库】"
    answer = client.post("/work/publicity/clean/", {"text": rough})
    page = answer.content.decode()
    assert answer.status_code == 200 and f"{name}带头，开会12次。" in page and "某某文库" not in page
    assert "这里像是手机号。" in page and f"{name}，1 处" in page
    held_back = client.post("/work/publicity/clean/", {"text": rough, "as": "docx"})
    assert held_back.status_code == 422 and "处不能送出去的内容" in held_back.content.decode()
    rough = rough.replace("联系手机13900001111。", "")
    undecided = client.post("/work/publicity/clean/", {"text": rough, "as": "txt"})
    assert undecided.status_code == 422 and "还有 1 个人名没有定留不留" in undecided.content.decode()
    hidden = client.post("/work/publicity/clean/", {"text": rough, "as": "txt", f"name-{name}": "hide"})
    text = hidden.content.decode()
    assert hidden["Content-Type"].startswith("text/plain") and name not in text and f"{name[0]}某" in text
    kept = client.post("/work/publicity/clean/", {"text": rough, "as": "docx", f"name-{name}": "keep"})
    assert f"{name}带头，开会12次。" in docx(kept.content)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "请把稿子贴进来。"), ("　\n ", "请写稿子。"), ("长" * 20_001, "最多 20000 字")]
)
def test_what_cannot_be_cleaned_says_so(cast: Cast, text: str, sentence: str) -> None:
    answer = signed_in(cast.clerk).post("/work/publicity/clean/", {"text": text})
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_what_is_kept_opens_cleaned(cast: Cast) -> None:
    row = made(cast, text="时间:9:30;地点:二楼(会议室)")
    page = said(signed_in(cast.clerk), where(row, "clean/"))
    assert "时间：9:30；地点：二楼（会议室）" in page and "标点改成全角" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("window", [DESKTOP, PHONE])
def test_how_it_looks(page: Page, live_server: LiveServer, window: tuple[int, int]) -> None:
    cast = standing_cast()
    asked = ConsentDraft(date(2026, 11, 1), cast.people[0].pk)
    made(cast)
    made(cast, "育苗能手", kind="role_model", person_id=cast.people[1].pk, consent=asked)
    row = made(
        cast, "先试后推", kind="experience", status=Status.DRAFT, practice="先试一村", outcome="户户用上", use="基层社都可以用",
        text="联系手机13900001111，" + cast.people[1].name,
    )  # fmt: skip
    at(page, live_server.url, window)
    sign_in(page, live_server.url, cast.clerk)
    made(cast, "一位育苗能手", kind="role_model", status=Status.DRAFT, outsider="村民甲")
    for name, path in (
        ("list", "/work/publicity/"),
        ("one", where(row)),
        ("form", where(row, "change/")),
        ("clean", where(row, "clean/")),
    ):
        page.goto(f"{live_server.url}{path}")
        shot(page, f"publicity-{name}-{window[0]}")
        no_sideways_scroll(page)
        axe(page)
    at(page, live_server.url, window, "dark", "xl")
    for name, path in (("list", "/work/publicity/"), ("clean", where(row, "clean/"))):
        page.goto(f"{live_server.url}{path}")
        shot(page, f"publicity-{name}-{window[0]}-dark-xl")
        no_sideways_scroll(page)
        axe(page)
