"""Pages of 学以致用: what was put to use in a year, one of them, and the forms that write, correct and withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.accounts.models import User
from youju.kit.refusal import NotYours, Refusal
from youju.library.intake.queries import place_for
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.sources.queries import offered
from youju.records.sources.rules import say
from youju.study.cards.actions import write_card
from youju.study.cards.queries import Standing, card_of
from youju.study.cards.values import State
from youju.study.uses import actions
from youju.study.uses.models import Use
from youju.study.uses.queries import find, uses_of, work_named, works_offered
from youju.study.uses.values import Place
from youju.web.shared import clock, place
from youju.web.shared.fields import typed, word_in
from youju.web.shared.files import Trace, kept_file, sent_file, traces_of
from youju.web.shared.home import held
from youju.web.shared.originals import original
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, filled, pressed, seen
from youju.web.shared.sheets import Cell, table_response
from youju.web.shared.uses import use_url, work_title, work_url
from youju.web.study.steps import FormPage, Thing, with_reason
from youju.web.study.tabs import Frame, frame
from youju.web.study.uses_forms import UseForm
from youju.web.study.years import Year, year_asked

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Row:
    use: Use
    url: str
    work: str
    work_url: str


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]
    new_url: str


@dataclass(frozen=True)
class UsePage:
    frame: Frame
    row: Row
    file_url: str
    source_url: str
    traces: tuple[Trace, ...]
    may_write: bool
    card: Standing | None
    card_url: str  # empty for who may not read it, and where it lies in the library no more
    may_card: bool  # write one: there is none of these words


@dataclass(frozen=True)
class WordsPage(FormPage):
    keeps_file: bool = False  # it has one, which stays unless another is chosen
    works: tuple[tuple[str, str], ...] = ()  # (number, title)
    sources: tuple[str, ...] = ()


def use_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> Use:
    """The use of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这一件学以致用。")


