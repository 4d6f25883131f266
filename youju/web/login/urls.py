"""Addresses of 登录. The first two names are those by which allauth finds its way."""

from __future__ import annotations

from django.urls import path

from youju.web.login import views

urlpatterns = [
    path("", views.sign_in, name="account_login"),
    path("out/", views.sign_out, name="account_logout"),
    path("invited/<str:code>/", views.invited, name="login_invited"),
    path("enter/<str:token>/", views.enter, name="login_enter"),
]
