"""Addresses of what a unit decides for itself."""

from __future__ import annotations

from django.urls import path

from youju.web.setup import days, materials, rules

app_name = "setup"
urlpatterns = [
    path("", materials.index, name="index"),
    path("rules/", rules.index, name="rules"),
    path("rules/print/", rules.printed, name="rules_print"),
    path("rules/export.xlsx", rules.export, name="rules_export"),
    path("rules/new/", rules.new, name="rule_new"),
    path("rules/<slug:rule_id>/", rules.rule, name="rule"),
    path("rules/<slug:rule_id>/change/", rules.change, name="rule_change"),
    path("rules/<slug:rule_id>/end/", rules.end, name="rule_end"),
    path("days/", days.days, name="days"),
    path("days/clear/", days.clear, name="clear_day"),
]
