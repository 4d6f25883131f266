"""Writing in a draft: texts, passages, and the choice between two texts of the same passage."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.reports.drafts.actions.citing import cite
from youju.reports.drafts.actions.noting import locked, note
from youju.reports.drafts.models import SHARES, Alternative, Draft, Passage
from youju.reports.drafts.queries import told_tokens
from youju.reports.drafts.resolving import Asker, check
from youju.reports.drafts.rules import joined, pieces
from youju.reports.drafts.values import MOST_PASSAGES, MOST_TEXT, Piece, TextDraft

CHANGED = "这一段刚刚被别人改过，请看过现在的内容再办。"


def edit_passage(*, passage: Passage, draft: TextDraft, by: Actor | None, at: datetime) -> Alternative | None:
    """Saves a passage's text. Where somebody else was quicker both texts are kept: his stands, this one is an alternative.

    The same text again is no change. Raises Refusal on ``text``.
    """
    with transaction.atomic():
        owner = locked(passage.draft)
        passage = Passage.objects.get(pk=passage.pk)
        parts = _checked(draft.text, owner)
        text = joined(parts)
        if text == passage.text and not passage.removed:
            return None
        if draft.base == passage.version and not passage.removed:
            _put(passage, parts, owner)
            note(owner, verb="改段落", changed=(passage,), by=by, at=at)
            return None
        same = passage.alternatives.filter(text=text).first()
        if same:
            return same
        beside = Alternative.objects.create(passage=passage, text=text, by_id=by.pk if by else None, written_at=at)
        note(owner, verb="同一段两种写法", changed=(passage,), by=by, at=at)
    return beside


def choose_alternative(*, alternative: Alternative, base: int, by: Actor | None, at: datetime) -> None:
    """选用 the second text; the one that stood is kept in the versions. Raises Refusal when the passage has changed since."""
    with transaction.atomic():
        owner = locked(alternative.passage.draft)
        row = _still_there(alternative)
        passage = row.passage
        if passage.version != base:
            raise Refusal("", CHANGED)
        parts = _checked(row.text, owner)
        passage.removed = False
        _put(passage, parts, owner)
        row.delete()
        note(owner, verb="选用另一种写法", changed=(passage,), by=by, at=at)


def drop_alternative(*, alternative: Alternative, by: Actor | None, at: datetime) -> None:
    """不用 the second text; it stays in the versions."""
    with transaction.atomic():
        owner = locked(alternative.passage.draft)
        row = _still_there(alternative)
        passage = row.passage
        row.delete()
        note(owner, verb="不用另一种写法", changed=(passage,), by=by, at=at)


def insert_passage(
    *, draft: Draft, after: Passage | None, level: int, text: str, by: Actor | None, at: datetime
) -> Passage:
    """A new passage behind another one, or in front of all. Raises Refusal on ``text`` or ``level``."""
    if level not in (0, 1, 2):
        raise Refusal("level", "请选正文、一级标题或二级标题。")
    with transaction.atomic():
        owner = locked(draft)
        parts = _checked(text, owner)
        before = Passage.objects.filter(draft=owner, pk=after.pk).first() if after else None
        rows = _rows(owner)
        if len(rows) >= MOST_PASSAGES:
            raise Refusal("text", f"一份报告最多 {MOST_PASSAGES} 段，请先删去不用的。")
        # Where it was deleted meanwhile, the place it had: the new text shall not stand at the head of the report.
        place = sum((row.position, row.pk) <= (before.position, before.pk) for row in rows) if before else 0
        twin = rows[place] if place < len(rows) else None
        if twin and twin.text == joined(parts) and twin.level == level:  # one form sent twice
            return twin
        share = before.share if before else SHARES[0]
        passage = Passage.objects.create(draft=owner, position=len(rows), level=level, share=share, text=joined(parts))
        cite(passage, parts, _asker(owner))
        _place([*rows[:place], passage, *rows[place:]])
        note(owner, verb="添段落", changed=(passage,), by=by, at=at)
    return passage


def remove_passage(*, passage: Passage, base: int, by: Actor | None, at: datetime) -> None:
    """删段落. It stays in the versions. Raises Refusal when somebody has changed it since."""
    with transaction.atomic():
        owner = locked(passage.draft)
        passage = Passage.objects.get(pk=passage.pk)
        if passage.removed:
            return
        if passage.version != base:
            raise Refusal("", CHANGED)
        passage.removed = True
        passage.save(update_fields=["removed"])
        note(owner, verb="删段落", changed=(passage,), by=by, at=at)


def move_passage(*, passage: Passage, up: bool, by: Actor | None, at: datetime) -> None:
    """Up or down by one; at the end nothing happens."""
    with transaction.atomic():
        owner = locked(passage.draft)
        rows = _rows(owner)
        place = next((i for i, row in enumerate(rows) if row.pk == passage.pk), None)
        to = None if place is None else place - 1 if up else place + 1
        if place is None or to is None or not 0 <= to < len(rows):
            return
        rows[place], rows[to] = rows[to], rows[place]
        _place(rows)
        note(owner, verb="移段落", by=by, at=at)


def edit_head(*, draft: Draft, title: str, byline: str, seen: tuple[str, str], by: Actor | None, at: datetime) -> None:
    """Title and byline. ``seen`` are those the editor had before him: of two who change them, the second is told."""
    title = needed(_one_line(title), field="title", name="标题", most=120)
    byline = needed(_one_line(byline), field="byline", name="署名", most=120)
    with transaction.atomic():
        owner = locked(draft)
        if (owner.title, owner.byline) == (title, byline):
            return
        if (owner.title, owner.byline) != seen:
            raise Refusal("", f"标题刚刚被别人改成“{owner.title}”，署名是“{owner.byline}”。请核对后再存。")
        owner.title, owner.byline = title, byline
        note(owner, verb="改标题", by=by, at=at)


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines())


def _checked(text: str, draft: Draft) -> list[Piece]:
    text = needed(text.replace("\r\n", "\n"), field="text", name="这一段的文字", most=MOST_TEXT)
    text = " ".join(line.strip() for line in text.split("\n") if line.strip())
    parts = pieces(text)
    check(parts, _asker(draft), told=told_tokens(draft))
    return parts


def _put(passage: Passage, parts: list[Piece], draft: Draft) -> None:
    passage.text = joined(parts)
    passage.version += 1
    passage.save(update_fields=["text", "version", "removed"])
    cite(passage, parts, _asker(draft))


def _asker(draft: Draft) -> Asker:
    return Asker(draft.unit, draft.year, draft.outline, draft.as_of)


def _still_there(alternative: Alternative) -> Alternative:
    row = Alternative.objects.select_related("passage").filter(pk=alternative.pk).first()
    if row is None:
        raise Refusal("", "这一段已经选定了写法。")
    return row


def _rows(draft: Draft) -> list[Passage]:
    return list(Passage.objects.filter(draft=draft, removed=False).order_by("position", "pk"))


def _place(rows: list[Passage]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Passage.objects.bulk_update(rows, ["position"])
