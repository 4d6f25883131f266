"""Questions to the journal."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import chain
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from youju.journal.models import Line, Revision, RevisionText, Seal, Slip
from youju.journal.values import NOBODY, Break, Kept, Owner, Reach
from youju.kit.digests import canonical, salted_digest, sha256_hex


def reach_of(seal: Seal | None) -> Reach:
    """How far a seal reaches; nowhere before the first one."""
    return Reach(seal.last_line, seal.last_revision, seal.last_slip) if seal else Reach()


def digest_since(before: Seal | None, *, until: Reach) -> str:
    """The digest a seal must have that reaches to these rows and stands on ``before``."""
    digest = hashlib.sha256((before.digest if before else "").encode())
    since = reach_of(before)
    for row in chain(
        _lines_between(since.line, until.line),
        _revisions_between(since.revision, until.revision),
        _slips_between(since.slip, until.slip),
    ):
        digest.update(canonical(row))
    return digest.hexdigest()


def _lines_between(after: int, last: int) -> Iterator[list[object]]:
    for line in Line.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").iterator(chunk_size=2000):
        yield [
            line.pk, line.at.astimezone(UTC), line.by_id, line.verb, line.room, line.noun, line.object_id, line.unit_id, line.summary,
        ]  # fmt: skip


def _revisions_between(after: int, last: int) -> Iterator[list[object]]:
    for row in Revision.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").iterator(chunk_size=2000):
        yield [
            row.pk, row.room, row.noun, row.object_id, row.number, row.at.astimezone(UTC), row.by_id, row.reason, row.digest,
        ]  # fmt: skip


def _slips_between(after: int, last: int) -> Iterator[list[object]]:
    for slip in Slip.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").iterator(chunk_size=2000):
        at = slip.at.astimezone(UTC)
        yield [slip.pk, slip.session_id, slip.member_id, at, slip.by_device, slip.place, slip.means]


def slips_of(session_id: int) -> list[Slip]:
    """Who has signed in to a session, in the order they came."""
    return list(Slip.objects.filter(session_id=session_id).exclude(member_id=NOBODY).order_by("pk"))


def slip_of(session_id: int, member_id: int) -> Slip | None:
    return Slip.objects.filter(session_id=session_id, member_id=member_id).first()


def own_slip(session_id: int, device: str) -> Slip | None:
    """The one slip a phone has written for its owner."""
    return Slip.objects.filter(session_id=session_id, by_device=device, place=0).first()


def slips_about(member_id: int) -> list[Slip]:
    """Every slip of a member, oldest first."""
    return list(Slip.objects.filter(member_id=member_id).order_by("pk"))


def breaks() -> list[Break]:
    """Every place where a seal, a revision or a kept text no longer agrees with its digest; empty when all is whole."""
    found: list[Break] = []
    before: Seal | None = None
    for seal in Seal.objects.order_by("pk"):
        if digest_since(before, until=reach_of(seal)) != seal.digest:
            found.append(Break(seal.pk, f"封存 {seal.short}（{seal.occasion}）与留痕不一致。"))
        before = seal
    found.extend(
        Break(0, f"{revision} 的内容与摘要不一致。")
        for revision in Revision.objects.order_by("pk").iterator(chunk_size=2000)
        if sha256_hex(bytes(revision.body)) != revision.digest
    )
    found.extend(_changed_texts())
    return found


def _changed_texts() -> Iterator[Break]:
    for text in RevisionText.objects.select_related("revision").order_by("pk").iterator(chunk_size=2000):
        if salted_digest(text.text, text.salt) != kept_body(text.revision).get("texts", {}).get(text.key):
            yield Break(0, f"{text.revision} 的文字 {text.key} 与摘要不一致。")


def kept_body(revision: Revision) -> dict[str, Any]:
    """The body as data; empty when it was damaged so far that it cannot be read."""
    try:
        body = json.loads(bytes(revision.body))
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def newest(*, room: str, noun: str) -> dict[int, Kept]:
    """The newest version of every thing of a noun, by its id."""
    last: dict[int, Revision] = {}
    for revision in Revision.objects.filter(room=room, noun=noun).order_by("number").iterator(chunk_size=2000):
        last[revision.object_id] = revision
    texts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    rows = RevisionText.objects.filter(revision__room=room, revision__noun=noun)
    for revision_id, key, salt, text in rows.values_list("revision_id", "key", "salt", "text").iterator(
        chunk_size=2000
    ):
        texts[revision_id][key] = (salt, text)
    return {
        object_id: Kept(revision.number, kept_body(revision), texts[revision.pk])
        for object_id, revision in last.items()
    }


def superseded_naming(name: str) -> QuerySet[RevisionText]:
    """Texts of revisions that are no longer the newest of their owner and in which a name stands."""
    owner = {key: OuterRef(f"revision__{key}") for key in ("room", "noun", "object_id")}
    newer = Revision.objects.filter(**owner, number__gt=OuterRef("revision__number"))
    return RevisionText.objects.filter(Exists(newer), text__contains=name)


def lines_of(owner: Owner) -> list[Line]:
    """What happened to one thing, newest first."""
    return list(Line.objects.filter(room=owner.room, noun=owner.noun, object_id=owner.id).order_by("-pk"))


def last_number(owner: Owner) -> int:
    """The number of its newest revision; 0 where there is none."""
    return last_numbers(room=owner.room, noun=owner.noun, ids=(owner.id,)).get(owner.id, 0)


def last_numbers(*, room: str, noun: str, ids: Iterable[int]) -> dict[int, int]:
    """The same of several things of one noun, by their ids; of those that have a revision."""
    rows = Revision.objects.filter(room=room, noun=noun, object_id__in=list(ids)).order_by()
    return dict(rows.values_list("object_id").annotate(Max("number")))


def revisions_of(owner: Owner) -> list[Revision]:
    """All versions of one thing, newest first."""
    return list(Revision.objects.of(owner).order_by("-number"))
