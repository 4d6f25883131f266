"""Addresses of the library: the search, one document, what leaves, searches kept, codes."""

from __future__ import annotations

from django.urls import path

from youju.web.library import adding, codes, describing, intakes, outgoing, putting_back, saving, views

app_name = "library"
DOCUMENT = "<int:document_id>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("preview/" + DOCUMENT, views.preview, name="preview"),
    path("add/", adding.add, name="add"),
    path("paste/", adding.paste, name="paste"),
    path("intakes/", intakes.intakes, name="intakes"),
    path("intakes/<int:intake_id>/", intakes.intake, name="intake"),
    path("intakes/<int:intake_id>/resume/", intakes.resume, name="resume"),
    path("removals/<int:removal_id>/back/", putting_back.back, name="put_back"),
    path("removals/<int:removal_id>/off/", putting_back.off, name="take_off"),
    path("selection.zip", outgoing.selection, name="selection"),
    path("downloads/", outgoing.log, name="downloads"),
    path("saved/", saving.saved, name="saved"),
    path("saved/new/", saving.save, name="save"),
    path("saved/<int:search_id>/", saving.open_saved, name="open_saved"),
    path("saved/<int:search_id>/drop/", saving.drop, name="drop"),
    path("codes/", codes.codes, name="codes"),
    path("codes/new/", codes.issue_code, name="issue_code"),
    path("codes/enter/", codes.enter_code, name="enter_code"),
    path("codes/<int:code_id>/revoke/", codes.revoke_code, name="revoke_code"),
    path(DOCUMENT, views.document, name="document"),
    path(DOCUMENT + "open/", codes.open_document, name="open_whole"),
    path(DOCUMENT + "describe/", describing.describe_document, name="describe"),
    path(DOCUMENT + "remove/", describing.remove_document, name="remove"),
    path(DOCUMENT + "document.docx", outgoing.as_docx, name="docx"),
    path(DOCUMENT + "text.txt", outgoing.as_text, name="text"),
    path(DOCUMENT + "original/<int:copy_id>/", outgoing.original, name="original"),
]
