"""The pages of the tree and the map: what is typed is kept, what somebody changed meanwhile is told, and rows are opened."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.records.facets.values import Facets
from youju.records.models import Source
from youju.records.readings.actions import note_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.curriculum.actions import add_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.queries import inbox_of, topics_of, tree_of
from youju.study.curriculum.values import TopicDraft

pytestmark = pytest.mark.django_db
WHEN = {"by": None, "at": make.moment(date(2026, 3, 5))}
TREE, NEW = "/study/curriculum/", "/study/curriculum/new/"


def topic(cast: Cast, title: str, parent: Topic | None = None, *words: str) -> Topic:
    draft = TopicDraft(title, words)
    return add_topic(unit=cast.branch, draft=draft, parent_id=parent.pk if parent else None, **WHEN)


def source(cast: Cast, title: str = "青禾读本") -> Source:
    return enter_source(unit=cast.branch, draft=SourceDraft(title), **WHEN)


def url(one: Topic, page: str = "") -> str:
    return f"{TREE}{one.ledger_id}/{one.pk}/{page}"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_tree_is_made_from_the_template(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert "从模板建学习体系" in read(client, TREE) and "有了学习体系，才有地图" in read(client, "/study/map/")
    assert "从模板建学习体系" not in read(signed_in(cast.committee), TREE)
    client.post(TREE + "adopt/")
    page = read(client, TREE)
    assert "学习体系已建好" in page and "红色教育" in page and page.count("<ul") == page.count("</ul>")
    assert "已经有学习体系了" in client.post(TREE + "adopt/", follow=True).content.decode()
    assert not tree_of(cast.other)


def test_a_topic_is_added_changed_and_moved(cast: Cast) -> None:
    client, theory = signed_in(cast.clerk), topic(cast, "理论")
    assert client.post(NEW, {"title": "", "words": "老区", "parent": ""}).status_code == 422
    twice = client.post(NEW, {"title": "理论", "words": "老区", "parent": ""})
    assert twice.status_code == 422 and "已经归“理论”" in twice.content.decode() and "老区" in twice.content.decode()
    assert client.post(NEW, {"title": "红色教育", "words": "老区、红色", "parent": theory.pk}).status_code == 302
    red = Topic.objects.get(title="红色教育")
    change = url(red, "change/")
    seen = Fields(read(client, change)).data
    assert seen["words"] == ["老区、红色"] and seen["parent"] == [str(theory.pk)]
    assert client.post(change, seen | {"parent": "", "words": "老区"}).status_code == 302
    stale = client.post(change, seen | {"title": "红"})
    said = stale.content.decode()
    assert stale.status_code == 422 and "刚刚被别人改过" in said and "现在的名称：红色教育，也叫 老区" in said
    again = Fields(said).data
    assert again["title"] == ["红"] and client.post(change, again).status_code == 302
    red.refresh_from_db()
    assert (red.title, red.parent_id) == ("红", theory.pk)


def test_a_topic_is_offered_no_place_under_itself(cast: Cast) -> None:
    top = topic(cast, "理论")
    under = topic(cast, "下面的", top)
    page = read(signed_in(cast.clerk), url(top, "change/"))
    assert f'value="{under.pk}"' not in page
    forced = {"title": "理论", "words": "", "parent": under.pk, "revision": 1}
    sent = signed_in(cast.clerk).post(url(top, "change/"), forced)
    assert sent.status_code == 422 and "上级专题请重新选择" in sent.content.decode()


def test_order_merging_and_out_of_use(cast: Cast) -> None:
    client, one, two = signed_in(cast.clerk), topic(cast, "甲专题"), topic(cast, "乙专题")
    client.post(url(two, "shift/"), {"up": "1"})
    assert [node.title for node in tree_of(cast.branch).children(None)] == ["乙专题", "甲专题"]
    assert client.post(url(one, "merge/"), {"into": one.pk}).status_code == 422
    merged = client.post(url(one, "merge/"), {"into": two.pk, "revision": 1}, follow=True).content.decode()
    assert "“甲专题”已并入“乙专题”" in merged and "已停用" in merged
    assert tree_of(cast.branch).node(two.pk).words == ("甲专题",)
    refused = client.post(url(one, "resume/"), follow=True).content.decode()
    assert "已经归“乙专题”" in refused
    two.refresh_from_db()
    client.post(url(two, "archive/"), {"revision": two.revision})
    page = read(client, TREE)
    assert "停用的专题" in page and "还没有学习体系" in page
    client.post(url(one, "resume/"))
    assert "甲专题" in read(client, TREE)


def test_the_map_draws_and_says_how_deep(cast: Cast) -> None:
    top = topic(cast, "党史和革命传统")
    red, unread = topic(cast, "红色教育", top), topic(cast, "新中国史", top)
    held = make.activity(
        cast.branch, "seminar", date(2026, 4, 5), title="学红色家书", facets=Facets(topics=("红色教育",))
    )
    make.activity(cast.branch, "group_study", date(2024, 4, 5), facets=Facets(topics=("别的",)))
    client = signed_in(cast.committee)
    page = read(client, "/study/map/")
    assert page.count("研讨过 1 次") == 2 and "没有台账" in page  # the topic and the one above it
    assert f'<a href="{url(red)}?year=2026">' in page and f'<a href="{url(unread)}?year=2026">' not in page
    assert "五年里没学过的" in page and "今年 2 个专题" in page and "研讨过 <b>1</b>" in page
    assert "研讨过 1 次</a>" in read(client, "/study/map/?as=words")
    assert "十年里没学过的" in read(client, "/study/map/?years=10")
    rows = cells(client.get("/study/map/export.xlsx?years=10").content)
    assert len(rows[0]) == 12 and rows[2][0] == "党史和革命传统 › 红色教育" and rows[2][-1] == "研讨过 1 次"
    assert (rows[2][-2], rows[2][-3]) == ("没有台账", "没学过")
    opened = read(client, url(red))
    assert "2026年：研讨过 1 次" in opened and "学红色家书" in opened and held.number in opened
    assert "学没学过不知道" in read(client, url(red) + "?year=2025")
    assert "没有记录写到它" in read(client, url(red) + "?year=2024")


def test_a_topic_names_nobody_who_read_by_himself(cast: Cast) -> None:
    red = topic(cast, "红色教育")
    note_reading(
        member=cast.people[0], read_on=date(2026, 5, 5), title="红色教育", by=None, at=make.moment(date(2026, 5, 6))
    )
    page = read(signed_in(cast.committee), url(red))
    assert "自学登记" in page and cast.people[0].name not in page


def test_a_word_of_records_becomes_a_topic(cast: Cast) -> None:
    topic(cast, "理论")
    make.activity(cast.branch, "group_study", date(2026, 4, 5), facets=Facets(topics=("土托新规",)))
    client = signed_in(cast.clerk)
    assert "记录里写了、体系里没有" in read(client, TREE)
    address = f"{NEW}?unit={cast.branch.pk}&title=土托新规"
    assert Fields(read(client, address)).data["title"] == ["土托新规"]
    assert "topic_new" not in read(signed_in(cast.committee), TREE)


def test_the_inbox_is_emptied_as_far_as_one_likes(cast: Cast) -> None:
    client, red = signed_in(cast.clerk), topic(cast, "红色教育", None, "家书")
    one, two = source(cast, "红色家书选"), source(cast, "合作社章程")
    page = read(client, "/study/inbox/")
    assert Fields(page).data[f"source{one.pk}"] == [str(red.pk)] and Fields(page).data[f"source{two.pk}"] == [""]
    assert "还没有给哪份材料选专题" in client.post("/study/inbox/", {}, follow=True).content.decode()
    assert client.post("/study/inbox/", {f"source{one.pk}": "999999"}).status_code == 422
    client.post("/study/inbox/", Fields(page).data)
    assert topics_of(one) == [red] and inbox_of(cast.branch) == [two]
    late = client.post("/study/inbox/", {f"source{one.pk}": red.pk, f"source{two.pk}": red.pk}, follow=True)
    assert "放好了 1 份" in late.content.decode() and "都放好了" in late.content.decode()
    reader = signed_in(cast.committee)
    source(cast, "又一份")
    assert "又一份" in read(reader, "/study/inbox/") and "<select" not in read(reader, "/study/inbox/")
    assert reader.post("/study/inbox/", {}).status_code == 403


def test_where_one_material_stands(cast: Cast) -> None:
    client, red, theory, text = signed_in(cast.clerk), topic(cast, "红色教育"), topic(cast, "理论"), source(cast)
    address = f"/study/inbox/{cast.branch.pk}/{text.number}/"
    assert "放到学习体系" in read(client, f"/ledger/studies/{cast.branch.pk}/{text.number}/")
    seen = Fields(read(client, address)).data
    client.post(address, seen | {"topics": [red.pk]})
    assert topics_of(text) == [red] and "红色教育" in read(client, f"/ledger/studies/{cast.branch.pk}/{text.number}/")
    stale = client.post(address, seen | {"topics": [theory.pk]})
    assert stale.status_code == 422 and "刚刚被别人改过" in stale.content.decode()
    assert client.post(address, Fields(stale.content.decode()).data).status_code == 302
    assert topics_of(text) == [theory]
    assert client.post(address, seen | {"topics": ["x"]}).status_code == 422


def test_another_units_tree_is_not_there(cast: Cast) -> None:
    red, text = topic(cast, "红色教育"), source(cast)
    place_source(source=text, topic_ids=[red.pk], seen=[], **WHEN)
    client = signed_in(cast.other_clerk)
    for page in ("", "change/", "merge/"):
        assert client.get(url(red, page)).status_code == 404
        moved = url(red, page).replace(f"/{cast.branch.pk}/", f"/{cast.other.pk}/")
        assert client.get(moved).status_code == 404
    assert "红色教育" not in read(client, TREE) and "青禾读本" not in read(client, "/study/inbox/")
    under = client.post(NEW, {"title": "我的", "words": "", "parent": red.pk})
    assert under.status_code == 422 and not Topic.objects.filter(title="我的").exists()
