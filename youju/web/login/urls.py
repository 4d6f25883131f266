"""Addresses of 登录. The first two names are those by which allauth finds its way."""

from __future__ import annotations

from django.urls import path

from youju.web.login import first, password, views

urlpatterns = [
    path("", views.sign_in, name="account_login"),
    path("out/", views.sign_out, name="account_logout"),
    path("first/", first.first, name="login_first"),
    path("password/", password.change, name="login_password"),
    path("invited/<str:code>/", views.invited, name="login_invited"),
    path("enter/<str:token>/", views.enter, name="login_enter"),
]
