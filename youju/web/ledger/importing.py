"""导入台账: from the template or from a unit's own table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest

from youju.kit.zone import local_day
from youju.people.imports.values import Judged, Table
from youju.people.members.queries import memberships_on
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of
from youju.prose.vocabulary import KINDS
from youju.records.activities.rules import days_late
from youju.records.imports.actions import import_sessions, judge_sessions
from youju.records.imports.values import SESSION_COLUMNS, SessionRow
from youju.web.shared import clock, place
from youju.web.shared.import_page import Importer
from youju.web.shared.importing import views


def _ledger(request: HttpRequest) -> Unit:
    return place.ledger_of(request, Right.WRITE_RECORDS)


def _choices(unit: Unit) -> Mapping[str, Sequence[str]]:
    day = clock.today()
    names = [row.member.name for row in memberships_on(unit, day)]
    return {
        "kinds": [kind.zh for kind in KINDS.values()],
        "host": [one.short_name for one in (unit, *groups_of(unit, on=day))],
        "chair": names,
        "recorder": names,
        "lecturer": names,
    }


def _remark(rows: Sequence[Judged[SessionRow]], at: datetime) -> str:
    """Rows of past days that name no book count as entered late; that should be seen before, not after."""
    drafts = [row.draft.draft for row in rows if row.draft]
    day = local_day(at)
    late = sum(
        not draft.transcribed_from and days_late(held_on=local_day(draft.starts_at), entered_on=day) > 0
        for draft in drafts
    )
    return f"其中 {late} 行没有写“转录自”，会标为补录。" if late else ""


IMPORT = views(
    Importer(
        table=Table.SESSIONS,
        job="ledger",
        heading="导入台账",
        intro="用模板，或用本组织自己的台账表。应到名单按名册当天的人生成，没写请假、缺席的算到会；往年的在“转录自”写明哪一本哪几页，不算补录。",
        columns=SESSION_COLUMNS,
        what="台账",
        named_by=("day", "kinds", "title"),
        unit_of=_ledger,
        judge=judge_sessions,
        keep=import_sessions,
        template_name="台账导入模板",
        choices=_choices,
        remark=_remark,
    )
)
