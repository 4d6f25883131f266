"""A problem from its naming to its closing, through the pages alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.records.problems.actions import raise_problem
from youju.records.problems.models import Problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def made(cast: Cast, title: str = "自学没有抽查", *, due: date | None = date(2026, 11, 15)) -> Problem:
    draft = ProblemDraft(title, Source.APPRAISAL, date(2026, 3, 1), 2025, cause="没有专人负责")
    step = MeasureDraft("每季度抽查一次", due_on=due, owner_id=cast.people[1].pk)
    return raise_problem(unit=cast.branch, draft=draft, measures=(step,), by=None, at=make.moment(date(2026, 3, 1), 20))


def test_from_naming_to_closing(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(client.get("/problems/new/?for_year=2025&source=appraisal").content.decode()).data
    assert typed["for_year"] == ["2025"]
    typed |= {"title": ["自学没有抽查"], "measure-text": ["每季度抽查"], "measure-due_on": ["2026-12-01"]}
    where = client.post("/problems/new/", typed)["Location"]
    assert unquote(where) == f"/problems/{cast.branch.pk}/2025-问题-01/"
    page = client.get(where).content.decode()
    assert "每季度抽查" in page
    assert "还有 1 条措施没有填落实情况" in page
    step = Fields(client.get(where + "progress/0/").content.decode()).data
    assert step["done_on"] == ["2026-11-20"]
    client.post(where + "progress/0/", step | {"proof": ["抽查 4 次，留有记录"]})
    page = client.get(where).content.decode()
    assert "还没有佐证" in page and "申请销号</button>" not in page
    assert "销号要有佐证" in client.post(where + "ask/", {"closed_on": "2026-11-20"}).content.decode()
    paper = SimpleUploadedFile("通报.pdf", b"%PDF-1.7 notes")
    step = Fields(client.get(where + "progress/0/").content.decode()).data
    slip = client.post(where + "progress/0/", step | {"record": ["2026-支委-99"], "file": paper}).content.decode()
    assert "没有这个编号的记录" in slip and "“通报.pdf”没有留下，请重新选择文件" in slip
    paper.seek(0)
    client.post(where + "progress/0/", step | {"file": paper})
    assert "可以申请销号" in client.get(where).content.decode()
    client.post(where + "ask/", {"closed_on": "2026-11-20"})
    assert "等另一位核实" in client.get(where).content.decode()
    assert "销号要两个人" in client.post(where + "close/").content.decode()
    other = signed_in(cast.secretary)
    assert "核实无误，销号" in other.get(where).content.decode()
    assert "请写退回原因" in other.post(where + "return/", {"reason": ""}).content.decode()
    other.post(where + "return/", {"reason": "缺一次记录"})
    assert "缺一次记录" in client.get(where).content.decode()
    client.post(where + "ask/", {"closed_on": "2026-11-20"})
    other.post(where + "close/")
    assert Problem.objects.get().closed_on == TODAY
    page = client.get(where).content.decode()
    assert "已销号" in page
    assert "填进展" not in page.split("修改痕迹")[0]


def test_a_measure_is_shown_by_a_file_and_a_record(cast: Cast) -> None:
    problem = made(cast)
    client, where = signed_in(cast.clerk), f"/problems/{cast.branch.pk}/{problem.number}/"
    held = make.activity(cast.branch, "committee_meeting", date(2026, 5, 9))
    form = client.get(where + "progress/0/").content.decode()
    assert f'<option value="{held.number}">' in form
    paper = SimpleUploadedFile("通报.pdf", b"%PDF-1.7 notes")
    typed = Fields(form).data | {"proof": ["通报了"], "record": [held.number]}
    client.post(where + "progress/0/", typed | {"file": paper})
    page = client.get(where).content.decode()
    assert held.number in page and f"{where}files/0/" in unquote(page)
    sent = client.get(where + "files/0/")
    assert b"".join(sent.streaming_content) == b"%PDF-1.7 notes"  # type: ignore[attr-defined]
    again = client.get(where + "progress/0/").content.decode()
    assert "不再选就还用它" in again and Fields(again).data["record"] == [held.number]
    client.post(where + "progress/0/", Fields(again).data | {"proof": ["通报了两次"], "record": [""]})
    step = problem.measures.get()
    assert (step.proof, step.session, step.file is not None) == ("通报了两次", None, True)
    assert client.get(where + "files/1/").status_code == 404
    assert signed_in(cast.other_clerk).get(where + "files/0/").status_code == 404


def test_the_list_is_grouped_by_how_they_stand(cast: Cast) -> None:
    made(cast)
    made(cast, "写得还有时间", due=date(2026, 12, 1))
    page = signed_in(cast.committee).get("/problems/").content.decode()
    assert (
        page.index("逾期，先办这些")
        < page.index("自学没有抽查")
        < page.index("进行中 1 个</h2>")
        < page.index("写得还有时间")
    )
    assert "逾期 5 天" in page
    assert "还有 11 天" in page
    assert "/problems/new/" not in page


def test_it_cannot_be_closed_before_its_measures_are(cast: Cast) -> None:
    problem = made(cast)
    client = signed_in(cast.clerk)
    where = f"/problems/{cast.branch.pk}/{problem.number}/"
    assert "还有措施没有填写落实情况" in client.post(where + "ask/", {"closed_on": "2026-11-20"}).content.decode()
    problem.refresh_from_db()
    assert problem.closed_on is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写问题。"),
        ({"found_on": "昨天"}, "发现日期请写成"),
        ({"for_year": "去年"}, "所属年度请写四位数字。"),
        ({"measure-text": "", "measure-due_on": "2026-12-01"}, "有责任人或时限，请写措施。"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    client = signed_in(cast.clerk)
    sent = {"title": "甲", "source": "self", "found_on": "2026-11-01", "for_year": "2026", "cause": "缺人手"} | typed
    page = client.post("/problems/new/", sent).content.decode()
    assert page.count(sentence) == 2
    assert "<title>错误：" in page
    assert Fields(page).data["cause"] == ["缺人手"]
    assert not Problem.objects.exists()


def test_a_double_click_names_it_once(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    sent = {"title": "甲", "source": "self", "found_on": "2026-11-01", "for_year": "2026"}
    client.post("/problems/new/", sent)
    assert "已经列入，编号 2026-问题-01" in client.post("/problems/new/", sent).content.decode()
    client.post(f"/problems/{cast.branch.pk}/2026-问题-01/measure/", {"text": "乙"})
    again = client.post(f"/problems/{cast.branch.pk}/2026-问题-01/measure/", {"text": "乙"}).content.decode()
    assert "已经有这条措施。" in again
    assert Problem.objects.get().measures.count() == 1


def test_progress_in_the_future_is_refused(cast: Cast) -> None:
    problem = made(cast)
    where = f"/problems/{cast.branch.pk}/{problem.number}/progress/0/"
    page = signed_in(cast.clerk).post(where, {"proof": "做了", "done_on": "2026-12-24"}).content.decode()
    assert "完成日期不能在将来。" in page
    assert "做了" in page


def test_an_owner_from_another_unit_is_no_choice(cast: Cast) -> None:
    problem = made(cast)
    stranger = make.member(cast.other)
    where = f"/problems/{cast.branch.pk}/{problem.number}/measure/"
    signed_in(cast.clerk).post(where, {"text": "丙", "owner": str(stranger.pk)})
    assert problem.measures.count() == 1


def test_the_three_lists_go_to_excel_and_word(cast: Cast) -> None:
    made(cast)
    made(cast, "写得还有时间", due=date(2026, 12, 1))
    client = signed_in(cast.clerk)
    book = load_workbook(io.BytesIO(client.get("/problems/export.xlsx").content))
    assert book.sheetnames == ["问题清单", "责任清单", "整改清单"]
    assert [row[1] for row in book["责任清单"].iter_rows(values_only=True)] == ["问题", "自学没有抽查", "写得还有时间"]
    assert book["责任清单"]["D2"].value == cast.people[1].name
    data = client.get("/problems/lists.docx?words=时间").content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    assert all(words in text for words in ("问题清单", "责任清单", "整改清单", "写得还有时间", "2026年12月1日"))
    assert "自学没有抽查" not in text


def test_the_list_is_filtered_by_its_address_and_shows_one_beside_it(cast: Cast) -> None:
    made(cast)
    made(cast, "写得还有时间", due=date(2026, 12, 1))
    client = signed_in(cast.clerk)
    page = client.get("/problems/?stage=going&source=appraisal&year=2025").content.decode()
    assert "写得还有时间" in page and "自学没有抽查" not in page
    assert "没有符合条件的问题" in client.get("/problems/?stage=closed").content.decode()
    page = client.get("/problems/?open=2025-问题-01").content.decode()
    side = page[page.index('id="side"') :]
    assert "没有专人负责" in side and "每季度抽查一次" in side
    assert 'id="side"' not in client.get("/problems/?open=2025-问题-09").content.decode()


def test_words_are_put_right_on_their_own_pages(cast: Cast) -> None:
    problem = made(cast)
    client, where = signed_in(cast.clerk), f"/problems/{cast.branch.pk}/{problem.number}/"
    sent = Fields(client.get(where + "amend/").content.decode()).data
    assert "请写问题。" in client.post(where + "amend/", sent | {"title": [""]}).content.decode()
    client.post(where + "amend/", sent | {"title": ["自学抽查没有坚持"]})
    slip = client.post(where + "amend/", sent | {"title": [""]}).content.decode()
    assert (
        Fields(slip).data["revision"] == sent["revision"]
    )  # a slip of his own does not hide that somebody was quicker
    assert "刚刚被别人改过" in client.post(where + "amend/", sent | {"title": ["乙"]}).content.decode()
    sent = Fields(client.get(where + "measure/0/").content.decode()).data
    client.post(where + "measure/0/", sent | {"due_on": ["2026-12-20"]})
    problem.refresh_from_db()
    assert (problem.title, problem.measures.get().due_on) == ("自学抽查没有坚持", date(2026, 12, 20))
    assert client.get(where + "measure/7/").status_code == 404


def test_the_list_costs_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        made(cast, f"问题{number}")
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/problems/")


def test_two_who_report_progress_at_once_lose_nothing(cast: Cast) -> None:
    problem = made(cast)
    url = f"/problems/{cast.branch.pk}/{problem.number}/progress/0/"
    first, second = signed_in(cast.clerk), signed_in(cast.secretary)
    typed, late = Fields(first.get(url).content.decode()).data, Fields(second.get(url).content.decode()).data
    assert first.post(url, typed | {"proof": "抽查 4 次"}).status_code == 302
    answer = second.post(url, late | {"proof": "抽查 5 次"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "刚刚被别人改过" in body
    assert "抽查 4 次" in body  # what stands there now
    assert Fields(body).data["proof"] == ["抽查 5 次"]  # and what was typed
    assert problem.measures.get().proof == "抽查 4 次"
    assert second.post(url, Fields(body).data).status_code == 302
    assert problem.measures.get().proof == "抽查 5 次"


def test_who_closes_it_vouches_for_what_he_saw(cast: Cast) -> None:
    problem = made(cast)
    where = f"/problems/{cast.branch.pk}/{problem.number}/"
    clerk, other = signed_in(cast.clerk), signed_in(cast.secretary)

    def report_and_ask(words: str) -> None:
        typed = Fields(clerk.get(where + "progress/0/").content.decode()).data
        clerk.post(where + "progress/0/", typed | {"proof": words, "file": SimpleUploadedFile("通报.pdf", b"%PDF-1.7")})
        clerk.post(where + "ask/", {"closed_on": "2026-11-20"})

    report_and_ask("抽查 4 次")
    looked = Problem.objects.get().revision
    assert f'name="revision" value="{looked}"' in other.get(where).content.decode()
    report_and_ask("抽查 1 次")  # asked for anew, with other words than he read
    answer = other.post(where + "close/", {"revision": looked})
    assert answer.status_code == 422 and "请看过现在的内容再销号" in answer.content.decode()
    assert "抽查 1 次" in answer.content.decode() and Problem.objects.get().closed_on is None
    other.post(where + "close/", {"revision": Problem.objects.get().revision})
    assert Problem.objects.get().closed_on == TODAY
