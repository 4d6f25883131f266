"""Addresses of 项目与走访. Each noun lists its own as ``URLS`` in its module."""

from __future__ import annotations

from django.urls import path

from youju.web.work import campaigns, projects, publicity, registers, requests, views, visits

app_name = "work"
urlpatterns = [
    path("", views.index, name="index"),
    *projects.URLS,
    *campaigns.URLS,
    *visits.URLS,
    *registers.URLS,
    *requests.URLS,
    *publicity.URLS,
]
