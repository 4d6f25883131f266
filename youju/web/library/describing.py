"""What a document is said to be, corrected by hand; and taking it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.library.documents.actions import describe, remove
from youju.library.documents.values import Description, Origin
from youju.library.models import Document
from youju.library.search.names import GENRES_ZH, SECTORS_ZH
from youju.web.library.reader import circles, document_to_change
from youju.web.shared import clock
from youju.web.shared.fields import day_field, number_in, typed
from youju.web.shared.saving import filled, pressed

LARGEST = 10**9


class DescribeForm(forms.Form):
    title = forms.CharField(label="标题", max_length=300, error_messages={"required": "请写标题。"})
    genre = forms.ChoiceField(label="文种", required=False)
    year = forms.IntegerField(
        label="年度", required=False, min_value=1921, max_value=2100, widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"invalid": "年度请写四位数字。"},
    )  # fmt: skip
    sector = forms.ChoiceField(label="领域", required=False)
    origin = forms.ChoiceField(label="来源", choices=[(one.value, one.zh) for one in Origin])
    dated = day_field("成文日期", required=False)
    unit = forms.ChoiceField(
        label="谁能看",
        required=False,
        error_messages={"required": "请选谁能看。", "invalid_choice": "谁能看，请在列出的里面选。"},
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (
            ("genre", [("", "（说不准）"), *GENRES_ZH.items()]),
            ("sector", [("", "（不分）"), *SECTORS_ZH.items()]),
            ("unit", units),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["unit"].required = all(value for value, _ in units)  # nothing chosen means the whole site


@dataclass(frozen=True)
class DescribePage:
    document: Document
    form: DescribeForm
    revision: str = ""

    @property
    def back(self) -> str:
        return reverse("library:document", args=[self.document.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def describe_document(request: HttpRequest, document_id: int) -> HttpResponse:
    document = document_to_change(request, document_id)
    start = {
        "title": document.title, "genre": document.genre, "year": document.year, "sector": document.sector,
        "origin": document.origin, "dated": document.dated, "unit": str(document.unit_id or ""),
    }  # fmt: skip
    units = [(circle.value, circle.zh) for circle in circles(request)]
    page = DescribePage(document, DescribeForm(typed(request), initial=start, units=units), str(document.changed))

    def save(data: dict[str, Any]) -> str:
        described = Description(
            title=data["title"], genre=data["genre"], year=data["year"], sector=data["sector"],
            origin=Origin(data["origin"]), dated=data["dated"], unit_id=int(data["unit"]) if data["unit"] else None,
        )  # fmt: skip
        # Who does not say what he has seen has not seen it as it is.
        seen = number_in(request.POST.get("revision"), otherwise=0, most=LARGEST)
        describe(document=document, description=described, seen=seen, by=request.user, at=clock.now())
        return "已更正。"

    return filled(request, page, save, template="library/describe.html")


@require_POST
def remove_document(request: HttpRequest, document_id: int) -> HttpResponse:
    document = document_to_change(request, document_id)
    return pressed(
        request, f"“{document.title}”已移出素材库。",
        lambda: remove(document=document, by=request.user, at=clock.now()), back=reverse("library:index"),
    )  # fmt: skip
