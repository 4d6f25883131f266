"""Addresses of 学习. Each noun lists its own as ``URLS`` in its module."""

from __future__ import annotations

from django.urls import path

from youju.web.study import (
    checks,
    contests,
    curriculum,
    deliveries,
    hours,
    mine,
    questions,
    selftests,
    units,
    uses,
    views,
    year_plan,
)

app_name = "study"
urlpatterns = [
    path("", views.index, name="index"),
    *year_plan.URLS,
    *units.URLS,
    *hours.URLS,
    *checks.URLS,
    *contests.URLS,
    *uses.URLS,
    *deliveries.URLS,
    *curriculum.URLS,
    *questions.URLS,
    *selftests.URLS,
    *mine.URLS,
]
