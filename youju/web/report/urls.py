"""Addresses of 述职. A report is named by its unit and its year."""

from __future__ import annotations

from django.urls import path

from youju.web.report import auditing, outgoing, views

app_name = "report"
REPORT = "<int:unit_id>/<int:year>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("check/", auditing.audit, name="audit"),
    path(REPORT, views.workspace, name="workspace"),
    path(REPORT + "docx/", outgoing.docx, name="docx"),
    path(REPORT + "pdf/", outgoing.pdf, name="pdf"),
    path(REPORT + "sources/", outgoing.sources, name="sources"),
    path(REPORT + "box/", outgoing.box, name="box"),
    path(REPORT + "check/", views.check, name="check"),
]
