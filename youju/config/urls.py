"""The root of all addresses: every page belongs to a job under ``youju.web``."""

from django.urls import include, path

urlpatterns = [path("", include("youju.web.urls"))]
