"""Writing in a draft: a passage in a textarea, its preview, adding, moving, deleting, choosing between two texts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.roles.rules import Right
from youju.reports.drafts import actions
from youju.reports.drafts.models import Alternative, Draft, Passage
from youju.reports.drafts.previewing import preview_of
from youju.reports.drafts.values import TextDraft
from youju.web.report.draft_forms import HeadForm, NewPassageForm, PassageForm
from youju.web.report.draft_pages import figure_names
from youju.web.report.drafting import MOST_ID, draft_for
from youju.web.report.ideas import idea_in
from youju.web.shared import clock
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
BOTH_KEPT = "别人刚刚也改了这一段。两种写法都留着，请选一种。"


def passage_for(request: HttpRequest, pk: int, passage_id: int) -> Passage:
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    passage = Passage.objects.filter(pk=passage_id, draft=draft).select_related("draft__unit").first()
    if passage is None:
        raise NotYours("没有这一段。")
    return passage


def to_passage(draft_id: int, passage_id: int) -> HttpResponse:
    return redirect(reverse("report:draft", args=[draft_id]) + f"#p{passage_id}")


def told(request: HttpRequest, refusal: Refusal, draft_id: int) -> HttpResponse:
    """A button that came too late: back to the sheet, with the sentence."""
    if isinstance(refusal, NotYours | NotAllowed):
        raise refusal
    messages.warning(request, refusal.sentence)
    return redirect("report:draft", draft_id)


@reads_and_posts
def passage(request: HttpRequest, pk: int, passage_id: int) -> HttpResponse:
    """改这一段. Where somebody else was quicker both texts are kept, and the page says so."""
    row = passage_for(request, pk, passage_id)
    form = PassageForm(typed(request), initial={"text": row.text, "base": row.version})
    if form.is_bound and form.is_valid():
        draft = TextDraft(form.cleaned_data["text"], form.cleaned_data["base"] or 0)
        try:
            beside = actions.edit_passage(passage=row, draft=draft, by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            if beside:
                messages.warning(request, BOTH_KEPT)
            return to_passage(pk, passage_id)
    inside = request.headers.get("HX-Target") == f"p{passage_id}"  # opened in its place on the sheet
    context = {"form": form, "passage": row, "draft": row.draft, "figures": figure_names(), "inside": inside}
    template = "report/_edit.html" if inside else "report/passage.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the typed text would read as. Nothing is kept."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    try:
        words = preview_of(draft, request.POST.get("text", ""))
    except Refusal as refusal:
        return render(request, "report/_preview.html", {"sentence": refusal.sentence})
    return render(request, "report/_preview.html", {"words": words})


@reads_and_posts
def insert(request: HttpRequest, pk: int) -> HttpResponse:
    """添一段, behind the one that ``after`` names."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    start = {"level": 0, "after": number_of(request.GET.get("after", "")), "text": idea_in(request)}
    form = NewPassageForm(typed(request), initial=start)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        after = Passage.objects.filter(draft=draft, pk=data["after"]).first() if data["after"] else None
        if data["after"] and after is None:
            raise NotYours("没有这一段。")
        try:
            new = actions.insert_passage(
                draft=draft, after=after, level=data["level"], text=data["text"], by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            return to_passage(pk, new.pk)
    context = {"form": form, "draft": draft, "figures": figure_names()}
    return render(request, "report/passage.html", context, status=422 if form.errors else 200)


def number_of(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= MOST_ID else None


@require_POST
def remove(request: HttpRequest, pk: int, passage_id: int) -> HttpResponse:
    row = passage_for(request, pk, passage_id)
    base = number_of(request.POST.get("base", "")) or 0
    try:
        actions.remove_passage(passage=row, base=base, by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, pk)
    messages.success(request, "已删去一段，在“版本”里看得到。")
    return redirect("report:draft", pk)


@require_POST
def move(request: HttpRequest, pk: int, passage_id: int) -> HttpResponse:
    row = passage_for(request, pk, passage_id)
    try:
        actions.move_passage(passage=row, up=request.POST.get("to") == "up", by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, pk)
    return to_passage(pk, passage_id)


@require_POST
def alternative(request: HttpRequest, pk: int, alternative_id: int) -> HttpResponse:
    """选用 or 不用 the second text of a passage."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    row = Alternative.objects.filter(pk=alternative_id, passage__draft=draft).select_related("passage__draft").first()
    if row is None:
        raise NotYours("这一段已经选定了写法。")
    try:
        if request.POST.get("use"):
            base = number_of(request.POST.get("base", "")) or 0
            actions.choose_alternative(alternative=row, base=base, by=request.user, at=clock.now())
        else:
            actions.drop_alternative(alternative=row, by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, pk)
    return to_passage(pk, row.passage_id)


@reads_and_posts
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """改标题和署名."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    now = {"title": draft.title, "byline": draft.byline}
    form = HeadForm(typed(request), initial=now | {f"seen_{key}": value for key, value in now.items()})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.edit_head(
                draft=draft, title=data["title"], byline=data["byline"],
                seen=(data["seen_title"], data["seen_byline"]), by=request.user, at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            return redirect("report:draft", pk)
    return render(request, "report/head.html", {"form": form, "draft": draft}, status=422 if form.errors else 200)


@require_POST
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """更新 one figure, or all that moved."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    one = number_of(request.POST.get("citation", ""))
    only = None if one is None else [one]
    return _updated(request, draft, only)


def _updated(request: HttpRequest, draft: Draft, only: list[int] | None) -> HttpResponse:
    try:
        done = actions.update_citations(draft=draft, only=only, on=clock.today(), by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, draft.pk)
    messages.success(request, f"已更新 {done} 个数字。" if done else "没有要更新的数字。")
    return redirect("report:draft", draft.pk)
