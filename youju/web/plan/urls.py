"""Addresses of the plan: the unit and the year stand in the query."""

from __future__ import annotations

from django.urls import path

from youju.web.plan import papers, views

app_name = "plan"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("edit/", views.edit, name="edit"),
    path("adopt/", views.adoption, name="adopt"),
    path("line/<int:line_id>/", views.line, name="line"),
    path("print/", papers.printed, name="print"),
    path("plan.docx", papers.as_docx, name="docx"),
    path("export.xlsx", papers.export, name="export"),
]
