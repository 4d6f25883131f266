"""The pages of the library: what is found, what is read, what leaves, and what none of them tells."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.library.making import AT, DAY, document
from tests.web.forms import signed_in
from youju.journal.models import Line
from youju.library.documents.values import Origin, Section, Span, Taken
from youju.library.entitlements.actions import issue
from youju.library.intake.receiving import receive_files
from youju.library.intake.tasks import go_on
from youju.library.models import Document, SavedSearch
from youju.library.passages.following import follow as follow_passages
from youju.library.passages.variants import write_groups
from youju.library.search.following import follow
from youju.paper.reading import read_bytes
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db
SECRET = "一、做法\n全年走访农户二百户。受限的一句在这里。二、打算\n来年再走一遍。"
HIDDEN = Span(SECRET.index("受限"), SECRET.index("二、"))
TREE = (Section(0, SECRET.index("二、"), 1, "一、做法"), Section(SECRET.index("二、"), len(SECRET), 1, "二、打算"))


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())


@pytest.fixture
def cast():
    return standing_cast()


def page(user, name="index", *args, **query):
    return signed_in(user).get(reverse(f"library:{name}", args=args), query)


def said(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_word_finds_its_sentence_and_marks_it(cast):
    row = document("青禾镇开展土地托管，走访七十四户。其他工作照常。", title="走访情况报告", year=2025)
    text = said(page(cast.clerk, q="土地托管"))
    assert "找到 <b>1</b> 篇" in text and "<mark>土地托管</mark>" in text
    assert reverse("library:document", args=[row.pk]) in text and "2025年" in text


def test_what_was_just_put_in_is_found_by_the_next_search_and_what_was_taken_out_no_more(cast):
    assert "没有找到" in said(page(cast.clerk, q="新来的一篇"))
    row = document("新来的一篇。", unit=cast.branch)
    assert "找到 <b>1</b> 篇" in said(page(cast.clerk, q="新来的一篇"))
    client = signed_in(cast.clerk)
    assert client.post(reverse("library:remove", args=[row.pk])).status_code == 302
    assert "没有找到" in said(page(cast.clerk, q="新来的一篇"))


def test_filters_stand_in_the_address_as_chips_that_take_themselves_off(cast):
    document("党课一。", genre="report", year=2025)
    document("党课二。", genre="summary", year=2024, origin=Origin.SUPERIOR)
    text = said(page(cast.clerk, q="党课", year="2025"))
    assert "找到 <b>1</b> 篇" in text and 'class="chip" href="/library/?q=%E5%85%9A%E8%AF%BE"' in text
    assert "找到 <b>2</b> 篇" in said(page(cast.clerk, q="党课"))
    assert "找到 <b>1</b> 篇" in said(page(cast.clerk, q="党课", origin="superior"))
    assert "找到 <b>2</b> 篇" in said(page(cast.clerk, q="党课", year="乱写", genre="没有"))


def test_of_many_values_of_a_filter_the_rest_are_shown_on_asking(cast):
    for year in range(2010, 2025):
        document(f"{year}年的党课。", year=year)
    text = said(page(cast.clerk, q="党课"))
    behind = text.partition('<details class="more"><summary>还有 3 项</summary>')[2].partition("</details>")[0]
    assert [f"<span>{year}</span>" in behind for year in (2013, 2012, 2011, 2010)] == [False, True, True, True]
    line, _, more = text.partition('<div class="hscroll ph">')[2].partition("</div>")
    far = more.partition("<summary>年度还有 11 项</summary>")[2].partition("</details>")[0]
    assert ">2021 1</a>" in line and ">2020 1</a>" not in line
    assert [f">{year} 1</a>" in far for year in (2021, 2020, 2010)] == [False, True, True]


def test_of_many_marks_it_is_said_how_many_more_there_are(cast):
    whole = "年月日\n" * 23
    marks = [Taken("placeholder", at * 4, at * 4 + 3) for at in range(23)]
    few, many = document("年月日", marks=marks[:1]), document(whole, marks=marks)
    assert "1 处</span>" in said(page(cast.clerk, "document", few.pk))
    assert "还有" not in said(page(cast.clerk, "document", few.pk)).partition("请留意")[2]
    told = said(page(cast.clerk, "document", many.pk)).partition("请留意")[2]
    assert "23 处</span>" in told and told.count('<span class="tag warn">') == 20 and "还有 3 处" in told


def test_another_branch_finds_nothing_of_ours_and_opens_nothing(cast):
    row = document("只给青禾支部看的一篇。", unit=cast.branch)
    assert "没有找到" in said(page(cast.other_clerk, q="青禾支部"))
    for name in ("document", "preview", "docx", "text", "describe"):
        assert page(cast.other_clerk, name, row.pk).status_code == 404
    client = signed_in(cast.other_clerk)
    assert client.post(reverse("library:remove", args=[row.pk])).status_code == 404
    assert client.post(reverse("library:selection"), {"document": [row.pk]}).status_code == 400


def test_a_member_reads_and_changes_nothing(cast):
    row = document("给支部的一篇。", unit=cast.branch)
    assert "给支部的一篇" in said(page(cast.member, "document", row.pk))
    assert page(cast.member, "describe", row.pk).status_code == 403
    assert signed_in(cast.member).post(reverse("library:remove", args=[row.pk])).status_code == 403
    assert Document.objects.standing().count() == 1


def test_who_has_no_unit_has_no_library(cast):
    document("全站的一篇。")
    assert page(cast.stranger).status_code == 403


@pytest.mark.parametrize("words", ["受限的一句", "二百户。受限", "这里。二、打算"])
def test_a_restricted_span_is_nowhere_for_who_has_no_right(cast, words):
    row = document(SECRET, restricted=(HIDDEN,), sections=TREE, title="走访报告")
    assert "没有找到" in said(page(cast.clerk, q=f'"{words}"'))
    for name in ("document", "preview"):
        text = said(page(cast.clerk, name, row.pk, q=words))
        assert "受限" not in text and "口令" not in text.split("</header>")[-1]
    assert "受限" not in page(cast.clerk, "text", row.pk).content.decode()
    assert "受限" not in read_bytes(page(cast.clerk, "docx", row.pk).content, "x.docx").text
    sent = signed_in(cast.clerk).post(reverse("library:selection"), {"document": [row.pk]})
    package = zipfile.ZipFile(io.BytesIO(sent.content))
    assert all(
        "受限" not in read_bytes(package.read(name), name).text for name in package.namelist() if name.endswith("docx")
    )
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert "找到 <b>1</b> 篇" in said(page(keeper, q=f'"{words}"'))
    assert "受限的一句" in said(page(keeper, "document", row.pk))


def test_a_file_tells_nothing_of_what_stands_in_its_restricted_spans(cast):
    paper = (
        "##paidbegin##青禾县粮食安全述职报告\n2019年3月5日##paidend##\n一、做法\n全年走访农户二百户。\n"
        "##paidbegin##二、暗处的小节\n暗中的话。\n更多精品公文范文请关注公众号\n##paidend##三、打算\n来年再走一遍。\n"
    )
    intake = receive_files(
        files=[("走访.txt", [paper.encode()])], unit=None, origin=Origin.OWN, token="一页", by=cast.admin, at=AT
    )
    go_on(intake, at=AT)
    row = Document.objects.get()
    assert (row.title, row.genre, row.year, row.sector, row.dated) == ("走访", "other", None, "", None)
    told = said(page(cast.clerk, q="走访")) + said(page(cast.clerk, "document", row.pk))
    assert not [word for word in ("粮食", "2019", "暗", "公众号", "已清除推广") if word in told]
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert "已清除推广 1 段" in said(page(keeper, q="走访")) and "二、暗处的小节" in said(
        page(keeper, "document", row.pk)
    )


def test_a_file_whose_restricted_span_was_all_cleaned_off_is_for_who_reads_the_span(cast):
    paper = "青禾总结\n走访农户。\n##paidbegin##\n更多精品公文范文请关注公众号\n##paidend##\n结束的话。"
    files = [("a.txt", [paper.encode()])]
    go_on(receive_files(files=files, unit=None, origin=Origin.WEB, token="一页", by=cast.admin, at=AT), at=AT)
    row = Document.objects.get()
    copy = row.copies.get()
    assert not row.has_restricted and page(cast.clerk, "original", row.pk, copy.pk).status_code == 404
    link = reverse("library:original", args=[row.pk, copy.pk])
    assert link not in said(page(cast.clerk, "document", row.pk))
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert page(keeper, "original", row.pk, copy.pk).status_code == 200
    assert link in said(page(keeper, "document", row.pk))


def test_a_sentence_across_the_cut_is_found_by_who_reads_it_that_way(cast):
    document(SECRET, restricted=(HIDDEN,), sections=TREE)
    assert "找到 <b>1</b> 篇" in said(page(cast.clerk, q='"二百户。二、打算"'))
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert "没有找到" in said(page(keeper, q='"二百户。二、打算"'))


def test_a_code_opens_what_it_may_open(cast):
    row = document(SECRET, restricted=(HIDDEN,))
    plain = document("没有受限段的一篇。")
    _, words = issue(quota=1, until=DAY + timedelta(days=9), note="", by=cast.admin, at=AT)
    client = signed_in(cast.member)
    assert client.post(reverse("library:enter_code"), {"code": "错的"}).status_code == 422
    assert client.post(reverse("library:enter_code"), {"code": words}).status_code == 302
    assert "还能打开 1 篇" in said(client.get(reverse("library:document", args=[row.pk])))
    assert "打开全文" not in said(client.get(reverse("library:document", args=[plain.pk])))
    client.post(reverse("library:open_whole", args=[row.pk]))
    assert "受限的一句" in said(client.get(reverse("library:document", args=[row.pk])))
    assert "找到 <b>1</b> 篇" in said(client.get(reverse("library:index"), {"q": "受限的一句"}))


def test_who_has_no_code_is_told_the_same_of_every_document(cast):
    secret, plain = document(SECRET, restricted=(HIDDEN,)), document("没有受限段的一篇。")
    client = signed_in(cast.member)
    told = [
        client.post(reverse("library:open_whole", args=[row.pk]), follow=True).content.decode()
        for row in (secret, plain)
    ]
    assert ["没有可用的口令" in text for text in told] == [True, True]


def test_codes_are_issued_and_revoked_by_who_keeps_the_library(cast):
    form = {"quota": "3", "until": (DAY + timedelta(days=3)).isoformat(), "note": "培训班"}
    for user in (cast.clerk, cast.secretary, cast.member, cast.superior):
        assert signed_in(user).post(reverse("library:issue_code"), form).status_code == 403
        assert page(user, "downloads").status_code == 403
    client = signed_in(cast.admin)
    assert "口令是" in said(client.post(reverse("library:issue_code"), form))
    assert client.post(reverse("library:issue_code"), {**form, "quota": "0"}).status_code == 422
    code, _ = issue(quota=1, until=DAY, note="", by=cast.admin, at=AT)
    enter_page = said(client.get(reverse("library:codes")))
    assert "培训班" in enter_page and "还没有启用" in enter_page
    assert client.post(reverse("library:revoke_code", args=[code.pk])).status_code == 302
    assert "已撤销" in said(client.get(reverse("library:codes")))


def test_what_leaves_is_in_the_log_which_keepers_read(cast):
    row = document(
        "一、做法\n正文一段。", title="某镇/总结:2025", unit=cast.above, sections=(Section(0, 10, 1, "一、做法"),)
    )
    client = signed_in(cast.clerk)
    sent = client.get(reverse("library:docx", args=[row.pk]))
    assert read_bytes(sent.content, "x.docx").text.split() == ["某镇/总结:2025", "一、做法", "正文一段。"]
    assert "%E6%9F%90%E9%95%87%C2%B7%E6%80%BB%E7%BB%93%C2%B72025.docx" in sent["Content-Disposition"]
    client.get(reverse("library:text", args=[row.pk]))
    package = client.post(reverse("library:selection"), {"document": [row.pk, row.pk, 999]})
    assert zipfile.ZipFile(io.BytesIO(package.content)).namelist() == ["001 某镇·总结·2025.docx", "目录.xlsx"]
    assert [line.summary for line in Line.objects.filter(verb="下载素材").order_by("pk")] == ["Word", "纯文本", "打包"]
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    text = said(page(keeper, "downloads"))
    assert "某镇/总结:2025" in text and "纯文本" in text


def test_what_a_text_says_of_itself_is_corrected_once(cast):
    row = document("一篇。", unit=cast.branch)
    client = signed_in(cast.clerk)
    form = {
        "title": "更正后的题", "genre": "", "year": "2023", "sector": "", "origin": "own", "dated": "",
        "unit": str(cast.branch.pk), "revision": str(row.changed),
    }  # fmt: skip
    assert client.post(reverse("library:describe", args=[row.pk]), form).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.year, row.origin) == ("更正后的题", 2023, "own")
    late = client.post(reverse("library:describe", args=[row.pk]), {**form, "title": "别人的题"})
    assert late.status_code == 422 and "这篇素材刚刚被别人改过" in late.content.decode()
    for odd in ("", "没有", "9" * 5000):
        late = client.post(reverse("library:describe", args=[row.pk]), {**form, "revision": odd})
        assert late.status_code == 422 and "这篇素材刚刚被别人改过" in late.content.decode()


def test_only_who_keeps_the_whole_library_gives_a_document_to_the_whole_site(cast):
    row = document("一篇。", unit=cast.branch)
    form = {"title": "题", "genre": "", "year": "", "sector": "", "origin": "own", "dated": "", "unit": ""}
    for unit in ("", str(cast.other.pk), str(cast.above.pk)):
        form |= {"unit": unit, "revision": str(row.changed)}
        answer = signed_in(cast.clerk).post(reverse("library:describe", args=[row.pk]), form)
        assert answer.status_code == 422 and "谁能看" in answer.content.decode()
        row.refresh_from_db()
        assert row.unit == cast.branch
    keeper = signed_in(make.user("素材员", unit=cast.branch, role=Role.LIBRARIAN))
    assert keeper.post(reverse("library:describe", args=[row.pk]), {**form, "unit": ""}).status_code == 302
    row.refresh_from_db()
    assert row.unit is None


def test_a_kept_search_tells_what_is_new_and_is_ones_own(cast):
    document("党课一。")
    client = signed_in(cast.clerk)
    assert client.post(reverse("library:save"), {"name": "党课", "address": "q=党课&坏=1"}).status_code == 302
    row = SavedSearch.objects.get()
    assert "没有新的" in said(client.get(reverse("library:saved")))
    document("党课二。")
    document("别的。")
    assert "新 1 篇" in said(client.get(reverse("library:saved")))
    opened = client.post(reverse("library:open_saved", args=[row.pk]))
    assert opened["Location"] == "/library/?q=%E5%85%9A%E8%AF%BE"
    assert "没有新的" in said(client.get(reverse("library:saved")))
    other = signed_in(cast.member)
    assert other.post(reverse("library:open_saved", args=[row.pk])).status_code == 404
    assert other.post(reverse("library:drop", args=[row.pk])).status_code == 404
    assert client.post(reverse("library:drop", args=[row.pk])).status_code == 302
    assert not SavedSearch.objects.exists()


def test_a_search_too_long_to_be_kept_is_not_kept_in_half(cast):
    client = signed_in(cast.clerk)
    sent = client.post(reverse("library:save"), {"name": "长", "address": f"q={'党' * 60}"}, follow=True)
    assert "太长" in said(sent) and not SavedSearch.objects.exists()


def test_no_year_is_a_year_nobody_told(cast):
    document("党课一。")
    for _ in range(2):  # as it was just put in, and from the index
        assert "找到 <b>1</b> 篇" in said(page(cast.clerk, q="党课", year="0000"))
        follow()


def test_todays_additions_are_a_filter(cast):
    document("今天的一篇。")
    assert "今日新增 1 篇" in said(page(cast.clerk))
    assert "找到 <b>1</b> 篇" in said(page(cast.clerk, added="today"))


def test_what_an_intake_of_the_day_before_goes_on_writing_hides_nothing_of_the_day(cast):
    document("昨天的一篇。")
    Document.objects.update(added_at=AT - timedelta(days=1))
    document("今天的一篇。")
    late = document("昨夜起入库、今天才写完的一篇。")
    Document.objects.filter(pk=late.pk).update(added_at=AT - timedelta(days=1))
    assert "今日新增 2 篇" in said(page(cast.clerk))
    assert "找到 <b>2</b> 篇" in said(page(cast.clerk, added="today"))
    Document.objects.update(added_at=AT - timedelta(days=1))
    assert "今日新增" not in said(page(cast.clerk))
    assert "找到 <b>0</b> 篇" in said(page(cast.clerk, added="today")) or "没有找到" in said(
        page(cast.clerk, added="today")
    )


def test_an_empty_library_says_what_to_do(cast):
    assert "素材库还是空的" in said(page(cast.clerk))


def test_two_that_are_nearly_the_same_are_one_result_with_the_other_named(cast):
    body = "全镇党员分片包干，走访农户，宣传土地托管政策，收集意见建议，能办的当场办，不能办的限期答复。" * 6
    first, second = document(body + "甲稿。", title="走访经验甲稿"), document(body + "乙稿。", title="走访经验乙稿")
    document(body + "柳溪稿。", title="柳溪支部的稿", unit=cast.other)
    document("宣传土地托管政策，别的事一件没有写，只有这一句相同。", title="另外一篇")
    follow_passages()
    write_groups()
    text = said(page(cast.clerk, q="土地托管政策"))
    assert "找到 <b>3</b> 篇" in text and text.count('class="snip"') == 2
    assert "另有 1 篇大体相同" in text and "走访经验甲稿" in text and "走访经验乙稿" in text
    assert "柳溪支部的稿" not in text and first != second
