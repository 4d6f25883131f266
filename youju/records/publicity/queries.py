"""Questions about publicity."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.journal.models import Revision
from youju.journal.queries import kept_body
from youju.journal.values import Owner
from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.values import HAPPENED
from youju.records.publicity.kinds import PUBLICITY_KINDS
from youju.records.publicity.models import Publication, PublicationSession
from youju.records.publicity.values import Status
from youju.store.models import StoredFile


def with_parts(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """With all a page shows; records that were removed are left out."""
    told = (
        PublicationSession.objects.filter(session__status__in=HAPPENED)
        .select_related("session")
        .prefetch_related("session__kind_rows")
    )
    return rows.select_related("unit", "project", "person", "consent_by").prefetch_related(
        Prefetch("told", queryset=told.order_by("session__held_on", "pk")), "files__file"
    )


def publications_of(unit: Unit) -> list[Publication]:
    """The unit's own, newest first."""
    return list(with_parts(Publication.objects.filter(unit=unit)).order_by("-dated_on", "-pk"))


def find(unit: Unit, number: str) -> Publication | None:
    return with_parts(Publication.objects.filter(unit=unit, number=number)).first()


def whole(pk: int) -> Publication:
    """With every part there is: as a revision keeps it."""
    return Publication.objects.prefetch_related("told", "files__file").get(pk=pk)


TEXTS = ("title", "text", "practice", "outcome", "use", "outsider", "link", "channel_name")


def body_of(row: Publication) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision holds, all parts being loaded: plain data with persons as ids, and texts by key."""
    files = sorted(row.files.all(), key=lambda one: one.pk)
    body = {
        "number": row.number, "unit": row.unit_id, "kind": row.kind, "dated_on": row.dated_on, "status": row.status,
        "channel": row.channel, "project": row.project_id, "person": row.person_id, "consent_on": row.consent_on,
        "consent_by": row.consent_by_id, "erased": row.erased_at is not None,
        "told": sorted(one.session_id for one in row.told.all()), "files": [[one.pk, one.file.sha256] for one in files],
    }  # fmt: skip
    texts = {name: getattr(row, name) for name in TEXTS}
    return body, texts | {f"file.{one.pk}": one.caption for one in files}


def files_ever(row: Publication) -> tuple[set[str], list[StoredFile]]:
    """Of all files that any revision of it held: the keys of their captions, and those whose bytes are still there."""
    bodies = (kept_body(one) for one in Revision.objects.of(Owner("records", "publication", row.pk)))
    files = [(pk, digest) for body in bodies for pk, digest in body.get("files", [])]
    stored = StoredFile.objects.filter(sha256__in={digest for _, digest in files}, erased_at__isnull=True)
    return {f"file.{pk}" for pk, _ in files}, list(stored)


@rows_once
def _written_about(member: int) -> QuerySet[Publication]:
    return Publication.objects.filter(person_id=member).order_by("dated_on", "pk")


@rows_once
def _consents_noted_by(member: int) -> QuerySet[Publication]:
    return Publication.objects.filter(consent_by_id=member).order_by("dated_on", "pk")


def about(member: Member) -> dict[str, object]:
    """What was written about a member, and the consents he noted."""
    return {
        "写他的宣传材料": [
            {
                "编号": row.number, "种类": PUBLICITY_KINDS[row.kind].zh if row.kind in PUBLICITY_KINDS else row.kind,
                "题目": row.said, "日期": row.dated_on, "状态": Status(row.status).zh, "登在": row.where,
                "同意日期": row.consent_on,
            }
            for row in _written_about(member.pk)
        ],
        "他征求同意的宣传材料": [
            {"编号": row.number, "同意日期": row.consent_on} for row in _consents_noted_by(member.pk)
        ],
    }  # fmt: skip
