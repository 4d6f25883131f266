"""Addresses of 总览."""

from __future__ import annotations

from django.urls import path

from youju.web.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
]
