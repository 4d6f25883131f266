"""学习安排 on its pages: drafted from the topics, recorded from the unit, made up by records, and seen by the branch alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.cast import Cast
from tests.study.units.test_units import joint
from tests.web.days import TODAY
from tests.web.forms import Fields, refused, signed_in
from tests.web.tables import cells
from youju.people.models import Member
from youju.records.activities.models import Session
from youju.records.facets.values import Facets
from youju.records.readings.actions import note_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyPoint, StudyUnit
from youju.study.points.actions import state_point
from youju.study.points.values import PointDraft
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)


def unit(cast: Cast) -> StudyUnit:
    source = enter_source(unit=cast.branch, draft=SourceDraft("青禾读本"), by=None, at=make.START)
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    draft = UnitDraft(
        "学青禾读本", date(2026, 11, 1), date(2026, 11, 30), "seminar", topic.pk, (source.pk,), cast.people[0].pk
    )
    return add_unit(unit=cast.branch, draft=draft, by=None, at=AT)


def at(cast: Cast, found: StudyUnit) -> str:
    return f"/study/units/{cast.branch.pk}/{found.pk}/"


def test_a_year_is_drafted_with_one_button(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    empty = clerk.get("/study/units/?year=2027").content.decode()
    assert "2027年还没有学习安排" in empty and "建好学习体系，就能一次排全年" in empty
    assert "先建学习体系" in clerk.post("/study/units/plan/?year=2027", follow=True).content.decode()
    assert "先建学习体系" in clerk.get("/study/units/plan/?year=2027", follow=True).content.decode()
    add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    assert "按月排全年" in clerk.get("/study/units/?year=2027").content.decode()
    preview = clerk.get("/study/units/plan/?year=2027&pace=month").content.decode()
    assert "按月排 12 个单元" in preview and "座谈讨论" in preview and not StudyUnit.objects.exists()
    answer = clerk.post(f"/study/units/plan/?unit={cast.branch.pk}&year=2027", follow=True).content.decode()
    assert "学了 0 / 12 个单元" in answer and "2027年的单元已排好" in answer and StudyUnit.objects.count() == 12
    assert "已经排了学习单元" in clerk.post("/study/units/plan/?year=2027", follow=True).content.decode()
    assert "已经排了学习单元" in clerk.get("/study/units/plan/?year=2027", follow=True).content.decode()
    assert "排全年" not in signed_in(cast.committee).get("/study/units/?year=2025").content.decode()


def test_a_year_of_weeks_is_seen_before_and_read_by_months_after(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    address = f"/study/units/plan/?unit={cast.branch.pk}&year=2026&pace=week"
    preview = clerk.get(address).content.decode()
    assert "按周排 53 个单元" in preview and preview.count("<b>学习廉政</b>") == 53 and cast.people[0].name in preview
    page = clerk.post(address, follow=True).content.decode()
    assert "学了 0 / 53 个单元" in page and page.count('<details class="fold"') == 12
    assert page.count('<details class="fold" open>') == 1  # the month in which one stands
    assert (
        "12月　学了 0 / 4</summary>" in page
        and "10月　学了 0 / 4，4 个过了没学" in page
        and page.count('class="t"') == 53
    )


def test_the_record_form_begins_with_what_the_unit_says(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    page = clerk.get(at(cast, found)).content.decode()
    (link,) = {piece.split('"')[0].replace("&amp;", "&") for piece in page.split('href="') if "kinds=seminar" in piece}
    form = clerk.get(link).content.decode()
    assert 'value="学青禾读本"' in form and 'value="《青禾读本》"' in form
    assert re.search(r'name="f-topics"[^>]*value="廉政"[^>]*checked', form)
    (agenda,) = {piece.split('"')[0].replace("&amp;", "&") for piece in page.split('href="') if "first_topic=" in piece}
    form = clerk.get(agenda).content.decode()
    assert 'name="a0-title" value="学青禾读本"' in form and 'name="a0-first_topic"' in form
    assert 'value="《青禾读本》"' in form and re.search(r'name="f-topics"[^>]*value="廉政"[^>]*checked', form)


def test_the_form_of_the_unit_is_the_form_of_its_record(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    sent = {
        "title": "看读本的片子", "starts_on": "2026-11-01", "ends_on": "2026-11-30", "kind": "group_study",
        "form": "watching", "sources": [found.sources.get().pk], "revision": "1",
    }  # fmt: skip
    assert clerk.post(at(cast, found) + "change/", sent | {"form": "别的"}).status_code == 422
    assert clerk.post(at(cast, found) + "change/", sent).status_code == 302
    page = clerk.get(at(cast, found)).content.decode()
    assert "观看影像" in page and "观看影像" in clerk.get("/study/units/").content.decode()
    (link,) = {one.split('"')[0].replace("&amp;", "&") for one in page.split('href="') if "form=watching" in one}
    assert re.search(r'name="f-forms"[^>]*value="watching"[^>]*checked', clerk.get(link).content.decode())
    assert not re.search(
        r'name="f-forms"[^>]*checked', clerk.get("/ledger/new/?kinds=seminar&form=nothing").content.decode()
    )


def test_what_fulfils_it_and_who_makes_it_up(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    assert "正在时段里" in clerk.get(at(cast, found)).content.decode()
    day = date(2026, 11, 5)
    roster = make.everyone(cast.branch, ("seminar",), day, absent=cast.people[:2])
    make.activity(cast.branch, "seminar", day, title="研讨读本", roster=roster, studied=(Said("青禾读本"),))
    page = signed_in(cast.committee).get(at(cast, found)).content.decode()
    assert "研讨读本" in page and "还有 2 人" in page and cast.people[0].name in page
    note_reading(member=cast.people[0], read_on=date(2026, 11, 9), title="青禾读本", by=None, at=AT)
    page = clerk.get(at(cast, found)).content.decode()
    assert "11-09 已补" in page and "还有 1 人" in page
    listed = clerk.get("/study/units/").content.decode()
    assert "学了 1 / 1 个单元" in listed and "还有 1 人没补学" in listed
    assert cells(clerk.get("/study/units/export.xlsx").content)[1][8:12] == ["已学", "2026-研讨-01", 2, 1]


def test_changed_dropped_and_nothing_typed_is_lost(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    sent = {
        "title": "学读本第二章", "starts_on": "2026-12-01", "ends_on": "2026-12-31", "kind": "group_study",
        "sources": [found.sources.get().pk], "revision": "1",
    }  # fmt: skip
    wrong = refused(clerk.post(at(cast, found) + "change/", sent | {"ends_on": "2026-11-01"}))
    assert "不能早于开始" in wrong and "学读本第二章" in wrong
    assert clerk.post(at(cast, found) + "change/", sent).status_code == 302
    stale = refused(clerk.post(at(cast, found) + "change/", sent | {"title": "旧的人又改"}))
    assert "刚刚被别人改过" in stale and "旧的人又改" in stale
    assert "请写取消的原因。" in refused(clerk.post(at(cast, found) + "drop/", {"reason": "", "revision": "2"}))
    assert clerk.post(at(cast, found) + "drop/", {"reason": "上级另有安排", "revision": "2"}).status_code == 302
    assert "这个单元已取消：上级另有安排" in clerk.get(at(cast, found)).content.decode()
    assert "还没有学习安排" in clerk.get("/study/units/").content.decode()
    sent |= {"title": "自己加的"}
    foreign = refused(clerk.post("/study/units/new/", sent | dict.fromkeys(("leader", "topic", "sources"), 999_999)))
    assert all(f"{what}请重新选择。" in foreign for what in ("领学人", "专题", "材料"))
    assert clerk.post(f"/study/units/new/?unit={cast.branch.pk}", sent).status_code == 302
    assert clerk.post("/study/units/new/", sent | {"sources": []}).status_code == 422


def test_another_branch_sees_none_of_it(cast: Cast) -> None:
    found, other = unit(cast), signed_in(cast.other_clerk)
    assert other.get(at(cast, found)).status_code == 404
    assert other.post(at(cast, found) + "drop/", {"reason": "别人的"}).status_code == 404
    assert "学青禾读本" not in other.get("/study/units/").content.decode()


def test_a_word_of_the_address_that_is_no_text_of_the_register_fills_nothing(cast: Cast) -> None:
    unit(cast)
    form = signed_in(cast.clerk).get("/ledger/new/?kinds=seminar&text=别处的书").content.decode()
    assert "《别处的书》" not in form


def test_a_topic_said_by_its_other_word_fulfils_it(cast: Cast) -> None:
    found = unit(cast)
    make.activity(cast.branch, "group_study", date(2026, 11, 6), title="警钟长鸣", facets=Facets(topics=("廉政教育",)))
    assert "警钟长鸣" in signed_in(cast.clerk).get(at(cast, found)).content.decode()


def led_by(cast: Cast, day: date, who: int, **more: object) -> Session:
    rows = make.everyone(cast.branch, ("seminar",), day)
    roster = tuple(replace(row, led=row.member_id == cast.people[who].pk) for row in rows)
    return make.activity(cast.branch, "seminar", day, roster=roster, **more)  # type: ignore[arg-type]


def test_the_record_form_begins_with_who_was_to_lead_and_the_unit_says_who_did(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    page = clerk.get(at(cast, found)).content.decode()
    (link,) = {piece.split('"')[0].replace("&amp;", "&") for piece in page.split('href="') if "kinds=seminar" in piece}
    typed = Fields(clerk.get(link).content.decode()).data
    assert [name for name in typed if name.startswith("led_")] == [f"led_{cast.people[0].pk}"]
    led_by(cast, date(2026, 11, 5), 1, title="研讨读本", studied=(Said("青禾读本"),))
    page = signed_in(cast.committee).get(at(cast, found)).content.decode()
    assert f"安排 {cast.people[0].name} 领学" in page and f"{cast.people[1].name}领学</div>" in page
    row = cells(clerk.get("/study/units/export.xlsx").content)[1]
    assert [row[7], row[12]] == [cast.people[0].name, cast.people[1].name]


def test_who_led_what_stands_in_the_order_of_the_roster(cast: Cast) -> None:
    unit(cast)
    for day, who in ((date(2026, 3, 5), 4), (date(2026, 4, 5), 2), (date(2026, 5, 5), 4)):
        led_by(cast, day, who, title=f"{day.month}月研讨")
    led_by(cast, date(2025, 5, 5), 3, title="去年的研讨")
    page = signed_in(cast.committee).get("/study/units/").content.decode()
    names = [person.name for person in cast.people]
    told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.split('id="leading"')[1].split("</section>")[0])
    assert [name for name, _ in told] == [names[0], names[2], names[4]]
    assert "3月研讨；" in told[2][1] and "5月研讨" in told[2][1] and "学青禾读本" in told[0][1]
    others = "、".join([names[1], names[3], *names[5:]])
    assert f"2026年没有领学、也没有安排的：{others}" in page and "去年的研讨" not in page
    assert not any(name in signed_in(cast.other_clerk).get("/study/units/").content.decode() for name in names)


def test_who_led_for_a_unit_that_joined_is_its_own(cast: Cast) -> None:
    found, day = unit(cast), date(2026, 11, 5)
    theirs = make.everyone(cast.other, ("seminar",), day)
    roster = (*make.everyone(cast.branch, ("seminar",), day), replace(theirs[0], led=True), *theirs[1:])
    make.activity(
        cast.branch, "seminar", day, roster=roster, joining_unit_ids=(cast.other.pk,), studied=(Said("青禾读本"),)
    )
    name = Member.objects.get(pk=theirs[0].member_id).name
    clerk = signed_in(cast.clerk)
    for address in (at(cast, found), "/study/units/"):
        assert name not in clerk.get(address).content.decode()


def test_of_a_joint_meeting_each_page_names_its_own_people(cast: Cast) -> None:
    host, guest, theirs = joint(cast)
    ours, page = (
        signed_in(reader).get(f"/study/units/{one.unit.ledger_id}/{one.unit.pk}/").content.decode()
        for reader, one in ((cast.clerk, host), (cast.other_clerk, guest))
    )
    assert cast.people[0].name in ours and not any(person.name in ours for person in theirs)
    assert theirs[0].name in page and cast.people[0].name not in page
    assert f"/ledger/{cast.branch.pk}/" in ours and "联合学廉政" in page and f"/ledger/{cast.branch.pk}/" not in page


def test_what_the_branch_must_word_itself_is_asked_in_the_form(cast: Cast) -> None:
    draft = PointDraft("中心组学习内容", date(2026, 11, 1), date(2026, 11, 30), text="青禾读本")
    point = state_point(sender=cast.above, draft=draft, by=None, at=AT)
    answer = signed_in(cast.clerk).post(f"/study/units/{cast.branch.pk}/take/{point.pk}/", follow=True)
    form = answer.content.decode()
    assert "/study/units/new/" in answer.redirect_chain[-1][0]
    assert "支部随着参加的请写明" in form and 'value="中心组学习内容"' in form


def test_the_preview_names_the_material_that_will_be_registered(cast: Cast) -> None:
    draft = PointDraft("学青禾条例", date(2027, 3, 1), date(2027, 3, 31), text="青禾条例")
    state_point(sender=cast.above, draft=draft, by=None, at=AT)
    clerk, address = signed_in(cast.clerk), f"/study/units/plan/?unit={cast.branch.pk}&year=2027"
    told = "《青禾条例》（排好时登记到学习材料）"
    assert told in clerk.get(address).content.decode()
    enter_source(unit=cast.branch, draft=SourceDraft("青禾条例"), by=None, at=AT)
    page = clerk.get(address).content.decode()
    assert told not in page and "《青禾条例》" in page


def test_a_workbook_says_which_point_from_above_a_unit_answers(cast: Cast) -> None:
    unit(cast)
    point = PointDraft("学青禾条例", date(2026, 12, 1), date(2026, 12, 31), text="青禾条例")
    state_point(sender=cast.above, draft=point, by=None, at=AT)
    clerk = signed_in(cast.clerk)
    clerk.post(f"/study/units/{cast.branch.pk}/take/{StudyPoint.objects.get().pk}/")
    heading, own, asked = (row[-1] for row in cells(clerk.get("/study/units/export.xlsx").content)[:3])
    assert (heading, own, asked) == ("上级学习重点", None, f"{cast.above.short_name}：学青禾条例")


def test_a_workbook_says_whose_the_number_of_a_joint_record_is(cast: Cast) -> None:
    joint(cast)
    number = Session.objects.get().number
    for reader, cell in ((cast.clerk, number), (cast.other_clerk, f"{cast.branch.short_name} {number}")):
        rows = cells(signed_in(reader).get("/study/units/export.xlsx").content)
        assert cell in [one for row in rows for one in row]
