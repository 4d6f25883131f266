"""Lists through the pages alone: entered, checked in their rhythm, filtered, printed, taken out and brought in again."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import Hidden, cells, confirmed, table, upload
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.lists.actions import add_item
from youju.records.lists.importing import ITEM_COLUMNS
from youju.records.lists.kinds import LIST_KINDS
from youju.records.lists.models import ItemCheck, ListItem
from youju.records.lists.values import ItemDraft, Rhythm

pytestmark = pytest.mark.django_db
TODAY, BEGAN = date(2026, 11, 20), date(2026, 2, 10)
AT = make.moment(TODAY, 9)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def made(cast: Cast, title: str = "专题研究", kind: str = "ideology", **more: object) -> ListItem:
    given: dict[str, object] = {"kind": kind, "title": title, "since": BEGAN, "rhythm": Rhythm.QUARTERLY}
    return add_item(unit=cast.branch, draft=ItemDraft(**(given | more)), by=None, at=AT)  # type: ignore[arg-type]


def where(item: ListItem) -> str:
    return f"/lists/{item.unit_id}/{item.number}/"


def said(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_from_entering_to_the_check(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    held = make.activity(cast.branch, "ideology_study", date(2026, 11, 5), title="研究意识形态")
    page = said(client, "/lists/new/?kind=ideology")
    typed = Fields(page).data
    assert "不记谁说过什么" in page and typed["rhythm"] == ["half_yearly"]
    typed |= {"title": ["专题研究意识形态工作"], "requirement": ["每年不少于两次"], "since": ["2026-07-01"]}
    typed |= {"owner": [str(cast.people[1].pk)]}
    url = unquote(client.post("/lists/new/?kind=ideology", typed)["Location"])
    assert url == f"/lists/{cast.branch.pk}/2026-意识-01/"
    page = said(client, url)
    assert "每年不少于两次" in page and "待检查" in page and cast.people[1].name in page
    home = said(client, "/")
    assert "检查2026-意识-01" in home and url + "check/" in unquote(home)
    check = Fields(said(client, url + "check/")).data
    assert check["done_on"] == ["2026-11-20"]
    proof = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
    sent = {**check, "text": "支委会研究了", "done_on": "2026-11-05", "record": held.number, "file": proof}
    assert client.post(url + "check/", sent).status_code == 302
    page = said(client, url)
    assert "已检查" in page and "支委会研究了" in page and f"/ledger/{cast.branch.pk}/{held.number}/" in unquote(page)
    file = re.search(r'href="([^"]*/files/\d+/)">佐证文件', page)
    assert file and b"".join(client.get(file[1]).streaming_content) == "会议纪要".encode()  # type: ignore[arg-type]
    year = Period.year(2026)
    names = ("意识形态工作事项数", "清单检查次数", "意识形态清单落实率")
    assert [ask(name, cast.branch, year, as_of=TODAY).value for name in names] == [1, 1, 100]
    drop = re.search(r'action="([^"]*/checks/\d+/drop/)"', page)
    assert drop and client.post(drop[1]).status_code == 302
    assert "还没有检查" in said(client, url) and ItemCheck.objects.get().dropped_on == TODAY


def test_a_rule_has_versions_and_says_which_is_in_force(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(said(client, "/lists/new/?kind=system")).data
    typed |= {"title": ["三会一课制度"], "word_level": ["本支部制度"], "since": ["2024-01-10"]}
    url = unquote(client.post("/lists/new/?kind=system", typed)["Location"])
    assert "还没有版本" in said(client, url)
    for day, text in (("2024-01-10", "每月一次支委会"), ("2026-03-01", "每月两次支委会"), ("2027-01-01", "另定")):
        form = Fields(said(client, url + "version/")).data
        assert client.post(url + "version/", {**form, "in_force": day, "text": text}).status_code == 302
    page = said(client, url)
    assert page.index("未施行") < page.index("现行") < page.index("已被替代") and "3 版" in page
    empty = client.post(url + "version/", {"in_force": "2026-05-01"})
    assert empty.status_code == 422 and "请写正文，或传一份文件。" in empty.content.decode()
    assert client.get(where(made(cast)) + "version/").status_code == 404


def test_the_overview_and_a_list_say_what_is_owed(cast: Cast) -> None:
    client = signed_in(cast.committee)
    page = said(client, "/lists/")
    assert "清单都还是空的" in page and "/lists/new/" not in page  # a committee member reads
    assert "意识形态工作清单还是空的" in said(client, "/lists/ideology/")
    made(cast, owner_id=cast.people[0].pk)
    made(cast, "列入要点", rhythm=Rhythm.YEARLY)
    made(cast, "支部工作群", "channel", rhythm=Rhythm.NONE, words={"type": "工作群", "purpose": "通知会议"})
    page = said(client, "/lists/")
    assert "逾期 1 项" in page and "在用 3 项" in page
    page = said(client, "/lists/ideology/")
    assert (
        page.index("逾期，先查这些 1 项</h2>")
        < page.index("专题研究")
        < page.index("待检查 1 项</h2>")
        < page.index("列入要点")
    )
    assert "应于2026年3月31日前" in page and "还有 41 天" in page
    assert "列入要点" not in said(client, "/lists/ideology/?stage=late")
    assert "专题研究" not in said(client, f"/lists/ideology/?words=要点&owner={cast.people[0].pk}")
    assert "没有符合条件的事项" in said(client, "/lists/ideology/?words=没有的词")
    assert "不接收也不保存任何消息" in said(client, "/lists/channel/") and "通知会议" in said(client, "/lists/channel/")
    said(client, "/lists/chat/", 404)
    paper = said(client, "/lists/print/?kind=channel")
    assert "支部工作群" in paper and "通知会议" in paper and "专题研究" not in paper


def test_what_is_taken_out_can_be_brought_in_once(cast: Cast) -> None:
    made(cast, owner_id=cast.people[0].pk)
    made(cast, "支部工作群", "channel", rhythm=Rhythm.NONE, words={"type": "工作群", "purpose": "通知会议"})
    client, other = signed_in(cast.clerk), signed_in(cast.other_clerk)
    out = client.get("/lists/export.xlsx").content
    assert cells(out)[1][:2] == ["渠道", "支部工作群"]  # headings above
    assert len(cells(client.get("/lists/export.xlsx?kind=ideology").content)) == 2
    again = client.post("/lists/import/", upload(out)).content.decode()
    assert "会跳过 2 行" in again and "可以导入 <b>0</b> 行" in again
    # Another branch has nobody of that name; its other rows are taken over whole.
    page = other.post("/lists/import/", upload(out)).content.decode()
    assert "可以导入 <b>1</b> 行" in page and "名册里没有党员" in page
    done = confirmed(other, "/lists/import/", Hidden(page).data)
    assert "导入 <b>1</b> 行" in done
    taken = ListItem.objects.get(unit=cast.other)
    assert {word.field: word.text for word in taken.words.all()} == {"type": "工作群", "purpose": "通知会议"}
    head = [column.zh for column in ITEM_COLUMNS if column.id in ("kind", "title", "rhythm", "post", "since")]
    wrong = [["朋友圈", "看", "", "", "2026-01-01"], ["一岗双责清单", "一起部署", "", "每季度", "2026-01-01"]]
    wrong += [["主体责任清单", "", "", "随时", ""], ["渠道", "公众号", "", "", "2026-01-01"]]
    wrong += [["标准化建设清单", "有计划", "", "办一次", "2026-01-01"]]
    page = client.post("/lists/import/", upload(table(head, *wrong))).content.decode()
    for sentence in (
        "清单请写：",
        "一岗双责清单要写岗位",
        "请写事项",
        "周期请写：",
        "请填列入日期",
        "渠道请写类型",
        "只办一次的，请填时限",
    ):
        assert sentence in page, sentence


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("ideology", {"title": ""}, "请写事项。"),
        ("ideology", {"since": "昨天"}, "列入日期请写成"),
        ("ideology", {"since": "2027-01-01"}, "列入日期不能在将来"),
        ("ideology", {"rhythm": "once"}, "只办一次的，请填时限。"),
        ("ideology", {"first_due": "2026-01-01", "rhythm": "monthly"}, "首次时限不能早于列入日期"),
        ("ideology", {"owner": "999999"}, "责任人"),
        ("post_duty", {}, "请选岗位。"),
        ("channel", {"word_type": "工作群"}, "请写用途。"),
        ("venue", {"word_place": "\u202e楼"}, "看不见"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, kind: str, typed: dict[str, str], sentence: str) -> None:
    sent = {"title": "甲", "requirement": "要求写好", "since": "2026-11-01", "rhythm": "none"} | typed
    answer = signed_in(cast.clerk).post(f"/lists/new/?kind={kind}", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "<title>错误：" in page
    assert Fields(page).data["requirement"] == ["要求写好"] and not ListItem.objects.exists()


def test_wrong_checks_and_ends_say_why(cast: Cast) -> None:
    item = made(cast)
    client = signed_in(cast.clerk)
    theirs = make.activity(cast.other, "theme_day", date(2026, 11, 5))
    for page, sent, sentence in (
        ("check/", {"text": "", "done_on": "2026-11-20"}, "请写情况。"),
        ("check/", {"text": "查了", "done_on": "2026-11-21"}, "检查日期不能在将来。"),
        ("check/", {"text": "查了", "done_on": "2026-11-20", "record": theirs.number}, "没有这个编号的记录"),
        ("end/", {"reason": "", "until": "2026-11-20"}, "请写停用原因。"),
        ("end/", {"reason": "合并", "until": "2026-01-01"}, "停用日期不能早于列入日期"),
    ):
        answer = client.post(where(item) + page, sent)
        assert answer.status_code == 422 and sentence in answer.content.decode(), sentence
    client.post(where(item) + "end/", {"reason": "合并到别处", "until": "2026-11-20"})
    home = said(client, "/")
    assert "合并到别处" in said(client, where(item))
    # What was missed before stays missed; the quarter in which it ends is owed no more.
    assert (
        "应于 3月31日前" in home
        and "应于 9月30日前" in home
        and "应于 12月31日前" not in home.split("检查2026-意识-01")[-1][:300]
    )
    assert "已停用 1 项" in said(client, "/lists/ideology/")
    client.post(where(item) + "resume/")
    assert "合并到别处" not in said(client, where(item))


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    item = made(cast)
    first, second = signed_in(cast.clerk), signed_in(cast.secretary)
    typed, late = (Fields(said(one, where(item) + "change/")).data for one in (first, second))
    assert first.post(where(item) + "change/", typed | {"requirement": ["甲的要求"]}).status_code == 302
    slip = second.post(where(item) + "change/", late | {"requirement": ["乙写的"], "since": ["2027-01-01"]})
    assert (
        slip.status_code == 422 and "别人改过" not in slip.content.decode()
    )  # a slip of his own tells him nothing yet
    late = Fields(slip.content.decode()).data | {"since": late["since"]}
    answer = second.post(where(item) + "change/", late | {"requirement": ["乙写的"]})
    body = answer.content.decode()
    assert answer.status_code == 422 and "刚刚被别人改过" in body and "甲的要求" in body
    assert Fields(body).data["requirement"] == ["乙写的"]
    assert second.post(where(item) + "change/", Fields(body).data).status_code == 302
    item.refresh_from_db()
    assert item.requirement == "乙写的"


def test_what_is_another_units_is_not_there(cast: Cast) -> None:
    item = made(cast)
    for page in ("", "change/", "check/", "end/", "version/", "files/1/"):
        assert signed_in(cast.other_clerk).get(where(item) + page).status_code == 404
    client = signed_in(cast.clerk)
    said(client, where(item) + "files/999999/", 404)
    assert client.post(where(item) + "checks/999999/drop/").status_code == 404
    assert signed_in(cast.committee).get(where(item) + "check/").status_code == 403
    assert signed_in(cast.superior).get(where(item)).status_code in (403, 404)


def test_the_pages_cost_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for kind in LIST_KINDS.values():
        words = {field.id: (field.choices or ("写明",))[0] for field in kind.fields}
        for number in range(3):
            post = "secretary" if kind.post == "must" else ""
            made(cast, f"事项{number}", kind.id, words=words, post=post, rhythm=kind.rhythm)
    client = signed_in(cast.clerk)
    for url in ("/lists/", "/lists/venue/", where(ListItem.objects.all()[0])):
        with django_assert_max_num_queries(22):  # type: ignore[operator]
            client.get(url)
