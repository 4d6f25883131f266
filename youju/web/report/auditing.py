"""核对: any text judged against the ledger. The file is read in memory, judged, shown, and forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from youju.audit.queries import audit_text
from youju.paper.reading import ReadText, UnreadableFile, read_bytes
from youju.people.models import Unit
from youju.people.roles.queries import require, units_with
from youju.people.roles.rules import Right
from youju.reports.back import How, has_tags, record_words, returned_citations
from youju.reports.drafts.sent import sent_of
from youju.web.report.checked import checked_page
from youju.web.report.forms import MOST_CHARACTERS, TOO_LONG, CheckForm, KeepForm
from youju.web.report.pages import years_of
from youju.web.shared import clock, place
from youju.web.shared.in_memory import InMemory, in_memory

MEGABYTE = 1024 * 1024
NOTHING = ReadText("", "txt")


@csrf_exempt  # only so that the file can be taken into memory first; ``_audit`` checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    taken = in_memory(request)
    try:
        return _audit(request, taken)
    except RequestDataTooBig:
        form = _form(request, QueryDict())
        form.is_valid()
        form.add_error("text", f"粘贴的文字太长，最多 {MOST_CHARACTERS} 字；请只留要核对的这一份报告。")
        return render(request, "report/check.html", {"form": form}, status=422)


@csrf_protect
def _audit(request: HttpRequest, taken: InMemory) -> HttpResponse:
    form = _form(request, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "report/check.html", {"form": form})
    if form.is_valid():
        document, name = _document(form, taken)
        if not form.errors:
            unit = _unit(request, form)
            year, as_of = form.cleaned_data["year"], form.cleaned_data["as_of"]
            told = record_words(document)
            found = audit_text(document.text, unit=unit, today=clock.today(), year=year, as_of=as_of, told=told)
            page = checked_page(request, unit=unit, audit=found, name=name, own=False)
            again = _again(request, form, unit)
            context = {"page": page, "again": again, "keeping": _keeping(request, unit, name)}
            context["back"] = Back.of(document, unit)
            return render(request, "report/checked.html", context)
    return render(request, "report/check.html", {"form": form}, status=422)


def _form(request: HttpRequest, typed: QueryDict | None) -> CheckForm:
    """The form, empty or as typed; the page is about the unit it names."""
    unit = place.unit_of(request, Right.READ_DRAFTS)
    named = str(typed.get("unit", "")) if typed is not None else ""
    if named:
        unit = place.stand_in(request, _named(request, named) or unit)
    today = clock.today()
    return CheckForm(
        typed,
        request.FILES if typed is not None else None,
        units=list(_units(request)),
        years=years_of(unit, today),
        today=today,
        initial={"unit": unit.pk},
    )


def _units(request: HttpRequest) -> QuerySet[Unit]:
    return place.desks_of(request, Right.READ_DRAFTS)


def _named(request: HttpRequest, given: str) -> Unit | None:
    """The unit of the form; one that is not his is refused as everywhere."""
    if not given.isdecimal() or len(given) > 18:
        return None
    return require(request.user, int(given), Right.READ_DRAFTS, on=clock.today())


def _unit(request: HttpRequest, form: CheckForm) -> Unit:
    chosen = form.cleaned_data["unit"]
    unit = _units(request).filter(pk=chosen).first() if chosen else None
    return place.stand_in(request, unit or place.unit_of(request, Right.READ_DRAFTS))


@dataclass(frozen=True)
class Back:
    """One of our own that came back with its tags: how many figures stand as they were sent, and what changed."""

    same: int
    sentences: tuple[str, ...]

    @classmethod
    def of(cls, document: ReadText, unit: Unit) -> Back | None:
        if not has_tags(document):
            return None
        found = returned_citations(document, sent_of(document, unit))
        changed = tuple(one.sentence for one in found if one.how is not How.SAME)
        return cls(sum(one.how is How.SAME and not one.record for one in found), changed)


def _document(form: CheckForm, taken: InMemory) -> tuple[ReadText, str]:
    """The text to judge and what to call it. What is wrong with the file is put beside its field."""
    if taken.refused:
        form.add_error(
            "file",
            f"文件约有 {taken.refused // MEGABYTE} MB，超过 20 MB 的上限；请删去或压缩其中的图片，另存后再上传。",
        )
        return NOTHING, ""
    file = form.cleaned_data.get("file")
    if file is None:
        text = form.cleaned_data.get("text", "")
        if not text.strip():
            form.add_error("file", "请选一个文件，或者在下面粘贴文字。")
        return ReadText(text, "txt"), "粘贴的文字"
    try:
        document = read_bytes(file.read(), file.name)
    except UnreadableFile as fault:
        form.add_error("file", fault.sentence)
        return NOTHING, ""
    text = document.text
    if len(text) > MOST_CHARACTERS:
        form.add_error("file", TOO_LONG.format(length=len(text), most=MOST_CHARACTERS))
    elif not text.strip():
        form.add_error("file", "文件里没有可读的文字。")
    return document, file.name


def _keeping(request: HttpRequest, unit: Unit, name: str) -> KeepForm | None:
    """留存, for who may write the unit's drafts. The name is the file's, without its ending."""
    may = units_with(request.user, Right.WRITE_DRAFTS, on=clock.today()).filter(pk=unit.pk).exists()
    named = name.rpartition(".")[0] or name
    return KeepForm(today=clock.today(), initial={"name": named[:80]}, auto_id="keep_%s") if may else None


def _again(request: HttpRequest, form: CheckForm, unit: Unit) -> CheckForm:
    """The same questions with other years, days or units; the text goes with them, since nothing is kept here."""
    today = clock.today()
    return CheckForm(
        units=list(_units(request)),
        years=years_of(unit, today),
        today=today,
        initial={"unit": unit.pk, "year": form.cleaned_data["year"], "as_of": form.cleaned_data["as_of"]},
        auto_id="again_%s",
    )
