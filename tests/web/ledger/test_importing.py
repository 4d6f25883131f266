"""导入台账 and 转录: rows become records as if typed one by one, the same again changes nothing, faults name their cell."""

from __future__ import annotations

import time
from datetime import date, datetime
from datetime import time as hour

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import Hidden, cells, confirmed, table, upload
from youju.figures.queries import ask
from youju.journal.models import Line, Revision
from youju.kit.periods import Period
from youju.records.activities.actions import correct_activity, remove_activity
from youju.records.activities.guest_words import say_guests
from youju.records.activities.models import Session
from youju.records.activities.queries import record_of
from youju.records.activities.values import ActivityDraft
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
URL = "/ledger/import/"
HEAD = [
    "日期", "开始", "结束", "类型", "主题", "主办", "地点", "主持人", "记录人", "授课人", "领学人", "发言人", "应到", "请假人员", "缺席人员",
    "参加人员", "列席和来宾", "议题", "决议", "成效", "活动形式", "专题", "面向", "结合业务", "学习材料", "所属年度", "转录自",
]  # fmt: skip
BOOK = "2023年会议记录本第12页"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.clerk)


def row(**said: object) -> list[object]:
    words = {
        "日期": date(2023, 3, 5), "开始": hour(14, 30), "类型": "党员大会、党课", "主题": "学习党章", "转录自": BOOK,
    } | said  # fmt: skip
    return [words.get(head, "") for head in HEAD]


def checked(client: Client, *rows: list[object], head: list[str] = HEAD) -> tuple[dict[str, str], str]:
    answer = client.post(URL, upload(table(head, *rows)))
    text = answer.content.decode()
    assert answer.status_code == 200, text
    return Hidden(text).data, text


def imported(client: Client, *rows: list[object]) -> str:
    fields, _ = checked(client, *rows)
    return confirmed(client, URL, fields)


def test_a_row_becomes_a_record(cast: Cast, client: Client) -> None:
    people = cast.people
    text = imported(
        client,
        row(
            结束=hour(16, 0), 地点="二楼", 主持人=people[0].name, 记录人=people[3].name, 授课人=people[0].name, 应到=9,
            请假人员=f"{people[7].name}（公出）、{people[6].name} 病假", 缺席人员=people[8].name,
            议题="第一议题：学习准则\n2. 讨论计划", 决议="无\n同意年度计划", 成效="已印发",
        ),
    )  # fmt: skip
    assert "导入 <b>1</b> 行" in text
    session = Session.objects.get()
    assert session.number == "2023-大会-01"
    assert [k.kind for k in session.kind_rows.all()] == ["party_meeting", "party_lecture"]
    assert session.starts_at == make.moment(date(2023, 3, 5), 14, 30)
    assert session.ends_at == make.moment(date(2023, 3, 5), 16)
    assert (session.chair, session.recorder, session.transcribed_from) == (people[0], people[3], BOOK)
    marks = {r.member_id: (r.attendance, r.leave_category) for r in session.roster.all()}
    assert len(marks) == 9
    assert marks[people[7].pk] == ("leave", "duty")
    assert marks[people[6].pk] == ("leave", "sick")
    assert marks[people[8].pk] == ("absent", "")
    assert [(i.title, i.kind, [r.text for r in i.resolutions.all()]) for i in session.agenda.all()] == [
        ("学习准则", "first_topic", []), ("讨论计划", "ordinary", ["同意年度计划"]),
    ]  # fmt: skip
    page = client.get(f"/ledger/{cast.branch.pk}/{session.number}/").content.decode()
    assert "转录自 2023年会议记录本第12页" in page
    assert "补录" not in page
    assert Revision.objects.filter(noun="session", object_id=session.pk).count() == 1


def test_nothing_is_written_before_it_is_confirmed(client: Client) -> None:
    before = Line.objects.count()
    fields, text = checked(client, row(), row(主题=""))
    assert "可以导入 <b>1</b> 行" in text and "有问题 <b>1</b> 行" in text
    client.post(URL, fields | {"do": "faults"})
    assert (Session.objects.count(), Line.objects.count()) == (0, before)
    confirmed(client, URL, fields)
    lines = list(Line.objects.filter(pk__gt=0, noun="import"))
    assert [line.summary for line in lines] == ["导入记录1条，跳过0行"]


