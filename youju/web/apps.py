"""The pages as one Django application; settings find each job's templates and static files by their folders."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "youju.web"
    label = "web"
    verbose_name = "页面"
