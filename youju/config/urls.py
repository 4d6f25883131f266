"""The root of all addresses: every page belongs to a job under ``youju.web``."""

from django.urls import include, path

urlpatterns = [path("", include("youju.web.urls"))]

# Django and allauth look for these names here.
handler400 = "youju.web.shared.views.bad_request"
handler403 = "youju.web.shared.views.forbidden"
handler404 = "youju.web.shared.views.not_found"
handler429 = "youju.web.login.views.too_many"
handler500 = "youju.web.shared.views.broken"
