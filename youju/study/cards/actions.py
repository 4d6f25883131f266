"""Changes to 经验卡: write one. It is corrected and taken out in the library, as any document is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.kit.refusal import Overtaken, Refusal
from youju.library.documents.models import Document
from youju.library.documents.values import Origin
from youju.library.intake.queries import rows_of
from youju.library.intake.receiving import receive_text, token_for
from youju.study.cards.models import Card
from youju.study.cards.queries import text_of
from youju.study.cards.rules import digest_of
from youju.study.cards.values import CardText
from youju.study.uses.models import Use
from youju.study.uses.queries import with_parts


def write_card(*, use: Use, revision: int, by: User, at: datetime) -> Card:
    """写成经验卡: the words of a use become a document of the library, for the unit whose ledger holds it.

    Pressed twice it is written once. Raises Refusal where the use was withdrawn or is another by now, or where the
    library does not take the words.
    """
    now = with_parts(Use.objects.standing().filter(pk=use.pk)).first()
    if now is None:
        raise Refusal("", "这一件已经撤回，不能写成经验卡。")
    if now.revision != revision:
        raise Overtaken("这一件")
    text = text_of(now)
    digest = digest_of(text)
    there = _there(now, digest)
    if there is not None:
        return there
    # The library takes what it is given in its own turn and transaction; sent again it answers with what it has.
    document = _taken(now, text, by=by, at=at)
    with transaction.atomic():
        Use.objects.select_for_update(of=("self",)).get(pk=now.pk)
        there = _there(now, digest)
        if there is not None:
            return there
        card, _ = Card.objects.get_or_create(
            use=now, document=document, defaults={"digest": digest, "made_at": at}
        )  # fmt: skip
        journal.write_line(
            by=by, at=at, verb="写成经验卡", room="study", noun="use", object_id=now.pk, unit_id=now.ledger_id,
            summary=now.number,
        )  # fmt: skip
    return card


def _there(use: Use, digest: str) -> Card | None:
    """The card of these very words that still lies in the library."""
    return Card.objects.filter(use=use, digest=digest, document__removed_at__isnull=True).order_by("pk").last()


def _taken(use: Use, text: CardText, *, by: User, at: datetime) -> Document:
    page = f"card-{use.pk}-{Card.objects.filter(use=use).count()}-{digest_of(text)}"
    intake = receive_text(
        title=text.title, text=text.body, unit=use.ledger, origin=Origin.OWN, token=token_for(by, page), by=by, at=at
    )
    row = rows_of(intake).first()
    if row is None or row.document is None:
        raise Refusal("", (row and row.sentence) or "素材库没有收下这段文字，请再试一次。")
    return row.document
