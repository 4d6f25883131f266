"""Pages of the items: entering, one item with its checks and versions, each step, and Excel both ways."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.imports.values import Table
from youju.people.members.queries import memberships_on
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.lists import actions
from youju.records.lists.importing import ITEM_COLUMNS, judge_items
from youju.records.lists.kinds import EXTRA_FIELDS, LIST_KINDS, ListKind
from youju.records.lists.models import ListItem
from youju.records.lists.queries import find, items_of
from youju.web.lists.forms import WORD, CheckForm, EndForm, ItemForm, VersionForm, likely
from youju.web.lists.pages import FormPage, item_page, list_url, offered, row_of, url_of
from youju.web.lists.views import desk, kind_of, page_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import kept_file, sent_file
from youju.web.shared.home import held
from youju.web.shared.import_page import Importer
from youju.web.shared.importing import views as import_views
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled, pressed
from youju.web.shared.sheets import Cell, table_response

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
FIRST = next(iter(LIST_KINDS))


def item_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> ListItem:
    """The item of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "清单里没有这一项。")


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """One list on paper, as it is filtered."""
    return render(request, "lists/print.html", {"page": page_of(request, kind_of(request.GET.get("kind", FIRST)))})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """In the columns of the template, so that what was taken out can be brought in again; then how each stands."""
    name = request.GET.get("kind", "")
    if name:
        page = page_of(request, kind_of(name))
        unit, found, title = page.unit, list(page.rows), page.kind.zh
    else:
        unit, title = desk(request, Right.READ_RECORDS), "全部清单"
        found = [row_of(item, clock.today()) for item in items_of(unit)]
    rows: list[list[Cell]] = []
    for row in found:
        item, words = row.item, {word.field: word.text for word in row.item.words.all()}
        rows.append([
            item.of.zh, item.title, item.requirement, item.owner.name if item.owner else "", item.post_zh, row.rhythm,
            item.first_due, item.since, *(words.get(field, "") for field in EXTRA_FIELDS), item.note,
            item.number, row.stage.zh, row.last, len(item.checks.all()), item.until, item.reason,
        ])  # fmt: skip
    more = ("编号", "状态", "最近检查", "检查次数", "停用日期", "停用原因")
    return table_response(
        name=f"{unit.short_name}{title}",
        headings=[*(column.zh for column in ITEM_COLUMNS), *more],
        rows=rows,
        widths=[*(column.width for column in ITEM_COLUMNS), 16, 10, 12, 10, 12, 24],
    )


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """列入清单. ``?kind=`` says which."""
    unit = desk(request, Right.WRITE_RECORDS)
    kind = LIST_KINDS.get(request.GET.get("kind", "")) or LIST_KINDS[FIRST]
    start = {"since": clock.today(), "rhythm": kind.rhythm.value}
    form = ItemForm(typed(request), kind=kind, people=_people(unit), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(unit=unit, draft=form.draft(), **_by(request))
            messages.success(request, f"已列入{kind.zh}，编号 {item.number}。")
            return redirect(url_of(item))
        except Refusal as refusal:
            _put(form, refusal, kind)
    kinds = tuple(
        (one.zh, f"{reverse('lists:new')}?{urlencode({'unit': unit.pk, 'kind': one.id})}", one is kind)
        for one in LIST_KINDS.values()
    )
    page = FormPage(unit, kind, None, form, f"列入{kind.zh}", "列入清单", list_url(unit, kind.id), kinds=kinds)
    return render(request, "lists/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def item(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    found = item_for(request, unit_id, number, Right.READ_RECORDS)
    page = item_page(item=found, rights=held(request).rights_in(found.unit), on=clock.today())
    return render(request, "lists/item.html", {"page": page})


@reads_and_posts
def change(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """更正."""
    found = item_for(request, unit_id, number)
    people = _people(found.unit, found.owner)
    form = ItemForm(typed(request), kind=found.of, people=people, initial=likely(found))
    page = _page(found, form, f"更正{found.of.zh}", "保存更正", now=f"{found.title}。{found.requirement}")

    def save(data: dict[str, Any]) -> str:
        actions.change_item(item=found, draft=form.draft(), revision=_seen(data, found), **_by(request))
        return "更正已保存。"

    return _filled(request, page, save)


@reads_and_posts
def check(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """记检查."""
    found = item_for(request, unit_id, number)
    start = {"done_on": clock.today()}
    form = CheckForm(typed(request), request.FILES or None, kind=found.of, initial=start)
    page = _page(found, form, "记检查", "保存检查", offered=offered(found))

    def save(data: dict[str, Any]) -> str:
        actions.check_item(
            item=found, text=data["text"], on=data["done_on"], record=data["record"],
            file=kept_file(request, data["file"]), **_by(request),
        )  # fmt: skip
        return "检查已记下。"

    return _filled(request, page, save)


@require_POST
def check_drop(request: HttpRequest, unit_id: int, number: str, pk: int) -> HttpResponse:
    found = item_for(request, unit_id, number)
    row = found.checks.filter(pk=pk).select_related("item__unit").first()
    if row is None:
        raise NotYours("没有这次检查。")
    return _done(request, found, "这次检查已撤销，痕迹还在。", lambda: actions.drop_check(check=row, **_by(request)))


@reads_and_posts
def version(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """加一版 of a 制度."""
    found = item_for(request, unit_id, number)
    if not found.of.versions:
        raise NotYours(f"{found.of.zh}没有版本。")
    form = VersionForm(typed(request), request.FILES or None, initial={"in_force": clock.today()})
    page = _page(found, form, "加一版", "保存这一版")

    def save(data: dict[str, Any]) -> str:
        actions.add_version(
            item=found, draft=form.draft(), file=kept_file(request, data["file"]), revision=_seen(data, found),
            **_by(request),
        )  # fmt: skip
        return "新的一版已存入。"

    return _filled(request, page, save)


@reads_and_posts
def end(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """停用."""
    found = item_for(request, unit_id, number)
    form = EndForm(typed(request), initial={"until": clock.today()})
    page = _page(found, form, "停用这一项", "停用")

    def save(data: dict[str, Any]) -> str:
        actions.end_item(
            item=found, reason=data["reason"], on=data["until"], revision=_seen(data, found), **_by(request)
        )
        return f"{found.number} 已停用。"

    return _filled(request, page, save)


@require_POST
def resume(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    found = item_for(request, unit_id, number)
    seen = number_in(request.POST.get("revision"), otherwise=found.revision, most=10**9)
    return _done(request, found, "已重新启用。", lambda: actions.resume_item(item=found, revision=seen, **_by(request)))


@require_safe
def file(request: HttpRequest, unit_id: int, number: str, file_id: int) -> FileResponse:
    """The proof of a check, or the text of a version."""
    found = item_for(request, unit_id, number, Right.READ_RECORDS)
    parts: list[Any] = [*found.checks.all(), *found.versions.all()]
    stored = next((row.file for row in parts if row.file_id == file_id), None)
    return sent_file(stored, name=f"{found.number}-{found.title}")


# -- parts ------------------------------------------------------------------------------------------------------------


def _people(unit: Unit, kept: Member | None = None) -> list[Member]:
    found = [row.member for row in memberships_on(unit, clock.today())]
    return [*found, kept] if kept and kept not in found else found


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _seen(data: dict[str, Any], item: ListItem) -> int:
    """The revision the editor saw: a form that does not say saw the one that stands."""
    return int(data.get("revision") or item.revision)


def _page(item: ListItem, form: Any, heading: str, verb: str, **more: Any) -> FormPage:
    return FormPage(item.unit, item.of, item, form, heading, verb, url_of(item), item.revision, **more)


def _put(form: Any, refusal: Refusal, kind: ListKind) -> None:
    """A further word stands in its form under a name of its own."""
    own = refusal.field in {field.id for field in kind.fields}
    put_in(form, Refusal(WORD + refusal.field, refusal.sentence) if own else refusal)


def _filled(request: HttpRequest, page: FormPage, save: Any) -> HttpResponse:
    return filled(
        request, page, save, template="lists/form.html", put=lambda form, refusal: _put(form, refusal, page.kind)
    )


def _done(request: HttpRequest, item: ListItem, said: str, do: Any) -> HttpResponse:
    return pressed(request, said, do, back=url_of(item))


IMPORT = import_views(
    Importer(
        table=Table.LISTS,
        job="lists",
        heading="导入清单",
        intro="用模板，或用本组织自己的责任清单、制度目录。只读下面这几列，其他列不读，也不保存。同一份清单里已有的事项会跳过，可以放心再导入一次。",
        columns=ITEM_COLUMNS,
        what="清单",
        named_by=("kind", "title"),
        unit_of=lambda request: desk(request, Right.WRITE_RECORDS),
        judge=judge_items,
        keep=actions.import_items,
        template_name="清单导入模板",
        choices=lambda unit: {"owner": [row.member.name for row in memberships_on(unit, clock.today())]},
    )
)

ONE = "<int:unit_id>/<str:number>/"
URLS = [
    path("export.xlsx", export, name="export"),
    path("print/", printed, name="print"),
    path("new/", new, name="new"),
    *IMPORT.urls(),
    path(ONE, item, name="item"),
    path(ONE + "change/", change, name="change"),
    path(ONE + "check/", check, name="check"),
    path(ONE + "checks/<int:pk>/drop/", check_drop, name="check_drop"),
    path(ONE + "version/", version, name="version"),
    path(ONE + "end/", end, name="end"),
    path(ONE + "resume/", resume, name="resume"),
    path(ONE + "files/<int:file_id>/", file, name="file"),
]
