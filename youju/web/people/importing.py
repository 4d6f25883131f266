"""导入党员: from the template or from a unit's own roster."""

from __future__ import annotations

from youju.people.imports.actions import import_members
from youju.people.imports.queries import judge_members
from youju.people.imports.values import MEMBER_COLUMNS, Table
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of
from youju.web.shared import clock, place
from youju.web.shared.import_page import Importer
from youju.web.shared.importing import views

IMPORT = views(
    Importer(
        table=Table.MEMBERS,
        job="people",
        heading="导入党员",
        intro="用模板，或用本组织自己的花名册。只读姓名、组织、类别、日期和职务；身份证号等其他列不读，也不保存。",
        columns=MEMBER_COLUMNS,
        what="组织与党员",
        named_by=("name", "unit", "since"),
        unit_of=lambda request: place.unit_of(request, Right.WRITE_ROSTER),
        judge=judge_members,
        keep=import_members,
        template_name="党员导入模板",
        choices=lambda unit: {"unit": [one.short_name for one in (unit, *groups_of(unit, on=clock.today()))]},
    )
)
