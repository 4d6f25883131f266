"""送学上门 on its pages: written by the clerk, read by the branch and by whom it is about, and a number to everybody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.study.making import account_of
from tests.web.days import TODAY
from tests.web.forms import refused, signed_in
from tests.web.tables import cells
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.activities.models import Session
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.deliveries.actions import bring
from youju.study.deliveries.values import DeliveryDraft
from youju.study.models import Delivery, StudyUnit
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft
from youju.web.report.sources import Sight, every_source, rows_url

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 6)
AT = make.moment(TODAY)
NEW = "/study/deliveries/new/"


def book(cast: Cast, title: str = "青禾读本") -> Source:
    return enter_source(unit=cast.branch, draft=SourceDraft(title), by=None, at=AT)


def met(cast: Cast, *said: Said) -> Session:
    """The first two were away; the last two are 免于要求."""
    day = date(2026, 3, 5)
    roster = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:2], exempt=cast.people[7:])
    return make.activity(cast.branch, "group_study", day, roster=roster, studied=said)


def sent(cast: Cast, *to: int, **more: object) -> dict[str, object]:
    return {
        "members": [cast.people[index].pk for index in to], "brought_on": "2026-05-06", "way": "read", "sources": [],
        "text": "全会精神", "bringer": cast.people[3].pk, "bringer_words": "", "note": "",
    } | more  # fmt: skip


def brought(cast: Cast, to: int, day: date = DAY) -> Delivery:
    draft = DeliveryDraft((cast.people[to].pk,), day, "read", (), "全会精神", cast.people[3].pk)
    return bring(unit=cast.branch, draft=draft, by=None, at=AT)[0]


def read(user: object, url: str, **asked: object) -> str:
    return signed_in(user).get(url, asked).content.decode()  # type: ignore[arg-type]


def test_from_the_form_to_the_list_and_the_workbook(cast: Cast) -> None:
    source, clerk = book(cast), signed_in(cast.clerk)
    met(cast)
    form = clerk.get(NEW).content.decode()
    labels = [form.index(f"{cast.people[index].name}（免于要求，还没送过）") for index in (7, 8)]
    assert labels == sorted(labels) and labels[1] < form.index(f"<span>{cast.people[0].name}</span>")
    answer = clerk.post(NEW, sent(cast, 7, 8, text="", sources=[source.pk], note="讲了两节"), follow=True)
    page = answer.content.decode()
    assert (
        "已记下，送学 2 人，编号 2026-送学-01 到 2026-送学-02。" in page and "送学 2 次" in page and "送到 2 人" in page
    )
    for who in (cast.clerk, cast.secretary, cast.committee):
        assert "讲了两节" in read(who, f"/study/deliveries/{cast.branch.pk}/2026-送学-01/")
    assert "记送学上门" not in read(cast.committee, "/study/deliveries/")
    assert "2025年还没有记送学上门" in read(cast.clerk, "/study/deliveries/", year=2025)
    rows = cells(clerk.get("/study/deliveries/export.xlsx").getvalue())
    last = next(row for row in rows if row[0] == "2026-送学-02")
    assert last[2:] == [cast.people[8].name, "《青禾读本》", "上门讲读", cast.people[3].name, "讲了两节"]


def test_the_exempt_are_told_with_what_was_last_brought(cast: Cast) -> None:
    met(cast)
    page = read(cast.clerk, "/study/deliveries/")
    assert "免于要求的 2 人" in page and "2 人还没有送" in page and page.count("今年还没有送过") == 2
    brought(cast, 7)
    brought(cast, 8, date(2026, 9, 3))
    page = read(cast.clerk, "/study/deliveries/")
    assert "下半年还没有送过，上次 5月6日" in page and "上次 9月3日" in page and "1 人还没有送" in page
    assert f"{NEW}?unit={cast.branch.pk}&amp;member={cast.people[7].pk}" in page
    assert f'value="{cast.people[7].pk}" id="id_members_0" checked' in read(cast.clerk, NEW, member=cast.people[7].pk)
    assert "member=" not in read(cast.committee, "/study/deliveries/")


def test_from_a_unit_to_who_was_away_and_back(cast: Cast) -> None:
    source = book(cast)
    met(cast, Said("青禾读本"))
    draft = UnitDraft("学读本", date(2026, 3, 1), date(2026, 3, 31), source_ids=(source.pk,))
    unit = add_unit(unit=cast.branch, draft=draft, by=None, at=AT)
    url = f"/study/units/{cast.branch.pk}/{unit.pk}/"
    link = f"{NEW}?unit={cast.branch.pk}&plan={unit.pk}"
    page = read(cast.clerk, url)
    assert link.replace("&", "&amp;") in page and "还没有给谁送过这个单元的内容" in page and "还有 2 人" in page
    assert "给没到的人送学" not in read(cast.committee, url)
    form = read(cast.clerk, link)
    assert f"{cast.people[0].name}（没到，还没补）" in form
    assert f'value="{source.pk}" id="id_sources_0" checked' in form
    signed_in(cast.clerk).post(link, sent(cast, 0, 8, text="", sources=[source.pk]))
    page = read(cast.clerk, url)
    assert "送学 2 人" in page and "还有 1 人" in page and "05-06 已补" in page


def test_a_unit_without_materials_asks_for_its_topic(cast: Cast) -> None:
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    draft = UnitDraft("三月的廉政", date(2026, 3, 1), date(2026, 3, 31), topic_id=topic.pk)
    unit = add_unit(unit=cast.branch, draft=draft, by=None, at=AT)
    assert 'value="廉政"' in read(cast.clerk, f"{NEW}?unit={cast.branch.pk}&plan={unit.pk}")
    ahead = UnitDraft("十二月的廉政", date(2026, 12, 1), date(2026, 12, 31), topic_id=topic.pk)
    later = add_unit(unit=cast.branch, draft=ahead, by=None, at=AT)
    assert "给没到的人送学" not in read(cast.clerk, f"/study/units/{cast.branch.pk}/{later.pk}/")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"members": []}, "请勾选送给了谁。"),
        ({"members": [999_999]}, "送给了谁请重新勾选。"),
        ({"brought_on": "2026-12-01"}, "日期不能在将来"),
        ({"way": ""}, "请选怎么送的。"),
        ({"text": ""}, "请选学的是哪份材料"),
        ({"bringer": ""}, "请选谁送的"),
        ({"bringer": 999_999}, "谁送的请重新选择。"),
        ({"bringer_words": "13800138000"}, "像是有手机号"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    cast: Cast, more: dict[str, object], sentence: str
) -> None:
    page = refused(signed_in(cast.clerk).post(NEW, sent(cast, 8, **({"note": "写好了的说明"} | more))))
    assert sentence in page and "写好了的说明" in page and not Delivery.objects.exists()


def test_withdrawn_with_a_reason(cast: Cast) -> None:
    one = brought(cast, 8)
    url, clerk = f"/study/deliveries/{cast.branch.pk}/{one.number}/", signed_in(cast.clerk)
    assert clerk.post(url + "withdraw/", {"reason": "", "revision": 1}).status_code == 422
    assert "别人" in clerk.post(url + "withdraw/", {"reason": "没送成", "revision": 7}).content.decode()
    page = clerk.post(url + "withdraw/", {"reason": "没送成", "revision": 1}, follow=True).content.decode()
    assert "已撤回，不计数：没送成" in page and "送学 1 次" not in read(cast.clerk, "/study/deliveries/")


def test_who_may_know_to_whom_it_was_brought(cast: Cast) -> None:
    """He himself, who brought it, and who reads the branch's records. Above and beside: a number, or nothing."""
    name = cast.people[8].name  # the cast's member
    brought(cast, 8)
    bringer, colleague = account_of(cast.people[3], cast.branch), account_of(cast.people[4], cast.branch)
    assert "全会精神" in read(cast.member, "/me/") and "全会精神" in read(bringer, "/me/")
    assert name not in read(bringer, "/me/") and "全会精神" not in read(colleague, "/me/")
    page = f"/study/deliveries/{cast.branch.pk}/2026-送学-01/"
    for user in (cast.member, bringer, colleague, cast.superior, cast.admin, cast.other_clerk, cast.stranger):
        for url in ("/study/deliveries/", "/study/deliveries/export.xlsx", NEW, page, f"{page}withdraw/"):
            asked = {} if url.startswith(page) else {"unit": cast.branch.pk}
            assert signed_in(user).get(url, asked).status_code in (403, 404), (user, url)
    assert "2026-送学-01" not in read(cast.other_clerk, "/study/deliveries/")


