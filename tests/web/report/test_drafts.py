"""The pages of a stored draft, with and without a script: what stands, what moved, what is changed and by whom."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY, busy_year
from youju.audit.models import IgnoredFinding
from youju.records.models import Submission
from youju.reports.drafts import actions
from youju.reports.drafts.models import Alternative, Citation, Draft, Passage

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return signed_in(cast.clerk)


def url(draft: Draft, more: str = "") -> str:
    return f"/report/draft/{draft.pk}/{more}"


def page(client: Client, address: str, **more: str) -> str:
    answer = client.get(address, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def first(draft: Draft) -> Passage:
    return Passage.objects.filter(draft=draft, level=0, removed=False).order_by("position")[0]


def saying(draft: Draft, text: str) -> Passage:
    return actions.insert_passage(draft=draft, after=first(draft), level=0, text=text, by=None, at=AT)


def test_pressing_twice_stores_one_draft(cast: Cast, clerk: Client) -> None:
    for _ in range(2):
        answer = clerk.post(f"/report/{cast.branch.pk}/2026/start/", {"outline": "grassroots"})
    draft = Draft.objects.get()
    assert answer["Location"] == url(draft)
    assert clerk.get("/report/")["Location"] == url(draft)
    assert draft.title in page(clerk, "/report/drafts/")


def test_every_figure_is_underlined_and_opens(draft: Draft, clerk: Client) -> None:
    said = page(clerk, url(draft))
    assert len(re.findall(r'data-n="\d+"', said)) == Citation.objects.count()
    assert 'class="fig x' not in said
    number = number_of(draft, "支委会次数")
    panel = page(clerk, url(draft) + f"?f={number}", HTTP_HX_TARGET="panel", HTTP_HX_REQUEST="true")
    assert "<html" not in panel and "研究春耕农资供应" in panel and "与记录一致" in panel


def number_of(draft: Draft, figure: str) -> int:
    rows = Citation.objects.filter(passage__draft=draft).order_by("passage__position", "position")
    return [row.figure for row in rows].index(figure) + 1


class TestWriting:
    def test_a_passage_is_saved_by_a_plain_post(self, draft: Draft, clerk: Client) -> None:
        row = first(draft)
        assert "〔=党员人数〕" in page(clerk, url(draft, f"passage/{row.pk}/"))
        answer = clerk.post(url(draft, f"passage/{row.pk}/"), {"text": "开会〔=支委会次数〕。", "base": "1"})
        assert answer["Location"] == url(draft) + f"#p{row.pk}"
        assert re.search(r"开会<span[^>]*></span><a[^>]*>11次</a>。", page(clerk, url(draft)))

    def test_what_is_wrong_is_said_beside_the_textarea_and_nothing_is_lost(self, draft: Draft, clerk: Client) -> None:
        row = first(draft)
        answer = clerk.post(url(draft, f"passage/{row.pk}/"), {"text": "开会〔=支委会次〕。", "base": "1"})
        said = answer.content.decode()
        assert answer.status_code == 422
        assert "是不是“支委会次数”？" in said and "开会〔=支委会次〕。" in said and "错误：" in said

    def test_the_preview_keeps_nothing(self, draft: Draft, clerk: Client) -> None:
        for text, said in (("会〔=支委会次数〕", "11次"), ("会〔=没有〕", "没有“没有”这个指标")):
            answer = clerk.post(url(draft, "preview/"), {"text": text})
            assert said in answer.content.decode()
        assert Draft.objects.get().version == draft.version

    def test_the_second_of_two_editors_chooses(self, draft: Draft, clerk: Client, cast: Cast) -> None:
        row = first(draft)
        secretary = signed_in(cast.secretary)
        clerk.post(url(draft, f"passage/{row.pk}/"), {"text": "甲写的。", "base": "1"})
        secretary.post(url(draft, f"passage/{row.pk}/"), {"text": "乙写的。", "base": "1"})
        said = page(secretary, url(draft))
        assert "两种写法都留着" in said and "<ins>乙</ins>" in said
        beside = Alternative.objects.get()
        secretary.post(url(draft, f"alternative/{beside.pk}/"), {"use": "1", "base": "2"})
        row.refresh_from_db()
        assert row.text == "乙写的。"
        assert clerk.post(url(draft, f"alternative/{beside.pk}/"), {"use": "1", "base": "2"}).status_code == 404

    def test_passages_are_added_moved_and_deleted(self, draft: Draft, clerk: Client) -> None:
        row = first(draft)
        clerk.post(url(draft, "insert/"), {"after": row.pk, "level": "0", "text": "添一段。"})
        new = Passage.objects.get(text="添一段。")
        clerk.post(url(draft, f"passage/{new.pk}/move/"), {"to": "up"})
        assert first(draft) == new
        late = clerk.post(url(draft, f"passage/{new.pk}/remove/"), {"base": "7"}, follow=True)
        assert "刚刚被别人改过" in late.content.decode()
        clerk.post(url(draft, f"passage/{new.pk}/remove/"), {"base": "1"})
        assert first(draft) == row
        assert "删去的一段" in page(clerk, url(draft, "versions/"))

    def test_behind_a_passage_of_another_draft_nothing_is_added(self, cast: Cast, draft: Draft, clerk: Client) -> None:
        other = actions.start(unit=cast.other, year=2026, as_of=TODAY, by=None, at=AT)
        rows = Passage.objects.count()
        for after in (first(other).pk, 10**15, 10**30):
            answer = clerk.post(url(draft, "insert/"), {"after": after, "level": "0", "text": "添一段。"})
            assert answer.status_code in (404, 422), after
        assert clerk.get(url(draft, f"passage/{10**18 - 1}/")).status_code == 404
        assert Passage.objects.count() == rows

    def test_the_head(self, draft: Draft, clerk: Client) -> None:
        form = {"title": "新题", "byline": "署名", "seen_title": draft.title, "seen_byline": draft.byline}
        clerk.post(url(draft, "head/"), form)
        assert "新题" in page(clerk, url(draft))
        assert "刚刚被别人改成" in clerk.post(url(draft, "head/"), form | {"title": "又一题"}).content.decode()

    def test_versions_show_what_went_and_what_came(self, draft: Draft, clerk: Client) -> None:
        row = first(draft)
        for base, text in ((1, "讲党课4次，年底总结。"), (2, "讲党课3次，年底总结。")):
            clerk.post(url(draft, f"passage/{row.pk}/"), {"text": text, "base": base})
        said = page(clerk, url(draft, "versions/"))
        assert "讲党课<del>4</del><ins>3</ins>次，年底总结。" in said
        assert "第 1 版：起草" in page(clerk, url(draft, "versions/?v=1"))
        assert clerk.get(url(draft, "versions/?v=99")).status_code == 404


class TestChecking:
    def test_a_typed_number_is_replaced_by_its_figure(self, draft: Draft, clerk: Client) -> None:
        row = saying(draft, "全年召开党员大会5次。")
        said = page(clerk, url(draft) + "?tab=check")
        assert "写了5次，台账是“召开党员大会3次”" in said and "改成 3次" in said
        assert "去补录" in said
        assert re.search(r'<a class="fig x long"[^>]*>5次</a>', said)
        source = re.search(r'name="text" value="([^"]*党员大会[^"]*)"', said)
        assert source
        clerk.post(url(draft, f"passage/{row.pk}/"), {"text": source[1], "base": "1"})
        row.refresh_from_db()
        assert row.text == "全年召开党员大会〔=党员大会次数〕。"

    def test_the_same_passage_is_named_beside_a_figure(self, draft: Draft, clerk: Client) -> None:
        saying(draft, "召开支委会〔=支委会次数〕，召开党员大会5次。")
        number = number_of(draft, "支委会次数")
        assert "同一段还有" in page(clerk, url(draft) + f"?f={number}")

    def test_what_a_check_says_stands_with_the_ledger_its_records_and_what_to_do(
        self, cast: Cast, draft: Draft, clerk: Client
    ) -> None:
        row = first(draft)
        clerk.post(url(draft, f"passage/{row.pk}/"), {"text": "召开支委会1次以上。", "base": row.version})
        said = page(clerk, url(draft) + "?tab=check")
        card = said[said.index("只有下限") :].partition("</article>")[0]
        assert "台账是" in card and "<b>怎么办</b>" in card
        assert f"/ledger/{cast.branch.pk}/2026-" in card

    def test_what_is_ignored_needs_a_reason_and_can_come_back(self, draft: Draft, clerk: Client) -> None:
        saying(draft, "全年召开党员大会5次。")
        said = page(clerk, url(draft) + "?tab=check")
        quote = re.search(r'name="check" value="说法"><input type="hidden" name="quote" value="([^"]+)"', said)
        assert quote
        form = {"check": "说法", "quote": quote[1]}
        assert "请写忽略的原因" in clerk.post(url(draft, "ignore/"), form, follow=True).content.decode()
        clerk.post(url(draft, "ignore/"), form | {"reason": "联合开的"})
        said = page(clerk, url(draft) + "?tab=check")
        assert "忽略的原因：联合开的" in said and "改成 3次" not in said
        clerk.post(url(draft, f"ignored/{IgnoredFinding.objects.get().pk}/"))
        assert "改成 3次" in page(clerk, url(draft) + "?tab=check")


class TestDrift:
    def test_a_moved_figure_is_offered_and_taken_over(
        self, cast: Cast, draft: Draft, clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.activity(cast.branch, "committee_meeting", date(2026, 11, 25), title="研究年终总结")
        monkeypatch.setenv("YOUJU_TODAY", "2026-12-01")
        said = page(clerk, url(draft))
        assert "支委会次数：11次 → 12次，更新？" in said
        assert re.search(r'<a class="fig q"[^>]*>11次</a>', said)
        citation = Citation.objects.get(figure="支委会次数")
        clerk.post(url(draft, "update/"), {"citation": citation.pk})
        said = page(clerk, url(draft))
        assert "支委会次数：" not in said and re.search(r"data-n=\"\d+\">12次</a>", said)
        clerk.post(url(draft, "update/"))
        assert 'id="drift"' not in page(clerk, url(draft))
        assert "没有要更新的数字" in clerk.post(url(draft, "update/"), follow=True).content.decode()


class TestSettling:
    def test_from_final_to_the_committee_above(self, cast: Cast, draft: Draft, clerk: Client) -> None:
        secretary = signed_in(cast.secretary)
        assert clerk.post(url(draft, "final/"), {"base": draft.version}).status_code == 403
        assert "刚刚被别人改过" in secretary.post(url(draft, "final/"), {"base": "99"}, follow=True).content.decode()
        said = secretary.post(url(draft, "final/"), {"base": draft.version}, follow=True).content.decode()
        draft.refresh_from_db()
        assert f"已定稿，封存 {draft.seal}" in said and "报送" in said
        assert f'href="{url(draft)}passage/' not in said
        row = first(draft)
        late = clerk.post(url(draft, f"passage/{row.pk}/"), {"text": "再改。", "base": "1"})
        assert late.status_code == 422 and "已经定稿" in late.content.decode()
        assert "请写撤回的原因" in secretary.post(url(draft, "withdraw/"), {}).content.decode()
        secretary.post(url(draft, "withdraw/"), {"reason": "数字有误"})
        draft.refresh_from_db()
        secretary.post(url(draft, "final/"), {"base": draft.version})
        answer = secretary.post(url(draft, "hand-in/"))
        handed = Submission.objects.get()
        assert answer["Location"] == f"/report/handed/{handed.pk}/"
        above = signed_in(cast.superior)
        listed = page(above, "/report/handed/")
        assert handed.title in listed and "报送的报告" in listed
        assert 'href="/report/handed/"' in page(above, "/overview/")
        said = page(above, f"/report/handed/{handed.pk}/")
        assert "与记录吻合" in said and "研究春耕农资供应</a>" in said  # the head of a record, which he may open
        assert "十一条" in said and ">十一条</a>" not in said  # a record's own words claim nothing above either
        assert above.get(f"/report/handed/{handed.pk}/docx/").content[:2] == b"PK"
        assert above.get(url(draft)).status_code == 403
        assert above.get("/report/drafts/").status_code == 403

    def test_a_record_says_which_report_cites_it(self, cast: Cast, draft: Draft, clerk: Client) -> None:
        said = page(clerk, f"/ledger/{cast.branch.pk}/2026-支委-01/")
        assert "被引用" in said and url(draft) in said
        assert url(draft) not in page(signed_in(cast.superior), f"/ledger/{cast.branch.pk}/2026-支委-01/")


def test_the_sheet_asks_the_database_the_same_however_long_it_is(draft: Draft, clerk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(clerk, url(draft))
        return len(seen)

    few = queries()
    for n in range(4):
        saying(draft, f"第{n}段：支委会〔=支委会次数〕，党员大会〔=党员大会次数〕。")
    assert queries() <= few + 1
