"""Changes of codes: issue, enter, open a document with one, revoke."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.library.documents.models import Document
from youju.library.entitlements.models import Code, Opening
from youju.library.entitlements.queries import codes_of

MOST_DOCUMENTS = 10_000
#: Without 0, O, 1, I and L: a code is read from paper and typed on a phone.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
UNKNOWN = "口令不对，或已过期、已撤销、已被别人启用。"


def issue(*, quota: int, until: date, note: str, by: Actor | None, at: datetime) -> tuple[Code, str]:
    """签发: a new code and its words, which are told this once. Raises Refusal on ``quota`` or ``until``."""
    if not 0 < quota <= MOST_DOCUMENTS:
        raise Refusal("quota", f"可打开篇数要在 1 到 {MOST_DOCUMENTS} 之间。")
    if until < local_day(at):
        raise Refusal("until", "有效期已经过去了，请写今天或以后的日子。")
    words = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    with transaction.atomic():
        code = Code.objects.create(
            digest=_digest(words), note=note.strip()[:60], quota=quota, until=until, issued_at=at,
            issued_by_id=by.pk if by else None,
        )  # fmt: skip
        _note(code, verb="签发素材口令", by=by, at=at, summary=f"{quota} 篇，至 {until:%Y-%m-%d}")
    return code, words


def enter(*, words: str, user: User, at: datetime) -> Code:
    """启用: the code is his from now on. Raises Refusal on ``code`` with one sentence, whatever is wrong with it."""
    with transaction.atomic():
        code = Code.objects.select_for_update().filter(digest=_digest(words)).first()
        if code is None or code.revoked_at or code.until < local_day(at) or code.holder_id not in (None, user.pk):
            raise Refusal("code", UNKNOWN)
        if code.holder_id is None:
            code.holder, code.entered_at = user, at
            code.save(update_fields=["holder", "entered_at"])
            _note(code, verb="启用素材口令", by=user, at=at, summary=str(code.pk))
    return code


def open_whole(*, document: Document, user: User, at: datetime) -> Opening:
    """Opens a document with the code that ends first. One already open costs nothing. Raises Refusal, and to who has
    no code left always in the same words, whatever the document holds.
    """
    with transaction.atomic():
        held = {code.pk: code for code in codes_of(user, on=local_day(at))}
        codes = list(Code.objects.select_for_update().filter(pk__in=held).order_by("until", "pk"))
        known = Opening.objects.filter(code__in=codes, document=document).first()
        if known:
            return known
        code = next((one for one in codes if one.used < one.quota), None)
        if code is None:
            raise Refusal("code", "没有可用的口令，或可打开的篇数已经用完。")
        if not document.has_restricted:
            raise Refusal("code", "您看到的就是全文，没有用掉口令。")
        code.used += 1
        code.save(update_fields=["used"])
        opening = Opening.objects.create(code=code, document=document, at=at)
        _note(code, verb="打开全文", by=user, at=at, summary=f"素材 {document.pk}")
    return opening


def revoke(*, code: Code, by: Actor | None, at: datetime) -> None:
    """撤销: what it opened is closed again. Raises Refusal."""
    with transaction.atomic():
        code = Code.objects.select_for_update().get(pk=code.pk)
        if code.revoked_at:
            raise Refusal("", "这个口令已经撤销了。")
        code.revoked_at = at
        code.save(update_fields=["revoked_at"])
        _note(code, verb="撤销素材口令", by=by, at=at, summary=str(code.pk))


def _digest(words: str) -> str:
    return sha256_hex("".join(words.upper().replace("-", " ").split()).encode())


def _note(code: Code, *, verb: str, by: Actor | None, at: datetime, summary: str) -> None:
    journal.write_line(by=by, at=at, verb=verb, room="library", noun="code", object_id=code.pk, summary=summary)
