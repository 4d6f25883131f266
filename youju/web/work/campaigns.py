"""Pages of the campaigns: the list, one campaign with its tasks, sessions and figures, and the choosing of sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for, own_ledger
from youju.records.campaigns import actions
from youju.records.campaigns.kinds import CAMPAIGN_KINDS, COLUMNS_ZH
from youju.records.campaigns.models import Campaign, CampaignTask
from youju.records.campaigns.queries import find, sessions_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import kept_file, sent_file
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled, pressed
from youju.web.shared.sheets import Cell, book_response
from youju.web.work.campaign_forms import CampaignForm, CloseForm, TaskForm
from youju.web.work.campaign_pages import FormPage, campaign_page, chooser_page, list_page, rows_of, url_of
from youju.web.work.steps import ProgressForm
from youju.web.work.tabs import frame

FIRST_TASKS = 4
reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def campaign_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> Campaign:
    """The campaign of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这项专项活动。")


def task_for(campaign: Campaign, position: int) -> CampaignTask:
    task = next((row for row in campaign.tasks.all() if row.position == position), None)
    if task is None:
        raise NotYours("没有这项任务。")
    return task


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    kind = request.GET.get("kind", "")
    page = list_page(unit=unit, rights=held(request).rights_in(unit), on=clock.today(), kind=kind)
    return render(request, "work/campaigns/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Two sheets: the campaigns, and all their tasks."""
    unit = place.ledger_of(request, Right.READ_RECORDS)
    rows = rows_of(unit, on=clock.today(), kind=request.GET.get("kind", ""))
    first: list[list[Cell]] = [
        [
            row.campaign.number, row.campaign.kind_zh, row.campaign.title, row.campaign.since, row.campaign.until,
            row.stage.zh, row.campaign.requirement, row.pace.total, row.pace.done, row.campaign.summary,
        ]
        for row in rows
    ]  # fmt: skip
    second: list[list[Cell]] = [
        [
            row.campaign.number, row.campaign.title, task.text, *(getattr(task, column) for column in COLUMNS_ZH),
            task.owner.name if task.owner else "", task.due_on, task.done_on, task.proof,
        ]
        for row in rows
        for task in row.campaign.tasks.all()
    ]  # fmt: skip
    return book_response(
        name=f"{unit.short_name}专项活动",
        sheets=[
            (
                "专项活动",
                ["编号", "种类", "名称", "开始日期", "结束日期", "状态", "要求", "任务", "已完成", "小结"],
                first,
            ),
            ("任务", ["编号", "名称", "任务", *COLUMNS_ZH.values(), "责任人", "时限", "完成日期", "落实情况"], second),
        ],
        widths=(16, 24, 30, 18, 18, 18, 30, 12, 12, 36),
    )


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """建专项活动, with its first tasks. ``?kind=`` says where the form starts, and which columns its tasks have."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    day, sent = clock.today(), typed(request)
    asked = (sent or request.GET).get("kind", "")
    kind = CAMPAIGN_KINDS.get(asked) or next(iter(CAMPAIGN_KINDS.values()))
    form = CampaignForm(sent, initial={"since": day, "kind": kind.id})
    people = chairs_for(unit, day)
    tasks = [TaskForm(sent, prefix=f"task{n}", people=people, kind=kind, wanted=False) for n in range(FIRST_TASKS)]
    if sent is not None and all([form.is_valid(), *(task.is_valid() for task in tasks)]):
        drafts = [task.task() for task in tasks if task.cleaned_data.get("text")]
        try:
            campaign = actions.start_campaign(unit=unit, draft=form.draft(), tasks=drafts, **_by(request))
            messages.success(request, f"已建，编号 {campaign.number}。")
            return redirect(url_of(campaign))
        except Refusal as refusal:
            put_in(form, refusal)
    around = frame(unit, "work:campaigns")
    page = FormPage(around, None, form, "建专项活动", "保存", around.url, more=tasks)
    wrong = form.errors or any(task.errors for task in tasks)
    context = {"page": page, "form": form, "kinds": CAMPAIGN_KINDS.values(), "kind": kind}
    return render(request, "work/campaigns/form.html", context, status=422 if wrong else 200)


@require_safe
def campaign(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return render(request, "work/campaigns/campaign.html", {"page": _page(request, unit_id, number)})


@require_safe
def printed(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return render(request, "work/campaigns/print.html", {"page": _page(request, unit_id, number)})


def _page(request: HttpRequest, unit_id: int, number: str) -> Any:
    campaign = campaign_for(request, unit_id, number, Right.READ_RECORDS)
    return campaign_page(campaign=campaign, rights=held(request).rights_in(campaign.unit), on=clock.today())


@reads_and_posts
def change(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """更正."""
    campaign = campaign_for(request, unit_id, number)
    names = ("kind", "title", "since", "until", "requirement")
    form = CampaignForm(typed(request), initial={name: getattr(campaign, name) for name in names})

    def save(data: dict[str, Any]) -> str:
        actions.change_campaign(campaign=campaign, draft=form.draft(), revision=_seen(data, campaign), **_by(request))
        return "更正已保存。"

    return _filled(request, _form_page(campaign, form, "更正专项活动", "保存更正"), save)


@reads_and_posts
def task_new(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    campaign = campaign_for(request, unit_id, number)
    form = TaskForm(typed(request), people=chairs_for(campaign.unit, clock.today()), kind=campaign.known)

    def save(data: dict[str, Any]) -> str:
        actions.add_task(campaign=campaign, draft=form.task(), **_by(request))
        return "已加任务。"

    return _filled(request, _form_page(campaign, form, "加任务", "保存任务"), save)


@reads_and_posts
def task(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    """填落实 of one task."""
    campaign = campaign_for(request, unit_id, number)
    task = task_for(campaign, position)
    start = {"proof": task.proof, "done_on": task.done_on or clock.today()}
    form = ProgressForm(typed(request), request.FILES or None, initial=start)

    def save(data: dict[str, Any]) -> str:
        actions.finish_task(
            task=task, proof=data["proof"], on=data["done_on"], file=kept_file(request, data["file"]),
            revision=_seen(data, campaign), **_by(request),
        )  # fmt: skip
        return "落实情况已记下。"

    return _filled(request, _form_page(campaign, form, "填落实", "保存落实情况", task=task), save)


@reads_and_posts
def task_change(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    campaign = campaign_for(request, unit_id, number)
    task = task_for(campaign, position)
    start = {"text": task.text, "owner": task.owner_id, "due_on": task.due_on}
    start |= {column: getattr(task, column) for column in COLUMNS_ZH}
    people = chairs_for(campaign.unit, clock.today())
    if task.owner and task.owner not in people:
        people.append(task.owner)  # who has left stays what he was
    form = TaskForm(typed(request), people=people, kind=campaign.known, initial=start)

    def save(data: dict[str, Any]) -> str:
        actions.change_task(task=task, draft=form.task(), revision=_seen(data, campaign), **_by(request))
        return "任务已更正。"

    drop = "" if task.done_on else url_of(campaign, "task_drop", position)
    return _filled(request, _form_page(campaign, form, "更正任务", "保存更正", drop_url=drop), save)


@require_POST
def task_drop(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    campaign = campaign_for(request, unit_id, number)
    task = task_for(campaign, position)
    return _done(
        request, campaign, "任务已撤销。",
        lambda: actions.drop_task(task=task, revision=_posted(request, campaign), **_by(request)),
    )  # fmt: skip


@reads_and_posts
def sessions(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """选场次: what of the ledger belongs to the campaign."""
    campaign = campaign_for(request, unit_id, number)
    fault = ""
    if request.method == "POST":
        chosen = [int(pk) for pk in request.POST.getlist("session") if pk.isdecimal() and len(pk) <= 18]
        rows = list(own_ledger(campaign.unit).filter(pk__in=chosen))
        if rows:
            try:
                count = actions.tag_sessions(campaign=campaign, sessions=rows, **_by(request))
                messages.success(request, f"已列入 {count} 场。")
                return redirect(url_of(campaign) + "#sessions")
            except Refusal as refusal:
                fault = refusal.sentence
        else:
            fault = "请至少选一场。"
    page = chooser_page(campaign, around="around" in request.GET, fault=fault)
    return render(request, "work/campaigns/sessions.html", {"page": page}, status=422 if fault else 200)


@require_POST
def untag(request: HttpRequest, unit_id: int, number: str, session_id: int) -> HttpResponse:
    campaign = campaign_for(request, unit_id, number)
    session = sessions_of(campaign).filter(pk=session_id).first()
    if session is None:
        raise NotYours("这项专项活动里没有这一场。")
    return _done(
        request, campaign, "已移出，记录还在台账里。",
        lambda: actions.untag_session(campaign=campaign, session=session, **_by(request)),
    )  # fmt: skip


@require_safe
def file(request: HttpRequest, unit_id: int, number: str, file_id: int) -> FileResponse:
    """The proof of one of its tasks."""
    campaign = campaign_for(request, unit_id, number, Right.READ_RECORDS)
    task = next((row for row in campaign.tasks.all() if row.file_id == file_id), None)
    return sent_file(task.file if task else None, name=f"{campaign.number}-{task.text if task else ''}")


@reads_and_posts
def close(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """写小结."""
    campaign = campaign_for(request, unit_id, number)
    form = CloseForm(typed(request), initial={"summary": campaign.summary, "closed_on": clock.today()})

    def save(data: dict[str, Any]) -> str:
        actions.close_campaign(
            campaign=campaign, summary=data["summary"], on=data["closed_on"], revision=_seen(data, campaign),
            **_by(request),
        )  # fmt: skip
        return "小结已保存。"

    return _filled(request, _form_page(campaign, form, "写小结", "保存小结"), save)


@require_POST
def reopen(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    campaign = campaign_for(request, unit_id, number)
    return _done(
        request, campaign, "已重新打开。",
        lambda: actions.reopen_campaign(campaign=campaign, revision=_posted(request, campaign), **_by(request)),
    )  # fmt: skip


# -- parts ------------------------------------------------------------------------------------------------------------


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _seen(data: dict[str, Any], campaign: Campaign) -> int:
    """The revision the editor saw: a form that does not say saw the one that stands."""
    return int(data.get("revision") or campaign.revision)


def _posted(request: HttpRequest, campaign: Campaign) -> int:
    return number_in(request.POST.get("revision"), otherwise=campaign.revision, most=10**9)


def _form_page(campaign: Campaign, form: Any, heading: str, verb: str, **more: Any) -> FormPage:
    around = frame(campaign.unit, "work:campaigns")
    return FormPage(around, campaign, form, heading, verb, url_of(campaign), campaign.revision, **more)


def _filled(request: HttpRequest, page: FormPage, save: Any) -> HttpResponse:
    return filled(request, page, save, template="work/campaigns/form.html")


def _done(request: HttpRequest, campaign: Campaign, said: str, do: Any) -> HttpResponse:
    return pressed(request, said, do, back=url_of(campaign))


ONE = "campaigns/<int:unit_id>/<str:number>/"
URLS = [
    path("campaigns/", index, name="campaigns"),
    path("campaigns/export.xlsx", export, name="campaigns_export"),
    path("campaigns/new/", new, name="campaign_new"),
    path(ONE, campaign, name="campaign"),
    path(ONE + "print/", printed, name="campaign_print"),
    path(ONE + "change/", change, name="campaign_change"),
    path(ONE + "tasks/new/", task_new, name="task_new"),
    path(ONE + "tasks/<int:position>/", task, name="task"),
    path(ONE + "tasks/<int:position>/change/", task_change, name="task_change"),
    path(ONE + "tasks/<int:position>/drop/", task_drop, name="task_drop"),
    path(ONE + "sessions/", sessions, name="campaign_sessions"),
    path(ONE + "sessions/<int:session_id>/remove/", untag, name="campaign_untag"),
    path(ONE + "files/<int:file_id>/", file, name="campaign_file"),
    path(ONE + "close/", close, name="campaign_close"),
    path(ONE + "reopen/", reopen, name="campaign_reopen"),
]
