"""Changing the tree: one verb, one line of 留痕, nothing half done, and the slower of two is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.journal.models import Line
from youju.kit.refusal import Overtaken, Refusal
from youju.records.models import Source
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.curriculum import actions
from youju.study.curriculum.models import Placement, Topic
from youju.study.curriculum.queries import archived_in, find, inbox_of, placed_in, topics_of, torn, tree_of
from youju.study.curriculum.values import MOST_LEVELS, TopicDraft
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
WHEN = {"by": None, "at": make.moment(date(2026, 3, 5))}


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def topic(cast: Cast, title: str, parent: Topic | None = None, *words: str) -> Topic:
    draft = TopicDraft(title, words)
    return actions.add_topic(unit=cast.branch, draft=draft, parent_id=parent.pk if parent else None, **WHEN)


def source(cast: Cast, title: str = "青禾读本") -> Source:
    return enter_source(unit=cast.branch, draft=SourceDraft(title), **WHEN)


def shape(cast: Cast) -> list[str]:
    return ["·" * step.depth + step.node.title for step in tree_of(cast.branch).walk()]


def lines() -> list[tuple[str, str]]:
    return list(Line.objects.filter(room="study").order_by("pk").values_list("verb", "summary"))


def test_the_template_is_adopted_once(cast: Cast) -> None:
    count = actions.adopt_template(unit=cast.branch, **WHEN)
    assert count == Topic.objects.count() == len(shape(cast)) > 40
    assert lines() == [("从模板建学习体系", f"{count}个专题")]
    assert tree_of(cast.branch).named["红色教育"] and not tree_of(cast.other)
    with pytest.raises(Refusal, match="已经有学习体系了"):
        actions.adopt_template(unit=cast.branch, **WHEN)
    assert list(torn()) == []


def test_a_group_changes_the_tree_of_its_branch(cast: Cast) -> None:
    actions.add_topic(unit=cast.groups[0], draft=TopicDraft("四史"), parent_id=None, **WHEN)
    assert shape(cast) == ["四史"]


def test_adding_moving_and_naming_anew(cast: Cast) -> None:
    theory, history = topic(cast, "理论"), topic(cast, "党史")
    red = topic(cast, "红色教育", theory, "红色")
    topic(cast, "纪念馆", red)
    actions.change_topic(
        topic=red, draft=TopicDraft("红色教育", ("革命传统",)), parent_id=history.pk, revision=1, **WHEN
    )
    assert shape(cast) == ["理论", "党史", "·红色教育", "··纪念馆"]
    assert tree_of(cast.branch).named["革命传统"] == red.pk and "红色" not in tree_of(cast.branch).named
    with pytest.raises(Overtaken):
        actions.change_topic(topic=red, draft=TopicDraft("红"), parent_id=None, revision=1, **WHEN)
    assert [verb for verb, _ in lines()] == ["加专题"] * 4 + ["改专题"]
    assert list(torn()) == []


def test_where_a_topic_may_not_go(cast: Cast) -> None:
    top = topic(cast, "理论")
    deep = [top]
    while len(deep) < MOST_LEVELS:
        deep.append(topic(cast, f"第{len(deep)}层", deep[-1]))
    for parent, sentence in ((deep[2].pk, "自己下面"), (top.pk, "自己或"), (999999, "不在学习体系里")):
        with pytest.raises(Refusal, match=sentence) as refused:
            actions.change_topic(topic=top, draft=TopicDraft("理论"), parent_id=parent, revision=1, **WHEN)
        assert refused.value.field == "parent"
    with pytest.raises(Refusal, match="最多 6 层"):
        topic(cast, "再下一层", deep[-1])
    elsewhere = actions.add_topic(unit=cast.other, draft=TopicDraft("柳溪的"), parent_id=None, **WHEN)
    with pytest.raises(Refusal, match="不在学习体系里"):
        topic(cast, "别人的下面", elsewhere)


def test_up_and_down_among_brothers(cast: Cast) -> None:
    rows = [topic(cast, title) for title in "甲乙丙"]
    actions.shift_topic(topic=rows[2], up=True, **WHEN)
    assert shape(cast) == ["甲", "丙", "乙"]
    actions.shift_topic(topic=rows[0], up=True, **WHEN)  # it is the first already
    actions.shift_topic(topic=rows[0], up=False, **WHEN)
    assert shape(cast) == ["丙", "甲", "乙"]
    assert [verb for verb, _ in lines()[3:]] == ["上移专题", "下移专题"]
    assert list(torn()) == []


def test_a_merged_topic_gives_away_all_it_has(cast: Cast) -> None:
    red, tradition = topic(cast, "红色教育", None, "红色"), topic(cast, "革命传统、老区", None, "传统")
    topic(cast, "老区")
    child = topic(cast, "纪念馆", tradition)
    both, one = source(cast, "读本一"), source(cast, "读本二")
    actions.place_source(source=both, topic_ids=[red.pk, tradition.pk], seen=[], **WHEN)
    actions.place_source(source=one, topic_ids=[tradition.pk], seen=[], **WHEN)
    with pytest.raises(Refusal, match="自己下面") as refused:
        actions.merge_topic(topic=tradition, into_id=child.pk, revision=1, **WHEN)
    assert refused.value.field == "into"
    actions.merge_topic(topic=tradition, into_id=red.pk, revision=1, **WHEN)
    assert shape(cast) == ["红色教育", "·纪念馆", "老区"]
    tree = tree_of(cast.branch)
    # 老区 is another topic's name, so it is not taken along
    assert tree.node(red.pk).words == ("红色", "革命传统", "传统")
    assert placed_in(cast.branch) == {red.pk: (both.pk, one.pk)}
    assert [row.title for row in archived_in(cast.branch)] == ["革命传统、老区"] and list(torn()) == []
    assert lines()[-1] == ("并入专题", "红色教育")
    with pytest.raises(Overtaken):
        actions.merge_topic(topic=tradition, into_id=red.pk, revision=1, **WHEN)


def test_out_of_use_and_back(cast: Cast) -> None:
    theory = topic(cast, "理论")
    red = topic(cast, "红色教育", theory, "红色")
    text = source(cast)
    actions.place_source(source=text, topic_ids=[red.pk], seen=[], **WHEN)
    with pytest.raises(Refusal, match="下面还有专题"):
        actions.archive_topic(topic=theory, revision=1, **WHEN)
    actions.archive_topic(topic=red, revision=1, **WHEN)
    assert shape(cast) == ["理论"] and inbox_of(cast.branch) == [text] and topics_of(text) == []
    with pytest.raises(Refusal, match="已经停用"):
        actions.shift_topic(topic=red, up=True, **WHEN)
    actions.archive_topic(topic=theory, revision=1, **WHEN)
    taken = topic(cast, "红色")
    with pytest.raises(Refusal, match="“红色”已经归“红色”"):
        actions.resume_topic(topic=red, **WHEN)
    actions.change_topic(topic=taken, draft=TopicDraft("别的"), parent_id=None, revision=1, **WHEN)
    actions.resume_topic(topic=red, **WHEN)
    actions.resume_topic(topic=red, **WHEN)  # a second press changes nothing
    assert shape(cast) == ["别的", "红色教育"] and inbox_of(cast.branch) == [] and list(torn()) == []


def test_placing_a_material(cast: Cast) -> None:
    red, theory, text = topic(cast, "红色教育"), topic(cast, "理论"), source(cast)
    assert inbox_of(cast.branch) == [text] and inbox_of(cast.other) == []
    actions.place_source(source=text, topic_ids=[red.pk, theory.pk], seen=[], **WHEN)
    assert topics_of(text) == [red, theory] and inbox_of(cast.branch) == []
    with pytest.raises(Overtaken, match="位置"):
        actions.place_source(source=text, topic_ids=[], seen=[], **WHEN)
    actions.place_source(source=text, topic_ids=[red.pk, theory.pk], seen=[red.pk, theory.pk], **WHEN)
    assert lines().count(("放到学习体系", text.number)) == 1  # what changes nothing leaves no line
    actions.place_source(source=text, topic_ids=[], seen=[red.pk, theory.pk], **WHEN)
    assert not Placement.objects.exists()
    elsewhere = actions.add_topic(unit=cast.other, draft=TopicDraft("柳溪的"), parent_id=None, **WHEN)
    with pytest.raises(Refusal, match="不在学习体系里"):
        actions.place_source(source=text, topic_ids=[elsewhere.pk], seen=[], **WHEN)
    with pytest.raises(Refusal, match="不在学习体系里"):
        actions.place_new(unit=cast.branch, chosen={text.pk: elsewhere.pk}, **WHEN)


def test_a_batch_from_the_inbox(cast: Cast) -> None:
    red, theory = topic(cast, "红色教育"), topic(cast, "理论")
    one, two = source(cast, "读本一"), source(cast, "读本二")
    foreign = enter_source(unit=cast.other, draft=SourceDraft("柳溪读本"), **WHEN)
    actions.place_source(source=two, topic_ids=[theory.pk], seen=[], **WHEN)
    chosen = {one.pk: red.pk, two.pk: red.pk, foreign.pk: red.pk}
    assert actions.place_new(unit=cast.branch, chosen=chosen, **WHEN) == 1
    assert (topics_of(one), topics_of(two), topics_of(foreign)) == ([red], [theory], [])


def test_a_topic_of_another_ledger_is_not_found(cast: Cast) -> None:
    red = topic(cast, "红色教育")
    assert find(cast.branch, red.pk) == red and find(cast.other, red.pk) is None


def test_what_was_changed_behind_the_actions_is_told(cast: Cast) -> None:
    red = topic(cast, "红色教育")
    Topic.objects.filter(pk=red.pk).update(words="别的")
    assert [(one.where, one.sentence) for one in faults()] == [("学习体系", "专题“红色教育”与最后一次修订不一致。")]
    Topic.objects.filter(pk=red.pk).delete()
    assert list(torn()) == ["一个专题只剩下修订记录。"]


def tried(change: Callable[[], object]) -> Callable[[], str]:
    """What a clerk hears: nothing, or the field at fault."""

    def click() -> str:
        try:
            change()
        except Refusal as refusal:
            return refusal.field or refusal.sentence
        return ""

    return click


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_that_would_make_a_circle_one_is_refused() -> None:
    cast = standing_cast()
    one, two = topic(cast, "甲专题"), topic(cast, "乙专题")

    def under(moving: Topic, parent: Topic) -> Callable[[], str]:
        draft = TopicDraft(moving.title)
        return tried(lambda: actions.change_topic(topic=moving, draft=draft, parent_id=parent.pk, revision=1, **WHEN))

    assert sorted(together(under(one, two), under(two, one))) == ["", "parent"]
    assert sorted(len(step) for step in shape(cast)) == [3, 4]  # one stands under the other


@pytest.mark.django_db(transaction=True)
def test_of_two_who_adopt_the_template_or_place_a_material_one_is_refused() -> None:
    cast = standing_cast()
    adopt = tried(lambda: actions.adopt_template(unit=cast.branch, **WHEN))
    assert sorted(together(adopt, adopt)) == ["", "已经有学习体系了，可以直接改。"]
    first, second = Topic.objects.all()[:2]
    text = source(cast)

    def put(where: Topic) -> Callable[[], str]:
        return tried(lambda: actions.place_source(source=text, topic_ids=[where.pk], seen=[], **WHEN))

    assert sum("刚刚被别人改过" in heard for heard in together(put(first), put(second))) == 1
    assert Placement.objects.count() == 1
