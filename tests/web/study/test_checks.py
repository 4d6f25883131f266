"""自学抽查 on its pages: drawn, shown with how it is computed again, recorded, and nobody's name exported."""

from __future__ import annotations

import pytest

from tests import make
from tests.cast import Cast
from tests.web.days import TODAY
from tests.web.forms import refused, signed_in
from tests.web.tables import cells
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.activities.models import Session
from youju.records.activities.values import RosterEntry
from youju.study.models import SpotCheck

pytestmark = pytest.mark.django_db


def drawn(cast: Cast, size: int = 3) -> tuple[SpotCheck, str]:
    signed_in(cast.clerk).post(f"/study/checks/draw/?unit={cast.branch.pk}", {"size": size})
    check = SpotCheck.objects.get(dropped_at__isnull=True)
    return check, f"/study/checks/{cast.branch.pk}/{check.pk}/"


def picked(check: SpotCheck) -> list[int]:
    return list(check.places.filter(picked=True).values_list("member_id", flat=True))


def test_from_the_draw_to_the_record(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    assert "今天的名册有 9 人" in clerk.get("/study/checks/draw/").content.decode()
    check, at = drawn(cast)
    page = signed_in(cast.committee).get(at).content.decode()
    assert check.seed in page and "刚刚重算，一致" in page and "记抽查</a>" not in page
    assert "记抽查</a>" in clerk.get(at).content.decode()
    assert clerk.get("/study/checks/draw/").status_code == 302  # this quarter's is drawn
    form = clerk.get(at + "hold/").content.decode()
    assert form.count('name="met"') == 3
    sent = {
        "day": "2026-11-20",
        "start": "00:00",  # not to come yet, whenever this runs
        "checker": cast.people[0].pk,
        "met": picked(check)[:2],
        "revision": "1",
    }
    lacking = refused(clerk.post(at + "hold/", sent | {"outcome": "", "place": "二楼会议室"}))
    assert "请写抽查结果" in lacking and "二楼会议室" in lacking
    foreign = refused(clerk.post(at + "hold/", sent | {"checker": 999_999, "met": [999_999], "outcome": "体会少"}))
    assert "谁去查的请重新选择。" in foreign and "查到了谁请重新勾选。" in foreign
    clerk.post(at + "hold/", sent | {"outcome": "笔记有摘录，体会少"})
    session = Session.objects.get()
    page = clerk.get(at).content.decode()
    assert "查到 2 / 3 人" in page and session.number in page and "笔记有摘录，体会少" in page
    listed = clerk.get("/study/checks/").content.decode()
    assert session.number in listed and "没有抽样" in listed and "本季抽样" not in listed
    assert ask("自学抽查次数", cast.branch, Period.year(2026), as_of=TODAY).value == 1


def test_a_table_of_them_names_nobody(cast: Cast) -> None:
    check, _ = drawn(cast)
    rows = cells(signed_in(cast.clerk).get("/study/checks/export.xlsx").content)
    told = [str(cell) for row in rows for cell in row]
    assert check.seed in told and not {person.name for person in cast.people} & set(told)


def test_linked_dropped_and_drawn_again(cast: Cast) -> None:
    check, at = drawn(cast)
    clerk = signed_in(cast.clerk)
    assert "台账里没有这个编号的自学抽查" in refused(clerk.post(at + "link/", {"record": "2026-抽查-77"}))
    assert "请选一条自学抽查的记录" in refused(clerk.post(at + "link/", {"record": ""}))
    assert "请写作废的原因。" in refused(clerk.post(at + "drop/", {"reason": " ", "revision": "1"}))
    assert clerk.post(at + "drop/", {"reason": "有人调走", "revision": "1"}).status_code == 302
    assert "作废一次" in clerk.get("/study/checks/").content.decode()
    assert "这次抽样已作废：有人调走" in clerk.get(at).content.decode()
    again, at = drawn(cast, 2)
    assert again.pk != check.pk
    held = make.activity(cast.branch, "self_study_check", TODAY, roster=(RosterEntry(picked(again)[0]),))
    assert held.number in clerk.get(at).content.decode()
    clerk.post(at + "link/", {"record": held.number, "revision": "1"})
    assert "查到 1 / 2 人" in clerk.get(at).content.decode()


@pytest.mark.parametrize("size", ["0", "10", "x", ""])
def test_a_draw_of_nobody_or_of_more_than_there_are(cast: Cast, size: str) -> None:
    assert refused(signed_in(cast.clerk).post("/study/checks/draw/", {"size": size}))
    assert not SpotCheck.objects.exists()


def test_another_branch_sees_none_of_it(cast: Cast) -> None:
    _, at = drawn(cast)
    other = signed_in(cast.other_clerk)
    assert other.get(at).status_code == 404 and other.post(at + "drop/", {"reason": "别人的"}).status_code == 404
    assert "没有抽样" in other.get("/study/checks/").content.decode()
