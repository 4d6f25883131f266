"""转录自纸质台账: many short lines of one book at once, without a file and without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from youju.paper.reading.columns import Line
from youju.people.imports.values import Fault
from youju.people.members.queries import memberships_on
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of
from youju.prose.vocabulary import KINDS
from youju.records.imports.actions import import_sessions, judge_sessions
from youju.web.shared import clock, place
from youju.web.shared.fields import typed

LINES, MOST_LINES = 10, 200
MOST_BOOK = 50
#: What a line asks for: (column of the table, heading, wide or narrow, list of suggestions).
FIELDS: tuple[tuple[str, str, str, str], ...] = (
    ("day", "日期", "", ""),
    ("start", "开始", "", ""),
    ("kinds", "类型", "", "kinds"),
    ("title", "主题", "wide", ""),
    ("pages", "页码", "", ""),
    ("host", "主办", "", "hosts"),
    ("chair", "主持人", "", "people"),
    ("recorder", "记录人", "", "people"),
    ("leave", "请假人员", "", ""),
    ("absent", "缺席人员", "", ""),
    ("present", "参加人员", "", ""),
    ("guests", "列席和来宾", "", ""),
    ("place", "地点", "", ""),
    ("agenda", "议题", "wide", ""),
)
#: A line may carry these from the one above, so they alone do not make it a line.
CARRIED = frozenset({"host", "chair", "recorder", "place"})


class BookForm(forms.Form):
    book = forms.CharField(
        label="哪一本台账",
        max_length=MOST_BOOK,
        help_text="如：2023年会议记录本。每一行再写页码。",
        error_messages={"required": "请写是哪一本台账。", "max_length": f"最多 {MOST_BOOK} 字。"},
    )


@dataclass(frozen=True)
class Cell:
    """One input of a line."""

    name: str
    label: str
    value: str
    css: str
    list: str
    wrong: bool


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Cell, ...]
    faults: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class TranscribePage:
    unit: Unit
    form: BookForm
    rows: tuple[Row, ...]
    kinds: tuple[str, ...]
    hosts: tuple[str, ...]
    people: tuple[str, ...]
    may_grow: bool

    @property
    def faulty(self) -> int:
        return sum(bool(row.faults) for row in self.rows)


@require_http_methods(["GET", "HEAD", "POST"])
def transcribe(request: HttpRequest) -> HttpResponse:
    """Every filled line is recorded, or none is: a line with a fault keeps all of them in the form."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    form = BookForm(typed(request))
    count = _count(request.POST.get("lines", ""))
    written = _typed(request, count)
    if request.method != "POST":
        return _show(request, unit, form, written, count)
    if "more" in request.POST:
        return _show(request, unit, BookForm(initial=request.POST.dict()), written, min(count + LINES, MOST_LINES))
    faults: dict[int, tuple[Fault, ...]] = {}
    at = clock.now()
    lines = _lines(written, str(request.POST.get("book", "")).strip())
    faults = {row.line.number: row.faults for row in judge_sessions(unit=unit, rows=lines, at=at) if row.faults}
    faults |= {n: (*faults.get(n, ()), Fault("pages", "请填页码。")) for n in _without_pages(written)}
    if not lines:
        form.add_error(None, "还没有填任何一行。")
    if form.is_valid() and not faults:
        done = import_sessions(unit=unit, rows=lines, by=request.user, at=at)
        if not done.faulty:
            skipped = f"，{done.skipped} 条台账里已有，跳过" if done.skipped else ""
            messages.success(request, f"已转录 {done.kept} 条{skipped}。")
            return redirect("ledger:index")
        faults = {row.line.number: row.faults for row in done.faulty}
    return _show(request, unit, form, written, count, faults=faults)


def _count(given: str) -> int:
    return (
        max(LINES, min(int(given), MOST_LINES)) if given.isascii() and given.isdecimal() and len(given) < 5 else LINES
    )


def _typed(request: HttpRequest, count: int) -> dict[int, dict[str, str]]:
    """What was typed, by line and column; lines in which nothing stands of their own are left out."""
    found = {}
    for number in range(1, count + 1):
        cells = {name: str(request.POST.get(f"l{number}-{name}", "")).strip() for name, *_ in FIELDS}
        if any(cells.values()):
            found[number] = cells
    return found


def _filled(cells: dict[str, str]) -> bool:
    return any(value for name, value in cells.items() if name not in CARRIED)


def _lines(written: dict[int, dict[str, str]], book: str) -> list[Line]:
    found = []
    for number, cells in written.items():
        if _filled(cells):
            told = {name: value for name, value in cells.items() if value and name != "pages"}
            told["transcribed_from"] = f"{book}{_pages(cells['pages'])}"
            found.append(Line(number, told))
    return found


def _pages(said: str) -> str:
    """第12页, whether one writes 12, 第12页 or 12-13."""
    return f"第{said}页" if re.fullmatch(r"[\d、,，\-—至 ]+", said) else said


def _without_pages(written: dict[int, dict[str, str]]) -> list[int]:
    return [number for number, cells in written.items() if _filled(cells) and not cells["pages"]]


def _show(
    request: HttpRequest, unit: Unit, form: BookForm, written: dict[int, dict[str, str]], count: int,
    *, faults: dict[int, tuple[Fault, ...]] | None = None,
) -> HttpResponse:  # fmt: skip
    day = clock.today()
    zh: dict[str, str] = {name: label for name, label, *_ in FIELDS}
    rows = []
    for number in range(1, count + 1):
        told = (faults or {}).get(number, ())
        wrong = {fault.column for fault in told}
        cells: dict[str, Any] = written.get(number, {})
        rows.append(
            Row(
                number=number,
                cells=tuple(
                    Cell(f"l{number}-{name}", label, cells.get(name, ""), css, hints, name in wrong)
                    for name, label, css, hints in FIELDS
                ),
                faults=tuple((zh.get(fault.column, ""), fault.sentence) for fault in told),
                note="",
            )
        )
    page = TranscribePage(
        unit=unit,
        form=form,
        rows=tuple(rows),
        kinds=tuple(kind.zh for kind in KINDS.values()),
        hosts=tuple(group.short_name for group in groups_of(unit, on=day)),
        people=tuple(dict.fromkeys(row.member.name for row in memberships_on(unit, day))),
        may_grow=count < MOST_LINES,
    )
    wrong_page = bool(faults) or (form.is_bound and bool(form.errors))
    return render(request, "ledger/transcribe.html", {"page": page, "form": form}, status=422 if wrong_page else 200)
