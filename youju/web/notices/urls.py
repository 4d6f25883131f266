"""Addresses of 通知."""

from __future__ import annotations

from django.urls import path

from youju.web.notices import points, views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("new/", views.new, name="new"),
    *points.URLS,
    path("<int:notice_id>/", views.notice, name="notice"),
    path("<int:notice_id>/export.xlsx", views.export_replies, name="export_replies"),
    path("<int:notice_id>/move/", views.move, name="move"),
    path("<int:notice_id>/withdraw/", views.withdraw, name="withdraw"),
]
