"""专题、形式、面向、学习材料 in the form, on the record, in the list and in the table; nothing of them to a superior."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.records.activities.models import Session
from youju.records.facets.values import Facets
from youju.records.sources.models import Source
from youju.records.sources.values import Said

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
NEW = "/ledger/new/"
URL = NEW + "?kinds=group_study&on=2026-11-05"
TYPED = {
    "f-topics": ["廉政"], "f-more_topics": "土托新规、党的二十大精神", "f-forms": ["watching", "quiz"], "f-groups": ["young"],
    "f-business": "春耕保供", "f-text0": "《青禾读本》第一章", "f-text1": "县里的通知",
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def filled(cast: Cast, **typed: object) -> dict[str, object]:
    page = signed_in(cast.clerk).get(URL).content.decode()
    return Fields(page).data | {"title": "学习读本", "start": "14:30"} | typed


def test_they_are_kept_as_typed_shown_and_corrected(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(NEW, filled(cast, **TYPED))
    session = Session.objects.get()
    page = client.get(answer["Location"]).content.decode()
    for said in (
        "廉政、土托新规、二十大精神",
        "观看影像、知识竞赛",
        "青年党员",
        "春耕保供",
        "《青禾读本》第一章；《县里的通知》",
    ):
        assert page.count(said) == 2, said  # on the page and on the sheet that is printed from it
    again = Fields(client.get(answer["Location"] + "correct/").content.decode()).data
    assert sorted(again["f-topics"]) == ["二十大精神", "土托新规", "廉政"]
    assert (again["f-text0"], again["f-text1"]) == (["《青禾读本》第一章"], ["《县里的通知》"])
    typed = again | {"reason": "少写了一样", "f-forms": ["live"], "f-topics": ["廉政"], "f-text1": [""]}
    assert client.post(answer["Location"] + "correct/", typed).status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "网络直播" in page and "土托新规" not in page and "县里的通知" not in page
    assert set(Source.objects.values_list("title", flat=True)) == {"青禾读本", "县里的通知"}
    assert session.facets.count() == 4


def test_nothing_of_them_is_asked_and_the_part_is_folded_away(cast: Cast) -> None:
    page = signed_in(cast.clerk).get(URL).content.decode()
    assert 'id="part-facets">' in page
    signed_in(cast.clerk).post(NEW, filled(cast))
    assert not Session.objects.get().facets.exists() and not Source.objects.exists()
    asked = signed_in(cast.clerk).get(URL + "&topic=廉政").content.decode()
    assert Fields(asked).data["f-topics"] == ["廉政"] and 'id="part-facets" open' in asked


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"f-more_topics": "长" * 31}, "专题最多 30 字"),
        ({"f-forms": ["dancing"]}, "选项有误"),
        ({"f-groups": ["rich"]}, "选项有误"),
        ({"f-business": "、".join(f"事{n}" for n in range(13))}, "结合业务最多写 12 个"),
        ({"f-text0": "长" * 121}, "学习材料最多 120 字"),
    ],
)
def test_a_fault_opens_the_part_and_loses_nothing(cast: Cast, typed: dict[str, object], sentence: str) -> None:
    answer = signed_in(cast.clerk).post(NEW, filled(cast, **(TYPED | typed)))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and 'id="part-facets" open' in page
    kept = Fields(page).data
    name = next(iter(set(TYPED) - set(typed)))
    assert kept[name] == (TYPED[name] if isinstance(TYPED[name], list) else [TYPED[name]])
    assert not Session.objects.exists() and not Source.objects.exists()


def test_of_a_talk_nothing_but_who_and_when(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = client.get(NEW + "?kinds=reminder_talk&on=2026-11-05").content.decode()
    assert "part-facets" not in page and "谈话只记谁和谁" in page
    typed = Fields(page).data | {"title": "提醒", "start": "14:30", f"r_{cast.people[3].pk}": "present"} | TYPED
    client.post(NEW, typed)
    session = Session.objects.get()
    assert (session.number, session.facets.count(), session.studied.count()) == ("2026-提醒-01", 0, 0)
    head = signed_in(cast.superior).get(f"/ledger/{cast.branch.pk}/{session.number}/").content.decode()
    assert "提醒谈话" in head and ">提醒<" not in head


@pytest.fixture
def held(cast: Cast) -> None:
    for day, title, facets in (
        (date(2026, 2, 5), "第一次", Facets(topics=("廉政",), forms=("quiz",))),
        (date(2026, 3, 5), "第二次", Facets(topics=("廉政", "土托新规"), groups=("young",))),
        (date(2026, 4, 5), "第三次", Facets()),
    ):
        make.activity(cast.branch, "group_study", day, title=title, facets=facets, studied=(Said("青禾读本"),))


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=廉政", ["第一次", "第二次"]),
        ("topic=廉政&form=quiz", ["第一次"]),
        ("topic=土托新规&group=young", ["第二次"]),
        ("topic=没有这个", []),
        ("form=nothing", ["第一次", "第二次", "第三次"]),
    ],
)
def test_the_list_is_narrowed_by_the_address(cast: Cast, query: str, found: list[str]) -> None:
    page = signed_in(cast.clerk).get(f"/ledger/?{query}").content.decode()
    assert [title for title in ("第一次", "第二次", "第三次") if f">{title}</a>" in page] == found


@pytest.mark.usefixtures("held")
def test_they_leave_by_excel_and_a_superior_gets_none(cast: Cast) -> None:
    rows = cells(signed_in(cast.clerk).get("/ledger/export.xlsx").content)
    assert rows[0][-8:] == ["活动形式", "专题", "面向", "结合业务", "学习材料", "授课人", "领学人", "发言人"]
    second = next(row for row in rows if "第二次" in row)
    assert [value or "" for value in second[-8:-3]] == ["", "廉政、土托新规", "青年党员", "", "《青禾读本》"]
    above = str(cells(signed_in(cast.superior).get(f"/ledger/export.xlsx?unit={cast.branch.pk}").content))
    assert "第二次" in above and "土托新规" not in above and "青禾读本" not in above
