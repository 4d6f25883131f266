"""导入党员: nothing before the confirmation, faults row by row, the same again changes nothing, a unit's own headings."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core import signing
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from tests.web.tables import Hidden, cells, confirmed, table, upload
from youju.journal.models import Line
from youju.people.members.models import Member, Membership
from youju.people.models import Headings, Post

pytestmark = pytest.mark.django_db
URL = "/people/import/"
HEAD = ["姓名", "所在组织", "类别", "转入日期", "职务", "任职日期"]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.clerk)


GOOD = [
    ["林小满", "第一党小组", "正式党员", date(2020, 1, 5), "", ""],
    ["何 秋生", "", "预备党员", "2026年3月1日", "", ""],
    ["方知秋", "第二", "", "2021.7.1", "党小组组长、青年委员", "2022/1/1"],
]
BAD = [
    ["", "", "", "2021-01-01", "", ""],
    ["许望山", "第九党小组", "群众", "前年", "大队长", ""],
    ["=1+1", "", "", "2021-01-01", "", ""],
]


def checked(client: Client, *rows: list[object], head: list[str] = HEAD) -> tuple[dict[str, str], str]:
    answer = client.post(URL, upload(table(head, *rows)))
    text = answer.content.decode()
    assert answer.status_code == 200, text
    return Hidden(text).data, text


def test_nothing_is_written_before_it_is_confirmed(cast: Cast, client: Client) -> None:
    before = (Member.objects.count(), Line.objects.count())
    fields, text = checked(client, *GOOD, *BAD)
    assert "可以导入 <b>3</b> 行" in text and "有问题 <b>3</b> 行" in text
    client.post(URL, fields | {"do": "check"})
    client.post(URL, fields | {"do": "faults"})
    assert (Member.objects.count(), Line.objects.count()) == before


def test_good_rows_are_kept_and_the_others_named(cast: Cast, client: Client) -> None:
    fields, text = checked(client, *GOOD, *BAD)
    for said in (
        "请写姓名",
        "没有“第九党小组”这个组织",
        "类别“群众”",
        "“前年”不是日期",
        "不认识职务“大队长”",
        "格子里是公式",
    ):
        assert said in text, said
    done = confirmed(client, URL, fields)
    assert "导入 <b>3</b> 行" in done and "3 行有问题没有导入" in done
    rows = {row.member.name: row for row in Membership.objects.filter(member__name__in=["林小满", "何秋生", "方知秋"])}
    assert rows["林小满"].unit == cast.groups[0]
    assert (rows["何秋生"].unit, rows["何秋生"].standing, rows["何秋生"].since) == (
        cast.branch, "probationary", date(2026, 3, 1),
    )  # fmt: skip
    posts = {(post.title, post.unit_id, post.since) for post in Post.objects.filter(member=rows["方知秋"].member)}
    day = date(2022, 1, 1)
    assert posts == {("group_leader", cast.groups[1].pk, day), ("youth", cast.branch.pk, day)}
    line = Line.objects.filter(verb="导入").get()
    assert (line.summary, line.unit_id, line.by_id) == ("members：导入党员3名，跳过0行", cast.branch.pk, cast.clerk.pk)


def test_the_same_file_again_changes_nothing(cast: Cast, client: Client) -> None:
    fields, _ = checked(client, *GOOD)
    confirmed(client, URL, fields)
    before = (Member.objects.count(), Membership.objects.count(), Post.objects.count())
    once_more = confirmed(client, URL, fields)  # the same page sent twice is one import
    assert "导入 <b>3</b> 行" in once_more
    fields, _ = checked(client, *GOOD)
    again = confirmed(client, URL, fields)
    assert "导入 <b>0</b> 行，已有的跳过 3 行" in again
    fields, text = checked(client, *GOOD)
    assert "可以导入 <b>0</b> 行，已有或重复、会跳过 3 行" in text
    assert (Member.objects.count(), Membership.objects.count(), Post.objects.count()) == before


def test_a_name_that_is_there_is_not_taken_twice(cast: Cast, client: Client) -> None:
    there = cast.people[0].name
    _, text = checked(client, [there, "", "", "2020-02-02", "", ""], GOOD[0], [*GOOD[0][:3], "2021-09-09", "", ""])
    assert f"名册里已有“{there}”" in text
    assert "第3行也是“林小满”" in text


def test_the_rows_that_were_not_taken_come_back_and_can_be_mended(cast: Cast, client: Client) -> None:
    fields, _ = checked(client, GOOD[0], ["许望山", "第九党小组", "", date(2021, 1, 1), "", ""])
    faults = cells(client.post(URL, fields | {"do": "faults"}).content)
    assert faults[0] == [*HEAD, "问题"]
    assert len(faults) == 2
    assert faults[1][0] == "许望山" and faults[1][3] == "2021-01-01"
    assert str(faults[1][6]).startswith("所在组织：没有“第九党小组”")
    faults[1][1] = "第一党小组"
    fields, text = checked(client, faults[1], head=[str(head) for head in faults[0]])
    assert "可以导入 <b>1</b> 行" in text
    confirmed(client, URL, fields)
    assert Membership.objects.get(member__name="许望山").unit == cast.groups[0]


def test_a_units_own_table_is_read_and_its_headings_remembered(cast: Cast, client: Client) -> None:
    own = table(
        ["青禾县供销社机关党支部花名册"],
        ["编号", "同志", "身份证号码", "党小组", "进支部那天"],
        [1, "林小满", "11010119900101123X", "第一党小组", "2020-01-05"],
    )  # fmt: skip
    answer = client.post(URL, upload(own))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有找到这些必填的列：姓名、转入日期" in text
    assert "身份证号码" in text and "不读、也不保存的列" in text
    fields = Hidden(text).data
    loaded = signing.loads(fields["sheet"], salt=f"youju.import.members.{cast.branch.pk}.{cast.clerk.pk}")
    assert "林小满" in str(loaded) and "11010119900101123X" not in str(loaded)  # it goes no further than the reading
    assert fields["c3"] == "unit"
    fields |= {"c1": "name", "c4": "since"}
    assert "可以导入 <b>1</b> 行" in client.post(URL, fields | {"do": "check"}).content.decode()
    confirmed(client, URL, fields)
    assert Membership.objects.get(member__name="林小满").unit == cast.groups[0]
    assert Headings.objects.get().meant["同志"] == "name"
    assert Line.objects.filter(verb="记住表头").count() == 1
    again = client.post(URL, upload(own))
    assert again.status_code == 200
    other = signed_in(cast.other_clerk).post(URL, upload(own))
    assert other.status_code == 422  # another unit has its own words


def test_the_template_can_be_filled_in(cast: Cast, client: Client) -> None:
    data = client.get("/people/import/template.xlsx").content
    rows = cells(data)
    assert rows[0][1] == "姓名*"
    assert str(rows[1][0]).startswith("示例")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<dataValidation" in package.read("xl/worksheets/sheet1.xml")
    assert "第一党小组" in [cell for row in cells(data, 2) for cell in row]
    filled = table(*rows, [1, "林小满", "第一党小组", "正式党员", date(2020, 1, 5), None, None])
    text = client.post(URL, upload(filled)).content.decode()
    assert "可以导入 <b>1</b> 行" in text and "周明远" not in text  # the example is not taken


def test_a_page_of_somebody_else_is_not_taken(cast: Cast, client: Client) -> None:
    fields, _ = checked(client, *GOOD)
    for thief in (cast.secretary, cast.other_clerk):
        answer = signed_in(thief).post(URL, fields | {"do": "keep"})
        assert answer.status_code == 422
        assert "请重新选择文件" in answer.content.decode()
    changed = fields | {"sheet": fields["sheet"][:-3] + "abc", "do": "keep"}
    assert client.post(URL, changed).status_code == 422
    assert not Member.objects.filter(name="林小满").exists()


def test_the_token_of_the_form_is_asked_for(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    assert client.post(URL, upload(table(HEAD, *GOOD))).status_code == 403


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook>" + b" " * 60_000_000 + b"</workbook>")
        package.writestr("xl/_rels/workbook.xml.rels", b"<Relationships/>")
    return out.getvalue()


def with_part(name: str, data: bytes = b"<x/>") -> bytes:
    out = io.BytesIO(table(HEAD, *GOOD))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, data)
    return out.getvalue()


def with_entities() -> bytes:
    whole, out = zipfile.ZipFile(io.BytesIO(table(HEAD, *GOOD))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb, "大得不正常"),
        (lambda: with_part("xl/externalLinks/externalLink1.xml"), "链接"),
        (lambda: with_part("xl/connections.xml"), "链接"),
        (lambda: with_part("xl/vbaProject.bin"), "宏"),
        (with_entities, "表格损坏"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (lambda: "姓名,日期".encode(), "不是 Excel"),
        (lambda: b"PK\x03\x04" + b"\0" * 50, "表格损坏"),
        (lambda: table(), "表是空的"),
        (lambda: table(HEAD, *[GOOD[0]] * 5012), "超过 5000 行"),
        (lambda: b"PK" + b"\0" * 21_000_000, "20 MB"),
    ],
)  # fmt: skip
def test_a_hostile_file_gives_one_sentence(client: Client, data: object, said: str) -> None:
    answer = client.post(URL, upload(data()))  # type: ignore[operator]
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Member.objects.filter(name="林小满").exists()


def test_a_text_that_begins_with_an_equals_sign_is_a_text(client: Client) -> None:
    data = table(HEAD, ["=林小满", "", "", "2020-01-05", "", ""], texts=["A2"])
    assert "可以导入 <b>1</b> 行" in client.post(URL, upload(data)).content.decode()


def test_who_joins_stands_on_past_rosters(cast: Cast, client: Client) -> None:
    fields, _ = checked(client, ["林小满", "", "", "2020-01-05", "", ""])
    confirmed(client, URL, fields)
    held = make.activity(cast.branch, "party_meeting", date(2023, 5, 5))
    assert held.roster.filter(member__name="林小满").exists()
