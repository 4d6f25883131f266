"""The demonstration's library branch: its reading is checked by a draw each quarter, its months are planned, and what it used is written down."""

from __future__ import annotations

from datetime import date

import pytest

from youju.cli.demonstration import builder
from youju.figures.queries import ask, ask_many
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.study.cards.queries import card_in
from youju.study.deliveries.queries import deliveries_of
from youju.study.models import Card
from youju.study.spotchecks.queries import checks_of, met, recomputed
from youju.study.spotchecks.values import Stage
from youju.study.units.queries import led_at, standings, untaken
from youju.upkeep.verify import faults


@pytest.mark.django_db
def test_draws_name_whom_the_records_met_and_uses_are_counted() -> None:
    on = date(2023, 11, 20)
    builder.build(on=on, first_year=2023)
    unit = Unit.objects.get(name__contains="图书馆", kind="branch")
    checks = checks_of(unit, year=2023)
    assert [check.quarter for check in checks] == [4, 3, 2, 1] and all(map(recomputed, checks))
    assert [check.stage for check in checks[1:]] == [Stage.HELD] * 3
    assert all(met(check) == check.size for check in checks[1:])
    answer = ask("学以致用件数", unit, Period.year(2023), as_of=on)
    assert answer.value >= 2 and {row.note for row in answer.rows} >= {"走访和办实事"}
    planned = standings(unit, year=2023, on=on)
    assert [one.unit.title for one in planned if one.unit.above] == ["学习纪律处分条例"]
    assert [point.title for point in untaken(unit, 2023)] == ["学习公共图书馆法"]
    assert len(planned) == 13 and sum(bool(one.sessions) for one in planned) >= 7
    led = led_at(unit, [session for one in planned for session in one.sessions])
    assert all(
        one.unit.leader and one.unit.leader.name in led[session.pk]
        for one in planned if not one.unit.above
        for session in one.sessions if session.kind_rows.all()[0].kind == "group_study"
    )  # fmt: skip
    counted = ask_many(["领学人次", "研讨发言人次", "集中学习次数", "专题研讨次数"], unit, Period.year(2023), as_of=on)
    leading, spoken, studied, sought = (found.value for found in counted.values())
    assert leading == studied + sought and 2 * sought < spoken <= 5 * sought
    (card,) = Card.objects.filter(use__ledger=unit)
    told = card_in(card.document_id)
    assert told and told.holds and card.document.unit_id == unit.pk
    brought = {row.member_id for row in deliveries_of(unit, year=2023)}
    caught_up = {one.member_id for standing in planned for one in standing.make_up if one.on}
    assert (
        brought and brought & caught_up and ask("送学上门人数", unit, Period.year(2023), as_of=on).value == len(brought)
    )
    assert faults() == []
