"""The two lists of the tab 自测: what each answers for himself, and what is asked aloud (知识竞赛). Both begin at the bank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.study.questions.queries import bank_of
from youju.web.shared.home import held
from youju.web.study.tabs import Frame


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    rows: tuple[object, ...]
    any_questions: bool
    may_write: bool


def list_page(request: HttpRequest, unit: Unit, frame: Frame, rows: Iterable[object]) -> ListPage:
    writes = Right.WRITE_RECORDS in held(request).rights_in(unit)
    return ListPage(frame, tuple(rows), bank_of(unit).exists(), writes)
