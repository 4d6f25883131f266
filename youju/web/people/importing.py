"""导入党员: from the template or from a unit's own roster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from youju.accounts.models import User
from youju.kit.zone import local_day
from youju.paper.reading.columns import Line
from youju.people.imports.actions import import_members
from youju.people.imports.queries import judge_members
from youju.people.imports.values import MEMBER_COLUMNS, Imported, Judged, MemberDraft, Table
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of
from youju.web.shared import clock, place
from youju.web.shared.importing import Importer, run
from youju.web.shared.sheets import template_response


def _judge(unit: Unit, rows: Sequence[Line], at: datetime) -> Sequence[Judged[MemberDraft]]:
    return judge_members(unit, rows, today=local_day(at))


def _keep(unit: Unit, rows: Sequence[Line], by: User, at: datetime) -> Imported[MemberDraft]:
    return import_members(unit=unit, rows=rows, by=by, at=at)


MEMBERS = Importer(
    table=Table.MEMBERS,
    heading="导入党员",
    intro="用模板，或用本组织自己的花名册。只读姓名、组织、类别、日期和职务；身份证号等其他列不读，也不保存。",
    index="people:index",
    template="people:import_template",
    columns=MEMBER_COLUMNS,
    what="组织与党员",
    named_by=("name", "unit", "since"),
    judge=_judge,
    keep=_keep,
)


@csrf_exempt  # only so that the file can be taken into memory first; ``run`` checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: HttpRequest) -> HttpResponse:
    return run(request, unit=place.unit_of(request, Right.WRITE_ROSTER), importer=MEMBERS)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.WRITE_ROSTER)
    units = [one.short_name for one in (unit, *groups_of(unit, on=clock.today()))]
    return template_response(name=f"{unit.short_name}党员导入模板", columns=MEMBER_COLUMNS, choices={"unit": units})
