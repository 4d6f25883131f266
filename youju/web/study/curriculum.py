"""Pages of 学习体系 and 学习地图: the tree, one topic, each step, the inbox, and where one material stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.models import Source
from youju.records.sources.queries import find as find_source
from youju.study.curriculum import actions
from youju.study.curriculum.models import Topic
from youju.study.curriculum.queries import find, inbox_of, topics_of, tree_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.saving import by_now, filled, pressed, seen
from youju.web.shared.sheets import table_response
from youju.web.study import curriculum_pages as pages
from youju.web.study.topic_forms import InboxForm, MergeForm, PlacesForm, TopicForm, likely
from youju.web.study.years import year_asked

MOST_AT_ONCE = 40  # materials of the inbox: more make a form that nobody reads to its end
reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def topic_for(request: HttpRequest, unit_id: int, topic_id: int, right: Right = Right.WRITE_RECORDS) -> Topic:
    """The topic of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, topic_id), "学习体系里没有这个专题。")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    page = pages.tree_page(unit=unit, rights=held(request).rights_in(unit), on=clock.today())
    return render(request, "study/curriculum/index.html", {"page": page})


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    return pressed(
        request, "学习体系已建好，名称、次序都可以改。",
        lambda: actions.adopt_template(unit=unit, **by_now(request)), back=pages.of_unit("study:curriculum", unit),
    )  # fmt: skip


@require_safe
def study_map(request: HttpRequest) -> HttpResponse:
    """``?years=10``: ten years instead of five. ``?as=words``: told in words."""
    unit = place.ledger_of(request, Right.READ_RECORDS)
    page = pages.map_page(unit=unit, years=_years(request), words=request.GET.get("as") == "words", on=clock.today())
    return render(request, "study/curriculum/map.html", {"page": page})


