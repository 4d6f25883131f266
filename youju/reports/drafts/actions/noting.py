"""What every change of a draft ends with: its passages' revisions, its own, and one journal line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Refusal
from youju.reports.drafts.models import Draft, Passage
from youju.reports.drafts.queries import body_of, body_of_passage
from youju.reports.drafts.values import Status

SETTLED = {
    Status.FINAL: "这份报告已经定稿。要改，请书记先撤回定稿。",
    Status.HANDED_IN: "这份报告已经报送，不能再改；要另写一份，请重新起草。",
}


def locked(draft: Draft) -> Draft:
    """The draft for this transaction alone: of two who change it, the second sees what the first has done.

    Raises Refusal when it is no longer written on.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.status != Status.DRAFT:
        raise Refusal("", SETTLED[Status(draft.status)])
    return draft


def note(
    draft: Draft, *, verb: str, changed: Iterable[Passage] = (), by: Actor | None, at: datetime, reason: str = ""
) -> None:
    """Writes down what changed. The draft's revision holds which revision of each passage it is made of."""
    for passage in changed:
        body, texts = body_of_passage(passage)
        owner = Owner("reports", "passage", passage.pk)
        revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at, reason=verb)
        Passage.objects.filter(pk=passage.pk).update(revision=revision.number)
        passage.revision = revision.number
    draft.version += 1
    draft.changed_at = at
    draft.save()
    body, texts = body_of(draft)
    owner = Owner("reports", "draft", draft.pk)
    journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at, reason=reason or verb)
    journal.write_line(
        by=by, at=at, verb=verb, room="reports", noun="draft", object_id=draft.pk, unit_id=draft.unit_id,
        summary=f"{draft.year}年述职报告第{draft.version}版",
    )  # fmt: skip