def row_of(use: Use) -> Row:
    return Row(use, use_url(use), work_title(use.work), work_url(use.work))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request)
    may_write = Right.WRITE_RECORDS in held(request).rights_in(unit)
    rows = tuple(map(row_of, uses_of(unit, year=year.chosen)))
    page = ListPage(
        frame=frame(unit, "study:uses"),
        year=year,
        rows=rows,
        counts=tuple((one.zh, sum(row.use.place is one for row in rows)) for one in Place),
        new_url=f"{reverse('study:use_new')}?unit={unit.pk}" if may_write else "",
    )
    return render(request, "study/uses/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request)
    rows: list[list[Cell]] = [
        [use.number, use.day, use.studied, use.place.zh, use.work.number, work_title(use.work), use.outcome,
         "有" if use.shown_file else ""]
        for use in uses_of(unit, year=year.chosen)
    ]  # fmt: skip
    return table_response(
        name=f"{unit.short_name}{year.chosen}年学以致用",
        headings=("编号", "日期", "学习材料", "用在", "项目、问题或记录", "名称", "成效", "佐证"),
        rows=rows,
        widths=(16, 12, 40, 14, 18, 30, 50, 8),
    )


@require_safe
def use(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    found = use_for(request, unit_id, number, Right.READ_RECORDS)
    rights, card = held(request).rights_in(found.ledger), card_of(found)
    document = original(request, card.document_id) if card and card.state is not State.REMOVED else None
    page = UsePage(
        frame=frame(found.ledger, "study:uses"),
        row=row_of(found),
        file_url=use_url(found, "use_file") if found.shown_file else "",
        source_url=reverse("ledger:source", args=[found.ledger_id, found.source.number]),
        traces=traces_of("use", found.pk, room="study"),
        may_write=Right.WRITE_RECORDS in rights and found.withdrawn_at is None,
        card=card,
        card_url=reverse("library:document", args=[document.pk]) if document else "",
        may_card={Right.WRITE_RECORDS, Right.WRITE_LIBRARY} <= rights
        and found.withdrawn_at is None
        and not (card and card.holds),
    )
    return render(request, "study/uses/use.html", {"page": page})


@require_POST
def card(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """写成经验卡, for the library of the unit, by who may put texts there."""
    found = use_for(request, unit_id, number)
    user = request.user
    assert isinstance(user, User)  # no page of study is open to strangers
    place_for(user, found.ledger_id, on=clock.today())
    return pressed(
        request, "经验卡已写成，放进了素材库。",
        lambda: write_card(use=found, revision=seen(request, found.revision), by=user, at=clock.now()), back=use_url(found),
    )  # fmt: skip


@require_safe
def file(request: HttpRequest, unit_id: int, number: str) -> FileResponse:
    found = use_for(request, unit_id, number, Right.READ_RECORDS)
    if found.withdrawn_at:
        raise NotYours("这一件已经撤回。")
    return sent_file(found.file, name=f"{found.number}-佐证")


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """``?work=`` is the number of the project, problem or record one comes from."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    given = work_named(unit, word_in(request.GET.get("work"), most=40))
    form = UseForm(
        typed(request), request.FILES or None, ledger=unit,
        initial={"work": given.number if given else "", "used_on": _likely_day(given), "source": request.GET.get("source", "")[:250]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            kept = kept_file(request, form.cleaned_data["file"])
            made = actions.put_to_use(
                work=form.cleaned_data["work"], draft=form.draft(), file=kept, by=request.user, at=clock.now()
            )
            messages.success(request, f"已记下，编号 {made.number}。")
            return redirect(use_url(made))
        except Refusal as refusal:
            put_in(form, refusal)
    here = frame(unit, "study:uses")
    page = WordsPage(
        here, form, "记学以致用", "记下", work_url(given) if given else here.url,
        works=tuple((work.number, work_title(work)) for work in works_offered(unit)), sources=_sources(unit),
    )  # fmt: skip
    return render(request, "study/uses/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@reads_and_posts
def change(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """更正; where it was used stays."""
    found = use_for(request, unit_id, number)
    likely = {"source": found.studied, "outcome": found.outcome, "used_on": found.used_on}
    form = UseForm(typed(request), request.FILES or None, ledger=found.ledger, use=found, initial=likely)
    page = WordsPage.of(
        _thing(found),
        form,
        "更正学以致用",
        "保存更正",
        keeps_file=found.file is not None,
        sources=_sources(found.ledger),
    )

    def save(data: dict[str, Any]) -> str:
        actions.correct_use(
            use=found, draft=form.draft(), file=kept_file(request, data["file"]),
            revision=seen(request, found.revision), reason=data["reason"], **by_now(request),
        )  # fmt: skip
        return "更正已保存。"

    return filled(request, page, save, template="study/uses/form.html")


@reads_and_posts
def withdraw(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """撤回, with the reason."""
    found = use_for(request, unit_id, number)

    def do(reason: str) -> None:
        actions.withdraw_use(use=found, revision=seen(request, found.revision), reason=reason, **by_now(request))

    said = f"{found.number} 已撤回，不再计数。"
    return with_reason(request, _thing(found), "撤回学以致用", verb="撤回", do=do, said=said)


def _thing(found: Use) -> Thing:
    return Thing(frame(found.ledger, "study:uses"), use_url(found), (found.number, found.studied), found.revision)


def _likely_day(work: object) -> date | None:
    """A record has its own day."""
    return None if isinstance(work, Session) else clock.today()


def _sources(unit: Any) -> tuple[str, ...]:
    return tuple(map(say, offered(unit)))


USE = "uses/<int:unit_id>/<str:number>/"
URLS = [
    path("uses/", index, name="uses"),
    path("uses/export.xlsx", export, name="uses_export"),
    path("uses/new/", new, name="use_new"),
    path(USE, use, name="use"),
    path(USE + "file/", file, name="use_file"),
    path(USE + "change/", change, name="use_change"),
    path(USE + "withdraw/", withdraw, name="use_withdraw"),
    path(USE + "card/", card, name="use_card"),
]
