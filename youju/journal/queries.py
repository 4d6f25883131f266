"""Questions to the journal."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from youju.journal.models import Line, Revision, RevisionText, Seal
from youju.journal.values import Break, Kept, Owner
from youju.kit.digests import canonical, salted_digest, sha256_hex


def digest_since(before: Seal | None, *, last_line: int, last_revision: int) -> str:
    """The digest a seal must have that reaches to these rows and stands on ``before``."""
    digest = hashlib.sha256((before.digest if before else "").encode())
    lines = Line.objects.filter(pk__gt=before.last_line if before else 0, pk__lte=last_line).order_by("pk")
    for line in lines.iterator(chunk_size=2000):
        digest.update(
            canonical(
                [
                    line.pk,
                    line.at.astimezone(UTC),
                    line.by_id,
                    line.verb,
                    line.room,
                    line.noun,
                    line.object_id,
                    line.unit_id,
                    line.summary,
                ]
            )
        )
    revisions = Revision.objects.filter(pk__gt=before.last_revision if before else 0, pk__lte=last_revision).order_by(
        "pk"
    )
    for revision in revisions.iterator(chunk_size=2000):
        digest.update(
            canonical(
                [
                    revision.pk,
                    revision.room,
                    revision.noun,
                    revision.object_id,
                    revision.number,
                    revision.at.astimezone(UTC),
                    revision.by_id,
                    revision.reason,
                    revision.digest,
                ]
            )
        )
    return digest.hexdigest()


def breaks() -> list[Break]:
    """Every place where a seal, a revision or a kept text no longer agrees with its digest; empty when all is whole."""
    found: list[Break] = []
    before: Seal | None = None
    for seal in Seal.objects.order_by("pk"):
        if digest_since(before, last_line=seal.last_line, last_revision=seal.last_revision) != seal.digest:
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


def lines_of(owner: Owner) -> list[Line]:
    """What happened to one thing, newest first."""
    return list(Line.objects.filter(room=owner.room, noun=owner.noun, object_id=owner.id).order_by("-pk"))


def revisions_of(owner: Owner) -> list[Revision]:
    """All versions of one thing, newest first."""
    return list(Revision.objects.of(owner).order_by("-number"))
