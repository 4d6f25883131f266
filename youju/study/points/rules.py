"""Pure judgement: the years for which one says what shall be studied."""

from __future__ import annotations

from datetime import date

from youju.kit.refusal import Refusal

MOST_BACK_YEARS = 5


def check_year(day: date, *, today: date) -> None:
    """The next year is the last that pages offer; of a mistyped one nobody would see what he has written.

    Raises Refusal on ``starts_on``.
    """
    if not today.year - MOST_BACK_YEARS < day.year <= today.year + 1:
        raise Refusal("starts_on", f"只排{today.year - MOST_BACK_YEARS + 1}年到{today.year + 1}年的学习，请核对年份。")
