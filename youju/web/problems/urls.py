"""Addresses of problems: the unit that keeps one, and its number."""

from __future__ import annotations

from django.urls import path

from youju.web.problems import views

app_name = "problems"
PROBLEM = "<int:unit_id>/<str:number>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("new/", views.new, name="new"),
    path(PROBLEM, views.problem, name="problem"),
    path(PROBLEM + "measure/", views.measure, name="measure"),
    path(PROBLEM + "progress/<int:position>/", views.progress, name="progress"),
    path(PROBLEM + "close/", views.close, name="close"),
]
