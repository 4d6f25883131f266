"""A page that holds every component once, and addresses that provoke each error page. Only tests serve it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.roles.rules import Right
from youju.web.shared import place
from youju.web.shared.navigation import badge
from youju.web.shared.refusals import put_in


class RecordForm(forms.Form):
    title = forms.CharField(label="会议名称", help_text="写在记录表抬头上。", error_messages={"required": "请填写会议名称。"})
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


def render_text(request: HttpRequest, text: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(text).render(context, request), status=status)


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    place.unit_of(request, Right.READ_RECORDS)
    badge(request, "today", count=2, label="2 项逾期", hot=True)
    return render_text(request, HOME, {})


@require_http_methods(["GET", "POST"])
def form_page(request: HttpRequest) -> HttpResponse:
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        put_in(form, Refusal("held_on", "这一天还没有到，不能记已经开过的会。"))
    return render_text(request, FORM, {"form": form, "names": ["周砚秋", "沈知禾", "陈望舒"]}, status=422 if form.errors else 200)


def refused(request: HttpRequest, how: str) -> HttpResponse:
    raise {"yours": NotYours(), "allowed": NotAllowed(), "other": Refusal("", "这份报告已经定稿，不能再改。")}[how]


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of the program")


HOME = """{% extends "shared/base.html" %}{% block title %}本月应做{% endblock %}
{% block crumbs %}{% crumb "本月应做" %}{% endblock %}
{% block page %}
<div class="hero"><div><div class="date">2026年11月20日　星期五　本月还有 10 天</div>
<h1>有 <em>2 件逾期</em>，<span>本月还剩 5 件要办</span></h1></div>
<div class="act"><button class="btn" data-print>{% icon "printer" %}打印清单</button><a class="btn" href="/">{% icon "download" %}导出 Excel</a></div></div>
<div class="home"><section class="card" aria-label="应做清单">
<nav class="seg" aria-label="筛选"><a href="?" aria-current="true">全部 <b>13</b></a><a class="late" href="?">逾期 <b>2</b></a><a href="?">待办 <b>5</b></a><a href="?">已办 <b>6</b></a></nav>
<h2 class="grp">逾期，先办这些</h2>
<ul class="todo" data-rows>
<li>{% include "shared/mark.html" with state="late" label="逾期" only %}<div><div class="t"><a href="?1">第三季度党课</a></div><div class="why">每季度至少 1 次 · 7—9月没有记录 · 依据 支部规则第 4 条</div></div><div class="due bad"><b>逾期 51 天</b>应于 9月30日前</div><a class="btn pri sm" href="?">补录</a></li>
<li>{% include "shared/mark.html" with state="half" label="办了一部分" only %}<div><div class="t"><a href="?2">党小组会</a></div><div class="why">每月每组 1 次 · 差第三党小组</div></div><div class="due"><b>还有 10 天</b>11月30日前</div><a class="btn sm" href="?">记一次</a></li>
<li>{% include "shared/mark.html" with state="plan" label="已排期" only %}<div><div class="t"><a href="?3">主题党日：仓储安全隐患随手查</a></div><div class="why">每月 1 次 · 已排期</div></div><div class="due warn"><b>还有 5 天</b>11月25日 15:00</div><a class="btn sm" href="?">开签到</a></li>
</ul>
<h2 class="grp">已办 1 件</h2>
<ul class="todo done" data-rows><li>{% include "shared/mark.html" with state="done" label="已办" only %}<div class="t"><a href="?4">支部委员会会议</a></div><div class="due">11月6日 · 5/5 人</div><span></span></li></ul>
</section>
<div class="stack">
<section class="card"><header><h2>2026 年组织生活</h2><span class="aside">已开 60 次　缺 1 次</span></header><div class="year">
<div class="yg" role="img" aria-label="全年组织生活：第三季度党课缺 1 次，其余按期"><span></span>
<span class="m"><span>1</span></span><span class="m"><span>2</span></span><span class="m"><span>3</span></span><span class="m"><span>4</span></span><span class="m"><span>5</span></span><span class="m"><span>6</span></span><span class="m"><span>7</span></span><span class="m"><span>8</span></span><span class="m"><span>9</span></span><span class="m"><span>10</span></span><span class="m now"><span>11</span></span><span class="m"><span>12</span></span>
<span class="lb">支委会</span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="d"></i></span><span class="c"><i class="w"></i></span><span class="c"><i class="x">{% icon "x" %}</i></span><span class="c"><i class="d"></i></span><span class="c"><i class="p"></i></span><span class="c"><i class="f"></i></span>
<span class="lb">党课</span><span class="c bar span-3"><i class="d">2月27日</i></span><span class="c bar span-3"><i class="d">6月30日</i></span><span class="c bar span-3"><i class="x">缺</i></span><span class="c bar span-3"><i class="f">待开</i></span></div>
<div class="legend"><span><i class="d"></i>已办</span><span><i class="p"></i>进行中或已排期</span><span><i class="x">{% icon "x" %}</i>缺</span><span><i class="w"></i>豁免</span><span><i class="f"></i>未到期</span></div></div></section>
<section class="card"><div class="next"><div class="cal" aria-hidden="true"><small>11月</small><b>25</b></div><div><h2>下一场：主题党日</h2><div class="small muted">周三 15:00　二楼会议室</div></div><a class="btn" href="?">打开</a></div></section>
<section class="card"><header><h2>述职底稿</h2><span class="aside">自动累计</span></header><div class="pad"><dl class="kv sum"><dt>有据的数字</dt><dd><b>31</b> 处</dd><dt>待核</dt><dd><b>2</b> 处</dd><dt>与记录不符</dt><dd><span class="tag bad">1 处</span></dd></dl></div></section>
<section class="card"><header><h2>上年</h2></header>{% include "shared/empty.html" with icon_name="inbox" title="还没有记录" text="补录上年的记录后，这里会有对比。" url="/" verb="补录" only %}</section>
</div></div>{% endblock %}"""

FORM = """{% extends "shared/base.html" %}{% block title %}记一次{% endblock %}
{% block crumbs %}{% crumb "台账" "/" %}{% crumb "记一次" %}{% endblock %}
{% block phone_bar %}{% include "shared/phone_back.html" with url="/" to="台账" here="记一次" only %}{% endblock %}
{% block page_class %}narrow{% endblock %}
{% block page %}<div class="rhead"><div><h1>记一次</h1></div></div>
{% errors form %}
<form class="form" method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}
<section class="card"><header><h2>会议</h2></header><div class="pad form">{% field form.title %}{% field form.kinds %}<div class="fields">{% field form.held_on %}{% field form.place %}</div>{% field form.first %}{% field form.minutes %}{% field form.file %}</div></section>
<section class="card"><header><h2>应到名单</h2><span class="aside">没来的改一下</span></header><div class="pad"><div class="roster-sum" id="tally"><span>实到 <b data-count="present late">3</b></span><span>请假 <b data-count="leave">0</b></span></div>
<ul class="roster" data-roster="#tally">{% for name in names %}<li><span class="name">{{ name }}</span><select class="select" data-status aria-label="{{ name }}" name="s{{ forloop.counter }}"><option value="present">到会</option><option value="late">迟到</option><option value="leave">请假</option></select></li>{% endfor %}</ul></div></section>
{% include "shared/drop.html" with name="photo" accept="image/*" title="把照片拖到这里" hint="或者点这里选文件。原图保留。" only %}
<section class="card"><div class="filters"><div class="field grow"><label class="label" for="q">关键字</label><input class="input" id="q" name="q"></div><button class="btn">筛选</button></div>
<div class="scroll"><table class="table cards"><thead><tr><th scope="col">编号</th><th scope="col">主题</th><th scope="col">应到/实到</th></tr></thead><tbody data-rows><tr><td data-label="编号"><a href="?5">2026-大会-03</a></td><td data-label="主题">第三季度支部党员大会</td><td data-label="应到/实到">23/21</td></tr></tbody></table></div></section>
<div class="findings"><article class="finding x"><h3>党课写了 4 次，记录只有 3 次</h3><blockquote>书记讲党课<span class="fig x">4 次</span></blockquote><p class="why">第三季度没有党课记录。</p><div class="row"><button class="btn sm pri">改成 3 次</button></div></article>
<article class="finding q"><h3>“12 次以上”没有对应的记录</h3><p>开展线上学习 <span class="fig q">12 次以上</span>，集中学习 <a class="fig" href="?6">6 次</a>，<span class="fig gap">缺：联系人</span>。</p></article></div>
<div class="actions"><button class="btn pri">{% icon "check" %}保存</button><a class="btn quiet" href="/">不记了</a></div></form>{% endblock %}"""

today = (
    [
        path("", index, name="index"),
        path("form/", form_page, name="form"),
        path("refused/<str:how>/", refused, name="refused"),
        path("crash/", crash, name="crash"),
    ],
    "today",
)
ledger = ([path("", index, name="index"), path("new/", form_page, name="new")], "ledger")
report = ([path("", index, name="index")], "report")

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
