"""The address of 找."""

from __future__ import annotations

from django.urls import path

from youju.web.find import views

app_name = "find"
urlpatterns = [path("", views.index, name="index")]
