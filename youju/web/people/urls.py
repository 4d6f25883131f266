"""Addresses of units and members."""

from __future__ import annotations

from django.urls import path

from youju.web.people import importing, inviting, views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("import/", importing.import_table, name="import"),
    path("import/template.xlsx", importing.template, name="import_template"),
    path("add/", views.add, name="add"),
    path("invitations/", inviting.index, name="invitations"),
    path("invitations/<int:invitation_id>/revoke/", inviting.revoke_invitation, name="revoke_invitation"),
    path("<int:member_id>/invite/", inviting.invite_member, name="invite"),
    path("<int:member_id>/", views.member, name="member"),
    path("<int:member_id>/change/", views.change, name="change"),
    path("<int:member_id>/leave/", views.leave, name="leave"),
    path("<int:member_id>/appoint/", views.appoint_member, name="appoint"),
    path("<int:member_id>/relieve/<int:post_id>/", views.relieve_member, name="relieve"),
]
