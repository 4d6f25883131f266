"""送学上门 in a report: counted in one sentence, read back as the same two figures, and silent where there was none."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.people.models import Unit
from youju.reports.drafts.resolving import refs
from youju.reports.queries import report_of
from youju.study.deliveries.actions import bring
from youju.study.deliveries.values import DeliveryDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


def judged(unit: Unit, text: str) -> list[tuple[str, str, str]]:
    rows = audit_text(text, unit=unit, today=TODAY, year=2026, as_of=TODAY).judged
    return [(row.claim.text, row.verdict.value, row.answer.figure.id if row.answer else "") for row in rows]


def test_the_learning_report_says_how_often_and_to_how_many() -> None:
    cast = standing_cast()
    unit, (first, second) = cast.branch, cast.people[7:]
    make.activity(unit, "group_study", date(2026, 3, 2))
    assert "送学" not in "".join(report_of(unit, 2026, as_of=TODAY, outline="learning").paragraphs())
    for day, people in ((date(2026, 5, 6), (first, second)), (date(2026, 9, 1), (first,))):
        draft = DeliveryDraft(tuple(one.pk for one in people), day, "read", (), "全会精神", cast.people[0].pk)
        bring(unit=unit, draft=draft, by=None, at=AT)
    report = report_of(unit, 2026, as_of=TODAY, outline="learning")
    told = "".join(report.paragraphs())
    assert "对到不了场的党员，支部送学上门3次，共为2名党员送学。" in told
    assert not any(one.name in told for one in (first, second, cast.people[0]))
    (cited,) = [one for one in report.citations if one.answer.figure.id == "送学上门次数"]
    assert {ref.revision for ref in refs(cited.answer.rows).values()} == {1}
    matches = Verdict.MATCHES.value
    said = "对到不了场的党员，支部送学上门3次，共为2名党员送学。"
    assert judged(unit, said) == [("3次", matches, "送学上门次数"), ("2名", matches, "送学上门人数")]
    assert judged(unit, "全年送学上门3人次。") == [("3人次", matches, "送学上门次数")]
    assert judged(unit, "全年为4名党员送学上门。") == [("4名", Verdict.DIFFERS.value, "送学上门人数")]


@pytest.mark.parametrize("narrower", ["为2名老党员送学。", "给2名行动不便的党员送学上门。", "送学进企业2次。"])
def test_what_the_ledger_does_not_keep_is_not_judged(narrower: str) -> None:
    """Neither age nor health is kept: how many of them were old, nobody can say from here."""
    cast = standing_cast()
    draft = DeliveryDraft((cast.people[8].pk,), date(2026, 5, 6), "read", (), "全会精神", cast.people[0].pk)
    bring(unit=cast.branch, draft=draft, by=None, at=AT)
    assert [row[1:] for row in judged(cast.branch, narrower)] == [(Verdict.NOT_CHECKABLE.value, "")]