def test_above_a_delivery_is_a_number_and_in_the_branch_it_opens(cast: Cast) -> None:
    one, pk = brought(cast, 8), cast.branch.pk
    often, many = (
        ask(figure, cast.above, Period.year(2026), as_of=TODAY) for figure in ("送学上门次数", "送学上门人数")
    )
    for answer in (often, many):
        assert answer.value == 1 and every_source(answer, Sight({}, {pk: pk})) == ((), 1)
    ((source,), hidden), ((person,), _) = (every_source(answer, Sight({pk: pk}, {})) for answer in (often, many))
    assert (source.url, hidden) == (reverse("study:delivery", args=[pk, one.number]), 0)
    assert source.title == "全会精神" and (person.title, person.url) == ("一名党员", "")
    for figure in (often.figure, many.figure):
        assert rows_url(cast.branch, figure, 2026).startswith("/study/deliveries/")


def test_a_unit_of_another_ledger_fills_nothing(cast: Cast) -> None:
    topic = add_topic(unit=cast.other, draft=TopicDraft("别处的专题"), parent_id=None, by=None, at=AT)
    draft = UnitDraft("别处的单元", date(2026, 3, 1), date(2026, 3, 31), topic_id=topic.pk)
    there = add_unit(unit=cast.other, draft=draft, by=None, at=AT)
    assert "别处的专题" not in read(cast.clerk, f"{NEW}?unit={cast.branch.pk}&plan={there.pk}")
    assert StudyUnit.objects.count() == 1
