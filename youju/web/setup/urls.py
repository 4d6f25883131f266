"""Addresses of what a unit decides for itself."""

from __future__ import annotations

from django.urls import path

from youju.web.setup import choosing, days, materials, template

app_name = "setup"
urlpatterns = [
    path("", materials.index, name="index"),
    path("rules/", choosing.index, name="rules"),
    path("rules/print/", choosing.printed, name="rules_print"),
    path("rules/export.xlsx", choosing.export, name="rules_export"),
    path("rules/new/", choosing.new, name="rule_new"),
    path("rules/<slug:rule_id>/", choosing.rule, name="rule"),
    path("rules/<slug:rule_id>/change/", choosing.change, name="rule_change"),
    path("rules/<slug:rule_id>/end/", choosing.end, name="rule_end"),
    path("rules/<slug:rule_id>/switch/", choosing.switch, name="rule_switch"),
    path("days/", days.days, name="days"),
    path("days/clear/", days.clear, name="clear_day"),
    path("template/", template.index, name="template"),
    path("template/drop/", template.drop, name="template_drop"),
    path("template/file/", template.file, name="template_file"),
    path("template/sample/", template.sample, name="template_sample"),
]