def test_the_same_row_again_is_skipped(cast: Cast, client: Client) -> None:
    rows = [row(), row(主题="另一次")]
    imported(client, *rows)
    assert "已有的跳过 2 行" in imported(client, *rows)
    assert Session.objects.count() == 2
    # A corrected record is still the one that this row made.
    session = Session.objects.get(title="学习党章")
    draft = ActivityDraft(
        ("party_meeting",), "学习党章（改）", session.starts_at,
        roster=make.everyone(cast.branch, ["party_meeting"], session.held_on),
    )  # fmt: skip
    correct_activity(
        session=session, draft=draft, revision=1, reason="题目写漏了", by=None, at=make.moment(date(2026, 11, 20))
    )
    assert "已有的跳过 2 行" in imported(client, *rows)
    # What was typed by hand is the same too.
    make.activity(cast.branch, "theme_day", date(2024, 5, 6), title="植树")
    text = imported(client, row(日期="2024-05-06", 开始="15:00", 类型="主题党日", 主题="植树"))
    assert "已有的跳过 1 行" in text
    assert Session.objects.count() == 3


def test_rows_that_name_no_book_are_said_to_be_late(client: Client) -> None:
    late = row(转录自="", 主题="没写出处")
    fields, text = checked(client, row(), late, row(转录自="", 主题="前天", 日期=date(2026, 11, 18)))
    assert "其中 1 行没有写“转录自”，会标为补录" in text
    confirmed(client, URL, fields)
    page = client.get("/ledger/?words=没写出处").content.decode()
    assert "补录" in page
    assert "补录" not in client.get("/ledger/?words=学习党章").content.decode()


def test_a_removed_record_does_not_come_back_by_itself(client: Client) -> None:
    imported(client, row())
    remove_activity(session=Session.objects.get(), reason="记错了", by=None, at=make.moment(date(2026, 11, 20)))
    _, text = checked(client, row())
    assert "后来删除了" in text


def test_an_imported_ledger_is_whole_and_counts(cast: Cast, client: Client) -> None:
    imported(client, *[row(日期=date(2023, month, 5), 类型="主题党日", 主题=f"{month}月") for month in range(1, 11)])
    assert faults() == []
    answer = ask("主题党日次数", cast.branch, Period.year(2023), as_of=date(2026, 11, 20))
    assert answer.value == 10
    assert {each.number for each in answer.rows} == set(Session.objects.values_list("number", flat=True))


def test_two_rows_alike_are_one(client: Client) -> None:
    _, text = checked(client, row(), row())
    assert "可以导入 <b>1</b> 行" in text and "会跳过 1 行" in text


