"""Questions about 经验卡: what a use says today, which card tells of it, and how that card stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from youju.records.problems.models import Problem
from youju.study.cards.models import Card
from youju.study.cards.rules import digest_of, state_of, written
from youju.study.cards.values import CardText, State, Words
from youju.study.uses.models import Use
from youju.study.uses.onpaper import titled
from youju.study.uses.queries import with_parts


@dataclass(frozen=True)
class Standing:
    """A card as it stands today."""

    document_id: int
    made_at: datetime
    state: State
    use: Use

    @property
    def holds(self) -> bool:
        return self.state is State.HOLDS


def text_of(use: Use) -> CardText:
    """The card that would be written of a use today, its material and work being loaded."""
    work = use.work
    said = "" if isinstance(work, Problem) else titled(work)  # every member of the unit and below reads its library
    words = Words(
        use.number, use.ledger.name, use.day, use.studied, use.place.zh, work.number, said, use.outcome
    )  # fmt: skip
    return written(words)


def card_of(use: Use) -> Standing | None:
    """The card that tells of a use: the one that holds, else the one made last."""
    cards = Card.objects.filter(use=use).select_related("document").order_by("pk")
    found = _standing(use, list(cards))
    return next((one for one in found if one.holds), found[-1] if found else None)


def card_in(document_id: int) -> Standing | None:
    """The card that a document of the library is, if it is one."""
    card = Card.objects.filter(document_id=document_id).select_related("document").order_by("pk").last()
    return _standing(with_parts(Use.objects.filter(pk=card.use_id)).get(), [card])[0] if card else None


def _standing(use: Use, cards: list[Card]) -> list[Standing]:
    if not cards:
        return []
    now, stands = digest_of(text_of(use)), Use.objects.standing().filter(pk=use.pk).exists()
    return [
        Standing(
            card.document_id, card.made_at,
            state_of(card.digest, now=now, stands=stands, removed=card.document.removed_at is not None), use,
        )
        for card in cards
    ]  # fmt: skip
