"""Changes to the tree of topics, and where materials are put in it. All that changes a tree waits for the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Overtaken, Refusal
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.models import Source
from youju.study.curriculum.models import Placement, Topic
from youju.study.curriculum.queries import body_of, tree_of
from youju.study.curriculum.rules import MOST_TOPICS, MOST_WORDS, check_place, checked_topic, read_words, say_words
from youju.study.curriculum.values import TEMPLATE, Planted, TopicDraft, Tree

GONE = "这个专题已经停用了，请先恢复使用。"


def adopt_template(*, unit: Unit, by: Actor | None, at: datetime) -> int:
    """从模板建学习体系; how many topics. Raises Refusal where topics are already in use."""
    ledger = ledger_unit(unit)
    with transaction.atomic():
        if _held(ledger):
            raise Refusal("", "已经有学习体系了，可以直接改。")
        planted = _plant(ledger, TEMPLATE, None, by=by, at=at)
        journal.write_line(
            by=by, at=at, verb="从模板建学习体系", room="study", noun="curriculum", object_id=ledger.pk,
            unit_id=ledger.pk, summary=f"{planted}个专题",
        )  # fmt: skip
    return planted


def add_topic(*, unit: Unit, draft: TopicDraft, parent_id: int | None, by: Actor | None, at: datetime) -> Topic:
    """加专题, after its brothers. Raises Refusal on ``title``, ``words`` or ``parent``; nothing is written then."""
    ledger = ledger_unit(unit)
    with transaction.atomic():
        tree = _held(ledger)
        draft = checked_topic(draft, tree)
        check_place(tree, parent_id)
        if Topic.objects.filter(ledger=ledger).count() >= MOST_TOPICS:
            raise Refusal("", f"一个学习体系最多 {MOST_TOPICS} 个专题。")
        topic = Topic.objects.create(
            ledger=ledger, parent_id=parent_id, title=draft.title, words=say_words(draft.words),
            position=_last(tree, parent_id), entered_at=at,
        )  # fmt: skip
        _note(topic, verb="加专题", by=by, at=at)
    return topic


def change_topic(
    *, topic: Topic, draft: TopicDraft, parent_id: int | None, revision: int, by: Actor | None, at: datetime
) -> Topic:
    """改专题: its name, its words, and where it stands; what is under it moves with it.

    Raises Refusal on ``title``, ``words`` or ``parent``, or when somebody else was quicker.
    """
    with transaction.atomic():
        tree = _held(topic.ledger)
        now = _seen(topic, revision)
        draft = checked_topic(draft, tree, itself=now.pk)
        if parent_id != now.parent_id:
            check_place(tree, parent_id, moving=now.pk, levels=tree.height(now.pk))
            now.parent_id, now.position = parent_id, _last(tree, parent_id)
        now.title, now.words = draft.title, say_words(draft.words)
        now.save(update_fields=["parent", "position", "title", "words"])
        _note(now, verb="改专题", by=by, at=at)
    return now


def shift_topic(*, topic: Topic, up: bool, by: Actor | None, at: datetime) -> None:
    """上移、下移 among its brothers. At the end it stays where it is."""
    with transaction.atomic():
        tree = _held(topic.ledger)
        if topic.pk not in tree:
            raise Refusal("", GONE)
        parent = tree.node(topic.pk).parent_id
        order = [node.id for node in tree.children(parent if parent in tree else None)]
        here = order.index(topic.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(order):
            return
        order[here], order[there] = order[there], order[here]
        for position, pk in enumerate(order):
            Topic.objects.filter(pk=pk).update(position=position)
        _line(topic, verb="上移专题" if up else "下移专题", by=by, at=at)


def merge_topic(*, topic: Topic, into_id: int, revision: int, by: Actor | None, at: datetime) -> Topic:
    """并入: names, materials and what stands under one topic go to another, and the first goes out of use.

    Raises Refusal on ``into``, or when somebody else was quicker.
    """
    with transaction.atomic():
        tree = _held(topic.ledger)
        now = _seen(topic, revision)
        if into_id not in tree or into_id in tree.below(now.pk):
            raise Refusal("into", "请选别的专题，不能并入自己或自己下面的专题。")
        for child in tree.children(now.pk):
            check_place(tree, into_id, moving=child.id, levels=tree.height(child.id))
        into = Topic.objects.get(pk=into_id)
        said = dict.fromkeys((*into.node.words, *read_words(now.title), *now.node.words))
        words = tuple(
            word for word in said if word != into.title and tree.named.get(word, into_id) in (now.pk, into_id)
        )
        if len(words) > MOST_WORDS:
            raise Refusal("into", f"两边的叫法合起来超过 {MOST_WORDS} 个，请先删去几个。")
        Topic.objects.filter(pk=now.pk).update(archived_at=at)  # first: of one title two may not be in use
        now.archived_at = at
        for position, child in enumerate(tree.children(now.pk), start=_last(tree, into_id)):
            moved = Topic.objects.get(pk=child.id)
            moved.parent, moved.position = into, position
            moved.save(update_fields=["parent", "position"])
            _write(moved, by=by, at=at)
        there = set(into.placements.values_list("source_id", flat=True))
        now.placements.filter(source_id__in=there).delete()
        now.placements.update(topic=into)
        into.words = say_words(words)
        into.save(update_fields=["words"])
        _write(now, by=by, at=at)
        _note(into, verb="并入专题", by=by, at=at)
    return into


def archive_topic(*, topic: Topic, revision: int, by: Actor | None, at: datetime) -> None:
    """停用: records stay as they are; its materials go back to the inbox. Raises Refusal while topics stand under it."""
    with transaction.atomic():
        tree = _held(topic.ledger)
        now = _seen(topic, revision)
        if tree.children(now.pk):
            raise Refusal("", "下面还有专题，请先把它们移走或停用。")
        now.archived_at = at
        now.save(update_fields=["archived_at"])
        _note(now, verb="停用专题", by=by, at=at)


def resume_topic(*, topic: Topic, by: Actor | None, at: datetime) -> None:
    """恢复使用, on top where its parent is no more. Raises Refusal where another topic is called so by now."""
    with transaction.atomic():
        tree = _held(topic.ledger)
        now = Topic.objects.get(pk=topic.pk)
        if now.archived_at is None:
            return
        draft = checked_topic(TopicDraft(now.title, now.node.words), tree)
        if now.parent_id is not None and now.parent_id not in tree:
            now.parent_id = None
        check_place(tree, now.parent_id)
        now.title, now.archived_at, now.position = draft.title, None, _last(tree, now.parent_id)
        now.save(update_fields=["title", "archived_at", "parent", "position"])
        _note(now, verb="恢复使用专题", by=by, at=at)


def place_source(
    *, source: Source, topic_ids: Collection[int], seen: Collection[int], by: Actor | None, at: datetime
) -> None:
    """放到学习体系: at these topics and no others. ``seen`` are those at which the clerk saw it stand.

    Raises Refusal on ``topics``, or when somebody else was quicker.
    """
    with transaction.atomic():
        tree = _held(source.ledger)
        wanted = set(topic_ids)
        if not all(topic in tree for topic in wanted):
            raise Refusal("topics", "有一个专题不在学习体系里，请重新选择。")
        standing = set(_standing(source))
        if standing != set(seen):
            raise Overtaken("这份材料的位置")
        if standing != wanted:
            _put(source, taken=standing - wanted, given=wanted - standing, by=by, at=at)


def place_new(*, unit: Unit, chosen: Mapping[int, int], by: Actor | None, at: datetime) -> int:
    """收件箱里的一批: material → topic; how many. What somebody has placed meanwhile stays where he put it."""
    ledger, done = ledger_unit(unit), 0
    with transaction.atomic():
        tree = _held(ledger)
        if not all(topic in tree for topic in chosen.values()):
            raise Refusal("", "有一个专题不在学习体系里，请重新选择。")
        for source in Source.objects.filter(ledger=ledger, pk__in=chosen).order_by("pk"):
            if not _standing(source):
                _put(source, taken=(), given={chosen[source.pk]}, by=by, at=at)
                done += 1
    return done


def _standing(source: Source) -> list[int]:
    rows = Placement.objects.filter(source=source, topic__archived_at__isnull=True)
    return list(rows.values_list("topic_id", flat=True))


def _put(source: Source, *, taken: Iterable[int], given: Iterable[int], by: Actor | None, at: datetime) -> None:
    Placement.objects.filter(source=source, topic_id__in=taken).delete()
    rows = [Placement(source=source, topic_id=topic) for topic in sorted(given)]
    Placement.objects.bulk_create(rows)
    journal.write_line(
        by=by, at=at, verb="放到学习体系", room="study", noun="placement", object_id=source.pk,
        unit_id=source.ledger_id, summary=source.number,
    )  # fmt: skip


def _plant(ledger: Unit, topics: Iterable[Planted], parent: Topic | None, *, by: Actor | None, at: datetime) -> int:
    count = 0
    for position, one in enumerate(topics):
        topic = Topic.objects.create(
            ledger=ledger, parent=parent, title=one.title, words=say_words(one.draft.words), position=position,
            entered_at=at,
        )  # fmt: skip
        _write(topic, by=by, at=at)
        count += 1 + _plant(ledger, one.children, topic, by=by, at=at)
    return count


def _held(ledger: Unit) -> Tree:
    """The tree, held until the change is certain: two who move topics at once could make a circle of what is right alone."""
    Unit.objects.select_for_update(no_key=True).get(pk=ledger.pk)
    return tree_of(ledger)


def _seen(topic: Topic, revision: int) -> Topic:
    """The topic as it is now, if it is still what the editor saw."""
    now = Topic.objects.get(pk=topic.pk)
    if now.revision != revision:
        raise Overtaken("这个专题")
    if now.archived_at is not None:
        raise Refusal("", GONE)
    return now


def _last(tree: Tree, parent_id: int | None) -> int:
    return max((node.position for node in tree.children(parent_id)), default=-1) + 1


def _note(topic: Topic, *, verb: str, by: Actor | None, at: datetime) -> None:
    _write(topic, by=by, at=at)
    _line(topic, verb=verb, by=by, at=at)


def _write(topic: Topic, *, by: Actor | None, at: datetime) -> None:
    body, texts = body_of(topic)
    revision = journal.write_revision(owner=Owner("study", "topic", topic.pk), body=body, texts=texts, by=by, at=at)
    if revision.number != topic.revision:
        Topic.objects.filter(pk=topic.pk).update(revision=revision.number)
        topic.revision = revision.number


def _line(topic: Topic, *, verb: str, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="topic", object_id=topic.pk, unit_id=topic.ledger_id,
        summary=topic.title,
    )  # fmt: skip
