"""Addresses of sign-in: the clerk's by unit and number, the phone's by what it scanned."""

from __future__ import annotations

from django.urls import path

from youju.web.signin import desk, phone

app_name = "signin"
SESSION = "<int:ledger_id>/<str:number>/"
PHONE = "at/<int:session_id>/"
urlpatterns = [
    path("", desk.index, name="index"),
    path("settings/", desk.settings_page, name="settings"),
    path("s/<str:code>/", phone.scan, name="scan"),
    path(PHONE, phone.page, name="phone"),
    path(PHONE + "pick/", phone.pick, name="pick"),
    path(PHONE + "here/", phone.here, name="here"),
    path(PHONE + "other/", phone.other, name="other"),
    path(SESSION, desk.session, name="desk"),
    path(SESSION + "open/", desk.open_page, name="open"),
    path(SESSION + "screen/", desk.screen, name="screen"),
    path(SESSION + "end/", desk.end, name="end"),
]
