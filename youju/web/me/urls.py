"""Addresses of what is kept of the reader himself."""

from __future__ import annotations

from django.urls import path

from youju.web.me import corrections, leave, readings, views

app_name = "me"
urlpatterns = [
    path("", views.index, name="index"),
    path("leave/<int:session_id>/", leave.ask, name="leave"),
    path("leave/<int:session_id>/withdraw/", leave.withdraw, name="leave_withdraw"),
    path("readings/", readings.index, name="readings"),
    path("readings/<int:reading_id>/withdraw/", readings.withdraw, name="reading_withdraw"),
    path("corrections/new/", corrections.new, name="correct"),
    path("export.json", views.export_json, name="export_json"),
    path("export.xlsx", views.export_xlsx, name="export_xlsx"),
]
