"""A project from its goal to its outcome, through the pages alone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.projects.actions import start_project
from youju.records.projects.models import Milestone, Project
from youju.records.projects.values import ProjectDraft
from youju.records.steps.values import StepDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY, 9)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def made(
    cast: Cast, title: str = "树岗位先锋", *, due: date | None = date(2026, 11, 15), kind: str = "secretary"
) -> Project:
    draft = ProjectDraft(kind, title, "每个岗位有一名先锋", date(2026, 2, 10), date(2026, 12, 20))
    step = StepDraft("摸清底数", due, cast.people[1].pk)
    return start_project(unit=cast.branch, draft=draft, milestones=(step,), by=None, at=AT)


def where(project: Project) -> str:
    return f"/work/projects/{project.unit_id}/{project.number}/"


def said(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_from_goal_to_outcome(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    held = make.activity(cast.branch, "committee_meeting", date(2026, 11, 5), title="研究岗位先锋")
    typed = Fields(said(client, "/work/projects/new/")).data
    assert typed["kind"] == ["secretary"] and typed["since"] == ["2026-11-20"]
    typed |= {
        "title": ["树岗位先锋"],
        "goal": ["每个岗位有一名先锋"],
        "business": ["农资服务窗口"],
        "since": ["2026-11-01"],
    }
    typed |= {"step0-text": ["摸清底数"], "step0-due_on": ["2026-11-10"], "aims": ["示范：班子带头"]}
    url = unquote(client.post("/work/projects/new/", typed)["Location"])
    assert url == f"/work/projects/{cast.branch.pk}/2026-项目-01/"
    page = said(client, url)
    assert "农资服务窗口" in page and "逾期 10 天" in page and "示范" in page
    # The home page says so too, and leads to the form that settles it.
    home = said(client, "/")
    assert "完成2026-项目-01第1项项目节点" in home and "填进展" in home
    step = Fields(said(client, url + "milestones/0/")).data
    assert step["done_on"] == ["2026-11-20"]
    proof = SimpleUploadedFile("名册.txt", "岗位名册".encode())
    client.post(url + "milestones/0/", {**step, "proof": "底数已建册", "file": proof})
    assert "佐证文件" in said(client, url) and "完成 1/1" in said(client, url)
    wrong = client.post(url + "records/", {"record": "2026-支委-99", "what": "研究"})
    assert wrong.status_code == 422 and "没有这个编号的记录" in wrong.content.decode()
    aim = re.search(r'<option value="(\d+)">示范', said(client, url))
    assert aim
    client.post(url + "records/", {"record": held.number, "what": "研究立项", "aim": aim[1]})
    empty = client.post(url + "materials/", {"caption": "方案"})
    assert empty.status_code == 422 and "请选一个文件。" in empty.content.decode()
    plan = SimpleUploadedFile("方案.txt", "实施方案".encode())
    client.post(url + "materials/", {"caption": "方案", "file": plan})
    page = said(client, url)
    assert "研究立项" in page and "1 份" in page
    file = re.search(r'href="([^"]*/files/\d+/)">方案', page)
    assert file and b"".join(client.get(file[1]).streaming_content) == "实施方案".encode()  # type: ignore[arg-type]
    bare = client.post(url + "finish/", {"outcome": "", "done_on": "2026-11-20"})
    assert bare.status_code == 422 and "请写成效。" in bare.content.decode()
    client.post(url + "finish/", {"outcome": "岗位都有人领", "done_on": "2026-11-20"})
    page = said(client, url)
    assert "已完成" in page and "岗位都有人领" in page and "重新打开" in page
    year = Period.year(2026)
    assert [ask(name, cast.branch, year, as_of=TODAY).value for name in ("书记项目数", "书记项目完成数", "项目节点完成数")] == [
        1, 1, 1,
    ]  # fmt: skip
    for paper in (said(client, url + "print/"), docx(client.get(url + "project.docx").content)):
        for word in ("树岗位先锋", "每个岗位有一名先锋", "农资服务窗口", "底数已建册", held.number, "岗位都有人领"):
            assert word in paper, word


def docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


def test_the_list_is_grouped_filtered_and_goes_to_excel(cast: Cast) -> None:
    made(cast)
    made(cast, "供销红网", due=None, kind="brand")
    client = signed_in(cast.committee)
    page = said(client, "/work/projects/")
    assert (
        page.index("逾期，先办这些")
        < page.index("树岗位先锋")
        < page.index("进行中 1 个</h2>")
        < page.index("供销红网")
    )
    assert "/work/projects/new/" not in page  # a committee member reads
    assert "树岗位先锋" not in said(client, "/work/projects/?kind=brand")
    book = load_workbook(io.BytesIO(client.get("/work/projects/export.xlsx").content))
    _, first, second = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert (first[0], first[8], second[1]) == ("2026-项目-01", "逾期", "党建品牌")


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    assert "建第一个书记项目" in said(signed_in(cast.clerk), "/work/projects/")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写名称。"),
        ({"goal": ""}, "请写目标。"),
        ({"since": "昨天"}, "立项日期请写成"),
        ({"until": "2026-01-01"}, "完成时限不能早于立项日期。"),
        ({"kind": "别的"}, "请选项目种类。"),
        ({"step0-text": "", "step0-due_on": "2026-12-01"}, "有责任人或时限，请写内容。"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    client = signed_in(cast.clerk)
    sent = {"kind": "secretary", "title": "甲", "goal": "乙", "since": "2026-11-01", "business": "农资"} | typed
    answer = client.post("/work/projects/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count(sentence) == 2 and "<title>错误：" in page
    assert Fields(page).data["business"] == ["农资"] and not Project.objects.exists()


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    project = made(cast)
    first, second = signed_in(cast.clerk), signed_in(cast.secretary)
    for url, changed in (("change/", {"goal": "甲的目标"}), ("milestones/0/", {"proof": "甲的进展"})):
        typed, late = (Fields(said(one, where(project) + url)).data for one in (first, second))
        assert first.post(where(project) + url, typed | {k: [v] for k, v in changed.items()}).status_code == 302
        key = next(iter(changed))
        answer = second.post(where(project) + url, late | {key: ["乙写的"]})
        body = answer.content.decode()
        assert answer.status_code == 422 and "刚刚被别人改过" in body and changed[key] in body
        assert Fields(body).data[key] == ["乙写的"]
        assert second.post(where(project) + url, Fields(body).data).status_code == 302
    project.refresh_from_db()
    assert project.goal == "乙写的" and Milestone.objects.get().proof == "乙写的"


def test_a_step_is_changed_and_taken_out_and_a_project_stopped(cast: Cast) -> None:
    project = made(cast)
    client, url = signed_in(cast.clerk), where(project)
    assert "请写内容。" in client.post(url + "milestones/new/", {"text": ""}).content.decode()
    client.post(url + "milestones/new/", {"text": "挂牌上岗"})
    assert client.post(url + "milestones/1/change/", {"text": "挂牌", "due_on": "2026-12-01"}).status_code == 302
    client.post(url + "milestones/0/drop/")
    page = said(client, url)
    assert "摸清底数" not in page and "挂牌" in page
    stopped = client.post(url + "stop/", {"reason": "", "stopped_on": "2026-11-20"})
    assert "请写中止原因。" in stopped.content.decode()
    client.post(url + "stop/", {"reason": "业务调整", "stopped_on": "2026-11-20"})
    assert "中止：业务调整" in said(client, url) and "项目节点" not in said(client, "/")
    assert (
        "要改先重新打开"
        in client.post(url + "milestones/1/", {"proof": "做", "done_on": "2026-11-20"}).content.decode()
    )
    client.post(url + "resume/")
    assert "进行中" in said(client, url)


def test_the_pages_cost_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    projects = [made(cast, f"项目{number}") for number in range(8)]
    client = signed_in(cast.clerk)
    for url in ("/work/projects/", where(projects[0])):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            client.get(url)


def test_another_units_file_and_links_are_not_there(cast: Cast) -> None:
    project = made(cast)
    client = signed_in(cast.clerk)
    for url in ("files/999999/", "milestones/9/"):
        assert client.get(where(project) + url).status_code == 404
    for url in ("records/999999/remove/", "materials/999999/remove/", "milestones/9/drop/"):
        assert client.post(where(project) + url).status_code == 404
    theirs = make.activity(cast.other, "theme_day", date(2026, 11, 5))
    answer = client.post(where(project) + "records/", {"record": theirs.number})
    assert answer.status_code == 422 and "没有这个编号的记录" in answer.content.decode()


def test_who_has_left_still_answers_for_what_he_began(cast: Cast) -> None:
    """A correction of something else does not take him off."""
    project = made(cast)
    Project.objects.update(owner=cast.people[1])
    make.leave(cast.people[1], on=date(2026, 11, 1))
    client = signed_in(cast.clerk)
    for url in ("change/", "milestones/0/change/"):
        typed = Fields(said(client, where(project) + url)).data
        assert client.post(where(project) + url, typed).status_code == 302
    assert Project.objects.get().owner == cast.people[1] == Milestone.objects.get().owner
