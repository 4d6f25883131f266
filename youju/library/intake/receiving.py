"""What was sent through a page becomes a run: once, however often the page is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from youju.accounts.models import User
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.library.documents.values import Origin
from youju.library.intake import actions, waiting
from youju.library.intake.listing import Listing
from youju.library.intake.models import Intake
from youju.library.intake.values import Way
from youju.people.models import Unit

GIVEN_CHARACTERS = 300
NOT_KEPT = "写不下这些文件，一份也没有放进去。请腾出磁盘空间后再放一次。"


def token_for(user: User, page: str) -> str:
    """What a run is known by: the page it was sent from, and who sent it, so that nobody goes on with another's."""
    return sha256_hex(f"{user.pk}/{page}".encode())[:40]


def receive_files(
    *,
    files: Sequence[tuple[str, Iterable[bytes]]],
    unit: Unit | None,
    origin: Origin,
    token: str,
    by: User,
    at: datetime,
) -> Intake:
    """Files with their names: laid aside as they came and written down, to be taken turn after turn.

    Raises Refusal on ``papers`` when the disk does not hold them.
    """
    with waiting.turn_of(token):
        known = Intake.objects.filter(token=token).first()
        if known is not None:
            return known
        try:
            waiting.put(token, files)
        except OSError as fault:
            waiting.clear(token)
            raise Refusal("papers", NOT_KEPT) from fault
        with waiting.listing(token) as listing:
            return actions.begin(
                way=Way.UPLOAD, given=_given([name for name, _ in files]), offers=listing.offers,
                passed_over=listing.passed_over, unit=unit, origin=origin, token=token, by=by, at=at,
            )  # fmt: skip


def receive_text(
    *, title: str, text: str, unit: Unit | None, origin: Origin, token: str, by: User, at: datetime
) -> Intake:
    """Words that were pasted, taken at once. Raises Refusal on ``title`` and ``disk``."""
    title = needed(title, field="title", name="标题")
    with waiting.turn_of(token), Listing() as listing:
        listing.add_text(title, text)
        intake = actions.begin(
            way=Way.PASTE, given=title[:GIVEN_CHARACTERS], offers=listing.offers, unit=unit, origin=origin, token=token,
            by=by, at=at,
        )  # fmt: skip
        return actions.take(intake=intake, offers=listing.offers, by=by, at=at)


def _given(names: Sequence[str]) -> str:
    """The names, as far as there is room."""
    text = "、".join(names)
    return text if len(text) <= GIVEN_CHARACTERS else f"{text[:GIVEN_CHARACTERS]}……共 {len(names)} 个"
