"""Addresses of 本月应做: the home page, its Excel file, and one due."""

from __future__ import annotations

from django.urls import path

from youju.web.today import feed, single, views, year

app_name = "today"
urlpatterns = [
    path("", views.index, name="index"),
    path("today/export.xlsx", views.export, name="export"),
    path("today/year/", year.year, name="year"),
    path("today/feed/", feed.feed, name="feed"),
    path("today/feed/close/", feed.close, name="close_feed"),
    path("today/feed/<str:token>.ics", feed.calendar, name="calendar"),
    path("today/one/", single.single, name="single"),
    path("today/one/reply/", single.reply, name="reply"),
    path("today/one/unreply/", single.unreply, name="unreply"),
    path("today/<slug:rule_id>/<slug:code>/", views.due, name="due"),
    path("today/<slug:rule_id>/<slug:code>/waive/", views.waive_due, name="waive"),
    path("today/<slug:rule_id>/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
]
