"""A record that is linked elsewhere and then corrected to a 谈话: no page says any more with whom it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import make
from tests.cast import standing_cast
from youju.records.activities.actions import correct_activity
from youju.records.activities.values import ActivityDraft, RosterEntry
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.publicity.actions import enter_publication, link_record
from youju.records.publicity.values import PublicationDraft
from youju.records.registers.actions import enter_subject
from youju.records.registers.values import SubjectDraft
from youju.records.visits.actions import cover

pytestmark = pytest.mark.django_db
SINCE, DAY = date(2026, 1, 5), date(2026, 5, 8)
AT = make.moment(DAY, 20)
WHOM = "和田大有谈一谈"


@pytest.mark.parametrize(
    "page",
    ["problems/{0}/2026-问题-01/", "work/publicity/{0}/2026-宣传-01/", "work/publicity/{0}/2026-宣传-01/print/",
     "work/visits/", "work/registers/{0}/village/V01/"],
)  # fmt: skip
def test_with_whom_is_for_who_keeps_the_ledger(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    cast = standing_cast()
    unit, roster = cast.branch, (RosterEntry(cast.people[1].pk), RosterEntry(cast.people[2].pk))
    village = enter_subject(unit=unit, draft=SubjectDraft("village", "V01", "河湾村", SINCE), by=None, at=AT)
    session = make.activity(unit, "visit", DAY, roster=roster, entered=AT)
    cover(session=session, subject_ids=[village.pk], by=None, at=AT)
    problem = raise_problem(
        unit=unit,
        draft=ProblemDraft("走访少", Source.SELF, DAY, 2026),
        measures=(MeasureDraft("多走访"),),
        by=None,
        at=AT,
    )
    finish_measure(measure=problem.measures.get(), proof="走了", on=DAY, record=session.number, by=None, at=AT)
    told = enter_publication(unit=unit, draft=PublicationDraft("report", "走访见闻", DAY), by=None, at=AT)
    link_record(publication=told, number=session.number, by=None, at=AT)
    draft = ActivityDraft(kinds=("heart_talk",), title=WHOM, starts_at=session.starts_at, roster=roster)
    correct_activity(session=session, draft=draft, revision=session.revision, reason="记错了类型", by=None, at=AT)
    reader = Client()
    reader.force_login(cast.committee)
    body = reader.get("/" + page.format(unit.pk)).content.decode()
    assert "谈心谈话" in body and WHOM not in body
