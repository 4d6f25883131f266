"""Addresses of what a unit decides for itself."""

from __future__ import annotations

from django.urls import path

from youju.web.setup import days, materials

app_name = "setup"
urlpatterns = [
    path("", materials.index, name="index"),
    path("days/", days.days, name="days"),
    path("days/clear/", days.clear, name="clear_day"),
]
