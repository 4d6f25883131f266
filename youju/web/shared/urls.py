"""Addresses of what belongs to no job."""

from __future__ import annotations

from django.urls import path

from youju.web.shared import views

app_name = "shared"
urlpatterns = [
    path("looks/", views.looks, name="looks"),
    path("more/", views.more, name="more"),
]
