"""定稿, its withdrawal, and 报送."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.models import Seal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.library.handed.actions import keep_handed
from youju.records.models import Submission
from youju.records.submissions.actions import submit
from youju.records.submissions.values import Handed
from youju.reports.drafts.actions.noting import locked, note
from youju.reports.drafts.models import Alternative, Draft
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.queries import sheet_of
from youju.reports.drafts.values import Status


def finalise(*, draft: Draft, base: int, by: Actor | None, at: datetime) -> Draft:
    """定稿: texts and values stand as they are, under a seal. ``base`` is the version that was read.

    Raises Refusal when it changed since, when a passage still has two texts, or when nothing is left in it.
    """
    with transaction.atomic():
        owner = locked(draft)
        if owner.version != base:
            raise Refusal("", "这份报告刚刚被别人改过，请看过现在的内容再定稿。")
        if Alternative.objects.filter(passage__draft=owner).exists():
            raise Refusal("", "还有段落留着两种写法，请先选定一种。")
        if not owner.passages.filter(removed=False).exists():
            raise Refusal("", "报告里还没有文字，不能定稿。")
        owner.status, owner.finalised_at = Status.FINAL, at
        note(owner, verb="定稿", by=by, at=at)
    # After the change itself: a seal waits for every other writer, and none of them shall wait for a draft meanwhile.
    journal.seal(at=at, occasion="定稿")
    return _bear_seal(owner)


def _bear_seal(draft: Draft) -> Draft:
    """The characters of the seal that lies over it; another's may have taken it in a moment earlier."""
    seal = Seal.objects.order_by("-pk").first()
    draft.seal = seal.short if seal else ""
    Draft.objects.filter(pk=draft.pk, status=Status.FINAL).update(seal=draft.seal)
    return draft


def withdraw_final(*, draft: Draft, reason: str, by: Actor | None, at: datetime) -> None:
    """撤回定稿, with a reason that stays in the versions. Raises Refusal on ``reason``, or when it is not final."""
    reason = needed(reason, field="reason", name="撤回的原因", most=120)
    with transaction.atomic():
        owner = _final(draft, "只有定稿可以撤回。")
        owner.status, owner.finalised_at, owner.seal = Status.DRAFT, None, ""
        note(owner, verb="撤回定稿", by=by, at=at, reason=f"撤回定稿：{reason}")


def hand_in(*, draft: Draft, by: Actor | None, at: datetime) -> Submission:
    """报送 to the unit above: what it gets is a record of its own, and the draft stays the branch's.

    Raises Refusal when it is not final, or when nobody is above.
    """
    with transaction.atomic():
        owner = _final(draft, "请先定稿再报送。")
        text = f"{sheet_of(owner).text}\n{owner.signed_by}\n{chinese_date(owner.as_of)}"
        handed = Handed(owner.year, owner.title, text, docx_of(owner), owner.seal)
        submission = submit(unit=owner.unit, handed=handed, by=by, at=at)
        keep_handed(
            unit=owner.unit, submission=submission.pk, year=owner.year, title=owner.title,
            handed_on=submission.submitted_on, text=text, by=by, at=at,
        )  # fmt: skip
        owner.status, owner.submission = Status.HANDED_IN, submission
        note(owner, verb="报送", by=by, at=at)
    return submission


def _final(draft: Draft, sentence: str) -> Draft:
    owner = Draft.objects.select_for_update().get(pk=draft.pk)
    if owner.status == Status.HANDED_IN:
        raise Refusal("", "这份报告已经报送过了。")
    if owner.status != Status.FINAL:
        raise Refusal("", sentence)
    return owner