@pytest.mark.parametrize(
    ("said", "column", "sentence"),
    [
        ({"日期": "去年三月"}, "日期", "不是日期"),
        ({"日期": date(2027, 1, 1)}, "日期", "还没有开的会不能记录"),
        ({"日期": "0024-05-06", "类型": "走访"}, "日期", "1921 年到 2100 年"),
        ({"日期": ""}, "日期", "请填日期"),
        ({"开始": "下午"}, "开始", "不是时间"),
        ({"结束": hour(14, 0)}, "结束", "结束时间须晚于开始时间"),
        ({"类型": "茶话会"}, "类型", "不认识类型“茶话会”"),
        ({"主题": "长" * 121}, "主题", "最多 120 字"),
        ({"主办": "第九党小组"}, "主办", "没有“第九党小组”"),
        ({"类型": "党小组会"}, "主办", "请在“主办”写明"),
        ({"主持人": "没这个人"}, "主持人", "名册里没有“没这个人”"),
        ({"应到": 22}, "应到", "应到写的是22人，名册当天应到9人"),
        ({"应到": "很多"}, "应到", "请填人数"),
        ({"请假人员": "没这个人（公出）"}, "请假人员", "不在当天的应到名单里"),
        ({"缺席人员": "没这个人"}, "缺席人员", "不在当天的应到名单里"),
        ({"参加人员": "没这个人"}, "参加人员", "不填参加人员"),
        ({"决议": "同意"}, "议题", "有决议，请写议题"),
        ({"议题": "一件事\n两件事\n三件事", "决议": "同意\n同意"}, "决议", "对不上"),
        ({"所属年度": "去年"}, "所属年度", "2023"),
        ({"所属年度": 2019}, "所属年度", "只能是 2023 年或 2022 年"),
        ({"日期": date(2014, 1, 1)}, "日期", "名册里当天没有应到的人"),
        ({"类型": "谈心谈话", "成效": "思想稳定"}, "成效", "不记内容"),
        ({"类型": "走访", "缺席人员": "没这个人"}, "缺席人员", "没有应到名单"),
        ({"地点": "=A1"}, "地点", "格子里是公式"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell(client: Client, said: dict[str, object], column: str, sentence: str) -> None:
    _, text = checked(client, row(**said))
    assert f"<b>{column}</b>" in text
    assert sentence in text
    assert "可以导入 <b>0</b> 行" in text


def test_a_diagnosis_is_not_kept(cast: Cast, client: Client) -> None:
    _, text = checked(client, row(请假人员=f"{cast.people[7].name}（腰椎间盘突出）"))
    assert "病名、事由不写" in text


def test_names_that_two_bear_are_a_fault(cast: Cast, client: Client) -> None:
    for since in (date(2019, 1, 1), date(2020, 1, 1)):
        make.member(cast.groups[0], "张伟", since=since)
    _, text = checked(client, row(主持人="张伟", 缺席人员="张伟"))
    assert "当天有2名党员叫“张伟”" in text
    assert "应到名单里有2人叫“张伟”" in text


def test_who_is_on_the_roster_is_asked_of_that_day(cast: Cast, client: Client) -> None:
    make.member(cast.groups[0], "林小满", since=date(2024, 1, 1))
    _, text = checked(client, row(主持人="林小满"))
    assert "“林小满”当天不在册" in text
    imported(client, row(主题="之后", 日期=date(2024, 3, 5), 主持人="林小满"))
    assert Session.objects.get().roster.count() == 10


def test_committee_groups_and_open_kinds_have_their_own_rosters(cast: Cast, client: Client) -> None:
    people = cast.people
    text = imported(
        client,
        row(类型="支委会", 主题="研究计划"),
        row(类型="党小组会", 主题="小组学习", 主办="第一党小组"),
        row(类型="走访", 主题="走访农户", 参加人员=f"{people[1].name}、{people[2].name}"),
    )
    assert "导入 <b>3</b> 行" in text
    found = {session.title: session for session in Session.objects.all()}
    assert found["研究计划"].roster.count() == 5
    assert (found["小组学习"].unit, found["小组学习"].roster.count()) == (cast.groups[0], 5)
    assert {r.member for r in found["走访农户"].roster.all()} == {people[1], people[2]}


def test_faulty_rows_are_mended_and_brought_again(cast: Cast, client: Client) -> None:
    fields, _ = checked(client, row(), row(主题="第二次", 主持人="没这个人"))
    wrong = cells(client.post(URL, fields | {"do": "faults"}).content)
    assert wrong[0][-1] == "问题" and len(wrong) == 2
    assert wrong[1][:2] == ["2023-03-05", "14:30"]
    confirmed(client, URL, fields)
    wrong[1][HEAD.index("主持人")] = cast.people[0].name
    fields, text = checked(client, wrong[1], head=[str(head) for head in wrong[0]])
    assert "可以导入 <b>1</b> 行" in text
    confirmed(client, URL, fields)
    assert Session.objects.count() == 2


def test_the_template_holds_the_lists_and_its_example_is_not_taken(cast: Cast, client: Client) -> None:
    data = client.get("/ledger/import/template.xlsx").content
    rows = cells(data)
    assert [str(head).rstrip("*") for head in rows[0][1:]] == HEAD
    options = {cell for line in cells(data, 2) for cell in line}
    assert {"党员大会", "主题党日", "第一党小组", cast.people[0].name} <= options
    answer = client.post(URL, upload(table(*rows, [1, *row()])))
    assert "可以导入 <b>1</b> 行" in answer.content.decode()


def test_a_years_rows_are_judged_and_kept_in_seconds(cast: Cast, client: Client) -> None:
    rows = [row(日期=datetime(2023, 1 + n % 12, 1 + n // 12), 主题=f"第{n}次") for n in range(230)]
    began = time.process_time()
    fields, text = checked(client, *rows)
    looked = time.process_time()
    assert "可以导入 <b>230</b> 行" in text
    confirmed(client, URL, fields)
    kept = time.process_time()
    print(f"230 rows: {looked - began:.2f} s of CPU to check, {kept - looked:.2f} s to import")
    assert Session.objects.count() == 230
    assert kept - began < 20


# -- 转录, line by line -------------------------------------------------------------------------------------------------

LINES = "/ledger/transcribe/"


def typed(client: Client, *rows: dict[str, str], book: str = "2023年会议记录本") -> dict[str, object]:
    fields: dict[str, object] = dict(Fields(client.get(LINES).content.decode()).data)
    for number, said in enumerate(rows, start=1):
        fields |= {f"l{number}-{name}": value for name, value in said.items()}
    return fields | {"book": book}


def line(**said: str) -> dict[str, str]:
    return {"day": "2023-03-05", "start": "14:30", "kinds": "党员大会", "title": "学习党章", "pages": "12"} | said


def test_lines_of_a_book_become_records(cast: Cast, client: Client) -> None:
    away = f"{cast.people[8].name}（公出）"
    answer = client.post(
        LINES, typed(client, line(leave=away), line(title="第二次", day="2023年4月2日", pages="13-14"))
    )
    assert answer.status_code == 302
    found = {session.title: session for session in Session.objects.all()}
    assert found["学习党章"].transcribed_from == "2023年会议记录本第12页"
    assert found["第二次"].transcribed_from == "2023年会议记录本第13-14页"
    assert found["学习党章"].roster.get(member=cast.people[8]).leave_category == "duty"
    assert "补录" not in client.get("/ledger/").content.decode()


def test_one_fault_keeps_every_line_in_the_form(client: Client) -> None:
    answer = client.post(
        LINES, typed(client, line(), line(title="第二次", chair="没这个人"), line(title="三", pages=""))
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 行要改" in text and "名册里没有“没这个人”" in text and "请填页码" in text
    assert Fields(text).data["l2-title"] == ["第二次"]
    assert not Session.objects.exists()


def test_more_lines_keep_what_was_typed(client: Client) -> None:
    answer = client.post(LINES, typed(client, line()) | {"more": "1"})
    assert answer.status_code == 200
    fields = Fields(answer.content.decode()).data
    assert fields["l1-title"] == ["学习党章"] and fields["book"] == ["2023年会议记录本"]
    assert "l20-title" in fields and "l21-title" not in fields
    assert not Session.objects.exists()


def test_a_book_is_needed_and_so_is_a_line(client: Client) -> None:
    assert "请写是哪一本台账" in client.post(LINES, typed(client, line(), book="")).content.decode()
    assert "还没有填任何一行" in client.post(LINES, typed(client)).content.decode()
    assert not Session.objects.exists()


def test_sent_twice_it_is_recorded_once(client: Client) -> None:
    fields = typed(client, line())
    client.post(LINES, fields)
    assert client.post(LINES, fields).status_code == 302
    assert Session.objects.count() == 1


GUESTS = "列席：柯来宾（县妇联）；特邀：岳某等3人（县委党校）；群众：5人"


def test_guests_come_from_their_cell(client: Client) -> None:
    fields, _ = checked(client, row(列席和来宾=GUESTS))
    confirmed(client, URL, fields)
    session = Session.objects.get()
    assert say_guests(session.guests.all()) == GUESTS
    assert session.roster.count() == 9 and faults() == []


def test_who_led_and_who_spoke_come_from_their_cells(cast: Cast, client: Client) -> None:
    led, one, two = (cast.people[i].name for i in (0, 1, 2))
    fields, _ = checked(
        client, row(领学人=led, 发言人=f"{one}、{two}", 授课人="柯来宾", 列席和来宾="特邀：柯来宾（县委党校）")
    )
    confirmed(client, URL, fields)
    session = Session.objects.get()
    assert [r.member.name for r in session.roster.filter(led=True)] == [led]
    assert [r.member.name for r in session.roster.filter(spoke=True)] == [one, two]
    assert session.guests.get().lectured and session.lecturer is None and faults() == []


@pytest.mark.parametrize(
    ("column", "who", "sentence"),
    [
        ("领学人", 7, "这一次没有到会，不能记领学。"),
        ("发言人", 7, "这一次没有到会，不能记发言。"),
        ("领学人", None, "“旁人”不在这次的名单里，不能记领学；来宾讲课的写在“授课人”。"),
        ("发言人", None, "“旁人”不在这次的名单里，不能记发言；"),
    ],
)
def test_who_was_not_there_names_its_cell(
    cast: Cast, client: Client, column: str, who: int | None, sentence: str
) -> None:
    name = "旁人" if who is None else cast.people[who].name
    _, text = checked(client, row(请假人员=cast.people[7].name, **{column: name}))
    assert f"<b>{column}</b>" in text and sentence in text and "有问题 <b>1</b> 行" in text


def test_of_two_of_one_name_nobody_guesses_who_spoke(cast: Cast, client: Client) -> None:
    make.member(cast.branch, cast.people[0].name)
    _, text = checked(client, row(发言人=cast.people[0].name))
    assert "名单里有2人叫" in text


def test_whoever_took_part_may_have_led(cast: Cast, client: Client) -> None:
    taking = {"类型": "线上学习", "参加人员": cast.people[1].name}
    fields, _ = checked(client, row(**taking, 领学人=cast.people[1].name))
    confirmed(client, URL, fields)
    assert Session.objects.get().roster.get().led
    _, text = checked(client, row(**taking, 主题="另一次", 领学人=cast.people[2].name))
    assert "不在这次的名单里" in text
    _, text = checked(client, row(类型="线上学习", 主题="没写谁参加", 领学人=cast.people[2].name))
    assert "不在这次的名单里" in text


@pytest.mark.parametrize(
    ("said", "sentence"), [("（县妇联）", "请写成"), ("群众0人", "来宾人数请填"), ("字" * 41, "最多 40 字")]
)
def test_guests_that_cannot_be_read_name_their_cell(client: Client, said: str, sentence: str) -> None:
    _, text = checked(client, row(列席和来宾=said))
    assert "<b>列席和来宾</b>" in text and sentence in text


def test_topics_forms_and_texts_come_from_their_cells(client: Client) -> None:
    fields, _ = checked(
        client,
        row(
            活动形式="观影、知识竞赛",
            专题="党的二十大精神、土托新规",
            面向="青年",
            结合业务="春耕保供",
            学习材料="《青禾读本》第一章；《县里的通知》",
        ),
    )
    confirmed(client, URL, fields)
    assert record_of(Session.objects.get()).told == [
        ("活动形式", "观看影像、知识竞赛"), ("专题", "二十大精神、土托新规"), ("面向", "青年党员"), ("结合业务", "春耕保供"),
        ("学习材料", "《青禾读本》第一章；《县里的通知》"),
    ]  # fmt: skip
    assert faults() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"面向": "富人"}, "不认识面向“富人”"),
        ({"专题": "长" * 31}, "专题最多 30 字"),
        ({"学习材料": "长" * 121}, "最多 120 字"),
    ],
)
def test_a_facet_that_cannot_be_read_names_its_cell(client: Client, said: dict[str, object], sentence: str) -> None:
    _, text = checked(client, row(**said))
    assert f"<b>{next(iter(said))}</b>" in text and sentence in text


def test_nobody_sat_in_and_a_talk_has_no_guests(client: Client) -> None:
    fields, _ = checked(client, row(列席和来宾="无"))
    confirmed(client, URL, fields)
    assert not Session.objects.get().guests.exists()
    _, text = checked(client, row(类型="谈心谈话", 主题="谈心", 列席和来宾="群众5人"))
    assert "谈心谈话只记谁和谁" in text


def test_what_is_exported_is_passed_over_when_it_comes_back(cast: Cast, client: Client) -> None:
    """Whatever became of the people since: that they left is no fault of a row that stands in the ledger."""
    fields, _ = checked(client, row(请假人员=cast.people[7].name, 列席和来宾=GUESTS))
    confirmed(client, URL, fields)
    make.activity(
        cast.branch, "visit", date(2026, 11, 5), roster=make.everyone(cast.branch, ("visit",), date(2026, 11, 5))
    )
    file = client.get("/ledger/export.xlsx").content
    assert any(GUESTS in line for line in cells(file))
    answer = client.post(URL, upload(file))
    text = answer.content.decode()
    assert answer.status_code == 200 and "会跳过 2 行" in text and "可以导入 <b>0</b> 行" in text
    fields = Hidden(text).data
    before = list(Session.objects.values_list("pk", "revision"))
    client.post(URL, fields | {"do": "keep"})
    assert list(Session.objects.values_list("pk", "revision")) == before


def test_guests_of_a_line_of_a_book(client: Client) -> None:
    url = "/ledger/transcribe/"
    typed = Fields(client.get(url).content.decode()).data | {
        "book": "2023年会议记录本", "l1-day": "2023-03-05", "l1-start": "14:30", "l1-kinds": "党员大会", "l1-title": "学习党章",
        "l1-pages": "12", "l1-guests": "列席 柯来宾（县妇联",
    }  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 422 and "列席和来宾" in answer.content.decode()
    assert client.post(url, typed | {"l1-guests": GUESTS}).status_code == 302
    assert say_guests(Session.objects.get().guests.all()) == GUESTS
