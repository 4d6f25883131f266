"""The search page, its preview, and one document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.web.library.pages import document_page, index_page, preview_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the address asks; ``?open=`` shows one hit beside the list."""
    return render(request, "library/index.html", {"page": index_page(request)})


@require_safe
def preview(request: HttpRequest, document_id: int) -> HttpResponse:
    """The card beside the list, for pages that fetch it in place."""
    return render(request, "library/_preview.html", {"preview": preview_page(request, document_id)})


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    return render(request, "library/document.html", {"page": document_page(request, document_id)})
