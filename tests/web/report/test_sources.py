"""Where the rows behind a number open, and what of them is shown to whom."""

from __future__ import annotations

from datetime import date

import pytest

from youju.figures.catalogue import lump
from youju.figures.values import Answer, Row
from youju.kit.periods import Period
from youju.web.report.sources import Sight, every_source

DAY = date(2026, 3, 5)


def answered(noun: str, number: str = "2026-甲-01", kinds: tuple[str, ...] = ()) -> Answer:
    row = Row(noun, 1, number, DAY, "甲的标题", 7, kinds=kinds)
    return Answer(lump(("visit",)), 7, Period.year(2026), DAY, (row,), 1)


@pytest.mark.parametrize(
    ("noun", "opens"),
    [
        ("activity", True),
        ("resolution", True),
        ("problem", True),
        ("project", True),
        ("campaign_task", True),
        ("request", True),
        ("publication", True),
        ("item", True),
        ("check", True),
        ("milestone", True),
        ("reach", True),
        ("topic", True),
        ("reading", False),
        ("term", False),
    ],
)
def test_what_has_no_page_by_its_number_does_not_open(noun: str, opens: bool) -> None:
    (source,), hidden = every_source(answered(noun, "" if noun == "term" else "2026-甲-01"), Sight({7: 7}, {7: 7}))
    assert (bool(source.url), source.title, hidden) == (opens, "甲的标题", 0)


@pytest.mark.parametrize(
    ("noun", "kinds", "title"),
    [
        ("activity", ("visit",), "甲的标题"),
        ("activity", ("heart_talk",), "谈心谈话"),
        ("activity", ("heart_talk", "visit"), "甲的标题"),
        ("resolution", ("visit",), "2026-甲-01"),
        ("problem", (), None),
        ("measure", (), None),
        ("member", (), None),
        ("learner", (), None),
        ("project", (), None),
        ("publication", (), None),
        ("item", (), None),
        ("noun of tomorrow", (), None),
    ],
)
def test_of_heads_nothing_else_is_told(noun: str, kinds: tuple[str, ...], title: str | None) -> None:
    shown, hidden = every_source(answered(noun, kinds=kinds), Sight({}, {7: 7}))
    assert [source.title for source in shown] == ([title] if title else [])
    assert hidden == (0 if title else 1)


def test_another_ledgers_session_is_shown_by_its_number() -> None:
    (source,), _ = every_source(answered("activity", kinds=("visit",)), Sight({}, {}))
    assert (source.title, source.url, source.note) == ("2026-甲-01", "", "别处的台账")
