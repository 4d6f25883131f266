"""A unit of study as a row of a list, and the addresses that its list and its own page share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from youju.people.models import Unit
from youju.study.units.models import StudyUnit
from youju.study.units.queries import Standing
from youju.study.units.values import Stage
from youju.web.shared.stages import MARKS


@dataclass(frozen=True)
class Row:
    standing: Standing
    url: str
    record_url: str  # 记一次 of it; empty for who may not, or before its days

    @property
    def unit(self) -> StudyUnit:
        return self.standing.unit

    @property
    def mark(self) -> str:
        return MARKS[self.standing.stage]


def url_of(unit: StudyUnit, page: str = "unit") -> str:
    return reverse(f"study:{page}", args=[unit.ledger_id, unit.pk])


def list_url(ledger: Unit, year: int) -> str:
    return f"{reverse('study:units')}?{urlencode({'unit': ledger.pk, 'year': year})}"


def record_url(unit: StudyUnit) -> str:
    """记一次 of the unit: its kind, its words, its form, its topic, its materials and who leads are there already."""
    form = {"form": unit.form} if unit.form else {}
    led = {"led": str(unit.leader_id)} if unit.leader_id else {}
    return recording(unit, {"kinds": unit.kind, "title": unit.title} | form | led)


def recording(unit: StudyUnit, said: dict[str, str]) -> str:
    """A new record that begins with what is ``said``, and with the topic and the materials of the unit."""
    topic = {"topic": unit.topic.title} if unit.topic else {}
    asked: dict[str, Any] = {"unit": unit.ledger_id, **said, **topic, "text": [one.title for one in unit.sources.all()]}
    return f"{reverse('ledger:new')}?{urlencode(asked, doseq=True)}"


def row_of(standing: Standing, *, may_write: bool) -> Row:
    open_to = may_write and standing.stage is not Stage.AHEAD and standing.unit.dropped_at is None
    return Row(standing, url_of(standing.unit), record_url(standing.unit) if open_to else "")
