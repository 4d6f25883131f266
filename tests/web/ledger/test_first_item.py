"""列为第一议题: a unit of study is ticked on the form of a committee meeting, and the meeting fulfils it."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.people.models import Unit
from youju.records.activities.models import AgendaItem, Session
from youju.records.activities.queries import record_of
from youju.records.activities.values import ItemKind
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyUnit
from youju.study.points.actions import state_point
from youju.study.points.values import PointDraft
from youju.study.units.actions import add_unit
from youju.study.units.queries import standings
from youju.study.units.values import Stage, UnitDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 19)  # of today nobody knows whether ten is over
AT = make.moment(DAY)
FROM, TO = date(2026, 11, 1), date(2026, 11, 30)
NEW = "/ledger/new/?kinds=committee_meeting"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def unit(cast: Cast, title: str = "学青禾读本", at: Unit | None = None) -> StudyUnit:
    ledger = at or cast.branch
    source = enter_source(unit=ledger, draft=SourceDraft(f"{title}的书"), by=None, at=make.START)
    topic = add_topic(unit=ledger, draft=TopicDraft(f"{title}题"), parent_id=None, by=None, at=AT)
    return add_unit(unit=ledger, draft=UnitDraft(title, FROM, TO, "seminar", topic.pk, (source.pk,)), by=None, at=AT)


def stage(cast: Cast) -> Stage:
    (one,) = standings(cast.branch, year=2026, on=TODAY)
    return one.stage


def filled(cast: Cast, address: str, **more: object) -> dict[str, object]:
    data: dict[str, object] = dict(Fields(signed_in(cast.clerk).get(address).content.decode()).data)
    return data | {"title": "支委会", "on": DAY.isoformat(), "start": "09:00", "end": "10:00"} | more


def test_one_tick_makes_the_item_and_the_meeting_fulfils_the_unit(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    unit(cast, "柳溪的单元", cast.other)
    page = clerk.get(NEW).content.decode()
    assert "列为第一议题" in page and f'value="u{found.pk}"' in page and "柳溪的单元" not in page
    assert 'name="first"' not in clerk.get("/ledger/new/?kinds=theme_day").content.decode()
    sent = filled(cast, NEW, first=[f"u{found.pk}"]) | {"a0-title": "研究发展对象", "f-text0": "《别的书》"}
    assert clerk.post(NEW, sent).status_code == 302
    session = Session.objects.get()
    items = [(item.kind, item.title) for item in AgendaItem.objects.filter(session=session)]
    assert items == [(ItemKind.FIRST_TOPIC, "学青禾读本"), (ItemKind.ORDINARY, "研究发展对象")]
    record = record_of(session)
    assert record.facets.topics == ("学青禾读本题",) and record.studied == (Said("别的书"), Said("学青禾读本的书"))
    assert stage(cast) is Stage.DONE
    assert 'name="first"' not in clerk.get(NEW).content.decode()  # learned: nothing to offer
    assert 'name="first"' not in clerk.get(NEW + "&on=2026-10-20").content.decode()  # nor on a day before it


def test_it_follows_the_kinds_without_a_script_and_survives_a_fault(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    sent = filled(cast, "/ledger/new/?kinds=theme_day") | {"kinds": ["committee_meeting"], "redo": "roster"}
    assert f'value="u{found.pk}"' in clerk.post("/ledger/new/", sent).content.decode()
    wrong = clerk.post(NEW, filled(cast, NEW, first=[f"u{found.pk}"], title=""))
    assert wrong.status_code == 422 and f'value="u{found.pk}" checked' in wrong.content.decode()
    gone = clerk.post(NEW, filled(cast, NEW, first=["u999999"]))
    assert gone.status_code == 422 and "不在这一天的时段里" in gone.content.decode() and not Session.objects.exists()
    other = unit(cast, "柳溪的单元", cast.other)
    assert clerk.post(NEW, filled(cast, NEW, first=[f"u{other.pk}"])).status_code == 422
    plain = filled(cast, NEW, first=[f"u{found.pk}"]) | {"kinds": ["theme_day"]}
    clerk.post("/ledger/new/?kinds=theme_day", plain)
    assert not AgendaItem.objects.exists()  # of another meeting it is nothing


def test_a_session_to_come_is_offered_it_as_soon_as_its_kind_is_ticked(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    page = clerk.get("/ledger/plan/").content.decode()
    assert 'name="first"' not in page and 'hx-target="#part-first"' in page and '<div id="part-first">' in page
    sent = {"kinds": ["committee_meeting"], "on": "2026-11-25", "redo": "first"}
    answer = clerk.post("/ledger/plan/", filled(cast, "/ledger/plan/") | sent)
    assert answer.status_code == 200 and f'value="u{found.pk}"' in answer.content.decode()
    assert not Session.objects.exists()


def test_what_is_on_the_agenda_already_is_not_there_twice(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    sent = filled(cast, NEW, first=[f"u{found.pk}"]) | {
        "a0-title": "先说别的", "a1-title": found.title, "a1-note": "逐章学", "f-text0": "《学青禾读本的书》第一章",
    }  # fmt: skip
    assert clerk.post(NEW, sent).status_code == 302
    kept = [(item.kind, item.title, item.note) for item in AgendaItem.objects.order_by("position")]
    assert kept == [(ItemKind.ORDINARY, "先说别的", ""), (ItemKind.FIRST_TOPIC, found.title, "逐章学")]
    assert record_of(Session.objects.get()).studied == (Said("学青禾读本的书", "第一章"),)  # the part says it closer


def test_of_several_the_order_of_the_plan_is_the_order_of_the_agenda(cast: Cast) -> None:
    titles = ["丙", "甲", "丁", "乙"]
    units = [unit(cast, title) for title in titles]
    clerk = signed_in(cast.clerk)
    assert clerk.post(NEW, filled(cast, NEW, first=[f"u{one.pk}" for one in reversed(units)])).status_code == 302
    assert [item.title for item in AgendaItem.objects.order_by("position")] == titles


def test_of_a_long_list_of_materials_a_record_names_what_it_can(cast: Cast) -> None:
    topic = add_topic(unit=cast.branch, draft=TopicDraft("长书单"), parent_id=None, by=None, at=AT)
    books = [
        enter_source(unit=cast.branch, draft=SourceDraft(f"第{n}本"), by=None, at=make.START).pk for n in range(15)
    ]
    found = add_unit(
        unit=cast.branch, draft=UnitDraft("学书单", FROM, TO, "seminar", topic.pk, tuple(books)), by=None, at=AT
    )
    sent = filled(cast, NEW, first=[f"u{found.pk}"]) | {"f-text0": "《别的书》"}
    assert signed_in(cast.clerk).post(NEW, sent).status_code == 302
    studied = record_of(Session.objects.get()).studied
    assert len(studied) == 12 and studied[0] == Said("别的书") and stage(cast) is Stage.DONE


def test_a_planned_meeting_keeps_it_until_it_is_held(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-18")
    address = "/ledger/plan/?kinds=committee_meeting&on=2026-11-19"
    assert f'value="u{found.pk}"' in clerk.get(address).content.decode()
    assert clerk.post(address, filled(cast, address, first=[f"u{found.pk}"])).status_code == 302
    planned = Session.objects.get()
    assert [item.kind for item in planned.agenda.all()] == [ItemKind.FIRST_TOPIC] and stage(cast) is Stage.NOW
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    hold = f"/ledger/{cast.branch.pk}/{planned.number}/hold/"
    page = clerk.get(hold).content.decode()
    assert f'value="u{found.pk}" checked' in page
    assert clerk.post(hold, filled(cast, hold)).status_code == 302
    assert AgendaItem.objects.count() == 1 and stage(cast) is Stage.DONE


def test_what_is_asked_from_above_is_taken_over_with_the_same_tick(cast: Cast) -> None:
    draft = PointDraft("学青禾条例", FROM, TO, text="青禾条例")
    point = state_point(sender=cast.above, draft=draft, by=None, at=AT)
    lost = state_point(sender=cast.above, draft=PointDraft("没头没尾的", FROM, TO), by=None, at=AT)
    draft = PointDraft("中心组学习内容", FROM, TO, text="青禾条例")
    theirs = state_point(sender=cast.above, draft=draft, by=None, at=AT)
    clerk = signed_in(cast.clerk)
    page = clerk.get(NEW).content.decode()
    assert f'value="p{point.pk}"' in page and "青禾县直机关工委要求学" in page and f'value="p{lost.pk}"' not in page
    assert f'value="p{theirs.pk}"' not in page  # how the branch goes along with it is for its plan to say
    sent = filled(cast, NEW, first=[f"p{point.pk}"])
    wrong = clerk.post(NEW, sent | {"title": ""})
    assert wrong.status_code == 422 and not StudyUnit.objects.exists()
    assert clerk.post(NEW, sent).status_code == 302
    assert clerk.post(NEW, sent).status_code == 302  # pressed twice
    assert Session.objects.count() == StudyUnit.objects.count() == 1
    assert StudyUnit.objects.get().above == point and stage(cast) is Stage.DONE


def test_a_branchs_record_that_says_it_was_the_centre_group_is_kept_and_flagged(cast: Cast) -> None:
    clerk, address = signed_in(cast.clerk), "/ledger/new/?kinds=group_study"

    def said(title: str) -> str:
        return clerk.post(address, filled(cast, address, title=title), follow=True).content.decode()

    assert "那是党委（党组）的" in said("理论学习中心组学习") and Session.objects.count() == 1
    assert "那是党委（党组）的" not in said("列席党委理论学习中心组学习") and Session.objects.count() == 2