@require_safe
def map_export(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    years = _years(request)
    return table_response(
        name=f"{unit.short_name}学习地图", headings=["专题", "别的叫法", *(f"{year}年" for year in years)],
        rows=pages.map_rows(unit=unit, years=years, on=clock.today()), widths=(48, 24, *(18 for _ in years)),
    )  # fmt: skip


@require_safe
def topic(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    """``?year=``: what touched it in another year than this one."""
    found = topic_for(request, unit_id, topic_id, Right.READ_RECORDS)
    rights = held(request).rights_in(found.ledger)
    page = pages.topic_page(topic=found, rights=rights, year=year_asked(request), on=clock.today())
    return render(request, "study/curriculum/topic.html", {"page": page})


@reads_and_posts
def topic_new(request: HttpRequest) -> HttpResponse:
    """``?parent=`` says under which, ``?title=`` how a record calls it."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    parent = number_in(request.GET.get("parent"), otherwise=0, most=10**9) or None
    start = {"parent": parent, "title": request.GET.get("title", "")[:40]}
    form = TopicForm(typed(request), tree=tree_of(unit), initial=start)
    page = pages.FormPage(unit, form, "加专题", "加上", pages.of_unit("study:curriculum", unit))

    def save(data: dict[str, Any]) -> str:
        actions.add_topic(unit=unit, draft=form.draft(), parent_id=data["parent"], **by_now(request))
        return f"已加专题“{data['title']}”。"

    return _filled(request, page, save)


@reads_and_posts
def topic_change(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    found = topic_for(request, unit_id, topic_id)
    form = TopicForm(typed(request), tree=tree_of(found.ledger), itself=found.pk, initial=likely(found.node))
    page = _about(found, form, "改专题", "保存")

    def save(data: dict[str, Any]) -> str:
        revision = seen(request, found.revision)
        actions.change_topic(
            topic=found, draft=form.draft(), parent_id=data["parent"], revision=revision, **by_now(request)
        )  # fmt: skip
        return "专题已改好。"

    return _filled(request, page, save)


@reads_and_posts
def topic_merge(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    found = topic_for(request, unit_id, topic_id)
    form = MergeForm(typed(request), tree=tree_of(found.ledger), itself=found.pk)
    page = _about(found, form, "并入别的专题", "并入")

    def save(data: dict[str, Any]) -> str:
        into = actions.merge_topic(
            topic=found, into_id=data["into"], revision=seen(request, found.revision), **by_now(request)
        )
        return f"“{found.title}”已并入“{into.title}”，叫法、材料和下面的专题都过去了。"

    return _filled(request, page, save)


@require_POST
def topic_shift(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    found = topic_for(request, unit_id, topic_id)
    up = request.POST.get("up") == "1"
    return pressed(
        request, "次序已改。", lambda: actions.shift_topic(topic=found, up=up, **by_now(request)),
        back=pages.topic_url(found.ledger, found.pk),
    )  # fmt: skip


@require_POST
def topic_archive(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    found = topic_for(request, unit_id, topic_id)
    return pressed(
        request, f"“{found.title}”已停用，记录不变；它的材料回到收件箱。",
        lambda: actions.archive_topic(topic=found, revision=seen(request, found.revision), **by_now(request)),
        back=pages.topic_url(found.ledger, found.pk),
    )  # fmt: skip


@require_POST
def topic_resume(request: HttpRequest, unit_id: int, topic_id: int) -> HttpResponse:
    found = topic_for(request, unit_id, topic_id)
    return pressed(
        request, f"“{found.title}”已恢复使用。", lambda: actions.resume_topic(topic=found, **by_now(request)),
        back=pages.topic_url(found.ledger, found.pk),
    )  # fmt: skip


@reads_and_posts
def inbox(request: HttpRequest) -> HttpResponse:
    """Materials that stand nowhere, a topic offered for each; what is left open stays here."""
    writes = request.method == "POST"
    unit = place.ledger_of(request, Right.WRITE_RECORDS if writes else Right.READ_RECORDS)
    waiting, tree = inbox_of(unit), tree_of(unit)
    form = InboxForm(typed(request), sources=waiting[:MOST_AT_ONCE], tree=tree)
    if writes and form.is_valid():
        return _place_all(request, unit, form)
    page = pages.InboxPage(
        unit=unit, form=form, rows=tuple((row, row.get_kind_display(), form[name]) for name, row in form.sources.items()),
        more=max(0, len(waiting) - MOST_AT_ONCE), back=pages.of_unit("study:curriculum", unit), planted=bool(tree),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(unit),
    )  # fmt: skip
    return render(
        request, "study/curriculum/inbox.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


def _place_all(request: HttpRequest, unit: Unit, form: InboxForm) -> HttpResponse:
    chosen = form.chosen()
    if not chosen:
        messages.info(request, "还没有给哪份材料选专题。")
        return redirect(pages.of_unit("study:inbox", unit))
    try:
        done = actions.place_new(unit=unit, chosen=chosen, **by_now(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(pages.of_unit("study:inbox", unit))
    before = len(chosen) - done
    messages.success(request, f"放好了 {done} 份材料。" + (f"另有 {before} 份别人刚刚放过，没有动。" if before else ""))
    return redirect(pages.of_unit("study:inbox", unit))


@reads_and_posts
def places(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """Where one material stands."""
    source: Source = place.kept_in(
        request, unit_id, Right.WRITE_RECORDS, lambda unit: find_source(unit, number), "没有这份学习材料。"
    )
    standing, tree = [topic.pk for topic in topics_of(source)], tree_of(source.ledger)
    start = {"topics": standing, "seen": ",".join(map(str, standing))}
    form = PlacesForm(typed(request), tree=tree, initial=start)
    back = reverse("ledger:source", args=[unit_id, number])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.place_source(source=source, topic_ids=data["topics"], seen=data["seen"], **by_now(request))
            messages.success(request, f"{source.number} 的位置已存好。")
            return redirect(back)
        except Refusal as refusal:
            form.add_error("topics" if refusal.field == "topics" else None, refusal.sentence)
            again = request.POST.copy()
            again["seen"] = str(start["seen"])  # having seen the sentence, a second save is meant
            form.data = again
    ticked = tuple((step, str(step.node.id) in form.chosen, closes) for step, closes in pages.nested(tree))
    page = pages.PlacesPage(source.ledger, source, form, ticked, back)
    return render(
        request, "study/curriculum/places.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


# -- parts ------------------------------------------------------------------------------------------------------------


def _years(request: HttpRequest) -> tuple[int, ...]:
    this = clock.today().year
    span = pages.LONG if request.GET.get("years") == str(pages.LONG) else pages.SHORT
    return tuple(range(this - span + 1, this + 1))


def _about(topic: Topic, form: TopicForm | MergeForm, heading: str, verb: str) -> pages.FormPage:
    back = pages.topic_url(topic.ledger, topic.pk)
    return pages.FormPage(topic.ledger, form, heading, verb, back, topic, topic.revision)


def _filled(request: HttpRequest, page: pages.FormPage, save: Callable[[dict[str, Any]], str]) -> HttpResponse:
    return filled(request, page, save, template="study/curriculum/form.html")


ONE = "curriculum/<int:unit_id>/<int:topic_id>/"
URLS = [
    path("curriculum/", index, name="curriculum"),
    path("curriculum/adopt/", adopt, name="curriculum_adopt"),
    path("curriculum/new/", topic_new, name="topic_new"),
    path(ONE, topic, name="topic"),
    path(ONE + "change/", topic_change, name="topic_change"),
    path(ONE + "merge/", topic_merge, name="topic_merge"),
    path(ONE + "shift/", topic_shift, name="topic_shift"),
    path(ONE + "archive/", topic_archive, name="topic_archive"),
    path(ONE + "resume/", topic_resume, name="topic_resume"),
    path("map/", study_map, name="map"),
    path("map/export.xlsx", map_export, name="map_export"),
    path("inbox/", inbox, name="inbox"),
    path("inbox/<int:unit_id>/<str:number>/", places, name="places"),
]
