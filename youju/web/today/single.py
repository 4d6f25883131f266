"""One due that comes from no rule: a notice from above, a line of the plan, a task. What answers it is a record."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from youju.duties.notices.models import Notice
from youju.duties.queries import ledgers_of, standing_by_key
from youju.duties.replies.actions import answer_with, withdraw_answer
from youju.duties.replies.queries import offered, records_in
from youju.duties.replies.values import ANSWERED, LONGEST_KEY, Reply
from youju.duties.values import Standing
from youju.figures.values import Row
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import rights_in
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.rules import TALK_KINDS
from youju.web.shared import clock, place
from youju.web.shared.refusals import put_in
from youju.web.today.due_page import without_names
from youju.web.today.forms import ReplyForm
from youju.web.today.rows import MARKS, SOURCES_ZH, title_of
from youju.web.today.verbs import Button, button_for, session_url, single_url


@dataclass(frozen=True)
class ReplyLine:
    """A record that answers. Without ``url`` the reader may not open it, or it stands in somebody else's ledger."""

    reply: Reply
    url: str


@dataclass(frozen=True)
class CountedLine:
    """A record that counts towards a due with a figure."""

    row: Row
    url: str


@dataclass(frozen=True)
class SinglePage:
    unit: Unit
    standing: Standing
    title: str
    mark: str
    source: str  # 上级部署, 年度计划
    text: str
    wanted: str  # 主题党日、党课
    answered: bool  # whether a named record settles it, rather than a figure
    replies: tuple[ReplyLine, ...]
    hidden: int
    rows: tuple[CountedLine, ...]
    button: Button | None
    may_write: bool
    form: ReplyForm | None
    reply_url: str
    unreply_url: str


@require_safe
def single(request: HttpRequest) -> HttpResponse:
    """What is asked, by whom, by when, and which record answers it."""
    unit, standing = _standing(request, Right.READ_NUMBERS)
    return _show(request, unit, standing, None)


@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """选一条记录."""
    unit, standing = _standing(request, Right.WRITE_RECORDS)
    due = standing.due
    form = ReplyForm(request.POST, offered=_offered(unit, standing))
    if due.verb in ANSWERED and form.is_valid():
        try:
            answer_with(
                unit=unit, key=due.key, session=Session.objects.get(pk=form.cleaned_data["session"]), kinds=due.kinds,
                years={due.owed_by.year}, by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, "已作为回应。")
            return redirect(single_url(due))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, unit, standing, form, status=422)


@require_POST
def unreply(request: HttpRequest) -> HttpResponse:
    """撤回回应: the record stays, the due is owed again."""
    unit, standing = _standing(request, Right.WRITE_RECORDS)
    number = request.POST.get("session", "")
    session = Session.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) <= 18 else None
    if session is None:
        raise NotYours("没有这条记录。")
    try:
        withdraw_answer(
            unit=unit, key=standing.due.key, session=session, years={standing.due.owed_by.year}, by=request.user,
            at=clock.now(),
        )  # fmt: skip
        messages.success(request, "已撤回，这件事重新列入应做；记录还在台账里。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(single_url(standing.due))


def _standing(request: HttpRequest, right: Right) -> tuple[Unit, Standing]:
    unit = place.unit_of(request, right)
    key = request.GET.get("key", "")
    found = standing_by_key(unit, key, on=clock.today()) if 0 < len(key) <= LONGEST_KEY else None
    if found is None or found.due.source in ("rule", "measure"):  # those have pages of their own
        raise NotYours("没有这件应做的事：可能已经撤回，或者不归这个组织办。")
    return unit, found


def _offered(unit: Unit, standing: Standing) -> list[Session]:
    due = standing.due
    return offered(unit, due.kinds, key=due.key, since=due.opens_on, on=standing.on)


def _show(
    request: HttpRequest, unit: Unit, standing: Standing, form: ReplyForm | None, status: int = 200
) -> HttpResponse:
    page = _page(unit, standing, rights_in(request.user, unit, on=clock.today()), form)
    return render(request, "today/single.html", {"page": page, "form": page.form}, status=status)


def _page(unit: Unit, standing: Standing, rights: frozenset[Right], form: ReplyForm | None) -> SinglePage:
    due, whole, may_write = standing.due, Right.READ_RECORDS in rights, Right.WRITE_RECORDS in rights
    if not may_write and TALK_KINDS & set(due.kinds):
        standing = without_names(standing)
    answered = due.verb in ANSWERED
    if answered and may_write and form is None:
        form = ReplyForm(offered=_offered(unit, standing))
    found = records_in([unit.pk], [due.key]).get((unit.pk, due.key), ()) if answered else ()
    opens, ledgers = Right.READ_HEADS in rights, ledgers_of(unit)
    rows = standing.answer.rows if standing.answer and opens else ()
    return SinglePage(
        unit=unit,
        standing=standing,
        title=title_of(standing),
        mark=MARKS[standing.status],
        source=SOURCES_ZH[due.source],
        text=_text(standing, whole=whole),
        wanted="、".join(KINDS[kind].zh for kind in due.kinds if kind in KINDS),
        answered=answered,
        replies=tuple(
            ReplyLine(
                reply if may_write else reply.as_head(),
                session_url(unit.pk, reply.number) if reply.ledger_id in ledgers else "",
            )
            for reply in (found if opens else ())
        ),
        hidden=0 if opens else len(found),
        rows=tuple(
            CountedLine(row, session_url(unit.pk, row.number) if row.number and row.unit_id in ledgers else "")
            for row in rows
        ),
        button=button_for(standing, rights=rights),
        may_write=may_write,
        form=form if may_write and answered else None,
        reply_url=single_url(due, "reply"),
        unreply_url=single_url(due, "unreply"),
    )


def _text(standing: Standing, *, whole: bool) -> str:
    """What the unit above wrote; of other dues their note, which may name who has it in hand."""
    if standing.due.source == "notice":
        return Notice.objects.values_list("text", flat=True).get(pk=int(standing.due.source_id))
    return standing.due.note if whole else ""
