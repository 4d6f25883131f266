"""Addresses of 清单与制度. A noun of its own lists its addresses in its module; the kinds of lists come last."""

from __future__ import annotations

from django.urls import path

from youju.web.lists import items, views

app_name = "lists"
urlpatterns = [
    path("", views.index, name="index"),
    *items.URLS,
    path("<str:kind>/", views.one_list, name="list"),
]
