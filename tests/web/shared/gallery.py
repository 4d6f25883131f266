"""A page that holds every component once, and addresses that provoke each error page. Only tests serve it."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.roles.rules import Right
from youju.web.shared import place
from youju.web.shared.navigation import badge
from youju.web.shared.refusals import put_in


class RecordForm(forms.Form):
    title = forms.CharField(
        label="会议名称", help_text="写在记录表抬头上。", error_messages={"required": "请填写会议名称。"}
    )
    held_on = forms.DateField(
        label="召开日期", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"required": "请选召开日期。"}
    )
    place = forms.ChoiceField(label="地点", choices=[("a", "二楼会议室"), ("b", "红色仓库旧址")])
    kinds = forms.MultipleChoiceField(
        label="类别",
        choices=[("c", "支委会"), ("p", "党员大会"), ("l", "党课"), ("d", "主题党日")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一类。"},
    )
    minutes = forms.CharField(label="会议情况", widget=forms.Textarea, required=False)
    first = forms.BooleanField(label="有第一议题", required=False)
    file = forms.FileField(label="附件", required=False)


def show(request: HttpRequest, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return HttpResponse(engines["django"].from_string(text).render(context, request), status=status)


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    place.unit_of(request, Right.READ_RECORDS)
    badge(request, "today", count=2, label="2 项逾期", hot=True)
    return show(request, "gallery_home.html", {})


@require_http_methods(["GET", "POST"])
def form_page(request: HttpRequest) -> HttpResponse:
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        put_in(form, Refusal("held_on", "这一天还没有到，不能记已经开过的会。"))
    context: dict[str, object] = {"form": form, "names": ["周砚秋", "沈知禾", "陈望舒"]}
    return show(request, "gallery_form.html", context, status=422 if form.errors else 200)


def told(request: HttpRequest) -> HttpResponse:
    """What pages do after a change: say so, and go on."""
    messages.success(request, "已保存，编号 2026-大会-03。")
    messages.warning(request, "照片的拍摄时间不在会议时间内，请核对。")
    return HttpResponseRedirect("/form/")


def audit(request: HttpRequest) -> HttpResponse:
    """Answers with the name of the file it was given, in words a test can read."""
    file = request.FILES.get("file")
    return HttpResponse(f"<title>{file.name if file else '没有文件'}</title>")


def refused(request: HttpRequest, how: str) -> HttpResponse:
    raise {"yours": NotYours(), "allowed": NotAllowed(), "other": Refusal("", "这份报告已经定稿，不能再改。")}[how]


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of the program")


today = (
    [
        path("", index, name="index"),
        path("form/", form_page, name="form"),
        path("refused/<str:how>/", refused, name="refused"),
        path("crash/", crash, name="crash"),
        path("told/", told, name="told"),
    ],
    "today",
)
ledger = ([path("", index, name="index"), path("new/", form_page, name="new")], "ledger")
report = ([path("", index, name="index"), path("audit/", audit, name="audit")], "report")

urlpatterns = [
    path("", include(today)),
    path("ledger/", include(ledger)),
    path("report/", include(report)),
    path("login/", include("youju.web.login.urls")),
    path("shared/", include("youju.web.shared.urls")),
]
handler400 = "youju.web.shared.views.bad_request"
handler403 = "youju.web.shared.views.forbidden"
handler404 = "youju.web.shared.views.not_found"
handler429 = "youju.web.login.views.too_many"
handler500 = "youju.web.shared.views.broken"
