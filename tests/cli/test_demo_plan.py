"""The demonstration's plan: begun, adopted by January's meeting, carried out; next year's is drafted from November on."""

from __future__ import annotations

from datetime import date

import pytest

from youju.cli.demonstration import builder
from youju.duties.plans.queries import in_force, lines_of, plan_of
from youju.duties.queries import standings
from youju.duties.values import Status
from youju.people.models import Unit


@pytest.mark.django_db
def test_the_home_branch_has_this_years_plan_and_keeps_to_it() -> None:
    on = date(2023, 4, 12)
    builder.build(on=on, first_year=2023)
    unit = Unit.objects.get(code="QH-GXS")
    plan = plan_of(unit, 2023)
    assert plan is not None and in_force(plan)
    assert plan.adopted_on is not None and (plan.adopted_on.year, plan.adopted_on.month) == (2023, 1)
    lines = lines_of(plan)
    assert {"主题党日", "党课", "开展警示教育", "修订支部组织生活制度"} <= {line.title for line in lines}
    own = {s.due.title: s.status for s in standings(unit, 2023, on=on) if s.due.source == "plan"}
    assert own["修订支部组织生活制度"] is Status.DONE  # by the record of March's meeting
    assert Status.LATE not in own.values()
    assert "主题党日" not in own  # the rule's due names who has it in hand
    months = [s for s in standings(unit, 2023, on=on) if s.due.source_id == "theme_day"]
    assert {s.due.note for s in months} == {"责任人 林朝暮"}
    assert plan_of(unit, 2024) is None
