"""核对: any text judged against the ledger. The file is read in memory, judged, shown, and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from youju.audit.naming import unit_named
from youju.audit.queries import audit_text
from youju.audit.values import MOST_CHARACTERS, too_long
from youju.paper.reading import ReadText, UnreadableFile, read_bytes
from youju.people.models import Unit
from youju.people.roles.queries import require, units_with
from youju.people.roles.rules import Right, rights_of
from youju.people.units.queries import ledger_unit
from youju.reports.back import record_words
from youju.web.report.checked import checked_page
from youju.web.report.forms import NOT_KEPT, CheckForm, KeepForm
from youju.web.report.pages import years_of
from youju.web.report.returning import DECLINED, came_back
from youju.web.shared import clock, place
from youju.web.shared.home import held, roles_anywhere
from youju.web.shared.in_memory import InMemory, in_memory

MEGABYTE = 1024 * 1024
MOST_OFFERED = 300  # units in the list of the form; beyond that the text, or the page one stands on, says which
UNNAMED = "稿子里读不出是哪个组织的，请选一个再核对；文字已经放在下面，不用再拖一次。"
NOTHING = ReadText("", "txt")


@csrf_exempt  # only so that the file can be taken into memory first; ``_audit`` checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    taken = in_memory(request)
    try:
        return _audit(request, taken)
    except RequestDataTooBig:
        desks = Desks.of(request)
        form = desks.form(request, QueryDict())
        form.is_valid()
        form.add_error("text", f"粘贴的文字太长，最多 {MOST_CHARACTERS} 字；请只留要核对的这一份报告。")
        return _ask(request, desks, form, status=422)


@csrf_protect
def _audit(request: HttpRequest, taken: InMemory) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    desks = Desks.of(request, typed)
    form = desks.form(request, typed)
    if typed is None:
        return _ask(request, desks, form)
    if not form.is_valid():
        return _ask(request, desks, form, status=422)
    document, name = _document(form, taken)
    if form.errors:
        return _ask(request, desks, form, status=422)
    told = desks.named_in(document.text)
    unit = desks.here or told
    if unit is None:
        form.add_error("unit", UNNAMED)
        form.data = typed.copy()  # the file cannot be sent back, its words can: nothing has to be dropped twice
        form.data["text"] = document.text
        return _ask(request, desks, form, status=422)
    place.stand_in(request, unit)
    year, as_of = form.cleaned_data["year"], form.cleaned_data["as_of"]
    inside = Right.READ_DRAFTS in held(request).rights_in(unit)
    back = came_back(document, unit, inside=inside, declined=DECLINED in typed)
    words = back.told if back else record_words(document)
    found = audit_text(document.text, unit=unit, today=clock.today(), year=year, as_of=as_of, told=words)
    page = checked_page(request, unit=unit, audit=found, name=name, own=False)
    keeping = _keeping(request, unit, name)
    context = {
        "page": page,
        "again": desks.again(form, unit),
        "keeping": keeping,
        "not_kept": "" if page.inside else NOT_KEPT,
        "elsewhere": told.name if told and told != unit and unit.name not in document.text else "",
        "back": back,
        "declined": DECLINED in typed,
    }
    return render(request, "report/checked.html", context)


def _ask(request: HttpRequest, desks: Desks, form: CheckForm, *, status: int = 200) -> HttpResponse:
    rights = rights_of(roles_anywhere(request)) if desks.here is None else held(request).rights_in(desks.here)
    return render(
        request, "report/check.html", {"form": form, "inside": Right.READ_DRAFTS in rights}, status=status
    )  # fmt: skip


@dataclass(frozen=True)
class Desks:
    """The units he may have a text held against, and the one he stands at: named by the form or the address, or his only one.

    Numbers are what is asked for: a superior audits against any unit below him, and reads of its records the heads.
    """

    names: tuple[tuple[int, str, str, str], ...]  # unit, path, name, short name
    here: Unit | None
    first: int | None  # what the form begins with

    @classmethod
    def of(cls, request: HttpRequest, typed: QueryDict | None = None) -> Desks:
        """Raises NotYours and NotAllowed as everywhere."""
        if typed is not None and "unit" in typed:
            here = _named(request, str(typed["unit"]))
        else:
            here = place.unit_of(request, Right.READ_NUMBERS) if request.GET.get("unit") else None
            here = _named(request, str(here.pk)) if here else None
        desks = place.desks_of(request, Right.READ_NUMBERS)
        names = tuple(desks.values_list("pk", "path", "name", "short_name"))
        if here is None and len(names) < 2:
            here = place.unit_of(request, Right.READ_NUMBERS)
        if here is not None:
            place.stand_in(request, here)
            return cls(names, here, here.pk)
        # Who looks over others begins with none of them: a list that stands on one would be sent as it stands.
        own = place.desks_of(request, Right.READ_DRAFTS).count() == len(names)
        return cls(names, None, place.unit_of(request, Right.READ_DRAFTS).pk if own and typed is None else None)

    def form(self, request: HttpRequest, typed: QueryDict | None) -> CheckForm:
        files = request.FILES if typed is not None else None
        return self._form(typed, files, unit=self.here, initial={"unit": self.first})

    def again(self, form: CheckForm, unit: Unit) -> CheckForm:
        """The same questions with other years, days or units; the text goes with them, since nothing is kept here."""
        asked = form.cleaned_data
        initial = {"unit": unit.pk, "year": asked["year"], "as_of": asked["as_of"]}
        return self._form(unit=unit, initial=initial, auto_id="again_%s")

    def named_in(self, text: str) -> Unit | None:
        """The one of these units whose report the text says it is."""
        found = unit_named(text, [(path, name) for _, path, *both in self.names for name in both])
        return Unit.objects.get(path=found) if found else None

    def _form(self, *given: Any, unit: Unit | None, **more: Any) -> CheckForm:
        today = clock.today()
        offered = [(pk, name) for pk, _, name, _ in self.names[:MOST_OFFERED]]
        if unit is not None and unit.pk not in dict(offered):
            offered.append((unit.pk, unit.name))
        return CheckForm(
            *given, units=offered, all_offered=len(self.names) <= MOST_OFFERED, years=years_of(unit, today), today=today,
            **more,
        )  # fmt: skip


def _named(request: HttpRequest, given: str) -> Unit | None:
    """The unit of the form or the address, a group's branch for a group; one that is not his is refused as everywhere."""
    if not given.isdecimal() or len(given) > 18:
        return None
    unit = require(request.user, int(given), Right.READ_NUMBERS, on=clock.today())
    keeper = ledger_unit(unit)
    return unit if keeper == unit else require(request.user, keeper.pk, Right.READ_NUMBERS, on=clock.today())


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
    if sentence := too_long(text):
        form.add_error("file", sentence)
    elif not text.strip():
        form.add_error("file", "文件里没有可读的文字。")
    return document, file.name


def _keeping(request: HttpRequest, unit: Unit, name: str) -> KeepForm | None:
    """留存, for who may write the unit's drafts. The name is the file's, without its ending."""
    may = units_with(request.user, Right.WRITE_DRAFTS, on=clock.today()).filter(pk=unit.pk).exists()
    named = name.rpartition(".")[0] or name
    return KeepForm(today=clock.today(), initial={"name": named[:80]}, auto_id="keep_%s") if may else None
