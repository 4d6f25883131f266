"""Addresses of problems: the unit that keeps one, and its number."""

from __future__ import annotations

from django.urls import path

from youju.web.problems import views

app_name = "problems"
PROBLEM = "<int:unit_id>/<str:number>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("lists.docx", views.lists_as_docx, name="lists_docx"),
    path("new/", views.new, name="new"),
    path(PROBLEM, views.problem, name="problem"),
    path(PROBLEM + "amend/", views.amend, name="amend"),
    path(PROBLEM + "measure/", views.measure, name="measure"),
    path(PROBLEM + "measure/<int:position>/", views.amend_measure, name="amend_measure"),
    path(PROBLEM + "progress/<int:position>/", views.progress, name="progress"),
    path(PROBLEM + "files/<int:position>/", views.file, name="file"),
    path(PROBLEM + "ask/", views.ask, name="ask"),
    path(PROBLEM + "close/", views.close, name="close"),
    path(PROBLEM + "return/", views.send_back, name="send_back"),
]
