"""The sheet and its panel: every figure leads to its records, for those who may read them, with and without a script."""

from __future__ import annotations

import gzip
import io
import re
from datetime import date
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY, busy_year
from youju.records.activities.values import AgendaDraft
from youju.reports.queries import report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def bare() -> Cast:
    """No records: quicker where only the door is tried."""
    return standing_cast(groups=1)


def sheet(cast: Cast, year: int = 2026) -> str:
    return f"/report/{cast.branch.pk}/{year}/"


def text_of(client: Client, url: str, **more: str) -> str:
    answer = client.get(url, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def number_of(cast: Cast, figure: str) -> int:
    report = report_of(cast.branch, 2026, as_of=TODAY)
    return next(cited.number for cited in report.citations if cited.answer.figure.id == figure)


def test_the_first_page_is_this_years_report(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert client.get("/report/")["Location"] == sheet(cast)
    assert client.get(f"/report/?unit={cast.branch.pk}")["Location"] == sheet(cast)
    assert client.get(f"/report/?unit={cast.other.pk}").status_code == 404


def test_every_word_of_the_report_stands_on_the_sheet(cast: Cast) -> None:
    text = text_of(signed_in(cast.clerk), sheet(cast))
    bare = re.sub(r"<[^>]+>", "", text)
    for paragraph in report_of(cast.branch, 2026, as_of=TODAY).paragraphs():
        assert paragraph in bare
    assert "青禾县供销社机关党支部" in bare


def test_each_figure_is_a_link_that_needs_no_script(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    number = number_of(cast, "支委会次数")
    text = text_of(client, sheet(cast))
    assert f'href="?f={number}#f{number}"' in text
    assert f'id="f{number}"' in text
    assert "sheet-up" not in text
    chosen = text_of(client, f"{sheet(cast)}?f={number}")
    assert 'class="pv up"' in chosen
    assert chosen.count('aria-current="true"') == 2  # the figure, and its part of the outline
    assert "11 条记录" in chosen
    panel = chosen.split('id="panel"')[1].split("</aside>")[0]
    links = re.findall(r'<time[^>]*>([\d-]+)</time><a href="([^"]+)">', panel)
    assert [day for day, _ in links] == [f"{month:02d}-05" for month in range(11, 0, -1)]
    assert unquote(links[0][1]) == f"/ledger/{cast.branch.pk}/2026-支委-11/"
    assert client.get(links[0][1]).status_code == 200
    assert panel.count("5/5人") == 11
    assert "第一季度</span><b>3</b>" in panel


def test_htmx_gets_the_panel_alone(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    number = number_of(cast, "支委会次数")
    answer = client.get(f"{sheet(cast)}?f={number}", headers={"HX-Request": "true", "HX-Target": "panel"})
    text = answer.content.decode()
    assert text.startswith("<aside") and f'data-figure="{number}"' in text
    assert "<html" not in text
    assert "HX-Target" in answer["Vary"]
    closed = text_of(client, f"{sheet(cast)}", headers={"HX-Request": "true", "HX-Target": "panel"})
    assert closed.startswith("<aside") and "data-figure=" not in closed


@pytest.mark.parametrize("given", ["0", "999", "-1", "x", "", "１", "1" * 400])
def test_a_figure_that_is_none_shows_the_sheet(bare: Cast, given: str) -> None:
    client = signed_in(bare.clerk)
    make.activity(bare.branch, "committee_meeting", date(2026, 3, 5))
    assert "个数字都有出处" in text_of(client, f"{sheet(bare)}?f={given}")
    assert "data-figure=" not in text_of(client, f"{sheet(bare)}?f={given}", headers={"HX-Target": "panel"})


def test_a_session_of_two_kinds_counts_once_and_says_so(cast: Cast) -> None:
    make.activity(cast.branch, ("theme_day", "fixed_study_day"), date(2026, 11, 18), title="双节合一")
    number = number_of(cast, "各类党日次数")
    panel = text_of(signed_in(cast.clerk), f"{sheet(cast)}?f={number}").split('id="panel"')[1]
    lines = dict(re.findall(r'class="eq(?: sum)?"><span>([^<]+)</span><(?:b|span)>([^<]+)</', panel))
    assert lines["主题党日　1—11月"] == "12"
    assert lines["固定学习日　1—11月"] == "12"
    assert lines["一场多类只计1次"] == "−1"
    assert lines["合计"] == "23次"
    assert "23 条记录" in panel


def test_a_share_says_what_is_divided(cast: Cast) -> None:
    panel = text_of(signed_in(cast.clerk), f"{sheet(cast)}?f={number_of(cast, '党员到会率')}").split('id="panel"')[1]
    assert "实到除以应到" in panel
    assert "<span>应到</span><b>225人次</b>" in panel  # 11 theme days, 11 study days, 3 meetings of nine


def test_people_are_names_and_not_records(cast: Cast) -> None:
    panel = text_of(signed_in(cast.clerk), f"{sheet(cast)}?f={number_of(cast, '党员人数')}").split('id="panel"')[1]
    assert all(person.name in panel for person in cast.people)
    assert "9 人" in panel
    assert "2026年11月20日名册在册" in panel


def test_problems_lead_to_their_own_page(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    panel = text_of(client, f"{sheet(cast)}?f={number_of(cast, '查摆问题数')}").split('id="panel"')[1]
    link = re.search(r'<time[^>]*>[\d-]+</time><a href="([^"]+)">党小组会质量不高', panel)
    assert link and unquote(link[1]) == f"/problems/{cast.branch.pk}/2025-问题-01/"
    assert client.get(link[1]).status_code == 200


def test_told_words_lead_to_their_record(cast: Cast) -> None:
    text = text_of(signed_in(cast.clerk), sheet(cast))
    links = re.findall(r'<a class="told" href="([^"]+)">', text)
    assert len(links) > 10
    assert signed_in(cast.clerk).get(links[0]).status_code == 200


def test_a_record_of_another_branch_is_counted_but_does_not_open(cast: Cast) -> None:
    for kind, title, day in (
        ("theme_day", "两家联过党日", date(2026, 11, 10)),
        ("visit", "柳溪联合走访", date(2026, 11, 11)),
    ):
        roster = make.everyone(cast.other, (kind,), day) + make.everyone(cast.branch, (kind,), day)
        make.activity(
            cast.other,
            kind,
            day,
            title=title,
            outcome="登记意见四条",
            roster=roster,
            joining_unit_ids=(cast.branch.pk,),
        )
    client = signed_in(cast.clerk)
    panel = text_of(client, f"{sheet(cast)}?f={number_of(cast, '各类党日次数')}").split('id="panel"')[1]
    assert "23 条记录" in panel
    assert "另有 1 条无权查看" in panel
    assert "两家联过党日" not in panel
    assert f"/ledger/{cast.other.pk}/" not in text_of(client, sheet(cast))


def test_what_is_missing_is_shown_and_listed(cast: Cast) -> None:
    text = text_of(signed_in(cast.clerk), sheet(cast))
    assert "〔缺：没有组织生活会记录〕" in text
    first = re.search(r'<a href="#(g\d+)">没有组织生活会记录</a>', text)
    assert first and f'class="fig gap" id="{first[1]}">〔缺：没有组织生活会记录〕' in text


def test_a_year_without_records_says_what_to_do(cast: Cast) -> None:
    text = text_of(signed_in(cast.clerk), sheet(cast, 2019))
    assert "2019年的台账里还没有记录" in text
    assert "去记一次" in text
    reader = text_of(signed_in(cast.committee), sheet(cast, 2019))
    assert "去记一次" not in reader  # he may read, not write


def test_a_year_not_begun_is_a_sentence(bare: Cast) -> None:
    answer = signed_in(bare.clerk).get(sheet(bare, 2027))
    assert answer.status_code == 400
    assert "2027年还没有开始" in answer.content.decode()


@pytest.mark.parametrize("year", [0, 1800, 9999, 99999999999])
def test_a_year_that_is_none(bare: Cast, year: int) -> None:
    assert signed_in(bare.clerk).get(sheet(bare, year)).status_code == 404


def test_years_offered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = re.compile(rf'class="chip" href="/report/{cast.branch.pk}/(\d+)/"')
    assert offered.findall(text_of(signed_in(cast.clerk), sheet(cast))) == ["2026", "2025"]
    monkeypatch.setenv("YOUJU_TODAY", "2026-07-01")
    assert offered.findall(text_of(signed_in(cast.clerk), sheet(cast))) == ["2026"]


# -- rights ------------------------------------------------------------------------------------------------------------

ADDRESSES = ["", "docx/", "check/", "?f=1"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("secretary", 200),
        ("committee", 200),
        ("member", 403),
        ("superior", 403),
        ("admin", 404),
        ("other_clerk", 404),
        ("stranger", 404),
    ],
)
def test_a_draft_belongs_to_its_branch(bare: Cast, who: str, status: int, address: str) -> None:
    assert signed_in(getattr(bare, who)).get(sheet(bare) + address).status_code == status


@pytest.mark.parametrize("address", ["/report/", "/report/1/2026/", "/report/1/2026/docx/", "/report/1/2026/check/"])
def test_strangers_sign_in_first(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("address", ["", "docx/", "check/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_changed_here(bare: Cast, address: str, method: str) -> None:
    assert getattr(signed_in(bare.clerk), method)(sheet(bare) + address).status_code == 405


def test_a_unit_that_is_none(bare: Cast) -> None:
    for unit in (0, 99999, 10**30):
        assert signed_in(bare.clerk).get(f"/report/{unit}/2026/").status_code == 404


def test_a_group_does_not_report(bare: Cast) -> None:
    answer = signed_in(bare.clerk).get(f"/report/{bare.groups[0].pk}/2026/")
    assert answer.status_code == 400
    assert "党小组不单独述职" in answer.content.decode()


# -- the Word file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["", "?preset=standard", "?preset=branch"])
def test_the_word_file_says_the_same(cast: Cast, preset: str) -> None:
    answer = signed_in(cast.clerk).get(sheet(cast) + "docx/" + preset)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert unquote(answer["Content-Disposition"]).endswith(
        "''青禾县供销社机关党支部2026年度抓基层党建工作述职报告.docx"
    )
    paper = docx.Document(io.BytesIO(answer.content))
    words = "".join(node.text or "" for node in paper.element.body.iter() if node.tag.endswith("}t"))
    for paragraph in report_of(cast.branch, 2026, as_of=TODAY).paragraphs():
        assert paragraph in words


def test_another_layout_is_refused(bare: Cast) -> None:
    answer = signed_in(bare.clerk).get(sheet(bare) + "docx/?preset=../../etc")
    assert answer.status_code == 400
    assert "没有这种版式" in answer.content.decode()


def test_the_report_holds_against_its_own_ledger(cast: Cast) -> None:
    text = text_of(signed_in(cast.clerk), sheet(cast) + "check/")
    assert "与记录吻合" in text
    assert "与记录不符" not in text
    assert "台账没有记录" not in text


# -- bad words, cost ---------------------------------------------------------------------------------------------------


def test_titles_are_words_and_nothing_else() -> None:
    cast = standing_cast()
    evil = "<script>alert(1)</script>"
    make.activity(cast.branch, "committee_meeting", date(2026, 3, 5), title=evil, agenda=(AgendaDraft(f"研究{evil}"),))
    make.activity(cast.branch, "theme_day", date(2026, 3, 6), title=evil, outcome=f"办成{evil}一件")
    client = signed_in(cast.clerk)
    number = number_of(cast, "支委会次数")
    for url in (sheet(cast), f"{sheet(cast)}?f={number}", sheet(cast) + "check/"):
        text = text_of(client, url)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_ten_times_the_records_cost_no_more_queries() -> None:
    cast = busy_year(months=2)
    client = signed_in(cast.clerk)
    url = f"{sheet(cast)}?f=2"
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for month in range(3, 12):
        for day in (3, 4, 6, 7):
            make.activity(
                cast.branch,
                ("theme_day", "group_study"),
                date(2026, month, day),
                title=f"活动{month}-{day}",
                outcome="办成一件",
            )
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few) <= 84


def test_the_page_is_light(cast: Cast) -> None:
    number = number_of(cast, "各类党日次数")
    page = signed_in(cast.clerk).get(f"{sheet(cast)}?f={number}").content
    assert len(gzip.compress(page)) < 120 * 1024
