"""上级要求学的 on the branch's pages, and the superior's own: numbers of units, and no name."""

from __future__ import annotations

import pytest

from tests import make
from tests.cast import Cast
from tests.web.days import TODAY
from tests.web.forms import refused, signed_in
from tests.web.tables import cells
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.sources.values import Said
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyPoint, StudyUnit

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)
FORM = {
    "title": "学青禾条例", "starts_on": "2026-11-01", "ends_on": "2026-11-30", "topic": "", "text": "《青禾条例》",
    "basis": "青工委〔2026〕3号", "note": "逐条学。",
}  # fmt: skip


def state(cast: Cast, **more: str) -> StudyPoint:
    answer = signed_in(cast.superior).post(f"/notices/points/new/?unit={cast.above.pk}", FORM | more)
    assert answer.status_code == 302, answer.content.decode()
    return StudyPoint.objects.latest("pk")


def test_stated_above_taken_below_and_told_back(cast: Cast) -> None:
    superior, clerk = signed_in(cast.superior), signed_in(cast.clerk)
    assert "还没有提学习重点" in superior.get("/notices/points/").content.decode()
    point = state(cast)
    for reader in (clerk, signed_in(cast.committee)):
        page = reader.get("/study/units/").content.decode()
        assert "上级要求学的" in page and "青工委〔2026〕3号" in page and "逐条学。" in page
    assert "列入安排</button>" not in signed_in(cast.committee).get("/study/units/").content.decode()
    assert "上级要求学的" not in clerk.get("/study/units/?year=2025").content.decode()
    taken = clerk.post(f"/study/units/{cast.branch.pk}/take/{point.pk}/", follow=True).content.decode()
    assert "已列入安排" in taken and "青禾条例" in taken and "青禾县直机关工委：学青禾条例" in taken
    assert "上级要求学的" not in clerk.get("/study/units/").content.decode()
    assert "要求学" in clerk.get("/study/units/").content.decode()
    roster = make.everyone(cast.branch, ("group_study",), TODAY, absent=cast.people[:1])
    make.activity(cast.branch, "group_study", TODAY, title="支部的题目", roster=roster, studied=(Said("青禾条例"),))
    page = superior.get(f"/notices/points/{point.pk}/").content.decode()
    main = page[page.index("<main") :]
    assert "列入 1 / 2" in main and "已学 1 / 2" in main and "1 次" in main
    assert "支部的题目" not in main and not any(person.name in main for person in cast.people)
    assert "1 / 2" in superior.get("/notices/points/").content.decode()
    rows = cells(superior.get("/notices/points/export.xlsx").content)[1:]
    assert sorted(str(row[4]) for row in rows) == ["已学", "还没列入"]
    remove_activity(session=Session.objects.get(), reason="记错了", by=None, at=AT)
    assert "已列入" in superior.get(f"/notices/points/{point.pk}/").content.decode()


def test_a_unit_that_is_changed_still_answers_what_was_asked(cast: Cast) -> None:
    point, clerk = state(cast), signed_in(cast.clerk)
    clerk.post(f"/study/units/{cast.branch.pk}/take/{point.pk}/")
    unit = StudyUnit.objects.get()
    sent = {
        "title": "学条例前三章", "starts_on": "2026-11-01", "ends_on": "2026-11-15", "kind": "seminar",
        "sources": [unit.sources.get().pk], "revision": "1",
    }  # fmt: skip
    assert clerk.post(f"/study/units/{cast.branch.pk}/{unit.pk}/change/", sent).status_code == 302
    assert StudyUnit.objects.get().above == point


def test_where_nothing_here_is_meant_the_form_asks_and_nothing_is_lost(cast: Cast) -> None:
    point, clerk = state(cast, text="", topic="没有的专题"), signed_in(cast.clerk)
    answer = clerk.post(f"/study/units/{cast.branch.pk}/take/{point.pk}/", follow=True)
    page = answer.content.decode()
    assert "学习体系里没有“没有的专题”" in page and 'value="学青禾条例"' in page and not StudyUnit.objects.exists()
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    where = answer.redirect_chain[-1][0]
    sent = {"title": "学青禾条例", "starts_on": "2026-11-01", "ends_on": "2026-11-30", "kind": "seminar"}
    assert clerk.post(where, sent).status_code == 422
    assert clerk.post(where, sent | {"topic": topic.pk}).status_code == 302
    assert StudyUnit.objects.get().above == point
    assert "上级要求学的" not in clerk.get("/study/units/").content.decode()


def test_who_is_not_asked_or_may_not_write_takes_nothing(cast: Cast) -> None:
    point = state(cast)
    address = f"/study/units/{cast.branch.pk}/take/{point.pk}/"
    assert signed_in(cast.other_clerk).post(address).status_code == 404
    assert (
        signed_in(cast.committee).post(address).status_code == signed_in(cast.superior).post(address).status_code == 403
    )
    foreign = make.unit(name="别处党支部")
    clerk = make.user("别处党务员", unit=foreign)
    assert signed_in(clerk).post(f"/study/units/{foreign.pk}/take/{point.pk}/").status_code == 404
    assert (
        "青禾条例" not in signed_in(clerk).get(f"/study/units/new/?unit={foreign.pk}&point={point.pk}").content.decode()
    )
    assert not StudyUnit.objects.exists()


def test_it_is_changed_withdrawn_and_nothing_typed_is_lost(cast: Cast) -> None:
    point, superior = state(cast), signed_in(cast.superior)
    at = f"/notices/points/{point.pk}/"
    assert superior.get(at + "change/").status_code == 200
    sent = FORM | {"title": "改过的题目", "ends_on": "2026-10-01", "revision": "1"}
    wrong = refused(superior.post(at + "change/", sent))
    assert "不能早于开始" in wrong and "改过的题目" in wrong
    assert superior.post(at + "change/", FORM | {"title": "改过的题目", "revision": "1"}).status_code == 302
    stale = refused(superior.post(at + "change/", FORM | {"title": "慢的人", "revision": "1"}))
    assert "刚刚被别人改过" in stale and "慢的人" in stale
    assert refused(superior.post(at + "withdraw/", {"reason": "", "revision": "2"}))
    assert superior.post(at + "withdraw/", {"reason": "另行部署", "revision": "2"}).status_code == 302
    assert "已撤回" in superior.get(at).content.decode()
    assert "上级要求学的" not in signed_in(cast.clerk).get("/study/units/").content.decode()
