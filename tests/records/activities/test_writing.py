"""What a change keeps of a session is what the database holds of it, to the byte, and it is written in few queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Revision, RevisionText
from youju.kit.digests import canonical
from youju.records.activities import actions
from youju.records.activities.models import NumberSeries, Session
from youju.records.activities.queries import body_of, with_parts
from youju.records.activities.values import (
    ActivityDraft,
    AgendaDraft,
    ItemKind,
    PlanDraft,
    ResolutionDraft,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)
AT = make.moment(DAY, 20)
MOST_QUERIES = 25


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def draft(cast: Cast, **more: object) -> ActivityDraft:
    """A meeting with all that a record can hold."""
    starts = make.moment(DAY, 14, 30)
    agenda = (
        AgendaDraft(" 学习 ", "领学原文 ", ItemKind.FIRST_TOPIC),
        AgendaDraft(
            "转正", "情况", resolutions=(ResolutionDraft("同意转正 ", "admission", 8), ResolutionDraft("报批"))
        ),
        AgendaDraft("其他"),
    )
    roster = make.everyone(cast.branch, ("party_meeting",), DAY, leave=cast.people[8:])
    words: dict[str, object] = {
        "kinds": ("party_meeting", "theme_day"), "title": " 讨论计划 ", "starts_at": starts, "ends_at": starts + timedelta(hours=2),
        "place": " 二楼 ", "chair_id": cast.people[0].pk, "recorder_id": cast.people[1].pk, "roster": roster,
        "agenda": agenda, "outcome": " 通过 ", "transcribed_from": " 记录本 ",
    }  # fmt: skip
    return ActivityDraft(**{**words, **more})  # type: ignore[arg-type]


def planned(cast: Cast) -> Session:
    plan = PlanDraft(("theme_day",), " 仓储安全 ", make.moment(DAY), " 礼堂 ", (AgendaDraft("看现场", "甲库"),))
    return actions.plan_session(unit=cast.branch, draft=plan, by=None, at=make.START)


def recorded(cast: Cast, **more: object) -> Session:
    return actions.record_activity(unit=cast.branch, draft=draft(cast), by=None, at=AT, **more)  # type: ignore[arg-type]


def corrected(cast: Cast, **more: object) -> Session:
    given = draft(cast, **more)
    session = recorded(cast)
    return actions.correct_activity(session=session, draft=given, revision=1, reason="写错了", by=None, at=AT)


def joined(cast: Cast) -> Session:
    both = (*draft(cast).roster, *make.everyone(cast.other, ("party_meeting",), DAY))
    return corrected(cast, roster=both, joining_unit_ids=(cast.other.pk,))


WAYS: dict[str, Callable[[Cast], Session]] = {
    "planned": planned,
    "recorded": recorded,
    "from a plan": lambda cast: recorded(cast, planned=planned(cast)),
    "corrected": corrected,
    "with fewer parts": lambda cast: corrected(cast, agenda=(), outcome="", chair_id=None),
    "joined by another unit": joined,
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_what_is_kept_from_memory_is_what_the_database_holds(cast: Cast, way: str) -> None:
    session = WAYS[way](cast)
    revision = Revision.objects.get(room="records", noun="session", object_id=session.pk, number=session.revision)
    whole = with_parts(Session.objects.filter(pk=session.pk)).get()
    body, texts = body_of(whole)
    kept = json.loads(bytes(revision.body))
    digests = kept.pop("texts")
    assert canonical(kept) == canonical(body)
    assert whole.revision == session.revision
    words = dict(RevisionText.objects.filter(revision=revision).values_list("key", "text"))
    assert words == {key: text for key, text in texts.items() if text}
    assert digests.keys() == words.keys()


def test_a_record_is_written_in_few_queries(cast: Cast) -> None:
    given = draft(cast)
    with CaptureQueriesContext(
        connection,
    ) as first:
        actions.record_activity(unit=cast.branch, draft=given, by=None, at=AT, form_key="a")
    with CaptureQueriesContext(connection) as second:
        actions.record_activity(unit=cast.branch, draft=given, by=None, at=AT, form_key="b")
    assert len(first) <= MOST_QUERIES
    assert len(second) < len(first)  # its series of numbers is there already
    assert NumberSeries.objects.get(code="大会").last == 2


def test_how_long_the_agenda_is_costs_nothing(cast: Cast) -> None:
    counts = []
    for length in (2, 30):
        items = tuple(AgendaDraft(f"议题{n}", resolutions=(ResolutionDraft("同意"),)) for n in range(length))
        given = draft(cast, agenda=items)
        recorded(cast)
        with CaptureQueriesContext(connection) as asked:
            actions.record_activity(unit=cast.branch, draft=given, by=None, at=AT)
        counts.append(len(asked))
    assert counts[0] == counts[1]
