"""The plan through its pages: from nothing to adoption, changed with a reason, read by whoever may."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from tests import make
from tests.cast import standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.plan.plans import adopted_plan, busy, last_years_problem
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.models import Plan
from youju.duties.plans.queries import lines_of, plan_of
from youju.duties.plans.values import LineDraft, Rhythm
from youju.kit.periods import Period
from youju.records.activities.actions import remove_activity
from youju.records.facets.values import Facets
from youju.records.models import Session
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.units.actions import add_unit
from youju.study.units.queries import standings
from youju.study.units.values import Stage, UnitDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def body(client, path: str) -> str:
    """The page's text, tags away."""
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[-1]))


def fields(client, path: str) -> dict[str, list[str]]:
    return Fields(client.get(path).content.decode()).data


# -- from nothing to adoption -----------------------------------------------------------------------------------------


def test_from_an_empty_year_to_an_adopted_plan() -> None:
    cast = standing_cast()
    last_years_problem(cast)
    clerk = signed_in(cast.clerk)
    assert "还没有2026年度计划" in body(clerk, "/plan/") and "未完成的问题 1 项" in body(clerk, "/plan/")
    offered = fields(clerk, "/plan/start/")
    assert "rule:theme_day" in offered["take"] and any(key.startswith("problem:") for key in offered["take"])
    wanted = [key for key in offered["take"] if key == "rule:theme_day" or key.startswith("problem:")]
    where = clerk.post("/plan/start/", offered | {"take": wanted})["Location"]
    assert where.startswith("/plan/edit/")
    typed = fields(clerk, where)
    assert typed["0-title"] == ["主题党日"] and typed["1-title"] == ["整改：自学没有抽查"]
    clerk.post(where, typed | {"0-target": ["2"], "0-owner": [str(cast.people[1].pk)]})
    plan = Plan.objects.get()
    assert next((line.title, line.target, line.owner_id) for line in lines_of(plan)) == (
        "主题党日",
        2,
        cast.people[1].pk,
    )
    meeting = make.activity(cast.branch, "party_meeting", date(2026, 1, 12), title="讨论年度计划")
    secretary = signed_in(cast.secretary)
    adoption = fields(secretary, "/plan/adopt/")
    done = secretary.post("/plan/adopt/", adoption | {"session": [str(meeting.pk)]})
    assert done.status_code == 302
    page = body(secretary, "/plan/")
    assert f"2026年1月12日 {meeting.number} 通过" in page and "第 3 次修订" in page
    assert "通过年度计划" in page


def test_a_blank_row_is_no_line_and_a_number_moves_one() -> None:
    cast = standing_cast()
    clerk = signed_in(cast.clerk)
    clerk.post("/plan/start/", {"take": []})
    typed = fields(clerk, "/plan/edit/")
    assert typed["lines"] == ["3"]
    typed |= {"0-title": ["第一件"], "1-title": ["第二件"], "0-order": ["9"]}
    clerk.post("/plan/edit/", typed)
    assert [line.title for line in lines_of(Plan.objects.get())] == ["第二件", "第一件"]


def test_more_rows_come_without_losing_what_was_typed() -> None:
    cast = standing_cast()
    clerk = signed_in(cast.clerk)
    clerk.post("/plan/start/", {"take": []})
    typed = fields(clerk, "/plan/edit/") | {"0-title": ["党员先锋岗"], "0-target": ["十"], "more": ["1"]}
    response = clerk.post("/plan/edit/", typed)
    again = Fields(response.content.decode()).data
    assert response.status_code == 200
    assert (again["lines"], again["0-title"], again["0-target"]) == (["6"], ["党员先锋岗"], ["十"])
    assert lines_of(Plan.objects.get()) == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"0-title": [""]}, "请写事项"),
        ({"0-figure": ["党课次数"]}, "每期至少几次"),
        ({"0-target": ["3"]}, "请选数什么"),
        ({"0-target": ["三"]}, "次数请写数字"),
        ({"0-rhythm": ["months"], "0-months": ["三月"]}, "月份请写成"),
        ({"0-rhythm": ["months"], "0-months": ["13"]}, "月份只能是 1 到 12"),
        ({"0-rhythm": ["day"], "0-by_day": ["2027-03-01"]}, "日期要在2026年之内"),
        ({"0-note": ["长" * 301]}, "备注最多 300 字"),
    ],
)
def test_a_wrong_line_comes_back_with_its_sentence_and_all_that_was_typed(changed, sentence) -> None:
    cast = standing_cast()
    begin(unit=cast.branch, year=2026, lines=(LineDraft("建好谈心室"),), by=None, at=make.moment(TODAY))
    clerk = signed_in(cast.clerk)
    typed = fields(clerk, "/plan/edit/") | {"0-heading": ["我的类别"]} | changed
    response = clerk.post("/plan/edit/", typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text and "有 1 行要改" in text and "我的类别" in text
    assert lines_of(Plan.objects.get())[0].heading != "我的类别"


# -- two at once, and after adoption ----------------------------------------------------------------------------------


def test_two_editors_at_once_lose_nothing() -> None:
    cast, plan = busy()
    mine, yours = signed_in(cast.clerk), signed_in(cast.secretary)
    first, second = fields(mine, "/plan/edit/"), fields(yours, "/plan/edit/")
    assert mine.post("/plan/edit/", first | {"2-target": ["3"], "reason": ["支委会议定"]}).status_code == 302
    response = yours.post("/plan/edit/", second | {"2-note": ["我写的备注"], "reason": ["支委会议定"]})
    text = response.content.decode()
    assert response.status_code == 422
    assert "刚刚被别人改过" in text and "我写的备注" in text
    assert [line.target for line in lines_of(plan)][2] == 3


def test_sent_twice_is_saved_once() -> None:
    cast, plan = busy()
    clerk = signed_in(cast.clerk)
    typed = fields(clerk, "/plan/edit/") | {"reason": ["支委会议定"], "2-target": ["3"]}
    assert [clerk.post("/plan/edit/", typed).status_code for _ in range(2)] == [302, 422]
    assert len(lines_of(plan)) == 4


def test_an_adopted_plan_asks_why_it_changes() -> None:
    cast, plan = busy()
    clerk = signed_in(cast.clerk)
    typed = fields(clerk, "/plan/edit/") | {"1-gone": ["on"]}
    refused = clerk.post("/plan/edit/", typed)
    assert refused.status_code == 422 and "请写修改原因" in refused.content.decode()
    assert clerk.post("/plan/edit/", typed | {"reason": ["问题并入上级督办"]}).status_code == 302
    assert [line.title for line in lines_of(plan)] == ["主题党日", "志愿服务", "建好谈心室"]
    assert "问题并入上级督办" in body(clerk, "/plan/")


def test_a_line_taken_out_by_somebody_else_does_not_come_back_as_new() -> None:
    cast, plan = busy()
    mine, yours = signed_in(cast.clerk), signed_in(cast.secretary)
    old = fields(mine, "/plan/edit/")
    yours.post("/plan/edit/", fields(yours, "/plan/edit/") | {"3-gone": ["on"], "reason": ["不再需要"]})
    again = fields(mine, "/plan/edit/")["revision"]
    response = mine.post("/plan/edit/", old | {"revision": again, "reason": ["改字"]})
    assert response.status_code == 422 and "刚刚被别人改过" in response.content.decode()
    assert len(lines_of(plan)) == 3


# -- plan, done and last year -----------------------------------------------------------------------------------------


def test_plan_against_done_against_last_year() -> None:
    cast, _plan = busy()
    page = body(signed_in(cast.clerk), "/plan/")
    assert "每季度2次" in page and "志愿服务" in page
    row = page.split("志愿服务", 1)[1].split("建好谈心室")[0]
    assert re.search(r"每季度2次 8 3 1 ", row), row  # planned 8, done 3, last year 1
    assert "差第二季度、第三季度" in row
    theme = page.split("主题党日", 1)[1].split("整改")[0]
    assert "每月1次 12 10" in theme and "有逾期" not in theme
    assert "2026年度计划有 2 项落在后面" in page  # the volunteers' and the measure of last year's problem


def test_a_number_opens_its_records() -> None:
    cast, plan = busy()
    clerk = signed_in(cast.clerk)
    volunteer = lines_of(plan)[2]
    page = clerk.get(f"/plan/line/{volunteer.id}/").content.decode()
    for title in ("2月志愿服务", "3月志愿服务", "5月志愿服务", "去年清扫河道"):
        assert title in page
    session = Session.objects.get(title="2月志愿服务")
    assert f"/ledger/{cast.branch.pk}/" in page and session.number in page
    assert "志愿服务次数：3 次" in page and "志愿服务次数：1 次" in page


def test_unknown_is_not_nought() -> None:
    cast = standing_cast()
    line = LineDraft("志愿服务", figure="志愿服务次数", target=1)
    begin(unit=cast.branch, year=2026, lines=(line,), by=None, at=make.moment(TODAY))
    assert "无记录" in body(signed_in(cast.clerk), "/plan/")


def test_a_line_that_no_figure_counts_leads_to_where_a_record_settles_it() -> None:
    cast, plan = busy()
    clerk = signed_in(cast.clerk)
    room = lines_of(plan)[3]
    assert "把那条记录选作它的完成记录" in body(clerk, f"/plan/line/{room.id}/")
    assert f"key=plan%2F{room.id}" in clerk.get(f"/plan/line/{room.id}/").content.decode()
    assert "建好谈心室" in body(clerk, "/")  # on the home page too
    assert body(clerk, f"/today/one/?unit={cast.branch.pk}&key=plan/{room.id}")


def test_the_home_page_names_what_repeats_a_rule_once() -> None:
    cast, _ = busy()
    home = signed_in(cast.clerk).get("/").content.decode().split('class="strip')[0]
    assert len(re.findall(r'class="t"><a [^>]*>主题党日', home)) == 1


def test_an_owner_who_left_is_asked_for_plainly() -> None:
    cast, _plan = busy()
    make.leave(cast.people[6], on=date(2026, 10, 1))
    clerk = signed_in(cast.clerk)
    page = body(clerk, "/plan/")
    assert "有 1 项的责任人已不在本组织" in page and "请重新定" in page
    edit = clerk.get("/plan/edit/").content.decode()
    assert f"{cast.people[6].name}（已不在本组织）" in edit
    typed = fields(clerk, "/plan/edit/")
    assert typed["3-owner"] == [str(cast.people[6].pk)]
    assert clerk.post("/plan/edit/", typed | {"reason": ["改个字"], "3-title": ["谈心室"]}).status_code == 302


def test_a_removed_meeting_is_told_and_the_plan_holds_no_more() -> None:
    cast, _ = busy()
    remove_activity(session=Session.objects.get(title="研究年度计划"), reason="记重了", by=None, at=make.moment(TODAY))
    page = body(signed_in(cast.secretary), "/plan/")
    assert "已经删除，计划不再生效" in page and "另选一次会议" in page
    assert "未通过" in page


# -- who reads what ---------------------------------------------------------------------------------------------------


def test_a_draft_belongs_to_the_branch_alone() -> None:
    cast = standing_cast()
    plan = begin(unit=cast.branch, year=2026, lines=(LineDraft("还在商量的事"),), by=None, at=make.moment(TODAY))
    superior = signed_in(cast.superior)
    address = f"?unit={cast.branch.pk}&year=2026"
    page = body(superior, f"/plan/{address}")
    assert "还没有通过的年度计划" in page and "还在商量的事" not in page
    line = lines_of(plan)[0]
    for path in (
        f"/plan/line/{line.id}/",
        f"/plan/print/{address}",
        f"/plan/plan.docx{address}",
        f"/plan/export.xlsx{address}",
    ):
        assert superior.get(path).status_code == 404, path
    assert "还在商量的事" in body(signed_in(cast.committee), "/plan/")


def test_the_superior_sees_lines_and_numbers_and_no_names() -> None:
    cast, plan = busy()
    superior = signed_in(cast.superior)
    names = [person.name for person in cast.people]
    address = f"?unit={cast.branch.pk}&year=2026"
    page = body(superior, f"/plan/{address}")
    assert "志愿服务" in page and "差第二季度" in page
    shown = [page, body(superior, f"/plan/print/{address}")]
    shown += [body(superior, f"/plan/line/{line.id}/") for line in lines_of(plan)]
    sheet = load_workbook(io.BytesIO(superior.get(f"/plan/export.xlsx{address}").content)).active
    shown.append(" ".join(str(cell) for row in sheet.values for cell in row))
    shown.append(docx_text(superior.get(f"/plan/plan.docx{address}").content))
    for text in shown:
        assert not any(name in text for name in names), text
        assert "与社区结对" not in text and "责任人" not in text.replace("责任人 来源", "")
    for hidden in ("/plan/edit/", "/plan/start/", "/plan/adopt/"):
        assert superior.get(hidden + address).status_code == 403


def test_the_unit_above_marks_what_goes_down_and_hears_who_took_it() -> None:
    cast = standing_cast()
    clerk = make.user("工委党务员", unit=cast.above, role=make.Role.CLERK)
    above = signed_in(clerk)
    line = LineDraft("警示教育", figure="警示教育次数", target=1, rhythm=Rhythm.HALF_YEARLY)
    plan = begin(unit=cast.above, year=2026, lines=(line,), by=None, at=make.moment(TODAY))
    where = f"/plan/edit/?unit={cast.above.pk}&year=2026"
    above.post(where, fields(above, where) | {"0-for_below": ["on"]})
    meeting = make.activity(cast.above, "deployment_meeting", date(2026, 1, 5))
    adopt(plan=plan, session=meeting, by=None, at=make.moment(date(2026, 1, 5), 20))
    branch = signed_in(cast.clerk)
    offered = fields(branch, f"/plan/start/?unit={cast.branch.pk}")
    key = next(key for key in offered["take"] if key.startswith("superior:"))
    branch.post(f"/plan/start/?unit={cast.branch.pk}", offered | {"take": [key]})
    own = plan_of(cast.branch, 2026)
    assert own is not None
    adopt(
        plan=own, session=make.activity(cast.branch, "party_meeting", date(2026, 1, 12)), by=None, at=make.moment(TODAY)
    )
    assert "下发，已有 1 个组织列入" in body(above, f"/plan/?unit={cast.above.pk}")


# -- on paper ---------------------------------------------------------------------------------------------------------


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_word_table_says_how_it_was_adopted_and_what_is_done() -> None:
    cast, _ = busy()
    response = signed_in(cast.clerk).get("/plan/plan.docx")
    text = docx_text(response.content)
    number = Session.objects.get(title="研究年度计划").number
    assert "2026年度计划" in text and f"经2026年1月12日会议（{number}，研究年度计划）通过" in text
    assert "志愿服务" in text and "每季度2次" in text and "已办3次，有逾期" in text and cast.people[3].name in text


def test_the_sheet_and_the_print_carry_all_lines() -> None:
    cast, _ = busy()
    clerk = signed_in(cast.clerk)
    sheet = load_workbook(io.BytesIO(clerk.get("/plan/export.xlsx").content)).active
    rows = list(sheet.values)
    assert rows[0][:6] == ("序号", "类别", "事项", "要求", "全年次数", "已办")
    assert [row[2] for row in rows[1:]] == ["主题党日", "整改：自学没有抽查", "志愿服务", "建好谈心室"]
    assert rows[3][4:7] == (8, 3, 1)
    assert "建好谈心室" in body(clerk, "/plan/print/")


def test_next_year_can_be_written_and_the_year_after_not() -> None:
    cast = standing_cast()
    clerk = signed_in(cast.clerk)
    assert "还没有2027年度计划" in body(clerk, "/plan/?year=2027")
    assert clerk.get("/plan/?year=2028").status_code == 404
    assert clerk.get("/plan/edit/?year=2027")["Location"].startswith("/plan/start/")  # nothing is begun
    assert signed_in(cast.secretary).get("/plan/adopt/?year=2027")["Location"].startswith("/plan/?")


def test_the_plan_costs_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    cast = standing_cast()
    adopted_plan(cast)
    clerk = signed_in(cast.clerk)
    clerk.get("/plan/")
    with django_assert_max_num_queries(70):
        clerk.get("/plan/")


# -- what is studied --------------------------------------------------------------------------------------------------


def test_a_line_of_study_points_down_to_its_units_and_says_what_they_say() -> None:
    cast = standing_cast()
    at = make.moment(date(2026, 1, 5))
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=at)
    for title, month, kind in (("研讨一", 3, "seminar"), ("研讨二", 9, "seminar"), ("集体学", 4, "group_study")):
        days = Period.month(2026, month)
        add_unit(unit=cast.branch, draft=UnitDraft(title, days.start, days.end, kind, topic.pk), by=None, at=at)
    lines = [
        LineDraft("全年开展专题研讨12次", figure="专题研讨次数", target=12),
        LineDraft("党员大会每季度一次", figure="党员大会次数", target=1, rhythm=Rhythm.QUARTERLY),
    ]
    plan = begin(unit=cast.branch, year=2026, lines=lines, by=None, at=at)
    meeting = make.activity(cast.branch, "party_meeting", date(2026, 1, 12))
    adopt(plan=plan, session=meeting, by=None, at=make.moment(TODAY))
    make.activity(cast.branch, "seminar", date(2026, 3, 9), facets=Facets(topics=("廉政",)))
    make.activity(cast.branch, "seminar", date(2026, 5, 9))  # counted by its kind, and fulfils no unit
    study, other = lines_of(plan)
    clerk, superior = signed_in(cast.clerk), signed_in(cast.superior)
    found = standings(cast.branch, year=2026, on=TODAY)
    seminars = [one for one in found if one.unit.kind == "seminar"]
    learned = sum(one.stage is Stage.DONE for one in seminars)
    assert learned == 1 and f"学习安排学了 {learned} / {len(seminars)} 个单元" in body(clerk, "/plan/")
    page = body(clerk, f"/plan/line/{study.id}/")
    assert "学了 1 / 2 个单元" in page and "研讨一" in page and "研讨二" in page and "集体学" not in page
    assert "个单元" not in body(clerk, f"/plan/line/{other.id}/")
    above = body(superior, f"/plan/line/{study.id}/")
    assert "学了 1 / 2 个单元" in above and "研讨一" not in above  # the number is his, the branch's own words are not
